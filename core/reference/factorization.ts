// Reference kernels of factorizations: Householder's reflections, Jacobi's rotations.
import type { Kernels } from './kernel.ts';
import { each, flat, identity, matricesOf, type Matrix, turned } from './linear.ts';

const get = (a: Matrix, i: number, j: number): number => (a[i] as Float64Array)[j] as number;
const set = (a: Matrix, i: number, j: number, value: number): void => {
  (a[i] as Float64Array)[j] = value;
};
const columnsOf = (a: Matrix, count: number): Matrix => a.map((row) => row.slice(0, count));

/** The whole Q [m, m], and R [m, n], with the signs that Householder's reflections give as Eigen takes them. */
function reflected(a: Matrix): { q: Matrix; r: Matrix } {
  const r = a.map((row) => row.slice());
  const q = identity(a.length);
  const reflect = (m: Matrix, vector: Float64Array, from: number, tau: number, right: boolean): void => {
    const lines = right ? m.length : (m[0]?.length ?? 0);
    for (let line = 0; line < lines; line++) {
      const at = (k: number): [number, number] => (right ? [line, from + k] : [from + k, line]);
      const inner = vector.reduce((sum, v, k) => sum + v * get(m, ...at(k)), 0);
      vector.forEach((v, k) => set(m, ...at(k), get(m, ...at(k)) - tau * inner * v));
    }
  };
  for (let k = 0; k < Math.min(a.length, a[0]?.length ?? 0); k++) {
    const column = Float64Array.from({ length: a.length - k }, (_, i) => get(r, k + i, k));
    const [first = 0, ...rest] = column;
    if (rest.every((x) => x === 0)) continue;
    const size = Math.hypot(...column);
    const beta = first >= 0 ? -size : size;
    const vector = Float64Array.from([1, ...rest.map((x) => x / (first - beta))]);
    const tau = (beta - first) / beta;
    reflect(r, vector, k, tau, false);
    reflect(q, vector, k, tau, true);
  }
  return { q, r: each(r, (x, i, j) => (i > j ? 0 : x)) };
}

/** Turns a column so that its largest element is positive: the sign of an eigenvector means nothing. */
function upright(v: Matrix, column: number): number {
  let largest = 0;
  for (let i = 0; i < v.length; i++) if (Math.abs(get(v, i, column)) > Math.abs(largest) * (1 + 1e-9)) largest = get(v, i, column);
  return largest < 0 ? -1 : 1;
}
const sortedColumns = (v: Matrix, order: readonly number[]): Matrix => {
  const signs = order.map((column) => upright(v, column));
  return v.map((row) => Float64Array.from(order, (column, i) => (signs[i] as number) * (row[column] as number)));
};

/** Eigenvalues in rising order, and their vectors in columns, of a symmetric matrix by its lower triangle. */
function eigenvalues(lower: Matrix): { e: Float64Array; v: Matrix } {
  const a = each(lower, (x, i, j) => (j > i ? get(lower, j, i) : x));
  const v = identity(a.length);
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < a.length; p++)
      for (let q = p + 1; q < a.length; q++) {
        const between = get(a, p, q);
        off += between * between;
        if (between === 0) continue;
        const theta = (get(a, q, q) - get(a, p, p)) / (2 * between);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        for (const m of [a, v])
          for (let k = 0; k < a.length; k++) {
            const [x, y] = [get(m, k, p), get(m, k, q)];
            set(m, k, p, c * (x - t * y));
            set(m, k, q, c * (y + t * x));
          }
        for (let k = 0; k < a.length; k++) {
          const [x, y] = [get(a, p, k), get(a, q, k)];
          set(a, p, k, c * (x - t * y));
          set(a, q, k, c * (y + t * x));
        }
      }
    if (off < 1e-300) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => get(a, i, i) - get(a, j, j));
  return { e: Float64Array.from(order, (i) => get(a, i, i)), v: sortedColumns(v, order) };
}

