// `tf.nn`, Keras activations and losses, composed of ops as TensorFlow 2.15 and Keras 2.15 compose them.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { floatingOr, logSumExp } from './math.ts';
import { toTensor, UnknownArgument } from './value.ts';

const EPSILON = 1e-7;

// ------------------------------------------------------------------------------------------------ activations

define('tf.nn.relu', 'features, name=None', (a, o) => o.relu(a.floating('features')));
define('tf.nn.relu6', 'features, name=None', (a, o) => o.unary('Relu6', a.floating('features')));
define('tf.nn.elu', 'features, name=None', (a, o) => o.unary('Elu', a.floating('features')));
define('tf.nn.selu', 'features, name=None', (a, o) => o.unary('Selu', a.floating('features')));
define('tf.nn.softplus tf.math.softplus', 'features, name=None', (a, o) => o.softplus(a.floating('features')));
define('tf.nn.softsign tf.math.softsign', 'features, name=None', (a, o) => o.unary('Softsign', a.floating('features')));
define('tf.nn.leaky_relu', 'features, alpha=0.2, name=None', (a, o) => leakyRelu(a.floating('features'), a.number('alpha'), o));
define('tf.nn.crelu', 'features, axis=-1, name=None', (a, o) => {
  const x = a.floating('features');
  return o.relu(o.concat([x, o.neg(x)], a.number('axis')));
});
define('tf.nn.gelu', 'features, approximate=False, name=None', (a, o) => gelu(a.floating('features'), a.boolean('approximate'), o));
define('tf.nn.silu tf.nn.swish', 'features, beta=1.0', (a, o) =>
  swish(a.floating('features'), toTensor(o, a.value('beta'), null, a.floating('features').dtype), o),
);
define('tf.nn.bias_add', 'value, bias, data_format=None, name=None', (a, o) => o.apply('BiasAdd', [a.tensor('value'), a.tensor('bias')]));
define('tf.nn.l2_loss', 't, name=None', (a, o) => o.unary('L2Loss', a.tensor('t')));
define('tf.nn.softmax tf.math.softmax', 'logits, axis=None, name=None', (a, o) =>
  overAxis('Softmax', a.floating('logits'), a.optionalNumber('axis'), o),
);
define('tf.nn.log_softmax tf.math.log_softmax', 'logits, axis=None, name=None', (a, o) =>
  overAxis('LogSoftmax', a.floating('logits'), a.optionalNumber('axis'), o),
);

const leakyRelu = (x: Tensor, alpha: number, o: Operations): Tensor => o.apply('LeakyRelu', [x], { alpha });

function gelu(x: Tensor, approximate: boolean, o: Operations): Tensor {
  const half = o.mul(0.5, x);
  if (!approximate) return o.mul(half, o.add(1, o.erf(o.div(x, Math.SQRT2))));
  const inner = o.mul(Math.sqrt(2 / Math.PI), o.add(x, o.mul(0.044715, o.pow(x, 3))));
  return o.mul(half, o.add(1, o.tanh(inner)));
}

/** TensorFlow gives it a custom gradient, of the same structure and value as the composition's. */
const swish = (x: Tensor, beta: Tensor, o: Operations): Tensor => o.identity(o.mul(x, o.sigmoid(o.mul(beta, x))));

/** Softmax works along the last axis; any other is transposed there and back. */
function overAxis(row: string, x: Tensor, axis: number | null | undefined, o: Operations): Tensor {
  if (axis === undefined) throw new UnknownArgument();
  if (axis === null || axis === -1 || x.shape === null || axis === x.shape.length - 1) return o.unary(row, x);
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  const swap = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  return o.transpose(o.unary(row, o.transpose(x, swap)), swap);
}

const keras = (names: string): string =>
  names
    .split(' ')
    .map((n) => `tf.keras.activations.${n}`)
    .join(' ');
