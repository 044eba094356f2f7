// Shapes, slices, joins: `tf` functions that move elements, and constants.
import { currentGraph } from '../graph.ts';
import type { Operations } from '../operations.ts';
import { broadcast, isKnown, normalizeAxis, OpError, show } from '../shape.ts';
import { type Index, slicePart } from '../ops/arrays.ts';
import { type DType, numbersPer, type Tensor, type Variable } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { Integer, isList, isTensor, isVariable, operands, packed, toShape, toTensor, UnknownArgument, type Value } from './value.ts';

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
define('tf.identity', 'input, name=None', (a, o) => a.keepingSlices('input', o.identity));
define('tf.stop_gradient', 'input, name=None', (a, o) => a.keepingSlices('input', o.stopGradient));
define('tf.zeros', 'shape, dtype=tf.float32, name=None, layout=None', (a, o) => o.full(0, a.shape('shape'), a.dtype('dtype', 'float32')));
define('tf.ones', 'shape, dtype=tf.float32, name=None, layout=None', (a, o) => o.full(1, a.shape('shape'), a.dtype('dtype', 'float32')));
define('tf.fill', 'dims, value, name=None, layout=None', (a, o) => o.apply('Fill', [a.tensor('value')], { shape: a.shape('dims') }));
for (const [name, like] of [
  ['tf.zeros_like', 'zerosLike'],
  ['tf.ones_like', 'onesLike'],
] as const)
  define(name, 'input, dtype=None, name=None, layout=None', (a, o) => o.cast(o[like](a.tensor('input')), a.dtype('dtype')));
define('tf.eye tf.linalg.eye', 'num_rows, num_columns=None, batch_shape=None, dtype=tf.float32, name=None', (a, o) => {
  if (!a.has('num_rows')) throw new OpError('TypeError', 'Arguments `num_rows` and `num_columns` must be positive integer values.');
  const rows = a.optionalNumber('num_rows') ?? null;
  const columns = a.has('num_columns') ? (a.optionalNumber('num_columns') ?? null) : rows;
  const dtype = a.dtype('dtype', 'float32');
  const batch = a.has('batch_shape') ? a.shape('batch_shape') : [];
  if (rows === null || columns === null || dtype === null) return o.full(null, batch && [...batch, rows, columns], dtype);
  const per = numbersPer(dtype);
  const values = Array.from({ length: per * rows * columns }, (_, i) =>
    i % (per * (columns + 1)) === 0 && i < per * rows * columns ? 1 : 0,
  );
  return o.broadcastTo(o.eager.backend.constant(values, [rows, columns], dtype), batch && [...batch, rows, columns]);
});
define('tf.linspace', 'start, stop, num, name=None, axis=0', (a, o) => {
  const [start, stop] = a.inOrder('start', 'stop') as [Tensor, Tensor];
  const count = a.number('num');
  if (start.shape === null || stop.shape === null) throw new UnknownArgument();
  const rank = Math.max(start.shape.length, stop.shape.length);
  const axis = normalizeAxis(a.number('axis'), rank + 1);
  const steps = o.eager.backend.constant(
    Array.from({ length: count }, (_, i) => i / Math.max(count - 1, 1)),
    Array.from({ length: rank + 1 }, (_, i) => (i === axis ? count : 1)),
    start.dtype ?? 'float32',
  );
  // Of less rank, the new axis still goes to its place in the whole.
  const wide = (t: Tensor): Tensor => o.expandDims(o.broadcastTo(t, broadcast(start.shape, stop.shape)), axis);
  const [from, to] = [wide(start), wide(stop)];
  return o.add(from, o.mul(o.sub(to, from), steps));
});
define('tf.range', 'start, limit=None, delta=1, dtype=None, name="range"', (a, o) => {
  const [start, limit]: [Value, Value] = a.has('limit') ? [a.value('start'), a.value('limit')] : [new Integer(0), a.value('start')];
  const dtype = a.dtype('dtype');
  // Only what is no tensor yet is made one of the dtype that is asked for; then all are cast.
  const given = [start, limit, a.value('delta')].map((v) => (isTensor(v) ? v : toTensor(o, v, dtype)));
  const common = dtype ?? widest(given.map((t) => t.dtype));
  const tensors = given.map((t) => o.cast(t, common));
  const [from, to, by] = tensors.map((t) => o.eager.backend.valueOf(t)?.[0]);
  const count = from === undefined || to === undefined || by === undefined ? null : Math.max(0, Math.ceil((to - from) / by));
  return o.apply('Range', tensors, { count });
});
/** The dtypes of ranges, the widest last; null where one is not known. */
const RANGES: readonly DType[] = ['int32', 'int64', 'float32', 'float64'];
const widest = (dtypes: readonly (DType | null)[]): DType | null =>
  dtypes.reduce((a, b) => (a === null || b === null ? null : RANGES.indexOf(b) > RANGES.indexOf(a) ? b : a));
