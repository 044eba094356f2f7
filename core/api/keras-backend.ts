// `tf.keras.backend`: most of it is a function of TensorFlow's under a name and a signature of its own. Source: Keras 2.15, backend.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Dimension, DType, Tensor } from '../tensor.ts';
import { convolve, convolveTransposed } from './convolution.ts';
import { type Arguments, callFunction, define, findFunction } from './function.ts';

import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from './losses.ts';
import { biasAdd } from './neural.ts';
import { pool } from './pooling.ts';
import { bindDefaults, parametersOf } from './signature.ts';
import { Callable, toTensor, UnknownArgument, type Value } from './value.ts';
import { perAxis } from './windows.ts';

const K = 'tf.keras.backend.';

/** Another function, called with these arguments in order. */
function call(name: string, args: readonly Value[], o: Operations): Value {
  const definition = findFunction(name);
  if (!definition) throw new Error(`no public function ${name}`);
  return callFunction(definition, bindDefaults(definition.signature, args), o);
}
const SAME: readonly (readonly [name: string, signature: string, function_: string])[] = [
  ...['abs', 'exp', 'square', 'round', 'sign', 'sin', 'cos', 'tanh', 'transpose'].map((name) => [name, 'x', `tf.${name}`] as const),
  ['log', 'x', 'tf.math.log'],
  ['softplus', 'x', 'tf.math.softplus'],
  ['softsign', 'x', 'tf.math.softsign'],
  ['pow', 'x, a', 'tf.pow'],
  ...['maximum', 'minimum', 'equal', 'not_equal', 'greater', 'greater_equal', 'less', 'less_equal'].map(
    (name) => [name, 'x, y', `tf.${name}`] as const,
  ),
  ...['sum', 'max', 'min', 'prod', 'mean', 'logsumexp'].map((name) => [name, 'x, axis=None, keepdims=False', `tf.reduce_${name}`] as const),
  ['var', 'x, axis=None, keepdims=False', 'tf.math.reduce_variance'],
  ['std', 'x, axis=None, keepdims=False', 'tf.math.reduce_std'],
  ['cumsum', 'x, axis=0', 'tf.cumsum'],
  ['cumprod', 'x, axis=0', 'tf.math.cumprod'],
  ['argmax', 'x, axis=-1', 'tf.argmax'],
  ['argmin', 'x, axis=-1', 'tf.argmin'],
  ['gather', 'reference, indices', 'tf.gather'],
  ['reshape', 'x, shape', 'tf.reshape'],
  ['permute_dimensions', 'x, pattern', 'tf.transpose'],
  ['expand_dims', 'x, axis=-1', 'tf.expand_dims'],
  ['squeeze', 'x, axis', 'tf.squeeze'],
  ['tile', 'x, n', 'tf.tile'],
  ['stack', 'x, axis=0', 'tf.stack'],
  ['reverse', 'x, axes', 'tf.reverse'],
  ['one_hot', 'indices, num_classes', 'tf.one_hot'],
  ['zeros_like', 'x, dtype=None, name=None', 'tf.zeros_like'],
  ['ones_like', 'x, dtype=None, name=None', 'tf.ones_like'],
  ['identity', 'x, name=None', 'tf.identity'],
  ['stop_gradient', 'variables', 'tf.stop_gradient'],
  ['cast', 'x, dtype', 'tf.cast'],
  ['shape', 'x', 'tf.shape'],
  ['hard_sigmoid', 'x', 'tf.keras.activations.hard_sigmoid'],
  ['elu', 'x, alpha=1.0', 'tf.keras.activations.elu'],
  ['relu', 'x, alpha=0.0, max_value=None, threshold=0.0', 'tf.keras.activations.relu'],
  ['softmax', 'x, axis=-1', 'tf.keras.activations.softmax'],
  ['sigmoid', 'x', 'tf.keras.activations.sigmoid'],
  ['l2_normalize', 'x, axis=None', 'tf.linalg.l2_normalize'],
  ['in_top_k', 'predictions, targets, k', 'tf.math.in_top_k'],
];
for (const [name, signature, other] of SAME)
  define(`${K}${name}`, signature, (a, o) => {
    const values = parametersOf(signature).map((parameter) => a.value(parameter.name));
    const [first = null, second = null, ...rest] = values;
    return call(other, name === 'in_top_k' ? [second, first, ...rest] : values, o);
  });

