// Values of the program as the core's public functions take them, and back.
import { callFunction, findFunction, parametersOf, type PublicFunction, takesOtherKeywords } from '../../../core/api/index.ts';
import * as core from '../../../core/api/value.ts';
import { OpError, whileTracing } from '../../../core/shape.ts';
import type { DType, Shape, Tensor } from '../../../core/tensor.ts';
import { callValue } from './call.ts';
import { layerObject } from './keras-layers.ts';
import type { Machine } from './machine.ts';
import { isLayer } from './tracking.ts';
import { knownLeaves } from './structure.ts';
import {
  boolean,
  callAt,
  type CallArguments,
  type Departure,
  dictionary,
  float,
  integer,
  list,
  NONE,
  string,
  tensorValue,
  UNKNOWN,
  type TensorValue,
  type Value,
} from './values.ts';

/** `around`: the lists that it stands in. One that holds itself is not known. */
export function toCore(m: Machine, value: Value, around: readonly Value[] = []): core.Value {
  switch (value.kind) {
    case 'none':
      return null;
    case 'boolean':
      return value.value;
    case 'number':
      if (value.value === null) return core.UNKNOWN;
      return value.integer ? new core.Integer(value.value) : value.value;
    case 'string':
      return value.value ?? core.UNKNOWN;
    case 'tensor':
      return value.tensor;
    case 'variable':
      return value.variable;
    case 'array':
      return new core.NumpyArray(value.values, value.shape, value.dtype);
    case 'dtype':
      return new core.DTypeValue(value.dtype);
    case 'shape':
      if (value.shape !== null && value.nones?.length) return new core.PartialShape(value.shape);
      return value.shape === null ? core.UNKNOWN : value.shape.map((d) => (d === null ? core.UNKNOWN : new core.Integer(d)));
    case 'list':
      if (value.items === null || value.type === 'iterator' || around.includes(value)) return core.UNKNOWN;
      return value.items.map((v) => toCore(m, v, [...around, value]));
    case 'dictionary':
      if (m.language === 'python' || value.entries === null) return core.UNKNOWN;
      return new core.Dictionary(
        new Map([...value.entries.values()].map((e) => [e.key.kind === 'string' ? (e.key.value ?? '') : '', toCore(m, e.value)])),
      );
    case 'function':
    case 'native':
    case 'method':
    case 'class':
      return callable(m, value, value.kind === 'class' || value.kind === 'native' ? value.name : null);
    case 'instance':
      if (value.native.extra) return toCore(m, value.native.extra);
      return isLayer(value) ? layerObject(m, value) : callable(m, value, null);
    default:
      return core.UNKNOWN;
  }
}

const callable = (m: Machine, value: Value, name: string | null): core.Callable =>
  new core.Callable((args) => toCore(m, callValue(m, value, plainCall(m, args.map(fromCore)))), name);

/** Positional arguments, called where the interpreter stands. */
export const plainCall = (m: Machine, positional: readonly Value[]): CallArguments =>
  callAt(m.position.site ?? { start: 0, end: 0 }, positional);

export function fromCore(value: core.Value): Value {
  if (value === null) return NONE;
  if (typeof value === 'boolean') return boolean(value);
  if (typeof value === 'number') return float(value);
  if (typeof value === 'string') return string(value);
  if (value instanceof core.Integer) return integer(value.value);
  if (value instanceof core.DTypeValue) return { kind: 'dtype', dtype: value.dtype };
  if (value instanceof core.NumpyArray)
    return { kind: 'array', values: value.values && [...value.values], shape: value.shape, dtype: value.dtype, sources: [] };
  if (core.isList(value)) return list(value.map(fromCore));
  if (value instanceof core.Dictionary) return dictionary([...value.entries].map(([key, v]) => [string(key), fromCore(v)] as const));
  if (core.isTensor(value)) return tensorValue(value);
  if (core.isVariable(value)) return { kind: 'variable', variable: value };
  return UNKNOWN;
}

/** Runs something of the core: what TensorFlow raises becomes the program's exception, what is not known an unknown tensor. */
export function guarded(m: Machine, body: () => Value): Value {
  try {
    return body();
  } catch (e) {
    if (e instanceof OpError) m.raise((m.eager.inGraph ? whileTracing(e) : e).type, e.message, null);
    if (e instanceof core.UnknownArgument) return unknownTensor(m);
    throw e;
  }
}

