// How elementwise rows are carried out: TensorFlow.js by the name of its kernel, or a function of numbers where it has none.
import { erf, erfc } from '../../../core/reference/erf.ts';
import { OpError } from '../../../core/shape.ts';
import { binary, type BinaryLoop, negate, square } from './arithmetic.ts';
import { carry, first, second, shapeOf, NOTHING, filled } from './carry.ts';
import { apply, broadcastTo, combine, empty, storageOf, type Values } from './values.ts';

const floating = (x: Values): Values => (x.storage === 'float32' ? x : { ...x, data: Float32Array.from(x.data), storage: 'float32' });

// ------------------------------------------------------------------------------------------------ one number to one number

carry('Neg', (c) => negate(first(c)));
carry('Square', (c) => square(first(c)));
const UNARY =
  'Exp Expm1 Log Log1p Sin Cos Tan Sinh Cosh Asin Acos Atan Atanh Asinh Acosh Abs Softplus Tanh Sigmoid Reciprocal Sqrt Rsqrt Floor Ceil Round Relu Relu6 Elu Selu IsNan IsInf IsFinite LogicalNot';
for (const name of UNARY.split(' ')) carry(name, (c) => c.kernels.run(name, { x: first(c) }));
// TensorFlow.js makes 0 of the sign of NaN.
carry('Sign', (c) => apply(first(c), Math.sign));
carry('Rint', (c) => c.kernels.run('Round', { x: first(c) }));
carry('LeakyRelu', (c) => c.kernels.run('LeakyRelu', { x: first(c) }, { alpha: c.attributes['alpha'] }));
// TensorFlow.js has erf to 1e-7 only, and 1 − erf would lose what is left of it.
carry('Erf', (c) => apply(first(c), erf));
carry('Erfc', (c) => apply(first(c), erfc));
carry('Softsign', (c) => apply(first(c), (x) => x / (1 + Math.abs(x))));
carry('Identity _AsSlices _AsList _FromList _IntoList StopGradient', first);
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

// ------------------------------------------------------------------------------------------------ two numbers to one

const LOOPS: Readonly<Record<string, BinaryLoop>> = {
  AddV2: 'add',
  BiasAdd: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  RealDiv: 'divide',
  SquaredDifference: 'squaredDifference',
  TanhGrad: 'tanhGradient',
  SigmoidGrad: 'sigmoidGradient',
  ReluGrad: 'reluGradient',
};
for (const [name, loop] of Object.entries(LOOPS)) carry(name, (c) => binary(loop, first(c), second(c)));
for (const name of 'Maximum Minimum Atan2 Less LessEqual Greater GreaterEqual Equal NotEqual LogicalAnd LogicalOr'.split(' '))
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
const power = (a: number, b: number): number => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : Math.pow(a, b));
carry('Pow', (c) => {
  const [a, b] = [first(c), second(c)];
  // Most exponents are a 2, or the 1 that its derivative has.
  const exponent = b.data.length === 1 && b.shape.length <= a.shape.length ? b.data[0] : undefined;
  if (exponent === 2) return square(a);
  if (exponent === 1) return a;
  return combine(a, b, power);
});
combining('DivNoNan', (a, b) => (b === 0 ? 0 : a / b));
combining('Xdivy', (a, b) => (a === 0 ? 0 : a / b));
combining('Xlogy', (a, b) => (a === 0 ? 0 : a * Math.log(b)));
carry('AddN _AddSlices', (c) => c.inputs.slice(1).reduce((sum, x) => binary('add', sum, x), first(c)));
carry('SelectV2', (c) => {
  const [condition = NOTHING, a = NOTHING, b = NOTHING] = c.inputs.map((x) => broadcastTo(x, shapeOf(c)));
  const out = empty(shapeOf(c), a.storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (condition.data[i] ? a.data[i] : b.data[i]) ?? 0;
  return out;
});

/** Gradient ops of the first kind read (output, upstream), of the second (upstream, input or output). */
combining('ReciprocalGrad', (y, d) => (d === 0 ? 0 : -d * y * y));
combining('SqrtGrad', (y, d) => (d === 0 ? 0 : (d * 0.5) / y));
combining('RsqrtGrad', (y, d) => (d === 0 ? 0 : -0.5 * d * y * y * y));
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473766;
combining('Relu6Grad', (d, x) => d * (x > 0 && x < 6 ? 1 : 0));
combining('EluGrad', (d, y) => (y < 0 ? d * (y + 1) : d));
combining('SeluGrad', (d, y) => (y < 0 ? d * (y + SELU_SCALE_ALPHA) : d * SELU_SCALE));
combining('SoftsignGrad', (d, x) => d / (1 + Math.abs(x)) ** 2);
carry('LeakyReluGrad', (c) => combine(first(c), second(c), (d, x) => (x > 0 ? d : d * Number(c.attributes['alpha']))));
