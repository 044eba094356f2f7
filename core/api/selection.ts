// Elements and rows by their places, by masks, by segments. TensorFlow: python/ops/array_ops.py, math_ops.py, data_flow_ops.py.
import type { Operations } from '../operations.ts';
import { isKnown, OpError } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { clipByNorm } from './neural.ts';
import { isList, toTensor, UnknownArgument } from './value.ts';

const counted = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
const product = (list: Shape): Dimension => list?.reduce<Dimension>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
/** A tensor of indices; numbers are integers. */
const places = (a: Arguments, name: string): Tensor => a.tensor(name, null, 'int32');
const rankOf = (t: Tensor): number => {
  if (t.shape === null) throw new UnknownArgument();
  return t.shape.length;
};

// ------------------------------------------------------------------------------------------------ gathering

/** Refuses places that are known to lie outside an axis. Eagerly: a graph finds that out when it runs. */
export function refuseOutside(indices: Tensor, size: Dimension, o: Operations, message: (place: number, size: number) => string): void {
  const values = size === null || o.eager.inGraph ? null : o.eager.backend.valueOf(indices);
  const outside = values && Array.from(values).find((v) => v < 0 || v >= (size ?? 0));
  if (typeof outside === 'number') throw new OpError('InvalidArgumentError', message(outside, size ?? 0));
}
export const notIn = (place: number, size: number): string => `indices[…] = ${place} is not in [0, ${size})`;

define('tf.gather', 'params, indices, validate_indices=None, axis=None, batch_dims=0, name=None', (a, o) => {
  const [x, indices] = [a.tensor('params'), places(a, 'indices')];
  const given = a.number('batch_dims');
  const batch = given < 0 ? given + rankOf(indices) : given;
  const axis = a.has('axis') ? counted(a.number('axis'), rankOf(x)) : batch;
  refuseOutside(indices, x.shape?.[axis] ?? null, o, notIn);
  return o.apply('GatherV2', [x, indices], batch === 0 ? { axis } : { axis, batch });
});
define('tf.nn.embedding_lookup', 'params, ids, max_norm=None, name=None', (a, o) => {
  const given = a.value('params');
  const list = isList(given) && given.length === 1 ? given[0] : given;
  // Several are the parts of one table, among which its rows are dealt out.
  if (list === undefined || (list === given && isList(given))) throw new UnknownArgument();
  const [x, ids] = [toTensor(o, list), places(a, 'ids')];
  refuseOutside(ids, x.shape?.[0] ?? null, o, notIn);
  const rows = o.apply('GatherV2', [x, ids], { axis: 0 });
  if (!a.has('max_norm')) return o.identity(rows);
  const axes = Array.from({ length: rankOf(x) - rankOf(ids) }, (_, i) => rankOf(ids) + i);
  return o.identity(clipByNorm(rows, a.tensor('max_norm', null, x.dtype), axes, o));
});
define('tf.gather_nd', 'params, indices, batch_dims=0, name=None', (a, o) => {
  const [x, indices] = [a.tensor('params'), places(a, 'indices')];
  const batch = a.number('batch_dims');
  if (batch === 0) return o.apply('GatherNd', [x, indices]);
  if (!isKnown(x.shape) || !isKnown(indices.shape)) throw new UnknownArgument();
  const sizes = x.shape.slice(0, batch);
  const inner = indices.shape.slice(batch, -1);
  const grid = o.reshape(gridOf(sizes, o), [product(sizes), ...inner.map(() => 1), batch]);
  const tiled = o.tile(o.cast(grid, indices.dtype), [1, ...inner, 1]);
  const whole = o.concat([tiled, o.reshape(indices, [product(sizes), ...indices.shape.slice(batch)])], -1);
  const found = o.apply('GatherNd', [x, whole]);
  return o.reshape(found, found.shape && [...sizes, ...found.shape.slice(1)]);
});
/** Every place in an array of these sizes, one a row. */
function gridOf(sizes: readonly number[], o: Operations): Tensor {
  const count = sizes.reduce((x, d) => x * d, 1);
  const rows = Array.from({ length: count }, (_, at) => {
    let rest = at;
    return [...sizes].reverse().map((size) => {
      const place = rest % size;
      rest = Math.floor(rest / size);
      return place;
    });
  });
  return o.eager.backend.constant(
    rows.flatMap((row) => row.reverse()),
    [count, sizes.length],
    'int32',
  );
}

// ------------------------------------------------------------------------------------------------ masks