define(keras('linear'), 'x', (a) => a.tensor('x'));
define(keras('tanh'), 'x', (a, o) => o.tanh(a.floating('x')));
define(keras('sigmoid'), 'x', (a, o) => o.sigmoid(a.floating('x')));
define(keras('exponential'), 'x', (a, o) => o.exp(a.floating('x')));
define(keras('softplus'), 'x', (a, o) => o.softplus(a.floating('x')));
define(keras('softsign'), 'x', (a, o) => o.unary('Softsign', a.floating('x')));
define(keras('selu'), 'x', (a, o) => o.unary('Selu', a.floating('x')));
define(keras('swish silu'), 'x', (a, o) => swish(a.floating('x'), o.scalar(1, a.floating('x').dtype), o));
define(keras('gelu'), 'x, approximate=False', (a, o) => gelu(a.floating('x'), a.boolean('approximate'), o));
define(keras('mish'), 'x', (a, o) => o.mul(a.floating('x'), o.tanh(o.softplus(a.floating('x')))));
define(keras('softmax'), 'x, axis=-1', (a, o) => {
  const x = a.floating('x');
  if (x.shape !== null && x.shape.length <= 1) throw new OpError('ValueError', 'Cannot apply softmax to a tensor that is 1D.');
  return softmaxOver(x, a.axesIn(a.value('axis')), o);
});
/** Over several axes Keras composes it (layers/activation/softmax.py). */
export function softmaxOver(x: Tensor, axes: readonly number[], o: Operations): Tensor {
  const [only] = axes;
  return axes.length === 1 ? overAxis('Softmax', x, only, o) : o.exp(o.sub(x, logSumExp(x, axes, true, o)));
}
define(keras('log_softmax'), 'x, axis=-1', (a, o) => overAxis('LogSoftmax', a.floating('x'), a.optionalNumber('axis'), o));
define(keras('hard_sigmoid'), 'x', (a, o) => o.maximum(o.minimum(o.add(o.mul(a.floating('x'), 0.2), 0.5), 1), 0));
define(keras('elu'), 'x, alpha=1.0', (a, o) => elu(a.floating('x'), a.number('alpha'), o));
define(keras('relu'), 'x, alpha=0.0, max_value=None, threshold=0.0', (a, o) =>
  relu(a.floating('x'), a.number('alpha'), a.has('max_value') ? a.number('max_value') : null, a.number('threshold'), o),
);

export function elu(x: Tensor, alpha: number, o: Operations): Tensor {
  const unit = o.unary('Elu', x);
  return alpha === 1 ? unit : o.select(o.greater(x, 0), unit, o.mul(alpha, unit));
}

/** Keras' backend.relu. */
export function relu(x: Tensor, alpha: number, maximum: number | null, threshold: number, o: Operations): Tensor {
  const clip = (y: Tensor, hi: number) => o.maximum(o.minimum(y, hi), 0);
  if (alpha !== 0) {
    if (maximum === null && threshold === 0) return leakyRelu(x, alpha, o);
    const negative = threshold === 0 ? o.relu(o.neg(x)) : o.relu(o.add(o.neg(x), threshold));
    const positive = threshold === 0 ? o.relu(x) : o.mul(x, o.cast(o.greater(x, threshold), floatingOr(x.dtype)));
    return o.sub(maximum === null ? positive : clip(positive, maximum), o.mul(alpha, negative));
  }
  if (threshold !== 0) {
    const kept = o.mul(x, o.cast(o.greater(x, threshold), floatingOr(x.dtype)));
    return maximum === null ? kept : clip(kept, maximum);
  }
  if (maximum === 6) return o.unary('Relu6', x);
  return maximum === null ? o.relu(x) : clip(o.relu(x), maximum);
}

define('tf.nn.l2_normalize tf.math.l2_normalize tf.linalg.l2_normalize', 'x, axis=None, epsilon=1e-12, name=None', (a, o) => {
  const x = a.tensor('x');
  return l2Normalize(x, a.axes('axis', x), a.number('epsilon'), o);
});
export const l2Normalize = (x: Tensor, axes: readonly number[] | null | undefined, epsilon: number, o: Operations): Tensor =>
  o.mul(x, o.apply('Rsqrt', [o.maximum(o.apply('Sum', [o.square(x)], { axes, keepDims: true }), epsilon)]));

define('tf.nn.dropout', 'x, rate, noise_shape=None, seed=None, name=None', (a, o) => {
  const x = a.floating('x');
  return dropout(x, a.number('rate'), o, a.has('noise_shape') ? a.shape('noise_shape') : x.shape);
});
export function dropout(x: Tensor, rate: number, o: Operations, noiseShape: Shape = x.shape): Tensor {
  if (rate < 0 || rate >= 1)
    throw new OpError('ValueError', `\`rate\` must be a scalar tensor or a float in the range [0, 1). Received: rate=${rate}`);
  if (rate === 0) return x;
  const scaled = o.mul(x, 1 / (1 - rate));
  const noise = o.eager.apply('RandomUniform', [], { shape: noiseShape, dtype: floatingOr(x.dtype), seed: null })[0] as Tensor;
  return o.select(o.greaterEqual(noise, rate), scaled, 0);
}

