// Shapes, slices, joins: `tf` functions that move elements, and constants.
import { currentGraph } from '../graph.ts';
import type { Operations } from '../operations.ts';
import { isKnown, normalizeAxis, OpError } from '../shape.ts';
import { type DType, isFloating, type Shape, type Tensor, type Variable } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { Integer, isList, isTensor, isVariable, matching, toShape, toTensor, UnknownArgument, type Value } from './value.ts';

// ------------------------------------------------------------------------------------------------ making tensors

define('tf.constant', 'value, dtype=None, shape=None, name="Const"', (a, o) => {
  const value = a.value('value');
  const tensor =
    isTensor(value) || isVariable(value) ? o.cast(constantOf(value, o), a.dtype('dtype')) : a.tensor('value', a.dtype('dtype'));
  if (!a.has('shape')) return tensor;
  const shape = a.shape('shape');
  return tensor.shape?.length === 0 ? o.broadcastTo(tensor, shape) : o.reshape(tensor, shape);
});
/** A tensor is one already, but not in a graph; of a variable only the numbers are taken. */
function constantOf(value: Tensor | Variable, o: Operations): Tensor {
  const graph = currentGraph(o.eager);
  if (isVariable(value)) {
    if (graph) throw new OpError('NotImplementedError', 'numpy() is only available when eager execution is enabled.');
    return o.numbersOf(toTensor(o, value), 'tf.constant');
  }
  if (graph?.holds(value)) throw new OpError('TypeError', 'Expected any non-tensor type, but got a tensor instead.');
  return graph ? o.numbersOf(value, 'tf.constant') : value;
}
define('tf.convert_to_tensor', 'value, dtype=None, dtype_hint=None, name=None', (a) =>
  a.tensor('value', a.dtype('dtype'), a.dtype('dtype_hint')),
);
define('tf.identity', 'input, name=None', (a, o) => o.identity(a.tensor('input')));
define('tf.stop_gradient', 'input, name=None', (a, o) => o.stopGradient(a.tensor('input')));
define('tf.zeros', 'shape, dtype=tf.float32, name=None, layout=None', (a, o) => o.full(0, a.shape('shape'), a.dtype('dtype', 'float32')));
define('tf.ones', 'shape, dtype=tf.float32, name=None, layout=None', (a, o) => o.full(1, a.shape('shape'), a.dtype('dtype', 'float32')));
define('tf.fill', 'dims, value, name=None, layout=None', (a, o) => o.apply('Fill', [a.tensor('value')], { shape: a.shape('dims') }));
for (const [name, row] of [
  ['tf.zeros_like', 'ZerosLike'],
  ['tf.ones_like', 'OnesLike'],
] as const)
  define(name, 'input, dtype=None, name=None, layout=None', (a, o) => {
    const like = o.unary(row, a.tensor('input'));
    return o.cast(like, a.dtype('dtype'));
  });
