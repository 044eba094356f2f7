// Plain float64 kernels for the rows: what the analyzer folds small known values with, and what tests hold everything else against.
import type { Numbers } from '../backend.ts';
import type { Attributes } from '../row.ts';
import { isComplex } from '../tensor.ts';
import { BANDS } from './bands.ts';
import { evaluateComplex, hasComplexKernel } from './complex.ts';
import { BLOCKS } from './blocks.ts';
import { CONVOLUTIONS } from './convolution.ts';
import { EINSUM } from './einsum.ts';
import { ELEMENTWISE } from './elementwise.ts';
import { FACTORIZATIONS } from './factorization.ts';
import { IMAGES } from './images.ts';
import type { Input, Kernels, Output } from './kernel.ts';
import { LINEAR } from './linear.ts';
import { MATRICES } from './matrices.ts';
import { INDICES, MOVES } from './moves.ts';
import { NORMALIZATIONS } from './normalization.ts';
import { POOLINGS } from './pooling.ts';
import { QUANTIZATIONS } from './quantization.ts';
import { REDUCTIONS } from './reductions.ts';
import { SCATTERED } from './scatter.ts';

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
  ...BANDS,
  ...SCATTERED,
  ...BLOCKS,
  ...QUANTIZATIONS,
  ...LINEAR,
  ...FACTORIZATIONS,
  ...IMAGES,
};

/** Rows that have no numbers by what they mean, and why. Random rows (those without inputs) are the others. */
export const WITHOUT_KERNEL: ReadonlyMap<string, string> = new Map([
  ['_Part', 'where the part lies is what nobody knows: it stands only where a shape is unknown'],
  ['_Write', 'where it writes is what nobody knows'],
  ['RandomGamma', 'samples are drawn'],
  ['RandomPoissonV2', 'samples are drawn'],
  ['Multinomial', 'samples are drawn'],
  ['RandomShuffle', 'the order is drawn'],
  ['AsString', 'strings are not kept'],
  ['StringToNumber', 'strings are not kept'],
  ['Eig', 'the eigenvalues of a real matrix are complex, and the order in which TensorFlow gives them is that of its algorithm'],
  ['MatrixLogarithm', 'TensorFlow has it for complex numbers only'],
]);

export const hasKernel = (name: string): boolean => Object.hasOwn(KERNELS, name) || hasComplexKernel(name);

/**
 * Carries out one op on numbers in row-major order. The outputs' shapes and dtypes are those of the row. Floating dtypes are computed, and kept, in float64; integers
 * wrap around as theirs do, complex numbers are pairs. null where there is no kernel, an attribute is not known, a dtype is not a number's, or TensorFlow would raise.
 */
export function evaluate(name: string, inputs: readonly Input[], attributes: Attributes, outputs: readonly Output[]): Numbers[] | null {
  const kernel = Object.hasOwn(KERNELS, name) ? KERNELS[name] : undefined;
  for (const attribute in attributes) if (!isKnownDeep(attributes[attribute])) return null;
  if (inputs.some(hasNoNumbers) || outputs.some(hasNoNumbers)) return null;
  if (inputs.some(hasPairs) || outputs.some(hasPairs)) return evaluateComplex(name, kernel, inputs, attributes, outputs);
  return kernel?.(inputs, attributes, outputs) ?? null;
}

const hasNoNumbers = ({ dtype }: Output): boolean => dtype === 'string' || dtype === 'resource';
const hasPairs = ({ dtype }: Output): boolean => isComplex(dtype);

function isKnownDeep(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isKnownDeep);
  return typeof value === 'object' && value !== null ? Object.values(value).every(isKnownDeep) : value !== undefined;
}
