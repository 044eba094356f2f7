// Elementwise functions of two tensors, with broadcasting. Gradients: TensorFlow python/ops/math_grad.py.
import type { Operations } from '../operations.ts';
import { type Given, op, type Primal, type Tangents, type Upstream } from '../row.ts';
import { broadcast, OpError, show, surelyDifferent, surelyEqual } from '../shape.ts';
import { keepSlices } from '../slices.ts';
import { isComplex, numbersPer, type Shape, type Tensor } from '../tensor.ts';

type Two = Primal<'a' | 'b', unknown>;

export const broadcasting = {
  args: ['a', 'b'] as const,
  shape: ([a = null, b = null]: readonly Shape[]) => broadcast(a, b),
  dtype: 'same',
  dependence: 'elementwise',
} as const;

/** Sums both gradients back to the inputs' shapes; those that nobody needs are not computed. */
export const gradients =
  (
    toA: (c: Upstream<'a' | 'b', unknown>, o: Operations) => Tensor | null,
    toB: (c: Upstream<'a' | 'b', unknown>, o: Operations) => Tensor | null,
  ) =>
  (c: Upstream<'a' | 'b', unknown>, o: Operations): (Tensor | null)[] => {
    const [a, b] = [c.needs[0] ? toA(c, o) : null, c.needs[1] ? toB(c, o) : null];
    // Slices pass where nothing is summed. Eagerly TensorFlow sums whatever is not beside a constant number (python/ops/math_grad.py, SmartBroadcastGradientArgs).
    const sumsNothing = o.eager.inGraph || (!c.needs[1] && c.b.shape?.length === 0);
    const summed = (gradient: Tensor, { shape }: Tensor): Tensor =>
      gradient.indexedSlices && sumsNothing && surelyEqual(gradient.shape, shape) ? gradient : o.unbroadcast(gradient, shape);
    return [a && summed(a, c.a), b && summed(b, c.b)];
  };

/** The sum of `dx · ∂y/∂x` over both inputs, each tangent aligned with the output first. */
export const tangents =
  (byA: (c: Two, d: Tensor, o: Operations) => Tensor | null, byB: (c: Two, d: Tensor, o: Operations) => Tensor | null) =>
  (c: Tangents<'a' | 'b', unknown>, o: Operations): (Tensor | null)[] => {
    const [da, db] = c.tangents;
    const total = o.total([
      da ? byA(c, o.align(da, c.a.shape, c.y.shape), o) : null,
      db ? byB(c, o.align(db, c.b.shape, c.y.shape), o) : null,
    ]);
    return [total && o.spread(total, c.directions, c.y.shape)];
  };

op('AddV2', {
  ...broadcasting,
  zeroWhen: 'all',
  gradient: gradients(
    ({ dy }) => dy,
    ({ dy }) => dy,
  ),
  tangent: tangents(
    (_, d) => d,
    (_, d) => d,
  ),
});
op('Sub', {
  ...broadcasting,
  zeroWhen: 'all',
  gradient: gradients(
    ({ dy }) => dy,
    ({ dy }, o) => keepSlices(dy, o, o.neg),
  ),
  tangent: tangents(
    (_, d) => d,
    (_, d, o) => o.neg(d),
  ),
});
op('Mul', {
  ...broadcasting,
  zeroWhen: 'any',
  gradient: gradients(
    ({ b, dy }, o) => o.mul(dy, o.conj(b)),
    ({ a, dy }, o) => o.mul(o.conj(a), dy),
  ),
  tangent: tangents(
    ({ b }, d, o) => o.mul(d, b),
    ({ a }, d, o) => o.mul(d, a),
  ),
});
op('RealDiv', {
  ...broadcasting,
  zeroWhen: [0],
  infiniteAtZero: [1],
  gradient: gradients(
    ({ b, dy }, o) => o.div(dy, o.conj(b)),
    ({ a, b, dy }, o) => {
      const below = o.conj(b);
      return o.mul(dy, o.div(o.div(o.neg(o.conj(a)), below), below));
    },
  ),
  tangent: tangents(
    ({ b }, d, o) => o.div(d, b),
    ({ a, b }, d, o) => o.mul(d, o.div(o.div(o.neg(a), b), b)),
  ),
});
op('DivNoNan', {
  ...broadcasting,
  zeroWhen: 'any',
  zeroWins: [1],
  gradient: gradients(
    ({ b, dy }, o) => o.divNoNan(dy, o.conj(b)),
    ({ a, b, dy }, o) => {
      const below = o.conj(b);
      return o.mul(dy, o.divNoNan(o.divNoNan(o.neg(o.conj(a)), below), below));
    },
  ),
  tangent: tangents(
    ({ b }, d, o) => o.divNoNan(d, b),
    ({ a, b }, d, o) => o.mul(d, o.divNoNan(o.divNoNan(o.neg(a), b), b)),
  ),
});

