// Public functions of TensorFlow: names, a signature as Python writes it, and what it does with ops. The analyzer binds calls to it, the runtime generates Python from it.
import type { Operations } from '../operations.ts';
import { normalizeAxis, OpError } from '../shape.ts';
import { mapSlices } from '../slices.ts';
import type { DType, Shape, Tensor } from '../tensor.ts';
import {
  besideTensor,
  convertedFirst,
  DTypeValue,
  Integer,
  isList,
  isTensor,
  isVariable,
  matching,
  numberIn,
  toPartialShape,
  toShape,
  toTensor,
  toTensors,
  UNKNOWN,
  UnknownArgument,
  type Value,
} from './value.ts';

export interface PublicFunction {
  /** Full names, the usual one first. */
  readonly names: readonly string[];
  /** `input_tensor, axis=None, keepdims=False, name=None`: defaults are Python literals; `*inputs` takes the rest. */
  readonly signature: string;
  readonly call: (a: Arguments, o: Operations) => Value;
  /** The results' names, where Python gets a named tuple. */
  readonly fields?: readonly string[];
}

const functions = new Map<string, PublicFunction>();

export function define(names: string, signature: string, call: PublicFunction['call'], fields?: readonly string[]): void {
  const list = names.split(' ');
  const definition = { names: list, signature, call, ...(fields && { fields }) };
  for (const name of list) {
    if (functions.has(name)) throw new Error(`two definitions of ${name}`);
    functions.set(name, definition);
  }
}

export const findFunction = (name: string): PublicFunction | undefined => functions.get(name);
/** Whether a name is one of a module that has functions somewhere in it: `tf.math.special`. */
export function isNamespace(name: string): boolean {
  if (namespaces.size === 0)
    for (const full of functions.keys()) {
      const parts = full.split('.');
      for (let n = 1; n < parts.length; n++) namespaces.add(parts.slice(0, n).join('.'));
    }
  return namespaces.has(name);
}
const namespaces = new Set<string>();

export const allFunctions = (): readonly PublicFunction[] => [...new Set(functions.values())];

export function keepingSlices(o: Operations, value: Value, change: (x: Tensor) => Tensor): Tensor {
  if (!isTensor(value) || !value.indexedSlices) return change(toTensor(o, value));
  const slices = mapSlices(value, o, change);
  if (!slices) throw new UnknownArgument();
  return slices;
}

/** Runs a public function on bound arguments, defaults filled in. */
export const callFunction = (definition: PublicFunction, bound: ReadonlyMap<string, Value>, o: Operations): Value =>
  definition.call(new Arguments(bound, o), o);

/** Bound arguments, read as what a function expects. What the analyzer does not know throws UnknownArgument, or gives undefined where the method says so. */
export class Arguments {
  constructor(
    private readonly bound: ReadonlyMap<string, Value>,
    readonly operations: Operations,
  ) {}