define('tf.one_hot', 'indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None', (a, o) => {
  const [on, off] = [a.optionalNumber('on_value') ?? 1, a.optionalNumber('off_value') ?? 0];
  const given = [a.value('on_value'), a.value('off_value')].find((v) => isTensor(v));
  const dtype = a.dtype('dtype') ?? (given !== undefined && isTensor(given) ? given.dtype : 'float32');
  if (!a.has('depth')) a.tensor('depth');
  const hot = o.apply('OneHot', [a.tensor('indices')], { depth: a.optionalNumber('depth') ?? null, dtype, on, off });
  const axis = a.has('axis') ? a.number('axis') : -1;
  if (axis === -1) return hot;
  if (hot.shape === null) throw new UnknownArgument();
  const last = hot.shape.length - 1;
  const at = axis < 0 ? axis + hot.shape.length : axis;
  return o.transpose(
    hot,
    hot.shape.map((_, i) => (i === at ? last : i < at ? i : i - 1)),
  );
});

// ------------------------------------------------------------------------------------------------ of shapes

/** An op that asks for a shape, or what it gives where that is known. */
const ofShape = (name: string, x: Tensor, dtype: DType | null, o: Operations): Tensor => {
  if (!o.foldsShape(x) || !isKnown(x.shape)) return o.apply(name, [x], { dtype });
  const numbers = name === 'Shape' ? x.shape : [name === 'Size' ? x.shape.reduce((a, b) => a * b, 1) : x.shape.length];
  return o.eager.backend.constant(numbers, name === 'Shape' ? [numbers.length] : [], dtype ?? 'int32');
};
define('tf.shape', 'input, out_type=None, name=None', (a, o) => ofShape('Shape', a.tensor('input'), a.dtype('out_type', 'int32'), o));
define('tf.size', 'input, out_type=None, name=None', (a, o) => ofShape('Size', a.tensor('input'), a.dtype('out_type', 'int32'), o));
define('tf.rank', 'input, name=None', (a, o) => ofShape('Rank', a.tensor('input'), 'int32', o));

define('tf.reshape', 'tensor, shape, name=None', (a, o) => o.reshape(a.tensor('tensor'), a.shape('shape')));
define('tf.transpose', 'a, perm=None, conjugate=False, name="transpose"', (a, o) => {
  const x = a.tensor('a');
  const turned = o.apply('Transpose', [x], { permutation: a.axes('perm', x) });
  return a.boolean('conjugate') ? o.conj(turned) : turned;
});
define('tf.linalg.matrix_transpose', 'a, name="matrix_transpose", conjugate=False', (a, o) => {
  const turned = o.adjoint(a.tensor('a'));
  return a.boolean('conjugate') ? turned : o.conj(turned);
});
define('tf.expand_dims', 'input, axis, name=None', (a, o) => o.expandDims(a.tensor('input'), a.number('axis')));
define('tf.squeeze', 'input, axis=None, name=None', (a, o) => {
  const x = a.tensor('input');
  return o.apply('Squeeze', [x], { axes: a.axes('axis', x) ?? null });
});
define('tf.broadcast_to', 'input, shape, name=None', (a, o) => o.apply('BroadcastTo', [a.tensor('input')], { shape: a.shape('shape') }));