define('tf.clip_by_norm', 't, clip_norm, axes=None, name=None', (a, o) => {
  const t = a.tensor('t');
  return clipByNorm(t, toTensor(o, a.value('clip_norm'), null, t.dtype), a.axes('axes', t), o);
});
export function clipByNorm(t: Tensor, limit: Tensor, axes: readonly number[] | null | undefined, o: Operations): Tensor {
  const squares = o.apply('Sum', [o.mul(t, t)], { axes, keepDims: true });
  const positive = o.greater(squares, 0);
  const safe = o.select(positive, squares, o.onesLike(squares));
  const norm = o.select(positive, o.sqrt(safe), squares);
  return o.identity(o.div(o.mul(t, limit), o.maximum(norm, limit)));
}
define('tf.linalg.global_norm', 't_list, name=None', (a, o) => globalNorm(a.tensors('t_list'), o));
const globalNorm = (list: readonly Tensor[], o: Operations): Tensor =>
  o.sqrt(
    o.mul(
      o.sum(
        o.stack(
          list.map((t) => o.unary('L2Loss', t)),
          0,
        ),
      ),
      2,
    ),
  );

// ------------------------------------------------------------------------------------------------ cross entropies

define('tf.nn.softmax_cross_entropy_with_logits', 'labels, logits, axis=-1, name=None', (a, o) => {
  const logits = a.floating('logits');
  return softmaxCrossEntropy(toTensor(o, a.value('labels'), null, logits.dtype), logits, o);
});
function softmaxCrossEntropy(labels: Tensor, logits: Tensor, o: Operations): Tensor {
  const classes = logits.shape?.at(-1) ?? null;
  const flat = (t: Tensor) => (t.shape?.length === 2 ? t : o.reshape(t, [-1, classes]));
  const [loss] = o.eager.apply('SoftmaxCrossEntropyWithLogits', [flat(logits), flat(labels)]) as [Tensor];
  return logits.shape?.length === 2 ? loss : o.reshape(loss, logits.shape && logits.shape.slice(0, -1));
}

define('tf.nn.sparse_softmax_cross_entropy_with_logits', 'labels, logits, name=None', (a, o) =>
  sparseCrossEntropy(a.tensor('labels'), a.floating('logits'), o),
);
function sparseCrossEntropy(labels: Tensor, logits: Tensor, o: Operations): Tensor {
  const classes = logits.shape?.at(-1) ?? null;
  const flat = logits.shape?.length === 2;
  const [loss] = o.eager.apply('SparseSoftmaxCrossEntropyWithLogits', [
    flat ? logits : o.reshape(logits, [-1, classes]),
    flat ? labels : o.reshape(labels, [-1]),
  ]) as [Tensor];
  return flat ? loss : o.reshape(loss, logits.shape && logits.shape.slice(0, -1));
}

define('tf.nn.sigmoid_cross_entropy_with_logits', 'labels=None, logits=None, name=None', (a, o) => {
  const logits = a.floating('logits');
  return sigmoidCrossEntropy(toTensor(o, a.value('labels'), null, logits.dtype), logits, o);
});
/** max(x, 0) − x·z + log(1 + e^−|x|), with selects as python/ops/nn_impl.py has them. */
function sigmoidCrossEntropy(labels: Tensor, logits: Tensor, o: Operations): Tensor {
  const zeros = o.zerosLike(logits);
  const positive = o.greaterEqual(logits, zeros);
  const positivePart = o.select(positive, logits, zeros);
  const minusAbsolute = o.select(positive, o.neg(logits), logits);
  return o.add(o.sub(positivePart, o.mul(logits, labels)), o.log1p(o.exp(minusAbsolute)));
}

// ------------------------------------------------------------------------------------------------ Keras losses

type Loss = (y: { true: Tensor; pred: Tensor }, o: Operations, a: Arguments) => Tensor;

/** A loss of (y_true, y_pred); y_true takes the dtype of y_pred. */
function loss(names: string, extra: string, body: Loss): void {
  const full = names
    .split(' ')
    .flatMap((n) => [`tf.keras.losses.${n}`, `tf.keras.metrics.${n}`])
    .join(' ');
  define(full, `y_true, y_pred${extra ? `, ${extra}` : ''}`, (a, o) => {
    const pred = a.floating('y_pred');
    const given = toTensor(o, a.value('y_true'), null, pred.dtype);
    return body({ pred, true: names.startsWith('sparse') ? given : o.cast(given, pred.dtype) }, o, a);
  });
}
const meanLast = (x: Tensor, o: Operations): Tensor => o.mean(x, [-1]);
const clipped = (x: Tensor, o: Operations): Tensor =>
  o.maximum(o.minimum(x, o.sub(o.scalar(1, x.dtype), o.scalar(EPSILON, x.dtype))), EPSILON);

