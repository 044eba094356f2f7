// Checks that are always made: the gradient against differences of the target, the Hessian's products against differences of the gradient.
import type { Tensor } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import type { Data } from '../engine/values.ts';
import type { SecondDerivative } from './derivative.ts';
import type { Floats } from './matrix.ts';
import { valueOf } from './question.ts';
import { Replay } from './replay.ts';
import { NoDerivative, opsBetween } from './trace.ts';

/** Relative errors along a random direction; null where a check could not be made. */
export interface Checks {
  readonly gradient: number | null;
  readonly hessian: number | null;
}

/** What a step leaves of a check: the smallest error over these is told, as kinks want small steps and rounding large ones. In float64 the first is nearly always enough. */
const STEPS = { precise: [1e-5, 1e-7, 1e-3], onEngine: [1e-2, 1e-3, 1e-4] };
/** No smaller step is tried for an error below this. */
const GOOD = 1e-4;
const ROUNDING = 2 ** -23;

/** `product`: the Hessian times the direction that `directionOf` gives. */
export function check(h: SecondDerivative, direction: Float64Array, product: Floats | Float64Array): Checks {
  if (h.columns === 0 || h.rows === 0) return { gradient: null, hessian: null };
  try {
    const ops = opsBetween(new Set(h.leaves.map(({ tensor }) => tensor.id)), [...h.present, ...(h.question.objective?.targets ?? [])]);
    return new Comparison(h, direction, product, new Replay(h.eager, ops)).run();
  } catch (error) {
    // An op that only the program itself can carry out.
    if (error instanceof NoDerivative) return { gradient: null, hessian: null };
    throw error;
  }
}

/** ±|x|, or a part of that, for every element of the leaves, the same each time: no step leads across zero, and equal elements do not cancel. */
export function directionOf(h: SecondDerivative): Float64Array {
  const out = new Float64Array(h.columns);
  let state = 0x2545f491;
  h.question.columns.forEach((source, i) => {
    const { data } = valuesOf(valueOf(source));
    let squares = 0;
    for (const x of data) squares += x * x;
    const usual = Math.sqrt(squares / Math.max(1, data.length)) || 1;
    const first = h.leaves[i]?.first ?? 0;
    for (let k = 0; k < data.length; k++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const size = Math.abs(data[k] as number) || usual;
      const part = 1 - (state >>> 1) / 2 ** 32;
      out[first + k] = Math.fround(state & 1 ? size * part : -size * part);
    }
  });
  return out;
}

class Comparison {
  private readonly steps: readonly number[];

  constructor(
    private readonly h: SecondDerivative,
    private readonly direction: Float64Array,
    private readonly product: Floats | Float64Array,
    private readonly replay: Replay,
  ) {
    this.steps = replay.isPrecise ? STEPS.precise : STEPS.onEngine;
  }

  /** A target that is a variable itself is not computed by anything. */
  private get targets(): readonly Tensor[] {
    const targets = this.h.question.objective?.targets ?? [];
    return targets.every(({ dtype }) => dtype !== 'resource') ? targets : [];
  }

  run(): Checks {
    const gradients = this.gradientAlong();
    const size = sizeOf(this.product);
    const errors = new Float64Array(this.product.length).fill(Infinity);
    let [gradient, hessian] = [Infinity, Infinity];
    for (const step of this.steps) {
      const [ahead, behind] = [this.at(step), this.at(-step)];
      if (gradients) gradient = Math.min(gradient, this.error(gradients.along, ahead.target, behind.target, step, gradients.size));
      for (let i = 0; i < errors.length; i++) {
        const error = this.error(this.product[i] as number, ahead.gradient[i] ?? 0, behind.gradient[i] ?? 0, step, size);
        if (!(error >= (errors[i] as number))) errors[i] = error;
      }
      hessian = 0;
      for (const e of errors) if (!(e <= hessian)) hessian = e;
      if ((!gradients || gradient < GOOD) && hessian < GOOD) break;
    }
    return { gradient: gradients ? finite(gradient) : null, hessian: finite(hessian) };
  }

  /**
   * The derivative of the target along the direction, and how large its parts are: there, or a step of the whole direction away, as they are next to nothing where the target is
   * stationary. Only where the gradient is in what is moved.
   */
  private gradientAlong(): { readonly along: number; readonly size: number } | null {
    if (!this.h.isSquare || this.targets.length === 0) return null;
    let [along, size] = [0, 0];
    this.h.gradient.forEach((g, i) => {
      if (!g) return;
      const { data } = valuesOf(g);
      const first = this.h.leaves[i]?.first ?? 0;
      const parts = productOf(data, this.direction.subarray(first, first + data.length));
      along += parts.sum;
      size += parts.size;
    });
    return { along, size: Math.max(size, productOf(this.product, this.direction).size) };
  }

  /** Σ targets and the gradient, a step along the direction. */
  private at(step: number): { readonly target: number; readonly gradient: Float64Array } {
    const { h } = this;
    const displacements = new Map(
      h.leaves.map(({ tensor, first }, i) => [
        tensor.id,
        this.direction.subarray(first, first + (h.columnSizes[i] ?? 0)).map((v) => v * step),
      ]),
    );
    const { targets } = this;
    const found = this.replay.at(displacements, [...targets, ...h.present]);
    const target = found.slice(0, targets.length).reduce((sum, list, i) => sum + this.weighted(list, i), 0);
    const gradient = new Float64Array(h.rows);
    let row = 0;
    let next = targets.length;
    h.gradient.forEach((g, i) => {
      if (g) gradient.set(found[next++] ?? [], row);
      row += h.rowSizes[i] ?? 0;
    });
    return { target, gradient };
  }

  /** What a target adds to the objective. */
  private weighted(list: Float64Array, target: number): number {
    const { weights = null, component = null } = this.h.question.objective ?? {};
    if (component !== null) return list[component] ?? 0;
    const own = weights?.[target];
    const factors = own ? valuesOf(own).data : null;
    let sum = 0;
    for (let i = 0; i < list.length; i++) sum += (list[i] as number) * (factors ? (factors[i] ?? 1) : 1);
    return sum;
  }

  /** How far a derivative is from a difference, beyond what the rounding of float32 explains, against the size of what is compared. */
  private error(value: number, ahead: number, behind: number, step: number, size: number): number {
    const difference = (ahead - behind) / (2 * step);
    const rounding = this.replay.isPrecise ? 0 : (ROUNDING * Math.max(Math.abs(ahead), Math.abs(behind))) / step;
    const apart = Math.max(0, Math.abs(value - difference) - rounding);
    return apart === 0 ? 0 : apart / Math.max(size, Math.abs(value), Math.abs(difference));
  }
}

/** Σ a·b and Σ |a·b|. */
function productOf(a: Data | Floats, b: Float64Array): { readonly sum: number; readonly size: number } {
  let [sum, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    const part = (a[i] as number) * (b[i] as number);
    sum += part;
    size += Math.abs(part);
  }
  return { sum, size };
}

const sizeOf = (list: Floats | Float64Array): number => {
  let most = 0;
  for (const v of list) if (Math.abs(v) > most) most = Math.abs(v);
  return most;
};
const finite = (error: number): number | null => (Number.isFinite(error) ? error : null);