define('tf.eye', 'num_rows, num_columns=None, batch_shape=None, dtype=tf.float32, name=None', (a, o) => {
  const rows = a.optionalNumber('num_rows') ?? null;
  const columns = a.has('num_columns') ? (a.optionalNumber('num_columns') ?? null) : rows;
  const dtype = a.dtype('dtype', 'float32');
  if (rows === null || columns === null || dtype === null) return o.full(null, [rows, columns], dtype);
  const values = Array.from({ length: rows * columns }, (_, i) => (i % columns === Math.floor(i / columns) ? 1 : 0));
  return o.eager.backend.constant(values, [rows, columns], dtype);
});
define('tf.linspace', 'start, stop, num, name=None, axis=0', (a, o) => {
  const [start, stop] = a.matching('start', 'stop') as [Tensor, Tensor];
  const count = a.number('num');
  const steps = o.eager.backend.constant(
    Array.from({ length: count }, (_, i) => i / Math.max(count - 1, 1)),
    [count, ...(start.shape ?? []).map(() => 1)],
    start.dtype ?? 'float32',
  );
  return o.add(o.expandDims(start, 0), o.mul(o.expandDims(o.sub(stop, start), 0), steps));
});
define('tf.range', 'start, limit=None, delta=1, dtype=None, name="range"', (a, o) => {
  const [start, limit]: [Value, Value] = a.has('limit') ? [a.value('start'), a.value('limit')] : [new Integer(0), a.value('start')];
  const dtype = a.dtype('dtype');
  const tensors = dtype ? [start, limit, a.value('delta')].map((v) => toTensor(o, v, dtype)) : toRange([start, limit, a.value('delta')], o);
  const [from, to, by] = tensors.map((t) => o.eager.backend.valueOf(t)?.[0]);
  const count = from === undefined || to === undefined || by === undefined ? null : Math.max(0, Math.ceil((to - from) / by));
  return o.apply('Range', tensors, { count });
});
function toRange(values: readonly Value[], o: Operations): Tensor[] {
  const natural = values.map((v) => toTensor(o, v));
  const dtype: DType | null =
    natural.find((t) => t.dtype && isFloating(t.dtype))?.dtype ??
    natural.find((t) => t.dtype === 'int64')?.dtype ??
    natural[0]?.dtype ??
    null;
  return natural.map((t) => o.cast(t, dtype));
}
define('tf.one_hot', 'indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None', (a, o) =>
  o.apply('OneHot', [a.tensor('indices')], {
    depth: a.optionalNumber('depth') ?? null,
    dtype: a.dtype('dtype', 'float32'),
    on: a.optionalNumber('on_value') ?? 1,
    off: a.optionalNumber('off_value') ?? 0,
  }),
);

// ------------------------------------------------------------------------------------------------ of shapes

define('tf.shape', 'input, out_type=None, name=None', (a, o) =>
  o.apply('Shape', [a.tensor('input')], { dtype: a.dtype('out_type', 'int32') }),
);
define('tf.size', 'input, out_type=None, name=None', (a, o) =>
  o.apply('Size', [a.tensor('input')], { dtype: a.dtype('out_type', 'int32') }),
);
define('tf.rank', 'input, name=None', (a, o) => o.apply('Rank', [a.tensor('input')]));

define('tf.reshape', 'tensor, shape, name=None', (a, o) => o.reshape(a.tensor('tensor'), a.shape('shape')));
define('tf.transpose tf.linalg.matrix_transpose', 'a, perm=None, conjugate=False, name="transpose"', (a, o) => {
  const x = a.tensor('a');
  return o.apply('Transpose', [x], { permutation: a.axes('perm', x) });
});
define('tf.expand_dims', 'input, axis, name=None', (a, o) => o.expandDims(a.tensor('input'), a.number('axis')));
define('tf.squeeze', 'input, axis=None, name=None', (a, o) => {
  const x = a.tensor('input');
  return o.apply('Squeeze', [x], { axes: a.axes('axis', x) ?? null });
});
define('tf.broadcast_to', 'input, shape, name=None', (a, o) => o.apply('BroadcastTo', [a.tensor('input')], { shape: a.shape('shape') }));

