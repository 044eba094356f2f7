// `tf.autodiff.ForwardAccumulator` in the program: entered, left, and what `jvp` gives.
import { ForwardAccumulator } from '../../../core/accumulator.ts';
import { OpError } from '../../../core/shape.ts';
import type { Tensor } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { asTensor } from './convert.ts';
import { answer, CallRaise, gradientCall, NotKnown, type Signature, sourcesOf, unconnectedZero, walked } from './gradient-call.ts';
import type { Machine } from './machine.ts';
import { flatten } from './structure.ts';
import type { AbstractTensor } from './tensors.ts';
import { argument, type CallArguments, type InstanceValue, native, nativeClass, NONE, UNKNOWN, type Value } from './values.ts';

export interface AccumulatorState {
  readonly accumulator: ForwardAccumulator;
  /** What it watches, by their names. */
  readonly primals: readonly { readonly tensor: Tensor; readonly name: string }[];
  /** Something of it is not known. */
  readonly isOpen: boolean;
}

const CLASS = nativeClass('ForwardAccumulator');

const SIGNATURE: Signature = {
  method: 'jvp',
  name: 'ForwardAccumulator.jvp',
  parameters: ['primals', 'unconnected_gradients'],
  target: 'primals',
  sources: 'primals',
};

export function newAccumulator(m: Machine, args: CallArguments): Value {
  const primals = flatten(argument(args, 'primals', 0));
  const tangents = flatten(argument(args, 'tangents', 1));
  const accumulator = new ForwardAccumulator(m.eager);
  const watched: { tensor: Tensor; name: string }[] = [];
  let isOpen = args.open || !primals || primals.length !== tangents?.length;
  primals?.forEach((value, i) => {
    const given = tangents?.[i];
    const tensor = value.kind === 'variable' ? value.variable.handle : value.kind === 'tensor' ? value.tensor : null;
    const tangent = given && given.kind !== 'unknown' ? asTensor(m, given) : null;
    if (!tensor || !tangent) {
      isOpen = true;
      return;
    }
    if (watched.some((w) => w.tensor.id === tensor.id))
      m.raise(
        'ValueError',
        'Tensor {} was specified as a primal multiple times. This may indicate an error. If it was intended, please sum the corresponding tangents.',
        null,
      );
    (tensor as AbstractTensor).release();
    accumulator.watch(tensor, tangent);
    watched.push({ tensor, name: args.site.positional[0] ? m.source(args.site.positional[0]) : '' });
  });
  const accumulatorState: AccumulatorState = { accumulator, primals: watched, isOpen };
  return { kind: 'instance', type: CLASS, attributes: new Map(), native: { accumulator: accumulatorState } };
}

export function accumulatorAttribute(m: Machine, object: InstanceValue, name: string, range: Range): Value {
  const state = object.native.accumulator;
  if (!state) return UNKNOWN;
  switch (name) {
    case '__enter__':
      return native(name, () => {
        try {
          state.accumulator.enter();
        } catch (e) {
          if (e instanceof OpError) m.raise(e.type, e.message, range);
          throw e;
        }
        return object;
      });
    case '__exit__':
      return native(name, () => (state.accumulator.exit(), NONE));
    case 'jvp':
      return native(name, (args) => jvp(m, state, args));
    default:
      return UNKNOWN;
  }
}

function jvp(m: Machine, state: AccumulatorState, args: CallArguments): Value {
  return gradientCall(m, args, SIGNATURE, null, (call) => {
    if (state.isOpen) throw new NotKnown();
    if (flatten(call.sources)?.some((v) => v.kind === 'none'))
      throw new CallRaise('AttributeError', "'NoneType' object has no attribute '_id'", { kind: 'none-target', cause: null, path: [] });
    const asked = sourcesOf(call.sources);
    const [watched] = state.primals;
    return answer(m, call, {
      targets: asked.map((s) => s.tensor),
      sources: asked,
      structure: call.sources,
      gradients: walked(m, () => asked.map((s) => state.accumulator.ask(s.tensor))),
      zero: unconnectedZero(call.at('unconnected_gradients')),
      madeLike: true,
      tape: null,
      shape: (source) => source.shape,
      // What is asked for is the derivative of each in the direction of what is watched.
      question: (source) =>
        watched ? { targets: [source.tensor], source: watched.tensor, name: watched.name } : { targets: [source.tensor] },
    });
  });
}
