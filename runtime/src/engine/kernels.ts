// How each row of `core/ops` is carried out: a kernel of TensorFlow.js by its name, or, where it has none, a walk over the numbers.
import type { Index } from '../../../core/ops/arrays.ts';
import type { Attributes } from '../../../core/row.ts';
import { OpError } from '../../../core/shape.ts';
import { randomNumbers } from './random.ts';
import type { Kernels } from './tfjs.ts';
import {
  apply,
  broadcastShape,
  broadcastTo,
  combine,
  empty,
  product,
  reshaped,
  storageOf,
  stridesOf,
  take,
  type Values,
  walk,
} from './values.ts';

/** `shapes`: of the outputs, as the row says them. */
export interface Call {
  readonly kernels: Kernels;
  readonly inputs: readonly Values[];
  readonly attributes: Attributes;
  readonly shapes: readonly (readonly number[])[];
}
type Carry = (call: Call) => Values | Values[];

const table = new Map<string, Carry>();
const carry = (names: string, how: Carry): void => {
  for (const name of names.split(' ')) table.set(name, how);
};

export const findCarry = (name: string): Carry | undefined => table.get(name);

const NOTHING: Values = { data: new Float32Array(0), shape: [0], storage: 'float32' };
const first = ({ inputs }: Call): Values => inputs[0] ?? NOTHING;
const second = ({ inputs }: Call): Values => inputs[1] ?? NOTHING;
const shapeOf = ({ shapes }: Call): readonly number[] => shapes[0] ?? [];
const numbers = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : []);
const floating = (x: Values): Values => (x.storage === 'float32' ? x : { ...x, data: Float32Array.from(x.data), storage: 'float32' });

// ------------------------------------------------------------------------------------------------ one number to one number

const UNARY =
  'Neg Square Exp Expm1 Log Log1p Sin Cos Tan Sinh Cosh Asin Acos Atan Atanh Asinh Acosh Erf Abs Softplus Tanh Sigmoid Reciprocal Sqrt Rsqrt Floor Ceil Round Relu Relu6 Elu Selu IsNan IsInf IsFinite LogicalNot';
for (const name of UNARY.split(' ')) carry(name, (c) => c.kernels.run(name, { x: first(c) }));
// TensorFlow.js makes 0 of the sign of NaN.
carry('Sign', (c) => apply(first(c), Math.sign));
carry('Rint', (c) => c.kernels.run('Round', { x: first(c) }));
carry('LeakyRelu', (c) => c.kernels.run('LeakyRelu', { x: first(c) }, { alpha: c.attributes['alpha'] }));
carry('Erfc', (c) => apply(c.kernels.run('Erf', { x: first(c) }), (y) => 1 - y));
carry('Softsign', (c) => apply(first(c), (x) => x / (1 + Math.abs(x))));
carry('Identity StopGradient', first);
carry('ZerosLike', (c) => empty(first(c).shape, first(c).storage));
carry('OnesLike', (c) => filled(first(c).shape, 1, first(c).storage));
carry('Cast', (c) => cast(first(c), storageOf(c.attributes['dtype'] as never)));

function cast(x: Values, storage: Values['storage']): Values {
  if (x.storage === storage) return x;
  return storage === 'bool'
    ? apply(x, (v) => (v === 0 ? 0 : 1), 'bool')
    : storage === 'int32'
      ? apply(x, Math.trunc, 'int32')
      : floating(x);
}

export function filled(shape: readonly number[], value: number, storage: Values['storage']): Values {
  const out = empty(shape, storage);
  if (value !== 0) out.data.fill(value);
  return out;
}

// ------------------------------------------------------------------------------------------------ two numbers to one

const BINARY: Readonly<Record<string, string>> = { AddV2: 'Add', Sub: 'Sub', Mul: 'Multiply', RealDiv: 'RealDiv' };
for (const [name, kernel] of Object.entries(BINARY)) carry(name, (c) => c.kernels.run(kernel, { a: first(c), b: second(c) }));
for (const name of 'Maximum Minimum SquaredDifference Atan2 Less LessEqual Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr'.split(
  ' ',
))
  carry(name, (c) => c.kernels.run(name, { a: first(c), b: second(c) }));
const combining = (names: string, f: (a: number, b: number) => number): void => carry(names, (c) => combine(first(c), second(c), f));
// TensorFlow.js always divides to int32, and its remainder of an infinite divisor is not TensorFlow's.
const dividing = (name: string, f: (a: number, b: number) => number): void =>
  carry(name, (c) => {
    const [a, b] = [first(c), second(c)];
    if (a.storage === 'int32' && b.data.includes(0)) throw new OpError('InvalidArgumentError', 'Integer division by zero');
    return combine(a, b, f);
  });
