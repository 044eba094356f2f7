// Reference kernels that move elements: each says where an output element comes from.
import type { Index } from '../ops/arrays.ts';
import type { Attributes } from '../row.ts';
import {
  around,
  broadcastPlaces,
  countOf,
  fromStart,
  type Input,
  type Kernel,
  type Kernels,
  numbersOf,
  type Output,
  placesOf,
  store,
  stridesOf,
  take,
} from './kernel.ts';

/** The same numbers in another shape. */
const renamed: Kernel = ([x]) => (x ? [x.values] : null);

/** Reads the input at these places. */
const moved =
  (places: (x: Input, output: Output, attributes: Readonly<Record<string, unknown>>) => Int32Array | null): Kernel =>
  ([x], attributes, [output]) => {
    if (!x || !output) return null;
    const from = places(x, output, attributes);
    return [from === null ? x.values : take(x.values, from)];
  };

/** A box of `size` inside `shape`, from `begin` on, `step` apart. */
function box(shape: readonly number[], begin: readonly number[], size: readonly number[], step: readonly number[] = []): Int32Array {
  const strides = stridesOf(shape);
  const offset = begin.reduce((sum, b, i) => sum + b * (strides[i] as number), 0);
  return placesOf(
    size,
    size.map((_, i) => (strides[i] as number) * (step[i] ?? 1)),
    offset,
  );
}

/** The places in an array of `shape` that a basic index takes, in the order of the result. */
export function indexedPlaces(shape: readonly number[], indices: readonly Index[], size: readonly number[]): Int32Array {
  const strides = stridesOf(shape);
  const steps: number[] = [];
  let offset = 0;
  let axis = 0;
  for (const index of indices) {
    if (index.kind === 'new axis') steps.push(0);
    else {
      const stride = strides[axis] ?? 0;
      if (index.kind === 'slice') {
        offset += index.start * stride;
        steps.push(index.step * stride);
      } else offset += fromStart(index.at, shape[axis] ?? 0) * stride;
      axis++;
    }
  }
  return placesOf(size, [...steps, ...strides.slice(axis)], offset);
}

/** A gather's places: x [outer, size, inner] read at [outer, indices, inner]; the first `batch` axes of x and of the indices go together. */
function gatheredPlaces(x: readonly number[], indices: Input, { axis: given, batch }: Attributes): Int32Array | null {
  const axis = fromStart(given, x.length);
  const { outer, size, inner } = around(x, axis);
  const batches = countOf(x.slice(0, Number(batch ?? 0)));
  const count = batches === 0 ? 0 : indices.values.length / batches;
  const places = new Int32Array(outer * count * inner);
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (let j = 0; j < count; j++) {
      const index = indices.values[Math.floor((o * batches) / outer) * count + j] as number;
      if (!(index >= 0 && index < size)) return null;
      for (let i = 0; i < inner; i++) places[at++] = (o * size + index) * inner + i;
    }
  return places;
}

/** Adds numbers to zeros at the given places. */
function added(values: Input['values'], places: Int32Array, output: Output): Float64Array {
  const out = new Float64Array(countOf(output.shape));
  for (let i = 0; i < places.length; i++) out[places[i] as number] = (out[places[i] as number] as number) + (values[i] as number);
  return store(out, output.dtype);
}

const scatterGathered: Kernel = ([x, indices], attributes, [output]) => {
  const places = x && indices && output ? gatheredPlaces(output.shape, indices, attributes) : null;
  return x && output && places ? [added(x.values, places, output)] : null;
};

/** Several inputs next to one another along an axis; the tangents of a stack have one more. */
function joined(inputs: readonly Input[], output: Output, axis: number): Float64Array {
  const out = new Float64Array(countOf(output.shape));
  const { outer, size, inner } = around(output.shape, axis);
  let before = 0;
  for (const { values } of inputs) {
    const width = outer === 0 ? 0 : values.length / outer;
    for (let o = 0; o < outer; o++) for (let i = 0; i < width; i++) out[o * size * inner + before + i] = values[o * width + i] as number;
    before += width;
  }
  return out;
}

/** Cuts x along an axis into as many parts as there are outputs. */
function cut(x: Input, axis: number, outputs: readonly Output[], sizeOf: (output: Output) => number): Float64Array[] {
  const { outer, size, inner } = around(x.shape, axis);
  let before = 0;
  return outputs.map((output) => {
    const width = sizeOf(output) * inner;
    const start = before;
    before += width;
    return take(x.values, placesOf([outer, width], [size * inner, 1], start));
  });
}

const pairs = (value: unknown): readonly (readonly [number, number])[] =>
  Array.isArray(value) ? (value as readonly (readonly [number, number])[]) : [];

/** Where each element of x [..., m] lies in an array whose last axis has `size`, by places [..., m] whose leading axes broadcast. */
function lastPlaces(x: readonly number[], places: Input, size: number): Int32Array | null {
  const spread = broadcastPlaces(places.shape, x);
  const out = new Int32Array(countOf(x));
  const width = x.at(-1) ?? 1;
  for (let i = 0; i < out.length; i++) {
    const place = places.values[spread ? (spread[i] as number) : i] as number;
    if (!(place >= 0 && place < size)) return null;
    out[i] = Math.floor(i / width) * size + place;
  }
  return out;
}