  value(name: string): Value {
    return this.bound.get(name) ?? null;
  }
  /** The same with another value of one argument. */
  with(name: string, value: Value): Arguments {
    return new Arguments(new Map([...this.bound, [name, value]]), this.operations);
  }
  has(name: string): boolean {
    return (this.bound.get(name) ?? null) !== null;
  }
  tensor(name: string, dtype: DType | null = null, hint: DType | null = null): Tensor {
    return toTensor(this.operations, this.value(name), dtype, hint);
  }
  /** What becomes of a tensor; of a `tf.IndexedSlices` only its rows are changed, and it stays one. */
  keepingSlices(name: string, change: (x: Tensor) => Tensor): Tensor {
    return keepingSlices(this.operations, this.value(name), change);
  }
  /** A tensor of a floating dtype where it is a Python number. */
  floating(name: string): Tensor {
    return this.tensor(name, null, 'float32');
  }
  /** Operands of one of Python's operators. */
  besideTensor(...names: readonly string[]): Tensor[] {
    return besideTensor(
      this.operations,
      names.map((n) => this.value(n)),
    );
  }
  /** Operands that the function converts itself, one by one. */
  separately(...names: readonly string[]): Tensor[] {
    return convertedFirst(
      this.operations,
      names.map((n) => this.value(n)),
      false,
    );
  }
  /** The same, each with the dtype of the first if it can have that. */
  inOrder(...names: readonly string[]): Tensor[] {
    return convertedFirst(
      this.operations,
      names.map((n) => this.value(n)),
      true,
    );
  }
  /** Operands that have to be of one dtype. */
  matching(...names: readonly string[]): Tensor[] {
    return matching(
      this.operations,
      names.map((n) => this.value(n)),
    );
  }
  /** A list (or a tensor taken apart along its first axis). */
  list(name: string): readonly Value[] {
    const value = this.value(name);
    if (isList(value)) return value;
    if (value === UNKNOWN) throw new UnknownArgument();
    const whole = toTensor(this.operations, value);
    const count = whole.shape?.[0];
    if (count === undefined || count === null) throw new UnknownArgument();
    return this.operations.unstack(whole, 0, count);
  }
  tensors(name: string): Tensor[] {
    return toTensors(this.operations, this.list(name));
  }
  /** The numbers of a list or a tensor that is no tape's business; null where they are not known. */
  numbers(name: string): readonly number[] | null {
    const value = this.value(name);
    if (value === UNKNOWN) return null;
    const numbers = this.operations.eager.backend.valueOf(toTensor(this.operations, value));
    return numbers && Array.from(numbers);
  }
  /** undefined where it is not known. */
  optionalNumber(name: string): number | null | undefined {
    const value = this.value(name);
    if (value === null) return null;
    if (value === UNKNOWN) return undefined;
    if (isTensor(value) || isVariable(value)) return this.operations.eager.backend.valueOf(isVariable(value) ? value.value : value)?.[0];
    const n = numberIn(value);
    if (n === null) throw new OpError('TypeError', `${name} must be a number`);
    return n;
  }
  number(name: string): number {
    const n = this.optionalNumber(name);
    if (n === undefined || n === null) throw new UnknownArgument();
    return n;
  }
  boolean(name: string): boolean {
    const value = this.value(name);
    if (value === UNKNOWN || isTensor(value)) throw new UnknownArgument();
    return value instanceof Integer ? value.value !== 0 : Boolean(value);
  }
  text(name: string): string | null {
    const value = this.value(name);
    if (value === UNKNOWN) throw new UnknownArgument();
    return typeof value === 'string' ? value : null;
  }
  dtype(name: string, otherwise: DType | null = null): DType | null {
    const value = this.value(name);
    if (value === UNKNOWN) throw new UnknownArgument();
    if (value instanceof DTypeValue) return value.dtype;
    if (typeof value === 'string') return value as DType;
    return otherwise;
  }
  shape(name: string): Shape {
    return toShape(this.operations, this.value(name));
  }
  /** One that may leave sizes open. */
  partialShape(name: string): Shape {
    return toPartialShape(this.operations, this.value(name));
  }
  /** Axes as they are written, in a list or alone. */
  axesIn(value: Value): readonly number[] {
    const list = toShape(this.operations, value);
    if (list === null || list.some((a) => a === null)) throw new UnknownArgument();
    return list.map((a) => a ?? 0);
  }
  /** Axes counted from 0; null for None, undefined where they are not known. */
  axes(name: string, of: Tensor): readonly number[] | null | undefined {
    const value = this.value(name);
    if (value === null) return null;
    if (value === UNKNOWN) return undefined;
    const list = toShape(this.operations, value);
    if (list === null || list.some((a) => a === null) || of.shape === null) return undefined;
    const rank = of.shape.length;
    return list.map((a) => normalizeAxis(a ?? 0, rank));
  }
}
