// Elements and rows by lists of places: gather_nd, scatter_nd, and tensors with some places changed. TensorFlow: python/ops/array_grad.py, _GatherNdGrad to _TensorScatterSubGrad.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { intoLast, outOfLast } from './directions.ts';

/** `indices` [..., depth] say where in the first `depth` axes. */
const depthOf = (indices: Shape): number | null => indices?.at(-1) ?? null;

/** x[indices]: rows of x, or elements. */
op('GatherNd', {
  args: ['x', 'indices'],
  dtype: ([x = null]) => x,
  dependence: 'move',
  zeroWhen: [0],
  shape: ([x = null, indices = null]) => {
    const depth = depthOf(indices);
    return x && indices && depth !== null ? [...indices.slice(0, -1), ...x.slice(depth)] : null;
  },
  gradient: ({ x, indices, dy }, o) => [
    indices.shape?.length === 2 && depthOf(indices.shape) === 1
      ? o.apply('_GatherSlices', [dy, o.apply('Squeeze', [indices], { axes: [-1] })], { axis: 0, shape: x.shape })
      : o.apply('ScatterNd', [dy, indices], { shape: x.shape }),
    null,
  ],
  tangent: ({ indices, tangents: [dx] }, o) => [dx ? outOfLast(o.apply('GatherNd', [intoLast(dx, o), indices]), o) : null],
});

/** Zeros of `shape`, with rows added at the places. */
op<'x' | 'indices', { shape: Shape }>('ScatterNd', {
  args: ['x', 'indices'],
  dtype: ([x = null]) => x,
  dependence: 'adds',
  zeroWhen: [0],
  shape: (_, { shape }) => shape,
  gradient: ({ indices, dy }, o) => [o.apply('GatherNd', [dy, indices]), null],
  tangent: ({ indices, tangents: [dx], directions, attributes: { shape } }, o) => [
    dx ? outOfLast(o.apply('ScatterNd', [intoLast(dx, o), indices], { shape: shape && [...shape, directions] }), o) : null,
  ],
});

const changing = {
  args: ['x', 'indices', 'updates'] as const,
  dtype: ([x = null]: readonly (Tensor['dtype'] | undefined)[]) => x,
  shape: ([x = null]: readonly Shape[]) => x,
  zeroWhen: { allOf: [0, 2] },
} as const;
/** Tangents for both, zeros where one is missing, with the directions last. */
function both(x: Tensor, updates: Tensor, dx: Tensor | null, dUpdates: Tensor | null, directions: number, o: Operations): [Tensor, Tensor] {
  const zeros = (t: Tensor): Tensor => o.full(0, t.shape && [...t.shape, directions], t.dtype);
  return [dx ? intoLast(dx, o) : zeros(x), dUpdates ? intoLast(dUpdates, o) : zeros(updates)];
}

/** x with other rows at some places; of rows for one place the last counts. */
op('TensorScatterUpdate', {
  ...changing,
  dependence: 'move',
  gradient: ({ indices, updates, dy }, o) => [
    o.apply('TensorScatterUpdate', [o.identity(dy), indices, o.zerosLike(updates)]),
    null,
    o.apply('GatherNd', [dy, indices]),
  ],
  tangent: ({ x, indices, updates, tangents: [dx = null, , dUpdates = null], directions }, o) => {
    if (!dx && !dUpdates) return [null];
    const [wide, wideUpdates] = both(x, updates, dx, dUpdates, directions, o);
    return [outOfLast(o.apply('TensorScatterUpdate', [wide, indices, wideUpdates]), o)];
  },
});
for (const [name, sign] of [
  ['TensorScatterAdd', 1],
  ['TensorScatterSub', -1],
] as const)
  op(name, {
    ...changing,
    dependence: 'all',
    gradient: ({ indices, dy }, o) => {
      const toUpdates = o.apply('GatherNd', [dy, indices]);
      return [o.identity(dy), null, sign === 1 ? toUpdates : o.neg(toUpdates)];
    },
    tangent: ({ x, indices, updates, tangents: [dx = null, , dUpdates = null], directions }, o) => {
      if (!dx && !dUpdates) return [null];
      const [wide, wideUpdates] = both(x, updates, dx, dUpdates, directions, o);
      return [outOfLast(o.apply(name, [wide, indices, wideUpdates]), o)];
    },
  });

/** Which of x and of the updates are what came out, as numbers, and how many are at each place. */
function chosen(x: Tensor, indices: Tensor, updates: Tensor, y: Tensor, o: Operations): { ofX: Tensor; ofUpdates: Tensor; count: Tensor } {
  const ofX = o.cast(o.equal(x, y), y.dtype);
  const ofUpdates = o.cast(o.equal(updates, o.apply('GatherNd', [y, indices])), y.dtype);
  return { ofX, ofUpdates, count: o.add(ofX, o.apply('ScatterNd', [ofUpdates, indices], { shape: x.shape })) };
}
for (const name of ['TensorScatterMax', 'TensorScatterMin'])
  op(name, {
    ...changing,
    dependence: 'all',
    gradient: ({ x, indices, updates, y, dy }, o) => {
      const { ofX, ofUpdates, count } = chosen(x, indices, updates, y, o);
      return [o.div(o.mul(dy, ofX), count), null, o.mul(o.apply('GatherNd', [o.div(dy, count), indices]), ofUpdates)];
    },
    tangent: ({ x, indices, updates, y, tangents: [dx = null, , dUpdates = null], directions }, o) => {
      const { ofX, ofUpdates, count } = chosen(x, indices, updates, y, o);
      const scattered = dUpdates
        ? outOfLast(
            o.apply('ScatterNd', [intoLast(o.mul(dUpdates, ofUpdates), o), indices], { shape: x.shape && [...x.shape, directions] }),
            o,
          )
        : null;
      const total = o.total([dx ? o.mul(dx, ofX) : null, scattered]);
      return [total && o.div(total, count)];
    },
  });
