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
import { kindOf, underTrace } from './traces.ts';

export function traced(m: Machine, f: FunctionValue, args: CallArguments, self: Value | null): Value {
  const plain: FunctionValue = { ...f, flavour: 'plain' };
  if (m.runsFunctionsEagerly) return callPlain(m, plain, args, self);
  const { name } = f.definition;
  const given = f.signature === undefined ? { args, shapes: undefined } : signed(m, f, args, self !== null);
  if (given === null) return unknownCall(m, args);
  const tracing = { name: name || 'lambda', isConverted: !isLeftAlone(m, f), shapes: given.shapes };
  const kind = given.args.open ? null : kindOf(m, byParameter(f, given.args, self), given.shapes);
  return underTrace(m, f, kind, () => tracedCall(m, tracing, given.args, (inner) => callPlain(m, plain, inner, self)));
}

/** What a function is given, and what its parameters are where it is given nothing, by name. */
function byParameter(f: FunctionValue, args: CallArguments, self: Value | null): (readonly [string, Value])[] {
  const positional = self ? [self, ...args.positional] : args.positional;
  const names = f.definition.parameters.map(({ target, kind }) =>
    target.kind === 'name' && kind !== 'rest' && kind !== 'keywords' ? target.name : null,
  );
  const given = new Map(positional.map((value, i) => [names[i] ?? `*${i}`, value]));
  for (const [name, value] of args.keywords) given.set(name, value);
  for (const [i, value] of f.defaults) if (names[i] != null && !given.has(names[i])) given.set(names[i], value);
  return [...given].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a call of an object is like: its parameters are not looked at. */
export function kindOfCall(m: Machine, object: Value, args: CallArguments): string | null {
  const named = [...args.keywords].sort(([a], [b]) => (a < b ? -1 : 1));
  return args.open ? null : kindOf(m, [...[object, ...args.positional].map((value, i) => [`*${i}`, value] as const), ...named]);
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
      const leaves = flatten(stand);
      const keywords = new Map(names.map((n, i) => [n, values[count + i] ?? UNKNOWN]));
      const found = m.converting(isConverted, () => call({ ...args, positional: values.slice(0, count), keywords }));
      refuseChanged(m, name, leaves, flatten(stand));
      return found;
    };
    return oneCall(m, name, given, body, shapes);
  } catch (e) {
    throw isConverted ? leftConverted(e) : e;
  }
}

/** A function that is traced has to leave what it is given as it is. TensorFlow: python/framework/func_graph.py, check_func_mutation. */
function refuseChanged(m: Machine, name: string, before: readonly Value[] | null, after: readonly Value[] | null): void {
  if (before && after && (before.length !== after.length || before.some((leaf, i) => leaf !== after[i])))
    m.raise('ValueError', `${name}() should not modify its Python input arguments.`, null);
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
