// Arguments of TensorFlow.js's functions, read as what a function expects. TensorFlow.js: tfjs-core/src/tensor_util_env.ts, tensor_util.ts, types.ts.
import { isList, isTensor, isVariable, NumpyArray, numberIn, UNKNOWN, UnknownArgument, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { isKnown, normalizeAxis } from '../shape.ts';
import type { DType, Shape, Tensor } from '../tensor.ts';
import { scriptError } from './error.ts';

/** What a tensor-like argument may be: any number, or one dtype, which numbers are then made of. */
export type Expected = 'numeric' | 'string_or_numeric' | DType;

export class ScriptArguments {
  constructor(
    private readonly functionName: string,
    private readonly bound: ReadonlyMap<string, Value>,
    readonly o: Operations,
  ) {}

  value(name: string): Value {
    return this.bound.get(name) ?? null;
  }
  has(name: string): boolean {
    return this.value(name) !== null;
  }

  /** `convertToTensor`. Raises Error for what is no tensor, and for a tensor of another dtype than a single one that is expected. */
  tensor(name: string, expected: Expected = 'numeric'): Tensor {
    return toScriptTensor(this.o, this.value(name), expected, name, this.functionName);
  }
  tensors(name: string): Tensor[] {
    const value = this.value(name);
    if (value === UNKNOWN) throw new UnknownArgument();
    if (!isList(value)) throw scriptError(`Argument ${name} passed to ${this.functionName} must be a \`Tensor[]\` or \`TensorLike[]\``);
    return value.map((v, i) => toScriptTensor(this.o, v, 'string_or_numeric', `${name}[${i}]`, this.functionName));
  }
  /** Two operands, brought to one dtype. */
  pair(a: string, b: string): [Tensor, Tensor] {
    return matchTypes(this.tensor(a), this.tensor(b), this.o);
  }

  number(name: string): number {
    const n = numberIn(this.value(name));
    if (n === null) throw new UnknownArgument();
    return n;
  }
  optionalNumber(name: string): number | null {
    return this.has(name) ? this.number(name) : null;
  }
  boolean(name: string): boolean {
    const value = this.value(name);
    if (value === null) return false;
    if (typeof value !== 'boolean') throw new UnknownArgument();
    return value;
  }
  text(name: string): string | null {
    const value = this.value(name);
    if (value === null) return null;
    if (typeof value !== 'string') throw new UnknownArgument();
    return value;
  }
  dtype(name: string, otherwise: DType): DType {
    return (this.text(name) ?? otherwise) as DType;
  }
  /** Numbers in a list, or one alone. */
  numbers(name: string): readonly number[] {
    return numbersIn(this.value(name));
  }
  /** A shape given as a list; sizes that are not known are null. */
  shape(name: string): Shape {
    const value = this.value(name);
    if (!isList(value)) throw new UnknownArgument();
    return value.map((v) => numberIn(v));
  }
  /** Axes counted from 0; null for all of them. */
  axes(name: string, of: Tensor): readonly number[] | null | undefined {
    if (!this.has(name)) return null;
    if (of.shape === null) return undefined;
    const rank = of.shape.length;
    return this.numbers(name).map((axis) => {
      if (axis < -rank || axis >= rank)
        throw scriptError(`All values in axis param must be in range [-${rank}, ${rank}) but got axis ${this.numbers(name).join(',')}`);
      return normalizeAxis(axis, rank);
    });
  }
}

export function numbersIn(value: Value): readonly number[] {
  const list = isList(value) ? value : [value];
  return list.map((v) => {
    const n = numberIn(v);
    if (n === null) throw new UnknownArgument();
    return n;
  });
}

/** What `tf.tensor` infers from a value: numbers are float32, typed arrays of integers int32. */
function inferred(value: Value): DType {
  if (value instanceof NumpyArray) return value.dtype;
  if (isList(value)) return inferred(value[0] ?? 0);
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'float32';
}

/** The shape of a nested list; undefined where it is ragged. */
export function shapeIn(value: Value): readonly number[] | undefined {
  if (value instanceof NumpyArray) return isKnown(value.shape) ? value.shape : undefined;
  if (!isList(value)) return [];
  const inner = value.map(shapeIn);
  const [first = []] = inner;
  const even = inner.every((s) => s !== undefined && s.length === first.length && s.every((d, i) => d === first[i]));
  return even ? [value.length, ...first] : undefined;
}

/** Row-major; null where a number is not known. */
export function flatNumbers(value: Value): number[] | null {
  if (value instanceof NumpyArray) return value.values && [...value.values];
  if (!isList(value)) {
    const n = numberIn(value);
    return n === null ? null : [n];
  }
  const parts = value.map(flatNumbers);
  return parts.some((p) => p === null) ? null : parts.flatMap((p) => p ?? []);
}

const holdsUnknown = (value: Value): boolean => (isList(value) ? value.some(holdsUnknown) : value === UNKNOWN);

export function toScriptTensor(o: Operations, value: Value, expected: Expected, argument: string, functionName: string): Tensor {
  const tensor = isTensor(value) ? value : isVariable(value) ? value.value : null;
  if (tensor) {
    const wrong = expected !== 'numeric' && expected !== 'string_or_numeric' && tensor.dtype !== null && tensor.dtype !== expected;
    if (wrong)
      throw scriptError(`Argument '${argument}' passed to '${functionName}' must be ${expected} tensor, but got ${tensor.dtype} tensor`);
    return tensor;
  }
  if (holdsUnknown(value)) throw new UnknownArgument();
  const single = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
  if (!single && !isList(value) && !(value instanceof NumpyArray) && numberIn(value) === null) {
    const type = value === null ? 'null' : 'Object';
    throw scriptError(`Argument '${argument}' passed to '${functionName}' must be a Tensor or TensorLike, but got '${type}'`);
  }
  const natural = inferred(value);
  const dtype = natural !== 'string' && /^(bool|int32|float32)$/.test(expected) ? (expected as DType) : natural;
  return literal(o, value, dtype);
}

/** A tensor of the numbers in a value. */
export function literal(o: Operations, value: Value, dtype: DType): Tensor {
  if (typeof value === 'string') return o.full(null, [], 'string');
  const shape = shapeIn(value);
  if (shape === undefined) throw new UnknownArgument();
  const numbers = flatNumbers(value);
  if (numbers === null)
    return isList(value) && value.length > 0 && typeof deepFirst(value) !== 'number' ? unknownLiteral() : o.full(null, shape, dtype);
  const whole = dtype === 'int32' ? numbers.map(Math.trunc) : dtype === 'bool' ? numbers.map((n) => Number(n !== 0)) : numbers;
  return o.eager.backend.constant(whole, shape, dtype);
}
const unknownLiteral = (): never => {
  throw new UnknownArgument();
};
const deepFirst = (value: Value): Value => (isList(value) ? deepFirst(value[0] ?? null) : value);

const RANKS: readonly (DType | null)[] = ['bool', 'int32', 'float32', 'complex64'];
/** `makeTypesMatch`: both are cast to the wider dtype, through casts that gradients pass. */
export function matchTypes(a: Tensor, b: Tensor, o: Operations): [Tensor, Tensor] {
  if (a.dtype === null || b.dtype === null) throw new UnknownArgument();
  if (a.dtype === b.dtype) return [a, b];
  const wide = RANKS[Math.max(RANKS.indexOf(a.dtype), RANKS.indexOf(b.dtype))] ?? null;
  return [o.cast(a, wide), o.cast(b, wide)];
}
