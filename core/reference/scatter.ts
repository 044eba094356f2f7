// Reference kernels of rows by lists of places, of segments, and of what is dealt out and put together.
import { countOf, type Input, type Kernel, type Kernels, type Output, store, stridesOf } from './kernel.ts';

/** Where rows of `width` begin that the indices [..., depth] name, in an array of `shape`; null where one lies outside. */
function rowPlaces(indices: Input, shape: readonly number[]): { places: Int32Array; width: number } | null {
  const depth = indices.shape.at(-1) ?? 1;
  const strides = stridesOf(shape);
  const places = new Int32Array(countOf(indices.shape.slice(0, -1)));
  for (let row = 0; row < places.length; row++) {
    let at = 0;
    for (let axis = 0; axis < depth; axis++) {
      const index = indices.values[row * depth + axis] as number;
      if (!(index >= 0 && index < (shape[axis] as number))) return null;
      at += index * (strides[axis] as number);
    }
    places[row] = at;
  }
  return { places, width: countOf(shape.slice(depth)) };
}

const changed =
  (change: (old: number, update: number) => number): Kernel =>
  ([x, indices, updates]) => {
    const rows = x && indices ? rowPlaces(indices, x.shape) : null;
    if (!x || !updates || !rows) return null;
    const out = Float64Array.from(x.values);
    rows.places.forEach((start, row) => {
      for (let i = 0; i < rows.width; i++)
        out[start + i] = change(out[start + i] as number, updates.values[row * rows.width + i] as number);
    });
    return [store(out, x.dtype)];
  };

interface Folding {
  readonly start: number;
  readonly fold: (sum: number, value: number) => number;
  readonly end?: (sum: number, count: number) => number;
}
const SUM: Folding = { start: 0, fold: (a, b) => a + b };
const FOLDINGS: Readonly<Record<string, Folding>> = {
  Sum: SUM,
  Mean: { ...SUM, end: (sum, count) => (count === 0 ? 0 : sum / count) },
  Prod: { start: 1, fold: (a, b) => a * b },
  Max: { start: -Infinity, fold: Math.max },
  Min: { start: Infinity, fold: Math.min },
};
/** What a segment without rows holds: sorted ones zero, unsorted ones what the fold starts from, as far as float32 goes. */
function empty(unsorted: boolean, { start }: Folding, { dtype }: Output): number {
  if (!unsorted) return start === 1 ? 1 : 0;
  if (Number.isFinite(start)) return start;
  return Math.sign(start) * (dtype === 'float64' ? Number.MAX_VALUE : dtype === 'int32' ? 2147483647 : 3.4028234663852886e38);
}
const segments =
  (unsorted: boolean, folding: Folding): Kernel =>
  ([x, ids], _, [output]) => {
    if (!x || !ids || !output) return null;
    const [rows = 0, ...rest] = output.shape;
    const width = countOf(rest);
    const out = new Float64Array(rows * width).fill(folding.start);
    const counts = new Int32Array(rows);
    for (const [row, id] of Array.from(ids.values).entries()) {
      if (id < 0 && unsorted) continue;
      if (!(id >= 0 && id < rows)) return null;
      counts[id] = (counts[id] as number) + 1;
      for (let i = 0; i < width; i++)
        out[id * width + i] = folding.fold(out[id * width + i] as number, x.values[row * width + i] as number);
    }
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < width; i++) {
        const at = row * width + i;
        const count = counts[row] as number;
        out[at] = count === 0 ? empty(unsorted, folding, output) : (folding.end?.(out[at] as number, count) ?? (out[at] as number));
      }
    return [store(out, output.dtype)];
  };

const PLACES: Kernels = {
  GatherNd: ([x, indices], _, [output]) => {
    const rows = x && indices ? rowPlaces(indices, x.shape) : null;
    if (!x || !output || !rows) return null;
    const out = new Float64Array(countOf(output.shape));
    rows.places.forEach((start, row) => {
      for (let i = 0; i < rows.width; i++) out[row * rows.width + i] = x.values[start + i] as number;
    });
    return [out];
  },
  ScatterNd: ([x, indices], _, [output]) => {
    const rows = indices && output ? rowPlaces(indices, output.shape) : null;
    if (!x || !output || !rows) return null;
    const out = new Float64Array(countOf(output.shape));
    rows.places.forEach((start, row) => {
      for (let i = 0; i < rows.width; i++) out[start + i] = (out[start + i] as number) + (x.values[row * rows.width + i] as number);
    });
    return [store(out, output.dtype)];
  },
  TensorScatterUpdate: changed((_, update) => update),
  TensorScatterAdd: changed((old, update) => old + update),
  TensorScatterSub: changed((old, update) => old - update),
  TensorScatterMax: changed(Math.max),
  TensorScatterMin: changed(Math.min),
};

