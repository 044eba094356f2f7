// What public functions take and give: the values of Python (and JavaScript) programs, as far as TensorFlow is concerned.
import type { Numbers } from '../backend.ts';
import type { Operations } from '../operations.ts';
import { isKnown, OpError } from '../shape.ts';
import { type Dimension, type DType, isFloating, isInteger, numbersPer, type Shape, type Tensor, type Variable } from '../tensor.ts';

/** A Python int; Python floats and JavaScript numbers are plain numbers. */
export class Integer {
  constructor(readonly value: number) {}
}

/** A Python complex number. */
export class Complex {
  constructor(
    readonly real: number,
    readonly imaginary: number,
  ) {}
}

/** A dtype as a value: `tf.float32`. */
export class DTypeValue {
  constructor(readonly dtype: DType) {}
}

/** A `tf.TensorShape` that leaves sizes open: no tensor can be made of it. */
export class PartialShape {
  constructor(readonly sizes: readonly Dimension[]) {}
}

/** A numpy array: numbers that no tape follows. `values` is null where the analyzer does not know them. */
export class NumpyArray {
  constructor(
    readonly values: Numbers | null,
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}
}

/** A function of the program, to be called by a public function that takes one. */
export class Callable {
  constructor(
    readonly call: (args: readonly Value[]) => Value,
    readonly name: string | null,
  ) {}
}

/** Values by name: a JavaScript object. */
export class Dictionary {
  constructor(readonly entries: ReadonlyMap<string, Value>) {}
}

/** A layer of the program's, as `TimeDistributed(layer)` and `RNN(cell)` are given one. */
export class LayerObject extends Callable {
  constructor(
    /** Called on an input, and a cell's states after it; gives its outputs, in a list where there are several. A mask is the call's `mask=`. */
    readonly run: (args: readonly Value[], training?: boolean, mask?: Tensor | null) => Value,
    /** What it has under a name: `units`, `state_size`, `kernel`; UNKNOWN where that is not known. */
    readonly attribute: (name: string) => Value,
  ) {
    super(run, null);
  }
}

/** A value that the analyzer does not know. */
export class UnknownValue {
  readonly unknown = true;
}
export const UNKNOWN = new UnknownValue();

/** Thrown inside a public function that meets UNKNOWN where it has to know: the result is unknown. */
export class UnknownArgument extends Error {}

export type Value =
  | Tensor
  | Variable
  | NumpyArray
  | Integer
  | Complex
  | DTypeValue
  | PartialShape
  | Callable
  | Dictionary
  | number
  | boolean
  | string
  | null
  | UnknownValue
  | readonly Value[];

const isObject = (value: Value): value is Exclude<Value, number | boolean | string | null | readonly Value[]> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isTensor = (value: Value): value is Tensor => isObject(value) && 'origin' in value;
export const isVariable = (value: Value): value is Variable => isObject(value) && 'handle' in value;
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** The number in a Python number, bool included; null for anything else. */
export function numberIn(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Integer ? value.value : null;
}

/** The dtype that `tf.convert_to_tensor` gives to a Python value by itself. */
function naturalDType(value: Value): DType | null {
  if (typeof value === 'number') return 'float32';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof Integer) return 'int32';
  if (value instanceof Complex) return 'complex128';
  if (value instanceof NumpyArray) return value.dtype;
  if (isTensor(value)) return value.dtype;
  if (isVariable(value)) return value.value.dtype;
  if (!isList(value)) return null;
  const kinds = value.map(naturalDType);
  return kinds.find((k) => k !== null && (isFloating(k) || /complex/.test(k))) ?? kinds.find((k) => k !== null) ?? null;
}

const containsTensor = (value: Value): boolean => (isList(value) ? value.some(containsTensor) : isTensor(value) || isVariable(value));
const containsUnknown = (value: Value): boolean => (isList(value) ? value.some(containsUnknown) : value === UNKNOWN);

const containsNone = (value: Value): boolean => (isList(value) ? value.some(containsNone) : value === null);

/** What TensorFlow says of a list with a None in it; where there are tensors beside it, it makes a tensor of each first. */
function noneAmong(o: Operations, list: readonly Value[]): OpError {
  return o.eager.inGraph && !containsTensor(list)
    ? new OpError('TypeError', 'Failed to convert elements of the list to Tensor. Consider casting elements to a supported type.')
    : new OpError('ValueError', "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.");
}

/** The shape of a nested list of numbers; undefined when it is ragged. */
function shapeOfList(value: Value): number[] | undefined {
  if (value instanceof NumpyArray) return isKnown(value.shape) ? [...value.shape] : undefined;
  if (!isList(value)) return [];
  const inner = value.map(shapeOfList);
  const [first] = inner;
  if (value.length === 0) return [0];
  if (first === undefined || inner.some((s) => s === undefined || s.length !== first.length || s.some((d, i) => d !== first[i])))
    return undefined;
  return [value.length, ...first];
}

