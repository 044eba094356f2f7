// KerasTensors: what `Input` gives, what calling layers and functions on it gives, and how a model made of them is evaluated.
import { isFloating, type Shape } from '../../../core/tensor.ts';
import { callValue } from './call.ts';
import { asTensor, plainCall } from './convert.ts';
import { dimensions } from './keras-layers.ts';
import type { Machine } from './machine.ts';
import { dtypeOf } from './numpy.ts';
import { flatten, pack } from './structure.ts';
import { type CallArguments, type InstanceValue, list, NONE, type SymbolicValue, tensorValue, UNKNOWN, type Value } from './values.ts';

let symbols = 0;
export const symbol = (shape: Shape, dtype: SymbolicValue['dtype'], origin: SymbolicValue['origin']): SymbolicValue => ({
  kind: 'symbolic',
  id: symbols++,
  shape,
  dtype,
  origin,
});

export const isSymbolic = (value: Value): boolean => flatten(value)?.some((v) => v.kind === 'symbolic') === true;

export function symbolicInput(m: Machine, args: CallArguments): Value {
  const whole = args.keywords.get('batch_shape') ?? args.keywords.get('batch_input_shape');
  const shape = args.keywords.get('shape') ?? args.keywords.get('input_shape') ?? args.positional[0] ?? NONE;
  const batch = args.keywords.get('batch_size') ?? args.positional[1] ?? NONE;
  const rest = shape.kind === 'none' ? [] : dimensions(shape);
  const dtype = dtypeOf(args.keywords.get('dtype')) ?? m.floatx;
  if (whole) return symbol(dimensions(whole), dtype, null);
  return symbol(rest && [batch.kind === 'number' ? batch.value : null, ...rest], dtype, null);
}

/** A call of a layer on symbolic tensors: its weights are made, its output's shape found by running it aside. */
export const symbolicLayer = (m: Machine, layer: InstanceValue, args: CallArguments): Value => symbolicResult(m, layer, args);

/** A function of TensorFlow's on symbolic tensors becomes a layer. */
export function symbolicCall(m: Machine, f: Value & { kind: 'native' }, args: CallArguments): Value | null {
  return f.name.startsWith('tf.') && !args.open ? symbolicResult(m, f, args) : null;
}

function symbolicResult(m: Machine, layer: Value, args: CallArguments): Value {
  const names = [...args.keywords.keys()];
  const inputs = list([...args.positional, ...args.keywords.values()]);
  const leaves = flatten(inputs);
  if (!leaves) return UNKNOWN;
  const count = args.positional.length;
  const stand = pack(
    inputs,
    leaves.map((v) => (v.kind === 'symbolic' ? tensorValue(m.backend.opaque(v.shape, v.dtype)) : v)),
  );
  const tapes = m.eager.tapes;
  m.eager.tapes = [];
  let result: Value;
  try {
    result = m.eager.pause(() => callValue(m, layer, calling(m, stand, count, names)));
  } finally {
    m.eager.tapes = tapes;
  }
  const make = (v: Value, output: number): Value =>
    v.kind === 'tensor' ? symbol(v.tensor.shape, v.tensor.dtype ?? m.floatx, { layer, inputs, count, names, output }) : v;
  if (result.kind === 'list' && result.items) return { ...result, items: result.items.map(make) };
  return make(result, 0);
}

function calling(m: Machine, inputs: Value, count: number, names: readonly string[]): CallArguments {
  const values = inputs.kind === 'list' ? (inputs.items ?? []) : [];
  return { ...plainCall(m, values.slice(0, count)), keywords: new Map(names.map((name, i) => [name, values[count + i] ?? UNKNOWN])) };
}

/** The layers on the way from inputs to outputs, in the order of first use; null where the graph is not known. */
export function layersBetween(inputs: Value, outputs: Value): Value[] | null {
  const stop = new Set((flatten(inputs) ?? []).map((v) => (v.kind === 'symbolic' ? v.id : -1)));
  const found: Value[] = [];
  const seen = new Set<number>();
  const visit = (value: Value): boolean => {
    if (value.kind !== 'symbolic') return value.kind !== 'unknown';
    if (seen.has(value.id)) return true;
    seen.add(value.id);
    if (stop.has(value.id) || value.origin === null) return true;
    const known = (flatten(value.origin.inputs) ?? [UNKNOWN]).every(visit);
    if (value.origin.layer.kind === 'instance' && !found.includes(value.origin.layer)) found.push(value.origin.layer);
    return known;
  };
  return (flatten(outputs) ?? [UNKNOWN]).every(visit) ? found : null;
}

/** One evaluation of a model: the values of its inputs by their ids, and what each call on the way gave. */
export class Evaluation {
  readonly results = new Map<Value, Value>();
  constructor(
    readonly inputs: ReadonlyMap<number, Value>,
    readonly training: Value | undefined,
  ) {}
}

export function evaluateSymbolic(m: Machine, value: Value, run: Evaluation): Value {
  if (value.kind === 'list' && value.items) return { ...value, items: value.items.map((v) => evaluateSymbolic(m, v, run)) };
  if (value.kind === 'dictionary' && value.entries)
    return pack(
      value,
      (flatten(value) ?? []).map((v) => evaluateSymbolic(m, v, run)),
    );
  if (value.kind !== 'symbolic') return value;
  const given = run.inputs.get(value.id);
  if (given) return given;
  if (value.origin === null) return UNKNOWN;
  const result = resultOf(m, value.origin, run);
  return result.kind === 'list' && result.items ? (result.items[value.origin.output] ?? UNKNOWN) : result;
}

/** A call with several outputs is made once. */
function resultOf(m: Machine, { layer, inputs, count, names }: NonNullable<SymbolicValue['origin']>, run: Evaluation): Value {
  const before = run.results.get(inputs);
  if (before) return before;
  const call = calling(m, evaluateSymbolic(m, inputs, run), count, names);
  const { training } = run;
  const trained = training && layer.kind === 'instance' && !call.keywords.has('training');
  const result = callValue(m, layer, trained ? { ...call, keywords: new Map([...call.keywords, ['training', training]]) } : call);
  run.results.set(inputs, result);
  return result;
}

/** A functional model casts its inputs to the dtype they were declared with. */
export function castLike(m: Machine, value: Value, like: SymbolicValue): Value {
  const tensor = asTensor(m, value);
  if (!tensor) return UNKNOWN;
  return tensorValue(
    tensor.dtype !== null && isFloating(tensor.dtype) && isFloating(like.dtype) ? m.operations.cast(tensor, like.dtype) : tensor,
  );
}
