// Ops as functions, for gradients, layers and losses to be written with. Numbers stand for constants of the other operand's dtype.
import type { Eager } from './eager.ts';
import { isKnown, normalizeAxes, surelyEqual } from './shape.ts';
import { type DType, isComplex, type Shape, type Tensor } from './tensor.ts';

export type Operand = Tensor | number;

export class Operations {
  constructor(readonly eager: Eager) {}

  apply(name: string, inputs: readonly Tensor[], attributes: object = {}): Tensor {
    return this.eager.apply(name, inputs, attributes)[0] as Tensor;
  }

  // ---------------------------------------------------------------------------------------------- constants

  /** A literal number of the shape []. */
  scalar(value: number, dtype: DType | null = 'float32'): Tensor {
    return this.eager.backend.fill(value, [], dtype);
  }
  vector(values: readonly number[], dtype: DType = 'int32'): Tensor {
    return this.eager.backend.constant(values, [values.length], dtype);
  }
  full(value: number | null, shape: Shape, dtype: DType | null): Tensor {
    return this.eager.backend.fill(value, shape, dtype);
  }
  /** Ones that no tape sees: what a target's upstream gradient starts from. */
  onesLikeConstant(x: Tensor): Tensor {
    return this.full(1, x.shape, dtypeOfValue(x));
  }
  zerosConstant(x: Tensor): Tensor {
    return this.full(0, x.shape, dtypeOfValue(x));
  }

  /** Whether a graph, in which a shape is known, does not read the tensor for it. TensorFlow: python/ops/array_ops.py, zeros_like_impl, shape_internal. */
  foldsShape(x: Tensor): boolean {
    return this.eager.inGraph && isKnown(x.shape);
  }

  private both(a: Operand, b: Operand): [Tensor, Tensor] {
    if (typeof a === 'number') return typeof b === 'number' ? [this.scalar(a), this.scalar(b)] : [this.scalar(a, b.dtype), b];
    return [a, typeof b === 'number' ? this.scalar(b, a.dtype) : b];
  }
  binary(name: string, a: Operand, b: Operand): Tensor {
    return this.apply(name, this.both(a, b));
  }
  unary(name: string, x: Tensor): Tensor {
    return this.apply(name, [x]);
  }

  // ---------------------------------------------------------------------------------------------- arithmetic

  add = (a: Operand, b: Operand) => this.binary('AddV2', a, b);
  sub = (a: Operand, b: Operand) => this.binary('Sub', a, b);
  mul = (a: Operand, b: Operand) => this.binary('Mul', a, b);
  div = (a: Operand, b: Operand) => this.binary('RealDiv', a, b);
  divNoNan = (a: Operand, b: Operand) => this.binary('DivNoNan', a, b);
  pow = (a: Operand, b: Operand) => this.binary('Pow', a, b);
  maximum = (a: Operand, b: Operand) => this.binary('Maximum', a, b);
  minimum = (a: Operand, b: Operand) => this.binary('Minimum', a, b);
  squaredDifference = (a: Operand, b: Operand) => this.binary('SquaredDifference', a, b);
  floorDiv = (a: Operand, b: Operand) => this.binary('FloorDiv', a, b);
  less = (a: Operand, b: Operand) => this.binary('Less', a, b);
  lessEqual = (a: Operand, b: Operand) => this.binary('LessEqual', a, b);
  greater = (a: Operand, b: Operand) => this.binary('Greater', a, b);
  greaterEqual = (a: Operand, b: Operand) => this.binary('GreaterEqual', a, b);
  equal = (a: Operand, b: Operand) => this.binary('Equal', a, b);
  notEqual = (a: Operand, b: Operand) => this.binary('NotEqual', a, b);
  logicalAnd = (a: Tensor, b: Tensor) => this.binary('LogicalAnd', a, b);
  logicalNot = (x: Tensor) => this.unary('LogicalNot', x);
  addN(list: readonly Tensor[]): Tensor {
    const slices = list.every((t) => t.indexedSlices);
    return list.length === 1 ? (list[0] as Tensor) : this.apply(slices ? '_AddSlices' : 'AddN', list);
  }

