// Random numbers for `tf.random`: repeatable with a seed, different on every run without one.
import { product, type Values } from './values.ts';

export type Distribution = 'normal' | 'truncated' | 'uniform';

/** Mulberry32: a sequence of numbers in [0, 1) from a seed. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let globalSequence: (() => number) | null = null;

/** How many draws with a seed of their own the program has made: each gives other numbers, the same ones on every run. */
let seededDraws = 0;

/** Before each program. */
export function resetRandom(): void {
  globalSequence = null;
  seededDraws = 0;
}

/** `tf.random.set_seed`; null goes back to numbers that differ on every run. */
export function setGlobalSeed(seed: number | null): void {
  globalSequence = seed === null ? null : sequence(seed);
}

/** Numbers in [0, 1) for one draw. A seed in a list is that of an op without state: the same numbers every time. */
function drawing(seed: unknown): () => number {
  if (Array.isArray(seed)) return sequence((seed as number[]).reduce((mixed, n) => Math.imul(mixed ^ n, 0x9e3779b1), 7));
  const own = typeof seed === 'number' ? sequence(Math.imul(seed + 1, 0x9e3779b1) + seededDraws++) : null;
  return own ?? globalSequence ?? Math.random;
}

export function randomNumbers(distribution: Distribution, shape: readonly number[], seed: unknown): Values {
  const next = drawing(seed);
  const data = new Float32Array(product(shape));
  for (let i = 0; i < data.length; i++)
    data[i] = distribution === 'uniform' ? next() : normal(next, distribution === 'truncated' ? 2 : Infinity);
  return { data, shape, storage: 'float32' };
}

/** Box and Muller, drawn again while it lies too far out. */
function normal(next: () => number, within: number): number {
  for (;;) {
    const drawn = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    if (Math.abs(drawn) <= within) return drawn;
  }
}

/** A sample of Γ(α, 1): Marsaglia and Tsang. */
function gamma(alpha: number, next: () => number): number {
  if (alpha < 1) return gamma(alpha + 1, next) * Math.max(next(), 2 ** -126) ** (1 / alpha);
  const d = alpha - 1 / 3;
  for (;;) {
    const x = normal(next, Infinity);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
/** A count with this mean: Knuth's product, of parts where the mean is large. */
function poisson(rate: number, next: () => number): number {
  if (rate > 500) return poisson(rate / 2, next) + poisson(rate / 2, next);
  let product = next();
  let count = 0;
  for (; product > Math.exp(-rate); count++) product *= next();
  return count;
}

/** Samples for each of the parameters, over and over. */
export function samples(kind: 'gamma' | 'poisson', parameters: Values, shape: readonly number[], seed: unknown): Values {
  const next = drawing(seed);
  const draw = kind === 'gamma' ? gamma : poisson;
  const data = new Float32Array(product(shape));
  for (let i = 0; i < data.length; i++) data[i] = draw(parameters.data[i % parameters.data.length] ?? 1, next);
  return { data, shape, storage: 'float32' };
}
/** Classes by logits [batch, classes]. */
export function classes(logits: Values, shape: readonly number[], seed: unknown): Values {
  const next = drawing(seed);
  const [batch = 0, count = 0] = shape;
  const size = logits.shape.at(-1) ?? 1;
  const data = new Int32Array(batch * count);
  for (let row = 0; row < batch; row++) {
    const own = Array.from(logits.data.subarray(row * size, (row + 1) * size));
    const most = Math.max(...own);
    const weights = own.map((x) => Math.exp(x - most));
    const total = weights.reduce((a, b) => a + b, 0);
    for (let i = 0; i < count; i++) {
      let rest = next() * total;
      let chosen = 0;
      while (chosen < size - 1 && (rest -= weights[chosen] ?? 0) >= 0) chosen++;
      data[row * count + i] = chosen;
    }
  }
  return { data, shape, storage: 'int32' };
}
/** The rows in another order: Fisher and Yates. */
export function shuffled(x: Values, seed: unknown): Values {
  const next = drawing(seed);
  const rows = x.shape[0] ?? 0;
  const width = rows === 0 ? 0 : x.data.length / rows;
  const order = Array.from({ length: rows }, (_, i) => i);
  for (let i = rows - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  const out = x.data.slice();
  order.forEach((from, to) => out.set(x.data.subarray(from * width, (from + 1) * width), to * width));
  return { ...x, data: out };
}
