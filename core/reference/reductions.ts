// Reference kernels of reductions and running sums.
import {
  around,
  axesOf,
  broadcastPlaces,
  countOf,
  fromStart,
  type Input,
  type Kernel,
  type Kernels,
  placesOf,
  store,
  stridesOf,
  take,
} from './kernel.ts';

/** The input with the reduced axes last, so that each result is made of neighbours: [results, size]. */
function gathered(x: Input, axes: readonly number[]): { values: Float64Array; results: number; size: number } {
  const gone = new Set(axes);
  const kept = x.shape.map((_, i) => i).filter((i) => !gone.has(i));
  const order = [...kept, ...[...gone].sort((a, b) => a - b)];
  const strides = stridesOf(x.shape);
  const at = (list: readonly number[], from: readonly number[]) => list.map((i) => from[i] as number);
  const values = take(x.values, placesOf(at(order, x.shape), at(order, strides)));
  return { values, results: countOf(at(kept, x.shape)), size: countOf(at([...gone], x.shape)) };
}

const reducing =
  (f: (group: Float64Array) => number): Kernel =>
  ([x], attributes, [output]) => {
    if (!x || !output) return null;
    const { values, results, size } = gathered(x, axesOf(attributes['axes'], x.shape.length));
    const out = new Float64Array(results);
    for (let i = 0; i < results; i++) out[i] = f(values.subarray(i * size, (i + 1) * size));
    return [store(out, output.dtype)];
  };

const sum = (group: Float64Array): number => group.reduce((a, b) => a + b, 0);

/** The first index that wins. */
const arg =
  (wins: (a: number, b: number) => boolean): Kernel =>
  ([x], attributes, [output]) => {
    if (!x || !output) return null;
    const { values, results, size } = gathered(x, [fromStart(attributes['axis'], x.shape.length)]);
    const out = new Float64Array(results);
    for (let i = 0; i < results; i++) {
      let best = 0;
      for (let j = 1; j < size; j++) if (wins(values[i * size + j] as number, values[i * size + best] as number)) best = j;
      out[i] = best;
    }
    return [out];
  };

const running =
  (start: number, f: (total: number, x: number) => number): Kernel =>
  ([x], { axis, exclusive, reverse }, [output]) => {
    if (!x || !output) return null;
    const { outer, size, inner } = around(x.shape, fromStart(axis, x.shape.length));
    const out = new Float64Array(x.values.length);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        let total = start;
        for (let step = 0; step < size; step++) {
          const at = (o * size + (reverse === true ? size - 1 - step : step)) * inner + i;
          const before = total;
          total = f(total, x.values[at] as number);
          out[at] = exclusive === true ? before : total;
        }
      }
    return [store(out, output.dtype)];
  };

export const REDUCTIONS: Kernels = {
  Sum: reducing(sum),
  Mean: reducing((group) => sum(group) / group.length),
  Max: reducing((group) => group.reduce((a, b) => Math.max(a, b), -Infinity)),
  Min: reducing((group) => group.reduce((a, b) => Math.min(a, b), Infinity)),
  Prod: reducing((group) => group.reduce((a, b) => a * b, 1)),
  EuclideanNorm: reducing((group) => Math.sqrt(group.reduce((a, b) => a + b * b, 0))),
  All: reducing((group) => (group.every((v) => v !== 0) ? 1 : 0)),
  Any: reducing((group) => (group.some((v) => v !== 0) ? 1 : 0)),
  ArgMax: arg((a, b) => a > b),
  ArgMin: arg((a, b) => a < b),
  L2Loss: ([x]) => (x ? [Float64Array.of([...x.values].reduce((a, b) => a + b * b, 0) / 2)] : null),
  Cumsum: running(0, (a, b) => a + b),
  Cumprod: running(1, (a, b) => a * b),
  CumulativeLogsumexp: running(-Infinity, (a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  /** The reverse of a broadcast: every element is added to the place it would have come from. */
  _SumTo: ([x], _, [output]) => {
    if (!x || !output) return null;
    const places = broadcastPlaces(output.shape, x.shape);
    if (places === null) return [x.values];
    const out = new Float64Array(countOf(output.shape));
    for (let i = 0; i < places.length; i++) out[places[i] as number] = (out[places[i] as number] as number) + (x.values[i] as number);
    return [store(out, output.dtype)];
  },
};
