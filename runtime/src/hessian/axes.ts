// The sparsity pattern axis by axis, for tensors too large to look at every element: an element at place t along an axis depends on leaf elements near place t along theirs.
import type { Eager } from '../../../core/eager.ts';
import type { AxisReads } from '../../../core/reads.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { product, stridesOf } from '../engine/values.ts';
import type { Leaf } from './elements.ts';
import { flow, placesAdded, placesMoved, shapeOf, type Step } from './places.ts';

/** Along one axis of a leaf: all of it, or from `low` to `high` beside the tensor's own place along `axis`. */
export type Band = 'all' | { readonly axis: number; readonly low: number; readonly high: number };
/** For every leaf, axis by axis; null where the tensor does not depend on it. */
export type Bands = readonly (readonly Band[] | null)[];

export function patternsByAxis(eager: Eager, ops: readonly Origin[], leaves: readonly Leaf[], wanted: readonly Tensor[]): (Bands | null)[] {
  const start = new Map(
    leaves.map(({ tensor, shape }, own) => [
      tensor.id,
      leaves.map((_, i): readonly Band[] | null => (i === own ? shape.map((_size, axis) => ({ axis, low: 0, high: 0 })) : null)),
    ]),
  );
  return flow<Bands>(ops, start, wanted, (step) => through(eager, step));
}

function through(eager: Eager, step: Step<Bands>): Bands {
  const { origin, given, output, reads } = step;
  const y = origin.outputs[output] as Tensor;
  const found =
    reads === 'move'
      ? neighboursMoved(placesMoved(eager, step), origin, given, shapeOf(y))
      : reads === 'adds'
        ? [neighboursAdded(placesAdded(eager, step), shapeOf(origin.inputs[0] as Tensor), shapeOf(y))]
        : reads.map((axes, i) => axes && axes.map((axis) => neighbours(axis, shapeOf(origin.inputs[i] as Tensor))));
  let out: Bands | null = null;
  given.forEach((bands, i) => {
    const axes = found[i];
    if (!bands || !axes) return;
    const passed = bands.map((list) => list && list.map((band) => pass(band, axes)));
    out = out ? united(out, passed) : passed;
  });
  return out ?? (given.find((bands) => bands !== null) ?? []).map(() => null);
}

/** Along one axis of an input, what an output element reads: all, or around its own place along one of its axes. */
type Neighbours = Band;

const pass = (band: Band, axes: readonly Neighbours[]): Band => {
  if (band === 'all') return 'all';
  const reads = axes[band.axis] ?? 'all';
  return reads === 'all' ? 'all' : { axis: reads.axis, low: band.low + reads.low, high: band.high + reads.high };
};

const united = (a: Bands, b: Bands): Bands =>
  a.map((list, leaf) => {
    const other = b[leaf] ?? null;
    return list && other ? list.map((band, axis) => unitedBand(band, other[axis] ?? 'all')) : (list ?? other);
  });
const unitedBand = (a: Band, b: Band): Band =>
  a === 'all' || b === 'all' || a.axis !== b.axis ? 'all' : { axis: a.axis, low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };

function neighbours(reads: AxisReads, _shape: readonly number[]): Neighbours {
  if (reads === 'all') return 'all';
  const { along, window } = reads;
  if (!window) return { axis: along, low: 0, high: 0 };
  if (window.stride !== 1) return 'all';
  const last = (window.size - 1) * window.dilation;
  return window.transposed === true
    ? { axis: along, low: window.before - last, high: window.before }
    : { axis: along, low: -window.before, high: last - window.before };
}

/** Of a move: how far places in the inputs lie from those in the output. */
function neighboursMoved(
  places: Int32Array,
  origin: Origin,
  given: readonly (Bands | null)[],
  to: readonly number[],
): (readonly Neighbours[] | null)[] {
  let first = 1;
  return origin.inputs.map((t, i) => {
    if (given[i] === null) return null;
    const shape = shapeOf(t);
    const begin = first;
    const end = (first += product(shape));
    const distances = new Distances(shape, to);
    for (let at = 0; at < places.length; at++) {
      const place = places[at] as number;
      if (place >= begin && place < end) distances.note(place - begin, at);
    }
    return distances.nearest();
  });
}

function neighboursAdded(places: Int32Array, from: readonly number[], to: readonly number[]): readonly Neighbours[] {
  const distances = new Distances(from, to);
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number;
    if (place > 0) distances.note(at, place - 1);
  }
  return distances.nearest();
}

/** How far, at least and at most, places along each axis of one shape lie beyond those along each axis of another. */
class Distances {
  private readonly strides: readonly number[];
  private readonly otherStrides: readonly number[];
  private readonly low: Int32Array;
  private readonly high: Int32Array;

  constructor(
    private readonly shape: readonly number[],
    private readonly other: readonly number[],
  ) {
    this.strides = stridesOf(shape);
    this.otherStrides = stridesOf(other);
    this.low = new Int32Array(shape.length * other.length).fill(2 ** 31 - 1);
    this.high = new Int32Array(shape.length * other.length).fill(-(2 ** 31));
  }

  note(place: number, other: number): void {
    const { shape, low, high } = this;
    const rank = this.other.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const at = Math.floor(place / (this.strides[axis] as number)) % (shape[axis] as number);
      for (let along = 0; along < rank; along++) {
        const distance = at - (Math.floor(other / (this.otherStrides[along] as number)) % (this.other[along] as number));
        const i = axis * rank + along;
        if (distance < (low[i] as number)) low[i] = distance;
        if (distance > (high[i] as number)) high[i] = distance;
      }
    }
  }

  /** For each axis, the other's axis that its places stay nearest to. */
  nearest(): Neighbours[] {
    const rank = this.other.length;
    return this.shape.map((size, axis) => {
      let best: Neighbours = 'all';
      let width = size;
      for (let along = 0; along < rank; along++) {
        const [low, high] = [this.low[axis * rank + along] as number, this.high[axis * rank + along] as number];
        if (low <= high && high - low + 1 < width) {
          best = { axis: along, low, high };
          width = high - low + 1;
        }
      }
      return best;
    });
  }
}