dividing('FloorDiv', (a, b) => Math.floor(a / b));
dividing('FloorMod', (a, b) => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
});
// JavaScript's 1 to a power that is NaN or infinite is NaN, C's is 1.
carry('Pow', (c) =>
  second(c).data.every(Number.isFinite)
    ? c.kernels.run('Pow', { a: first(c), b: second(c) })
    : combine(first(c), second(c), (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : Math.pow(a, b))),
);
combining('DivNoNan', (a, b) => (b === 0 ? 0 : a / b));
combining('Xdivy', (a, b) => (a === 0 ? 0 : a / b));
combining('Xlogy', (a, b) => (a === 0 ? 0 : a * Math.log(b)));
carry('BiasAdd', (c) => c.kernels.run('Add', { a: first(c), b: second(c) }));
carry('AddN _AddSlices', (c) => c.inputs.slice(1).reduce((sum, x) => c.kernels.run('Add', { a: sum, b: x }), first(c)));
carry('SelectV2', (c) => {
  const [condition = NOTHING, a = NOTHING, b = NOTHING] = c.inputs.map((x) => broadcastTo(x, shapeOf(c)));
  const out = empty(shapeOf(c), a.storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (condition.data[i] ? a.data[i] : b.data[i]) ?? 0;
  return out;
});

/** Gradient ops of the first kind read (output, upstream), of the second (upstream, input or output). */
combining('TanhGrad', (y, d) => d * (1 - y * y));
combining('SigmoidGrad', (y, d) => d * y * (1 - y));
combining('ReciprocalGrad', (y, d) => -d * y * y);
combining('SqrtGrad', (y, d) => (d * 0.5) / y);
combining('RsqrtGrad', (y, d) => -0.5 * d * y * y * y);
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473766;
combining('ReluGrad', (d, x) => (x > 0 ? d : 0));
combining('Relu6Grad', (d, x) => (x > 0 && x < 6 ? d : 0));
combining('EluGrad', (d, y) => (y < 0 ? d * (y + 1) : d));
combining('SeluGrad', (d, y) => (y < 0 ? d * (y + SELU_SCALE_ALPHA) : d * SELU_SCALE));
combining('SoftsignGrad', (d, x) => d / (1 + Math.abs(x)) ** 2);
carry('LeakyReluGrad', (c) => combine(first(c), second(c), (d, x) => (x > 0 ? d : d * Number(c.attributes['alpha']))));

// ------------------------------------------------------------------------------------------------ products and reductions

carry('MatMul', (c) => {
  const { transposeA, transposeB } = c.attributes as { transposeA: boolean; transposeB: boolean };
  const [a, b] = [first(c), second(c)];
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (!transposeA && product(batchB) === 1 && batchA.length > 0) {
    // A batch of matrices times one matrix is one tall matrix times it.
    const tall = reshaped(a, [product(a.shape.slice(0, -1)), a.shape.at(-1) ?? 1]);
    return reshaped(c.kernels.run('BatchMatMul', { a: tall, b: reshaped(b, b.shape.slice(-2)) }, { transposeA, transposeB }), shapeOf(c));
  }
  // TensorFlow.js broadcasts one matrix over a batch, but not one batch over another.
  const batch = shapeOf(c).slice(0, -2);
  const whole = (x: Values) => (product(x.shape.slice(0, -2)) === 1 ? x : broadcastTo(x, [...batch, ...x.shape.slice(-2)]));
  return reshaped(c.kernels.run('BatchMatMul', { a: whole(a), b: whole(b) }, { transposeA, transposeB }), shapeOf(c));
});

function reduce(c: Call, kernel: string, x: Values): Values {
  const axis = c.attributes['axes'] === null ? x.shape.map((_, i) => i) : numbers(c.attributes['axes']);
  if (axis.length === 0) return x;
  // Max alone calls its axes reductionIndices.
  return reshaped(c.kernels.run(kernel, { x }, { axis, reductionIndices: axis, keepDims: false }), shapeOf(c));
}
for (const name of 'Sum Mean Max Min Prod All Any'.split(' ')) carry(name, (c) => reduce(c, name, first(c)));
carry('EuclideanNorm', (c) => apply(reduce(c, 'Sum', c.kernels.run('Square', { x: first(c) })), Math.sqrt));
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
  return reshaped(axis.length === 0 ? x : c.kernels.run('Sum', { x }, { axis, keepDims: false }), to);
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

// ------------------------------------------------------------------------------------------------ moving

carry('Reshape ExpandDims Squeeze', (c) => reshaped(first(c), shapeOf(c)));
carry('BroadcastTo', (c) => broadcastTo(first(c), shapeOf(c)));
carry('Fill', (c) => broadcastTo(first(c), shapeOf(c)));
carry('Transpose', (c) => {
  const x = first(c);
  const order = c.attributes['permutation'] === null ? x.shape.map((_, i) => x.shape.length - 1 - i) : numbers(c.attributes['permutation']);
  return x.shape.length < 2 ? x : c.kernels.run('Transpose', { x }, { perm: order });
});
carry('ConcatV2', (c) => {
  const { axis } = c.attributes as { axis: number };
  return join(c.inputs, axis < 0 ? axis + first(c).shape.length : axis, shapeOf(c));
});
carry('Pack', (c) => {
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + shapeOf(c).length : axis;
  const wide = c.inputs.map((x) => reshaped(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]));
  return join(wide, at, shapeOf(c));
});