/** log(a), and 0 where a ≤ 0 (where it is 0, of complex numbers), as _PowGrad masks it. */
const safeLog = (a: Tensor, o: Operations): Tensor => {
  const positive = a.dtype !== null && isComplex(a.dtype) ? o.notEqual(a, 0) : o.greater(a, 0);
  return o.select(positive, o.log(o.select(positive, a, o.onesLike(a))), o.zerosLike(a));
};
/** Of complex numbers the real part counts. */
const hasNegative = (x: Given | undefined): boolean => x?.values?.some((value, i) => value < 0 && i % numbersPer(x.dtype) === 0) === true;
op('Pow', {
  ...broadcasting,
  zeroWhen: 'never',
  infiniteAtZero: ([, exponent]) => (hasNegative(exponent) ? [0] : []),
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(o.mul(dy, o.conj(b)), o.pow(o.conj(a), o.sub(o.conj(b), 1))),
    ({ a, y, dy }, o) => o.mul(o.mul(dy, o.conj(y)), safeLog(o.conj(a), o)),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.mul(b, o.pow(a, o.sub(b, 1)))),
    ({ a, y }, d, o) => o.mul(d, o.mul(y, safeLog(a, o))),
  ),
});

/** Maximum and Minimum: the mask is a comparison, so that the second derivative is None; ties go to a. */
for (const [name, wins] of [
  ['Maximum', 'greaterEqual'],
  ['Minimum', 'lessEqual'],
] as const)
  op(name, {
    ...broadcasting,
    zeroWhen: 'all',
    gradient: gradients(
      ({ a, b, dy }, o) => o.select(o[wins](a, b), dy, 0),
      ({ a, b, dy }, o) => o.select(o[wins](a, b), 0, dy),
    ),
    tangent: tangents(
      ({ a, b }, d, o) => o.select(o[wins](a, b), d, 0),
      ({ a, b }, d, o) => o.select(o[wins](a, b), 0, d),
    ),
  });

op('SquaredDifference', {
  ...broadcasting,
  zeroWhen: 'all',
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(o.mul(2, dy), o.sub(a, b)),
    ({ a, b, dy }, o) => o.neg(o.mul(o.mul(2, dy), o.sub(a, b))),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.mul(2, o.sub(a, b))),
    ({ a, b }, d, o) => o.mul(d, o.mul(-2, o.sub(a, b))),
  ),
});
op('Atan2', {
  ...broadcasting,
  zeroWhen: 'never',
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(b, o.div(dy, o.add(o.square(b), o.square(a)))),
    ({ a, b, dy }, o) => o.mul(o.neg(a), o.div(dy, o.add(o.square(b), o.square(a)))),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.div(b, o.add(o.square(b), o.square(a)))),
    ({ a, b }, d, o) => o.mul(d, o.div(o.neg(a), o.add(o.square(b), o.square(a)))),
  ),
});
op('Xdivy', {
  ...broadcasting,
  zeroWhen: [0],
  infiniteAtZero: [1],
  zeroWins: [0],
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xdivy', nonZero(a, o), b)),
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xdivy', o.neg(a), o.square(b))),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.binary('Xdivy', nonZero(a, o), b)),
    ({ a, b }, d, o) => o.mul(d, o.binary('Xdivy', o.neg(a), o.square(b))),
  ),
});
const nonZero = (a: Tensor, o: Operations): Tensor => o.cast(o.notEqual(a, 0), a.dtype);
op('Xlogy', {
  ...broadcasting,
  zeroWhen: [0],
  infiniteAtZero: [1],
  zeroWins: [0],
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xlogy', nonZero(a, o), b)),
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xdivy', a, b)),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.binary('Xlogy', nonZero(a, o), b)),
    ({ a, b }, d, o) => o.mul(d, o.binary('Xdivy', a, b)),
  ),
});
op('FloorMod', {
  ...broadcasting,
  zeroWhen: [0],
  infiniteAtZero: [1],
  gradient: gradients(
    ({ dy }) => dy,
    ({ a, b, dy }, o) => o.mul(dy, o.neg(o.floorDiv(a, b))),
  ),
  tangent: tangents(
    (_, d) => d,
    ({ a, b }, d, o) => o.mul(d, o.neg(o.floorDiv(a, b))),
  ),
});
op('Xlog1py', {
  ...broadcasting,
  zeroWhen: 'any',
  zeroWins: [0],
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xlog1py', nonZero(a, o), b)),
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Xdivy', a, o.add(b, 1))),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, o.binary('Xlog1py', nonZero(a, o), b)),
    ({ a, b }, d, o) => o.mul(d, o.binary('Xdivy', a, o.add(b, 1))),
  ),
});
/** a·b, and 0 where b is 0, whatever a is. */
op('MulNoNan', {
  ...broadcasting,
  zeroWhen: 'any',
  zeroWins: [1],
  gradient: gradients(
    ({ b, dy }, o) => o.binary('MulNoNan', dy, b),
    ({ a, dy }, o) => o.binary('MulNoNan', a, dy),
  ),
  tangent: tangents(
    ({ b }, d, o) => o.binary('MulNoNan', d, b),
    ({ a }, d, o) => o.binary('MulNoNan', a, d),
  ),
});
/** The next number after a in the direction of b. */
op('NextAfter', {
  ...broadcasting,
  zeroWhen: 'never',
  gradient: gradients(
    ({ a, dy }, o) => o.mul(o.full(1, a.shape, a.dtype), dy),
    ({ b, dy }, o) => o.mul(o.full(0, b.shape, b.dtype), dy),
  ),
  tangent: tangents(
    (_, d) => d,
    () => null,
  ),
});
/** a, held between two limits. */
op('ClipByValue', {
  args: ['a', 'low', 'high'],
  shape: ([a = null]) => a,
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: 'all',
  gradient: ({ a, low, high, dy }, o) => {
    const [below, above] = [o.less(a, low), o.greater(a, high)];
    const zeros = o.full(0, dy.shape, dy.dtype);
    return [
      o.select(o.binary('LogicalOr', below, above), zeros, dy),
      o.unbroadcast(o.select(below, dy, zeros), low.shape),
      o.unbroadcast(o.select(above, dy, zeros), high.shape),
    ];
  },
  tangent: ({ a, low, high, y, tangents: [da, dLow, dHigh], directions }, o) => {
    const [below, above] = [o.less(a, low), o.greater(a, high)];
    const total = o.total([
      da ? o.select(o.binary('LogicalOr', below, above), 0, da) : null,
      dLow ? o.select(below, o.align(dLow, low.shape, y.shape), 0) : null,
      dHigh ? o.select(above, o.align(dHigh, high.shape, y.shape), 0) : null,
    ]);
    return [total && o.spread(total, directions, y.shape)];
  },
});
op('FloorDiv', { ...broadcasting, zeroWhen: [0], infiniteAtZero: [1], gradient: () => [null, null], tangent: 'none' });
/** Towards zero. The remainder's gradient is not registered. */
op('TruncateDiv', { ...broadcasting, zeroWhen: [0], infiniteAtZero: [1], gradient: () => [null, null], tangent: 'none' });
op('TruncateMod', {
  ...broadcasting,
  zeroWhen: [0],
  infiniteAtZero: [1],
  gradient: 'missing',
  exact: gradients(
    ({ dy }) => dy,
    ({ a, b, dy }, o) => o.mul(dy, o.neg(o.binary('TruncateDiv', a, b))),
  ),
  tangent: tangents(
    (_, d) => d,
    ({ a, b }, d, o) => o.mul(d, o.neg(o.binary('TruncateDiv', a, b))),
  ),
});
for (const name of ['BitwiseAnd', 'BitwiseOr', 'BitwiseXor', 'LeftShift', 'RightShift'])
  op(name, { ...broadcasting, zeroWhen: 'never', gradient: 'none', tangent: 'none' });

