// Arithmetic, comparisons, elementary functions. TensorFlow.js: tfjs-core/src/ops/*.ts.
import { UnknownArgument } from '../../api/value.ts';
import type { Operations } from '../../operations.ts';
import { broadcast, isKnown, OpError } from '../../shape.ts';
import type { Dimension, Shape, Tensor } from '../../tensor.ts';
import type { ScriptEngine } from '../engine.ts';
import { scriptError } from '../error.ts';
import { define } from '../function.ts';

/** A function and a method of the same name. */
export const both = (name: string): string => `${name} .${name}`;

// ------------------------------------------------------------------------------------------------ of one tensor

/** Kernels that take any number; what they make of integers is not followed. */
const NUMERIC: Readonly<Record<string, string>> = {
  acos: 'Acos',
  acosh: 'Acosh',
  asin: 'Asin',
  asinh: 'Asinh',
  atan: 'Atan',
  atanh: 'Atanh',
  erf: 'Erf',
  exp: 'Exp',
  expm1: 'Expm1',
  log1p: 'Log1p',
  reciprocal: 'Reciprocal',
  round: 'Round',
  selu: 'Selu',
  sinh: 'Sinh',
  softplus: 'Softplus',
};
/** Kernels that refuse tensors of other dtypes than float32. */
const FLOAT: Readonly<Record<string, string>> = {
  ceil: 'Ceil',
  cos: 'Cos',
  cosh: 'Cosh',
  elu: 'Elu',
  floor: 'Floor',
  log: 'Log',
  rsqrt: 'Rsqrt',
  sigmoid: 'Sigmoid',
  sin: 'Sin',
  sqrt: 'Sqrt',
  tan: 'Tan',
  tanh: 'Tanh',
};
/** Kernels that leave integers integers. */
const SAME: Readonly<Record<string, string>> = {
  abs: 'Abs',
  neg: 'Neg',
  sign: 'Sign',
  square: 'Square',
  relu: 'Relu',
  relu6: 'Relu6',
  zerosLike: 'ZerosLike',
  onesLike: 'OnesLike',
  isNaN: 'IsNan',
  isInf: 'IsInf',
  isFinite: 'IsFinite',
};
const followed = (x: Tensor): Tensor => {
  if (x.dtype !== 'float32') throw new UnknownArgument();
  return x;
};
for (const [name, kernel] of Object.entries(NUMERIC)) define(both(name), 'x', (a, _, e) => e.kernel(kernel, [followed(a.tensor('x'))]));
for (const [name, kernel] of Object.entries(FLOAT)) define(both(name), 'x', (a, _, e) => e.kernel(kernel, [a.tensor('x', 'float32')]));
for (const [name, kernel] of Object.entries(SAME)) define(both(name), 'x', (a, _, e) => e.kernel(kernel, [a.tensor('x')]));
define(both('clone'), 'x', (a, o) => o.identity(a.tensor('x', 'string_or_numeric')));
define(both('step'), 'x, alpha=0', (a, _, e) => e.kernel('Step', [followed(a.tensor('x'))], { alpha: a.number('alpha') }));
define(both('leakyRelu'), 'x, alpha=0.2', (a, _, e) => e.kernel('LeakyRelu', [followed(a.tensor('x'))], { alpha: a.number('alpha') }));
define(both('prelu'), 'x, alpha', (a, _, e) => e.kernel('Prelu', [followed(a.tensor('x')), followed(a.tensor('alpha'))]));
define(both('logicalNot'), 'x', (a, _, e) => e.kernel('LogicalNot', [a.tensor('x', 'bool')]));
define(both('clipByValue'), 'x, clipValueMin, clipValueMax', (a, o, e) => {
  const x = followed(a.tensor('x'));
  const [low, high] = [a.number('clipValueMin'), a.number('clipValueMax')];
  if (low > high) throw scriptError(`Error in clip: min (${low}) must be less than or equal to max (${high}).`);
  return low === high ? o.full(low, x.shape, x.dtype) : e.kernel('ClipByValue', [x], { clipValueMin: low, clipValueMax: high });
});