define(`${K}sqrt`, 'x', (a, o) => o.sqrt(o.maximum(a.floating('x'), 0)));
define(`${K}clip`, 'x, min_value, max_value', (a, o) => {
  const x = a.floating('x');
  const low = a.has('min_value') ? a.tensor('min_value', null, x.dtype) : o.scalar(-Infinity, x.dtype);
  const high = a.has('max_value') ? a.tensor('max_value', null, x.dtype) : o.scalar(Infinity, x.dtype);
  return o.maximum(o.minimum(x, high), low);
});
for (const [name, row] of [
  ['any', 'Any'],
  ['all', 'All'],
] as const)
  define(`${K}${name}`, 'x, axis=None, keepdims=False', (a, o) => {
    const x = a.tensor('x');
    return o.apply(row, [o.cast(x, 'bool')], { axes: a.axes('axis', x), keepDims: a.boolean('keepdims') });
  });
define(`${K}concatenate`, 'tensors, axis=-1', (a, o) => call('tf.concat', [a.value('tensors'), a.value('axis')], o));
define(`${K}flatten`, 'x', (a, o) => o.reshape(a.tensor('x'), [-1]));
define(`${K}batch_flatten`, 'x', (a, o) => {
  const x = a.tensor('x');
  const size = x.shape?.slice(1).reduce<Dimension>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
  return o.reshape(x, [-1, size]);
});
define(`${K}repeat`, 'x, n', (a, o) => o.tile(o.expandDims(a.tensor('x'), 1), [1, a.number('n'), 1]));
/** Cut into single places, and put together again with each several times. */
export function repeatElements(x: Tensor, times: number, axis: number, o: Operations): Tensor {
  const count = x.shape?.[axis] ?? null;
  if (count === null) throw new UnknownArgument();
  const parts = o.eager.apply('SplitV', [x], { axis, sizes: Array.from({ length: count }, () => 1) });
  return o.concat(
    parts.flatMap((part) => Array.from({ length: times }, () => part)),
    axis,
  );
}
define(`${K}repeat_elements`, 'x, rep, axis', (a, o) => {
  const x = a.tensor('x');
  return repeatElements(x, a.number('rep'), a.axes('axis', x)?.[0] ?? 0, o);
});
define(`${K}arange`, 'start, stop=None, step=1, dtype="int32"', (a, o) =>
  o.cast(call('tf.range', [a.value('start'), a.value('stop'), a.value('step')], o) as Tensor, a.dtype('dtype')),
);
define(`${K}constant`, 'value, dtype=None, shape=None, name=None', (a, o) => {
  const constant = a.tensor('value', null, 'float32');
  return o.cast(constant, a.dtype('dtype', 'float32'));
});
define(`${K}cast_to_floatx`, 'x', (a, o) => o.cast(a.tensor('x'), 'float32'));
define(`${K}print_tensor`, 'x, message="", summarize=3', (a) => a.tensor('x'));
define(`${K}bias_add`, 'x, bias, data_format=None', (a, o) => {
  const [x, bias] = [a.floating('x'), a.floating('bias')];
  const first = a.text('data_format') === 'channels_first';
  if (bias.shape === null || x.shape === null) throw new UnknownArgument();
  if (bias.shape.length === 1) return biasAdd(x, bias, first, o);
  return o.add(x, o.reshape(bias, first ? [1, bias.shape.at(-1) ?? null, ...bias.shape.slice(0, -1)] : [1, ...bias.shape]));
});

// ------------------------------------------------------------------------------------------------ choices

