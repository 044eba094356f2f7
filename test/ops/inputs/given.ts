// How test inputs are written down.
import type { Attributes } from '../../../core/row.ts';
import type { DType } from '../../../core/tensor.ts';
import { type Domain, generic, genericFor } from '../generic.ts';

export interface Given {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
}
export interface Case {
  readonly title: string;
  readonly inputs: readonly Given[];
  readonly attributes: Attributes;
  /** The first input is a symmetric matrix, and is only moved as one. */
  readonly symmetric?: boolean;
  /** What the registered gradient is the gradient of, where it is not the op itself: rounding that pretends not to round. */
  readonly pretends?: (inputs: readonly (readonly number[])[]) => readonly number[];
}

export const f32 = (shape: readonly number[], seed = 1, domain: Domain = 'any'): Given => ({
  values: generic(shape, seed, domain),
  shape,
  dtype: domain === 'truth' ? 'bool' : 'float32',
});
export const c64 = (shape: readonly number[], seed = 1): Given => ({
  values: genericFor(shape, 'complex64', seed),
  shape,
  dtype: 'complex64',
});
export const int = (values: readonly number[], shape: readonly number[] = [values.length], dtype: DType = 'int32'): Given => ({
  values,
  shape,
  dtype,
});

const show = ({ shape, dtype }: Given): string => `${dtype === 'float32' ? '' : dtype}[${shape.join(',')}]`;
export const given = (inputs: readonly Given[], attributes: Attributes = {}): Case => {
  const words = Object.entries(attributes).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return { title: [...inputs.map(show), ...words].join(' '), inputs, attributes };
};
