// `tf.math` and the functions of it that stand in `tf` itself.
import type { Operations } from '../operations.ts';
import { type DType, isComplex, isFloating, isInteger, type Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { convertedFirst } from './value.ts';

// ------------------------------------------------------------------------------------------------ of one tensor

const FLOATING_UNARY: readonly (readonly [string, string])[] = [
  ['Sqrt', 'tf.sqrt tf.math.sqrt'],
  ['Rsqrt', 'tf.math.rsqrt'],
  ['Reciprocal', 'tf.math.reciprocal'],
  ['Exp', 'tf.exp tf.math.exp'],
  ['Expm1', 'tf.math.expm1'],
  ['Log', 'tf.math.log'],
  ['Log1p', 'tf.math.log1p'],
  ['Sin', 'tf.sin tf.math.sin'],
  ['Cos', 'tf.cos tf.math.cos'],
  ['Tan', 'tf.tan tf.math.tan'],
  ['Asin', 'tf.asin tf.math.asin'],
  ['Acos', 'tf.acos tf.math.acos'],
  ['Atan', 'tf.atan tf.math.atan'],
  ['Sinh', 'tf.sinh tf.math.sinh'],
  ['Cosh', 'tf.cosh tf.math.cosh'],
  ['Tanh', 'tf.tanh tf.math.tanh tf.nn.tanh'],
  ['Asinh', 'tf.asinh tf.math.asinh'],
  ['Acosh', 'tf.acosh tf.math.acosh'],
  ['Atanh', 'tf.atanh tf.math.atanh'],
  ['Sigmoid', 'tf.sigmoid tf.math.sigmoid tf.nn.sigmoid'],
  ['Erf', 'tf.math.erf'],
  ['Erfc', 'tf.math.erfc'],
  ['Neg', 'tf.negative tf.math.negative'],
  ['Square', 'tf.square tf.math.square'],
  ['Floor', 'tf.floor tf.math.floor'],
  ['Ceil', 'tf.math.ceil'],
  ['Round', 'tf.round tf.math.round'],
  ['Rint', 'tf.math.rint'],
  ['IsNan', 'tf.math.is_nan'],
  ['IsInf', 'tf.math.is_inf'],
  ['IsFinite', 'tf.math.is_finite'],
  ['LogicalNot', 'tf.logical_not tf.math.logical_not'],
];
for (const [row, names] of FLOATING_UNARY) define(names, 'x, name=None', (a, o) => o.unary(row, a.tensor('x')));

define('tf.math.log_sigmoid', 'x, name=None', (a, o) => o.neg(o.softplus(o.neg(a.tensor('x')))));

// ------------------------------------------------------------------------------------------------ of two tensors

const BINARY: readonly (readonly [string, string])[] = [
  ['Sub', 'tf.subtract tf.math.subtract'],
  ['Mul', 'tf.multiply tf.math.multiply'],
  ['Maximum', 'tf.maximum tf.math.maximum'],
  ['Minimum', 'tf.minimum tf.math.minimum'],
  ['Pow', 'tf.pow tf.math.pow'],
  ['FloorDiv', 'tf.math.floordiv'],
  ['FloorMod', 'tf.math.floormod tf.math.mod'],
  ['SquaredDifference', 'tf.math.squared_difference'],
  ['Less', 'tf.less tf.math.less'],
  ['LessEqual', 'tf.less_equal tf.math.less_equal'],
  ['Greater', 'tf.greater tf.math.greater'],
  ['GreaterEqual', 'tf.greater_equal tf.math.greater_equal'],
  ['Equal', 'tf.equal tf.math.equal'],
  ['NotEqual', 'tf.not_equal tf.math.not_equal'],
  ['LogicalAnd', 'tf.logical_and tf.math.logical_and'],
  ['LogicalOr', 'tf.logical_or tf.math.logical_or'],
  ['Xlogy', 'tf.math.xlogy'],
  ['Xdivy', 'tf.math.xdivy'],
];
function binary(row: string): (a: Arguments, o: Operations) => Tensor {
  return (a, o) => {
    const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
    return o.binary(row, x, y);
  };
}
for (const [row, names] of BINARY) define(names, 'x, y, name=None', binary(row));
define('tf.add tf.math.add', 'x, y, name=None', (a, o) => {
  const [x, y] = a.inOrder('x', 'y') as [Tensor, Tensor];
  return o.binary('AddV2', x, y);
});

define('tf.math.multiply_no_nan', 'x, y, name=None', (a, o) => {
  const [x, y] = a.inOrder('x', 'y') as [Tensor, Tensor];
  return o.binary('MulNoNan', x, y);
});
define('tf.math.divide_no_nan', 'x, y, name=None', (a, o) => {
  const [x, y] = a.besideTensor('x', 'y') as [Tensor, Tensor];
  return o.binary('DivNoNan', x, y);
});

/** Python's operators beside a tensor. */
const OPERATORS: readonly (readonly [string, string])[] = [
  ['AddV2', 'add'],
  ['Sub', 'sub'],
  ['Mul', 'mul'],
  ['FloorDiv', 'floordiv'],
  ['FloorMod', 'mod'],
  ['Pow', 'pow'],
  ['Less', 'lt'],
  ['LessEqual', 'le'],
  ['Greater', 'gt'],
  ['GreaterEqual', 'ge'],
  ['Equal', 'eq'],
  ['NotEqual', 'ne'],
];
for (const [row, name] of OPERATORS)
  define(`tf.__operators__.${name}`, 'x, y, name=None', (a, o) => {
    const [x, y] = a.besideTensor('x', 'y') as [Tensor, Tensor];
    return o.binary(row, x, y);
  });
define('tf.math.atan2 tf.atan2', 'y, x, name=None', (a, o) => {
  const [y, x] = a.matching('y', 'x') as [Tensor, Tensor];
  return o.binary('Atan2', y, x);
});

/** True division: integers are divided as float64. */
function trueDivision([x, y]: readonly Tensor[], o: Operations): Tensor {
  const wide = (t: Tensor) =>
    t.dtype !== null && isInteger(t.dtype) ? o.cast(t, /^u?int(8|16)$/.test(t.dtype) ? 'float32' : 'float64') : t;
  return o.div(wide(x as Tensor), wide(y as Tensor));
}
define('tf.truediv tf.math.truediv', 'x, y, name=None', (a, o) => trueDivision(a.inOrder('x', 'y'), o));
define('tf.divide tf.math.divide', 'x, y, name=None', (a, o) => trueDivision(a.besideTensor('x', 'y'), o));
define('tf.__operators__.truediv', 'x, y, name=None', (a, o) => trueDivision(a.besideTensor('x', 'y'), o));

define('tf.add_n tf.math.add_n', 'inputs, name=None', (a, o) => o.addN(convertedFirst(o, a.list('inputs'), false)));

define('tf.clip_by_value', 't, clip_value_min, clip_value_max, name=None', (a, o) => {
  return a.keepingSlices('t', (t) => {
    const [, upper, lower] = convertedFirst(o, [t, a.value('clip_value_max'), a.value('clip_value_min')], true) as [Tensor, Tensor, Tensor];
    return o.maximum(o.minimum(t, upper), lower);
  });
});

define('tf.cast', 'x, dtype, name=None', (a, o) => {
  const dtype = a.dtype('dtype');
  return a.keepingSlices('x', (x) => o.cast(x, dtype));
});

// ------------------------------------------------------------------------------------------------ reductions

function reduction(names: string, row: string, firstArgument = 'input_tensor'): void {
  define(names, `${firstArgument}, axis=None, keepdims=False, name=None`, (a, o) => {
    const x = a.tensor(firstArgument);
    return o.apply(row, [x], { axes: a.axes('axis', x), keepDims: a.boolean('keepdims') });
  });
}
reduction('tf.reduce_sum tf.math.reduce_sum', 'Sum');
reduction('tf.reduce_mean tf.math.reduce_mean', 'Mean');
reduction('tf.reduce_max tf.math.reduce_max', 'Max');
reduction('tf.reduce_min tf.math.reduce_min', 'Min');
reduction('tf.reduce_prod tf.math.reduce_prod', 'Prod');
reduction('tf.reduce_all tf.math.reduce_all', 'All');
reduction('tf.reduce_any tf.math.reduce_any', 'Any');
reduction('tf.math.reduce_euclidean_norm', 'EuclideanNorm');

/** Σ(x − mean)² / n, as python/ops/math_ops.py composes it. */
export function variance(x: Tensor, axes: readonly number[] | null | undefined, keepDims: boolean, o: Operations): Tensor {
  const mean = o.apply('Mean', [x], { axes, keepDims: true });
  const away = o.sub(x, mean);
  const squares = away.dtype !== null && isComplex(away.dtype) ? o.real(o.mul(o.conj(away), away)) : o.square(away);
  return o.apply('Mean', [squares], { axes, keepDims });
}
define('tf.math.reduce_variance', 'input_tensor, axis=None, keepdims=False, name=None', (a, o) => {
  const x = a.tensor('input_tensor');
  return variance(x, a.axes('axis', x), a.boolean('keepdims'), o);
});
define('tf.math.reduce_std', 'input_tensor, axis=None, keepdims=False, name=None', (a, o) => {
  const x = a.tensor('input_tensor');
  return o.sqrt(variance(x, a.axes('axis', x), a.boolean('keepdims'), o));
});
/** log Σ exp x, shifted by the largest, whose gradient is stopped (python/ops/math_ops.py, reduce_logsumexp). */
export function logSumExp(x: Tensor, axes: readonly number[] | null | undefined, keepDims: boolean, o: Operations): Tensor {
  const largest = o.apply('Max', [x], { axes, keepDims: true });
  const finite = o.stopGradientInside(o.select(o.unary('IsFinite', largest), largest, o.zerosLike(largest)));
  const total = o.log(o.apply('Sum', [o.exp(o.sub(x, finite))], { axes, keepDims }));
  return o.add(total, keepDims ? finite : o.reshapeLike(finite, total));
}
define('tf.reduce_logsumexp tf.math.reduce_logsumexp', 'input_tensor, axis=None, keepdims=False, name=None', (a, o) => {
  const x = a.tensor('input_tensor');
  return logSumExp(x, a.axes('axis', x), a.boolean('keepdims'), o);
});

for (const [names, row] of [
  ['tf.argmax tf.math.argmax', 'ArgMax'],
  ['tf.argmin tf.math.argmin', 'ArgMin'],
] as const)
  define(names, 'input, axis=None, output_type=tf.int64, name=None', (a, o) => {
    const x = a.tensor('input');
    const axes = a.axes('axis', x);
    return o.apply(row, [x], { axis: axes === undefined ? undefined : (axes?.[0] ?? 0), dtype: a.dtype('output_type', 'int64') });
  });

for (const [names, row] of [
  ['tf.cumsum tf.math.cumsum', 'Cumsum'],
  ['tf.math.cumprod', 'Cumprod'],
] as const)
  define(names, 'x, axis=0, exclusive=False, reverse=False, name=None', (a, o) => {
    const x = a.tensor('x');
    const axis = a.axes('axis', x)?.[0] ?? 0;
    return o.apply(row, [x], { axis, exclusive: a.boolean('exclusive'), reverse: a.boolean('reverse') });
  });

/** A dtype fit for computing in: what TensorFlow's Keras calls floatx unless the tensor has one. */
export const floatingOr = (dtype: DType | null): DType => (dtype !== null && isFloating(dtype) ? dtype : 'float32');
