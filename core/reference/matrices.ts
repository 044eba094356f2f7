// Reference kernels of matrix products, softmax and the cross entropies.
import { broadcastPlaces, countOf, type Input, type Kernel, type Kernels, store } from './kernel.ts';

const matmul: Kernel = ([a, b], { transposeA, transposeB }, [output]) => {
  if (!a || !b || !output) return null;
  const [rows = 1, columns = 1] = output.shape.slice(-2);
  const batch = output.shape.slice(0, -2);
  const middle = (transposeA === true ? a.shape.at(-2) : a.shape.at(-1)) ?? 1;
  const [stepRow, stepMiddle] = transposeA === true ? [1, rows] : [middle, 1];
  const [middleStep, columnStep] = transposeB === true ? [1, middle] : [columns, 1];
  const atA = broadcastPlaces(a.shape.slice(0, -2), batch);
  const atB = broadcastPlaces(b.shape.slice(0, -2), batch);
  const out = new Float64Array(countOf(output.shape));
  for (let n = 0; n < countOf(batch); n++) {
    const startA = (atA ? (atA[n] as number) : n) * rows * middle;
    const startB = (atB ? (atB[n] as number) : n) * middle * columns;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < middle; k++)
          sum +=
            (a.values[startA + i * stepRow + k * stepMiddle] as number) * (b.values[startB + k * middleStep + j * columnStep] as number);
        out[(n * rows + i) * columns + j] = sum;
      }
  }
  return [store(out, output.dtype)];
};

/** log Σ exp of each row of the last axis. */
function logSums({ values, shape }: Input): { sums: Float64Array; size: number } {
  const size = shape.at(-1) ?? 1;
  const sums = new Float64Array(countOf(shape.slice(0, -1)));
  for (let row = 0; row < sums.length; row++) {
    let largest = -Infinity;
    for (let i = 0; i < size; i++) largest = Math.max(largest, values[row * size + i] as number);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += Math.exp((values[row * size + i] as number) - largest);
    sums[row] = largest + Math.log(sum);
  }
  return { sums, size };
}

const logSoftmaxOf = (logits: Input): Float64Array => {
  const { sums, size } = logSums(logits);
  return Float64Array.from(logits.values, (x, i) => x - (sums[Math.floor(i / size)] as number));
};

/** The loss of each row, and softmax − labels. */
function crossEntropy(logits: Input, labels: Float64Array): Float64Array[] {
  const log = logSoftmaxOf(logits);
  const size = logits.shape.at(-1) ?? 1;
  const loss = new Float64Array(countOf(logits.shape.slice(0, -1)));
  for (let i = 0; i < log.length; i++) {
    const row = Math.floor(i / size);
    loss[row] = (loss[row] as number) - (labels[i] === 0 ? 0 : (labels[i] as number) * (log[i] as number));
  }
  return [loss, log.map((l, i) => Math.exp(l) - (labels[i] as number))];
}

export const MATRICES: Kernels = {
  MatMul: matmul,
  Softmax: ([logits]) => (logits ? [logSoftmaxOf(logits).map(Math.exp)] : null),
  LogSoftmax: ([logits]) => (logits ? [logSoftmaxOf(logits)] : null),
  SoftmaxCrossEntropyWithLogits: ([logits, labels]) => (logits && labels ? crossEntropy(logits, Float64Array.from(labels.values)) : null),
  SparseSoftmaxCrossEntropyWithLogits: ([logits, labels]) => {
    if (!logits || !labels) return null;
    const size = logits.shape.at(-1) ?? 1;
    const oneHot = new Float64Array(logits.values.length);
    for (const [row, label] of [...labels.values].entries()) {
      if (!(label >= 0 && label < size)) return null;
      oneHot[row * size + label] = 1;
    }
    return crossEntropy(logits, oneHot);
  },
};
