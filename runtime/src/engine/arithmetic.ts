// Sums and products as loops of their own. They are most of every trace, and a loop that is handed its function calls it through a pointer for every element; up to any
// size they take no longer than copying the numbers to an engine and back.
import { broadcastShape, broadcastStrides, type Data, room, unwritten, type Values } from './values.ts';

/** Over n elements, from the given places on, in steps of 1 or, where an operand is broadcast, of 0. */
type Loop = (out: Data, at: number, a: Data, i: number, stepA: number, b: Data, j: number, stepB: number, n: number) => void;

const LOOPS = {
  add: (out, at, a, i, stepA, b, j, stepB, n) => {
    for (let k = 0; k < n; k++) out[at + k] = (a[i + k * stepA] as number) + (b[j + k * stepB] as number);
  },
  subtract: (out, at, a, i, stepA, b, j, stepB, n) => {
    for (let k = 0; k < n; k++) out[at + k] = (a[i + k * stepA] as number) - (b[j + k * stepB] as number);
  },
  multiply: (out, at, a, i, stepA, b, j, stepB, n) => {
    for (let k = 0; k < n; k++) out[at + k] = (a[i + k * stepA] as number) * (b[j + k * stepB] as number);
  },
  divide: (out, at, a, i, stepA, b, j, stepB, n) => {
    for (let k = 0; k < n; k++) out[at + k] = (a[i + k * stepA] as number) / (b[j + k * stepB] as number);
  },
  squaredDifference: (out, at, a, i, stepA, b, j, stepB, n) => {
    for (let k = 0; k < n; k++) {
      const difference = (a[i + k * stepA] as number) - (b[j + k * stepB] as number);
      out[at + k] = difference * difference;
    }
  },
  tanhGradient: (out, at, y, i, stepY, dy, j, stepDy, n) => {
    for (let k = 0; k < n; k++) {
      const value = y[i + k * stepY] as number;
      out[at + k] = (dy[j + k * stepDy] as number) * (1 - value * value);
    }
  },
  sigmoidGradient: (out, at, y, i, stepY, dy, j, stepDy, n) => {
    for (let k = 0; k < n; k++) {
      const value = y[i + k * stepY] as number;
      out[at + k] = (dy[j + k * stepDy] as number) * value * (1 - value);
    }
  },
  reluGradient: (out, at, dy, i, stepDy, x, j, stepX, n) => {
    for (let k = 0; k < n; k++) out[at + k] = (dy[i + k * stepDy] as number) * ((x[j + k * stepX] as number) > 0 ? 1 : 0);
  },
} satisfies Record<string, Loop>;

export type BinaryLoop = keyof typeof LOOPS;

/** One operation at every place, with broadcasting. */
export function binary(name: BinaryLoop, a: Values, b: Values): Values {
  const loop: Loop = LOOPS[name];
  if (isSameShape(a.shape, b.shape)) {
    const out = unwritten(a.shape, a.storage);
    loop(out.data, 0, a.data, 0, 1, b.data, 0, 1, out.data.length);
    return out;
  }
  const shape = broadcastShape(a.shape, b.shape);
  const out = unwritten(shape, a.storage);
  if (out.data.length > 0) overBlocks(loop, out.data, shape, a, b);
  return out;
}

export const isSameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

/** The innermost axes along which both operands go on, or both stand still, are one loop; the others are walked. */
function overBlocks(loop: Loop, out: Data, shape: readonly number[], a: Values, b: Values): void {
  const [stridesA, stridesB] = [broadcastStrides(a.shape, shape), broadcastStrides(b.shape, shape)];
  let inner = shape.length;
  let size = 1;
  let [stepA, stepB] = [-1, -1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const d = shape[axis] as number;
    if (d > 1) {
      const [ofA, ofB] = [stridesA[axis] as number, stridesB[axis] as number];
      if (stepA < 0) [stepA, stepB] = [ofA === 0 ? 0 : 1, ofB === 0 ? 0 : 1];
      else if (ofA !== stepA * size || ofB !== stepB * size) break;
    }
    size *= d;
    inner = axis;
  }
  const blocks = out.length / size;
  const index = new Int32Array(inner);
  let [i, j] = [0, 0];
  for (let block = 0; block < blocks; block++) {
    loop(out, block * size, a.data, i, Math.max(stepA, 0), b.data, j, Math.max(stepB, 0), size);
    for (let axis = inner - 1; axis >= 0; axis--) {
      const next = (index[axis] as number) + 1;
      const [ofA, ofB] = [stridesA[axis] as number, stridesB[axis] as number];
      i += ofA;
      j += ofB;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        break;
      }
      i -= next * ofA;
      j -= next * ofB;
      index[axis] = 0;
    }
  }
}