/** A = U·S·Vᵀ with as many columns in U and V as the smaller side has: rotations from one side. */
export function singularValues(a: Matrix): { s: Float64Array; u: Matrix; v: Matrix } {
  if (a.length < (a[0]?.length ?? 0)) {
    const { s, u, v } = singularValues(turned(a));
    return { s, u: v, v: u };
  }
  const w = a.map((row) => row.slice());
  const size = a[0]?.length ?? 0;
  const v = identity(size);
  for (let sweep = 0; sweep < 60; sweep++) {
    let turnedBy = 0;
    for (let p = 0; p < size; p++)
      for (let q = p + 1; q < size; q++) {
        let [alpha, beta, gamma] = [0, 0, 0];
        for (let k = 0; k < w.length; k++) {
          alpha += get(w, k, p) ** 2;
          beta += get(w, k, q) ** 2;
          gamma += get(w, k, p) * get(w, k, q);
        }
        if (gamma === 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) continue;
        turnedBy = Math.max(turnedBy, Math.abs(gamma));
        const zeta = (beta - alpha) / (2 * gamma);
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.hypot(zeta, 1));
        const c = 1 / Math.hypot(t, 1);
        for (const m of [w, v])
          for (let k = 0; k < m.length; k++) {
            const [x, y] = [get(m, k, p), get(m, k, q)];
            set(m, k, p, c * (x - t * y));
            set(m, k, q, c * (y + t * x));
          }
      }
    if (turnedBy === 0) break;
  }
  const lengths = Array.from({ length: size }, (_, j) => Math.hypot(...w.map((row) => row[j] as number)));
  const order = lengths.map((_, i) => i).sort((i, j) => (lengths[j] as number) - (lengths[i] as number));
  const left = filled(each(w, (x, _, j) => ((lengths[j] as number) > 0 ? x / (lengths[j] as number) : 0)));
  const signs = order.map((j) => upright(left, j));
  const pick = (m: Matrix): Matrix => m.map((row) => Float64Array.from(order, (j, i) => (signs[i] as number) * (row[j] as number)));
  return { s: Float64Array.from(order, (j) => lengths[j] as number), u: pick(left), v: pick(v) };
}

/** Columns of zeros become unit vectors that are orthogonal to all others. */
function filled(u: Matrix): Matrix {
  const size = u[0]?.length ?? 0;
  const isZero = (j: number): boolean => u.every((_, i) => get(u, i, j) === 0);
  let axis = 0;
  for (let j = 0; j < size; j++)
    for (; isZero(j) && axis < u.length; axis++) {
      const column = u.map((_, i): number => (i === axis ? 1 : 0));
      for (let k = 0; k < size; k++) {
        const along = column.reduce((sum, x, i) => sum + x * get(u, i, k), 0);
        column.forEach((x, i) => (column[i] = x - along * get(u, i, k)));
      }
      const length = Math.hypot(...column);
      if (length > 1e-6) column.forEach((x, i) => set(u, i, j, x / length));
    }
  return u;
}

/** Adds orthonormal columns until the matrix is square. */
function completed(u: Matrix): Matrix {
  const { q } = reflected(u);
  const width = u[0]?.length ?? 0;
  return each(q, (x, i, j) => (j < width ? get(u, i, j) : x));
}

export const FACTORIZATIONS: Kernels = {
  Qr: ([x], { fullMatrices }) => {
    if (!x) return null;
    const [rows = 1, columns = 1] = x.shape.slice(-2);
    const found = matricesOf(x).map(reflected);
    const inner = fullMatrices === true ? rows : Math.min(rows, columns);
    return [flat(found.map(({ q }) => columnsOf(q, inner))), flat(found.map(({ r }) => r.slice(0, inner)))];
  },
  SelfAdjointEigV2: ([x], { vectors }) => {
    if (!x) return null;
    const found = matricesOf(x).map(eigenvalues);
    return [flat(found.map(({ e }) => e)), vectors === true ? flat(found.map(({ v }) => v)) : new Float64Array(0)];
  },
  Svd: ([x], { vectors, fullMatrices }) => {
    if (!x) return null;
    const found = matricesOf(x).map(singularValues);
    const whole = (m: Matrix): Matrix => (fullMatrices === true ? completed(m) : m);
    const side = (part: 'u' | 'v'): Float64Array => (vectors === true ? flat(found.map((f) => whole(f[part]))) : new Float64Array(0));
    return [flat(found.map(({ s }) => s)), side('u'), side('v')];
  },
};
