// Carries out a plan: products with its directions, a chunk that fits memory at a time, and the matrix that is read out of them.
import type { SecondDerivative } from './derivative.ts';
import { floats, Matrix, Recovery } from './matrix.ts';
import { emptyPattern } from './pattern.ts';
import type { Plan } from './plan.ts';

/** Elements of the largest tangent at a time: 4 MB of float32 stay near the processor. */
const LARGEST_TANGENT = 1_000_000;

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
  const recovery = new Recovery(pattern, colouring, h.like);
  const chunk = Math.max(1, Math.min(count, Math.floor(LARGEST_TANGENT / h.largest)));
  let isZero = true;
  for (let from = 0; from < count; from += chunk) {
    const directions = Math.min(chunk, count - from);
    const seeds = floats(directions * h.columns, h.like);
    for (let column = 0; column < colours.length; column++) {
      const direction = (colours[column] as number) - from;
      if (direction >= 0 && direction < directions) seeds[direction * h.columns + column] = 1;
    }
    const products = h.apply(seeds, directions);
    if (products) {
      isZero = false;
      recovery.take(products, from, directions);
    }
    onProgress(from + directions, count);
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
