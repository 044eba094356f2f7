// Ops that move elements and do not compute. Each is linear, so its tangent is the op itself with its axes one further on. TensorFlow: python/ops/array_grad.py.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { broadcast, isKnown, normalizeAxis, OpError, reshape as reshaped, show, sizeOf, surelyEqual, Undetermined } from '../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../tensor.ts';
import { intoLast, outOfLast } from './directions.ts';

const moving = { args: ['x'] as const, dtype: 'same', dependence: 'move', zeroWhen: 'any' } as const;

const axisIn = (shape: Shape, axis: number): number => (shape === null ? axis : normalizeAxis(axis, shape.length));
/** An axis of x as an axis of its tangent; a negative axis stays. */
const shifted = (axis: number): number => (axis < 0 ? axis : axis + 1);

op<'x', { shape: Shape }>('Reshape', {
  ...moving,
  shape: ([x = null], { shape }) => reshaped(x, shape),
  gradient: ({ x, dy }, o) => [o.reshapeLike(dy, x)],
  tangent: ({ y, tangents: [dx], directions }, o) => [dx ? o.reshape(dx, y.shape && [directions, ...y.shape]) : null],
});

/** `permutation` null reverses the axes; undefined is not known. */
op<'x', { permutation: readonly number[] | null | undefined }>('Transpose', {
  ...moving,
  shape: ([x = null], { permutation }) => {
    if (x === null || permutation === undefined) return null;
    if (permutation === null) return [...x].reverse();
    if (permutation.length !== x.length)
      throw new OpError(
        'InvalidArgumentError',
        `transpose expects a vector of size ${x.length}. But input(1) is a vector of size ${permutation.length}`,
      );
    return permutation.map((p) => x[p] ?? null);
  },
  gradient: ({ dy, attributes: { permutation } }, o) => [
    o.transpose(dy, permutation === undefined ? null : permutation && permutation.map((_, i) => permutation.indexOf(i))),
  ],
  tangent: ({ x, tangents: [dx], attributes: { permutation } }, o) => {
    const order = permutation ?? x.shape?.map((_, i, all) => all.length - 1 - i) ?? [];
    return [dx ? o.transpose(dx, [0, ...order.map((p) => p + 1)]) : null];
  },
});

/** ExpandDims and Squeeze only rename axes. `axes` of Squeeze: null squeezes all ones. */
op<'x', { axis: number }>('ExpandDims', {
  ...moving,
  shape: ([x = null], { axis }) => {
    if (x === null) return null;
    const at = normalizeAxis(axis, x.length + 1);
    return [...x.slice(0, at), 1, ...x.slice(at)];
  },
  gradient: ({ x, dy }, o) => [o.reshapeLike(dy, x)],
  tangent: ({ y, tangents: [dx], directions }, o) => [dx ? o.reshape(dx, y.shape && [directions, ...y.shape]) : null],
});
op<'x', { axes: readonly number[] | null }>('Squeeze', {
  ...moving,
  shape: ([x = null], { axes }) => {
    if (x === null) return null;
    if (axes === null) return x.some((d) => d === null) ? null : x.filter((d) => d !== 1);
    const gone = new Set(axes.map((a) => normalizeAxis(a, x.length)));
    for (const a of gone)
      if ((x[a] ?? 1) !== 1) throw new OpError('InvalidArgumentError', `Can not squeeze dim[${a}], expected a dimension of 1, got ${x[a]}`);
    return x.filter((_, i) => !gone.has(i));
  },
  gradient: ({ x, dy }, o) => [o.reshapeLike(dy, x)],
  tangent: ({ y, tangents: [dx], directions }, o) => [dx ? o.reshape(dx, y.shape && [directions, ...y.shape]) : null],
});

op<'x', { shape: Shape }>('BroadcastTo', {
  ...moving,
  shape: (_, { shape }) => shape,
  gradient: ({ x, dy }, o) => [o.unbroadcast(dy, x.shape)],
  tangent: ({ x, y, tangents: [dx], directions }, o) => [dx ? o.spread(o.align(dx, x.shape, y.shape), directions, y.shape) : null],
});

