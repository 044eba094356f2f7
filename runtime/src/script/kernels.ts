// TensorFlow.js's kernels as operations of the core: which row each one is, and what its attributes are called there. A new one is a new line.
import { slice_util } from '@tensorflow/tfjs-core';
import type { Operations } from '../../../core/operations.ts';
import { MAIN } from '../../../core/ops/bands.ts';
import { normalizeAxes } from '../../../core/shape.ts';
import type { DType, Tensor } from '../../../core/tensor.ts';
import { UnsupportedOp, valuesOf } from '../engine/backend.ts';
import * as images from './images.ts';
import {
  all,
  axisOf,
  type Carry,
  flag,
  gather,
  input,
  type KernelCall,
  number,
  numbers,
  outputShape,
  pairs,
  shapeOf,
  typed,
} from './kernel-call.ts';
import * as windows from './windows.ts';

// ------------------------------------------------------------------------------------------------ families

const unary =
  (row: string): Carry =>
  (c) =>
    c.o.apply(row, [input(c, 'x')]);
const binary =
  (row: string): Carry =>
  (c) =>
    c.o.apply(row, [input(c, 'a'), input(c, 'b')]);
const logical =
  (row: string): Carry =>
  (c) =>
    c.o.apply(row, [typed(c, 'a', 'bool'), typed(c, 'b', 'bool')]);
/** Kernels without an axis reduce over all. */
const reduction =
  (row: string, axes = 'axis'): Carry =>
  (c) => {
    const x = input(c, 'x');
    const given = c.attributes[axes];
    const over = given === null || given === undefined ? null : numbers(c, axes);
    return c.o.apply(row, [x], { axes: normalizeAxes(over, shapeOf(x).length), keepDims: flag(c, 'keepDims') });
  };
const running =
  (row: string): Carry =>
  (c) => {
    const x = input(c, 'x');
    return c.o.apply(row, [x], { axis: axisOf(number(c, 'axis'), x), exclusive: flag(c, 'exclusive'), reverse: flag(c, 'reverse') });
  };
/** The fused kernels: a product, a bias, an activation. */
const activated = (c: KernelCall, product: Tensor): Tensor => {
  const { o, inputs, attributes } = c;
  const y = inputs['bias'] ? o.add(product, input(c, 'bias')) : product;
  switch (attributes['activation'] ?? 'linear') {
    case 'linear':
      return y;
    case 'relu':
      return o.relu(y);
    case 'relu6':
      return o.apply('Relu6', [y]);
    case 'elu':
      return o.apply('Elu', [y]);
    case 'sigmoid':
      return o.sigmoid(y);
    case 'leakyrelu':
      return o.apply('LeakyRelu', [y], { alpha: number(c, 'leakyreluAlpha', 0.2) });
    case 'prelu':
      return prelu(o, y, input(c, 'preluActivationWeights'));
    default:
      throw new UnsupportedOp(`${c.name} with ${String(attributes['activation'])}`);
  }
};
const prelu = (o: Operations, x: Tensor, alpha: Tensor): Tensor => o.select(o.greaterEqual(x, 0), x, o.mul(alpha, x));
const matmul = (c: KernelCall): Tensor => c.o.matmul(input(c, 'a'), input(c, 'b'), flag(c, 'transposeA'), flag(c, 'transposeB'));

function mirrored(c: KernelCall): Tensor {
  const edge = c.attributes['mode'] === 'reflect' ? 0 : 1;
  const paddings = Array.from((c.attributes['paddings'] ?? []) as ArrayLike<ArrayLike<number>>, (pair) => Array.from(pair, Number));
  return paddings.reduce(
    (x, [before = 0, after = 0], axis) => {
      const size = shapeOf(x)[axis] ?? 0;
      const places = Array.from({ length: before + size + after }, (_, i) => {
        const at = i - before;
        return at < 0 ? -at - edge : at >= size ? 2 * size - 2 - at + edge : at;
      });
      return before + after === 0 ? x : gather(c.o, x, places, axis);
    },
    input(c, 'x'),
  );
}

function strided(c: KernelCall): Tensor {
  const x = input(c, 'x');
  const masks = ['beginMask', 'endMask', 'ellipsisMask', 'newAxisMask', 'shrinkAxisMask'].map((mask) => number(c, mask));
  const [begin = 0, end = 0, ellipsis = 0, added = 0, shrunk = 0] = masks;
  const information = slice_util.sliceInfo(
    shapeOf(x),
    ...([numbers(c, 'begin'), numbers(c, 'end'), numbers(c, 'strides')] as const),
    ...([begin, end, ellipsis, added, shrunk] as const),
  );
  const indices = shapeOf(x).map((_, axis) => ({
    kind: 'slice',
    start: information.begin[axis] ?? 0,
    size: Math.max(0, Math.ceil(((information.end[axis] ?? 0) - (information.begin[axis] ?? 0)) / (information.strides[axis] ?? 1))),
    step: information.strides[axis] ?? 1,
  }));
  return c.o.reshape(c.o.apply('StridedSlice', [x], { indices }), outputShape(c));
}