export const MOVES: Kernels = {
  Identity: renamed,
  _AsSlices: renamed,
  _AsList: renamed,
  _FromList: renamed,
  _IntoList: renamed,
  StopGradient: renamed,
  Reshape: renamed,
  ExpandDims: renamed,
  Squeeze: renamed,
  BroadcastTo: moved((x, output) => broadcastPlaces(x.shape, output.shape)),
  Fill: moved((_, output) => new Int32Array(countOf(output.shape))),
  Transpose: moved((x, output, { permutation }) => {
    const strides = stridesOf(x.shape);
    const order = permutation === null ? x.shape.map((_, i) => x.shape.length - 1 - i) : numbersOf(permutation);
    return placesOf(
      output.shape,
      order.map((p) => strides[p] as number),
    );
  }),
  Slice: moved((x, output, { begin }) => box(x.shape, numbersOf(begin), output.shape)),
  ReverseV2: moved((x, output, { axes }) => {
    const gone = new Set(numbersOf(axes).map((a) => fromStart(a, x.shape.length)));
    return box(
      x.shape,
      x.shape.map((d, i) => (gone.has(i) && d > 0 ? d - 1 : 0)),
      output.shape,
      x.shape.map((_, i) => (gone.has(i) ? -1 : 1)),
    );
  }),
  StridedSlice: moved((x, output, { indices }) => indexedPlaces(x.shape, indices as readonly Index[], output.shape)),
  StridedSliceGrad: ([x], { indices }, [output]) =>
    x && output ? [added(x.values, indexedPlaces(output.shape, indices as readonly Index[], x.shape), output)] : null,
  PadV2: ([x], { paddings, value }, [output]) => {
    if (!x || !output) return null;
    const places = box(
      output.shape,
      pairs(paddings).map(([before]) => before),
      x.shape,
    );
    const out = new Float64Array(countOf(output.shape)).fill(typeof value === 'number' ? value : 0);
    for (let i = 0; i < places.length; i++) out[places[i] as number] = x.values[i] as number;
    return [out];
  },
  Tile: moved((x, output) => {
    const strides = stridesOf(x.shape);
    const split = output.shape.flatMap((d, i) => [d / Math.max(x.shape[i] as number, 1), x.shape[i] as number]);
    return placesOf(
      split,
      strides.flatMap((s) => [0, s]),
    );
  }),
  ConcatV2: (inputs, { axis }, [output]) => (output ? [joined(inputs, output, fromStart(axis, output.shape.length))] : null),
  Pack: (inputs, { axis }, [output]) => (output ? [joined(inputs, output, fromStart(axis, output.shape.length))] : null),
  Unpack: ([x], { axis }, outputs) => (x ? cut(x, fromStart(axis, x.shape.length), outputs, () => 1) : null),
  SplitV: ([x], { axis }, outputs) => {
    if (!x) return null;
    const at = fromStart(axis, x.shape.length);
    return cut(x, at, outputs, (output) => output.shape[at] ?? 1);
  },
  GatherV2: ([x, indices], attributes) => {
    const places = x && indices ? gatheredPlaces(x.shape, indices, attributes) : null;
    return x && places ? [take(x.values, places)] : null;
  },
  _GatherSlices: scatterGathered,
  _GatherGrad: scatterGathered,
  _GatherLast: ([x, places], _, [output]) => {
    const from = x && places && output ? lastPlaces(output.shape, places, x.shape.at(-1) ?? 1) : null;
    return x && from ? [take(x.values, from)] : null;
  },
  _ScatterLast: ([x, places], _, [output]) => {
    const to = x && places && output ? lastPlaces(x.shape, places, output.shape.at(-1) ?? 1) : null;
    return x && output && to ? [added(x.values, to, output)] : null;
  },
};

/** For each row of the last axis, where its elements lie in order; equal ones keep theirs. */
function sorted(x: Input, descending: boolean): Float64Array {
  const size = x.shape.at(-1) ?? 1;
  const out = new Float64Array(x.values.length);
  for (let row = 0; row < out.length; row += size) {
    const value = (i: number) => x.values[row + i] as number;
    const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => (descending ? value(j) - value(i) : value(i) - value(j)));
    order.forEach((from, i) => (out[row + i] = from));
  }
  return out;
}

/** Of shapes and indices. */
export const INDICES: Kernels = {
  Shape: ([x]) => (x ? [Float64Array.from(x.shape)] : null),
  Size: ([x]) => (x ? [Float64Array.of(countOf(x.shape))] : null),
  Rank: ([x]) => (x ? [Float64Array.of(x.shape.length)] : null),
  OneHot: ([indices], { on, off }, [output]) => {
    if (!indices || !output) return null;
    const [depth = 0] = output.shape.slice(-1);
    const out = new Float64Array(countOf(output.shape)).fill(Number(off));
    indices.values.forEach((index, row) => {
      if (index >= 0 && index < depth) out[row * depth + index] = Number(on);
    });
    return [out];
  },
  Range: ([start, , delta], _, [output]) =>
    start && delta && output
      ? [Float64Array.from({ length: countOf(output.shape) }, (_value, i) => (start.values[0] as number) + i * (delta.values[0] as number))]
      : null,
  _ArgSort: ([x], { descending }) => (x ? [sorted(x, descending === true)] : null),
  TopKV2: ([x], { count }) => {
    if (!x) return null;
    const size = x.shape.at(-1) ?? 1;
    const places = sorted(x, true).filter((_, i) => i % size < Number(count));
    return [places.map((place, i) => x.values[Math.floor(i / Number(count)) * size + place] as number), places];
  },
};
