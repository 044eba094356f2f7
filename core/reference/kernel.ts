// What a reference kernel takes and gives, and the arithmetic of places in row-major arrays.
import type { Numbers } from '../backend.ts';
import type { Attributes } from '../row.ts';
import type { DType } from '../tensor.ts';

export interface Input {
  readonly values: Numbers;
  readonly shape: readonly number[];
  readonly dtype: DType;
}
export interface Output {
  readonly shape: readonly number[];
  readonly dtype: DType;
}
/** One array per output, in float64; null where these inputs have no numbers as an answer. */
export type Kernel = (inputs: readonly Input[], attributes: Attributes, outputs: readonly Output[]) => Numbers[] | null;
export type Kernels = Readonly<Record<string, Kernel>>;

export const countOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** How far apart neighbours along each axis are. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis] as number;
  }
  return strides;
}

/** For each element of an array of `shape`, in order, offset + Σ index·stride. */
export function placesOf(shape: readonly number[], strides: readonly number[], offset = 0): Int32Array {
  const places = new Int32Array(countOf(shape));
  if (places.length === 0) return places;
  const rank = shape.length;
  const index = new Int32Array(rank);
  let at = offset;
  for (let i = 0; i < places.length; i++) {
    places[i] = at;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      const next = (index[axis] as number) + 1;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        at += stride;
        break;
      }
      at -= stride * (next - 1);
      index[axis] = 0;
    }
  }
  return places;
}

/** Where each element of an array of shape `to` reads one of shape `from` that is broadcast to it; null where they are the same. */
export function broadcastPlaces(from: readonly number[], to: readonly number[]): Int32Array | null {
  if (from.length === to.length && from.every((d, i) => d === to[i])) return null;
  const own = stridesOf(from);
  const missing = to.length - from.length;
  return placesOf(
    to,
    to.map((_, axis) => (axis < missing || from[axis - missing] === 1 ? 0 : (own[axis - missing] as number))),
  );
}

/** Picks elements by place. */
export function take(values: Numbers, places: Int32Array): Float64Array {
  const out = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) out[i] = values[places[i] as number] as number;
  return out;
}

/** An attribute that is a list of numbers. */
export const numbersOf = (value: unknown): readonly number[] => (Array.isArray(value) ? (value as readonly number[]) : []);

/** Axes counted from 0: all of them where the attribute is null. */
export const axesOf = (value: unknown, rank: number): number[] =>
  value === null ? Array.from({ length: rank }, (_, i) => i) : numbersOf(value).map((axis) => fromStart(axis, rank));

export const fromStart = (axis: unknown, rank: number): number => (Number(axis) < 0 ? Number(axis) + rank : Number(axis));

/** The sizes before an axis, along it and after it. */
export const around = (shape: readonly number[], axis: number): { outer: number; size: number; inner: number } => ({
  outer: countOf(shape.slice(0, axis)),
  size: shape[axis] ?? 1,
  inner: countOf(shape.slice(axis + 1)),
});

const WRAPS: Partial<Record<DType, (x: number) => number>> = {
  bool: (x) => (x === 0 ? 0 : 1),
  int8: (x) => (x << 24) >> 24,
  uint8: (x) => x & 0xff,
  int16: (x) => (x << 16) >> 16,
  uint16: (x) => x & 0xffff,
  int32: (x) => x | 0,
  uint32: (x) => x >>> 0,
  int64: Math.trunc,
  uint64: Math.trunc,
};

/** Brings numbers into the range of their dtype, in place; floating dtypes keep the precision of float64. */
export function store(values: Float64Array, dtype: DType): Float64Array {
  const wrap = WRAPS[dtype];
  if (wrap) for (let i = 0; i < values.length; i++) values[i] = wrap(values[i] as number);
  return values;
}