for (const name of ['Less', 'LessEqual', 'Greater', 'GreaterEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'])
  op(name, { ...broadcasting, dtype: 'bool', zeroWhen: 'never', gradient: 'none', tangent: 'none' });

/** where(condition, a, b): all three broadcast. */
op('SelectV2', {
  args: ['condition', 'a', 'b'],
  shape: ([condition = null, a = null, b = null]) => broadcast(condition, broadcast(a, b)),
  dtype: ([, a = null, b = null]) => a ?? b,
  dependence: 'elementwise',
  zeroWhen: { allOf: [1, 2] },
  gradient: ({ condition, a, b, dy, needs }, o) => [
    null,
    needs[1] ? o.unbroadcast(o.select(condition, dy, 0), a.shape) : null,
    needs[2] ? o.unbroadcast(o.select(condition, 0, dy), b.shape) : null,
  ],
  tangent: ({ condition, a, b, y, tangents: [, da, db], directions }, o) => {
    const total = o.total([
      da ? o.select(condition, o.align(da, a.shape, y.shape), 0) : null,
      db ? o.select(condition, 0, o.align(db, b.shape, y.shape)) : null,
    ]);
    return [total && o.spread(total, directions, y.shape)];
  },
});

/** The sum of tensors of one shape. `_AddSlices` is the same for gradients of gathers, which stay IndexedSlices. */
for (const name of ['AddN', '_AddSlices'])
  op(name, {
    args: ['list…'],
    shape: (shapes) => {
      const [first = null] = shapes;
      const other = shapes.findIndex((s) => surelyDifferent(first, s));
      if (other < 0) return shapes.reduce<Shape>((a, b) => broadcast(a, b), []);
      throw new OpError(
        'InvalidArgumentError',
        `Inputs to operation AddN of type AddN must have the same size and shape.  Input 0: ${show(first)} != input ${other}: ${show(shapes[other] ?? null)}`,
      );
    },
    dtype: 'same',
    dependence: 'elementwise',
    zeroWhen: 'all',
    indexedSlices: name === '_AddSlices',
    gradient: ({ inputs, dy }) => inputs.map(() => dy),
    tangent: ({ tangents: list }, o) => [o.total(list)],
  });
