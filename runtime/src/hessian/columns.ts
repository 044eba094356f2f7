// Carries out a plan: products with its directions, a chunk that fits memory at a time, and the matrix that is read out of them.
import type { Colouring } from './colouring.ts';
import type { SecondDerivative } from './derivative.ts';
import { floats, Matrix, Recovery } from './matrix.ts';
import { emptyPattern } from './pattern.ts';
import { Random } from './operator.ts';
import type { Plan } from './plan.ts';

/** Elements of the largest tangent at a time: 4 MB of float32 stay near the processor. */
const LARGEST_TANGENT = 1_000_000;

/** Fewer directions than this are not worth a pass of their own. */
const WORTH_A_PASS = 16;

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
  let isZero = true;
  for (const [from, to] of chunksOf(h, colouring)) {
    const directions = to - from;
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

/** Directions from … to: as many as fit memory, and apart where they move other sources, as what a direction does not move costs nothing. */
function chunksOf(h: SecondDerivative, { colours, count }: Colouring): (readonly [number, number])[] {
  const most = Math.max(1, Math.floor(LARGEST_TANGENT / h.largest));
  const moves: string[] = Array.from({ length: count }, () => '');
  h.leaves.forEach(({ first }, source) => {
    const seen = new Set<number>();
    for (let k = 0; k < (h.columnSizes[source] ?? 0); k++) seen.add(colours[first + k] as number);
    for (const colour of seen) if (colour >= 0) moves[colour] += `${source},`;
  });
  const chunks: [number, number][] = [];
  let from = 0;
  for (let at = 1; at <= count; at++) {
    const isOther = moves[at] !== moves[at - 1] && at - from >= WORTH_A_PASS;
    if (at < count && at - from < most && !isOther) continue;
    chunks.push([from, at]);
    from = at;
  }
  return chunks;
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