define('tf.concat', 'values, axis, name="concat"', (a, o) => {
  const list = operands(o, a.list('values'));
  return list.length === 1 && list[0] ? o.identity(list[0]) : o.concat(list, a.number('axis'));
});
/** Of `tf.stack` and `tf.unstack`, which count axes in Python. */
function axisIn(a: Arguments, rank: number): number {
  const axis = a.number('axis');
  if (axis < -rank || axis >= rank) throw new OpError('ValueError', `Argument \`axis\` = ${axis} not in range [${-rank}, ${rank})`);
  return axis;
}
define('tf.stack', 'values, axis=0, name="stack"', (a, o) => {
  // Along the first axis it is what converting the list to a tensor gives.
  const list = a.number('axis') === 0 ? packed(o, a.list('values')) : operands(o, a.list('values'));
  const shape = list[0]?.shape;
  return o.stack(list, shape ? axisIn(a, shape.length + 1) : a.number('axis'));
});
define('tf.unstack', 'value, num=None, axis=0, name="unstack"', (a, o) => {
  const x = a.tensor('value');
  const axis = x.shape ? axisIn(a, x.shape.length) : a.number('axis');
  const count = a.optionalNumber('num') ?? x.shape?.[x.shape ? normalizeAxis(axis, x.shape.length) : 0] ?? null;
  if (count === null) throw new UnknownArgument();
  const known = o.eager.inGraph ? o.eager.graphShapes.of(x) : x.shape;
  if (!a.has('num') && known === undefined) throw new UnknownArgument();
  if (!a.has('num') && known?.at(axis) == null)
    throw new OpError('ValueError', `Cannot infer argument \`num\` from shape ${show(known ?? null)}`);
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
define(
  'tf.strided_slice',
  'input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, var=None, name=None',
  (a, o) => {
    const x = a.tensor('input_');
    const [begin, end] = [a.numbers('begin'), a.numbers('end')];
    const strides = a.has('strides') ? a.numbers('strides') : (begin?.map(() => 1) ?? null);
    const { shape } = x;
    if (shape === null || begin === null || end === null || strides === null) throw new UnknownArgument();
    const is = (mask: string, i: number): boolean => Math.floor(a.number(mask) / 2 ** i) % 2 === 1;
    const used = begin.filter((_, i) => !is('new_axis_mask', i) && !is('ellipsis_mask', i)).length;
    let axis = 0;
    const indices = begin.flatMap((from, i): Index[] => {
      if (is('ellipsis_mask', i))
        return shape.slice(axis, (axis += shape.length - used)).map((size) => ({ kind: 'slice', start: 0, size, step: 1 }));
      if (is('new_axis_mask', i)) return [{ kind: 'new axis' }];
      const size = shape[axis++] ?? null;
      if (is('shrink_axis_mask', i)) return [{ kind: 'index', at: from }];
      const part = slicePart(size, is('begin_mask', i) ? undefined : from, is('end_mask', i) ? undefined : end[i], strides[i]);
      if (part === null) throw new OpError('InvalidArgumentError', `strides[${i}] must be non-zero`);
      return [part];
    });
    return o.apply('StridedSlice', [x], { indices });
  },
);
define('tf.shape_n', 'input, out_type=tf.int32, name=None', (a, o) =>
  a.tensors('input').map((t) => o.apply('Shape', [t], { dtype: a.dtype('out_type', 'int32') })),
);
define('tf.parallel_stack', 'values, name="parallel_stack"', (a, o) => o.stack(operands(o, a.list('values')), 0));
define('tf.tile', 'input, multiples, name=None', (a, o) => {
  const multiples = a.shape('multiples');
  if (!isKnown(multiples)) throw new UnknownArgument();
  return o.tile(a.tensor('input'), multiples);
});
define('tf.reverse', 'tensor, axis, name=None', (a, o) => {
  const x = a.tensor('tensor');
  // The kernel gives a scalar back before it looks at the axes; only a graph's shapes are checked.
  if (x.shape?.length === 0 && !o.eager.inGraph) return o.apply('ReverseV2', [x], { axes: [] });
  const axes = a.axes('axis', x) ?? [];
  const twice = axes.find((axis, i) => axes.indexOf(axis) !== i);
  if (twice !== undefined) throw new OpError('InvalidArgumentError', `axis ${twice} specified more than once.`);
  return o.apply('ReverseV2', [x], { axes });
});
