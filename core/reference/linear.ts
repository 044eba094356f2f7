// Reference kernels of linear equations: elimination, triangles, roots. Matrices lie in the last two axes, row by row.
import { broadcastPlaces, countOf, type Input, type Kernel, type Kernels } from './kernel.ts';
import { singularValues } from './factorization.ts';

/** Rows of numbers. */
export type Matrix = Float64Array[];

/** The matrices of a batch. */
export function matricesOf({ values, shape }: Input): Matrix[] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return Array.from({ length: countOf(shape.slice(0, -2)) }, (_, n) =>
    Array.from({ length: rows }, (_row, i) => Float64Array.from(values.slice((n * rows + i) * columns, (n * rows + i + 1) * columns))),
  );
}
/** Matrices one after the other, as one array. */
export function flat(matrices: readonly (Matrix | Float64Array)[]): Float64Array {
  const rows = matrices.flatMap((m) => (Array.isArray(m) ? m : [m]));
  const out = new Float64Array(rows.reduce((sum, row) => sum + row.length, 0));
  let at = 0;
  for (const row of rows) {
    out.set(row, at);
    at += row.length;
  }
  return out;
}
export const identity = (size: number): Matrix =>
  Array.from({ length: size }, (_, i) => Float64Array.from({ length: size }, (_value, j) => (i === j ? 1 : 0)));
export const turned = (a: Matrix): Matrix =>
  Array.from({ length: a[0]?.length ?? 0 }, (_, j) => Float64Array.from(a, (row) => row[j] as number));
export const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    Float64Array.from({ length: b[0]?.length ?? 0 }, (_, j) =>
      row.reduce((sum, x, k) => sum + x * ((b[k] as Float64Array)[j] as number), 0),
    ),
  );
export const each = (a: Matrix, f: (x: number, row: number, column: number) => number): Matrix =>
  a.map((row, i) => row.map((x, j) => f(x, i, j)));
const get = (a: Matrix, i: number, j: number): number => (a[i] as Float64Array)[j] as number;

/** L below and U on and above the diagonal, the order of the rows, and the sign of that order. */
export function eliminated(a: Matrix): { lu: Matrix; order: number[]; sign: number } {
  const lu: Matrix = a.map((row) => row.slice());
  const order = lu.map((_, i) => i);
  let sign = 1;
  for (let k = 0; k < lu.length; k++) {
    let best = k;
    for (let i = k + 1; i < lu.length; i++) if (Math.abs(get(lu, i, k)) > Math.abs(get(lu, best, k))) best = i;
    if (best !== k) {
      [lu[k], lu[best]] = [lu[best] as Float64Array, lu[k] as Float64Array];
      [order[k], order[best]] = [order[best] as number, order[k] as number];
      sign = -sign;
    }
    const pivot = lu[k] as Float64Array;
    if (pivot[k] === 0) continue;
    for (let i = k + 1; i < lu.length; i++) {
      const row = lu[i] as Float64Array;
      const factor = (row[k] as number) / (pivot[k] as number);
      row[k] = factor;
      for (let j = k + 1; j < row.length; j++) row[j] = (row[j] as number) - factor * (pivot[j] as number);
    }
  }
  return { lu, order, sign };
}

/** x with T·x = b for a triangle, of which nothing else is read. */
export function solveTriangle(t: Matrix, b: Matrix, lower: boolean, unit = false): Matrix {
  const size = t.length;
  const x = b.map((row) => row.slice());
  for (let step = 0; step < size; step++) {
    const i = lower ? step : size - 1 - step;
    const own = x[i] as Float64Array;
    for (let k = lower ? 0 : i + 1; k < (lower ? i : size); k++) {
      const factor = get(t, i, k);
      if (factor !== 0) for (let j = 0; j < own.length; j++) own[j] = (own[j] as number) - factor * get(x, k, j);
    }
    if (!unit) for (let j = 0; j < own.length; j++) own[j] = (own[j] as number) / get(t, i, i);
  }
  return x;
}

/** null where the matrix is singular: TensorFlow raises. */
export function solve(a: Matrix, b: Matrix): Matrix | null {
  const { lu, order } = eliminated(a);
  if (lu.some((row, i) => row[i] === 0)) return null;
  const sorted = order.map((i) => b[i] as Float64Array);
  return solveTriangle(lu, solveTriangle(lu, sorted, true, true), false);
}

/** null where the matrix is not positive definite: TensorFlow raises. */
export function cholesky(a: Matrix): Matrix | null {
  const l = a.map((row) => new Float64Array(row.length));
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j <= i; j++) {
      let sum = get(a, i, j);
      for (let k = 0; k < j; k++) sum -= get(l, i, k) * get(l, j, k);
      if (i === j && !(sum > 0)) return null;
      (l[i] as Float64Array)[j] = i === j ? Math.sqrt(sum) : sum / get(l, j, j);
    }
  return l;
}

