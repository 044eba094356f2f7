// Cross entropies and other losses of logits. TensorFlow: python/ops/nn_ops.py, nn_impl.py.
import type { Operations } from '../operations.ts';
import { OpError, show } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { refuseOutside } from './selection.ts';
import { toTensor, UnknownArgument } from './value.ts';

/** An axis of a rank, moved to the end. */
function lastly(t: Tensor, axis: number, o: Operations): Tensor {
  if (axis === -1) return t;
  if (t.shape === null) throw new UnknownArgument();
  const at = axis < 0 ? axis + t.shape.length : axis;
  return o.transpose(t, [...t.shape.map((_, i) => i).filter((i) => i !== at), at]);
}
define('tf.nn.softmax_cross_entropy_with_logits', 'labels, logits, axis=-1, name=None', (a, o) => {
  const logits = a.floating('logits');
  const labels = o.cast(toTensor(o, a.value('labels'), null, logits.dtype), logits.dtype);
  return softmaxCrossEntropy(labels, logits, a.has('axis') ? a.number('axis') : -1, o);
});
export function softmaxCrossEntropy(givenLabels: Tensor, givenLogits: Tensor, axis: number, o: Operations): Tensor {
  const [labels, logits] = [lastly(givenLabels, axis, o), lastly(givenLogits, axis, o)];
  const classes = logits.shape?.at(-1) ?? null;
  const flat = (t: Tensor) => (t.shape?.length === 2 ? t : o.reshape(t, [-1, classes]));
  const [loss] = o.eager.apply('SoftmaxCrossEntropyWithLogits', [flat(logits), flat(labels)]) as [Tensor];
  return logits.shape?.length === 2 ? loss : o.reshape(loss, logits.shape && logits.shape.slice(0, -1));
}

define('tf.nn.sparse_softmax_cross_entropy_with_logits', 'labels, logits, name=None', (a, o) =>
  sparseCrossEntropy(a.tensor('labels', null, 'int32'), a.floating('logits'), o),
);
export function sparseCrossEntropy(labels: Tensor, logits: Tensor, o: Operations): Tensor {
  if (labels.shape !== null && logits.shape !== null && labels.shape.length !== logits.shape.length - 1)
    throw new OpError(
      'ValueError',
      `\`labels.shape.rank\` must equal \`logits.shape.rank - 1\`. Received: labels.shape=${show(labels.shape)} and logits.shape=${show(logits.shape)}`,
    );
  const classes = logits.shape?.at(-1) ?? null;
  refuseOutside(
    labels,
    classes,
    o,
    (label, size) => `Received a label value of ${label} which is outside the valid range of [0, ${size}).`,
  );
  const flat = logits.shape?.length === 2;
  const [loss] = o.eager.apply('SparseSoftmaxCrossEntropyWithLogits', [
    flat ? logits : o.reshape(logits, [-1, classes]),
    flat ? labels : o.reshape(labels, [-1]),
  ]) as [Tensor];
  return flat ? loss : o.reshape(loss, logits.shape && logits.shape.slice(0, -1));
}

define('tf.nn.sigmoid_cross_entropy_with_logits', 'labels=None, logits=None, name=None', (a, o) => {
  const [logits, labels] = a.separately('logits', 'labels') as [Tensor, Tensor];
  return sigmoidCrossEntropy(labels, logits, o);
});
/** max(x, 0) − x·z + log(1 + e^−|x|), with selects as python/ops/nn_impl.py has them. */
export function sigmoidCrossEntropy(labels: Tensor, logits: Tensor, o: Operations): Tensor {
  const zeros = o.zerosLike(logits);
  const positive = o.greaterEqual(logits, zeros);
  const positivePart = o.select(positive, logits, zeros);
  const minusAbsolute = o.select(positive, o.neg(logits), logits);
  return o.add(o.sub(positivePart, o.mul(logits, labels)), o.log1p(o.exp(minusAbsolute)));
}

define('tf.nn.weighted_cross_entropy_with_logits', 'labels, logits, pos_weight, name=None', (a, o) => {
  const [logits, labels] = a.separately('logits', 'labels') as [Tensor, Tensor];
  const weight = a.tensor('pos_weight', null, logits.dtype);
  const logWeight = o.add(1, o.mul(o.sub(weight, 1), labels));
  const softened = o.add(o.log1p(o.exp(o.neg(o.abs(logits)))), o.relu(o.neg(logits)));
  return o.add(o.mul(o.sub(1, labels), logits), o.mul(logWeight, softened));
});
define('tf.nn.log_poisson_loss', 'targets, log_input, compute_full_loss=False, name=None', (a, o) => {
  const input = a.floating('log_input');
  const targets = toTensor(o, a.value('targets'), null, input.dtype);
  const result = o.sub(o.exp(input), o.mul(input, targets));
  if (!a.boolean('compute_full_loss')) return result;
  const twoPi = o.scalar(2 * Math.PI, targets.dtype);
  const stirling = o.add(o.sub(o.mul(targets, o.log(targets)), targets), o.mul(0.5, o.log(o.mul(twoPi, targets))));
  const zeros = o.zerosLike(targets);
  const small = o.logicalAnd(o.greaterEqual(targets, zeros), o.lessEqual(targets, o.onesLike(targets)));
  return o.add(result, o.select(small, zeros, stirling));
});
define('tf.nn.compute_average_loss', 'per_example_loss, sample_weight=None, global_batch_size=None', (a, o) => {
  const losses = a.floating('per_example_loss');
  const weighted = a.has('sample_weight') ? o.mul(losses, a.tensor('sample_weight', null, losses.dtype)) : losses;
  const size = a.has('global_batch_size') ? a.optionalNumber('global_batch_size') : losses.shape?.[0];
  return o.div(o.sum(weighted), o.full(size ?? null, [], losses.dtype));
});
define('tf.nn.scale_regularization_loss', 'regularization_loss', (a, o) => o.div(o.sum(a.floating('regularization_loss')), 1));