/** Where a condition holds, one place a row. */
export function where(condition: Tensor, o: Operations): Tensor {
  const values = o.eager.backend.valueOf(condition);
  const count = values ? Array.from(values).filter((v) => v !== 0).length : null;
  return o.apply('Where', [condition], { count });
}
/** The elements, or rows, at which a mask holds; its axes become one. */
export function booleanMask(x: Tensor, mask: Tensor, axis: number, o: Operations): Tensor {
  const [rank, masked] = [rankOf(x), rankOf(mask)];
  if (masked === 0) throw new OpError('ValueError', 'mask cannot be scalar.');
  const [before, own, after] = [
    x.shape?.slice(0, axis) ?? [],
    x.shape?.slice(axis, axis + masked) ?? [],
    x.shape?.slice(axis + masked) ?? [],
  ];
  if (masked > rank - axis || own.some((d, i) => d !== null && mask.shape?.[i] != null && d !== mask.shape[i]))
    throw new OpError('ValueError', `Shapes ${own.join(', ')} and ${mask.shape?.join(', ')} are incompatible`);
  const flat = o.reshape(x, [...before, product(own), ...after]);
  const indices = o.apply('Squeeze', [where(o.reshape(mask, [-1]), o)], { axes: [1] });
  return o.apply('GatherV2', [flat, indices], { axis });
}
define('tf.boolean_mask', 'tensor, mask, axis=None, name="boolean_mask"', (a, o) => {
  const x = a.tensor('tensor');
  return booleanMask(x, a.tensor('mask'), a.has('axis') ? counted(a.number('axis'), rankOf(x)) : 0, o);
});
define('tf.where', 'condition, x=None, y=None, name=None', (a, o) => {
  const condition = a.tensor('condition');
  if (!a.has('x') && !a.has('y')) return where(condition, o);
  if (!a.has('x') || !a.has('y')) throw new OpError('ValueError', 'x and y must both be non-None or both be None.');
  const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
  return o.select(condition, x, y);
});
/** The largest of some lengths; null where they are not known. */
function longest(lengths: Tensor, o: Operations): number | null {
  const values = o.eager.backend.valueOf(lengths);
  return values && Array.from(values).reduce((most, v) => Math.max(most, v), 0);
}
/** In rows of `most`: true up to each length. */
function sequenceMask(lengths: Tensor, most: number | null, o: Operations): Tensor {
  const row = o.apply(
    'Range',
    [0, most ?? 0, 1].map((v) => o.scalar(v, lengths.dtype)),
    { count: most },
  );
  return o.less(row, o.expandDims(lengths, -1));
}
define('tf.sequence_mask', 'lengths, maxlen=None, dtype=tf.bool, name=None', (a, o) => {
  const lengths = places(a, 'lengths');
  const most = a.has('maxlen') ? (a.optionalNumber('maxlen') ?? null) : longest(lengths, o);
  return o.cast(sequenceMask(lengths, most, o), a.dtype('dtype', 'bool'));
});
/** Runs of the same label become one; the rows are filled up with zeros. */
define('tf.nn.collapse_repeated', 'labels, seq_length, name=None', (a, o) => {
  const [labels, lengths] = [places(a, 'labels'), places(a, 'seq_length')];
  const [batch = null, size = null] = labels.shape ?? [];
  if (size === null) throw new UnknownArgument();
  const [first, following, before] = (
    [
      [0, 1],
      [1, size - 1],
      [0, size - 1],
    ] as const
  ).map(([at, count]) => o.slice(labels, [0, at], [-1, count])) as [Tensor, Tensor, Tensor];
  const begins = o.concat([o.cast(o.onesLike(first), 'bool'), o.notEqual(following, before)], 1);
  const isKept = o.logicalAnd(begins, sequenceMask(lengths, size, o));
  const kept = o.apply('Sum', [o.cast(isKept, 'int32')], { axes: [1], keepDims: false });
  const most = longest(kept, o);
  const collapsed = o.apply('ScatterNd', [booleanMask(labels, isKept, 0, o), where(sequenceMask(kept, most, o), o)], {
    shape: [batch, most],
  });
  return [collapsed, o.cast(kept, lengths.dtype)];
});
/** Each element (or row) several times over; by a list of how often, those that are too many are masked out. */
define('tf.repeat', 'input, repeats, axis=None, name=None', (a, o) => {
  const given = a.tensor('input');
  const x = a.has('axis') ? given : o.reshape(given, [-1]);
  const axis = a.has('axis') ? counted(a.number('axis'), rankOf(x)) : 0;
  const repeats = a.numbers('repeats');
  if (!isKnown(x.shape) || repeats === null) throw new UnknownArgument();
  const size = x.shape[axis] ?? 1;
  const most = Math.max(0, ...repeats);
  const wide = o.expandDims(x, axis + 1);
  const tiled = o.tile(
    wide,
    (wide.shape ?? []).map((_, i) => (i === axis + 1 ? most : 1)),
  );
  const [first = 0] = repeats;
  const resized = (to: number) => x.shape?.map((d, i) => (i === axis ? to : d)) ?? null;
  if (repeats.length === 1) return o.reshape(tiled, resized(size * first));
  if (repeats.length !== size) throw new OpError('ValueError', `Dimensions ${size} and ${repeats.length} are not compatible`);
  const outer = x.shape.slice(0, axis);
  const row = repeats.flatMap((times) => Array.from({ length: most }, (_, i) => (i < times ? 1 : 0)));
  const mask = o.eager.backend.constant(Array.from({ length: product(outer) ?? 1 }, () => row).flat(), [...outer, size, most], 'bool');
  return o.reshape(booleanMask(tiled, mask, 0, o), resized(repeats.reduce((sum, n) => sum + n, 0)));
});