const chosen = (value: Value, o: Operations): Tensor => toTensor(o, value instanceof Callable ? value.call([]) : value);
define(`${K}switch`, 'condition, then_expression, else_expression', (a, o) => {
  const condition = o.cast(a.tensor('condition'), 'bool');
  if (condition.shape?.length === 0) {
    const truth = o.eager.backend.valueOf(condition)?.[0];
    if (truth === undefined) throw new UnknownArgument();
    return chosen(a.value(truth === 0 ? 'else_expression' : 'then_expression'), o);
  }
  const [then, otherwise] = [chosen(a.value('then_expression'), o), chosen(a.value('else_expression'), o)];
  if (condition.shape === null || then.shape === null) throw new UnknownArgument();
  if (condition.shape.length > then.shape.length)
    throw new OpError('ValueError', 'Rank of `condition` should be less than or equal to rank of `then_expression` and `else_expression`.');
  const missing = then.shape.length - condition.shape.length;
  const wide =
    condition.shape.length > 1 ? o.reshape(condition, [...condition.shape, ...Array.from({ length: missing }, () => 1)]) : condition;
  return o.select(wide, then, otherwise);
});

// ------------------------------------------------------------------------------------------------ products

define(`${K}dot`, 'x, y', (a, o) => {
  const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
  if (x.shape === null || y.shape === null) throw new UnknownArgument();
  if (x.shape.length <= 2 && y.shape.length <= 2) return o.matmul(x, y);
  const rank = y.shape.length;
  const order = [rank - 2, ...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== rank - 2)];
  const left = o.reshape(x, [-1, x.shape.at(-1) ?? null]);
  const right = o.reshape(o.transpose(y, order), [y.shape.at(-2) ?? null, -1]);
  return o.reshape(o.matmul(left, right), [...x.shape.slice(0, -1), ...y.shape.slice(0, -2), y.shape.at(-1) ?? null]);
});
define(`${K}batch_dot`, 'x, y, axes=None', (a, o) => {
  const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
  const given = a.has('axes') ? a.axesIn(a.value('axes')) : null;
  return batchDot(x, y, given && [given[0] ?? 1, given[1] ?? given[0] ?? 1], o);
});
/** Products over one axis of each, example by example. */
export function batchDot(givenX: Tensor, givenY: Tensor, axes: readonly [number, number] | null, o: Operations): Tensor {
  const [rankX, rankY] = [givenX.shape?.length, givenY.shape?.length];
  if (rankX === undefined || rankY === undefined) throw new UnknownArgument();
  if (rankX < 2 || rankY < 2) throw new OpError('ValueError', 'Cannot do batch_dot on inputs with rank < 2.');
  const [wantedX, wantedY] = axes ?? [rankX - 1, rankY === 2 ? rankY - 1 : rankY - 2];
  const [axisX, axisY] = [wantedX < 0 ? wantedX + rankX : wantedX, wantedY < 0 ? wantedY + rankY : wantedY];
  if (axisX === 0 || axisY === 0) throw new OpError('ValueError', 'Cannot perform batch_dot over axis 0.');
  const x = rankX === 2 ? o.expandDims(givenX, 1) : givenX;
  const y = rankY === 2 ? o.expandDims(givenY, 2) : givenY;
  const [ownX, ownY] = [rankX === 2 ? axisX + 1 : axisX, axisY];
  const others = (t: Tensor, axis: number): number[] => (t.shape ?? []).map((_, i) => i).filter((i) => i !== axis);
  const moved = (t: Tensor, order: readonly number[]): Tensor => (order.every((p, i) => p === i) ? t : o.transpose(t, order));
  const left = moved(x, [...others(x, ownX), ownX]);
  const right = moved(y, [0, ownY, ...others(y, ownY).slice(1)]);
  const flat = (t: Tensor, shape: readonly Dimension[]): Tensor => (t.shape && t.shape.length > 3 ? o.reshape(t, shape) : t);
  const product = o.matmul(
    flat(left, [left.shape?.[0] ?? null, -1, left.shape?.at(-1) ?? null]),
    flat(right, [right.shape?.[0] ?? null, right.shape?.[1] ?? null, -1]),
  );
  const shape = left.shape && right.shape && [...left.shape.slice(0, -1), ...right.shape.slice(2)];
  const whole = (left.shape?.length ?? 3) > 3 || (right.shape?.length ?? 3) > 3 ? o.reshape(product, shape) : product;
  if (rankX === 2) return o.apply('Squeeze', [whole], { axes: [1] });
  return rankY === 2 ? o.apply('Squeeze', [whole], { axes: [-1] }) : whole;
}