const sizesAlong = (list: readonly Tensor[], axis: number): Dimension[] =>
  list.map((t) => (t.shape ? (t.shape[axisIn(t.shape, axis)] ?? null) : null));

/**
 * `output_gradients` of another shape than the target's, where only a kernel finds that out: in a graph when it runs, and only where somebody uses what comes of it. What never runs is
 * given shapes that are not its own.
 */
function refuseInGraph(dy: Tensor, y: Tensor, o: Operations): void {
  if (o.eager.inGraph && o.eager.neverRun === 0 && isKnown(dy.shape) && isKnown(y.shape) && !surelyEqual(dy.shape, y.shape))
    throw new Undetermined('output gradients of another shape than the target, in a graph');
}

op<'list…', { axis: number }>('ConcatV2', {
  args: ['list…'],
  dtype: 'same',
  dependence: 'move',
  zeroWhen: 'all',
  shape: (shapes, { axis }) => {
    const first = shapes.find((s) => s !== null) ?? null;
    if (first === null || shapes.some((s) => s === null)) return null;
    const at = normalizeAxis(axis, first.length);
    for (const s of shapes)
      if (s?.length !== first.length || s.some((d, i) => i !== at && d !== null && first[i] !== null && d !== first[i]))
        throw new OpError(
          'InvalidArgumentError',
          `ConcatOp : Dimension ${at} in both shapes must be equal: shape[0] = ${show(first)} vs. shape[1] = ${show(s ?? null)}`,
        );
    return first.map((d, i) => (i === at ? shapes.reduce<Dimension>((sum, s) => addDimensions(sum, s?.[at] ?? null), 0) : d));
  },
  gradient: ({ inputs, y, dy, attributes: { axis } }, o) => {
    refuseInGraph(dy, y, o);
    const sizes = sizesAlong(inputs, axis);
    const kept = (part: Tensor): Tensor => (dy.indexedSlices ? o.apply('_AsSlices', [part]) : part);
    if (!isKnown(sizes) || !isKnown(dy.shape)) return inputs.map((x) => kept(o.apply('_Part', [dy], { shape: x.shape })));
    const at = axisIn(dy.shape, axis);
    let offset = 0;
    return inputs.map((x, i) => {
      const begin = (dy.shape ?? []).map((_, a) => (a === at ? offset : 0));
      offset += sizes[i] ?? 0;
      return kept(o.slice(dy, begin, isKnown(x.shape) ? x.shape : []));
    });
  },
  tangent: ({ inputs, tangents, directions, attributes: { axis } }, o) => [
    o.concat(
      inputs.map((x, i) => tangents[i] ?? o.full(0, x.shape && [directions, ...x.shape], x.dtype)),
      shifted(axis),
    ),
  ],
});
const addDimensions = (a: Dimension, b: Dimension): Dimension => (a === null || b === null ? null : a + b);

/** The part of an upstream gradient that belongs to one of several inputs whose places the analyzer does not know. */
op<'x', { shape: Shape }>('_Part', {
  ...moving,
  shape: (_, { shape }) => shape,
  gradient: ({ x, dy }, o) => [o.apply('_Part', [dy], { shape: x.shape })],
  tangent: 'none',
});

/**
 * What is read out of a list (`tf.TensorArray` in a graph, which keeps its elements in a variant). Its gradient asks the list how many elements it has: to a function or a loop
 * around it, the list is something that its gradient reads. TensorFlow: python/ops/list_ops.py, _TensorListGetItemGrad.
 */
op<'list'>('_FromList', {
  ...moving,
  args: ['list'],
  shape: ([list = null]) => list,
  gradient: ({ list, dy }, o) => {
    o.apply('Shape', [list], { dtype: 'int32' });
    return [o.apply('_IntoList', [dy])];
  },
  tangent: ({ tangents: [dx = null] }) => [dx],
});
/** A list of the rows of a tensor. TensorFlow: python/ops/list_ops.py, _TensorListFromTensorGrad. */
op<'x'>('_AsList', {
  ...moving,
  shape: ([x = null]) => x,
  gradient: ({ dy }) => [dy],
  tangent: ({ tangents: [dx = null] }) => [dx],
});
/** What is put into a list. TensorFlow: python/ops/list_ops.py, _TensorListSetItemGrad. */
op<'x'>('_IntoList', {
  ...moving,
  shape: ([x = null]) => x,
  gradient: ({ dy }, o) => [o.apply('_FromList', [dy])],
  tangent: ({ tangents: [dx = null] }) => [dx],
});

