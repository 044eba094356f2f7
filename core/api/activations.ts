// Activations of `tf.nn` and of Keras, composed of ops as TensorFlow 2.15 and Keras 2.15 compose them.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { rememberLogits } from './logits.ts';
import { floatingOr, logSumExp } from './math.ts';
import { toTensor, UnknownArgument } from './value.ts';

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

/** What a kernel says of a scalar; in a graph its shape function does. Recorded in test/oracle/programs/cf_softmax_scalar. */
const withoutAxis = (o: Operations): OpError =>
  o.eager.inGraph
    ? new OpError('ValueError', 'Shape must be at least rank 1 but is rank 0')
    : new OpError('InvalidArgumentError', 'logits must have >= 1 dimension, got []');

/** Softmax works along the last axis; any other is transposed there and back. */
function overAxis(row: string, x: Tensor, axis: number | null | undefined, o: Operations): Tensor {
  if (axis === undefined) throw new UnknownArgument();
  if (x.shape === null) return o.unary(row, x);
  const rank = x.shape.length;
  if (axis === null || axis === -1 || axis === rank - 1) {
    if (rank === 0) throw withoutAxis(o);
    return o.unary(row, x);
  }
  if (axis < -rank || axis >= rank)
    throw new OpError(
      'InvalidArgumentError',
      `\`dim\` must be in the range [${-rank}, ${rank}) where ${rank} is the number of dimensions in the input. Received: dim=${axis}`,
    );
  const at = axis < 0 ? axis + rank : axis;
  const swap = Array.from({ length: rank }, (_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  return o.transpose(o.unary(row, o.transpose(x, swap)), swap);
}

const keras = (names: string): string =>
  names
    .split(' ')
    .map((n) => `tf.keras.activations.${n}`)
    .join(' ');
// What it is given itself: a variable stays one.
define(keras('linear'), 'x', (a) => a.value('x'));
define(keras('tanh'), 'x', (a, o) => o.tanh(a.floating('x')));
define(keras('sigmoid'), 'x', (a, o) => {
  const x = a.floating('x');
  return rememberLogits(o.sigmoid(x), x);
});
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
  const axes = a.axesIn(a.value('axis'));
  if (axes.length === 1) return softmaxOver(x, axes, o);
  const numerator = o.exp(o.sub(x, o.max(x, axes, true)));
  return rememberLogits(o.div(numerator, o.sum(numerator, axes, true)), x);
});
/** Over several axes Keras composes it (layers/activation/softmax.py). */
export function softmaxOver(x: Tensor, axes: readonly number[], o: Operations): Tensor {
  const [only] = axes;
  if (axes.length !== 1) return o.exp(o.sub(x, logSumExp(x, axes, true, o)));
  return rememberLogits(overAxis('Softmax', x, only, o), x);
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