/** The principal root: Denman and Beavers' iteration. null where it does not settle. */
function squareRoot(a: Matrix): Matrix | null {
  let [y, z]: [Matrix, Matrix] = [a, identity(a.length)];
  for (let step = 0; step < 60; step++) {
    const [overY, overZ] = [solve(y, identity(a.length)), solve(z, identity(a.length))];
    if (!overY || !overZ) return null;
    const next = each(y, (v, i, j) => (v + get(overZ, i, j)) / 2);
    const change = next.reduce((worst, row, i) => row.reduce((w, v, j) => Math.max(w, Math.abs(v - get(y, i, j))), worst), 0);
    z = each(z, (v, i, j) => (v + get(overY, i, j)) / 2);
    y = next;
    if (change < 1e-14) return y;
  }
  return null;
}

/** The smallest of the X for which ‖A·X − B‖² + λ‖X‖² is least. */
function leastSquares(a: Matrix, b: Matrix, regularizer: number): Matrix {
  const { s, u, v } = singularValues(a);
  const inner = times(turned(u), b);
  const largest = s[0] ?? 0;
  const scaled = each(inner, (x, i) => {
    const own = s[i] as number;
    return regularizer === 0 && own <= 1e-12 * largest ? 0 : (x * own) / (own * own + regularizer);
  });
  return times(v, scaled);
}

/** One matrix at a time; null as soon as one has no answer. */
function perMatrix(x: Input | undefined, f: (a: Matrix) => Matrix | null): Float64Array[] | null {
  const found = x ? matricesOf(x).map(f) : [null];
  return found.every((m) => m !== null) ? [flat(found)] : null;
}
/** A pair of matrices at a time; the batches broadcast. */
const perPair =
  (f: (a: Matrix, b: Matrix, attributes: Readonly<Record<string, unknown>>) => Matrix | null): Kernel =>
  ([a, b], attributes, [output]) => {
    if (!a || !b || !output) return null;
    const batch = output.shape.slice(0, -2);
    const [atA, atB] = [broadcastPlaces(a.shape.slice(0, -2), batch), broadcastPlaces(b.shape.slice(0, -2), batch)];
    const [left, right] = [matricesOf(a), matricesOf(b)];
    const found = Array.from({ length: countOf(batch) }, (_, n) =>
      f(left[atA ? (atA[n] as number) : n] as Matrix, right[atB ? (atB[n] as number) : n] as Matrix, attributes),
    );
    return found.every((m) => m !== null) ? [flat(found)] : null;
  };

export const LINEAR: Kernels = {
  MatrixInverse: ([x], { adjoint }) => perMatrix(x, (a) => solve(adjoint === true ? turned(a) : a, identity(a.length))),
  MatrixDeterminant: ([x]) => {
    const of = (a: Matrix): number => {
      const { lu, sign } = eliminated(a);
      return lu.reduce((product, row, i) => product * (row[i] as number), sign);
    };
    return x ? [Float64Array.from(matricesOf(x), of)] : null;
  },
  LogMatrixDeterminant: ([x]) => {
    if (!x) return null;
    const found = matricesOf(x).map(eliminated);
    const signs = found.map(({ lu, sign }) => lu.reduce((product, row, i) => product * Math.sign(row[i] as number), sign));
    const logs = found.map(({ lu }) => lu.reduce((sum, row, i) => sum + Math.log(Math.abs(row[i] as number)), 0));
    return [Float64Array.from(signs), Float64Array.from(logs)];
  },
  MatrixSolve: perPair((a, b, { adjoint }) => solve(adjoint === true ? turned(a) : a, b)),
  MatrixTriangularSolve: perPair((a, b, { adjoint, lower }) => {
    if (a.some((row, i) => row[i] === 0)) return null;
    return solveTriangle(adjoint === true ? turned(a) : a, b, (lower === true) !== (adjoint === true));
  }),
  MatrixSolveLs: perPair((a, b, { regularizer }) => leastSquares(a, b, Number(regularizer))),
  Cholesky: ([x]) => perMatrix(x, cholesky),
  MatrixSquareRoot: ([x]) => perMatrix(x, squareRoot),
  Lu: ([x]) => {
    const found = x ? matricesOf(x).map(eliminated) : [];
    return x ? [flat(found.map(({ lu }) => lu)), Float64Array.from(found.flatMap(({ order }) => order))] : null;
  },
};
