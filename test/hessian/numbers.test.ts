// Eigenvalues, sums of eigenvalues and Newton steps against what is known of them.
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../runtime/src/hessian/columns.ts';
import { densityOf, traceOf } from '../../runtime/src/hessian/density.ts';
import { eigenpairsOf, eigenvaluesOf } from '../../runtime/src/hessian/eigenvalues.ts';
import { extremesOf } from '../../runtime/src/hessian/extremes.ts';
import { Matrix } from '../../runtime/src/hessian/matrix.ts';
import { eigenvalues, newtonStep } from '../../runtime/src/hessian/numbers.ts';
import { operatorOf, operatorOfMatrix, type SymmetricOperator } from '../../runtime/src/hessian/operator.ts';
import { densePattern } from '../../runtime/src/hessian/pattern.ts';
import { planOf } from '../../runtime/src/hessian/plan.ts';
import { spectrumOf } from '../../runtime/src/hessian/spectrum.ts';
import { derivativeOf, drawn, FUNCTIONS, type Given } from './functions.ts';

function symmetric(n: number, seed: number): Float64Array {
  const numbers = drawn(n * n, seed);
  return Float64Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return numbers[Math.min(row, column) * n + Math.max(row, column)] as number;
  });
}
const rowsOf = (matrix: Float64Array, n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from(matrix.subarray(i * n, (i + 1) * n)));
const held = (matrix: Float64Array, n: number): Matrix => new Matrix(densePattern(n, n), matrix);

/** 2 on the diagonal, −1 beside it: its eigenvalues are 2 − 2 cos(kπ / (n + 1)). */
function secondDifference(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => {
    const apart = Math.abs(Math.floor(i / n) - (i % n));
    return apart === 0 ? 2 : apart === 1 ? -1 : 0;
  });
}
const ofSecondDifference = (n: number): number[] => Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)));

function close(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs((found[i] ?? NaN) - (expected[i] ?? NaN))).toBeLessThan(tolerance);
}

describe('all eigenvalues of a dense matrix', () => {
  it.each([1, 2, 3, 10, 57])('of a second difference, n = %i', (n) => {
    close(eigenvaluesOf(secondDifference(n), n), ofSecondDifference(n), 1e-12);
  });
  it.each([1, 2, 3, 4, 5, 6])('agree with rotations, and have the trace, seed %i', (seed) => {
    const n = 5 * seed;
    const matrix = symmetric(n, seed);
    const { values, vectors } = eigenpairsOf(rowsOf(matrix, n));
    close(eigenvaluesOf(matrix.slice(), n), values, 1e-10);
    const trace = rowsOf(matrix, n).reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(trace, 10);
    vectors.forEach((v, i) =>
      close(
        held(matrix, n).times(v),
        v.map((x) => x * (values[i] ?? 0)),
        1e-10,
      ),
    );
  });
  it('that come several times', () => {
    close(eigenvaluesOf(Float64Array.of(3, 0, 0, 0, 3, 0, 0, 0, 3), 3), [3, 3, 3], 1e-14);
    close(eigenvaluesOf(new Float64Array(16).fill(1), 4), [0, 0, 0, 4], 1e-12);
  });
});

describe('what is said of a matrix', () => {
  it('its eigenvalues part by part, its condition and its inertia', () => {
    const found = eigenvalues(held(Float64Array.of(2, 1, 0, 1, 2, 0, 0, 0, -4), 3));
    close(found?.values ?? [], [-4, 1, 3], 1e-12);
    expect(found).toMatchObject({ isAll: true, inertia: { positive: 2, negative: 1, zero: 0 } });
    expect(found?.condition).toBeCloseTo(4, 10);
  });
  it('all of them of a long chain', () => {
    const n = 1500;
    const found = eigenvalues(held(secondDifference(n), n));
    expect(found?.isAll).toBe(true);
    close(found?.values ?? [], ofSecondDifference(n), 1e-10);
    expect(found?.inertia).toMatchObject({ positive: n, negative: 0, zero: 0 });
  });
  it('of chains that lie between each other, and of a ring', () => {
    const n = 20;
    const chains = Float64Array.from({ length: n * n }, (_, i) => {
      const [row, column] = [Math.floor(i / n), i % n];
      return row === column ? 2 + (row % 2) : Math.abs(row - column) === 2 ? -1 : 0;
    });
    close(eigenvalues(held(chains, n))?.values ?? [], eigenvaluesOf(chains.slice(), n), 1e-12);
    const ring = secondDifference(n);
    ring[n - 1] = ring[(n - 1) * n] = -1;
    close(eigenvalues(held(ring, n))?.values ?? [], eigenvaluesOf(ring.slice(), n), 1e-12);
  });
  it('a singular one has no condition number', () => {
    const found = eigenvalues(held(Float64Array.of(1, 1, 1, 1), 2));
    expect(found).toMatchObject({ condition: null, inertia: { positive: 1, negative: 0, zero: 1 } });
  });
  it('one with NaN has none of it', () => {
    expect(eigenvalues(held(Float64Array.of(1, NaN, NaN, 1), 2))).toBeNull();
  });
  it('the Newton step solves, and says where the target rises along it', () => {
    const found = newtonStep(held(Float64Array.of(2, 1, 1, -3), 2), Float64Array.of(1, 2));
    if (typeof found === 'string') throw new Error(found);
    close(found.step, [-5 / 7, 3 / 7], 1e-12);
    expect(found.residual).toBeLessThan(1e-12);
    expect(found.descends).toBe(false);
    expect(newtonStep(held(Float64Array.of(1, 1, 1, 1), 2), Float64Array.of(1, 2))).toContain('singular');
  });
});

