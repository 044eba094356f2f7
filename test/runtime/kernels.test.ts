// The table of TensorFlow.js's kernels against TensorFlow.js: every kernel in it gives the same numbers as the rows it stands for, and none with a gradient is forgotten.
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import '../../core/ops/index.ts';
import { Eager } from '../../core/eager.ts';
import type { DType, Tensor } from '../../core/tensor.ts';
import { NumericBackend, NumericTensor, valuesOf } from '../../runtime/src/engine/backend.ts';
import { embeddedKernels, Kernels } from '../../runtime/src/engine/tfjs.ts';
import { copied } from '../../runtime/src/script/replay.ts';
import { carryKernel, kernelNames, WAITING } from '../../runtime/src/script/kernels.ts';

/** A tensor as it was: an operation of TensorFlow.js disposes of what it makes on its way. */
interface Held {
  readonly numbers: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: string;
}
const held = (t: tf.Tensor): Held => ({ numbers: Array.from(t.dataSync()), shape: t.shape, dtype: t.dtype });

interface Call {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Held>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: readonly Held[];
}

interface OpenEngine {
  runKernel(name: string, inputs: Record<string, tf.Tensor>, attributes?: Record<string, unknown>): tf.Tensor | tf.Tensor[];
}
const engine = tf.engine() as unknown as OpenEngine;

/** The kernels that a piece of TensorFlow.js takes. */
function kernelsOf(body: () => unknown): Call[] {
  const calls: Call[] = [];
  const plain = engine.runKernel.bind(engine);
  engine.runKernel = (name, inputs, attributes) => {
    const given = Object.fromEntries(Object.entries(inputs).flatMap(([key, t]) => (t ? [[key, held(t)]] : [])));
    const outputs = plain(name, inputs, attributes);
    const list = Array.isArray(outputs) ? outputs : [outputs];
    calls.push({ name, inputs: given, attributes: attributes ?? {}, outputs: list.map(held) });
    return outputs;
  };
  try {
    body();
  } finally {
    engine.runKernel = plain;
  }
  return calls;
}

await tf.setBackend('cpu');
const eager = new Eager(new NumericBackend(new Kernels([embeddedKernels('cpu', tf.backend())])));

function dtypeOf(theirs: string, wide: boolean): DType {
  if (theirs === 'bool' || theirs === 'int32') return theirs;
  if (theirs === 'complex64') return wide ? 'complex128' : 'complex64';
  return wide ? 'float64' : 'float32';
}

/** The outputs of the same kernel out of rows; `wide` in float64, by the kernels of core/reference where those have it. */
function outOfRows({ name, inputs, attributes, outputs }: Call, wide: boolean): readonly Tensor[] {
  const given = Object.entries(inputs).map(([key, t]) => {
    const dtype = dtypeOf(t.dtype, wide);
    return [key, new NumericTensor(copied(t.numbers, t.shape, dtype), dtype)] as const;
  });
  const shapes = outputs.map(({ shape }) => shape);
  return carryKernel({ name, o: eager.operations, inputs: Object.fromEntries(given), attributes, shapes });
}

function expectSame(call: Call, wide: boolean): void {
  const ours = outOfRows(call, wide);
  const where = `${call.name} ${JSON.stringify(call.attributes)}`;
  expect(ours.length, where).toBe(call.outputs.length);
  call.outputs.forEach((output, i) => {
    const mine = ours[i] as Tensor;
    expect(mine.shape, where).toEqual(output.shape);
    const theirs = output.numbers;
    Array.from(valuesOf(mine).data).forEach((v, k) => {
      const t = theirs[k] ?? NaN;
      if (Number.isFinite(t)) expect(Math.abs(v - t), `${where} [${k}]: ${v} for ${t}`).toBeLessThan(2e-5 * Math.max(1, Math.abs(t)));
      else expect(String(v), where).toBe(String(t));
    });
  });
}