define('tf.concat', 'values, axis, name="concat"', (a, o) => {
  const list = matching(o, a.list('values'));
  return list.length === 1 && list[0] ? o.identity(list[0]) : o.concat(list, a.number('axis'));
});
define('tf.stack', 'values, axis=0, name="stack"', (a, o) => o.stack(matching(o, a.list('values')), a.number('axis')));
define('tf.unstack', 'value, num=None, axis=0, name="unstack"', (a, o) => {
  const x = a.tensor('value');
  const axis = a.number('axis');
  const count = a.optionalNumber('num') ?? x.shape?.[x.shape ? normalizeAxis(axis, x.shape.length) : 0] ?? null;
  if (count === null) throw new UnknownArgument();
  return o.unstack(x, axis, count);
});
define('tf.split', 'value, num_or_size_splits, axis=0, num=None, name="split"', (a, o) => {
  const x = a.tensor('value');
  if (x.shape === null) throw new UnknownArgument();
  const axis = normalizeAxis(a.number('axis'), x.shape.length);
  const total = x.shape[axis] ?? null;
  const given = a.value('num_or_size_splits');
  if (isList(given)) {
    const sizes = toShape(o, given) ?? [];
    const rest = total === null || !isKnown(sizes) ? null : total - sizes.filter((s) => s !== -1).reduce((p, q) => p + q, 0);
    return o.eager.apply('SplitV', [x], { axis, sizes: sizes.map((s) => (s === -1 ? rest : s)) });
  }
  const count = a.number('num_or_size_splits');
  if (total !== null && total % count !== 0)
    throw new OpError(
      'InvalidArgumentError',
      `Number of ways to split should evenly divide the split dimension, but got split_dim ${axis} (size = ${total}) and num_split ${count}`,
    );
  return o.eager.apply('SplitV', [x], { axis, sizes: Array.from({ length: count }, () => (total === null ? null : total / count)) });
});
define('tf.slice', 'input_, begin, size, name=None', (a, o) => {
  const begin = a.shape('begin');
  const size = a.shape('size');
  if (begin === null || size === null || !isKnown(begin)) return o.full(null, null, a.tensor('input_').dtype);
  return o.apply('Slice', [a.tensor('input_')], { begin, size });
});
define('tf.tile', 'input, multiples, name=None', (a, o) => {
  const multiples = a.shape('multiples');
  if (!isKnown(multiples)) throw new UnknownArgument();
  return o.tile(a.tensor('input'), multiples);
});
define('tf.pad', 'tensor, paddings, mode="CONSTANT", constant_values=0, name=None', (a, o) => {
  const x = a.tensor('tensor');
  const paddings = o.eager.backend.valueOf(a.tensor('paddings'));
  if ((a.text('mode') ?? 'CONSTANT').toUpperCase() !== 'CONSTANT' || paddings === null) throw new UnknownArgument();
  const pairs = Array.from({ length: paddings.length / 2 }, (_, i) => [paddings[2 * i] ?? 0, paddings[2 * i + 1] ?? 0] as const);
  return o.pad(x, pairs, a.number('constant_values'));
});
define('tf.reverse', 'tensor, axis, name=None', (a, o) => {
  const x = a.tensor('tensor');
  return o.apply('ReverseV2', [x], { axes: a.axes('axis', x) ?? [] });
});
/** Two slices, swapped. */
define('tf.roll', 'input, shift, axis, name=None', (a, o) => {
  const x = a.tensor('input');
  const [axis] = a.axes('axis', x) ?? [];
  if (axis === undefined || !isKnown(x.shape)) throw new UnknownArgument();
  const size = x.shape[axis] ?? 1;
  const shift = ((a.number('shift') % size) + size) % size;
  const part = (from: number, count: number) =>
    o.slice(
      x,
      (x.shape ?? []).map((_, i) => (i === axis ? from : 0)),
      (x.shape ?? []).map((d, i) => (i === axis ? count : (d ?? -1))),
    );
  return shift === 0 ? o.identity(x) : o.concat([part(size - shift, shift), part(0, size - shift)], axis);
});
/** Each element (or row) several times over. */
define('tf.repeat', 'input, repeats, axis=None, name=None', (a, o) => {
  const count = a.number('repeats');
  const flat = a.has('axis') ? a.tensor('input') : o.reshape(a.tensor('input'), [-1]);
  const axis = a.has('axis') ? (a.axes('axis', flat)?.[0] ?? 0) : 0;
  if (!isKnown(flat.shape)) throw new UnknownArgument();
  const wide = o.expandDims(flat, axis + 1);
  const tiled = o.tile(
    wide,
    (wide.shape ?? []).map((_, i) => (i === axis + 1 ? count : 1)),
  );
  return o.reshape(
    tiled,
    flat.shape.map((d, i) => (i === axis ? d * count : d)),
  );
});

