// How products, reductions, running sums, softmax and the cross entropies are carried out.
import { carry, first, second, shapeOf, numbers, NOTHING, filled, type Call } from './carry.ts';
import { isSameShape, multiplyMatrices, square, sumOver } from './arithmetic.ts';
import { apply, broadcastShape, broadcastTo, empty, product, reshaped, stridesOf, take, type Values } from './values.ts';

/** Up to this many products, copying matrices to an engine takes longer than multiplying them here. */
const FEW_PRODUCTS = 50_000;
/** So many products in each matrix of a batch make an engine worth while: it takes the matrices one after the other. */
const MANY_PRODUCTS = 20_000;

carry('MatMul', (c) => {
  const turned = c.attributes as { transposeA: boolean; transposeB: boolean };
  const [a, b] = [first(c), second(c)];
  const shape = shapeOf(c);
  const [n = 1, p = 1] = shape.slice(-2);
  const m = (turned.transposeA ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batches = product(shape.slice(0, -2));
  const oneBatch = product(batchA) === 1 || product(batchB) === 1 || isSameShape(batchA, batchB);
  if (oneBatch && product(shape) * m <= FEW_PRODUCTS) return multiplyMatrices(a, b, turned, shape);
  const multiply = (x: Values, y: Values): Values => c.kernels.run('BatchMatMul', { a: x, b: y }, { transposeA: false, transposeB: false });
  if (product(batchB) === 1 && batches > 1) {
    // A batch of matrices times one matrix is one tall matrix times it. What has to be turned is turned beforehand, which kernels do slowly.
    const upright = turned.transposeA ? take(a, [batches, n, m], [n * m, 1, n]) : a;
    return reshaped(multiply(reshaped(upright, [batches * n, m]), matrixOf(b, m, p, turned.transposeB)), shape);
  }
  if (product(batchA) === 1 && batches > 1) {
    // One matrix times a batch of matrices is it times one wide matrix: the matrices side by side.
    const [stepM, stepP] = turned.transposeB ? [1, m] : [p, 1];
    const wide = take(b, [m, batches, p], [stepM, m * p, stepP]);
    const found = multiply(matrixOf(a, n, m, turned.transposeA), reshaped(wide, [m, batches * p]));
    return reshaped(take(found, [batches, n, p], [p, batches * p, 1]), shape);
  }
  // TensorFlow.js broadcasts one matrix over a batch, but not one batch over another.
  const whole = (x: Values) => (product(x.shape.slice(0, -2)) === 1 ? x : broadcastTo(x, [...shape.slice(0, -2), ...x.shape.slice(-2)]));
  if (batches > 1 && n * m * p <= MANY_PRODUCTS) return multiplyMatrices(whole(a), whole(b), turned, shape);
  if (batches === 1) return reshaped(multiply(matrixOf(a, n, m, turned.transposeA), matrixOf(b, m, p, turned.transposeB)), shape);
  return reshaped(c.kernels.run('BatchMatMul', { a: whole(a), b: whole(b) }, turned), shape);
});

/** A matrix [rows, columns] that may have to be turned for it. */
const matrixOf = (x: Values, rows: number, columns: number, transposed: boolean): Values =>
  transposed ? take(x, [rows, columns], [1, rows]) : reshaped(x, [rows, columns]);

/** What a reduction of no elements at all gives. */
const OF_NOTHING: Readonly<Record<string, number>> = { Max: -Infinity, Min: Infinity, Prod: 1, All: 1 };

const axesOf = (c: Call): number[] => (c.attributes['axes'] === null ? first(c).shape.map((_, i) => i) : numbers(c.attributes['axes']));

function reduce(c: Call, kernel: string, x: Values): Values {
  const axis = axesOf(c);
  if (axis.length === 0) return x;
  if (x.data.length === 0) return filled(shapeOf(c), OF_NOTHING[kernel] ?? 0, x.storage);
  // Max alone calls its axes reductionIndices.
  return reshaped(c.kernels.run(kernel, { x }, { axis, reductionIndices: axis, keepDims: false }), shapeOf(c));
}
carry('Sum', (c) => (axesOf(c).length === 0 ? first(c) : sumOver(first(c), axesOf(c), shapeOf(c))));
carry('Mean', (c) => {
  const sum = sumOver(first(c), axesOf(c), shapeOf(c));
  const count = first(c).data.length / sum.data.length;
  return sum.storage === 'int32' ? apply(sum, (v) => Math.trunc(v / count)) : apply(sum, (v) => v / count);
});
for (const name of 'Max Min Prod All Any'.split(' ')) carry(name, (c) => reduce(c, name, first(c)));
carry('EuclideanNorm', (c) => apply(sumOver(square(first(c)), axesOf(c), shapeOf(c)), Math.sqrt));
carry('L2Loss', (c) => {
  let sum = 0;
  for (const x of first(c).data) sum += x * x;
  return filled([], sum / 2, first(c).storage);
});
for (const name of ['ArgMax', 'ArgMin']) carry(name, (c) => c.kernels.run(name, { x: first(c) }, { axis: c.attributes['axis'] }));
carry('_SumTo', (c) => {
  const x = first(c);
  const to = shapeOf(c);
  const missing = x.shape.length - to.length;
  const axis = x.shape.map((_, i) => i).filter((i) => i < missing || (to[i - missing] === 1 && x.shape[i] !== 1));
  return axis.length === 0 ? reshaped(x, to) : sumOver(x, axis, to);
});
carry('Cumsum', (c) => running(c, 0, (a, b) => a + b));
carry('Cumprod', (c) => running(c, 1, (a, b) => a * b));

function running({ inputs: [x = NOTHING], attributes }: Call, start: number, step: (a: number, b: number) => number): Values {
  const { axis, exclusive, reverse } = attributes as { axis: number; exclusive: boolean; reverse: boolean };
  const at = axis < 0 ? axis + x.shape.length : axis;
  const length = x.shape[at] ?? 1;
  const stride = stridesOf(x.shape)[at] ?? 1;
  const out = empty(x.shape, x.storage);
  for (let begin = 0; begin < x.data.length; begin++) {
    if (Math.floor(begin / stride) % length !== 0) continue;
    let total = start;
    for (let i = 0; i < length; i++) {
      const place = begin + (reverse ? length - 1 - i : i) * stride;
      const next = step(total, x.data[place] ?? 0);
      out.data[place] = exclusive ? total : next;
      total = next;
    }
  }
  return out;
}

// ------------------------------------------------------------------------------------------------ softmax

carry('Softmax', (c) => c.kernels.run('Softmax', { logits: first(c) }, { dim: first(c).shape.length - 1 }));
carry('LogSoftmax', (c) => logSoftmax(first(c)));

/** x − max − log Σ exp(x − max) along the last axis. */
function logSoftmax(x: Values): Values {
  const n = x.shape.at(-1) ?? 1;
  const out = empty(x.shape, x.storage);
  for (let row = 0; row < x.data.length; row += n) {
    const values = x.data.subarray(row, row + n);
    let most = -Infinity;
    for (const v of values) most = Math.max(most, v);
    let sum = 0;
    for (const v of values) sum += Math.exp(v - most);
    const log = Math.log(sum);
    for (let i = 0; i < n; i++) out.data[row + i] = (values[i] ?? 0) - most - log;
  }
  return out;
}

/** The loss of each row and softmax − labels. */
function crossEntropy(logits: Values, labels: Values): Values[] {
  const shape = broadcastShape(logits.shape, labels.shape);
  const wide = broadcastTo(labels, shape).data;
  const logs = logSoftmax(broadcastTo(logits, shape));
  const n = shape.at(-1) ?? 1;
  const loss = empty(shape.slice(0, -1), logits.storage);
  const backprop = empty(shape, logits.storage);
  logs.data.forEach((log, i) => {
    const label = wide[i] ?? 0;
    const row = Math.floor(i / n);
    loss.data[row] = (loss.data[row] ?? 0) - label * log;
    backprop.data[i] = Math.exp(log) - label;
  });
  return [loss, backprop];
}
carry('SoftmaxCrossEntropyWithLogits', (c) => crossEntropy(first(c), second(c)));
carry('SparseSoftmaxCrossEntropyWithLogits', (c) => {
  const logits = first(c);
  const n = logits.shape.at(-1) ?? 1;
  const labels = empty(logits.shape, logits.storage);
  second(c).data.forEach((label, row) => (labels.data[row * n + label] = 1));
  return crossEntropy(logits, labels);
});