// ------------------------------------------------------------------------------------------------ scattering

define('tf.scatter_nd', 'indices, updates, shape, name=None', (a, o) =>
  o.apply('ScatterNd', [a.tensor('updates'), places(a, 'indices')], { shape: a.shape('shape') }),
);
for (const [name, row] of [
  ['update', 'TensorScatterUpdate'],
  ['add', 'TensorScatterAdd'],
  ['sub', 'TensorScatterSub'],
  ['max', 'TensorScatterMax'],
  ['min', 'TensorScatterMin'],
] as const)
  define(`tf.tensor_scatter_nd_${name}`, 'tensor, indices, updates, name=None', (a, o) => {
    const [x, updates] = a.matching('tensor', 'updates') as [Tensor, Tensor];
    return o.apply(row, [x, places(a, 'indices'), updates]);
  });

// ------------------------------------------------------------------------------------------------ segments

const largest = (values: readonly number[] | null): Dimension => values && values.reduce((m, v) => Math.max(m, v), -1) + 1;
for (const name of ['Sum', 'Mean', 'Max', 'Min', 'Prod'])
  define(`tf.math.segment_${name.toLowerCase()}`, 'data, segment_ids, name=None', (a, o) =>
    o.apply(`Segment${name}`, [a.tensor('data'), places(a, 'segment_ids')], { rows: largest(a.numbers('segment_ids')) }),
  );
const rowsOf = (a: Arguments): Dimension => a.optionalNumber('num_segments') ?? null;
for (const name of ['Sum', 'Max', 'Min', 'Prod'])
  define(`tf.math.unsorted_segment_${name.toLowerCase()}`, 'data, segment_ids, num_segments, name=None', (a, o) =>
    o.apply(`UnsortedSegment${name}`, [a.tensor('data'), places(a, 'segment_ids')], { rows: rowsOf(a) }),
  );
for (const [name, root] of [
  ['mean', false],
  ['sqrt_n', true],
] as const)
  define(`tf.math.unsorted_segment_${name}`, 'data, segment_ids, num_segments, name=None', (a, o) => {
    const [x, ids] = [a.tensor('data'), places(a, 'segment_ids')];
    const rows = rowsOf(a);
    const counts = o.apply('UnsortedSegmentSum', [o.full(1, ids.shape, x.dtype), ids], { rows });
    const broad = o.reshape(counts, x.shape && ids.shape && [rows, ...x.shape.slice(ids.shape.length).map(() => 1)]);
    const count = o.maximum(broad, 1);
    return o.div(o.apply('UnsortedSegmentSum', [x, ids], { rows }), root ? o.sqrt(count) : count);
  });

// ------------------------------------------------------------------------------------------------ parts

define('tf.dynamic_partition', 'data, partitions, num_partitions, name=None', (a, o) => {
  const partitions = a.numbers('partitions');
  const sizes = Array.from({ length: a.number('num_partitions') }, (_, part) => partitions && partitions.filter((p) => p === part).length);
  return o.eager.apply('DynamicPartition', [a.tensor('data'), places(a, 'partitions')], { sizes });
});
define('tf.dynamic_stitch', 'indices, data, name=None', (a, o) => {
  const indices = a.list('indices').map((value) => toTensor(o, value, null, 'int32'));
  const known = indices.map((t) => o.eager.backend.valueOf(t));
  const rows = known.every((list) => list !== null) ? largest(known.flatMap((list) => Array.from(list))) : null;
  return o.apply('DynamicStitch', [...indices, ...a.tensors('data')], { rows });
});
define('tf.meshgrid', '*args, indexing="xy", name="meshgrid"', (a, o) => {
  const list = a.tensors('args');
  const [first] = list;
  if (!first) return [];
  const flat = list.map((t) => product(t.shape));
  const swapped = a.text('indexing') === 'xy' && list.length > 1;
  const axisOf = (i: number): number => (swapped && i < 2 ? 1 - i : i);
  const sizes = flat.map((_, axis) => flat[axisOf(axis)] ?? null);
  const ones = o.full(1, sizes, first.dtype);
  return list.map((t, i) =>
    o.mul(
      o.reshape(
        t,
        list.map((_, axis) => (axis === axisOf(i) ? -1 : 1)),
      ),
      ones,
    ),
  );
});
define('tf.identity_n', 'input, name=None', (a, o) => {
  const list = a.tensors('input');
  return o.eager.apply('IdentityN', list, { count: list.length });
});
define('tf.ensure_shape', 'x, shape, name=None', (a, o) =>
  o.apply('EnsureShape', [a.tensor('x')], { shape: a.has('shape') ? a.partialShape('shape') : null }),
);
define('tf.debugging.check_numerics', 'tensor, message, name=None', (a, o) =>
  o.apply('CheckNumerics', [a.tensor('tensor')], { message: a.text('message') ?? '' }),
);
