// Numbers with a shape, as kernels take and give them, and the walks over them that TensorFlow.js has no kernel for.
import { type DType, isComplex } from '../../../core/tensor.ts';
import { scratch } from './scratch.ts';

export type Data = Float32Array | Float64Array | Int32Array | Uint8Array;
/**
 * How a dtype is stored. An engine's kernels have no 64-bit numbers: what is in float64 is computed by the kernels of `core/reference`, and so is what is complex: a pair of
 * floats, one after the other.
 */
export type Storage = 'float32' | 'float64' | 'int32' | 'bool' | 'complex64';

export interface Values {
  readonly data: Data;
  readonly shape: readonly number[];
  readonly storage: Storage;
}

export function storageOf(dtype: DType | null): Storage {
  if (dtype === 'bool' || dtype === 'float64') return dtype;
  if (dtype !== null && isComplex(dtype)) return 'complex64';
  return dtype !== null && /^u?int/.test(dtype) ? 'int32' : 'float32';
}

/** How many numbers are stored for a shape. */
export const lengthOf = (shape: readonly number[], storage: Storage): number => product(shape) * (storage === 'complex64' ? 2 : 1);

export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** Zeros. */
export function allocate(size: number, storage: Storage): Data {
  const numbers = room(size, storage);
  return scratch.isOpen ? numbers.fill(0) : numbers;
}

/** Numbers that are all going to be written: whatever they are before. */
export function room(size: number, storage: Storage): Data {
  switch (storage) {
    case 'float32':
    case 'complex64':
      return scratch.float32(size) ?? new Float32Array(size);
    case 'float64':
      return new Float64Array(size);
    case 'int32':
      return new Int32Array(size);
    case 'bool':
      return new Uint8Array(size);
  }
}

export const empty = (shape: readonly number[], storage: Storage): Values => ({
  data: allocate(lengthOf(shape, storage), storage),
  shape,
  storage,
});

/** As `room` is: every number is to be written. */
export const unwritten = (shape: readonly number[], storage: Storage): Values => ({
  data: room(lengthOf(shape, storage), storage),
  shape,
  storage,
});

/** The same numbers under another shape. */
export const reshaped = (x: Values, shape: readonly number[]): Values => ({ ...x, shape });

/** How far one step along each axis goes. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i] ?? 1;
  }
  return strides;
}

/** Strides over a wider shape: an axis that is broadcast does not move. */
export function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const strides = stridesOf(from);
  const missing = to.length - from.length;
  return to.map((_, i) => (i < missing || from[i - missing] === 1 ? 0 : (strides[i - missing] ?? 0)));
}

export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1;
    return left === 1 ? (b[i - rank + b.length] ?? 1) : left;
  });
}

/** Visits every element of `shape` in order, with its place in a tensor that has these strides. */
export function walk(shape: readonly number[], strides: readonly number[], start: number, visit: (to: number, from: number) => void): void {
  const size = product(shape);
  const rank = shape.length;
  if (rank === 0) {
    visit(0, start);
    return;
  }
  const at = new Array<number>(rank).fill(0);
  let from = start;
  for (let to = 0; to < size; to++) {
    visit(to, from);
    for (let axis = rank - 1; axis >= 0; axis--) {
      const next = (at[axis] ?? 0) + 1;
      from += strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        at[axis] = next;
        break;
      }
      from -= next * (strides[axis] ?? 0);
      at[axis] = 0;
    }
  }
}

/** Rows at least this long are copied as a whole. */
const LONG_ROW = 48;

/** Elements at the places that a walk passes: the last two axes in loops, the others one step at a time. */
export function take(x: Values, shape: readonly number[], strides: readonly number[], start = 0): Values {
  const out = unwritten(shape, x.storage);
  const [from, to] = [x.data, out.data];
  if (to.length === 0) return out;
  const [rows, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1];
  const [rowStep, step] = [strides.at(-2) ?? 0, strides.at(-1) ?? 0];
  const outer = Math.max(0, shape.length - 2);
  const index = new Int32Array(outer);
  let base = start;
  for (let at = 0; at < to.length;) {
    for (let row = 0; row < rows; row++, at += width) {
      const first = base + row * rowStep;
      if (step === 1 && width >= LONG_ROW) to.set(from.subarray(first, first + width), at);
      else if (step === 1) for (let k = 0; k < width; k++) to[at + k] = from[first + k] as number;
      else for (let k = 0; k < width; k++) to[at + k] = from[first + k * step] as number;
    }
    for (let axis = outer - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number;
      const next = (index[axis] as number) + 1;
      base += stride;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        break;
      }
      base -= next * stride;
      index[axis] = 0;
    }
  }
  return out;
}

export function broadcastTo(x: Values, shape: readonly number[]): Values {
  if (x.shape.length === shape.length && x.shape.every((d, i) => d === shape[i])) return x;
  if (x.data.length === 1) {
    const out = unwritten(shape, x.storage);
    out.data.fill(x.data[0] ?? 0);
    return out;
  }
  return take(x, shape, broadcastStrides(x.shape, shape));
}

/** One function of two numbers at every place, with broadcasting. */
export function combine(a: Values, b: Values, f: (a: number, b: number) => number, storage: Storage = a.storage): Values {
  const shape = broadcastShape(a.shape, b.shape);
  const [left, right] = [broadcastTo(a, shape).data, broadcastTo(b, shape).data];
  const out = unwritten(shape, storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = f(left[i] ?? 0, right[i] ?? 0);
  return out;
}

export function apply(x: Values, f: (x: number) => number, storage: Storage = x.storage): Values {
  const out = unwritten(x.shape, storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = f(x.data[i] ?? 0);
  return out;
}
