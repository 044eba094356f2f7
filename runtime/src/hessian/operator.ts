// A symmetric matrix that is only known by its products, and the vectors that Krylov methods work with.
import type { SecondDerivative } from './derivative.ts';
import type { Matrix } from './matrix.ts';

export interface SymmetricOperator {
  readonly size: number;
  /** Products with vectors, at once where that is faster. */
  apply(vectors: readonly Float64Array[]): Float64Array[];
}

/** Elements of all directions of one pass, so that none grows past memory. */
const LARGEST_TANGENT = 4_000_000;

export function operatorOf(h: SecondDerivative): SymmetricOperator {
  const size = h.columns;
  const most = Math.max(1, Math.floor(LARGEST_TANGENT / Math.max(1, h.largest)));
  const isDouble = h.like instanceof Float64Array;
  return {
    size,
    apply: (vectors) => {
      const out: Float64Array[] = [];
      for (let from = 0; from < vectors.length; from += most) {
        const some = vectors.slice(from, from + most);
        const seeds = isDouble ? new Float64Array(some.length * size) : new Float32Array(some.length * size);
        some.forEach((vector, i) => seeds.set(vector, i * size));
        const products = h.apply(seeds, some.length);
        some.forEach((_, i) =>
          out.push(products ? Float64Array.from(products.subarray(i * size, (i + 1) * size)) : new Float64Array(size)),
        );
      }
      return out;
    },
  };
}

export const operatorOfMatrix = (matrix: Matrix): SymmetricOperator => ({
  size: matrix.columns,
  apply: (vectors) => vectors.map((vector) => matrix.times(vector)),
});

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
export const lengthOf = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** a += factor · b */
export function addScaled(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number);
}
export function scaled(a: Float64Array, factor: number): Float64Array {
  return a.map((v) => v * factor);
}

/** Takes out of a vector what lies along orthonormal ones, twice, as once leaves rounding behind. Gives back how much that was along each. */
export function orthogonalize(vector: Float64Array, basis: readonly Float64Array[]): number[] {
  const along = basis.map(() => 0);
  for (let pass = 0; pass < 2; pass++)
    basis.forEach((b, i) => {
      const part = dot(vector, b);
      along[i] = (along[i] ?? 0) + part;
      addScaled(vector, -part, b);
    });
  return along;
}

/** Random numbers that are the same for the same seed: a computation gives the same answer twice. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x2545f491) | 1;
  }

  private next(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state >>> 0;
  }
  /** ±1 in every place. */
  signs(size: number): Float64Array {
    return Float64Array.from({ length: size }, () => (this.next() & 0x10000 ? 1 : -1));
  }
}