function gather(a: Arguments, o: Operations): Tensor {
  const x = a.tensor('params');
  const indices = a.tensor('indices');
  const axis = a.has('axis') ? (a.axes('axis', x)?.[0] ?? 0) : 0;
  return o.apply('GatherV2', [x, indices], { axis });
}
define('tf.gather', 'params, indices, validate_indices=None, axis=None, batch_dims=0, name=None', (a, o) => {
  if (a.number('batch_dims') !== 0) throw new UnknownArgument();
  return gather(a, o);
});
define('tf.nn.embedding_lookup', 'params, ids, max_norm=None, name=None', (a, o) => {
  if (a.has('max_norm')) throw new UnknownArgument();
  return o.apply('GatherV2', [a.tensor('params'), a.tensor('ids')], { axis: 0 });
});

// ------------------------------------------------------------------------------------------------ sorting

/** The values and places of a sort along the last axis: TopKV2 of −x, or of x where it is descending (python/ops/sort_ops.py). */
function sorted(a: Arguments, o: Operations): readonly [Tensor, Tensor] {
  const x = a.tensor('values');
  const count = x.shape?.at(-1) ?? null;
  if ((a.axes('axis', x)?.[0] ?? 0) !== (x.shape?.length ?? 1) - 1 || count === null) throw new UnknownArgument();
  const descending = a.text('direction') === 'DESCENDING';
  const [values, places] = o.eager.apply('TopKV2', [descending ? x : o.neg(x)], { count }) as [Tensor, Tensor];
  return [descending ? values : o.neg(values), places];
}
define('tf.sort', 'values, axis=-1, direction="ASCENDING", name=None', (a, o) => sorted(a, o)[0]);
define('tf.argsort', 'values, axis=-1, direction="ASCENDING", stable=False, name=None', (a, o) => sorted(a, o)[1]);
define('tf.math.top_k', 'input, k=1, sorted=True, index_type=tf.int32, name=None', (a, o) =>
  o.eager.apply('TopKV2', [a.tensor('input')], { count: a.number('k') }),
);

// ------------------------------------------------------------------------------------------------ random

function random(row: string, shape: Shape, dtype: DType, seed: number | null | undefined, o: Operations): Tensor {
  return o.eager.apply(row, [], { shape, dtype, seed: seed ?? null })[0] as Tensor;
}
for (const [name, row] of [
  ['tf.random.normal', 'RandomStandardNormal'],
  ['tf.random.truncated_normal', 'TruncatedNormal'],
] as const)
  define(name, 'shape, mean=0.0, stddev=1.0, dtype=tf.float32, seed=None, name=None', (a, o) => {
    const dtype = a.dtype('dtype', 'float32') ?? 'float32';
    const noise = random(row, a.shape('shape'), dtype, a.optionalNumber('seed'), o);
    return o.add(o.mul(noise, a.tensor('stddev', null, dtype)), a.tensor('mean', null, dtype));
  });
define('tf.random.uniform', 'shape, minval=0, maxval=None, dtype=tf.float32, seed=None, name=None', (a, o) => {
  const dtype = a.dtype('dtype', 'float32') ?? 'float32';
  if (!isFloating(dtype)) {
    const noise = random('RandomUniform', a.shape('shape'), 'float32', a.optionalNumber('seed'), o);
    const [low, high] = [a.optionalNumber('minval') ?? 0, a.optionalNumber('maxval') ?? 1];
    return o.cast(o.floor(o.add(o.mul(noise, high - low), low)), dtype);
  }
  const noise = random('RandomUniform', a.shape('shape'), dtype, a.optionalNumber('seed'), o);
  const low = a.tensor('minval', null, dtype);
  const high = a.has('maxval') ? a.tensor('maxval', null, dtype) : o.scalar(1, dtype);
  return o.add(o.mul(noise, o.sub(high, low)), low);
});