/** Puts tensors one after the other along an axis. */
function join(list: readonly Values[], axis: number, shape: readonly number[]): Values {
  const out = empty(shape, list[0]?.storage ?? 'float32');
  const rows = product(shape.slice(0, axis));
  const width = product(shape.slice(axis));
  let offset = 0;
  for (const x of list) {
    const own = product(x.shape.slice(axis));
    for (let row = 0; row < rows; row++) out.data.set(x.data.subarray(row * own, (row + 1) * own), row * width + offset);
    offset += own;
  }
  return out;
}

const part = (x: Values, begin: readonly number[], size: readonly number[]): Values => {
  const strides = stridesOf(x.shape);
  return take(
    x,
    size,
    strides,
    begin.reduce((sum, b, i) => sum + b * (strides[i] ?? 0), 0),
  );
};
carry('Slice', (c) => part(first(c), numbers(c.attributes['begin']), shapeOf(c)));
carry('SplitV', (c) => {
  const x = first(c);
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + x.shape.length : axis;
  let offset = 0;
  return c.shapes.map((shape) => {
    const begin = x.shape.map((_, i) => (i === at ? offset : 0));
    offset += shape[at] ?? 0;
    return part(x, begin, shape);
  });
});
carry('Unpack', (c) => {
  const x = first(c);
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + x.shape.length : axis;
  const size = x.shape.map((d, i) => (i === at ? 1 : d));
  return c.shapes.map((shape, n) =>
    reshaped(
      part(
        x,
        x.shape.map((_, i) => (i === at ? n : 0)),
        size,
      ),
      shape,
    ),
  );
});

/** Where a basic index begins in x, and how far apart its elements lie. */
function indexing(shape: readonly number[], indices: readonly Index[]): { start: number; strides: number[] } {
  const own = stridesOf(shape);
  const strides: number[] = [];
  let start = 0;
  let axis = 0;
  for (const index of indices) {
    if (index.kind === 'new axis') strides.push(0);
    else {
      const stride = own[axis] ?? 0;
      const length = shape[axis] ?? 0;
      axis++;
      if (index.kind === 'index') start += (index.at < 0 ? index.at + length : index.at) * stride;
      else {
        start += index.start * stride;
        strides.push(index.step * stride);
      }
    }
  }
  return { start, strides: [...strides, ...own.slice(axis)] };
}
carry('StridedSlice', (c) => {
  const { start, strides } = indexing(first(c).shape, c.attributes['indices'] as readonly Index[]);
  return take(first(c), shapeOf(c), strides, start);
});
carry('StridedSliceGrad', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  const { start, strides } = indexing(shapeOf(c), c.attributes['indices'] as readonly Index[]);
  walk(x.shape, strides, start, (from, to) => (out.data[to] = (out.data[to] ?? 0) + (x.data[from] ?? 0)));
  return out;
});
carry('PadV2', (c) => {
  const x = first(c);
  const paddings = c.attributes['paddings'] as readonly (readonly [number, number])[];
  const out = filled(shapeOf(c), Number(c.attributes['value'] ?? 0), x.storage);
  const strides = stridesOf(out.shape);
  const start = paddings.reduce((sum, [before], i) => sum + before * (strides[i] ?? 0), 0);
  walk(x.shape, strides, start, (from, to) => (out.data[to] = x.data[from] ?? 0));
  return out;
});
carry('Tile', (c) => c.kernels.run('Tile', { x: first(c) }, { reps: numbers(c.attributes['multiples']) }));
carry('ReverseV2', (c) => {
  const x = first(c);
  const axes = numbers(c.attributes['axes']).map((a) => (a < 0 ? a + x.shape.length : a));
  const own = stridesOf(x.shape);
  const start = axes.reduce((sum, a) => sum + ((x.shape[a] ?? 1) - 1) * (own[a] ?? 0), 0);
  return take(
    x,
    x.shape,
    own.map((s, i) => (axes.includes(i) ? -s : s)),
    start,
  );
});