function batchNormalised(c: KernelCall): Tensor {
  const { o } = c;
  const scaled = o.mul(o.sub(input(c, 'x'), input(c, 'mean')), o.rsqrt(o.add(input(c, 'variance'), number(c, 'varianceEpsilon', 0.001))));
  const stretched = c.inputs['scale'] ? o.mul(scaled, input(c, 'scale')) : scaled;
  return c.inputs['offset'] ? o.add(stretched, input(c, 'offset')) : stretched;
}

function split(c: KernelCall): readonly Tensor[] {
  const x = input(c, 'x');
  const axis = axisOf(number(c, 'axis'), x);
  return c.o.eager.apply('SplitV', [x], { axis, sizes: c.shapes.map((shape) => shape[axis] ?? 0) });
}

function gathered(c: KernelCall): Tensor {
  const x = input(c, 'x');
  if (number(c, 'batchDims') !== 0) throw new UnsupportedOp('GatherV2 with batchDims');
  return c.o.apply('GatherV2', [x, typed(c, 'indices', 'int32')], { axis: axisOf(number(c, 'axis'), x) });
}

/** Places of whole slices, out of indices into the first axes: [...batch, depth] → [...batch]. */
function flatPlaces(c: KernelCall, shape: readonly number[]): Tensor {
  const indices = typed(c, 'indices', 'int32');
  const depth = shapeOf(indices).at(-1) ?? 0;
  const { data } = valuesOf(indices);
  const steps = Array.from({ length: depth }, (_, i) => shape.slice(i + 1, depth).reduce((a, b) => a * b, 1));
  const places = Array.from({ length: data.length / Math.max(1, depth) }, (_, i) =>
    steps.reduce((sum, step, k) => sum + step * (data[i * depth + k] ?? 0), 0),
  );
  return c.o.vector(places, 'int32');
}

function gatheredNd(c: KernelCall): Tensor {
  const x = input(c, 'params');
  const depth = shapeOf(typed(c, 'indices', 'int32')).at(-1) ?? 0;
  const rest = shapeOf(x).slice(depth);
  const rows = c.o.reshape(x, [
    shapeOf(x)
      .slice(0, depth)
      .reduce((a, b) => a * b, 1),
    ...rest,
  ]);
  return c.o.reshape(c.o.apply('GatherV2', [rows, flatPlaces(c, shapeOf(x))], { axis: 0 }), outputShape(c));
}

function scattered(c: KernelCall): Tensor {
  const shape = outputShape(c);
  const depth = shapeOf(typed(c, 'indices', 'int32')).at(-1) ?? 0;
  const rest = shape.slice(depth);
  const places = flatPlaces(c, shape);
  const updates = c.o.reshape(input(c, 'updates'), [shapeOf(places)[0] ?? 0, ...rest]);
  const rows = [shape.slice(0, depth).reduce((a, b) => a * b, 1), ...rest];
  return c.o.reshape(c.o.apply('_GatherGrad', [updates, places], { axis: 0, shape: rows }), shape);
}

function einsum(c: KernelCall): Tensor {
  const [operands = '', output = ''] = String(c.attributes['equation']).replace(/\s/g, '').split('->');
  return c.o.apply('Einsum', all(c), { operands: operands.split(','), output });
}

// ------------------------------------------------------------------------------------------------ the table

