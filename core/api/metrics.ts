// Keras' metrics as functions: numbers of matches, through which nothing is differentiated. Source: Keras 2.15, metrics/accuracy_metrics.py, utils/metrics_utils.py.
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { toTensor } from './value.ts';

const matches = (a: Tensor, b: Tensor, o: Operations): Tensor => o.cast(o.equal(a, b), 'float32');
const largest = (x: Tensor, o: Operations): Tensor => o.apply('ArgMax', [x], { axis: (x.shape?.length ?? 0) - 1, dtype: 'int64' });

define('tf.keras.metrics.binary_accuracy', 'y_true, y_pred, threshold=0.5', (a, o) => {
  const pred = a.floating('y_pred');
  const labels = toTensor(o, a.value('y_true'), null, pred.dtype);
  const above = o.cast(o.greater(pred, a.number('threshold')), pred.dtype);
  return o.mean(matches(o.cast(labels, pred.dtype), above, o), [-1]);
});
/** Of labels of the predictions' own rank, the last axis is one class. */
function sparseMatches(labels: Tensor, pred: Tensor, o: Operations): Tensor {
  const wide = labels.shape !== null && pred.shape !== null && labels.shape.length === pred.shape.length;
  const classes = wide ? o.apply('Squeeze', [labels], { axes: [-1] }) : labels;
  const found = matches(classes, o.cast(largest(pred, o), classes.dtype), o);
  return wide ? o.reshape(found, labels.shape) : found;
}
define('tf.keras.metrics.categorical_accuracy', 'y_true, y_pred', (a, o) =>
  sparseMatches(largest(a.tensor('y_true'), o), a.floating('y_pred'), o),
);
define('tf.keras.metrics.sparse_categorical_accuracy', 'y_true, y_pred', (a, o) => {
  const found = sparseMatches(a.tensor('y_true'), a.floating('y_pred'), o);
  return found.shape !== null && found.shape.length > 1 && found.shape.at(-1) === 1 ? o.apply('Squeeze', [found], { axes: [-1] }) : found;
});
function topMatches(labels: Tensor, pred: Tensor, count: number, o: Operations): Tensor {
  const rows = pred.shape !== null && pred.shape.length > 2 ? o.reshape(pred, [-1, pred.shape.at(-1) ?? null]) : pred;
  const flat = labels.shape !== null && labels.shape.length > 1;
  const targets = o.cast(flat ? o.reshape(labels, [-1]) : labels, 'int32');
  const found = o.cast(o.apply('InTopKV2', [rows, targets], { count }), 'float32');
  return flat ? o.reshape(found, labels.shape) : found;
}
define('tf.keras.metrics.top_k_categorical_accuracy', 'y_true, y_pred, k=5', (a, o) =>
  topMatches(largest(a.tensor('y_true'), o), a.floating('y_pred'), a.number('k'), o),
);
define('tf.keras.metrics.sparse_top_k_categorical_accuracy', 'y_true, y_pred, k=5', (a, o) =>
  topMatches(a.tensor('y_true'), a.floating('y_pred'), a.number('k'), o),
);
