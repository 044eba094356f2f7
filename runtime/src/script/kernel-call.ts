// A call of a kernel of TensorFlow.js as the table reads it: its inputs as tensors of the trace, its attributes as numbers.
import type { Operations } from '../../../core/operations.ts';
import { normalizeAxis } from '../../../core/shape.ts';
import { type DType, isComplex, isFloating, type Tensor } from '../../../core/tensor.ts';
import { UnsupportedOp } from '../engine/backend.ts';

/** A kernel's call, its inputs being tensors of the trace. */
export interface KernelCall {
  readonly name: string;
  readonly o: Operations;
  /** By TensorFlow.js's names, or by number where it has a list. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the outputs that TensorFlow.js gave. */
  readonly shapes: readonly (readonly number[])[];
}

export type Carry = (c: KernelCall) => Tensor | readonly Tensor[];

/** Trace and rows are about floating numbers: what TensorFlow.js keeps as an integer or a truth value is cast where it is calculated with. */
const floating = (t: Tensor, o: Operations): Tensor =>
  t.dtype === null || isFloating(t.dtype) || isComplex(t.dtype) ? t : o.cast(t, 'float32');
export const input = ({ inputs, name, o }: KernelCall, key: string): Tensor => floating(found(inputs[key], name), o);
export const typed = ({ inputs, name, o }: KernelCall, key: string, dtype: DType): Tensor => o.cast(found(inputs[key], name), dtype);
export const all = ({ inputs, o }: KernelCall): Tensor[] => Object.values(inputs).map((t) => floating(t, o));

function found(tensor: Tensor | undefined, name: string): Tensor {
  if (!tensor) throw new UnsupportedOp(name);
  return tensor;
}

export const number = ({ attributes }: KernelCall, key: string, otherwise = 0): number => Number(attributes[key] ?? otherwise);
/** A list of numbers, or one number. */
export const numbers = ({ attributes }: KernelCall, key: string): number[] => {
  const given = attributes[key];
  return typeof given === 'number' ? [given] : Array.from((given ?? []) as ArrayLike<number>, Number);
};
export const pairs = ({ attributes }: KernelCall, key: string): (readonly [number, number])[] =>
  Array.from((attributes[key] ?? []) as ArrayLike<ArrayLike<number>>, (pair) => [Number(pair[0]), Number(pair[1])] as const);
export const flag = ({ attributes }: KernelCall, key: string): boolean => attributes[key] === true;

export const shapeOf = (t: Tensor): number[] => (t.shape ?? []).map((d) => d ?? 0);
export const outputShape = ({ shapes }: KernelCall): readonly number[] => shapes[0] ?? [];
export const axisOf = (axis: number, t: Tensor): number => normalizeAxis(axis, shapeOf(t).length);

/** One axis taken at places: what mirrors, and what repeats. */
export const gather = (o: Operations, x: Tensor, places: readonly number[], axis: number): Tensor =>
  o.apply('GatherV2', [x, o.vector(places, 'int32')], { axis });