  neg = (x: Tensor) => this.unary('Neg', x);
  abs = (x: Tensor) => this.unary('Abs', x);
  sign = (x: Tensor) => this.unary('Sign', x);
  square = (x: Tensor) => this.unary('Square', x);
  sqrt = (x: Tensor) => this.unary('Sqrt', x);
  rsqrt = (x: Tensor) => this.unary('Rsqrt', x);
  reciprocal = (x: Tensor) => this.unary('Reciprocal', x);
  exp = (x: Tensor) => this.unary('Exp', x);
  expm1 = (x: Tensor) => this.unary('Expm1', x);
  log = (x: Tensor) => this.unary('Log', x);
  log1p = (x: Tensor) => this.unary('Log1p', x);
  sin = (x: Tensor) => this.unary('Sin', x);
  cos = (x: Tensor) => this.unary('Cos', x);
  sinh = (x: Tensor) => this.unary('Sinh', x);
  cosh = (x: Tensor) => this.unary('Cosh', x);
  tanh = (x: Tensor) => this.unary('Tanh', x);
  sigmoid = (x: Tensor) => this.unary('Sigmoid', x);
  softplus = (x: Tensor) => this.unary('Softplus', x);
  erf = (x: Tensor) => this.unary('Erf', x);
  relu = (x: Tensor) => this.unary('Relu', x);
  floor = (x: Tensor) => this.unary('Floor', x);
  identity = (x: Tensor) => this.unary('Identity', x);
  zerosLike = (x: Tensor) => (this.foldsShape(x) ? this.zerosConstant(x) : this.unary('ZerosLike', x));
  onesLike = (x: Tensor) => (this.foldsShape(x) ? this.onesLikeConstant(x) : this.unary('OnesLike', x));
  stopGradient = (x: Tensor) => this.unary('StopGradient', x);
  /** A stop_gradient that TensorFlow adds by itself. */
  numbersOf = (x: Tensor, by: string) => this.apply('StopGradient', [x], { by });
  stopGradientInside = (x: Tensor) => this.apply('StopGradient', [x], { internal: true });
  select = (condition: Tensor, a: Operand, b: Operand) => this.apply('SelectV2', [condition, ...this.both(a, b)]);
  /** The complex conjugate; real numbers are their own. */
  conj = (x: Tensor): Tensor => (x.dtype !== null && isComplex(x.dtype) ? this.unary('Conj', x) : x);
  real = (x: Tensor): Tensor => (x.dtype !== null && isComplex(x.dtype) ? this.unary('Real', x) : x);
  imag = (x: Tensor) => this.unary('Imag', x);
  complex = (a: Operand, b: Operand) => this.binary('Complex', a, b);
  cast(x: Tensor, dtype: DType | null): Tensor {
    return dtype === null || x.dtype === dtype ? x : this.apply('Cast', [x], { dtype });
  }

  // ---------------------------------------------------------------------------------------------- matrices

  /** [..., n, m] @ [..., m, p]; a batch broadcasts. */
  matmul(a: Tensor, b: Tensor, transposeA = false, transposeB = false): Tensor {
    return this.apply('MatMul', [a, b], { transposeA, transposeB });
  }

  // ---------------------------------------------------------------------------------------------- reductions

  private reduction(name: string, x: Tensor, axes: readonly number[] | null, keepDims: boolean): Tensor {
    return this.apply(name, [x], { axes: axes === null || x.shape === null ? axes : normalizeAxes(axes, x.shape.length), keepDims });
  }
  sum = (x: Tensor, axes: readonly number[] | null = null, keepDims = false) => this.reduction('Sum', x, axes, keepDims);
  mean = (x: Tensor, axes: readonly number[] | null = null, keepDims = false) => this.reduction('Mean', x, axes, keepDims);
  max = (x: Tensor, axes: readonly number[] | null = null, keepDims = false) => this.reduction('Max', x, axes, keepDims);
  min = (x: Tensor, axes: readonly number[] | null = null, keepDims = false) => this.reduction('Min', x, axes, keepDims);
  prod = (x: Tensor, axes: readonly number[] | null = null, keepDims = false) => this.reduction('Prod', x, axes, keepDims);