/** −softplus(−x), with a gradient of its own that reads x. */
define(both('logSigmoid'), 'x', (a, o, e) => {
  const x = followed(a.tensor('x'));
  return e.customGrad([x], () => ({
    value: o.neg(o.softplus(o.neg(x))),
    gradient: (dy) => [o.mul(dy, o.sigmoid(o.neg(x)))],
  }));
});

const castTo = (x: Tensor, dtype: string, o: Operations): Tensor => {
  if (!/^(float32|int32|bool|complex64|string)$/.test(dtype)) throw scriptError(`Failed to cast to unknown dtype ${dtype}`);
  if (dtype === 'string' || dtype === 'complex64' || x.dtype === 'string') throw new UnknownArgument();
  return o.apply('Cast', [x], { dtype });
};
define('cast .cast .asType', 'x, dtype', (a, o) => castTo(a.tensor('x'), a.text('dtype') ?? '', o));
define('.toFloat', 'x', (a, o) => castTo(a.tensor('x'), 'float32', o));
define('.toInt', 'x', (a, o) => castTo(a.tensor('x'), 'int32', o));
define('.toBool', 'x', (a, o) => castTo(a.tensor('x'), 'bool', o));

// ------------------------------------------------------------------------------------------------ of two tensors

/** The shape of two operands, as TensorFlow.js refuses what cannot be broadcast. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  try {
    return broadcast(a, b);
  } catch (e) {
    if (!(e instanceof OpError)) throw e;
    const text = (s: Shape) => (s ?? []).map((d: Dimension) => d ?? '?').join(',');
    throw scriptError(`Operands could not be broadcast together with shapes ${text(a)} and ${text(b)}.`);
  }
}

const PAIRS: Readonly<Record<string, string>> = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Multiply',
  floorDiv: 'FloorDiv',
  mod: 'Mod',
  pow: 'Pow',
  maximum: 'Maximum',
  minimum: 'Minimum',
  squaredDifference: 'SquaredDifference',
  atan2: 'Atan2',
  equal: 'Equal',
  notEqual: 'NotEqual',
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
  less: 'Less',
  lessEqual: 'LessEqual',
};
const COMPARISON = /^(equal|notEqual|greater|greaterEqual|less|lessEqual)$/;
function pairOf(name: string, kernel: string, [a, b]: readonly [Tensor, Tensor], o: Operations, e: ScriptEngine): Tensor {
  broadcastShape(a.shape, b.shape);
  const whole = a.dtype === 'bool' && !COMPARISON.test(name);
  if (a.dtype === 'string' || a.dtype === 'complex64' || (whole && !/^(maximum|minimum)$/.test(name))) throw new UnknownArgument();
  return e.kernel(kernel, whole ? [o.cast(a, 'int32'), o.cast(b, 'int32')] : [a, b]);
}
for (const [name, kernel] of Object.entries(PAIRS)) define(both(name), 'a, b', (a, o, e) => pairOf(name, kernel, a.pair('a', 'b'), o, e));

function div([a, b]: readonly [Tensor, Tensor], o: Operations, e: ScriptEngine): Tensor {
  return pairOf('div', a.dtype === 'int32' ? 'FloorDiv' : 'RealDiv', [a, b], o, e);
}
define(both('div'), 'a, b', (a, o, e) => div(a.pair('a', 'b'), o, e));
define(both('divNoNan'), 'a, b', (a, o, e) => {
  const operands = a.pair('a', 'b');
  const quotient = div(operands, o, e);
  const zeros = o.zerosLike(quotient);
  return where(o.equal(operands[1], zeros), zeros, quotient, o);
});
for (const [name, kernel] of [
  ['logicalAnd', 'LogicalAnd'],
  ['logicalOr', 'LogicalOr'],
] as const)
  define(both(name), 'a, b', (a, _, e) => {
    const [x, y] = [a.tensor('a', 'bool'), a.tensor('b', 'bool')];
    broadcastShape(x.shape, y.shape);
    return e.kernel(kernel, [x, y]);
  });
define(both('logicalXor'), 'a, b', (a, o, e) => {
  const [x, y] = [a.tensor('a', 'bool'), a.tensor('b', 'bool')];
  broadcastShape(x.shape, y.shape);
  return e.kernel('LogicalAnd', [e.kernel('LogicalOr', [x, y]), o.logicalNot(e.kernel('LogicalAnd', [x, y]))]);
});

/** Copies along axes of one, by the kernel that repeats. */
export function broadcastTo(x: Tensor, shape: Shape, o: Operations): Tensor {
  if (!isKnown(shape) || !isKnown(x.shape)) throw new UnknownArgument();
  if (shape.length < x.shape.length) throw scriptError(`broadcastTo(): shape.length=${shape.length} < input.rank=${x.shape.length}.`);
  const wide = shape.length > x.shape.length ? o.reshape(x, [...shape.slice(x.shape.length).map(() => 1), ...x.shape]) : x;
  const from = isKnown(wide.shape) ? wide.shape : [];
  const multiples = shape.map((d, i) => {
    if (from[i] === d) return 1;
    if (from[i] !== 1) throw scriptError(`broadcastTo(): [${x.shape?.join(',')}] cannot be broadcast to [${shape.join(',')}].`);
    return d;
  });
  return multiples.some((n) => n > 1) ? o.tile(wide, multiples) : o.identity(wide);
}
export function where(condition: Tensor, a: Tensor, b: Tensor, o: Operations): Tensor {
  const shape = broadcastShape(broadcastShape(condition.shape, a.shape), b.shape);
  return o.select(broadcastTo(condition, shape, o), broadcastTo(a, shape, o), broadcastTo(b, shape, o));
}
define('where', 'condition, a, b', (a, o) => where(a.tensor('condition', 'bool'), sameKind(a.tensor('a')), a.tensor('b'), o));
define('.where', 'a, condition, b', (a, o) => where(a.tensor('condition', 'bool'), sameKind(a.tensor('a')), a.tensor('b'), o));
const sameKind = (x: Tensor): Tensor => followed(x);
define(both('broadcastTo'), 'x, shape', (a, o) => broadcastTo(a.tensor('x'), a.shape('shape'), o));
define('addN', 'tensors', (a, o) => {
  const list = a.tensors('tensors');
  if (list.length === 0) throw scriptError('Must pass at least one tensor to tf.addN(), but got 0');
  return o.apply('AddN', list.map(followed));
});

