// How the eigenvalues of a large symmetric matrix are spread, and their sum, estimated from products with random vectors.
import { eigenpairsOf } from './eigenvalues.ts';
import { addScaled, dot, lengthOf, orthogonalize, Random, scaled, type SymmetricOperator } from './operator.ts';

/** The share of the eigenvalues near a value, with its standard error. */
export interface DensityBin {
  readonly at: number;
  readonly weight: number;
  readonly error: number;
}

const BINS = 41;
/** Numbers of all vectors that are held for orthogonality; without it an eigenvalue may be found twice, at half its weight. */
const MOST_NUMBERS = 20_000_000;

/** Stochastic Lanczos quadrature: Ubaru, Chen and Saad, "Fast estimation of tr(f(A)) via stochastic Lanczos quadrature" (2017). Probes go side by side. `onStep`: true stops. */
export function densityOf(operator: SymmetricOperator, probes: number, steps: number, onStep: (done: number) => boolean): DensityBin[] {
  const n = operator.size;
  const count = Math.min(steps, n);
  const keeps = n * probes * count <= MOST_NUMBERS;
  const random = new Random(2);
  const lines = Array.from({ length: probes }, () => new Line(scaled(random.signs(n), 1 / Math.sqrt(n)), keeps));
  for (let step = 0; step < count; step++) {
    const open = lines.filter((line) => !line.isDone);
    if (open.length === 0) break;
    const products = operator.apply(open.map((line) => line.now));
    open.forEach((line, i) => line.step(products[i] as Float64Array));
    if (onStep(step + 1)) break;
  }
  const found = lines.map((line) => line.ritz()).filter((list) => list.length > 0);
  return found.length === 0 ? [] : binned(found);
}

/** One probe's Lanczos recurrence. */
class Line {
  private readonly diagonal: number[] = [];
  private readonly beside: number[] = [];
  private readonly basis: Float64Array[] = [];
  private before: Float64Array | null = null;
  isDone = false;

  constructor(
    public now: Float64Array,
    private readonly keeps: boolean,
  ) {}

  step(product: Float64Array): void {
    const along = dot(product, this.now);
    this.diagonal.push(along);
    addScaled(product, -along, this.now);
    const last = this.beside.at(-1);
    if (this.before && last !== undefined) addScaled(product, -last, this.before);
    if (this.keeps) {
      this.basis.push(this.now);
      orthogonalize(product, this.basis);
    }
    const length = lengthOf(product);
    const size = Math.max(...this.diagonal.map(Math.abs), 1e-300);
    this.isDone = !(length > 1e-7 * size);
    this.beside.push(length);
    this.before = this.now;
    this.now = scaled(product, 1 / (length || 1));
  }

  /** Values and their weights, which add up to 1. */
  ritz(): { readonly at: number; readonly weight: number }[] {
    const m = this.diagonal.length;
    if (m === 0 || !this.diagonal.every(Number.isFinite)) return [];
    const matrix = Array.from({ length: m }, (_, i) =>
      Array.from({ length: m }, (_c, j) =>
        i === j ? (this.diagonal[i] ?? 0) : Math.abs(i - j) === 1 ? (this.beside[Math.min(i, j)] ?? 0) : 0,
      ),
    );
    const { values, vectors } = eigenpairsOf(matrix);
    return values.map((at, i) => ({ at, weight: ((vectors[i] as Float64Array)[0] as number) ** 2 }));
  }
}

function binned(probes: readonly (readonly { readonly at: number; readonly weight: number }[])[]): DensityBin[] {
  const all = probes.flat().map(({ at }) => at);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high))) return [{ at: low, weight: 1, error: 0 }];
  const width = (high - low) / BINS;
  return Array.from({ length: BINS }, (_, bin) => {
    const shares = probes.map((list) =>
      list.reduce((sum, { at, weight }) => (Math.min(BINS - 1, Math.floor((at - low) / width)) === bin ? sum + weight : sum), 0),
    );
    return { at: low + (bin + 0.5) * width, weight: mean(shares), error: standardError(shares) };
  });
}

export interface Estimate {
  readonly value: number;
  /** The standard error; null where there is none to be had. */
  readonly error: number | null;
}

/** Hutch++: Meyer, Musco, Musco and Woodruff (2021). A third of the products finds where the matrix is large, a third sums up there, a third samples the rest. */
export function traceOf(operator: SymmetricOperator, products: number, onProduct: (done: number) => boolean): Estimate | null {
  const n = operator.size;
  const third = Math.max(1, Math.floor(products / 3));
  const random = new Random(3);
  if (n <= products) {
    const axes = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_c, k) => (i === k ? 1 : 0)));
    const columns = operator.apply(axes);
    return { value: columns.reduce((sum, column, i) => sum + (column[i] as number), 0), error: 0 };
  }
  const range: Float64Array[] = [];
  for (const product of operator.apply(Array.from({ length: third }, () => random.signs(n)))) {
    orthogonalize(product, range);
    const length = lengthOf(product);
    if (length > 1e-12) range.push(scaled(product, 1 / length));
  }
  if (onProduct(third)) return null;
  const within = operator.apply(range).reduce((sum, product, i) => sum + dot(product, range[i] as Float64Array), 0);
  if (onProduct(2 * third)) return null;
  const probes = Array.from({ length: third }, () => {
    const probe = random.signs(n);
    orthogonalize(probe, range);
    return probe;
  });
  const samples = operator.apply(probes).map((product, i) => dot(product, probes[i] as Float64Array));
  onProduct(3 * third);
  return { value: within + mean(samples), error: samples.length > 1 ? standardError(samples) : null };
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
function standardError(list: readonly number[]): number {
  if (list.length < 2) return 0;
  const middle = mean(list);
  return Math.sqrt(list.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (list.length - 1) / list.length);
}