  // ---------------------------------------------------------------------------------------------- shapes

  reshape(x: Tensor, shape: Shape): Tensor {
    return this.apply('Reshape', [x], { shape });
  }
  /** Gives x the shape of another tensor. */
  reshapeLike(x: Tensor, like: Tensor): Tensor {
    return surelyEqual(x.shape, like.shape) && !x.indexedSlices ? x : this.reshape(x, like.shape);
  }
  transpose(x: Tensor, permutation: readonly number[] | null = null): Tensor {
    return this.apply('Transpose', [x], { permutation });
  }
  /** Turns the matrices in the last two axes around, and conjugates them where they are complex. */
  adjoint(x: Tensor): Tensor {
    const rank = x.shape?.length ?? 2;
    const order = Array.from({ length: rank }, (_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i));
    return this.conj(this.transpose(x, order));
  }
  broadcastTo(x: Tensor, shape: Shape): Tensor {
    return surelyEqual(x.shape, shape) ? x : this.apply('BroadcastTo', [x], { shape });
  }
  expandDims(x: Tensor, axis: number): Tensor {
    return this.apply('ExpandDims', [x], { axis });
  }
  concat(list: readonly Tensor[], axis: number): Tensor {
    return this.apply('ConcatV2', list, { axis });
  }
  stack(list: readonly Tensor[], axis = 0): Tensor {
    return this.apply('Pack', list, { axis });
  }
  unstack(x: Tensor, axis: number, count: number): Tensor[] {
    return this.eager.apply('Unpack', [x], { axis, count });
  }
  /** x[begin : begin + size], per axis. */
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
    return this.apply('Slice', [x], { begin, size });
  }
  /** `paddings`: [before, after] per axis. */
  pad(x: Tensor, paddings: readonly (readonly [number, number])[], value = 0): Tensor {
    return this.apply('PadV2', [x], { paddings, value });
  }
  tile(x: Tensor, multiples: readonly number[]): Tensor {
    return this.apply('Tile', [x], { multiples });
  }

  /** Sums a gradient over the axes along which an input of `shape` was broadcast. */
  unbroadcast(gradient: Tensor, shape: Shape): Tensor {
    return surelyEqual(gradient.shape, shape) && !gradient.indexedSlices ? gradient : this.apply('_SumTo', [gradient], { shape });
  }

  /** After a reduction: the gradient with its lost axes back as ones, so that it broadcasts over x. */
  restoreAxes(gradient: Tensor, x: Tensor, axes: readonly number[] | null | undefined): Tensor {
    if (x.shape === null || axes === undefined) return this.reshape(gradient, null);
    const gone = new Set(normalizeAxes(axes, x.shape.length));
    return this.reshape(
      gradient,
      x.shape.map((d, i) => (gone.has(i) ? 1 : d)),
    );
  }

  // ---------------------------------------------------------------------------------------------- tangents

  /** A tangent [k, …] of a tensor of lower rank, given ones after its first axis so that it broadcasts like its tensor does. */
  align(tangent: Tensor, from: Shape, to: Shape): Tensor {
    if (from === null || to === null || tangent.shape === null || from.length === to.length) return tangent;
    const [directions = null, ...rest] = tangent.shape;
    return this.reshape(tangent, [directions, ...Array.from({ length: to.length - from.length }, () => 1), ...rest]);
  }
  /** Makes a tangent as large as the output it is for: [k, …shape]. */
  spread(tangent: Tensor, directions: number, shape: Shape): Tensor {
    return isKnown(shape) ? this.broadcastTo(tangent, [directions, ...shape]) : tangent;
  }
  /** The sum of tangents, some of which may be missing; null when all are. */
  total(tangents: readonly (Tensor | null)[]): Tensor | null {
    return tangents.reduce((a, b) => (a && b ? this.add(a, b) : (a ?? b)), null);
  }
}

/** A variable's handle stands for what the variable holds. */
const dtypeOfValue = (x: Tensor): DType | null => (x.dtype === 'resource' ? (x.valueDType ?? 'float32') : x.dtype);
