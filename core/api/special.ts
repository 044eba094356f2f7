// `tf.math` beyond the elementary functions: special functions, bits, and what depends on a dtype. TensorFlow: python/ops/special_math_ops.py, math_ops.py, bitwise_ops.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import { type DType, isFloating, type Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { toTensor } from './value.ts';

const OF_ONE: readonly (readonly [string, string])[] = [
  ['Lgamma', 'tf.math.lgamma'],
  ['Digamma', 'tf.math.digamma'],
  ['Erfinv', 'tf.math.erfinv'],
  ['Ndtri', 'tf.math.ndtri'],
  ['Dawsn', 'tf.math.special.dawsn'],
  ['Expint', 'tf.math.special.expint'],
  ['FresnelCos', 'tf.math.special.fresnel_cos'],
  ['FresnelSin', 'tf.math.special.fresnel_sin'],
  ['Spence', 'tf.math.special.spence'],
  ...['0', '0e', '1', '1e'].flatMap((kind): (readonly [string, string])[] => [
    [`BesselI${kind}`, `tf.math.bessel_i${kind} tf.math.special.bessel_i${kind}`],
    [`BesselK${kind}`, `tf.math.special.bessel_k${kind}`],
  ]),
  ...['J', 'Y'].flatMap((letter) =>
    ['0', '1'].map((n) => [`Bessel${letter}${n}`, `tf.math.special.bessel_${letter.toLowerCase()}${n}`] as const),
  ),
  ['Invert', 'tf.bitwise.invert'],
];
for (const [row, names] of OF_ONE) define(names, 'x, name=None', (a, o) => o.unary(row, a.tensor('x')));
define('tf.math.erfcinv', 'x, name=None', (a, o) => o.mul(o.neg(o.unary('Ndtri', o.mul(0.5, a.floating('x')))), Math.sqrt(0.5)));
define('tf.math.lbeta', 'x, name=None', (a, o) => {
  const x = a.floating('x');
  return o.sub(o.sum(o.unary('Lgamma', x), [-1]), o.unary('Lgamma', o.sum(x, [-1])));
});

const OF_TWO: readonly (readonly [string, string, string])[] = [
  ['Polygamma', 'tf.math.polygamma', 'a, x'],
  ['Zeta', 'tf.math.zeta', 'x, q'],
  ['Igamma', 'tf.math.igamma', 'a, x'],
  ['Igammac', 'tf.math.igammac', 'a, x'],
  ['Xlog1py', 'tf.math.xlog1py', 'x, y'],
  ['NextAfter', 'tf.math.nextafter', 'x1, x2'],
  ['NextAfter', 'tf.raw_ops.NextAfter', 'x1, x2'],
  ['TruncateDiv', 'tf.truncatediv', 'x, y'],
  ['TruncateMod', 'tf.truncatemod', 'x, y'],
  ['RealDiv', 'tf.realdiv', 'x, y'],
  ['BitwiseAnd', 'tf.bitwise.bitwise_and', 'x, y'],
  ['BitwiseOr', 'tf.bitwise.bitwise_or', 'x, y'],
  ['BitwiseXor', 'tf.bitwise.bitwise_xor', 'x, y'],
  ['LeftShift', 'tf.bitwise.left_shift', 'x, y'],
  ['RightShift', 'tf.bitwise.right_shift', 'x, y'],
];
for (const [row, name, arguments_] of OF_TWO)
  define(name, `${arguments_}, name=None`, (a, o) => {
    const [x, y] = a.matching(...arguments_.split(', ')) as [Tensor, Tensor];
    return o.binary(row, x, y);
  });