/** What many elements are kept in, one of them put in a place that the analyzer does not know (`tf.TensorArray.write` in a graph). */
op<'list' | 'item'>('_Write', {
  args: ['list', 'item'],
  dtype: 'same',
  dependence: 'move',
  zeroWhen: 'all',
  shape: ([list]) => list ?? null,
  gradient: ({ item, dy }, o) => [dy, o.apply('_Part', [dy], { shape: item.shape })],
  tangent: 'none',
});

/** `tf.stack`. */
op<'list…', { axis: number }>('Pack', {
  args: ['list…'],
  dtype: 'same',
  dependence: 'move',
  zeroWhen: 'all',
  shape: (shapes, { axis }) => {
    const one = shapes.reduce<Shape>((a, b) => a ?? b, null);
    if (one === null) return null;
    for (const s of shapes)
      if (s && (s.length !== one.length || s.some((d, i) => d !== null && one[i] !== null && d !== one[i])))
        throw new OpError(
          'InvalidArgumentError',
          `Shapes of all inputs must match: values[0].shape = ${show(one)} != values[1].shape = ${show(s)}`,
        );
    const at = normalizeAxis(axis, one.length + 1);
    return [...one.slice(0, at), shapes.length, ...one.slice(at)];
  },
  gradient: ({ inputs, dy, attributes: { axis } }, o) => o.unstack(dy, axis, inputs.length),
  tangent: ({ inputs, tangents, directions, attributes: { axis } }, o) => [
    o.stack(
      inputs.map((x, i) => tangents[i] ?? o.full(0, x.shape && [directions, ...x.shape], x.dtype)),
      shifted(axis),
    ),
  ],
});
/** `tf.unstack`. */
op<'x', { axis: number; count: number }>('Unpack', {
  ...moving,
  outputs: ({ count }) => count,
  shape: ([x = null], { axis, count }) => {
    const at = x && normalizeAxis(axis, x.length);
    const one = x && x.filter((_, i) => i !== at);
    return count === 1 ? one : Array.from({ length: count }, () => one);
  },
  gradient: ({ upstream, attributes: { axis } }, o) => [o.stack(upstream, axis)],
  tangent: ({ tangents: [dx], attributes: { axis, count } }, o) =>
    dx ? o.unstack(dx, shifted(axis), count) : Array.from({ length: count }, () => null),
});
/** `sizes` along the axis. */
op<'x', { axis: number; sizes: readonly Dimension[] }>('SplitV', {
  ...moving,
  outputs: ({ sizes }) => sizes.length,
  shape: ([x = null], { axis, sizes }) => {
    const parts = sizes.map((size) => x && x.map((d, i) => (i === normalizeAxis(axis, x.length) ? size : d)));
    return parts.length === 1 ? (parts[0] ?? null) : parts;
  },
  gradient: ({ upstream, attributes: { axis } }, o) => [o.concat(upstream, axis)],
  tangent: ({ tangents: [dx], attributes: { axis, sizes } }, o) =>
    dx ? o.eager.apply('SplitV', [dx], { axis: shifted(axis), sizes }) : sizes.map(() => null),
});

/** x[begin : begin + size] along every axis. */
op<'x', { begin: readonly number[]; size: readonly Dimension[] }>('Slice', {
  ...moving,
  shape: ([x = null], { begin, size }) => {
    x?.forEach((d, i) => {
      if (d !== null && (begin[i] ?? 0) + Math.max(size[i] ?? 0, 0) > d)
        throw new OpError('InvalidArgumentError', `Expected size[${i}] in [0, ${d - (begin[i] ?? 0)}], but got ${size[i]}`);
    });
    return size.map((s, i) => (s === -1 ? subtractDimensions(x?.[i] ?? null, begin[i] ?? 0) : s));
  },
  gradient: ({ x, y, dy, attributes: { begin } }, o) => [
    isKnown(x.shape) && isKnown(y.shape)
      ? o.pad(
          dy,
          x.shape.map((d, i) => [begin[i] ?? 0, d - (begin[i] ?? 0) - (y.shape?.[i] ?? 0)] as const),
        )
      : o.apply('_Part', [dy], { shape: x.shape }),
  ],
  tangent: ({ tangents: [dx], directions, attributes: { begin, size } }, o) => [
    dx ? o.apply('Slice', [dx], { begin: [0, ...begin], size: [directions, ...size] }) : null,
  ],
});
const subtractDimensions = (a: Dimension, b: number): Dimension => (a === null ? null : a - b);

