// Many directions at once through ops that have no axis for them: a tangent's leading axis is folded into the batch or into the channels, and taken out again.
import type { Operations } from '../operations.ts';
import { isKnown } from '../shape.ts';
import type { Dimension, Tensor } from '../tensor.ts';

const product = (list: readonly Dimension[]): Dimension => list.reduce<Dimension>((a, b) => (a === null || b === null ? null : a * b), 1);

/** [k, n, …] → [k·n, …]. */
export function intoBatch(tangent: Tensor, o: Operations): Tensor {
  const { shape } = tangent;
  return shape === null ? tangent : o.reshape(tangent, [product(shape.slice(0, 2)), ...shape.slice(2)]);
}
/** [k·n, …] → [k, n, …]. */
export function outOfBatch(y: Tensor, directions: number, o: Operations): Tensor {
  const { shape } = y;
  if (shape === null) return y;
  const [first = null, ...rest] = shape;
  return o.reshape(y, [directions, first === null ? null : first / directions, ...rest]);
}

/** [k, …] → […] where the axis (counted without k, from the front) has become k times as long, the directions outermost in it. */
export function intoAxis(tangent: Tensor, axis: number, o: Operations): Tensor {
  const { shape } = tangent;
  if (!isKnown(shape)) return tangent;
  const [directions = 1, ...rest] = shape;
  const order = [...rest.slice(0, axis).map((_, i) => i + 1), 0, ...rest.slice(axis).map((_, i) => i + 1 + axis)];
  return o.reshape(
    o.transpose(tangent, order),
    rest.map((d, i) => (i === axis ? d * directions : d)),
  );
}
/** The way back: an axis of k·d becomes k outermost and d. `inner`: how many elements of the axis lie within one direction, where others lie outside it. */
export function outOfAxis(y: Tensor, axis: number, directions: number, o: Operations, inner?: number): Tensor {
  const { shape } = y;
  if (!isKnown(shape)) return y;
  const own = (shape[axis] ?? 1) / directions;
  const within = inner ?? own;
  const split = [...shape.slice(0, axis), own / within, directions, within, ...shape.slice(axis + 1)];
  const order = [axis + 1, ...split.map((_, i) => i).filter((i) => i !== axis + 1)];
  return o.reshape(o.transpose(o.reshape(y, split), order), [directions, ...shape.slice(0, axis), own, ...shape.slice(axis + 1)]);
}

/** The same tensor for every direction, in the batch: [n, …] → [k·n, …]. */
export function repeatedBatch(x: Tensor, directions: number, o: Operations): Tensor {
  return x.shape === null ? x : o.tile(x, [directions, ...x.shape.slice(1).map(() => 1)]);
}
/** The same for every direction along an axis. */
export const repeatedAxis = (x: Tensor, axis: number, directions: number, o: Operations): Tensor =>
  x.shape === null
    ? x
    : o.tile(
        x,
        x.shape.map((_, i) => (i === axis ? directions : 1)),
      );

/** [k, …] → […, k]: for ops that leave the last axes alone. */
export const intoLast = (tangent: Tensor, o: Operations): Tensor =>
  tangent.shape === null ? tangent : o.transpose(tangent, [...tangent.shape.slice(1).map((_, i) => i + 1), 0]);
/** […, k] → [k, …]. */
export const outOfLast = (y: Tensor, o: Operations): Tensor => {
  const rank = y.shape?.length;
  return rank === undefined ? y : o.transpose(y, [rank - 1, ...Array.from({ length: rank - 1 }, (_, i) => i)]);
};