/** A tensor of which nothing is known but that it is one. */
export const unknownTensor = (m: Machine, shape: Shape = null): TensorValue =>
  tensorValue(m.backend.opaque(shape, null, { tainted: true }));

/** Binds a call to a signature of our tables; null where it does not fit, so that nothing is claimed. */
export function bindCall(signature: string, args: CallArguments): Map<string, Value> | null {
  const bound = args.open ? null : bindOrRefuse(signature, args);
  return typeof bound === 'string' ? null : bound;
}

/** The same of a call of which everything is known: what Python says where it does not fit, null where the signature does not name all that may be given. */
function bindOrRefuse(signature: string, { positional, keywords }: CallArguments): Map<string, Value> | string | null {
  const parameters = parametersOf(signature);
  const bound = new Map<string, Value>();
  let placed = 0;
  for (const { name, rest } of parameters) {
    const value = rest ? list(positional.slice(placed)) : positional[placed];
    placed = rest ? positional.length : placed + 1;
    if (value !== undefined) bound.set(name, value);
  }
  if (placed < positional.length) return `Too many positional arguments: ${placed} are taken, ${positional.length} were given`;
  for (const [name, value] of keywords) {
    if (bound.has(name)) return `Got multiple values for argument '${name}'`;
    if (!parameters.some((p) => p.name === name))
      return takesOtherKeywords(signature) ? null : `Got an unexpected keyword argument '${name}'`;
    bound.set(name, value);
  }
  for (const { name, value } of parameters) {
    if (bound.has(name)) continue;
    if (value === undefined) return `Missing required argument '${name}'`;
    bound.set(name, fromCore(value));
  }
  return bound;
}

/** Calls a public function of TensorFlow with the program's values. */
export function callPublic(m: Machine, definition: PublicFunction, args: CallArguments): Value {
  m.step(4);
  const bound = args.open ? null : bindOrRefuse(definition.signature, args);
  if (!bound) return unknownTensor(m);
  if (typeof bound === 'string') return m.raise('TypeError', bound, null);
  return guarded(m, () => {
    try {
      const given = new Map<string, core.Value>();
      const left: Departure[] = [];
      bound.forEach((value, name) => {
        given.set(name, toCore(m, LABELS.has(name) ? labels(m, value, bound.get(LABELS.get(name) ?? '')) : value));
        left.push(...departuresIn(value));
      });
      const result = fromCore(callFunction(definition, given, m.operations));
      if (left.length > 0 && result.kind === 'tensor') m.departures.set(result.tensor, left);
      return result.kind === 'list' && definition.fields ? { ...result, type: 'tuple', names: definition.fields } : result;
    } catch (e) {
      if (!(e instanceof OpError) || !/None/.test(e.message)) throw e;
      const none = [...bound.values()].find((v) => v.kind === 'none' && v.from);
      if (none?.kind !== 'none') throw e;
      return m.raise(e.type, e.message, null, none.from?.call ?? null);
    }
  });
}

/** What labels are called, and the predictions beside them. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['y_true', 'y_pred'],
  ['labels', 'logits'],
]);
/** Labels of which nothing is known are a tensor, or an error. */
const labels = (m: Machine, given: Value, predictions: Value | undefined): Value =>
  given.kind === 'unknown' && predictions?.kind === 'tensor' ? tensorValue(m.backend.opaque(null, null, { tainted: true })) : given;

const departuresIn = (value: Value): readonly Departure[] => knownLeaves(value).flatMap((v) => (v.kind === 'array' ? v.sources : []));

export function callByName(m: Machine, name: string, ...values: readonly Value[]): Value {
  const definition = findFunction(name);
  if (!definition) return UNKNOWN;
  return callPublic(m, definition, plainCall(m, values));
}

/** A value as a constant of a dtype; null where it is not known. */
export function literalTensor(m: Machine, value: Value, dtype: DType | null): Tensor | null {
  try {
    return core.toTensor(m.operations, toCore(m, value), null, dtype);
  } catch (e) {
    if (e instanceof core.UnknownArgument) return null;
    throw e;
  }
}

/** A value as a tensor; null where it cannot be one, or it is not known. */
export function asTensor(m: Machine, value: Value): Tensor | null {
  if (value.kind === 'tensor') return value.tensor;
  try {
    return core.toTensor(m.operations, toCore(m, value));
  } catch {
    return null;
  }
}
