// Numbers with nothing special about them: the same on every run, away from kinks, from one another and from zero.
import { type DType, numbersPer } from '../../core/tensor.ts';

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Evenly spread over (0, 1), never twice the same. */
const spread = (seed: number, i: number): number => (seed * Math.SQRT2 + (i + 1) * GOLDEN) % 1;

export type Domain = 'any' | 'positive' | 'above one' | 'wide' | 'upper' | 'lower' | 'weights' | 'truth';

/** `any`: ±[0.2, 0.95]; `wide` reaches ±8, `upper` lies wholly above `lower`, `weights` are positive and each row of the last axis sums to one. */
export function generic(shape: readonly number[], seed: number, domain: Domain = 'any'): number[] {
  const size = shape.reduce((a, b) => a * b, 1);
  const numbers = Array.from({ length: size }, (_, i) => {
    const u = spread(seed, i);
    const sign = spread(seed + 17, i) < 0.5 ? -1 : 1;
    switch (domain) {
      case 'any':
        return sign * (0.2 + 0.75 * u);
      case 'wide':
        return sign * (0.2 + 7.8 * u);
      case 'positive':
      case 'weights':
        return 0.2 + 0.75 * u;
      case 'upper':
        return 0.6 + 0.35 * u;
      case 'lower':
        return 0.1 + 0.4 * u;
      case 'above one':
        return 1.2 + 2 * u;
      case 'truth':
        return sign < 0 ? 0 : 1;
    }
  });
  if (domain !== 'weights') return numbers;
  const width = shape.at(-1) ?? 1;
  return numbers.map((n, i) => {
    const start = i - (i % width);
    return n / numbers.slice(start, start + width).reduce((a, b) => a + b, 0);
  });
}

/** For a tensor of a dtype: two for each complex number. */
export const genericFor = (shape: readonly number[], dtype: DType | null, seed: number): number[] =>
  generic(numbersPer(dtype) === 1 ? shape : [...shape, numbersPer(dtype)], seed);

/** The matrices in the last two axes, made symmetric. */
export function symmetrized(values: ArrayLike<number>, shape: readonly number[]): number[] {
  const size = shape.at(-1) ?? 1;
  const turned = (i: number): number => i - (i % (size * size)) + (i % size) * size + (Math.floor(i / size) % size);
  return Array.from(values, (x, i) => (x + (values[turned(i)] ?? 0)) / 2);
}