const v = tf.tensor1d([-1.7, -0.4, 0.3, 0.9, 2.6, 7.1]);
const small = tf.tensor1d([-0.9, -0.2, 0.1, 0.7]);
const positive = tf.tensor1d([0.2, 1.5, 3.1, 9]);
const large = tf.tensor1d([1.1, 1.5, 3.1, 9]);
const m = tf.tensor2d([
  [1, -2, 3],
  [4.5, 0.5, -6],
]);
const n = tf.tensor2d([
  [0.5, 1.5, -1],
  [2, 0.5, 6],
]);
const cube = tf.tensor3d(
  Array.from({ length: 24 }, (_, i) => Math.sin(i * 1.3)),
  [2, 3, 4],
);
const image = tf.tensor4d(
  Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => Math.cos(i * 0.7)),
  [2, 4, 4, 3],
);
const waves = (size: number): number[] => Array.from({ length: size }, (_, i) => Math.sin(i * 0.9) + 0.1 * (i % 5));
const filter = tf.tensor4d(waves(24), [2, 2, 3, 2]);
const deep = tf.tensor4d(waves(24), [2, 2, 3, 2]);
const first = tf.tensor4d(waves(96), [2, 3, 4, 4]);
const block = tf.tensor5d(waves(108), [2, 3, 3, 3, 2]);
const EXPLICIT: tf.backend_util.ExplicitPadding = [
  [0, 0],
  [1, 0],
  [0, 1],
  [0, 0],
];
const ids = tf.tensor1d([2, 0, 2], 'int32');
const truth = tf.tensor2d([1, 0, 1, 0, 1, 1], [2, 3], 'bool');