/** One axis of a basic index, made positive: `start`, `stop` and `step` of a slice, or an index whose axis disappears, or a new axis. */
export type Index =
  | { readonly kind: 'slice'; readonly start: number; readonly size: Dimension; readonly step: number }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'new axis' };

/** A slice `lower:upper:step` of an axis, as Python clips it to what there is; a step of zero has no meaning. */
export function slicePart(size: Dimension, lower: number | undefined, upper: number | undefined, step = 1): Index | null {
  if (step === 0) return null;
  if (size === null)
    return lower === undefined && upper === undefined && step === 1
      ? { kind: 'slice', start: 0, size: null, step }
      : { kind: 'slice', start: Math.max(lower ?? 0, 0), size: null, step };
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const clip = (n: number): number => Math.min(most, Math.max(least, n < 0 ? n + size : n));
  const from = lower === undefined ? (step > 0 ? 0 : size - 1) : clip(lower);
  const to = upper === undefined ? (step > 0 ? size : -1) : clip(upper);
  const count = Math.max(0, Math.ceil((to - from) / step));
  return { kind: 'slice', start: count === 0 ? 0 : from, size: count, step };
}

const indexedShape = (x: Shape, indices: readonly Index[]): Shape => {
  const out: Dimension[] = [];
  let axis = 0;
  for (const index of indices) {
    if (index.kind === 'new axis') out.push(1);
    else {
      const d = x?.[axis++] ?? null;
      if (index.kind === 'slice') out.push(index.size);
      else if (d !== null && (index.at >= d || index.at < -d))
        throw new OpError('InvalidArgumentError', `slice index ${index.at} of dimension ${axis - 1} out of bounds.`);
    }
  }
  return x && [...out, ...x.slice(axis)];
};
const everything = (directions: number): Index => ({ kind: 'slice', start: 0, size: directions, step: 1 });

/** `x[1:3, 0, tf.newaxis]`; axes that `indices` does not reach are whole. */
op<'x', { indices: readonly Index[] }>('StridedSlice', {
  ...moving,
  shape: ([x = null], { indices }) => indexedShape(x, indices),
  gradient: ({ x, y, dy, attributes: { indices } }, o) => {
    refuseInGraph(dy, y, o);
    return [o.apply('StridedSliceGrad', [dy], { indices, shape: x.shape })];
  },
  tangent: ({ tangents: [dx], directions, attributes: { indices } }, o) => [
    dx ? o.apply('StridedSlice', [dx], { indices: [everything(directions), ...indices] }) : null,
  ],
});
/** Zeros of `shape`, with x at the places that the slice takes. */
op<'x', { indices: readonly Index[]; shape: Shape }>('StridedSliceGrad', {
  ...moving,
  shape: ([x = null], { indices, shape }) => {
    const slice = indexedShape(shape, indices);
    // `output_gradients` of another shape than the target's come as far as this.
    if (isKnown(x) && isKnown(slice) && show(x) !== show(slice))
      throw new OpError('InvalidArgumentError', `shape of dy was ${show(x)} instead of ${show(slice)}`);
    return shape;
  },
  gradient: ({ dy, attributes: { indices } }, o) => [o.apply('StridedSlice', [dy], { indices })],
  tangent: ({ tangents: [dx], directions, attributes: { indices, shape } }, o) => [
    dx
      ? o.apply('StridedSliceGrad', [dx], { indices: [everything(directions), ...indices], shape: shape && [directions, ...shape] })
      : null,
  ],
});

