// What every interpreter means by a tensor: an identity, a shape and a dtype. What else it holds (numbers, a graph node) is its backend's business.

import type { Intermediates } from './intermediates.ts';
import type { Row } from './row.ts';

export type DType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string'
  | 'resource';

/** A dimension's size; null where it is not known. */
export type Dimension = number | null;
/** Dimensions, outermost first; null where not even the rank is known. */
export type Shape = readonly Dimension[] | null;

export interface Tensor {
  /** The identity that tapes go by: a new one for every result of an op. */
  readonly id: number;
  readonly shape: Shape;
  /** null where it is not known. */
  readonly dtype: DType | null;
  /** The gradient of a gather: TensorFlow's `tf.IndexedSlices`. Any op makes it dense; as a target it raises. */
  readonly indexedSlices: boolean;
  /** Of a variable's handle (`resource`): the dtype of what the variable holds. Its shape is that of the value. */
  readonly valueDType?: DType | null;
  /** The op that made it, whatever any tape saw of it; null for constants, variables and what came from outside. */
  origin: Origin | null;
  /** What a softmax or a sigmoid of Keras' made it of. */
  logits?: Tensor;
}

/** One carried out op, or something that took its place on the tapes (`tf.custom_gradient`). */
export interface Origin {
  /** Counts up in the order of execution. */
  readonly sequence: number;
  /** The row's name, or what stood in its place. */
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the gradient of a condition: what it reads of the condition's inside. */
  readonly differentiates?: Intermediates | null;
  /** Of the gradient of a function, a condition or a loop: whether a vectorised Jacobian is known to go through it. */
  readonly isVectorizable?: boolean | undefined;
  /** The gradients of the inputs, from those of the outputs; null where there is no edge, the string where TensorFlow's registry has no entry. */
  readonly backward:
    | ((upstream: readonly Tensor[], needs: readonly boolean[], given: readonly boolean[]) => readonly (Tensor | null)[])
    | 'none'
    | 'missing';
  /** Through which inputs a gradient passes, where that is known without taking it. */
  readonly passes?: readonly boolean[];
  /** The row, where the op is one of the table. */
  readonly row?: Row;
  /** Where in the program it comes from (`Eager.place`); a derivative comes from where its op does. */
  readonly place?: number;
  /** The op of the program whose gradient it belongs to. */
  readonly gradientOf?: string | undefined;
}

/** Whether its gradient is made by the program's own code (`tf.custom_gradient`). */
export const isProgramsOwn = ({ name, row, attributes }: Origin): boolean =>
  row === undefined && name !== 'ReadVariableOp' && !('variants' in attributes);

let nextId = 1;

export const newTensorId = (): number => nextId++;

/** A `tf.Variable`: a handle that tapes watch, and the tensor it holds now (shape and dtype are the value's). */
export interface Variable {
  /** A tensor of dtype `resource`: what a tape watches and what `gradient` finds it by. */
  readonly handle: Tensor;
  value: Tensor;
  readonly trainable: boolean;
  readonly name: string;
}

const FLOATING: ReadonlySet<DType> = new Set<DType>(['float16', 'bfloat16', 'float32', 'float64']);
const COMPLEX: ReadonlySet<DType> = new Set<DType>(['complex64', 'complex128']);
const UNSIGNED_OR_INTEGER: ReadonlySet<DType> = new Set<DType>(['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']);

export const isFloating = (dtype: DType): boolean => FLOATING.has(dtype);
export const isComplex = (dtype: DType): boolean => COMPLEX.has(dtype);
/** How many numbers an element is kept as: a complex one as its two parts. */
export const numbersPer = (dtype: DType | null): number => (dtype !== null && COMPLEX.has(dtype) ? 2 : 1);
export const isInteger = (dtype: DType): boolean => UNSIGNED_OR_INTEGER.has(dtype);

/** Whether a tape records through this dtype (TensorFlow: python/eager/backprop_util.py, IsTrainable); an unknown dtype might. */
export const isDifferentiable = (dtype: DType | null): boolean =>
  dtype === null || FLOATING.has(dtype) || COMPLEX.has(dtype) || dtype === 'resource';