const diagonal = (values: readonly number[]): SymmetricOperator => ({
  size: values.length,
  apply: (vectors) => vectors.map((v) => v.map((x, i) => x * (values[i] as number))),
});
const quiet = { onProduct: () => false, onRound: () => {} };

describe('from products alone', () => {
  it.each([
    ['well apart', diagonal(Array.from({ length: 300 }, (_, i) => i ** 1.5 - 40))],
    ['a second difference, close together at both ends', operatorOfMatrix(held(secondDifference(120), 120))],
    ['fewer than are asked for', diagonal([3, -2, 7])],
    ['all the same', diagonal(new Array<number>(50).fill(2))],
    ['zero', diagonal(new Array<number>(30).fill(0))],
  ] as const)('the outermost eigenvalues and their vectors: %s', (_, operator) => {
    const found = extremesOf(operator, { count: 5, mostProducts: 2000, tolerance: 1e-8, ...quiet });
    const matrix = operator.apply(
      Array.from({ length: operator.size }, (_v, i) => Float64Array.from({ length: operator.size }, (_c, k) => (i === k ? 1 : 0))),
    );
    const all = Array.from(eigenvaluesOf(Float64Array.from(matrix.flatMap((row) => Array.from(row))), operator.size));
    const size = Math.max(1, ...all.map(Math.abs));
    // Of one that comes several times a Krylov space holds a single vector: every value found is an eigenvalue, the outermost are the outermost.
    for (const { value, vector, error } of [...found.smallest, ...found.largest]) {
      expect(Math.min(...all.map((v) => Math.abs(v - value)))).toBeLessThan(1e-6 * size);
      const [product] = operator.apply([vector]);
      const apart = Math.hypot(...(product ?? new Float64Array(0)).map((p, i) => p - value * (vector[i] as number)));
      expect(apart).toBeLessThan(error + 1e-7 * size);
    }
    expect(found.smallest[0]?.value).toBeCloseTo(all[0] ?? NaN, 5);
    expect(found.largest[0]?.value).toBeCloseTo(all.at(-1) ?? NaN, 5);
  });

  it('stop when they are told to, with what there is', () => {
    let done = 0;
    const found = extremesOf(diagonal(Array.from({ length: 400 }, (_, i) => i)), {
      count: 3,
      mostProducts: 500,
      tolerance: 1e-14,
      onProduct: (n) => (done = n) >= 20,
      onRound: () => {},
    });
    expect(done).toBe(20);
    expect(found.largest[0]?.value).toBeGreaterThan(380);
  });

  it('the sum of the eigenvalues, within its error', () => {
    const matrix = symmetric(200, 9);
    const trace = rowsOf(matrix, 200).reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    const found = traceOf(operatorOfMatrix(held(matrix, 200)), 60, () => false);
    expect(Math.abs((found?.value ?? NaN) - trace)).toBeLessThan(4 * (found?.error ?? 0));
    expect(found?.error).toBeGreaterThan(0);
    expect(traceOf(diagonal([1, 2, 3]), 30, () => false)).toEqual({ value: 6, error: 0 });
  });

  it('how they are spread', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i < 400 ? 0.01 * (i % 10) : 10 + 0.01 * (i % 10)));
    const bins = densityOf(diagonal(values), 8, 30, () => false);
    const share = (low: number, high: number): number =>
      bins.filter(({ at }) => at >= low && at < high).reduce((sum, { weight }) => sum + weight, 0);
    expect(bins.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 8);
    expect(share(-1, 1)).toBeCloseTo(0.8, 6);
    expect(share(9, 11)).toBeCloseTo(0.2, 6);
  });

  it('agree with the matrix that a small Hessian really is', () => {
    const given = FUNCTIONS.find(({ name }) => name === 'weights of a network') as Given;
    const h = derivativeOf(given);
    const plan = planOf(h, 4000);
    if (!plan) throw new Error('no plan');
    const all = eigenvalues(columnsOf(h, plan, () => {}).matrix)?.values ?? [];
    const parts: number[] = [];
    const { spectrum } = spectrumOf(operatorOf(h), {
      isLate: () => false,
      onProgress: () => {},
      onPart: (part) => parts.push(part.spectrum.products ?? 0),
    });
    close(spectrum.smallest, all.slice(0, 5), 1e-5);
    close(spectrum.largest, all.slice(-5).reverse(), 1e-5);
    expect(spectrum.trace?.value).toBeCloseTo(
      all.reduce((a, b) => a + b, 0),
      4,
    );
    expect(spectrum.isComplete).toBe(true);
    expect(parts.length).toBeGreaterThan(2);
  });
});