type Paddings = readonly (readonly [number, number])[];
op<'x', { paddings: Paddings; value: number }>('PadV2', {
  ...moving,
  zeroWhen: 'never',
  shape: ([x = null], { paddings }) => x && x.map((d, i) => (d === null ? null : d + (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0))),
  gradient: ({ x, dy, attributes: { paddings } }, o) => [
    isKnown(x.shape)
      ? o.slice(
          dy,
          paddings.map(([before]) => before),
          x.shape,
        )
      : o.apply('_Part', [dy], { shape: x.shape }),
  ],
  tangent: ({ tangents: [dx], attributes: { paddings } }, o) => [dx ? o.pad(dx, [[0, 0], ...paddings]) : null],
});

op<'x', { multiples: readonly number[] }>('Tile', {
  ...moving,
  shape: ([x = null], { multiples }) => x && x.map((d, i) => (d === null ? null : d * (multiples[i] ?? 1))),
  gradient: ({ x, dy, attributes: { multiples } }, o) => {
    if (!isKnown(x.shape)) return [o.apply('_Part', [dy], { shape: x.shape })];
    const split = x.shape.flatMap((d, i) => [multiples[i] ?? 1, d]);
    return [
      o.sum(
        o.reshape(dy, split),
        x.shape.map((_, i) => 2 * i),
      ),
    ];
  },
  tangent: ({ tangents: [dx], attributes: { multiples } }, o) => [dx ? o.tile(dx, [1, ...multiples]) : null],
});

/** `axes`: which to reverse, counted from 0. */
op<'x', { axes: readonly number[] }>('ReverseV2', {
  ...moving,
  shape: ([x = null]) => x,
  gradient: ({ dy, attributes }, o) => [o.apply('ReverseV2', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes: { axes } }, o) => [dx ? o.apply('ReverseV2', [dx], { axes: axes.map((a) => a + 1) }) : null],
});

/** Along an axis counted from 0; the first `batch` axes of x and of the indices go together. */
interface Gathering {
  readonly axis: number;
  readonly batch?: number;
}
const gathered = (x: Shape, indices: Shape, { axis, batch = 0 }: Gathering): Shape =>
  x && indices && [...x.slice(0, axis), ...indices.slice(batch), ...x.slice(axis + 1)];

/** `tf.gather`. Along the first axis TensorFlow's gradient is an IndexedSlices. */
op<'x' | 'indices', Gathering>('GatherV2', {
  args: ['x', 'indices'],
  dtype: ([x = null]) => x,
  dependence: 'move',
  zeroWhen: [0],
  shape: ([x = null, indices = null], gathering) => gathered(x, indices, gathering),
  gradient: ({ x, indices, dy, attributes }, o) => {
    const count = sizeOf(indices.shape);
    const isRows = indices.shape?.length === 1 || count === null || x.shape === null || attributes.axis !== 0;
    const rows = isRows ? [dy, indices] : [o.reshape(dy, [count, ...x.shape.slice(1)]), o.reshape(indices, [count])];
    return [o.apply(attributes.axis === 0 ? '_GatherSlices' : '_GatherGrad', rows, { ...attributes, shape: x.shape }), null];
  },
  tangent: ({ indices, tangents: [dx], attributes }, o) => {
    if (!dx) return [null];
    if (attributes.batch) return [outOfLast(o.apply('GatherV2', [intoLast(dx, o), indices], attributes), o)];
    return [o.apply('GatherV2', [dx, indices], { axis: attributes.axis + 1 })];
  },
});
/** Adds the rows of an upstream gradient to zeros of `shape` at the indices' places. */
for (const [name, indexedSlices] of [
  ['_GatherSlices', true],
  ['_GatherGrad', false],
] as const)
  op<'x' | 'indices', Gathering & { shape: Shape }>(name, {
    args: ['x', 'indices'],
    dtype: ([x = null]) => x,
    dependence: 'adds',
    zeroWhen: [0],
    indexedSlices,
    shape: (_, { shape }) => shape,
    gradient: ({ indices, dy, attributes: { axis, batch = 0 } }, o) => [o.apply('GatherV2', [dy, indices], { axis, batch }), null],
    tangent: ({ indices, tangents: [dx], directions, attributes }, o) => {
      if (!dx) return [null];
      const { axis, shape, batch } = attributes;
      if (!batch) return [o.apply('_GatherGrad', [dx, indices], { axis: axis + 1, shape: shape && [directions, ...shape] })];
      const longer = { ...attributes, shape: shape && [...shape, directions] };
      return [outOfLast(o.apply('_GatherGrad', [intoLast(dx, o), indices], longer), o)];
    },
  });

