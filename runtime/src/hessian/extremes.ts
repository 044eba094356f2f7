// The outermost eigenvalues of a large symmetric matrix and their vectors, from products alone: Lanczos with thick restarts. Wu and Simon, "Thick-restart Lanczos method for
// large symmetric eigenvalue problems" (2000), in the form of Stewart's Krylov-Schur.
import { eigenpairsOf } from './eigenvalues.ts';
import { addScaled, lengthOf, orthogonalize, Random, scaled, type SymmetricOperator } from './operator.ts';

export interface Eigenpair {
  readonly value: number;
  /** Of length 1. */
  readonly vector: Float64Array;
  /** ‖Hv − λv‖: an eigenvalue lies within this of the value. */
  readonly error: number;
}

export interface Extremes {
  /** The smallest ascending, the largest descending. */
  readonly smallest: readonly Eigenpair[];
  readonly largest: readonly Eigenpair[];
  readonly products: number;
}

export interface ExtremesOptions {
  /** How many at each end. */
  readonly count: number;
  readonly mostProducts: number;
  /** Relative to the largest eigenvalue: products in float32 are not better than 1e-6. */
  readonly tolerance: number;
  /** After every product; true stops here, with what there is. */
  readonly onProduct: (done: number) => boolean;
  /** After every restart. */
  readonly onRound: (now: Extremes) => void;
}

/** Numbers of all vectors that are held at a time: 320 MB. */
const MOST_NUMBERS = 40_000_000;

export function extremesOf(operator: SymmetricOperator, options: ExtremesOptions): Extremes {
  const n = operator.size;
  const count = Math.min(options.count, n);
  const room = Math.max(2 * count + 4, Math.floor(MOST_NUMBERS / Math.max(1, n)));
  const width = Math.min(n, room, 4 * count + 24);
  let basis: Float64Array[] = [];
  /** The matrix projected onto the basis. */
  let projected: number[][] = [];
  let next = unit(new Random(1).signs(n));
  let products = 0;
  let now: Extremes = { smallest: [], largest: [], products: 0 };
  for (;;) {
    let residual: Float64Array = new Float64Array(n);
    let rest = 0;
    let stopped = false;
    while (basis.length < width) {
      const [product = residual] = operator.apply([next]);
      products++;
      basis.push(next);
      const along = orthogonalize(product, basis);
      projected = extended(projected, along);
      residual = product;
      rest = lengthOf(residual);
      stopped = options.onProduct(products) || products >= options.mostProducts;
      const size = Math.max(...projected.flat().map(Math.abs), 1e-300);
      if (stopped || !Number.isFinite(rest)) break;
      // What is spanned is mapped into itself: another direction, if there is any left.
      next = rest > 1e-10 * size ? scaled(residual, 1 / rest) : fresh(basis, n, products);
      if (rest <= 1e-10 * size) rest = 0;
      if (next.length === 0) break;
    }
    if (!Number.isFinite(rest)) return now;
    const { values, vectors } = eigenpairsOf(projected);
    const last = basis.length - 1;
    const errorOf = (i: number): number => rest * Math.abs((vectors[i] as Float64Array)[last] as number);
    const lower = Array.from({ length: Math.min(count, values.length) }, (_, i) => i);
    const upper = lower.map((i) => values.length - 1 - i);
    const whole = basis.length === n || next.length === 0;
    const largest = Math.max(...values.map(Math.abs), 1e-300);
    const isDone = whole || [...lower, ...upper].every((i) => errorOf(i) <= options.tolerance * largest);
    // Those that are told, and a few beside them that speed the next round up.
    const kept = new Set(
      [...lower, ...upper, ...lower.map((i) => i + count), ...upper.map((i) => i - count)].filter((i) => i >= 0 && i < values.length),
    );
    const order = [...kept].sort((a, b) => a - b).slice(0, Math.max(1, width - 2));
    const made = new Map(order.map((i) => [i, combined(basis, vectors[i] as Float64Array)]));
    const pair = (i: number): Eigenpair => ({
      value: values[i] as number,
      vector: made.get(i) ?? combined(basis, vectors[i] as Float64Array),
      error: whole ? 0 : errorOf(i),
    });
    now = { smallest: lower.map(pair), largest: upper.map(pair), products };
    options.onRound(now);
    if (isDone || stopped) return now;
    basis = order.map((i) => made.get(i) as Float64Array);
    projected = order.map((i, row) => order.map((_, column) => (row === column ? (values[i] as number) : 0)));
    orthogonalize(next, basis);
    next = unit(next);
  }
}

const unit = (vector: Float64Array): Float64Array => scaled(vector, 1 / (lengthOf(vector) || 1));

/** A direction beside all that is spanned; empty where there is none. */
function fresh(basis: readonly Float64Array[], n: number, seed: number): Float64Array {
  if (basis.length >= n) return new Float64Array(0);
  const vector = unit(new Random(seed + 1).signs(n));
  orthogonalize(vector, basis);
  const length = lengthOf(vector);
  return length > 1e-8 ? scaled(vector, 1 / length) : new Float64Array(0);
}

/** One row and column more. */
const extended = (matrix: readonly (readonly number[])[], along: readonly number[]): number[][] => [
  ...matrix.map((row, i) => [...row, along[i] ?? 0]),
  [...along],
];

function combined(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const out = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((b, i) => addScaled(out, weights[i] as number, b));
  return out;
}
