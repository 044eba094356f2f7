// Kernels of one tensor, element by element. Gradients: tfjs-core/src/gradients/*_grad.ts.
import type { Operations } from '../../operations.ts';
import type { Tensor } from '../../tensor.ts';
import { kernel } from '../kernel.ts';

const float = (x: Tensor, o: Operations): Tensor => o.cast(x, 'float32');

/** A kernel whose gradient is a function of dy and the input. */
function ofInput(name: string, dx: (dy: Tensor, x: Tensor, o: Operations) => Tensor, row = name): void {
  kernel(name, ['x'], { forward: row, gradient: ({ dy, x }, o) => [() => dx(dy, x, o)] });
}

/** A kernel whose gradient reads the output: wrong, or an error, at order 2. */
function ofOutput(name: string, dx: (dy: Tensor, y: Tensor, o: Operations) => Tensor): void {
  kernel(name, ['x'], { forward: name, savesOutput: true, gradient: ({ dy, y }, o) => [() => dx(dy, y, o)] });
}

/** A kernel that is constant between its jumps: TensorFlow.js gives zeros where TensorFlow gives None. */
function piecewiseConstant(name: string, row = name): void {
  ofInput(name, (dy, _, o) => o.zerosLike(dy), row);
}

const oneMinusSquare = (x: Tensor, o: Operations): Tensor => o.sub(1, o.square(float(x, o)));

ofInput('Neg', (dy, _, o) => o.neg(dy));
ofInput('Identity', (dy, _, o) => o.cast(dy, 'float32'));
ofInput('Square', (dy, x, o) => o.mul(dy, o.mul(float(x, o), 2)));
ofInput('Sqrt', (dy, x, o) => o.div(dy, o.mul(o.sqrt(float(x, o)), 2)));
ofInput('Rsqrt', (dy, x, o) => o.neg(o.div(dy, o.mul(o.pow(x, 1.5), 2))));
ofInput('Reciprocal', (dy, x, o) => o.div(dy, o.neg(o.square(x))));
ofInput('Expm1', (dy, x, o) => o.mul(dy, o.exp(x)));
ofInput('Log', (dy, x, o) => o.div(dy, float(x, o)));
ofInput('Log1p', (dy, x, o) => o.div(dy, o.add(x, 1)));
ofInput('Sin', (dy, x, o) => o.mul(o.cos(float(x, o)), dy));
ofInput('Cos', (dy, x, o) => o.mul(o.neg(o.sin(float(x, o))), dy));
ofInput('Tan', (dy, x, o) => o.div(dy, o.square(o.cos(x))));
ofInput('Sinh', (dy, x, o) => o.mul(o.cosh(float(x, o)), dy));
ofInput('Cosh', (dy, x, o) => o.mul(o.sinh(float(x, o)), dy));
ofInput('Asin', (dy, x, o) => o.div(dy, o.sqrt(oneMinusSquare(x, o))));
ofInput('Acos', (dy, x, o) => o.neg(o.div(dy, o.sqrt(oneMinusSquare(x, o)))));
ofInput('Atan', (dy, x, o) => o.div(dy, o.add(o.square(float(x, o)), 1)));
ofInput('Asinh', (dy, x, o) => o.div(dy, o.sqrt(o.add(1, o.square(float(x, o))))));
ofInput('Acosh', (dy, x, o) => o.div(dy, o.sqrt(o.sub(o.square(float(x, o)), 1))));
ofInput('Atanh', (dy, x, o) => o.div(dy, oneMinusSquare(x, o)));
ofInput('Erf', (dy, x, o) => o.mul(dy, o.mul(o.exp(o.neg(o.square(x))), 2 / Math.sqrt(Math.PI))));
ofInput('Softplus', (dy, x, o) => o.mul(dy, o.sigmoid(x)));
kernel('Abs', ['x'], { forward: 'Abs', gradient: ({ dy, x }, o, k) => [() => o.mul(dy, k.kernel('Step', [float(x, o)], { alpha: -1 }))] });

ofOutput('Exp', (dy, y, o) => o.mul(dy, y));
ofOutput('Tanh', (dy, y, o) => o.mul(o.sub(1, o.square(y)), dy));
ofOutput('Sigmoid', (dy, y, o) => o.mul(dy, o.mul(y, o.sub(1, y))));

piecewiseConstant('Sign');
piecewiseConstant('Floor');
piecewiseConstant('Ceil');
piecewiseConstant('Round');
piecewiseConstant('IsNan');
piecewiseConstant('IsInf');
piecewiseConstant('IsFinite');
piecewiseConstant('ZerosLike');
piecewiseConstant('OnesLike');
/** 1 above zero, `alpha` at or below; NaN stays NaN. */
kernel('Step', ['x'], {
  forward: ([x], { alpha }, o) => {
    const t = x as Tensor;
    return [
      o.select(o.unary('IsNan', t), t, o.select(o.greater(t, 0), o.full(1, t.shape, t.dtype), typeof alpha === 'number' ? alpha : 0)),
    ];
  },
  gradient: ({ dy }, o) => [() => o.zerosLike(dy)],
});

/** Gradients pass through a cast whatever the dtypes are. */
kernel('Cast', ['x'], { forward: 'Cast', gradient: ({ dy }, o) => [() => o.identity(dy)] });
kernel('LogicalNot', ['x'], { forward: 'LogicalNot', gradient: null });

kernel('ClipByValue', ['x'], {
  forward: ([x], { clipValueMin, clipValueMax }, o) => [o.minimum(o.maximum(x as Tensor, Number(clipValueMin)), Number(clipValueMax))],
  gradient: ({ dy, x, attributes: { clipValueMin, clipValueMax } }, o) => [
    () => {
      const inside = o.logicalAnd(o.greaterEqual(x, Number(clipValueMin)), o.lessEqual(x, Number(clipValueMax)));
      return o.select(inside, dy, o.zerosLike(dy));
    },
  ],
});
