// Kernels of two tensors with broadcasting, comparisons, and choosing between tensors. Gradients: tfjs-core/src/gradients/*_grad.ts.
import type { Operations } from '../../operations.ts';
import { isKnown, surelyEqual } from '../../shape.ts';
import type { Shape, Tensor } from '../../tensor.ts';
import { kernel, type KernelGradient } from '../kernel.ts';

const float = (x: Tensor, o: Operations): Tensor => o.cast(x, 'float32');

/** Sums over the axes along which a tensor of `shape` was broadcast to the gradient's shape, then gives it that shape. */
export function summedTo(gradient: Tensor, shape: Shape, o: Operations): Tensor {
  const from = gradient.shape;
  if (!isKnown(from) || !isKnown(shape)) return o.reshape(gradient, shape);
  const missing = from.length - shape.length;
  const axes = from.map((_, i) => i).filter((i) => i < missing || (shape[i - missing] === 1 && from[i] !== 1));
  return o.reshape(axes.length > 0 ? o.sum(gradient, axes) : gradient, shape);
}
/** As summedTo, but a gradient that already has the shape is left as it is. */
const summedWhereBroadcast = (gradient: Tensor, shape: Shape, o: Operations): Tensor =>
  surelyEqual(gradient.shape, shape) ? gradient : summedTo(gradient, shape, o);

type Side = (c: { readonly dy: Tensor; readonly a: Tensor; readonly b: Tensor; readonly y: Tensor }, o: Operations) => Tensor;

const sides =
  (toA: Side, toB: Side, sum = summedTo): KernelGradient<'a' | 'b'> =>
  (c, o) => [() => sum(toA(c, o), c.a.shape, o), () => sum(toB(c, o), c.b.shape, o)];

function pair(name: string, row: string, gradient: KernelGradient<'a' | 'b'> | null, savesOutput = false): void {
  kernel(name, ['a', 'b'], { forward: row, gradient, savesOutput });
}

pair(
  'Add',
  'AddV2',
  sides(
    ({ dy }) => dy,
    ({ dy }) => dy,
  ),
);
pair(
  'Sub',
  'Sub',
  sides(
    ({ dy }) => dy,
    ({ dy }, o) => o.neg(dy),
  ),
);
pair(
  'Multiply',
  'Mul',
  sides(
    ({ dy, b }, o) => o.mul(dy, float(b, o)),
    ({ dy, a }, o) => o.mul(dy, float(a, o)),
    summedWhereBroadcast,
  ),
);

const quotient = sides(
  ({ dy, b }, o) => o.div(dy, float(b, o)),
  ({ dy, a, b }, o) => o.neg(o.div(o.mul(dy, float(a, o)), float(o.square(b), o))),
  summedWhereBroadcast,
);
pair('RealDiv', 'RealDiv', quotient);
/** The gradient of a division, though the division is floored. */
pair('FloorDiv', 'FloorDiv', quotient);
pair(
  'Mod',
  'FloorMod',
  sides(
    ({ dy }) => dy,
    ({ dy, a, b }, o) => o.mul(dy, o.neg(o.floor(o.div(a, b)))),
    summedWhereBroadcast,
  ),
);
/** For the base it reads the inputs, for the exponent the output. */
pair(
  'Pow',
  'Pow',
  sides(
    ({ dy, a, b }, o) => o.mul(dy, o.mul(float(b, o), o.pow(a, o.sub(float(b, o), 1)))),
    ({ dy, a, y }, o) => o.mul(dy, o.mul(y, o.select(o.greater(a, 0), o.log(a), o.zerosLike(a)))),
  ),
  true,
);
/** No sum over broadcast axes: operands of different shapes are an error in the gradient. */
const asItIs = (gradient: Tensor): Tensor => gradient;
const masked = (toA: 'greaterEqual' | 'lessEqual', toB: 'less' | 'greater') =>
  sides(
    ({ dy, a, b }, o) => o.mul(dy, float(o[toA](a, b), o)),
    ({ dy, a, b }, o) => o.mul(dy, float(o[toB](a, b), o)),
    asItIs,
  );
pair('Maximum', 'Maximum', masked('greaterEqual', 'less'));
pair('Minimum', 'Minimum', masked('lessEqual', 'greater'));
pair(
  'SquaredDifference',
  'SquaredDifference',
  sides(
    ({ dy, a, b }, o) => o.mul(dy, o.mul(2, o.sub(a, b))),
    ({ dy, a, b }, o) => o.mul(dy, o.mul(2, o.sub(b, a))),
    asItIs,
  ),
);
pair(
  'Atan2',
  'Atan2',
  sides(
    ({ dy, a, b }, o) => o.mul(dy, o.div(b, o.add(o.square(a), o.square(b)))),
    ({ dy, a, b }, o) => o.neg(o.mul(dy, o.div(a, o.add(o.square(a), o.square(b))))),
  ),
);

/** The only comparison with a gradient: zeros. The others raise where a gradient has to pass them. */
pair('GreaterEqual', 'GreaterEqual', ({ a, b }, o) => [() => o.zerosLike(a), () => o.zerosLike(b)]);
for (const name of ['Greater', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr']) pair(name, name, null);

kernel('Select', ['condition', 't', 'e'], {
  forward: 'SelectV2',
  gradient: ({ dy, condition }, o) => [
    () => o.cast(o.zerosLike(condition), 'float32'),
    () => o.mul(dy, o.cast(condition, dy.dtype)),
    () => o.mul(dy, o.cast(o.logicalNot(condition), dy.dtype)),
  ],
});
kernel('AddN', [], { forward: 'AddN', gradient: ({ dy, inputs }, o) => inputs.map(() => () => o.identity(dy)) });

kernel('BatchMatMul', ['a', 'b'], {
  forward: 'MatMul',
  gradient: ({ dy, a, b, attributes: { transposeA, transposeB } }, o) => {
    if (!transposeA && !transposeB) return [() => o.matmul(dy, b, false, true), () => o.matmul(a, dy, true, false)];
    if (!transposeA) return [() => o.matmul(dy, b), () => o.matmul(dy, a, true, false)];
    if (!transposeB) return [() => o.matmul(b, dy, false, true), () => o.matmul(a, dy)];
    return [() => o.matmul(b, dy, true, true), () => o.matmul(dy, a, true, true)];
  },
});