define('tf.math.betainc', 'a, b, x, name=None', (a, o) => o.apply('Betainc', a.matching('a', 'b', 'x')));
define('tf.math.reciprocal_no_nan', 'x, name=None', (a, o) => {
  const x = a.floating('x');
  return o.divNoNan(o.scalar(1, x.dtype), x);
});
define('tf.math.logical_xor', 'x, y, name="LogicalXor"', (a, o) => {
  const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
  return o.logicalAnd(o.binary('LogicalOr', x, y), o.logicalNot(o.logicalAnd(x, y)));
});
define('tf.scalar_mul tf.math.scalar_mul', 'scalar, x, name=None', (a, o) => {
  return a.keepingSlices('x', (x) => o.mul(toTensor(o, a.value('scalar'), null, x.dtype), x));
});
define('tf.math.polyval', 'coeffs, x, name=None', (a, o) => {
  const x = a.floating('x');
  const [first, ...rest] = a.list('coeffs').map((value) => toTensor(o, value, null, x.dtype));
  return first ? rest.reduce((sum, c) => o.add(c, o.mul(sum, x)), first) : o.zerosLike(x);
});
define('tf.math.cumulative_logsumexp', 'x, axis=0, exclusive=False, reverse=False, name=None', (a, o) => {
  const x = a.floating('x');
  const axis = a.axes('axis', x)?.[0] ?? 0;
  return o.apply('CumulativeLogsumexp', [x], { axis, exclusive: a.boolean('exclusive'), reverse: a.boolean('reverse') });
});
define('tf.math.accumulate_n', 'inputs, shape=None, tensor_dtype=None, name=None', (a, o) => o.addN(a.tensors('inputs')));
define('tf.compat.v1.math.approximate_equal tf.compat.v1.approximate_equal', 'x, y, tolerance=1e-05, name=None', (a, o) => {
  const [x, y] = a.matching('x', 'y') as [Tensor, Tensor];
  return o.less(o.abs(o.sub(x, y)), a.number('tolerance'));
});
for (const [name, compare] of [
  ['is_non_decreasing', 'lessEqual'],
  ['is_strictly_increasing', 'less'],
] as const)
  define(`tf.math.${name}`, 'x, name=None', (a, o) => {
    const flat = o.reshape(a.tensor('x'), [-1]);
    const size = flat.shape?.[0] ?? null;
    const part = (start: number): Tensor =>
      o.apply('StridedSlice', [flat], { indices: [{ kind: 'slice', start, size: size === null ? null : Math.max(size - 1, 0), step: 1 }] });
    return o.apply('All', [o[compare](part(0), part(1))], { axes: null, keepDims: false });
  });

// ------------------------------------------------------------------------------------------------ casts

/** The least and the largest number of a dtype. */
const RANGES: Partial<Record<DType, readonly [number, number]>> = {
  float16: [-65504, 65504],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [-(2 ** 63), 2 ** 63],
  uint64: [0, 2 ** 64],
};
define('tf.saturate_cast', 'value, dtype, name=None', (a, o) => saturated(a.tensor('value'), a.dtype('dtype'), o));
/** A cast that clips to what the dtype can hold. */
export function saturated(x: Tensor, dtype: DType | null, o: Operations): Tensor {
  const [own, other] = [x.dtype && RANGES[x.dtype], dtype && RANGES[dtype]];
  if (!own || !other) return o.cast(x, dtype);
  // Limits that x's own dtype can hold.
  const held = (limit: number): number =>
    x.dtype === 'float32' && Math.fround(limit) !== limit ? Math.sign(limit) * (Math.abs(limit) - 128) : limit;
  const narrower = own[0] < other[0] || own[1] > other[1];
  const limits = [Math.max(own[0], other[0]), Math.min(own[1], other[1])].map((limit) => o.scalar(held(limit), x.dtype));
  return o.cast(narrower ? o.apply('ClipByValue', [x, ...limits]) : x, dtype);
}
/** The largest number of a dtype. */
export const largestOf = (dtype: DType): number => RANGES[dtype]?.[1] ?? 1;
for (const [name, dtype] of [
  ['bfloat16', 'bfloat16'],
  ['complex64', 'complex64'],
  ['complex128', 'complex128'],
  ['double', 'float64'],
  ['float', 'float32'],
  ['int32', 'int32'],
  ['int64', 'int64'],
] as const)
  define(`tf.compat.v1.to_${name}`, 'x, name="ToType"', (a, o) => o.cast(a.tensor('x'), dtype));

// ------------------------------------------------------------------------------------------------ strings

/** Strings end all differentiation; what stands in them is not known. */
define('tf.strings.as_string', 'input, precision=-1, scientific=False, shortest=False, width=-1, fill="", name=None', (a, o) =>
  o.unary('AsString', a.tensor('input')),
);
define('tf.strings.to_number', 'input, out_type=tf.float32, name=None', (a, o) => {
  const dtype = a.dtype('out_type', 'float32');
  if (dtype === null || (!isFloating(dtype) && dtype !== 'int32' && dtype !== 'int64'))
    throw new OpError('TypeError', `${dtype} is not in the list of allowed values: float32, float64, int32, int64`);
  return o.apply('StringToNumber', [a.tensor('input')], { dtype });
});
