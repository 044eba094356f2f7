// TensorFlow.js's kernels as operations of the core: which row each one is, and what its attributes are called there. A new one is a new line.
import { slice_util } from '@tensorflow/tfjs-core';
import { MAIN } from '../../../core/ops/bands.ts';
import type { Operations } from '../../../core/operations.ts';
import { normalizeAxes, normalizeAxis } from '../../../core/shape.ts';
import type { DType, Tensor } from '../../../core/tensor.ts';
import { UnsupportedOp } from '../engine/backend.ts';

/** A kernel's call, its inputs being tensors of the trace. */
export interface KernelCall {
  readonly name: string;
  readonly o: Operations;
  /** By TensorFlow.js's names, or by number where it has a list. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the outputs that TensorFlow.js gave. */
  readonly shapes: readonly (readonly number[])[];
}

type Carry = (c: KernelCall) => Tensor | readonly Tensor[];

// ------------------------------------------------------------------------------------------------ reading a call

/** Trace and rows are about floating numbers: what TensorFlow.js keeps as an integer or a truth value is cast where it is calculated with. */
const floating = (t: Tensor, o: Operations): Tensor => (t.dtype === 'float32' || t.dtype === 'float64' ? t : o.cast(t, 'float32'));
const input = ({ inputs, name, o }: KernelCall, key: string): Tensor => floating(found(inputs[key], name), o);
const typed = ({ inputs, name, o }: KernelCall, key: string, dtype: DType): Tensor => o.cast(found(inputs[key], name), dtype);
const all = ({ inputs, o }: KernelCall): Tensor[] => Object.values(inputs).map((t) => floating(t, o));

function found(tensor: Tensor | undefined, name: string): Tensor {
  if (!tensor) throw new UnsupportedOp(name);
  return tensor;
}

const number = ({ attributes }: KernelCall, key: string, otherwise = 0): number => Number(attributes[key] ?? otherwise);
/** A list of numbers, or one number. */
const numbers = ({ attributes }: KernelCall, key: string): number[] => {
  const given = attributes[key];
  return typeof given === 'number' ? [given] : Array.from((given ?? []) as ArrayLike<number>, Number);
};
const flag = ({ attributes }: KernelCall, key: string): boolean => attributes[key] === true;
const shapeOf = (t: Tensor): number[] => (t.shape ?? []).map((d) => d ?? 0);
const outputShape = ({ shapes }: KernelCall): readonly number[] => shapes[0] ?? [];
const axisOf = (axis: number, t: Tensor): number => normalizeAxis(axis, shapeOf(t).length);

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

/** One axis taken at places: what mirrors, and what repeats. */
const gather = (o: Operations, x: Tensor, places: readonly number[], axis: number): Tensor =>
  o.apply('GatherV2', [x, o.vector(places, 'int32')], { axis });

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
  BatchMatMul: matmul,
  BroadcastTo: (c) => c.o.broadcastTo(input(c, 'x'), outputShape(c)),
  Cast: (c) => c.o.cast(input(c, 'x'), String(c.attributes['dtype']) as DType),
  ClipByValue: (c) => c.o.minimum(c.o.maximum(input(c, 'x'), number(c, 'clipValueMin')), number(c, 'clipValueMax')),
  Concat: (c) => c.o.concat(all(c), number(c, 'axis')),
  Diag: (c) =>
    c.o.reshape(c.o.apply('MatrixDiagV3', [c.o.reshape(input(c, 'x'), [-1])], { ...MAIN, rows: null, columns: null }), outputShape(c)),
  ExpandDims: (c) => c.o.reshape(input(c, 'input'), outputShape(c)),
  FusedBatchNorm: batchNormalised,
  GatherV2: gathered,
  LeakyRelu: (c) => c.o.apply('LeakyRelu', [input(c, 'x')], { alpha: number(c, 'alpha', 0.2) }),
  LogicalNot: (c) => c.o.logicalNot(typed(c, 'x', 'bool')),
  LogSoftmax: (c) => c.o.apply('LogSoftmax', [input(c, 'logits')]),
  Max: reduction('Max', 'reductionIndices'),
  MirrorPad: mirrored,
  Pack: (c) => c.o.stack(all(c), number(c, 'axis')),
  PadV2: (c) => c.o.pad(input(c, 'x'), pairs(c, 'paddings'), number(c, 'constantValue')),
  Prelu: (c) => prelu(c.o, input(c, 'x'), input(c, 'alpha')),
  Reshape: (c) => c.o.reshape(input(c, 'x'), outputShape(c)),
  Reverse: (c) => c.o.apply('ReverseV2', [input(c, 'x')], { axes: normalizeAxes(numbers(c, 'dims'), outputShape(c).length) }),
  Select: (c) => c.o.select(typed(c, 'condition', 'bool'), input(c, 't'), input(c, 'e')),
  Slice: (c) => c.o.slice(input(c, 'x'), padded(numbers(c, 'begin'), outputShape(c).length), outputShape(c)),
  Softmax: (c) => c.o.apply('Softmax', [input(c, 'logits')]),
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
export const WAITING: readonly string[] = [
  ...['AvgPool', 'AvgPool3D', 'BatchToSpaceND', 'ComplexAbs', 'Conv2D', 'Conv2DBackpropInput', 'Conv3D', 'DepthwiseConv2dNative'],
  ...['Dilation2D', 'LRN', 'MaxPool', 'MaxPool3D', 'ResizeBilinear', 'ResizeNearestNeighbor', 'SpaceToBatchND'],
];

function same(names: string, family: (row: string) => Carry): Record<string, Carry> {
  return Object.fromEntries(names.split(' ').map((name) => [name, family(name)]));
}

const padded = (list: readonly number[], length: number): number[] => Array.from({ length }, (_, i) => list[i] ?? 0);

function pairs(c: KernelCall, key: string): (readonly [number, number])[] {
  return Array.from((c.attributes[key] ?? []) as ArrayLike<ArrayLike<number>>, (pair) => [Number(pair[0]), Number(pair[1])] as const);
}

export const kernelNames = (): readonly string[] => Object.keys(KERNELS);

/** The outputs of a kernel, out of rows. Raises UnsupportedOp for one that has none. */
export function carryKernel(c: KernelCall): readonly Tensor[] {
  const carry = Object.hasOwn(KERNELS, c.name) ? KERNELS[c.name] : undefined;
  if (!carry) throw new UnsupportedOp(c.name);
  const outputs = carry(c);
  return Array.isArray(outputs) ? (outputs as readonly Tensor[]) : [outputs as Tensor];
}
