// Eigenvalues of symmetric matrices that are there: all of a dense one, and all with their vectors of a small one.

/** Ascending. `matrix` [n, n] is overwritten; only its lower half is read. Householder's tridiagonal form and implicit QL: Golub and Van Loan, "Matrix Computations", 8.3. */
export function eigenvaluesOf(matrix: Float64Array, n: number): Float64Array {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  tridiagonalize(matrix, n, diagonal, beside);
  return eigenvaluesOfTridiagonal(diagonal, beside);
}

/** Ascending, in place of the diagonal; `beside[i]` stands between the diagonal's i − 1 and i. */
export function eigenvaluesOfTridiagonal(diagonal: Float64Array, beside: Float64Array): Float64Array {
  tridiagonalEigenvalues(diagonal, beside);
  return diagonal.sort();
}

function tridiagonalize(a: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array): void {
  const product = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const row = i * n;
    let scale = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(a[row + k] as number);
    if (i === 1 || scale === 0) {
      beside[i] = a[row + i - 1] as number;
      continue;
    }
    let h = 0;
    for (let k = 0; k < i; k++) {
      const v = (a[row + k] as number) / scale;
      a[row + k] = v;
      h += v * v;
    }
    const last = a[row + i - 1] as number;
    const g = last >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
    beside[i] = scale * g;
    h -= last * g;
    a[row + i - 1] = last - g;
    // The matrix times the vector, from its lower half alone, row by row.
    product.fill(0, 0, i);
    for (let j = 0; j < i; j++) {
      const v = a[row + j] as number;
      let sum = 0;
      for (let k = 0; k < j; k++) {
        const element = a[j * n + k] as number;
        sum += element * (a[row + k] as number);
        product[k] = (product[k] as number) + element * v;
      }
      product[j] = (product[j] as number) + sum + (a[j * n + j] as number) * v;
    }
    let along = 0;
    for (let j = 0; j < i; j++) {
      product[j] = (product[j] as number) / h;
      along += (product[j] as number) * (a[row + j] as number);
    }
    const half = along / (h + h);
    for (let j = 0; j < i; j++) product[j] = (product[j] as number) - half * (a[row + j] as number);
    for (let j = 0; j < i; j++) {
      const [v, p] = [a[row + j] as number, product[j] as number];
      for (let k = 0; k <= j; k++) a[j * n + k] = (a[j * n + k] as number) - v * (product[k] as number) - p * (a[row + k] as number);
    }
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i] as number;
}

const MOST_ROUNDS = 60;

/** In place of the diagonal, in no order. */
function tridiagonalEigenvalues(d: Float64Array, beside: Float64Array): void {
  const n = d.length;
  const e = new Float64Array(n);
  for (let i = 1; i < n; i++) e[i - 1] = beside[i] as number;
  for (let l = 0; l < n; l++)
    for (let round = 0; round < MOST_ROUNDS; round++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
        if (Math.abs(e[m] as number) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      let g = ((d[l + 1] as number) - (d[l] as number)) / (2 * (e[l] as number));
      let r = Math.hypot(g, 1);
      g = (d[m] as number) - (d[l] as number) + (e[l] as number) / (g + (g >= 0 ? r : -r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * (e[i] as number);
        const b = c * (e[i] as number);
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] = (d[i + 1] as number) - p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = (d[i + 1] as number) - p;
        r = ((d[i] as number) - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
      }
      if (r === 0 && i >= l) continue;
      d[l] = (d[l] as number) - p;
      e[l] = g;
      e[m] = 0;
    }
}

/** With vectors, for the small matrices that Krylov methods project onto; values ascending, `vectors[i]` belongs to `values[i]`. Jacobi's rotations: Golub and Van Loan, 8.5. */
export function eigenpairsOf(matrix: readonly (readonly number[])[]): { readonly values: number[]; readonly vectors: Float64Array[] } {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, i) => Float64Array.from({ length: n }, (_c, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_ROUNDS; sweep++) {
    let outside = 0;
    let size = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const square = ((a[i] as Float64Array)[j] as number) ** 2;
        size += square;
        if (i !== j) outside += square;
      }
    if (outside <= 1e-30 * size) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => valueAt(a, i) - valueAt(a, j));
  return {
    values: order.map((i) => valueAt(a, i)),
    vectors: order.map((i) => Float64Array.from({ length: n }, (_, k) => (v[k] as Float64Array)[i] as number)),
  };
}

const valueAt = (a: readonly Float64Array[], i: number): number => (a[i] as Float64Array)[i] as number;

function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const beside = (a[p] as Float64Array)[q] as number;
  if (beside === 0) return;
  const theta = (valueAt(a, q) - valueAt(a, p)) / (2 * beside);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (const row of a) turn(row, p, q, c, s);
  const [x, y] = [a[p] as Float64Array, a[q] as Float64Array];
  for (let k = 0; k < x.length; k++) {
    const [left, right] = [x[k] as number, y[k] as number];
    x[k] = c * left - s * right;
    y[k] = s * left + c * right;
  }
  for (const row of v) turn(row, p, q, c, s);
}

function turn(row: Float64Array, p: number, q: number, c: number, s: number): void {
  const [left, right] = [row[p] as number, row[q] as number];
  row[p] = c * left - s * right;
  row[q] = s * left + c * right;
}