const KERNELS: Readonly<Record<string, Carry>> = {
  ...same(
    'Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Elu Erf Exp Expm1 Floor Identity IsFinite IsInf IsNan Log Log1p Neg OnesLike Reciprocal Relu Relu6 Round',
    unary,
  ),
  ...same('Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Tan Tanh ZerosLike', unary),
  ...same('Atan2 Equal FloorDiv Greater GreaterEqual Less LessEqual Maximum Minimum NotEqual Pow RealDiv SquaredDifference Sub', binary),
  ...same('LogicalAnd LogicalOr', logical),
  ...same('All Any Mean Min Prod Sum', reduction),
  ...same('Cumprod Cumsum', running),
  Add: binary('AddV2'),
  Multiply: binary('Mul'),
  Mod: binary('FloorMod'),
  AddN: (c) => c.o.addN(all(c)),
  AvgPool: windows.pooled('AvgPool'),
  AvgPool3D: windows.pooled('AvgPool3D'),
  BatchMatMul: matmul,
  BatchToSpaceND: images.batchToSpace,
  BroadcastTo: (c) => c.o.broadcastTo(input(c, 'x'), outputShape(c)),
  Cast: (c) => c.o.cast(input(c, 'x'), String(c.attributes['dtype']) as DType),
  ClipByValue: (c) => c.o.minimum(c.o.maximum(input(c, 'x'), number(c, 'clipValueMin')), number(c, 'clipValueMax')),
  Complex: (c) => c.o.apply('Complex', [input(c, 'real'), input(c, 'imag')]),
  ComplexAbs: (c) => c.o.apply('ComplexAbs', [input(c, 'x')]),
  Concat: (c) => c.o.concat(all(c), number(c, 'axis')),
  Conv2D: windows.convolved('Conv2D'),
  Conv2DBackpropInput: windows.spreadBack,
  Conv3D: windows.convolved('Conv3D'),
  DepthToSpace: images.depthToSpace,
  DepthwiseConv2dNative: windows.convolved('DepthwiseConv2dNative'),
  Diag: (c) =>
    c.o.reshape(c.o.apply('MatrixDiagV3', [c.o.reshape(input(c, 'x'), [-1])], { ...MAIN, rows: null, columns: null }), outputShape(c)),
  Dilation2D: windows.convolved('Dilation2D'),
  Einsum: einsum,
  ExpandDims: (c) => c.o.reshape(input(c, 'input'), outputShape(c)),
  FFT: (c) => c.o.apply('FFT', [input(c, 'input')]),
  FusedBatchNorm: batchNormalised,
  FusedConv2D: (c) => activated(c, windows.convolution(c, 'Conv2D')),
  FusedDepthwiseConv2D: (c) => activated(c, windows.convolution(c, 'DepthwiseConv2dNative')),
  GatherNd: gatheredNd,
  GatherV2: gathered,
  IFFT: (c) => c.o.apply('IFFT', [input(c, 'input')]),
  Imag: (c) => c.o.apply('Imag', [input(c, 'input')]),
  LeakyRelu: (c) => c.o.apply('LeakyRelu', [input(c, 'x')], { alpha: number(c, 'alpha', 0.2) }),
  LogicalNot: (c) => c.o.logicalNot(typed(c, 'x', 'bool')),
  LogSoftmax: (c) => c.o.apply('LogSoftmax', [input(c, 'logits')]),
  LRN: (c) =>
    c.o.apply('LRN', [input(c, 'x')], {
      ...{ depthRadius: number(c, 'depthRadius'), bias: number(c, 'bias') },
      ...{ alpha: number(c, 'alpha'), beta: number(c, 'beta') },
    }),
  Max: reduction('Max', 'reductionIndices'),
  MaxPool: windows.pooled('MaxPool'),
  MaxPool3D: windows.pooled('MaxPool3D'),
  MirrorPad: mirrored,
  Pack: (c) => c.o.stack(all(c), number(c, 'axis')),
  PadV2: (c) => c.o.pad(input(c, 'x'), pairs(c, 'paddings'), number(c, 'constantValue')),
  Prelu: (c) => prelu(c.o, input(c, 'x'), input(c, 'alpha')),
  Real: (c) => c.o.apply('Real', [input(c, 'input')]),
  Reshape: (c) => c.o.reshape(input(c, 'x'), outputShape(c)),
  ResizeBilinear: images.resizedSmoothly,
  ResizeNearestNeighbor: images.resizedByNearest,
  Reverse: (c) => c.o.apply('ReverseV2', [input(c, 'x')], { axes: normalizeAxes(numbers(c, 'dims'), outputShape(c).length) }),
  ScatterNd: scattered,
  Select: (c) => c.o.select(typed(c, 'condition', 'bool'), input(c, 't'), input(c, 'e')),
  Slice: (c) => c.o.slice(input(c, 'x'), padded(numbers(c, 'begin'), outputShape(c).length), outputShape(c)),
  Softmax: (c) => c.o.apply('Softmax', [input(c, 'logits')]),
  SpaceToBatchND: images.spaceToBatch,
  SplitV: split,
  Step: (c) => c.o.select(c.o.greater(input(c, 'x'), 0), 1, c.o.full(number(c, 'alpha'), outputShape(c), 'float32')),
  StridedSlice: strided,
  Tile: (c) => c.o.tile(input(c, 'x'), numbers(c, 'reps')),
  TopK: (c) => c.o.eager.apply('TopKV2', [input(c, 'x')], { count: number(c, 'k', 1) }),
  Transpose: (c) => c.o.transpose(input(c, 'x'), numbers(c, 'perm')),
  Unpack: (c) => c.o.unstack(input(c, 'value'), number(c, 'axis'), c.shapes.length),
  UnsortedSegmentSum: (c) => c.o.apply('_GatherGrad', [input(c, 'x'), typed(c, 'segmentIds', 'int32')], { axis: 0, shape: outputShape(c) }),
  _FusedMatMul: (c) => activated(c, matmul(c)),
};

/** Kernels that have a gradient in TensorFlow.js, and wait for a row. */
export const WAITING: readonly string[] = [];

function same(names: string, family: (row: string) => Carry): Record<string, Carry> {
  return Object.fromEntries(names.split(' ').map((name) => [name, family(name)]));
}

const padded = (list: readonly number[], length: number): number[] => Array.from({ length }, (_, i) => list[i] ?? 0);

export const kernelNames = (): readonly string[] => Object.keys(KERNELS);

/** The outputs of a kernel, out of rows. Raises UnsupportedOp for one that has none. */
export function carryKernel(c: KernelCall): readonly Tensor[] {
  const carry = Object.hasOwn(KERNELS, c.name) ? KERNELS[c.name] : undefined;
  if (!carry) throw new UnsupportedOp(c.name);
  const outputs = carry(c);
  return Array.isArray(outputs) ? (outputs as readonly Tensor[]) : [outputs as Tensor];
}
