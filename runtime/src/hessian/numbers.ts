// What is said of a symmetric Hessian that is held: its eigenvalues, condition number and inertia, and the Newton step.
import type { Eigenvalues } from '../host/protocol.ts';
import { eigenvaluesOf } from './eigenvalues.ts';
import { type Eigenpair, extremesOf } from './extremes.ts';
import type { Matrix } from './matrix.ts';
import { operatorOfMatrix } from './operator.ts';

/** Sums and products up to which all eigenvalues are found: about a second. */
const MOST_WORK = 1_000_000_000;
/** How many are found at each end otherwise. */
const OUTERMOST = 6;
/** About what keeping vectors apart takes beside a product. */
const WORK_PER_ROW = 150;

/** null where the matrix holds NaN or infinities. */
export function eigenvalues(matrix: Matrix): Eigenvalues | null {
  const n = matrix.rows;
  if (n === 0 || !matrix.values.every(Number.isFinite)) return null;
  const parts = partsOf(matrix);
  const all = parts.reduce((work, part) => work + (4 / 3) * part.length ** 3, 0) <= MOST_WORK;
  const found = all ? null : outermostOf(matrix);
  const values = found ? found.map(({ value }) => value) : Array.from(allOf(matrix, parts));
  const [smallest = 0, largest = 0] = [values[0], values.at(-1)];
  const size = Math.max(Math.abs(smallest), Math.abs(largest));
  // Rounding of the elements moves eigenvalues this far.
  const unit = matrix.values instanceof Float64Array ? Number.EPSILON : 2 ** -23;
  const tolerance = parts.reduce((most, part) => Math.max(most, part.length), 10) * unit * size;
  const positive = values.reduce((count, value) => count + (value > tolerance ? 1 : 0), 0);
  const negative = values.reduce((count, value) => count + (value < -tolerance ? 1 : 0), 0);
  const least = values.reduce((now, value) => Math.min(now, Math.abs(value)), Infinity);
  return {
    values,
    isAll: all,
    ...(found && { errors: found.map(({ error }) => error) }),
    condition: all ? (least > tolerance ? size / least : null) : null,
    inertia: all ? { positive, negative, zero: n - positive - negative, tolerance } : null,
  };
}

/** Rows that have to do with each other. */
function partsOf(matrix: Matrix): number[][] {
  const parent = Int32Array.from({ length: matrix.rows }, (_, i) => i);
  const root = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  matrix.forEach((row, column) => {
    const [a, b] = [root(row), root(column)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  });
  const parts = new Map<number, number[]>();
  for (let i = 0; i < parent.length; i++) {
    const at = root(i);
    const part = parts.get(at);
    if (part) part.push(i);
    else parts.set(at, [i]);
  }
  return [...parts.values()];
}

function allOf(matrix: Matrix, parts: readonly (readonly number[])[]): Float64Array {
  const out = new Float64Array(matrix.rows);
  let at = 0;
  for (const { block, size } of blocksOf(matrix, parts)) {
    out.set(eigenvaluesOf(block, size), at);
    at += size;
  }
  return out.sort();
}

/** The part of the matrix that belongs to each of its parts, dense and symmetric. */
function* blocksOf(
  matrix: Matrix,
  parts: readonly (readonly number[])[],
): Generator<{ readonly block: Float64Array; readonly size: number }> {
  const { pattern, starts, values } = matrix;
  const placeOf = new Int32Array(matrix.rows);
  for (const part of parts) part.forEach((row, place) => (placeOf[row] = place));
  for (const part of parts) {
    const size = part.length;
    const block = new Float64Array(size * size);
    part.forEach((row, i) => {
      const columns = pattern.of(row);
      const at = starts[row] as number;
      for (let k = 0; k < columns.length; k++) {
        const value = values[at + k] as number;
        if (value === 0) continue;
        const j = placeOf[columns[k] as number] as number;
        block[i * size + j] = (block[i * size + j] as number) + value / 2;
        block[j * size + i] = (block[j * size + i] as number) + value / 2;
      }
    });
    yield { block, size };
  }
}

/** Ascending, as good as that much work makes them. */
function outermostOf(matrix: Matrix): Eigenpair[] {
  const { smallest, largest } = extremesOf(operatorOfMatrix(matrix), {
    count: OUTERMOST,
    mostProducts: Math.floor(MOST_WORK / (matrix.values.length + WORK_PER_ROW * matrix.rows)),
    tolerance: 1e-7,
    onProduct: () => false,
    onRound: () => {},
  });
  return [...smallest, ...largest].sort((a, b) => a.value - b.value);
}

// ------------------------------------------------------------------------------------------------ Newton

export interface NewtonStep {
  /** H · step = −gradient, [rows]. */
  readonly step: Float64Array;
  /** ‖H · step + gradient‖ / ‖gradient‖ */
  readonly residual: number;
  /** Whether the objective falls along it at first. */
  readonly descends: boolean;
}

/** Part by part, by elimination with row exchanges; a sentence where there is none. */
export function newtonStep(matrix: Matrix, gradient: Float64Array): NewtonStep | string {
  const n = matrix.rows;
  if (!matrix.values.every(Number.isFinite) || !gradient.every(Number.isFinite))
    return 'There is no Newton step: the derivatives hold NaN or infinities.';
  const parts = partsOf(matrix);
  if (parts.reduce((work, part) => work + part.length ** 3 / 3, 0) > 10 * MOST_WORK) return 'The Hessian is too large for its Newton step.';
  const step = new Float64Array(n);
  let place = 0;
  for (const { block, size } of blocksOf(matrix, parts)) {
    const part = parts[place++] ?? [];
    const solution = solved(
      block,
      Float64Array.from(part, (row) => -(gradient[row] as number)),
      size,
    );
    if (solution === null) return 'There is no Newton step: the Hessian is singular.';
    part.forEach((row, i) => (step[row] = solution[i] as number));
  }
  const rest = matrix.times(step).map((v, i) => v + (gradient[i] as number));
  const length = (list: Float64Array): number => Math.sqrt(list.reduce((sum, v) => sum + v * v, 0));
  return {
    step,
    residual: length(rest) / (length(gradient) || 1),
    descends: step.reduce((sum, v, i) => sum + v * (gradient[i] as number), 0) < 0,
  };
}

/** In place of the right-hand side; null where a pivot vanishes within rounding. */
function solved(a: Float64Array, b: Float64Array, n: number): Float64Array | null {
  let size = 0;
  for (const v of a) size = Math.max(size, Math.abs(v));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k] as number) > Math.abs(a[pivot * n + k] as number)) pivot = i;
    if (!(Math.abs(a[pivot * n + k] as number) > n * 2 ** -24 * size)) return null;
    if (pivot !== k) {
      for (let j = k; j < n; j++) [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j] as number, a[k * n + j] as number];
      [b[k], b[pivot]] = [b[pivot] as number, b[k] as number];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k] as number) / (a[k * n + k] as number);
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] = (a[i * n + j] as number) - factor * (a[k * n + j] as number);
      b[i] = (b[i] as number) - factor * (b[k] as number);
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let j = i + 1; j < n; j++) sum -= (a[i * n + j] as number) * (b[j] as number);
    b[i] = sum / (a[i * n + i] as number);
  }
  return b;
}