/** Puts the numbers of a nested list one after the other; `per`: how many there are to an element, two for complex ones. False where one is not known. */
function numbersIn(value: Value, into: number[], per: number): boolean {
  if (isList(value)) return value.every((v) => numbersIn(v, into, per));
  if (value instanceof NumpyArray) {
    if (value.values === null) return false;
    const wide = per > numbersPer(value.dtype);
    for (const v of value.values) into.push(...(wide ? [v, 0] : [v]));
    return true;
  }
  if (value instanceof Complex) {
    into.push(value.real, value.imaginary);
    return per === 2;
  }
  const n = numberIn(value);
  if (n !== null) into.push(...(per === 2 ? [n, 0] : [n]));
  return n !== null;
}

/**
 * `tf.convert_to_tensor`: numbers become constants (of `dtype`, else of `hint` where a number can be that, else of their own kind), variables are read, lists with
 * tensors inside are stacked. Throws UnknownArgument for what the analyzer does not know, OpError for what TensorFlow refuses.
 */
export function toTensor(o: Operations, value: Value, dtype: DType | null = null, hint: DType | null = null): Tensor {
  if (isTensor(value)) return checked(value.indexedSlices ? o.identity(value) : value, dtype);
  if (isVariable(value)) return checked(o.eager.read(value), dtype);
  if (value === null)
    throw new OpError('ValueError', "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.");
  if (value instanceof PartialShape) throw partiallyKnown();
  if (containsUnknown(value)) throw new UnknownArgument();
  if (value instanceof UnknownValue) throw new UnknownArgument();
  if (isList(value) && containsNone(value)) throw noneAmong(o, value);
  if (value instanceof DTypeValue || value instanceof Callable || value instanceof Dictionary)
    throw new OpError('ValueError', 'Attempt to convert a value with an unsupported type to a Tensor.');
  const kind = dtype ?? chooseDType(value, hint);
  if (value instanceof NumpyArray && value.values === null) return o.full(null, value.shape, kind);
  if (isList(value) && containsTensor(value))
    return o.stack(
      value.map((v) => toTensor(o, v, dtype, kind)),
      0,
    );
  const shape = shapeOfList(value);
  const numbers: number[] = [];
  if (typeof value === 'string') return o.full(null, [], 'string');
  if (shape === undefined)
    throw isList(value) ? new OpError('ValueError', "Can't convert non-rectangular Python sequence to Tensor.") : new UnknownArgument();
  if (!numbersIn(value, numbers, numbersPer(kind))) {
    if (isList(value)) return o.full(null, shape, kind);
    throw new UnknownArgument();
  }
  if (isInteger(kind ?? 'float32') && numbers.some((n) => !Number.isInteger(n)) && naturalDType(value) !== kind)
    throw new OpError('TypeError', `Cannot convert ${numbers[0]} to EagerTensor of dtype ${kind}`);
  return o.eager.backend.constant(numbers, shape, kind ?? 'float32');
}

function checked(tensor: Tensor, dtype: DType | null): Tensor {
  if (dtype !== null && tensor.dtype !== null && tensor.dtype !== dtype)
    throw new OpError('ValueError', `Tensor conversion requested dtype ${dtype} for Tensor with dtype ${tensor.dtype}`);
  return tensor;
}

function chooseDType(value: Value, hint: DType | null): DType | null {
  const natural = naturalDType(value);
  if (hint === null || natural === null || natural === hint) return natural;
  const fits =
    isFloating(hint) || /complex/.test(hint) ? natural !== 'string' && natural !== 'bool' : isInteger(hint) && isInteger(natural);
  return fits ? hint : natural;
}

/** Converts tensors to one dtype: what is no tensor follows the first that is one. */
export const toTensors = (o: Operations, values: readonly Value[]): Tensor[] =>
  following(o, values, values.find(containsTensor) ?? values.find((v) => v instanceof NumpyArray));

function following(o: Operations, values: readonly Value[], leader: Value | undefined): Tensor[] {
  const hint = leader === undefined ? (values.map(naturalDType).find((d) => d !== null && isFloating(d)) ?? null) : naturalDType(leader);
  // Beside a tensor of an unknown dtype a literal's is unknown too.
  if (leader !== undefined && hint === null)
    return values.map((value) => (containsTensor(value) ? toTensor(o, value) : ofAnyDType(o, value)));
  return values.map((value) =>
    toTensor(o, isTruth(value) && hint !== null && isFloating(hint) && !o.eager.inGraph ? Number(value) : value, null, hint),
  );
}
const isTruth = (value: Value): value is boolean => typeof value === 'boolean';

