// `tf.nn` pooling, dilation and local response normalization. TensorFlow: python/ops/nn_ops.py.
import type { Operations } from '../operations.ts';
import type { Pooling } from '../ops/pooling.ts';
import { OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';
import { channelsLast, paddingOf, perAxis } from './windows.ts';

/** Pooling over 1, 2 or 3 spatial axes; over one it is pooling of images of one column. */
export function pool(x: Tensor, kind: 'MaxPool' | 'AvgPool', pooling: Pooling, o: Operations): Tensor {
  const rank = pooling.window.length;
  if (typeof pooling.padding !== 'string' && (kind === 'AvgPool' || rank === 3))
    throw new OpError('TypeError', "Expected string for argument 'padding' not a list.");
  if (rank === 3) return o.apply(`${kind}3D`, [x], pooling);
  if (rank === 2) return o.apply(kind, [x], pooling);
  const wide: Pooling = {
    window: [1, ...pooling.window],
    strides: [1, ...pooling.strides],
    padding: typeof pooling.padding === 'string' ? pooling.padding : [[0, 0], ...pooling.padding],
  };
  return o.apply('Squeeze', [o.apply(kind, [o.expandDims(x, 1)], wide)], { axes: [1] });
}

function poolingOf(a: Arguments, o: Operations, rank: number): Pooling {
  channelsLast(a);
  return {
    window: perAxis(o, a.value('ksize'), rank, 'ksize'),
    strides: perAxis(o, a.value('strides'), rank, 'strides'),
    padding: paddingOf(a),
  };
}

for (const [short, kind] of [
  ['max', 'MaxPool'],
  ['avg', 'AvgPool'],
] as const) {
  for (const [rank, format] of [
    [1, 'NWC'],
    [2, 'NHWC'],
    [3, 'NDHWC'],
  ] as const)
    define(`tf.nn.${short}_pool${rank}d`, `input, ksize, strides, padding, data_format="${format}", name=None`, (a, o) =>
      pool(a.tensor('input'), kind, poolingOf(a, o, rank), o),
    );
  define(`tf.nn.${short}_pool`, 'input, ksize, strides, padding, data_format=None, name=None', (a, o) => {
    const x = a.tensor('input');
    if (x.shape === null) throw new UnknownArgument();
    return pool(x, kind, poolingOf(a, o, x.shape.length - 2), o);
  });
}
define(
  'tf.nn.pool',
  'input, window_shape, pooling_type, strides=None, padding="VALID", data_format=None, dilations=None, name=None',
  (a, o) => {
    channelsLast(a);
    const window = a.axesIn(a.value('window_shape'));
    const strides = perAxis(o, a.value('strides'), window.length, 'strides');
    const type = a.text('pooling_type');
    if (type !== 'MAX' && type !== 'AVG') throw new OpError('ValueError', `${window.length}-D ${type} pooling is not supported.`);
    if (perAxis(o, a.value('dilations'), window.length, 'dilations').some((d) => d > 1)) throw new UnknownArgument();
    return pool(a.tensor('input'), type === 'MAX' ? 'MaxPool' : 'AvgPool', { window, strides, padding: paddingOf(a) }, o);
  },
);

define(
  'tf.nn.max_pool_with_argmax',
  'input, ksize, strides, padding, data_format="NHWC", output_dtype=tf.int64, include_batch_in_index=False, name=None',
  (a, o) => {
    if (a.boolean('include_batch_in_index')) throw new UnknownArgument();
    const [largest, places] = o.eager.apply('MaxPoolWithArgmax', [a.tensor('input')], poolingOf(a, o, 2)) as [Tensor, Tensor];
    return [largest, o.cast(places, a.dtype('output_dtype', 'int64'))];
  },
  ['output', 'argmax'],
);

for (const [name, row] of [
  ['tf.nn.fractional_max_pool', 'FractionalMaxPool'],
  ['tf.nn.fractional_avg_pool', 'FractionalAvgPool'],
] as const)
  define(
    name,
    'value, pooling_ratio, pseudo_random=False, overlapping=False, seed=0, name=None',
    (a, o) => {
      const given = o.eager.backend.valueOf(a.tensor('pooling_ratio', null, 'float32'));
      if (!given) throw new UnknownArgument();
      const numbers = Array.from(given);
      const [first = 1, second = first] = numbers;
      const ratio = numbers.length === 4 ? numbers : [1, first, numbers.length === 1 ? first : second, 1];
      return o.eager.apply(row, [a.tensor('value')], { ratio, overlapping: a.boolean('overlapping') });
    },
    ['output', 'row_pooling_sequence', 'col_pooling_sequence'],
  );

// ------------------------------------------------------------------------------------------------ morphology, neighbouring channels

const dilation = (a: Arguments, o: Operations, x: Tensor, filter: Tensor): Tensor => {
  channelsLast(a);
  const strides = perAxis(o, a.value('strides'), 2, 'strides');
  const dilations = perAxis(o, a.value('dilations'), 2, 'dilations');
  return o.apply('Dilation2D', [x, filter], { strides, dilations, padding: paddingOf(a) });
};
define('tf.nn.dilation2d', 'input, filters, strides, padding, data_format, dilations, name=None', (a, o) => {
  const [x, filter] = a.matching('input', 'filters') as [Tensor, Tensor];
  return dilation(a, o, x, filter);
});
define('tf.nn.erosion2d', 'value, filters, strides, padding, data_format, dilations, name=None', (a, o) => {
  const [x, filter] = a.matching('value', 'filters') as [Tensor, Tensor];
  return o.neg(dilation(a, o, o.neg(x), o.apply('ReverseV2', [filter], { axes: [0, 1] })));
});

define('tf.nn.local_response_normalization tf.nn.lrn', 'input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None', (a, o) =>
  o.apply('LRN', [a.tensor('input')], {
    depthRadius: a.number('depth_radius'),
    bias: a.number('bias'),
    alpha: a.number('alpha'),
    beta: a.number('beta'),
  }),
);