/** Pieces of TensorFlow.js that between them take every kernel of the table. */
const PIECES: Readonly<Record<string, () => unknown>> = {
  'functions of one number': () => [
    ...[
      tf.abs,
      tf.ceil,
      tf.cos,
      tf.cosh,
      tf.elu,
      tf.erf,
      tf.exp,
      tf.expm1,
      tf.floor,
      tf.clone,
      tf.isFinite,
      tf.isInf,
      tf.isNaN,
      tf.neg,
    ].map((f) => f(v)),
    ...[tf.onesLike, tf.reciprocal, tf.relu, tf.relu6, tf.round, tf.selu, tf.sigmoid, tf.sign, tf.sin, tf.sinh, tf.softplus, tf.square].map(
      (f) => f(v),
    ),
    ...[tf.tan, tf.tanh, tf.zerosLike, tf.atan, tf.asinh].map((f) => f(v)),
    ...[tf.acos, tf.asin, tf.atanh, tf.log1p].map((f) => f(small)),
    ...[tf.log, tf.rsqrt, tf.sqrt].map((f) => f(positive)),
    tf.acosh(large),
  ],
  'functions with a number beside': () => [
    tf.leakyRelu(v, 0.3),
    tf.step(v, 0.25),
    tf.clipByValue(v, -0.5, 2),
    tf.prelu(m, tf.tensor2d([[0.1, 0.2, 0.3]])),
  ],
  'functions of infinities': () => [
    tf.isInf(tf.tensor1d([Infinity, NaN, 1])),
    tf.isNaN(tf.tensor1d([Infinity, NaN, 1])),
    tf.isFinite(tf.tensor1d([Infinity, NaN, 1])),
  ],
  'functions of two numbers': () => [
    ...[tf.add, tf.sub, tf.mul, tf.div, tf.maximum, tf.minimum, tf.squaredDifference, tf.atan2, tf.mod, tf.greater, tf.greaterEqual].map(
      (f) => f(m, n),
    ),
    ...[tf.less, tf.lessEqual, tf.equal, tf.notEqual, tf.floorDiv].map((f) => f(m, n)),
    tf.pow(positive, tf.tensor1d([2, 0.5, -1, 3])),
    tf.add(m, tf.scalar(2)),
    tf.mul(cube, tf.tensor1d([1, 2, 3, 4])),
    tf.addN([m, n, m]),
    tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([0.5, 1])),
    tf.mul(tf.tensor1d([1, 0], 'bool'), tf.tensor1d([0.5, 1])),
  ],
  logic: () => [
    tf.logicalAnd(truth, truth),
    tf.logicalOr(truth, truth),
    tf.logicalNot(truth),
    tf.where(truth, m, n),
    tf.all(truth),
    tf.any(truth, 1),
  ],
  casts: () => [tf.cast(v, 'int32'), tf.cast(truth, 'float32'), tf.cast(v, 'bool')],
  products: () => [
    tf.matMul(m, n, false, true),
    tf.matMul(m, n, true),
    tf.matMul(cube, cube, false, true),
    tf.dot(positive, large),
    tf.outerProduct(positive, small),
  ],
  'fused products': () =>
    (['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const).map((activation) =>
      tf.fused.matMul({
        a: m,
        b: n,
        transposeB: true,
        bias: tf.tensor1d([0.5, -1]),
        activation,
        leakyreluAlpha: 0.1,
        ...(activation === 'prelu' && { preluActivationWeights: tf.tensor1d([0.3, 0.4]) }),
      }),
    ),
  reductions: () =>
    [tf.sum, tf.mean, tf.prod, tf.max, tf.min]
      .flatMap((f) => [f(cube), f(cube, 1), f(cube, [0, 2]), f(cube, -1, true)])
      .concat([tf.cumsum(cube, 1), tf.cumsum(cube, 2, true, true), tf.cumprod(cube, 0), tf.cumprod(cube, 1, true, true)]),
  shapes: () => [
    tf.reshape(cube, [4, -1]),
    tf.expandDims(cube, 1),
    tf.squeeze(cube.reshape([2, 1, 12])),
    tf.transpose(cube, [2, 0, 1]),
    tf.transpose(m),
    tf.broadcastTo(tf.tensor2d([[1], [2]]), [2, 3]),
    tf.tile(m, [2, 3]),
    tf.concat([m, n], 1),
    tf.concat([m, n]),
    tf.stack([m, n], 1),
    tf.unstack(cube, 1),
    tf.split(cube, [1, 3], 2),
    tf.split(cube, 3, 1),
    tf.slice(cube, [0, 1, 1], [-1, 2, 2]),
    tf.slice(cube, 1),
    tf.reverse(cube, [0, -1]),
    tf.pad(
      m,
      [
        [1, 0],
        [0, 2],
      ],
      5,
    ),
    tf.mirrorPad(
      m,
      [
        [1, 1],
        [2, 0],
      ],
      'reflect',
    ),
    tf.mirrorPad(
      m,
      [
        [2, 1],
        [0, 3],
      ],
      'symmetric',
    ),
    tf.stridedSlice(cube, [0, 2, 1], [2, 0, 4], [1, -1, 2]),
    tf.stridedSlice(cube, [0, 0], [2, 3], [1, 2]),
    tf.stridedSlice(cube, [1], [2], [1], 0, 0, 0, 0, 1),
    tf.stridedSlice(cube, [0, 1], [1, 9], [1, 1], 1, 3),
    tf.diag(positive),
  ],
  places: () => [
    tf.gather(m, ids, 1),
    tf.gather(
      cube,
      tf.tensor2d(
        [
          [1, 0],
          [2, 2],
        ],
        undefined,
        'int32',
      ),
      1,
    ),
    tf.unsortedSegmentSum(
      tf.tensor2d([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      ids,
      4,
    ),
    tf.topk(m, 2),
  ],
  neural: () => [
    tf.softmax(m),
    tf.softmax(cube),
    tf.batchNorm(image, tf.tensor1d([0.1, 0.2, 0.3]), tf.tensor1d([1, 2, 3]), tf.tensor1d([0.5, 0, 1]), tf.tensor1d([2, 1, 3]), 0.01),
    tf.batchNorm(image, tf.tensor1d([0.1, 0.2, 0.3]), tf.tensor1d([1, 2, 3])),
  ],
  convolutions: () => [
    ...(['same', 'valid', 2] as const).flatMap((pad) => [tf.conv2d(image, filter, 1, pad), tf.conv2d(image, filter, [2, 1], pad)]),
    tf.conv2d(image, filter, 1, EXPLICIT),
    tf.conv2d(image, filter, 1, 'same', 'NHWC', 2),
    tf.conv2d(first, filter, [1, 2], 'same', 'NCHW'),
    tf.conv2d(image.slice([0], [1]).reshape([4, 4, 3]) as tf.Tensor3D, filter, 1, 'valid'),
    tf.conv2d(image, filter.slice([0, 0], [1, 1]), 1, 'same'),
    tf.conv1d(cube, tf.tensor3d(waves(16), [2, 4, 2]), 1, 'same'),
    ...(['same', 'valid'] as const).map((pad) => tf.conv3d(block, tf.tensor5d(waves(48), [2, 2, 2, 2, 3]), [1, 2, 1], pad)),
    ...(['same', 'valid', 1] as const).map((pad) => tf.depthwiseConv2d(image, deep, 1, pad)),
    tf.depthwiseConv2d(image, deep, 2, EXPLICIT),
    tf.depthwiseConv2d(image, deep, 1, 'valid', 'NHWC', 2),
    tf.separableConv2d(image, deep, tf.tensor4d(waves(12), [1, 1, 6, 2]), 1, 'same'),
    tf.conv2dTranspose(image, tf.tensor4d(waves(24), [2, 2, 2, 3]), [2, 5, 5, 2], 1, 'valid'),
    tf.conv2dTranspose(image, tf.tensor4d(waves(24), [2, 2, 2, 3]), [2, 8, 8, 2], 2, 'same'),
    tf.dilation2d(image, tf.tensor3d(waves(12), [2, 2, 3]), 1, 'same'),
    tf.dilation2d(image, tf.tensor3d(waves(12), [2, 2, 3]), [2, 1], 'valid', [1, 2]),
  ],
  'fused convolutions': () =>
    (['linear', 'relu', 'elu', 'sigmoid', 'prelu'] as const).flatMap((activation) => {
      const preluActivationWeights = tf.tensor3d([0.3, 0.4], [1, 1, 2]);
      const given = { x: image, strides: 1, pad: 'same', activation, ...(activation === 'prelu' && { preluActivationWeights }) } as const;
      return [
        tf.fused.conv2d({ ...given, filter, bias: tf.tensor1d([0.5, -1]) }),
        tf.fused.depthwiseConv2d({
          ...given,
          filter: deep.slice([0, 0, 0, 0], [2, 2, 3, 1]),
          activation: 'relu',
          bias: tf.tensor1d([0, 1, 2]),
        }),
      ];
    }),
  poolings: () => [
    ...(['same', 'valid', 1] as const).flatMap((pad) => [tf.maxPool(image, 2, 1, pad), tf.avgPool(image, [3, 2], [2, 1], pad)]),
    tf.maxPool(image, 2, 1, EXPLICIT),
    tf.avgPool(image, 2, 1, EXPLICIT),
    ...(['same', 'valid'] as const).flatMap((pad) => [tf.maxPool3d(block, 2, 1, pad), tf.avgPool3d(block, [2, 1, 2], [1, 2, 1], pad)]),
    ...(['max', 'avg'] as const).map((kind) => tf.pool(image, [2, 2], kind, 'same', 1, 1)),
    ...(['max', 'avg'] as const).map((kind) => tf.pool(image, [2, 2], kind, 'valid', 2)),
    tf.localResponseNormalization(image, 1, 2, 0.5, 0.7),
    tf.localResponseNormalization(image),
  ],
  'contractions and places of many axes': () => [
    tf.einsum('ij,kj->ik', m, n),
    tf.einsum('ij->ji', m),
    tf.einsum('bij , bkj -> bik', cube, cube),
    tf.einsum('ij->', m),
    tf.gatherND(
      cube,
      tf.tensor2d(
        [
          [1, 2],
          [0, 0],
          [1, 0],
        ],
        [3, 2],
        'int32',
      ),
    ),
    tf.gatherND(cube, tf.tensor3d([0, 1, 2, 1, 2, 3, 0, 0, 0, 1, 1, 1], [2, 2, 3], 'int32')),
    tf.scatterND(tf.tensor2d([[4], [1], [4]], [3, 1], 'int32'), tf.tensor1d([1.5, 2, 4]), [6]),
    tf.scatterND(
      tf.tensor2d(
        [
          [0, 1],
          [1, 0],
        ],
        [2, 2],
        'int32',
      ),
      tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]),
      [2, 2, 3],
    ),
  ],
  'blocks and sizes of images': () => [
    tf.depthToSpace(tf.tensor4d(waves(2 * 2 * 3 * 8), [2, 2, 3, 8]), 2),
    tf.spaceToBatchND(
      image,
      [2, 2],
      [
        [0, 2],
        [1, 1],
      ],
    ),
    tf.batchToSpaceND(
      tf.tensor4d(waves(8 * 2 * 2 * 3), [8, 2, 2, 3]),
      [2, 2],
      [
        [0, 1],
        [1, 0],
      ],
    ),
    ...[
      [7, 3],
      [2, 8],
      [1, 1],
    ].flatMap(([h = 1, w = 1]) =>
      [
        [false, false],
        [true, false],
        [false, true],
      ].flatMap(([aligned, halved]) => [
        tf.image.resizeBilinear(image, [h, w], aligned, halved),
        tf.image.resizeNearestNeighbor(image, [h, w], aligned, halved),
      ]),
    ),
  ],
  'complex numbers': () => {
    const z = tf.complex(m, n);
    return [z, tf.abs(z), tf.real(z), tf.imag(z), tf.fft(z), tf.ifft(z), tf.rfft(cube), tf.irfft(tf.rfft(cube))];
  },
};