/**
 * Who decides on the dtype of an op. Eagerly a tensor does, wherever it stands, and a variable, unless a list has to be made a tensor beside it (python/eager/pywrap_tfe_src.cc,
 * MaybeGetDTypeForAttr; execute.py, args_to_matching_eager); in a graph whatever comes first does, a number too (python/framework/op_def_library.py, _ExtractInputsAndAttrs).
 */
function leaderOf(o: Operations, values: readonly Value[]): Value | undefined {
  const isPlain = (v: Value): boolean => isList(v) && !containsTensor(v);
  const first = values[0];
  if (o.eager.inGraph || (!values.some((v) => isTensor(v)) && values.some(isPlain))) return first;
  return values.find(containsTensor) ?? values.find((v) => v instanceof NumpyArray);
}

function ofAnyDType(o: Operations, value: Value): Tensor {
  const natural = toTensor(o, value);
  return o.full(numberIn(value), natural.shape, null);
}

/** The operands of an op. */
export const matching = (o: Operations, values: readonly Value[]): Tensor[] => ofOneDType(following(o, values, leaderOf(o, values)));

/** The operands of one of Python's operators: what stands beside a tensor follows it. */
export const besideTensor = (o: Operations, values: readonly Value[]): Tensor[] => ofOneDType(toTensors(o, values));

/** Operands that a function converts before it calls an op: each by itself, or (`inOrder`) each after the first. */
export function convertedFirst(o: Operations, values: readonly Value[], inOrder: boolean): Tensor[] {
  const [first = null, ...rest] = values;
  const head = toTensor(o, first);
  return ofOneDType([
    head,
    ...rest.map((value) => (inOrder && head.dtype === null ? ofAnyDType(o, value) : toTensor(o, value, null, inOrder ? head.dtype : null))),
  ]);
}

function ofOneDType(tensors: Tensor[]): Tensor[] {
  const [first] = tensors;
  for (const t of tensors)
    if (first?.dtype && t.dtype && t.dtype !== first.dtype)
      throw new OpError(
        'InvalidArgumentError',
        `cannot compute op as input #1 was expected to be a ${first.dtype} tensor but is a ${t.dtype} tensor`,
      );
  return tensors;
}

/** A list of tensors that goes into one op as it is. */
export function operands(o: Operations, list: readonly Value[]): Tensor[] {
  refuseNone(o, list);
  const leader = list.find((v) => isTensor(v));
  if (leader !== undefined) return ofOneDType(following(o, list, leader));
  return o.eager.inGraph ? convertedFirst(o, list, false) : matching(o, list);
}

/** A list of tensors that is converted to one tensor. */
export function packed(o: Operations, list: readonly Value[]): Tensor[] {
  refuseNone(o, list);
  return besideTensor(o, list);
}

function refuseNone(o: Operations, list: readonly Value[]): void {
  if (list.includes(null) && !list.includes(UNKNOWN) && o.eager.inGraph)
    throw new OpError('TypeError', 'Failed to convert elements of the list to Tensor. Consider casting elements to a supported type.');
}

/** A shape that may leave sizes open: None is one that is not known. */
export function toPartialShape(o: Operations, value: Value): Shape {
  if (value instanceof PartialShape) return value.sizes;
  return toShape(o, isList(value) ? value.map((v) => (v === null ? UNKNOWN : v)) : value);
}

const partiallyKnown = (): OpError => new OpError('ValueError', 'Cannot convert a partially known TensorShape to a Tensor.');

/** A shape given as a list, a tensor, a number: unknown sizes are null, an unknown rank gives null. */
export function toShape(o: Operations, value: Value): Shape {
  if (value === UNKNOWN) return null;
  if (value instanceof PartialShape) throw partiallyKnown();
  if (isList(value) && value.includes(null) && !containsUnknown(value)) throw noneAmong(o, value);
  if (isTensor(value) || isVariable(value)) {
    const tensor = isVariable(value) ? value.value : value;
    const numbers = o.eager.backend.valueOf(tensor);
    if (numbers) return tensor.shape?.length === 0 ? [numbers[0] ?? null] : [...numbers];
    const [rank = null] = tensor.shape ?? [];
    return rank === null ? null : Array.from({ length: rank }, () => null);
  }
  if (value instanceof NumpyArray) return value.values && [...value.values];
  if (isList(value)) return value.map((v) => toDimension(o, v));
  const n = numberIn(value);
  if (n === null) throw new OpError('TypeError', 'expected a shape');
  return [n];
}

function toDimension(o: Operations, value: Value): Dimension {
  const n = numberIn(value);
  if (n !== null) return n;
  if (isTensor(value)) return o.eager.backend.valueOf(value)?.[0] ?? null;
  return null;
}
