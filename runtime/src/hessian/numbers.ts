// What is said of a symmetric Hessian that is held: its eigenvalues, condition number and inertia, and the Newton step.
import type { Eigenvalues } from '../host/protocol.ts';
import { eigenvaluesOf, eigenvaluesOfTridiagonal } from './eigenvalues.ts';
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
  const all = parts.reduce((work, part) => work + workOn(part), 0) <= MOST_WORK;
  const found = all ? null : outermostOf(matrix);
  const values = found ? found.map(({ value }) => value) : Array.from(allOf(matrix, parts));
  const [smallest = 0, largest = 0] = [values[0], values.at(-1)];
  const size = Math.max(Math.abs(smallest), Math.abs(largest));
  // Rounding of the elements moves eigenvalues this far.
  const unit = matrix.values instanceof Float64Array ? Number.EPSILON : 2 ** -23;
  const tolerance = parts.reduce((most, { rows }) => Math.max(most, rows.length), 10) * unit * size;
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

/** Rows that have to do with each other, ascending. */
interface Part {
  readonly rows: readonly number[];
  /** Each only with the one before it and the one after it. */
  readonly isTridiagonal: boolean;
}

/** About what all eigenvalues of a part take. */
const workOn = ({ rows, isTridiagonal }: Part): number => (isTridiagonal ? 30 * rows.length ** 2 : (4 / 3) * rows.length ** 3);

function partsOf(matrix: Matrix): Part[] {
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
  const placeOf = new Int32Array(matrix.rows);
  for (let i = 0; i < parent.length; i++) {
    const at = root(i);
    const rows = parts.get(at) ?? [];
    placeOf[i] = rows.push(i) - 1;
    parts.set(at, rows);
  }
  const isWide = new Uint8Array(matrix.rows);
  matrix.forEach((row, column) => {
    if (Math.abs((placeOf[row] as number) - (placeOf[column] as number)) > 1) isWide[root(row)] = 1;
  });
  return Array.from(parts, ([at, rows]) => ({ rows, isTridiagonal: isWide[at] === 0 }));
}

function allOf(matrix: Matrix, parts: readonly Part[]): Float64Array {
  const out = new Float64Array(matrix.rows);
  const visit = elementsOf(matrix, parts);
  let at = 0;
  for (const part of parts) {
    out.set(
      part.isTridiagonal ? eigenvaluesOfTridiagonal(...diagonalsOf(part, visit)) : eigenvaluesOf(blockOf(part, visit), part.rows.length),
      at,
    );
    at += part.rows.length;
  }
  return out.sort();
}

/** Visits the elements of a part that are not zero, by their places in it. */
type Visit = (part: Part, see: (i: number, j: number, value: number) => void) => void;

function elementsOf({ pattern, starts, values }: Matrix, parts: readonly Part[]): Visit {
  const placeOf = new Int32Array(pattern.rows);
  for (const { rows } of parts) rows.forEach((row, place) => (placeOf[row] = place));
  return ({ rows }, see) =>
    rows.forEach((row, i) => {
      const columns = pattern.of(row);
      const at = starts[row] as number;
      for (let k = 0; k < columns.length; k++) {
        const value = values[at + k] as number;
        if (value !== 0) see(i, placeOf[columns[k] as number] as number, value);
      }
    });
}

/** A part's matrix, dense and symmetric. */
function blockOf(part: Part, visit: Visit): Float64Array {
  const size = part.rows.length;
  const block = new Float64Array(size * size);
  visit(part, (i, j, value) => {
    block[i * size + j] = (block[i * size + j] as number) + value / 2;
    block[j * size + i] = (block[j * size + i] as number) + value / 2;
  });
  return block;
}

/** A tridiagonal part's diagonal, and what stands beside it: at i between i − 1 and i. */
function diagonalsOf(part: Part, visit: Visit): [Float64Array, Float64Array] {
  const [diagonal, beside] = [new Float64Array(part.rows.length), new Float64Array(part.rows.length)];
  visit(part, (i, j, value) => {
    if (i === j) diagonal[i] = value;
    else beside[Math.max(i, j)] = (beside[Math.max(i, j)] as number) + value / 2;
  });
  return [diagonal, beside];
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
  if (parts.reduce((work, { rows }) => work + rows.length ** 3 / 3, 0) > 10 * MOST_WORK)
    return 'The Hessian is too large for its Newton step.';
  const step = new Float64Array(n);
  const visit = elementsOf(matrix, parts);
  for (const part of parts) {
    const right = Float64Array.from(part.rows, (row) => -(gradient[row] as number));
    const solution = solved(blockOf(part, visit), right, part.rows.length);
    if (solution === null) return 'There is no Newton step: the Hessian is singular.';
    part.rows.forEach((row, i) => (step[row] = solution[i] as number));
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
