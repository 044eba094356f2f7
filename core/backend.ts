// What an interpreter has to provide so that rows, tapes, layers and losses run on it: the one interface they are written against.
import type { Attributes, Row } from './row.ts';
import type { DType, Shape, Tensor } from './tensor.ts';

/** Numbers in row-major order; booleans are 0 and 1. */
export type Numbers = readonly number[] | Float32Array | Float64Array | Int32Array | Uint8Array;

export interface Backend {
  /** How many steps of a walk over a sequence tell all that this interpreter can tell; undefined where it needs each. */
  readonly rounds?: number;
  /** Carries out one op: as many outputs as the row has, with new ids. Throws OpError where TensorFlow would raise. */
  run(row: Row, inputs: readonly Tensor[], attributes: Attributes): Tensor[];
  /** A literal: the same on every run of the program. */
  constant(values: Numbers, shape: readonly number[], dtype: DType): Tensor;
  /** A constant with one value everywhere; the analyzer may not know the shape, or (null) the value. */
  fill(value: number | null, shape: Shape, dtype: DType | null): Tensor;
  /** Whether something has a part in it that the interpreter does not know. */
  isOpen?(tensor: Tensor): boolean;
  /** The tensor's numbers in row-major order, or null where the interpreter does not know them. */
  valueOf(tensor: Tensor): Numbers | null;
  /** The same tensor under a new identity, as `tf.identity` gives. */
  alias(tensor: Tensor): Tensor;
  /** The value that a `tf.Variable` would start with, cut off from where it came from. */
  detach(tensor: Tensor): Tensor;
  /**
   * Runs something of which nobody may ever read a number (a branch that is not taken): numbers are only made where they are asked for, and what it changes is changed back.
   * An interpreter without numbers has no need of it.
   */
  lazily?<T>(body: () => T): T;
  /** Whether it does so just now. */
  readonly isLazy?: boolean;
}
