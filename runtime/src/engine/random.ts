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

export function randomNumbers(distribution: Distribution, shape: readonly number[], seed: unknown): Values {
  const own = typeof seed === 'number' ? sequence(Math.imul(seed + 1, 0x9e3779b1) + seededDraws++) : null;
  const next = own ?? globalSequence ?? Math.random;
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
