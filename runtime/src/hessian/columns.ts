// Carries out a plan: products with its directions, one pass after the other, and the matrix that is read out of them.
import type { SecondDerivative } from './derivative.ts';
import { type Floats, floats, Matrix, Recovery } from './matrix.ts';
import { Random } from './operator.ts';
import { passesOf } from './passes.ts';
import { emptyPattern } from './pattern.ts';
import type { Plan } from './plan.ts';

export interface Columns {
  readonly matrix: Matrix;
  /** max |H − Hᵀ| / max |H|, as far as elements were read on both sides; null where none were. */
  readonly asymmetry: number | null;
  /** How many directions it took. */
  readonly directions: number;
  /** No element is anything but zero, whatever the inputs are. */
  readonly isZero: boolean;
}

export function columnsOf(h: SecondDerivative, plan: Plan, onProgress: (done: number, total: number) => void): Columns {
  const { pattern, colouring, symmetric } = plan;
  const { colours, count } = colouring;
  const recovery = new Recovery(pattern, colouring, h);
  let isZero = true;
  for (const pass of passesOf(h, plan)) {
    const { from, to } = pass;
    const directions = to - from;
    const seeds = floats(directions * h.columns, h.like);
    seed(seeds, colours, from, directions);
    const products = h.apply(seeds, directions, pass.asked);
    if (products) isZero = false;
    recovery.take(products, pass);
    onProgress(to, count);
  }
  if (isZero)
    return {
      matrix: new Matrix(emptyPattern(h.rows, h.columns), floats(0, h.like)),
      asymmetry: symmetric ? 0 : null,
      directions: count,
      isZero,
    };
  if (!symmetric) return { matrix: recovery.direct(), asymmetry: null, directions: count, isZero };
  return { ...recovery.symmetric(), directions: count, isZero };
}

/** Writes a one for every column into the direction of its colour: [directions, columns], of the colours from one on. */
function seed(seeds: Floats, colours: Int32Array, from: number, directions: number): void {
  for (let column = 0; column < colours.length; column++) {
    const direction = (colours[column] as number) - from;
    if (direction >= 0 && direction < directions) seeds[direction * colours.length + column] = 1;
  }
}

/** |uᵀHv − vᵀHu| along two random directions, against how large its parts are: where no element was read on both sides. */
export function asymmetryAlong(h: SecondDerivative): number | null {
  const n = h.columns;
  if (n < 2) return 0;
  const random = new Random(4);
  const [u, v] = [random.signs(n), random.signs(n)];
  const seeds = floats(2 * n, h.like);
  seeds.set(u);
  seeds.set(v, n);
  const products = h.apply(seeds, 2);
  if (products === null) return 0;
  let [difference, size] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [left, right] = [(v[i] as number) * (products[i] as number), (u[i] as number) * (products[n + i] as number)];
    difference += left - right;
    size += Math.abs(left) + Math.abs(right);
  }
  return size === 0 ? 0 : Math.abs(difference) / size;
}