// ------------------------------------------------------------------------------------------------ losses

const labelled = (a: Arguments, o: Operations): { target: Tensor; output: Tensor; fromLogits: boolean } => {
  const output = a.floating('output');
  return { target: toTensor(o, a.value('target'), null, output.dtype), output, fromLogits: a.boolean('from_logits') };
};
define(`${K}binary_crossentropy`, 'target, output, from_logits=False', (a, o) => {
  const { target, output, fromLogits } = labelled(a, o);
  return binaryCrossentropy(target, output, fromLogits, o);
});
define(`${K}categorical_crossentropy`, 'target, output, from_logits=False, axis=-1', (a, o) => {
  const { target, output, fromLogits } = labelled(a, o);
  return categoricalCrossentropy(target, output, fromLogits, a.number('axis'), o);
});
define(`${K}sparse_categorical_crossentropy`, 'target, output, from_logits=False, axis=-1, ignore_class=None', (a, o) => {
  const ignored = a.has('ignore_class') ? a.number('ignore_class') : null;
  return sparseCategoricalCrossentropy(a.tensor('target'), a.floating('output'), a.boolean('from_logits'), a.number('axis'), ignored, o);
});

// ------------------------------------------------------------------------------------------------ windows

/** Channels that come first are moved to the end, and back. */
function channelsLast(a: Arguments, x: Tensor, o: Operations, body: (x: Tensor) => Tensor): Tensor {
  if (a.text('data_format') !== 'channels_first') return body(x);
  const rank = x.shape?.length ?? 4;
  const axes = Array.from({ length: rank - 2 }, (_, i) => i + 2);
  return o.transpose(body(o.transpose(x, [0, ...axes, 1])), [0, rank - 1, ...axes.map((i) => i - 1)]);
}
function windowsOf(a: Arguments, rank: number, o: Operations, dilated = true) {
  const padding = (a.text('padding') ?? 'valid').toUpperCase();
  if (padding !== 'SAME' && padding !== 'VALID') throw new UnknownArgument();
  return {
    strides: perAxis(o, a.value('strides'), rank, 'strides'),
    padding,
    dilations: dilated ? perAxis(o, a.value('dilation_rate'), rank, 'dilation_rate') : Array.from({ length: rank }, () => 1),
  } as const;
}
for (const [rank, ones] of [
  [1, '1'],
  [2, '(1, 1)'],
  [3, '(1, 1, 1)'],
] as const)
  define(`${K}conv${rank}d`, `x, kernel, strides=${ones}, padding="valid", data_format=None, dilation_rate=${ones}`, (a, o) =>
    channelsLast(a, a.floating('x'), o, (x) => convolve(x, a.floating('kernel'), { ...windowsOf(a, rank, o), inBatches: true }, o)),
  );
define(
  `${K}conv2d_transpose`,
  'x, kernel, output_shape, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)',
  (a, o) => {
    if (a.text('data_format') === 'channels_first') throw new UnknownArgument();
    return convolveTransposed(a.floating('x'), a.floating('kernel'), a.shape('output_shape'), windowsOf(a, 2, o), o);
  },
);
for (const [rank, ones] of [
  [2, '(1, 1)'],
  [3, '(1, 1, 1)'],
] as const)
  define(`${K}pool${rank}d`, `x, pool_size, strides=${ones}, padding="valid", data_format=None, pool_mode="max"`, (a, o) => {
    const mode = a.text('pool_mode');
    if (mode !== 'max' && mode !== 'avg') throw new OpError('ValueError', `Invalid pooling mode: ${mode}`);
    const { strides, padding } = windowsOf(a, rank, o, false);
    const window = perAxis(o, a.value('pool_size'), rank, 'pool_size');
    return channelsLast(a, a.floating('x'), o, (x) => pool(x, mode === 'max' ? 'MaxPool' : 'AvgPool', { window, strides, padding }, o));
  });