/** One value everywhere, in a shape. */
op<'value', { shape: Shape }>('Fill', {
  args: ['value'],
  shape: (_, { shape }) => shape,
  dtype: 'same',
  dependence: 'move',
  zeroWhen: 'any',
  gradient: ({ dy }, o) => [o.sum(dy)],
  tangent: ({ y, tangents: [dx], directions }, o) => [dx ? o.spread(o.align(dx, [], y.shape), directions, y.shape) : null],
});

// ------------------------------------------------------------------------------------------------ of shapes and indices, without gradients

const silent = { zeroWhen: 'never', gradient: 'none', tangent: 'none', dependence: 'all' } as const;
op<'x', { dtype: DType }>('Shape', {
  args: ['x'],
  shape: ([x = null]) => [x ? x.length : null],
  dtype: (_, { dtype }) => dtype,
  ...silent,
});
op<'x', { dtype: DType }>('Size', { args: ['x'], shape: () => [], dtype: (_, { dtype }) => dtype, ...silent });
op('Rank', { args: ['x'], shape: () => [], dtype: 'int32', ...silent });
op<'indices', { depth: number | null; dtype: DType; on: number; off: number }>('OneHot', {
  args: ['indices'],
  shape: ([indices = null], { depth }) => indices && [...indices, depth],
  dtype: (_, { dtype }) => dtype,
  ...silent,
});
/** start, limit, delta as scalars. */
op<'start' | 'limit' | 'delta', { count: number | null }>('Range', {
  args: ['start', 'limit', 'delta'],
  shape: (_, { count }) => [count],
  dtype: 'same',
  ...silent,
});

/** The `count` largest along the last axis, and where they were. Linear in x for its order, and so for its gradient (TensorFlow: _TopKGrad). */
op<'x', { count: number }>('TopKV2', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null], { count }) => [x && [...x.slice(0, -1), count], x && [...x.slice(0, -1), count]],
  dtype: ([x = null]) => [x, 'int32'],
  dependence: 'adds',
  zeroWhen: 'never',
  gradient: ({ x, outputs: [, places = x], dy }, o) => [o.apply('_ScatterLast', [dy, places], { size: x.shape?.at(-1) ?? null })],
  tangent: ({ y, outputs: [, places = y], tangents: [dx] }, o) => [dx ? o.apply('_GatherLast', [dx, places]) : null, null],
});
/** x at places along its last axis; leading axes broadcast. */
op('_GatherLast', {
  args: ['x', 'places'],
  shape: ([x = null, places = null]) => x && places && [...x.slice(0, -1), places.at(-1) ?? null],
  dtype: ([x = null]) => x,
  dependence: 'move',
  zeroWhen: [0],
  gradient: ({ x, places, dy }, o) => [o.apply('_ScatterLast', [dy, places], { size: x.shape?.at(-1) ?? null }), null],
  tangent: ({ places, tangents: [dx] }, o) => [dx ? o.apply('_GatherLast', [dx, places]) : null],
});
/** Zeros of a last axis of `size`, with x added at the places; leading axes broadcast. */
op<'x' | 'places', { size: number | null }>('_ScatterLast', {
  args: ['x', 'places'],
  shape: ([x = null], { size }) => x && [...x.slice(0, -1), size],
  dtype: ([x = null]) => x,
  dependence: 'adds',
  zeroWhen: [0],
  gradient: ({ places, dy }, o) => [o.apply('_GatherLast', [dy, places]), null],
  tangent: ({ places, tangents: [dx], attributes }, o) => [dx ? o.apply('_ScatterLast', [dx, places], attributes) : null],
});

/** Whether two shapes can be one after broadcasting; for callers that must not throw. */
export function compatible(a: Shape, b: Shape): boolean {
  try {
    broadcast(a, b);
    return true;
  } catch {
    return false;
  }
}

export type { Operations };
