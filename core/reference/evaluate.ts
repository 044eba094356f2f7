// Plain float64 kernels for the rows: what the analyzer folds small known values with, and what tests hold everything else against.
import type { Numbers } from '../backend.ts';
import type { Attributes } from '../row.ts';
import { isComplex } from '../tensor.ts';
import { CONVOLUTIONS } from './convolution.ts';
import { EINSUM } from './einsum.ts';
import { ELEMENTWISE } from './elementwise.ts';
import type { Input, Kernels, Output } from './kernel.ts';
import { MATRICES } from './matrices.ts';
import { INDICES, MOVES } from './moves.ts';
import { NORMALIZATIONS } from './normalization.ts';
import { POOLINGS } from './pooling.ts';
import { REDUCTIONS } from './reductions.ts';

export type { Input, Output } from './kernel.ts';

const KERNELS: Kernels = {
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...MOVES,
  ...INDICES,
  ...MATRICES,
  ...CONVOLUTIONS,
  ...POOLINGS,
  ...NORMALIZATIONS,
  ...EINSUM,
};

/** Rows that have no numbers by what they mean, and why. Random rows (those without inputs) are the others. */
export const WITHOUT_KERNEL: ReadonlyMap<string, string> = new Map([
  ['_Part', 'where the part lies is what nobody knows: it stands only where a shape is unknown'],
  ['_Write', 'where it writes is what nobody knows'],
]);

export const hasKernel = (name: string): boolean => Object.hasOwn(KERNELS, name);

/**
 * Carries out one op on numbers in row-major order. The outputs' shapes and dtypes are those of the row. Floating dtypes are computed, and kept, in float64; integers
 * wrap around as theirs do. null where there is no kernel, an attribute is not known, a dtype is not a real number's, or TensorFlow would raise.
 */
export function evaluate(name: string, inputs: readonly Input[], attributes: Attributes, outputs: readonly Output[]): Numbers[] | null {
  const kernel = hasKernel(name) ? KERNELS[name] : undefined;
  if (!kernel || !Object.values(attributes).every(isKnownDeep)) return null;
  if (![...inputs, ...outputs].every(({ dtype }) => dtype !== 'string' && dtype !== 'resource' && !isComplex(dtype))) return null;
  return kernel(inputs, attributes, outputs);
}

function isKnownDeep(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isKnownDeep);
  return typeof value === 'object' && value !== null ? Object.values(value).every(isKnownDeep) : value !== undefined;
}