// ------------------------------------------------------------------------------------------------ one operand

export function negate({ data, shape, storage }: Values): Values {
  const out = room(data.length, storage);
  for (let i = 0; i < data.length; i++) out[i] = -(data[i] as number);
  return { data: out, shape, storage };
}
export function square({ data, shape, storage }: Values): Values {
  const out = room(data.length, storage);
  for (let i = 0; i < data.length; i++) out[i] = (data[i] as number) * (data[i] as number);
  return { data: out, shape, storage };
}

// ------------------------------------------------------------------------------------------------ sums

/** Over some axes, which disappear. Sums are carried in float64. */
export function sumOver(x: Values, axes: readonly number[], shape: readonly number[]): Values {
  const runs = runsOf(x.shape, axes);
  const out = unwritten(shape, x.storage);
  const sums = new Float64Array(out.data.length);
  if (x.data.length > 0) addUp(x.data, 0, sums, 0, runs, 0);
  out.data.set(sums);
  return out;
}

/** Axes of one fate side by side; how far a step along them goes in what is summed, and in the sums. */
interface Run {
  size: number;
  readonly gone: boolean;
  readonly from: number;
  readonly to: number;
}

function runsOf(shape: readonly number[], axes: readonly number[]): readonly Run[] {
  const runs: Run[] = [];
  let [from, to] = [1, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] as number;
    if (size === 1) continue;
    const gone = axes.includes(axis);
    const [outer] = runs;
    if (outer?.gone === gone) outer.size *= size;
    else runs.unshift({ size, gone, from, to: gone ? 0 : to });
    from *= size;
    if (!gone) to *= size;
  }
  return runs;
}

/** Adds what lies from `at` on, over the runs from `depth` on, to the sums from `into` on. */
function addUp(data: Data, at: number, sums: Float64Array, into: number, runs: readonly Run[], depth: number): void {
  const run = runs[depth];
  if (!run) sums[into] = (sums[into] as number) + (data[at] as number);
  else if (depth < runs.length - 1)
    for (let k = 0; k < run.size; k++) addUp(data, at + k * run.from, sums, into + k * run.to, runs, depth + 1);
  else if (run.gone) {
    let sum = 0;
    for (let k = 0; k < run.size; k++) sum += data[at + k] as number;
    sums[into] = (sums[into] as number) + sum;
  } else for (let k = 0; k < run.size; k++) sums[into + k] = (sums[into + k] as number) + (data[at + k] as number);
}

// ------------------------------------------------------------------------------------------------ products of matrices

/** [n, m] · [m, p] for each of a batch; one of the two may have a batch of one. `a` and `b` may each be turned. */
export function multiplyMatrices(
  a: Values,
  b: Values,
  { transposeA, transposeB }: { readonly transposeA: boolean; readonly transposeB: boolean },
  shape: readonly number[],
): Values {
  const out = unwritten(shape, a.storage);
  const [n = 1, p = 1] = shape.slice(-2);
  const m = (transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
  const batches = out.data.length / Math.max(1, n * p);
  const sums = new Float64Array(p);
  const [batchA, batchB] = [a.data.length / Math.max(1, n * m) === 1 ? 0 : n * m, b.data.length / Math.max(1, m * p) === 1 ? 0 : m * p];
  const [rowA, columnA] = transposeA ? [1, n] : [m, 1];
  for (let batch = 0; batch < batches; batch++) {
    const [fromA, fromB] = [batch * batchA, batch * batchB];
    for (let i = 0; i < n; i++) {
      const to = (batch * n + i) * p;
      if (transposeB)
        for (let j = 0; j < p; j++) {
          const row = fromB + j * m;
          let sum = 0;
          for (let k = 0; k < m; k++) sum += (a.data[fromA + i * rowA + k * columnA] as number) * (b.data[row + k] as number);
          out.data[to + j] = sum;
        }
      else {
        // Row by row of b: neighbours are multiplied one after the other.
        sums.fill(0);
        for (let k = 0; k < m; k++) {
          const factor = a.data[fromA + i * rowA + k * columnA] as number;
          const row = fromB + k * p;
          for (let j = 0; j < p; j++) sums[j] = (sums[j] as number) + factor * (b.data[row + j] as number);
        }
        out.data.set(sums, to);
      }
    }
  }
  return out;
}
