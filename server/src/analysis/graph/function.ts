// `tf.function`: one Call to the tapes around it (core/function.ts). While it is traced, branches on its tensors are ops.
import { callFunction } from '../../../../core/function.ts';
import type { Shape, Tensor } from '../../../../core/tensor.ts';
import { unknownCall } from '../call.ts';
import { guarded } from '../convert.ts';
import { callPlain } from '../functions.ts';
import type { Machine } from '../machine.ts';
import { flatten, pack } from '../structure.ts';
import { type CallArguments, type FunctionValue, list, tensorValue, UNKNOWN, type Value } from '../values.ts';
import { isLeftAlone } from './lambdas.ts';
import { isLeafTensor, leafFrom, leafTensor, symbolic } from './leaves.ts';
import { signed } from './signature.ts';
import { leftConverted } from './staging.ts';

export function traced(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  const plain: FunctionValue = { ...f, flavour: 'plain' };
  const { name } = f.definition;
  const given = f.signature === undefined ? { args, shapes: undefined } : signed(m, f, args, self !== null);
  if (given === null) return unknownCall(m, args);
  const tracing = { name: name || 'lambda', isConverted: !isLeftAlone(m, f), shapes: given.shapes };
  return tracedCall(m, tracing, given.args, (inner) => callPlain(m, plain, inner, self));
}

/** How a call shows on the tapes, and whether AutoGraph converts what is in it. */
interface Tracing {
  readonly name: string;
  readonly isConverted: boolean;
  /** What the graph knows of its inputs' shapes, where that is not all. */
  readonly shapes?: ReadonlyMap<Tensor, Shape> | undefined;
}

/** One Call of whatever is called in it: a function, or an object that can be called. */
export function tracedCall(
  m: Machine,
  { name, isConverted, shapes }: Tracing,
  args: CallArguments,
  call: (args: CallArguments) => Value,
): Value {
  const given = list([...args.positional, ...args.keywords.values()]);
  const names = [...args.keywords.keys()];
  try {
    const body = (stand: Value): Value => {
      const values = stand.kind === 'list' ? (stand.items ?? []) : [];
      const count = args.positional.length;
      const keywords = new Map(names.map((n, i) => [n, values[count + i] ?? UNKNOWN]));
      return m.converting(isConverted, () => call({ ...args, positional: values.slice(0, count), keywords }));
    };
    return oneCall(m, name, given, body, shapes);
  } catch (e) {
    throw isConverted ? leftConverted(e) : e;
  }
}

/** Calls something as one op: its arguments' tensors are inputs, what it gives as tensors outputs. */
export function oneCall(m: Machine, name: string, given: Value, body: (stand: Value) => Value, shapes?: ReadonlyMap<Tensor, Shape>): Value {
  const leaves = flatten(given);
  if (leaves === null || m.graphDepth > 20) return UNKNOWN;
  const inputs = leaves.flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
  const variables = leaves.flatMap((v) => (v.kind === 'variable' ? [v.variable] : []));
  let result: Value = UNKNOWN;
  m.graphDepth++;
  try {
    return guarded(m, () => {
      const inside = (placeholders: readonly Tensor[]): Tensor[] => {
        const stand = placeholders.map(symbolic);
        stand.forEach((placeholder, i) => {
          const shape = shapes?.get(inputs[i] as Tensor);
          if (shape !== undefined) m.eager.graphShapes.declare(placeholder, shape);
        });
        result = body(
          pack(
            given,
            leaves.map((v) => (v.kind === 'tensor' ? tensorValue(stand.shift() as Tensor) : v)),
          ),
        );
        return (flatten(result) ?? []).flatMap((v) => leafTensor(m, v) ?? []);
      };
      const outputs = callFunction(m.eager, name, inputs, inside, variables);
      const returned = [...outputs];
      const results = flatten(result);
      return results === null
        ? UNKNOWN
        : pack(
            result,
            results.map((v) => (isLeafTensor(v) ? leafFrom(v, returned.shift() as Tensor) : v)),
          );
    });
  } finally {
    m.graphDepth--;
  }
}
