// Softmax and the cross entropies that are ops of their own. Gradients: TensorFlow python/ops/nn_grad.py.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import type { Shape, Tensor } from '../tensor.ts';

const overLast = {
  args: ['logits'] as const,
  shape: ([x = null]: readonly Shape[]) => x,
  dtype: 'same',
  dependence: 'last axis',
  zeroWhen: 'never',
} as const;

/** (dy − Σ dy·y) · y along the last axis; for a tangent it is the same, softmax's Jacobian being symmetric. */
const throughSoftmax = (d: Tensor, y: Tensor, o: Operations): Tensor => o.mul(o.sub(d, o.sum(o.mul(d, y), [-1], true)), y);

op('Softmax', {
  ...overLast,
  gradient: ({ y, dy }, o) => [throughSoftmax(dy, y, o)],
  tangent: ({ y, tangents: [d] }, o) => [d ? throughSoftmax(d, y, o) : null],
});
op('LogSoftmax', {
  ...overLast,
  gradient: ({ y, dy }, o) => [o.sub(dy, o.mul(o.sum(dy, [-1], true), o.exp(y)))],
  tangent: ({ y, tangents: [d] }, o) => [d ? o.sub(d, o.sum(o.mul(d, o.exp(y)), [-1], true)) : null],
});

const rowsOf = (shape: Shape): Shape => shape && shape.slice(0, -1);

/** Outputs: the loss of each row, and (softmax − labels), which the gradient reads. */
op('SoftmaxCrossEntropyWithLogits', {
  args: ['logits', 'labels'],
  outputs: 2,
  shape: ([logits = null, labels = null]) => [rowsOf(logits ?? labels), logits ?? labels],
  dtype: 'same',
  dependence: 'last axis',
  zeroWhen: 'never',
  gradient: ({ logits, outputs: [, backprop = logits], upstream: [dLoss = logits, dBackprop = logits], given, needs }, o) => {
    const first = o.mul(o.expandDims(dLoss, -1), backprop);
    const toLogits = () => (given[1] ? o.add(first, throughSoftmax(dBackprop, o.apply('Softmax', [logits]), o)) : first);
    return [toLogits(), needs[1] ? o.mul(o.expandDims(dLoss, -1), o.neg(o.apply('LogSoftmax', [logits]))) : null];
  },
  exact: ({ logits, labels, outputs: [, backprop = logits], upstream: [dLoss = logits, dBackprop = logits], given }, o) => {
    const softmax = o.apply('Softmax', [logits]);
    const mass = o.sum(labels, [-1], true);
    const first = o.mul(o.expandDims(dLoss, -1), o.sub(o.mul(softmax, mass), labels));
    const toLabels = o.mul(o.expandDims(dLoss, -1), o.neg(o.apply('LogSoftmax', [logits])));
    void backprop;
    return given[1] ? [o.add(first, throughSoftmax(dBackprop, softmax, o)), o.sub(toLabels, dBackprop)] : [first, toLabels];
  },
  tangent: ({ logits, labels, tangents: [dLogits, dLabels] }, o) => {
    const softmax = o.apply('Softmax', [logits]);
    const mass = o.sum(labels, [-1], true);
    const loss = o.total([
      dLogits ? o.sum(o.mul(dLogits, o.sub(o.mul(softmax, mass), labels)), [-1]) : null,
      dLabels ? o.sum(o.mul(dLabels, o.neg(o.apply('LogSoftmax', [logits]))), [-1]) : null,
    ]);
    return [loss, o.total([dLogits ? throughSoftmax(dLogits, softmax, o) : null, dLabels ? o.neg(dLabels) : null])];
  },
});
op('SparseSoftmaxCrossEntropyWithLogits', {
  args: ['logits', 'labels'],
  outputs: 2,
  shape: ([logits = null, labels = null]) => [labels, logits],
  dtype: ([logits = null]) => logits,
  dependence: 'last axis',
  zeroWhen: 'never',
  gradient: ({ logits, outputs: [, backprop = logits], upstream: [dLoss = logits, dBackprop = logits], given }, o) => {
    const first = o.mul(o.expandDims(dLoss, -1), backprop);
    return [given[1] ? o.add(first, throughSoftmax(dBackprop, o.apply('Softmax', [logits]), o)) : first, null];
  },
  tangent: ({ logits, outputs: [, backprop = logits], tangents: [d] }, o) =>
    d ? [o.sum(o.mul(d, backprop), [-1]), throughSoftmax(d, o.apply('Softmax', [logits]), o)] : [null, null],
});
