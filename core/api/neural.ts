// `tf.nn` beside activations, convolutions and losses. TensorFlow: python/ops/nn_ops.py, nn_impl.py, clip_ops.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import { slicesOf } from '../slices.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { type Arguments, define, keepingSlices } from './function.ts';
import { floatingOr } from './math.ts';
import { isTensor, toTensor } from './value.ts';

define('tf.nn.bias_add', 'value, bias, data_format=None, name=None', (a, o) => {
  const [x, bias] = a.matching('value', 'bias') as [Tensor, Tensor];
  return biasAdd(x, bias, a.text('data_format')?.startsWith('NC') === true, o);
});
/** `first`: the channels are axis 1. */
export function biasAdd(x: Tensor, bias: Tensor, first: boolean, o: Operations): Tensor {
  if (!first || x.shape === null) return o.apply('BiasAdd', [x, bias]);
  const rank = x.shape.length;
  const last = [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
  const back = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
  return o.transpose(o.apply('BiasAdd', [o.transpose(x, last), bias]), back);
}
define('tf.nn.l2_loss', 't, name=None', (a, o) => o.unary('L2Loss', a.tensor('t')));
define('tf.compat.v1.nn.relu_layer', 'x, weights, biases, name=None', (a, o) => {
  const [x, weights, biases] = a.matching('x', 'weights', 'biases') as [Tensor, Tensor, Tensor];
  return o.relu(o.apply('BiasAdd', [o.matmul(x, weights), biases]));
});
define('tf.nn.l2_normalize tf.math.l2_normalize tf.linalg.l2_normalize', 'x, axis=None, epsilon=1e-12, name=None, dim=None', (a, o) => {
  const x = a.tensor('x');
  return l2Normalize(x, a.axes('axis', x), a.number('epsilon'), o);
});
export const l2Normalize = (x: Tensor, axes: readonly number[] | null | undefined, epsilon: number, o: Operations): Tensor =>
  o.mul(x, o.apply('Rsqrt', [o.maximum(o.apply('Sum', [o.square(x)], { axes, keepDims: true }), epsilon)]));

define('tf.nn.dropout', 'x, rate, noise_shape=None, seed=None, name=None', (a, o) => {
  const x = a.floating('x');
  return dropout(x, a.number('rate'), o, a.has('noise_shape') ? a.partialShape('noise_shape') : x.shape);
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
  return a.keepingSlices('t', (t) => clipByNorm(t, toTensor(o, a.value('clip_norm'), null, t.dtype), a.axes('axes', t), o));
});
export function clipByNorm(t: Tensor, limit: Tensor, axes: readonly number[] | null | undefined, o: Operations): Tensor {
  const squares = o.apply('Sum', [o.mul(t, t)], { axes, keepDims: true });
  const positive = o.greater(squares, 0);
  const safe = o.select(positive, squares, o.onesLike(squares));
  const norm = o.select(positive, o.sqrt(safe), squares);
  return o.identity(o.div(o.mul(t, limit), o.maximum(norm, limit)));
}
define('tf.linalg.global_norm', 't_list, name=None', (a, o) =>
  globalNorm(
    rowsIn(a, o).filter((t) => t !== null),
    o,
  ),
);
/** The tensors of a list of gradients; of a `tf.IndexedSlices` its rows. */
const rowsIn = (a: Arguments, o: Operations): (Tensor | null)[] =>
  a.list('t_list').map((value) => {
    if (value === null) return null;
    return (isTensor(value) && value.indexedSlices && slicesOf(value, o)?.values) || toTensor(o, value);
  });
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
/** Scaled by the norm, of all of them together, where that is too large; an infinite norm gives NaN. */
define('tf.clip_by_global_norm', 't_list, clip_norm, use_norm=None, name=None', (a, o) => {
  const known = rowsIn(a, o).filter((t) => t !== null);
  const norm = a.has('use_norm') ? a.tensor('use_norm') : globalNorm(known, o);
  const limit = toTensor(o, a.value('clip_norm'), null, norm.dtype);
  const finite = o.mul(limit, o.minimum(o.div(1, norm), o.div(o.scalar(1, norm.dtype), limit)));
  const scale = o.add(finite, o.sub(norm, norm));
  const clip = (t: Tensor): Tensor => o.identity(o.mul(t, o.cast(scale, t.dtype)));
  return [a.list('t_list').map((value) => (value === null ? null : keepingSlices(o, value, clip))), norm];
});
define('tf.compat.v1.clip_by_average_norm', 't, clip_norm, name=None', (a, o) => {
  const t = a.floating('t');
  const limit = toTensor(o, a.value('clip_norm'), null, t.dtype);
  const count = o.cast(o.apply('Size', [t], { dtype: 'int32' }), 'float32');
  const inverse = o.rsqrt(o.sum(o.mul(t, t)));
  return o.identity(o.mul(o.mul(t, limit), o.minimum(o.mul(inverse, count), o.div(o.scalar(1, t.dtype), limit))));
});