const seen = new Set<string>();
describe.each(Object.entries(PIECES))('%s', (_name, piece) => {
  const calls = kernelsOf(piece);
  it.each([
    ['rows on the engine', false],
    ['rows in float64', true],
  ])('%s give what TensorFlow.js gives', (_how, wide) => {
    for (const call of calls) {
      seen.add(call.name);
      if (WAITING.includes(call.name)) continue;
      expectSame(call, wide);
    }
  });
});

it('every kernel of the table is held', () => {
  // LogSoftmax and BroadcastTo have gradients, but only tfjs-node has them as kernels.
  expect(kernelNames().filter((name) => !seen.has(name))).toEqual(['BroadcastTo', 'LogSoftmax']);
  for (const name of ['BroadcastTo', 'LogSoftmax']) expect(tf.getKernel(name, 'cpu')).toBeUndefined();
});

it('every kernel that has a gradient in TensorFlow.js is in the table, or waits', () => {
  const differentiable = tf
    .getKernelsForBackend('cpu')
    .map(({ kernelName }) => kernelName)
    .filter((name) => tf.getGradient(name) != null);
  expect(differentiable.length).toBeGreaterThan(90);
  const known = new Set([...kernelNames(), ...WAITING]);
  // Their gradients are zero for every input: their numbers are enough.
  const constant = new Set(['ArgMax', 'ArgMin', 'OneHot']);
  expect(differentiable.filter((name) => !known.has(name) && !constant.has(name)).sort()).toEqual([]);
  expect(WAITING.filter((name) => kernelNames().includes(name))).toEqual([]);
});
