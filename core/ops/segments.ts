// Reductions over rows that share a number. TensorFlow: python/ops/math_grad.py, _SegmentSumGrad to _UnsortedSegmentProdGrad.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { intoLast, outOfLast } from './directions.ts';

/** `rows`: how many segments there are. The numbers of sorted segments have one axis; those of unsorted ones are of any shape, and rows below zero are left out. */
interface Segments {
  readonly rows: Dimension;
}
const KINDS = [
  { prefix: 'Segment', unsorted: false },
  { prefix: 'UnsortedSegment', unsorted: true },
] as const;

const segmented = ([x = null, ids = null]: readonly Shape[], { rows }: Segments): Shape => x && ids && [rows, ...x.slice(ids.length)];

for (const { prefix, unsorted } of KINDS) {
  const shared = {
    args: ['x', 'ids'] as const,
    dtype: ([x = null]: readonly (Tensor['dtype'] | undefined)[]) => x,
    shape: segmented,
  } as const;
  /** The rows of each segment's own: zeros for those that are left out. */
  const perRow = (y: Tensor, ids: Tensor, o: Operations): Tensor => {
    if (!unsorted) return o.apply('GatherV2', [y, ids], { axis: 0 });
    const rows = o.apply('GatherV2', [y, o.maximum(ids, o.zerosLike(ids))], { axis: 0 });
    return o.select(o.broadcastTo(isKept(ids, rows, o), rows.shape), rows, o.zerosLike(rows));
  };
  const isKept = (ids: Tensor, like: Tensor, o: Operations): Tensor => {
    const missing = (like.shape?.length ?? 0) - (ids.shape?.length ?? 0);
    const kept = o.greaterEqual(ids, 0);
    return o.reshape(kept, ids.shape && [...ids.shape, ...Array.from({ length: missing }, () => 1)]);
  };
  const sum = (x: Tensor, ids: Tensor, segments: Segments, o: Operations): Tensor => o.apply(`${prefix}Sum`, [x, ids], segments);
  /** A tangent [k, …] through what is linear in its rows. */
  const linear = (dx: Tensor, through: (t: Tensor) => Tensor, o: Operations): Tensor => outOfLast(through(intoLast(dx, o)), o);

  op<'x' | 'ids', Segments>(`${prefix}Sum`, {
    ...shared,
    dependence: 'adds',
    zeroWhen: [0],
    gradient: ({ ids, dy }, o) => [perRow(dy, ids, o), null],
    tangent: ({ ids, tangents: [dx], attributes }, o) => [dx ? linear(dx, (t) => sum(t, ids, attributes, o), o) : null],
  });

  if (!unsorted)
    op<'x' | 'ids', Segments>('SegmentMean', {
      ...shared,
      dependence: 'all',
      zeroWhen: [0],
      gradient: ({ x, ids, dy, attributes }, o) => {
        const ones = o.full(1, ids.shape && x.shape && [...ids.shape, ...x.shape.slice(1).map(() => 1)], dy.dtype);
        return [perRow(o.div(dy, sum(ones, ids, attributes, o)), ids, o), null];
      },
      tangent: ({ ids, tangents: [dx], attributes }, o) => [dx ? linear(dx, (t) => o.apply('SegmentMean', [t, ids], attributes), o) : null],
    });

  for (const name of [`${prefix}Max`, `${prefix}Min`])
    op<'x' | 'ids', Segments>(name, {
      ...shared,
      dependence: 'all',
      zeroWhen: 'never',
      gradient: ({ x, ids, y, dy, attributes }, o) => {
        const isSelected = selected(x, ids, y, o);
        const count = sum(o.cast(isSelected, dy.dtype), ids, attributes, o);
        const rows = perRow(o.div(dy, count), ids, o);
        return [o.select(isSelected, rows, o.zerosLike(rows)), null];
      },
      tangent: ({ x, ids, y, tangents: [dx], attributes }, o) => {
        if (!dx) return [null];
        const weights = o.cast(selected(x, ids, y, o), dx.dtype);
        const count = sum(weights, ids, attributes, o);
        return [
          o.divNoNan(
            linear(o.mul(dx, weights), (t) => sum(t, ids, attributes, o), o),
            count,
          ),
        ];
      },
    });
  const selected = (x: Tensor, ids: Tensor, y: Tensor, o: Operations): Tensor => {
    const found = o.equal(x, perRow(y, ids, o));
    return unsorted ? o.logicalAnd(found, o.broadcastTo(isKept(ids, found, o), found.shape)) : found;
  };

  op<'x' | 'ids', Segments>(`${prefix}Prod`, {
    ...shared,
    dependence: 'all',
    zeroWhen: 'never',
    gradient: ({ x, ids, y, dy, attributes }, o) => {
      const isZero = o.equal(x, 0);
      const zeros = sum(o.cast(isZero, 'int32'), ids, attributes, o);
      const kept = o.select(o.greater(zeros, 1), o.zerosLike(dy), dy);
      const nonzero = o.select(isZero, o.onesLike(x), x);
      const others = o.apply(`${prefix}Prod`, [nonzero, ids], attributes);
      const within = unsorted ? o.maximum(ids, o.zerosLike(ids)) : ids;
      const row = (t: Tensor): Tensor => o.apply('GatherV2', [t, within], { axis: 0 });
      // Unsorted segments divide by the element itself, zero or not.
      const partial = o.select(isZero, row(others), o.div(row(y), unsorted ? x : nonzero));
      return [o.mul(perRow(kept, ids, o), partial), null];
    },
    tangent: ({ x, ids, y, tangents: [dx], attributes }, o) => {
      if (!dx) return [null];
      const within = unsorted ? o.maximum(ids, o.zerosLike(ids)) : ids;
      const partial = o.div(o.apply('GatherV2', [y, within], { axis: 0 }), x);
      return [linear(o.mul(dx, partial), (t) => sum(t, ids, attributes, o), o)];
    },
  });
}