loss('mean_squared_error mse MSE', '', (y, o) => meanLast(o.squaredDifference(y.pred, y.true), o));
loss('mean_absolute_error mae MAE', '', (y, o) => meanLast(o.abs(o.sub(y.pred, y.true)), o));
loss('mean_absolute_percentage_error mape MAPE', '', (y, o) =>
  o.mul(100, meanLast(o.abs(o.div(o.sub(y.true, y.pred), o.maximum(o.abs(y.true), EPSILON))), o)),
);
loss('mean_squared_logarithmic_error msle MSLE', '', (y, o) => {
  const log = (t: Tensor) => o.log(o.add(o.maximum(t, EPSILON), 1));
  return meanLast(o.squaredDifference(log(y.pred), log(y.true)), o);
});
loss('huber', 'delta=1.0', (y, o, a) => {
  const error = o.sub(y.pred, y.true);
  const size = o.abs(error);
  const delta = a.number('delta');
  return meanLast(o.select(o.lessEqual(size, delta), o.mul(0.5, o.square(error)), o.sub(o.mul(delta, size), 0.5 * delta * delta)), o);
});
loss('log_cosh logcosh', '', (y, o) => {
  const error = o.sub(y.pred, y.true);
  return meanLast(o.sub(o.add(error, o.softplus(o.mul(-2, error))), Math.LN2), o);
});
loss('hinge', '', (y, o) => meanLast(o.maximum(o.sub(1, o.mul(signedLabels(y.true, o), y.pred)), 0), o));
loss('squared_hinge', '', (y, o) => meanLast(o.square(o.maximum(o.sub(1, o.mul(signedLabels(y.true, o), y.pred)), 0)), o));
/** Labels of 0 and 1 become −1 and 1. */
function signedLabels(labels: Tensor, o: Operations): Tensor {
  const values = o.eager.backend.valueOf(labels);
  const binary = values !== null && [...values].every((v) => v === 0 || v === 1);
  return binary ? o.sub(o.mul(2, labels), 1) : labels;
}
loss('kl_divergence kld KLD kullback_leibler_divergence', '', (y, o) => {
  const bounded = (t: Tensor) => o.maximum(o.minimum(t, 1), EPSILON);
  return o.sum(o.mul(bounded(y.true), o.log(o.div(bounded(y.true), bounded(y.pred)))), [-1]);
});
loss('poisson', '', (y, o) => meanLast(o.sub(y.pred, o.mul(y.true, o.log(o.add(y.pred, EPSILON)))), o));
loss('cosine_similarity', 'axis=-1', (y, o) =>
  o.neg(o.sum(o.mul(l2Normalize(y.true, [-1], 1e-12, o), l2Normalize(y.pred, [-1], 1e-12, o)), [-1])),
);
loss('binary_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1', (y, o, a) => {
  const smoothing = a.number('label_smoothing');
  const labels = smoothing ? o.add(o.mul(y.true, 1 - smoothing), 0.5 * smoothing) : y.true;
  if (a.boolean('from_logits')) return meanLast(sigmoidCrossEntropy(labels, y.pred, o), o);
  const p = clipped(y.pred, o);
  const ones = o.mul(labels, o.log(o.add(p, EPSILON)));
  const zeros = o.mul(o.sub(1, labels), o.log(o.add(o.sub(1, p), EPSILON)));
  return meanLast(o.neg(o.add(ones, zeros)), o);
});
loss('categorical_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1', (y, o, a) => {
  const smoothing = a.number('label_smoothing');
  const classes = y.pred.shape?.at(-1) ?? null;
  const labels = smoothing
    ? o.add(o.mul(y.true, 1 - smoothing), o.full(classes === null ? null : smoothing / classes, [], y.pred.dtype))
    : y.true;
  if (a.boolean('from_logits')) return softmaxCrossEntropy(labels, y.pred, o);
  const p = clipped(o.div(y.pred, o.sum(y.pred, [-1], true)), o);
  return o.neg(o.sum(o.mul(labels, o.log(p)), [-1]));
});
loss('sparse_categorical_crossentropy', 'from_logits=False, ignore_class=None, axis=-1', (y, o, a) =>
  sparseCrossEntropy(o.cast(y.true, 'int64'), a.boolean('from_logits') ? y.pred : o.log(clipped(y.pred, o)), o),
);