/** Zeros around the middle axes: a pair for each, or one pair. */
function padded(a: Arguments, first: boolean, o: Operations): Tensor {
  const x = a.tensor('x');
  const numbers = a.numbers('padding');
  if (numbers === null) throw new UnknownArgument();
  const inner = Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0] as const);
  return o.pad(x, first ? [[0, 0], [0, 0], ...inner] : [[0, 0], ...inner, [0, 0]]);
}
define(`${K}temporal_padding`, 'x, padding=(1, 1)', (a, o) => padded(a, false, o));
define(`${K}spatial_2d_padding`, 'x, padding=((1, 1), (1, 1)), data_format=None', (a, o) =>
  padded(a, a.text('data_format') === 'channels_first', o),
);
define(`${K}spatial_3d_padding`, 'x, padding=((1, 1), (1, 1), (1, 1)), data_format=None', (a, o) =>
  padded(a, a.text('data_format') === 'channels_first', o),
);
define(`${K}resize_volumes`, 'x, depth_factor, height_factor, width_factor, data_format', (a, o) => {
  const start = a.text('data_format') === 'channels_first' ? 2 : 1;
  return ['depth_factor', 'height_factor', 'width_factor'].reduce(
    (x, name, i) => repeatElements(x, a.number(name), start + i, o),
    a.tensor('x'),
  );
});
define(`${K}resize_images`, 'x, height_factor, width_factor, data_format, interpolation="nearest"', (a, o) =>
  channelsLast(a, a.tensor('x'), o, (x) => {
    const [height = null, width = null] = x.shape?.slice(1, 3) ?? [];
    if (height === null || width === null) throw new UnknownArgument();
    const size = [height * a.number('height_factor'), width * a.number('width_factor')];
    return call('tf.image.resize', [x, o.vector(size), a.value('interpolation')], o) as Tensor;
  }),
);
define(`${K}batch_normalization`, 'x, mean, var, beta, gamma, axis=-1, epsilon=0.001', (a, o) => {
  const x = a.floating('x');
  if (x.shape?.length !== 4)
    return call(
      'tf.nn.batch_normalization',
      ['x', 'mean', 'var', 'beta', 'gamma', 'epsilon'].map((n) => a.value(n)),
      o,
    );
  const axis = a.number('axis');
  if (axis !== 3 && axis !== -1) throw new UnknownArgument();
  const [mean, variance] = [a.floating('mean'), a.floating('var')].map((t) => o.reshape(t, [-1])) as [Tensor, Tensor];
  const [offset, scale] = [
    a.has('beta') ? o.reshape(a.floating('beta'), [-1]) : o.zerosLike(mean),
    a.has('gamma') ? o.reshape(a.floating('gamma'), [-1]) : o.onesLike(mean),
  ];
  const attributes = { epsilon: a.number('epsilon'), training: false, averaging: 1 };
  return o.eager.apply('FusedBatchNormV3', [x, scale, offset, mean, variance], attributes)[0] as Tensor;
});

// ------------------------------------------------------------------------------------------------ random

const FLOATX: DType = 'float32';
for (const [name, signature, row] of [
  ['random_normal', 'mean=0.0, stddev=1.0', 'tf.random.normal'],
  ['random_uniform', 'minval=0.0, maxval=1.0', 'tf.random.uniform'],
  ['truncated_normal', 'mean=0.0, stddev=1.0', 'tf.random.truncated_normal'],
] as const)
  define(`${K}${name}`, `shape, ${signature}, dtype=None, seed=None`, (a, o) => {
    const [first = '', second = ''] = signature.split(', ').map((part) => part.split('=')[0] ?? '');
    const dtype = a.has('dtype') ? a.value('dtype') : FLOATX;
    return call(row, [a.value('shape'), a.value(first), a.value(second), dtype, a.value('seed')], o);
  });
define(`${K}dropout`, 'x, level, noise_shape=None, seed=None', (a, o) =>
  call('tf.nn.dropout', [a.value('x'), a.value('level'), a.value('noise_shape'), a.value('seed')], o),
);
/** Divided by a norm that numpy takes, outside of all tapes. */
define('tf.keras.utils.normalize', 'x, axis=-1, order=2', (a, o) => {
  const x = a.floating('x');
  const size = o.eager.pause(() => call('tf.norm', [o.stopGradient(x), a.value('order'), a.value('axis'), true], o) as Tensor);
  return o.div(x, o.eager.backend.detach(o.select(o.equal(size, 0), 1, size)));
});
