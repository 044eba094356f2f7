// Checks that are always made: the gradient against differences of the target, Hessian-vector products against differences of the gradient.
import { valuesOf } from '../engine/backend.ts';
import type { SecondDerivative } from './derivative.ts';

/** Relative errors along random directions; null where a check could not be made. Numbers are float32: about 1e-3 is as good as agreement gets. */
export interface Checks {
  readonly gradient: number | null;
  readonly hessian: number | null;
}

/** Steps of the differences: a large one averages rounding out, a small one stays on one side of a kink. Every element is judged by the step that suits it best. */
const STEPS = [1e-2, 1e-3, 1e-4];
const ROUNDING = 2 ** -23;

export function check(h: SecondDerivative): Checks {
  if (h.columns === 0 || h.rows === 0) return { gradient: null, hessian: null };
  const direction = randomSigns(h.columns);
  return { gradient: finite(gradientError(h, direction)), hessian: finite(hessianError(h, direction)) };
}

const finite = (error: number | null): number | null => (error !== null && Number.isFinite(error) ? error : null);

/** Only where rows and columns are the same: the gradient is in the rows, the target moves along the columns. */
function gradientError(h: SecondDerivative, direction: Float32Array): number | null {
  const { rows, columns } = h.question;
  if (rows.length !== columns.length || rows.some((s, i) => s.tensor !== columns[i]?.tensor)) return null;
  let along = 0;
  let at = 0;
  h.gradient.forEach((g, i) => {
    if (g) valuesOf(g).data.forEach((v: number, k: number) => (along += v * (direction[at + k] ?? 0)));
    at += h.rowSizes[i] ?? 0;
  });
  return Math.min(
    ...STEPS.map((step) => {
      const [ahead, behind] = [h.targetAt(direction, step), h.targetAt(direction, -step)];
      return relative(
        along,
        (ahead - behind) / (2 * step),
        (ROUNDING * Math.max(Math.abs(ahead), Math.abs(behind))) / step,
        Math.abs(along),
      );
    }),
  );
}

function hessianError(h: SecondDerivative, direction: Float32Array): number | null {
  if (h.gradient.every((g) => g === null)) return 0;
  const product = h.apply(direction, 1);
  const size = product.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const errors = new Float64Array(product.length).fill(Infinity);
  for (const step of STEPS) {
    const [ahead, behind] = [h.gradientAt(direction, step), h.gradientAt(direction, -step)];
    product.forEach((v, i) => {
      const rounding = (ROUNDING * Math.max(Math.abs(ahead[i] ?? 0), Math.abs(behind[i] ?? 0))) / step;
      const error = relative(v, ((ahead[i] ?? 0) - (behind[i] ?? 0)) / (2 * step), rounding, size);
      if (error < (errors[i] ?? 0)) errors[i] = error;
    });
  }
  return errors.reduce((most, e) => Math.max(most, e), 0);
}

/** The difference beyond what rounding explains, against the size of the numbers. */
const relative = (value: number, difference: number, rounding: number, size: number): number =>
  Math.max(0, Math.abs(value - difference) - rounding) / Math.max(size, Math.abs(value), Math.abs(difference), 1e-3);

/** ±1 in every place, the same ones each time. */
function randomSigns(size: number): Float32Array {
  let state = 0x2545f491;
  return Float32Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? 1 : -1;
  });
}