// ------------------------------------------------------------------------------------------------ matrices

define(both('matMul'), 'a, b, transposeA=false, transposeB=false', (a, _, e) =>
  e.kernel('BatchMatMul', a.pair('a', 'b').map(followed), { transposeA: a.boolean('transposeA'), transposeB: a.boolean('transposeB') }),
);
define('outerProduct', 'v1, v2', (a, o) =>
  o.matmul(o.reshape(followed(a.tensor('v1')), [-1, 1]), o.reshape(followed(a.tensor('v2')), [1, -1])),
);
define(both('dot'), 't1, t2', (a, o) => {
  const [x, y] = [followed(a.tensor('t1')), followed(a.tensor('t2'))];
  const [left, right] = [x.shape?.length ?? 0, y.shape?.length ?? 0];
  if (x.shape === null || y.shape === null) throw new UnknownArgument();
  if (left < 1 || left > 2 || right < 1 || right > 2)
    throw scriptError(`Error in dot: inputs must all be rank 1 or 2, but got ranks ${left} and ${right}.`);
  const product = o.matmul(left === 1 ? o.reshape(x, [1, -1]) : x, right === 1 ? o.reshape(y, [-1, 1]) : o.reshape(y, y.shape));
  if (left === 1 && right === 1) return o.reshape(product, []);
  return left === 2 && right === 2 ? product : o.reshape(product, [-1]);
});
