// The sparsity pattern element by element: every element carries the number of the set of leaf elements behind it.
import type { Eager } from '../../../core/eager.ts';
import type { AxisReads, Window } from '../../../core/reads.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { product, stridesOf, walk } from '../engine/values.ts';
import { flow, placesAdded, placesMoved, shapeOf, sizeOf, type Step } from './places.ts';
import { Sets } from './sets.ts';

/** A set's number for every element of a tensor. */
type Pattern = Int32Array;

/** A leaf, with the number of its first column. */
export interface Leaf {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  readonly first: number;
}

export function patternsByElement(
  eager: Eager,
  ops: readonly Origin[],
  leaves: readonly Leaf[],
  wanted: readonly Tensor[],
  sets: Sets,
): (Pattern | null)[] {
  const start = new Map(
    leaves.map(({ tensor, shape, first }) => [tensor.id, Int32Array.from({ length: product(shape) }, (_, i) => sets.single(first + i))]),
  );
  return flow<Pattern>(ops, start, wanted, (step) => through(eager, step, sets));
}

function through(eager: Eager, step: Step<Pattern>, sets: Sets): Pattern {
  const { origin, given, output, reads } = step;
  const y = origin.outputs[output] as Tensor;
  if (reads === 'move') return moved(placesMoved(eager, step), given);
  if (reads === 'adds') return added(placesAdded(eager, step), given[0] ?? null, sizeOf(y), sets);
  let out: Pattern | null = null;
  given.forEach((pattern, i) => {
    const axes = reads[i];
    if (!pattern || !axes) return;
    const found = readThrough(pattern, shapeOf(origin.inputs[i] as Tensor), axes, shapeOf(y), sets);
    out = out ? united(out, found, sets) : found;
  });
  return out ?? new Int32Array(sizeOf(y));
}

function moved(places: Int32Array, given: readonly (Pattern | null)[]): Pattern {
  const present = given.filter((p) => p !== null);
  const joined = new Int32Array(1 + present.reduce((sum, p) => sum + p.length, 0));
  let at = 1;
  for (const pattern of present) {
    joined.set(pattern, at);
    at += pattern.length;
  }
  return places.map((place) => joined[place] as number);
}

function added(places: Int32Array, pattern: Pattern | null, size: number, sets: Sets): Pattern {
  const out = new Int32Array(size);
  if (pattern)
    places.forEach((place, i) => {
      if (place > 0) out[place - 1] = sets.union(out[place - 1] as number, pattern[i] as number);
    });
  return out;
}

/** Neighbours mostly have the same sets: the last union is remembered. */
function united(a: Pattern, b: Pattern, sets: Sets): Pattern {
  let [left, right, both] = [0, 0, 0];
  const out = new Int32Array(a.length);
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x !== left || y !== right) [left, right, both] = [x, y, sets.union(x, y)];
    out[i] = both;
  }
  return out;
}

/** What every element of the output reads of one input. */
function readThrough(pattern: Pattern, shape: readonly number[], axes: readonly AxisReads[], to: readonly number[], sets: Sets): Pattern {
  let now = { pattern, shape };
  now = collapsed(
    now,
    axes.flatMap((reads, axis) => (reads === 'all' ? [axis] : [])),
    sets,
  );
  axes.forEach((reads, axis) => {
    if (reads !== 'all' && reads.window) now = windowed(now, axis, reads.window, to[reads.along] ?? 1, sets);
  });
  const own = stridesOf(now.shape);
  const strides = new Array<number>(to.length).fill(0);
  axes.forEach((reads, axis) => {
    if (reads !== 'all') strides[reads.along] = (strides[reads.along] ?? 0) + (own[axis] ?? 0);
  });
  if (strides.every((stride, i) => stride === stridesOf(to)[i]) && now.pattern.length === product(to)) return now.pattern;
  const out = new Int32Array(product(to));
  walk(to, strides, 0, (at, from) => (out[at] = now.pattern[from] as number));
  return out;
}

interface Shaped {
  readonly pattern: Pattern;
  readonly shape: readonly number[];
}

/** Unions over whole axes, which become 1 long. */
function collapsed(x: Shaped, axes: readonly number[], sets: Sets): Shaped {
  const gone = axes.filter((axis) => (x.shape[axis] ?? 1) !== 1);
  if (gone.length === 0) return x;
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !gone.includes(axis));
  const strides = stridesOf(x.shape);
  const order = [...kept, ...gone];
  const sorted = new Int32Array(x.pattern.length);
  walk(
    order.map((axis) => x.shape[axis] ?? 1),
    order.map((axis) => strides[axis] ?? 0),
    0,
    (to, from) => (sorted[to] = x.pattern[from] as number),
  );
  const width = product(gone.map((axis) => x.shape[axis] ?? 1));
  const out = new Int32Array(width === 0 ? 0 : sorted.length / width);
  for (let i = 0; i < out.length; i++) out[i] = sets.unionOf(sorted, i * width, (i + 1) * width);
  return { pattern: out, shape: x.shape.map((size, axis) => (gone.includes(axis) ? 1 : size)) };
}

/** Unions over windows along one axis, which becomes `size` long. */
function windowed({ pattern, shape }: Shaped, axis: number, window: Window, size: number, sets: Sets): Shaped {
  const length = shape[axis] ?? 1;
  const inner = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const out = new Int32Array(outer * size * inner);
  const list = new Int32Array(window.size);
  for (let to = 0; to < size; to++) {
    const places = placesIn(window, to).filter((place) => place >= 0 && place < length);
    for (let o = 0; o < outer; o++)
      for (let i = 0; i < inner; i++) {
        places.forEach((place, k) => (list[k] = pattern[(o * length + place) * inner + i] as number));
        out[(o * size + to) * inner + i] = sets.unionOf(list, 0, places.length);
      }
  }
  return { pattern: out, shape: shape.map((d, a) => (a === axis ? size : d)) };
}

/** The places along an axis that output place i reads, some of them perhaps out of range. */
export function placesIn({ size, stride, dilation, before, transposed }: Window, i: number): number[] {
  const steps = Array.from({ length: size }, (_, k) => k * dilation - before);
  return transposed === true ? steps.map((step) => (i - step) / stride).filter(Number.isInteger) : steps.map((step) => i * stride + step);
}
