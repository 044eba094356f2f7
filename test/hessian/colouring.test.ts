// Colourings of random patterns: a matrix is read back exactly out of its products with the sums of the columns of each colour.
import { describe, expect, it } from 'vitest';
import { type Colouring, colourColumns } from '../../runtime/src/hessian/colouring.ts';
import { type Matrix, Recovery, startsOf } from '../../runtime/src/hessian/matrix.ts';
import { densePattern, Pattern } from '../../runtime/src/hessian/pattern.ts';
import { colourSymmetric, symmetricPart } from '../../runtime/src/hessian/star.ts';
import { drawn } from './functions.ts';

const MANY = 1e9;

function patternOf(rows: readonly (readonly number[])[], columns: number): Pattern {
  const starts = [0];
  for (const row of rows) starts.push((starts.at(-1) ?? 0) + row.length);
  return new Pattern(columns, Int32Array.from(rows.keys()), Int32Array.from(starts), Int32Array.from(rows.flat()));
}

/** Elements at random, and every diagonal one. */
function symmetricPattern(n: number, share: number, seed: number): Pattern {
  const numbers = drawn(n * n, seed);
  const has = (i: number, j: number): boolean => i === j || (numbers[Math.min(i, j) * n + Math.max(i, j)] as number) < 2 * share - 1;
  const all = Array.from({ length: n }, (_, i) => i);
  return patternOf(
    all.map((i) => all.filter((j) => has(i, j))),
    n,
  );
}

/** Whole numbers, so that sums are exact; the same on both sides where the pattern is. */
function matrixOf(pattern: Pattern): number[][] {
  const out = Array.from({ length: pattern.rows }, () => new Array<number>(pattern.columns).fill(0));
  for (let i = 0; i < pattern.rows; i++)
    for (const j of pattern.of(i)) (out[i] as number[])[j] = 1 + Math.min(i, j) * 1000 + Math.max(i, j);
  return out;
}

function productsOf(matrix: readonly (readonly number[])[], { colours, count }: Colouring): Float64Array {
  const out = new Float64Array(count * matrix.length);
  matrix.forEach((row, i) =>
    row.forEach((v, j) => {
      const colour = colours[j] as number;
      if (colour >= 0) out[colour * matrix.length + i] = (out[colour * matrix.length + i] as number) + v;
    }),
  );
  return out;
}

function full({ pattern, values }: Matrix): number[][] {
  const starts = startsOf(pattern);
  const out = Array.from({ length: pattern.rows }, () => new Array<number>(pattern.columns).fill(0));
  for (let i = 0; i < pattern.rows; i++)
    pattern.of(i).forEach((j, k) => ((out[i] as number[])[j] = values[(starts[i] as number) + k] as number));
  return out;
}

function recovered(pattern: Pattern, colouring: Colouring): Recovery {
  const recovery = new Recovery(pattern, colouring, { rowSizes: [pattern.rows], like: new Float64Array(0) });
  const products = productsOf(matrixOf(pattern), colouring);
  // In two passes.
  const half = Math.floor(colouring.count / 2);
  recovery.take(products.subarray(0, half * pattern.rows), { from: 0, to: half, asked: [true] });
  recovery.take(products.subarray(half * pattern.rows), { from: half, to: colouring.count, asked: [true] });
  return recovery;
}

const path = (n: number): Pattern =>
  patternOf(
    Array.from({ length: n }, (_, i) => [i - 1, i, i + 1].filter((j) => j >= 0 && j < n)),
    n,
  );
const arrow = (n: number, head: number): Pattern =>
  patternOf(
    Array.from({ length: n }, (_, i) => (i === head ? Array.from({ length: n }, (_c, j) => j) : [head, i].sort((a, b) => a - b))),
    n,
  );

