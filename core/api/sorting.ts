// Orders, searches and counts. TensorFlow: python/ops/sort_ops.py, math_ops.py, bincount_ops.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import { type DType, isInteger, type Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';

/** The values and places of a sort along an axis: of the largest first, all of them; what ascends is turned over before and after. */
function sorted(a: Arguments, o: Operations): readonly [Tensor, Tensor] {
  const x = a.tensor('values');
  const direction = a.text('direction');
  if (direction !== 'ASCENDING' && direction !== 'DESCENDING')
    throw new OpError('ValueError', `Argument \`direction\` should be one of ASCENDING, DESCENDING. Received: direction=${direction}`);
  if (x.shape === null) throw new UnknownArgument();
  const last = x.shape.length - 1;
  const [axis = last] = a.axes('axis', x) ?? [];
  const order = axis === last ? null : x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  const turned = (t: Tensor): Tensor => {
    if (direction === 'DESCENDING') return t;
    return x.dtype !== null && isInteger(x.dtype) ? o.sub(o.neg(t), 1) : o.neg(t);
  };
  const along = turned(x);
  const count = x.shape[axis];
  if (count === undefined || count === null) throw new UnknownArgument();
  const [values, places] = o.eager.apply('TopKV2', [order ? o.transpose(along, order) : along], { count }) as [Tensor, Tensor];
  const back = (t: Tensor): Tensor => (order ? o.transpose(t, order) : t);
  return [turned(back(values)), back(places)];
}
define('tf.sort', 'values, axis=-1, direction="ASCENDING", name=None', (a, o) => sorted(a, o)[0]);
define('tf.argsort', 'values, axis=-1, direction="ASCENDING", stable=False, name=None', (a, o) => sorted(a, o)[1]);
define(
  'tf.math.top_k tf.nn.top_k',
  'input, k=1, sorted=True, index_type=tf.int32, name=None',
  (a, o) => o.eager.apply('TopKV2', [a.tensor('input')], { count: a.number('k') }),
  ['values', 'indices'],
);
define('tf.math.in_top_k tf.nn.in_top_k', 'targets, predictions, k, name=None', (a, o) =>
  o.apply('InTopKV2', [a.tensor('predictions'), a.tensor('targets', null, 'int32')], { count: a.number('k') }),
);
define('tf.searchsorted', 'sorted_sequence, values, side="left", out_type=tf.int32, name=None', (a, o) => {
  const [sorted, values] = a.matching('sorted_sequence', 'values') as [Tensor, Tensor];
  return o.apply('SearchSorted', [sorted, values], { right: a.text('side') === 'right', dtype: a.dtype('out_type', 'int32') });
});
for (const [name, counts, fields] of [
  ['tf.unique', false, ['y', 'idx']],
  ['tf.unique_with_counts', true, ['y', 'idx', 'count']],
] as const)
  define(
    name,
    'x, out_idx=tf.int32, name=None',
    (a, o) => {
      const values = a.numbers('x');
      return o.eager.apply('Unique', [a.tensor('x')], {
        count: values && new Set(values).size,
        counts,
        dtype: a.dtype('out_idx', 'int32'),
      });
    },
    fields,
  );
define('tf.math.invert_permutation', 'x, name=None', (a, o) => o.unary('InvertPermutation', a.tensor('x')));
define('tf.histogram_fixed_width', 'values, value_range, nbins=100, dtype=tf.int32, name=None', (a, o) => {
  const [x, limits] = a.matching('values', 'value_range') as [Tensor, Tensor];
  return o.apply('HistogramFixedWidth', [x, limits], { bins: a.number('nbins'), dtype: a.dtype('dtype', 'int32') });
});
define('tf.bitcast', 'input, type, name=None', (a, o) => o.apply('Bitcast', [a.tensor('input')], { dtype: a.dtype('type') }));

// ------------------------------------------------------------------------------------------------ counts

function nonzero(x: Tensor, axes: readonly number[] | null | undefined, keepDims: boolean, dtype: DType | null, o: Operations): Tensor {
  const isNonzero = x.dtype === 'bool' ? x : o.notEqual(x, o.scalar(0, x.dtype));
  return o.cast(o.apply('Sum', [o.cast(isNonzero, 'int64')], { axes, keepDims }), dtype);
}
define('tf.math.count_nonzero', 'input, axis=None, keepdims=None, dtype=tf.int64, name=None', (a, o) => {
  const x = a.tensor('input');
  return nonzero(x, a.axes('axis', x), a.boolean('keepdims'), a.dtype('dtype', 'int64'), o);
});
define('tf.math.zero_fraction tf.nn.zero_fraction', 'value, name=None', (a, o) => {
  const x = a.tensor('value');
  const size = o.cast(o.apply('Size', [x], { dtype: 'int64' }), 'float32');
  return o.identity(o.div(o.sub(size, nonzero(x, null, false, 'float32', o)), size));
});
define(
  'tf.math.bincount',
  'arr, weights=None, minlength=None, maxlength=None, dtype=tf.int32, name=None, axis=None, binary_output=False',
  (a, o) => {
    const given = a.tensor('arr');
    const x = given.dtype !== null && isInteger(given.dtype) ? given : o.cast(given, 'int32');
    if (a.has('axis') && a.optionalNumber('axis') !== 0) throw new UnknownArgument();
    const values = o.eager.backend.valueOf(x);
    const least = a.optionalNumber('minlength') ?? 0;
    const most = a.optionalNumber('maxlength') ?? Infinity;
    const size = values && Math.min(most, Math.max(least, Array.from(values).reduce((m, v) => Math.max(m, v), -1) + 1));
    const weights = a.has('weights') ? [o.reshape(a.tensor('weights'), [-1])] : [];
    const dtype = weights[0]?.dtype ?? a.dtype('dtype', 'int32');
    return o.apply('DenseBincount', [o.reshape(x, [-1]), ...weights], { size, dtype, binary: a.boolean('binary_output') });
  },
);
define('tf.math.confusion_matrix', 'labels, predictions, num_classes=None, weights=None, dtype=tf.int32, name=None', (a, o) => {
  const [labels, predictions] = [a.tensor('labels'), a.tensor('predictions')].map((t) => o.cast(t, 'int64')) as [Tensor, Tensor];
  const dtype = a.dtype('dtype', 'int32');
  const known = [labels, predictions].map((t) => o.eager.backend.valueOf(t));
  const found = known.every((list) => list !== null) ? Math.max(-1, ...known.flatMap((list) => Array.from(list))) + 1 : null;
  const classes = a.has('num_classes') ? (a.optionalNumber('num_classes') ?? null) : found;
  const values = a.has('weights') ? o.cast(a.tensor('weights'), dtype) : o.cast(o.onesLike(predictions), dtype);
  return o.apply('ScatterNd', [values, o.stack([labels, predictions], 1)], { shape: [classes, classes] });
});
