// Keras' losses as functions. Source: Keras 2.15, losses.py and backend.py.
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { sigmoidCrossEntropy, softmaxCrossEntropy, sparseCrossEntropy } from './cross-entropies.ts';
import { type Arguments, define } from './function.ts';
import { logitsBehind } from './logits.ts';
import { l2Normalize } from './neural.ts';
import { booleanMask, where } from './selection.ts';
import { toTensor } from './value.ts';

const EPSILON = 1e-7;

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
loss('cosine_similarity', 'axis=-1', (y, o, a) => {
  const axes = a.axes('axis', y.pred);
  const product = o.mul(l2Normalize(y.true, axes, 1e-12, o), l2Normalize(y.pred, axes, 1e-12, o));
  return o.neg(o.apply('Sum', [product], { axes, keepDims: false }));
});
loss('categorical_hinge', '', (y, o) => {
  const positive = o.sum(o.mul(y.true, y.pred), [-1]);
  const negative = o.max(o.mul(o.sub(1, y.true), y.pred), [-1]);
  return o.maximum(o.add(o.sub(negative, positive), 1), 0);
});

// ------------------------------------------------------------------------------------------------ cross entropies

/** Labels of 0 and 1, moved towards the middle. */
function smoothed(labels: Tensor, classes: number | null, a: Arguments, o: Operations): Tensor {
  const smoothing = a.number('label_smoothing');
  if (smoothing === 0) return labels;
  const part = o.full(classes === null ? null : smoothing / classes, [], labels.dtype);
  return o.add(o.mul(labels, o.sub(o.scalar(1, labels.dtype), smoothing)), part);
}
/** Keras takes the logits that probabilities were made of, where it knows them, whatever `from_logits` says. */
function logitsOf(pred: Tensor, fromLogits: boolean, row: 'Softmax' | 'Sigmoid', o: Operations): { values: Tensor; areLogits: boolean } {
  const behind = logitsBehind(pred, row, o);
  return behind ? { values: behind, areLogits: true } : { values: pred, areLogits: fromLogits };
}

export function binaryCrossentropy(labels: Tensor, pred: Tensor, fromLogits: boolean, o: Operations): Tensor {
  const { values, areLogits } = logitsOf(pred, fromLogits, 'Sigmoid', o);
  if (areLogits) return sigmoidCrossEntropy(labels, values, o);
  const p = clipped(values, o);
  const ones = o.mul(labels, o.log(o.add(p, EPSILON)));
  const zeros = o.mul(o.sub(1, labels), o.log(o.add(o.sub(1, p), EPSILON)));
  return o.neg(o.add(ones, zeros));
}
loss('binary_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1', (y, o, a) =>
  o.apply('Mean', [binaryCrossentropy(smoothed(y.true, 2, a, o), y.pred, a.boolean('from_logits'), o)], {
    axes: a.axes('axis', y.pred),
    keepDims: false,
  }),
);

/** Probabilities that add up to one along the axis. */
const normalized = (p: Tensor, axis: number, o: Operations): Tensor => clipped(o.div(p, o.sum(p, [axis], true)), o);
export function categoricalCrossentropy(labels: Tensor, pred: Tensor, fromLogits: boolean, axis: number, o: Operations): Tensor {
  const { values, areLogits } = logitsOf(pred, fromLogits, 'Softmax', o);
  if (areLogits) return softmaxCrossEntropy(labels, values, axis, o);
  return o.neg(o.sum(o.mul(labels, o.log(normalized(values, axis, o))), [axis]));
}
loss('categorical_crossentropy', 'from_logits=False, label_smoothing=0.0, axis=-1', (y, o, a) => {
  const axis = a.number('axis');
  return categoricalCrossentropy(smoothed(y.true, y.true.shape?.at(axis) ?? null, a, o), y.pred, a.boolean('from_logits'), axis, o);
});

export function sparseCategoricalCrossentropy(
  givenLabels: Tensor,
  pred: Tensor,
  fromLogits: boolean,
  axis: number,
  ignored: number | null,
  o: Operations,
): Tensor {
  const given = logitsOf(pred, fromLogits, 'Softmax', o);
  const values = given.areLogits ? given.values : o.log(clipped(given.values, o));
  const rank = values.shape?.length ?? null;
  const at = rank === null || axis >= 0 ? axis : axis + rank;
  const logits =
    rank === null || at === rank - 1
      ? values
      : o.transpose(values, [...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== at), at]);
  const labels = o.cast(givenLabels, 'int64');
  const outer = logits.shape && logits.shape.slice(0, -1);
  const isFlat = rank !== null && labels.shape?.length === rank - 1;
  const flatLabels = isFlat && ignored === null ? labels : o.reshape(labels, [-1]);
  const flatLogits = isFlat && ignored === null ? logits : o.reshape(logits, [-1, logits.shape?.at(-1) ?? null]);
  if (ignored === null) {
    const losses = sparseCrossEntropy(flatLabels, flatLogits, o);
    return isFlat || (rank ?? 0) < 3 ? losses : o.reshape(losses, outer);
  }
  const counted = o.notEqual(labels, o.scalar(ignored, 'int64'));
  const mask = isFlat ? counted : o.reshape(counted, outer);
  const losses = sparseCrossEntropy(
    booleanMask(isFlat ? labels : flatLabels, isFlat ? mask : o.reshape(mask, [-1]), 0, o),
    booleanMask(isFlat ? logits : flatLogits, isFlat ? mask : o.reshape(mask, [-1]), 0, o),
    o,
  );
  return o.apply('ScatterNd', [losses, where(mask, o)], { shape: outer });
}
loss('sparse_categorical_crossentropy', 'from_logits=False, axis=-1, ignore_class=None', (y, o, a) =>
  sparseCategoricalCrossentropy(
    y.true,
    y.pred,
    a.boolean('from_logits'),
    a.number('axis'),
    a.has('ignore_class') ? a.number('ignore_class') : null,
    o,
  ),
);

// ------------------------------------------------------------------------------------------------ focal

loss(
  'binary_focal_crossentropy',
  'apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1',
  (y, o, a) => {
    const labels = smoothed(y.true, 2, a, o);
    const fromLogits = a.boolean('from_logits');
    const sigmoid = fromLogits ? o.sigmoid(y.pred) : y.pred;
    const right = o.add(o.mul(labels, sigmoid), o.mul(o.sub(1, labels), o.sub(1, sigmoid)));
    const focal = o.mul(o.pow(o.sub(1, right), a.number('gamma')), binaryCrossentropy(labels, y.pred, fromLogits, o));
    const alpha = a.number('alpha');
    const weighted = a.boolean('apply_class_balancing')
      ? o.mul(o.add(o.mul(labels, alpha), o.mul(o.sub(1, labels), 1 - alpha)), focal)
      : focal;
    return o.apply('Mean', [weighted], { axes: a.axes('axis', y.pred), keepDims: false });
  },
);
loss('categorical_focal_crossentropy', 'alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1', (y, o, a) => {
  const labels = smoothed(y.true, y.true.shape?.at(-1) ?? null, a, o);
  const axis = a.number('axis');
  const { values, areLogits } = logitsOf(y.pred, a.boolean('from_logits'), 'Softmax', o);
  const p = normalized(areLogits ? o.unary('Softmax', values) : values, axis, o);
  const entropy = o.mul(o.neg(labels), o.log(p));
  const weight = o.mul(o.pow(o.sub(1, p), a.number('gamma')), a.tensor('alpha', null, p.dtype));
  return o.sum(o.mul(weight, entropy), [axis]);
});