describe('a symmetric matrix is read back exactly', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => [3 + (seed % 20), 0.05 + (seed % 7) * 0.13, seed + 1] as const))(
    '%i unknowns, %d of the elements, seed %i',
    (n, share, seed) => {
      const pattern = symmetricPattern(n, share, seed);
      const colouring = colourSymmetric(pattern, MANY);
      const { matrix, asymmetry } = recovered(pattern, colouring).symmetric();
      expect(full(matrix)).toEqual(matrixOf(pattern));
      expect(asymmetry ?? 0).toBe(0);
    },
  );

  it('where a few vertices are set apart for the work they would make', () => {
    const pattern = arrow(50, 20);
    const colouring = colourSymmetric(pattern, 100);
    expect(colouring.count).toBe(2);
    expect(full(recovered(pattern, colouring).symmetric().matrix)).toEqual(matrixOf(pattern));
  });

  it('in a direction for every column where all of them are', () => {
    const pattern = symmetricPattern(30, 0.9, 5);
    expect(colourSymmetric(pattern, 10).count).toBe(30);
  });
});

describe('any matrix is read back exactly', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => [seed + 1] as const))('seed %i', (seed) => {
    const [rows, columns] = [4 + seed, 30 - seed];
    const numbers = drawn(rows * columns, seed);
    const pattern = patternOf(
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_c, j) => j).filter((j) => (numbers[i * columns + j] as number) < -0.6),
      ),
      columns,
    );
    const colouring = colourColumns(pattern, MANY);
    expect(full(recovered(pattern, colouring).direct())).toEqual(matrixOf(pattern));
  });
});

describe('colours', () => {
  it.each([
    ['a path', path(50), 3],
    ['an arrow with its head first', arrow(50, 0), 2],
    ['an arrow with its head last', arrow(50, 49), 2],
    ['a diagonal', patternOf([[0], [1], [2]], 3), 1],
    ['nothing', patternOf([[], [], []], 3), 0],
    [
      'blocks',
      patternOf(
        [
          [0, 1],
          [0, 1],
          [2, 3],
          [2, 3],
        ],
        4,
      ),
      2,
    ],
  ] as const)('of %s', (_, pattern, count) => {
    expect(colourSymmetric(pattern, MANY).count).toBe(count);
  });

  it('show an asymmetry that is there', () => {
    const pattern = path(6);
    const colouring = colourSymmetric(pattern, MANY);
    const matrix = matrixOf(pattern);
    for (let i = 0; i + 1 < 6; i++) (matrix[i] as number[])[i + 1] = 0;
    const recovery = new Recovery(pattern, colouring, { rowSizes: [6], like: new Float64Array(0) });
    recovery.take(productsOf(matrix, colouring), { from: 0, to: colouring.count, asked: [true] });
    expect(recovery.symmetric().asymmetry).toBeGreaterThan(0.1);
  });

  it('are read on the other side where a pass was not asked for them', () => {
    const pattern = densePattern(5, 5);
    const colouring = { colours: Int32Array.of(0, 1, 2, 3, 4), count: 5, isDirect: true };
    const matrix = matrixOf(pattern);
    const products = productsOf(matrix, colouring);
    // Two sources, of 2 and 3 elements: the second pass leaves the rows of the first one out.
    const without = products.slice(10);
    for (let direction = 0; direction < 3; direction++) without.fill(NaN, direction * 5, direction * 5 + 2);
    const recovery = new Recovery(pattern, colouring, { rowSizes: [2, 3], like: new Float64Array(0) });
    recovery.take(products.subarray(0, 10), { from: 0, to: 2, asked: [true, true] });
    recovery.take(without, { from: 2, to: 5, asked: [false, true] });
    const { matrix: found, asymmetry } = recovery.symmetric();
    expect(full(found)).toEqual(matrix);
    expect(asymmetry).toBe(0);
  });

  it('are those of the elements on both sides', () => {
    const lopsided = patternOf([[0, 1, 2], [1], [2]], 3);
    expect(Array.from(symmetricPart(lopsided).members)).toEqual([0, 1, 2]);
  });
});