/** Visits rows: where each lies in x (which has the axis) and in the tensor that was gathered. */
function gathering(
  shape: readonly number[],
  indices: Values,
  axis: number,
  visit: (inX: number, gathered: number, width: number) => void,
): void {
  const width = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const length = shape[axis] ?? 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < indices.data.length; i++)
      visit((o * length + (indices.data[i] ?? 0)) * width, (o * indices.data.length + i) * width, width);
}
carry('GatherV2', (c) => {
  const [x, indices] = [first(c), second(c)];
  const out = empty(shapeOf(c), x.storage);
  gathering(x.shape, indices, Number(c.attributes['axis']), (from, to, width) => out.data.set(x.data.subarray(from, from + width), to));
  return out;
});
carry('_GatherSlices _GatherGrad', (c) => {
  const [x, indices] = [first(c), second(c)];
  const out = empty(shapeOf(c), x.storage);
  gathering(out.shape, indices, Number(c.attributes['axis']), (to, from, width) => {
    for (let i = 0; i < width; i++) out.data[to + i] = (out.data[to + i] ?? 0) + (x.data[from + i] ?? 0);
  });
  return out;
});

carry('MatrixDiagV3', (c) => {
  const x = first(c);
  const n = x.shape.at(-1) ?? 1;
  const out = empty(shapeOf(c), x.storage);
  x.data.forEach((value, i) => (out.data[Math.floor(i / n) * n * n + (i % n) * (n + 1)] = value));
  return out;
});
carry('MatrixDiagPartV3', (c) => {
  const x = first(c);
  const [rows = 1, columns = 1] = x.shape.slice(-2);
  const n = Math.min(rows, columns);
  const out = empty(shapeOf(c), x.storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = x.data[Math.floor(i / n) * rows * columns + (i % n) * (columns + 1)] ?? 0;
  return out;
});

// ------------------------------------------------------------------------------------------------ shapes, indices, random numbers

const integers = (list: readonly number[], shape: readonly number[]): Values => ({ data: Int32Array.from(list), shape, storage: 'int32' });
carry('Shape', (c) => integers(first(c).shape, [first(c).shape.length]));
carry('Size', (c) => integers([first(c).data.length], []));
carry('Rank', (c) => integers([first(c).shape.length], []));
carry('OneHot', (c) => {
  const { depth, on, off, dtype } = c.attributes as { depth: number; on: number; off: number; dtype: never };
  const out = filled(shapeOf(c), off, storageOf(dtype));
  first(c).data.forEach((index, i) => {
    if (index >= 0 && index < depth) out.data[i * depth + index] = on;
  });
  return out;
});
carry('Range', (c) => {
  const [start = 0, , delta = 1] = c.inputs.map((x) => x.data[0] ?? 0);
  const out = empty(shapeOf(c), first(c).storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = start + i * delta;
  return out;
});
/** Where the elements of each row of the last axis lie in order; equal ones keep theirs. */
function sorted(x: Values, descending: boolean): Int32Array {
  const n = x.shape.at(-1) ?? 1;
  const sign = descending ? -1 : 1;
  const out = new Int32Array(x.data.length);
  for (let row = 0; row < x.data.length; row += n) {
    const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => sign * ((x.data[row + a] ?? 0) - (x.data[row + b] ?? 0)) || a - b);
    out.set(order, row);
  }
  return out;
}
carry('_ArgSort', (c) => ({ data: sorted(first(c), c.attributes['descending'] === true), shape: first(c).shape, storage: 'int32' }));
carry('TopKV2', (c) => {
  const x = first(c);
  const [n, count] = [x.shape.at(-1) ?? 1, Number(c.attributes['count'])];
  const places: Values = { data: sorted(x, true).filter((_, i) => i % n < count), shape: shapeOf(c), storage: 'int32' };
  const largest = empty(shapeOf(c), x.storage);
  lastAxis(places, shapeOf(c), n, (place, i) => (largest.data[i] = x.data[place] ?? 0));
  return [largest, places];
});
/** Visits places along a last axis of `size`, broadcast to `shape`: where each lies in the array that has that axis. */
function lastAxis(places: Values, shape: readonly number[], size: number, visit: (place: number, i: number) => void): void {
  const width = shape.at(-1) ?? 1;
  broadcastTo(places, shape).data.forEach((place, i) => visit(Math.floor(i / width) * size + place, i));
}
carry('_GatherLast', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  lastAxis(second(c), shapeOf(c), x.shape.at(-1) ?? 1, (place, i) => (out.data[i] = x.data[place] ?? 0));
  return out;
});
carry('_ScatterLast', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  lastAxis(second(c), x.shape, shapeOf(c).at(-1) ?? 1, (place, i) => (out.data[place] = (out.data[place] ?? 0) + (x.data[i] ?? 0)));
  return out;
});
carry('RandomStandardNormal', (c) => randomNumbers('normal', shapeOf(c), c.attributes['seed']));
carry('TruncatedNormal', (c) => randomNumbers('truncated', shapeOf(c), c.attributes['seed']));
carry('RandomUniform', (c) => randomNumbers('uniform', shapeOf(c), c.attributes['seed']));

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