const PARTS: Kernels = {
  DynamicPartition: ([x, partitions], _, outputs) => {
    if (!x || !partitions) return null;
    const width = x.values.length / Math.max(partitions.values.length, 1);
    const parts = outputs.map(({ shape }) => new Float64Array(countOf(shape)));
    const filled = parts.map(() => 0);
    for (const [row, part] of Array.from(partitions.values).entries()) {
      const out = parts[part];
      const at = filled[part];
      if (!out || at === undefined) return null;
      for (let i = 0; i < width; i++) out[at + i] = x.values[row * width + i] as number;
      filled[part] = at + width;
    }
    return parts;
  },
  DynamicStitch: (inputs, _, [output]) => {
    if (!output) return null;
    const out = new Float64Array(countOf(output.shape));
    const half = inputs.length / 2;
    const width = countOf(output.shape.slice(1));
    for (let part = 0; part < half; part++) {
      const [places, rows] = [inputs[part], inputs[half + part]];
      if (!places || !rows) return null;
      for (const [row, place] of Array.from(places.values).entries())
        for (let i = 0; i < width; i++) out[place * width + i] = rows.values[row * width + i] as number;
    }
    return [out];
  },
  IdentityN: (inputs) => inputs.map(({ values }) => values),
  EnsureShape: ([x]) => (x ? [x.values] : null),
  CheckNumerics: ([x]) => (x && Array.from(x.values).every(Number.isFinite) ? [x.values] : null),
  InvertPermutation: ([x]) => {
    if (!x) return null;
    const out = new Float64Array(x.values.length).fill(-1);
    x.values.forEach((to, from) => (out[to] = from));
    return out.includes(-1) ? null : [out];
  },
};

/** The first place in a sorted row whose value is not below (or, from the right, is above) the one that is looked for. */
function placeIn(row: ArrayLike<number>, value: number, right: boolean): number {
  let at = 0;
  while (at < row.length && ((row[at] as number) < value || (right && row[at] === value))) at++;
  return at;
}

const COUNTS: Kernels = {
  SearchSorted: ([sorted, values], { right }) => {
    if (!sorted || !values) return null;
    const [width, own] = [sorted.shape.at(-1) ?? 1, values.shape.at(-1) ?? 1];
    return [
      Float64Array.from(values.values, (value: number, i) => {
        const row = Math.floor(i / own) * width;
        return placeIn(sorted.values.slice(row, row + width), value, right === true);
      }),
    ];
  },
  Where: ([x]) => {
    if (!x) return null;
    const strides = stridesOf(x.shape);
    const found = Array.from(x.values).flatMap((value, at) =>
      value === 0 ? [] : x.shape.map((size, axis) => Math.floor(at / (strides[axis] as number)) % size),
    );
    return [Float64Array.from(found)];
  },
  Unique: ([x], { counts }) => {
    if (!x) return null;
    const places = new Map<number, number>();
    const times: number[] = [];
    const at = Float64Array.from(x.values, (value: number) => {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      times[place] = (times[place] ?? 0) + 1;
      return place;
    });
    return [Float64Array.from(places.keys()), at, ...(counts === true ? [Float64Array.from(times)] : [])];
  },
  InTopKV2: ([predictions, targets], { count }) => {
    if (!predictions || !targets) return null;
    const size = predictions.shape.at(-1) ?? 1;
    return [
      Float64Array.from(targets.values, (target: number, row) => {
        const own = predictions.values[row * size + target];
        if (own === undefined || !Number.isFinite(own) || target >= size) return 0;
        const above = predictions.values.slice(row * size, (row + 1) * size).filter((v: number) => v > own).length;
        return above < Number(count) ? 1 : 0;
      }),
    ];
  },
  DenseBincount: ([x, weights], { binary }, [output]) => {
    if (!x || !output) return null;
    const out = new Float64Array(countOf(output.shape));
    x.values.forEach((bin: number, i: number) => {
      if (bin < out.length) out[bin] = binary === true ? 1 : (out[bin] as number) + (weights ? (weights.values[i] as number) : 1);
    });
    return [store(out, output.dtype)];
  },
  HistogramFixedWidth: ([x, limits], { bins }) => {
    if (!x || !limits) return null;
    const [low = 0, high = 1] = Array.from(limits.values);
    const out = new Float64Array(Number(bins));
    for (const value of x.values) {
      const bin = Math.min(Math.max(Math.floor(((value - low) / (high - low)) * out.length), 0), out.length - 1);
      out[bin] = (out[bin] as number) + 1;
    }
    return [out];
  },
};

/** A row's own numbers under another dtype, bit by bit. */
const bits: Kernel = ([x], _, [output]) => {
  if (!x || !output) return null;
  const views = { float32: Float32Array, int32: Int32Array, uint32: Uint32Array } as const;
  const [from, to] = [views[x.dtype as keyof typeof views], views[output.dtype as keyof typeof views]];
  if (!(x.dtype in views) || !(output.dtype in views)) return null;
  return [Float64Array.from(new to(from.from(x.values).buffer))];
};

const SEGMENTS: Kernels = Object.fromEntries(
  Object.entries(FOLDINGS).flatMap(([name, folding]) => [
    [`Segment${name}`, segments(false, folding)],
    [`UnsortedSegment${name}`, segments(true, folding)],
  ]),
);

export const SCATTERED: Kernels = { ...PLACES, ...SEGMENTS, ...PARTS, ...COUNTS, Bitcast: bits };
