// Reductions and running sums. Gradients: TensorFlow python/ops/math_grad.py.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { reduce, sizeOf, surelyDifferent, surelyEqual, Undetermined } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';

interface Reduction {
  /** Counted from 0; null reduces over all, undefined is not known. */
  readonly axes: readonly number[] | null | undefined;
  readonly keepDims: boolean;
}

const reducing = {
  args: ['x'] as const,
  shape: ([x = null]: readonly Shape[], { axes, keepDims }: Reduction) => reduce(x, axes, keepDims),
  dependence: 'reduce',
} as const;

/** The same reduction of a tangent, whose axes are one further on. */
const overTangent = (name: string, dx: Tensor, x: Tensor, { axes, keepDims }: Reduction, o: Operations): Tensor =>
  o.apply(name, [dx], { axes: (axes ?? x.shape?.map((_, i) => i) ?? []).map((a) => a + 1), keepDims });

/** dy broadcast back over x. */
const overInput = (dy: Tensor, x: Tensor, axes: Reduction['axes'], o: Operations): Tensor =>
  o.broadcastTo(o.restoreAxes(dy, x, axes), x.shape);

/** How many elements each output element is made of; null where it is not known. */
const countOf = (x: Tensor, y: Tensor): number | null => {
  const [from, to] = [sizeOf(x.shape), sizeOf(y.shape)];
  return from === null || to === null ? null : from / Math.max(to, 1);
};

op<'x', Reduction>('Sum', {
  ...reducing,
  dtype: 'same',
  zeroWhen: 'any',
  gradient: ({ x, dy, attributes }, o) => [overInput(dy, x, attributes.axes, o)],
  tangent: ({ x, tangents: [dx], attributes }, o) => [dx ? overTangent('Sum', dx, x, attributes, o) : null],
});
op<'x', Reduction>('Mean', {
  ...reducing,
  dtype: 'same',
  zeroWhen: 'any',
  gradient: ({ x, y, dy, attributes }, o) => [o.div(overInput(dy, x, attributes.axes, o), o.full(countOf(x, y), [], x.dtype))],
  tangent: ({ x, tangents: [dx], attributes }, o) => [dx ? overTangent('Mean', dx, x, attributes, o) : null],
});

/** Max and Min: the gradient is shared equally among ties, through an equality that nothing differentiates. */
for (const name of ['Max', 'Min'])
  op<'x', Reduction>(name, {
    ...reducing,
    dtype: 'same',
    zeroWhen: 'any',
    gradient: ({ x, y, dy, attributes: { axes } }, o) => {
      const indicators = o.cast(o.equal(o.restoreAxes(y, x, axes), x), x.dtype);
      const count = o.apply('Sum', [indicators], { axes, keepDims: true });
      return [o.mul(o.div(indicators, count), o.restoreAxes(dy, x, axes))];
    },
    tangent: ({ x, y, tangents: [dx], attributes }, o) => {
      if (!dx) return [null];
      const { axes } = attributes;
      const indicators = o.cast(o.equal(o.restoreAxes(y, x, axes), x), x.dtype);
      const share = o.div(indicators, o.apply('Sum', [indicators], { axes, keepDims: true }));
      return [overTangent('Sum', o.mul(dx, share), x, attributes, o)];
    },
  });

/** The product of all the others, for every element (TensorFlow: _ProdGrad, by exclusive running products both ways). */
function others(x: Tensor, axes: Reduction['axes'], o: Operations): Tensor {
  if (x.shape === null || axes === undefined) return o.full(null, null, x.dtype);
  const reduced = axes ?? x.shape.map((_, i) => i);
  const kept = x.shape.map((_, i) => i).filter((i) => !reduced.includes(i));
  const order = [...reduced, ...kept];
  const sizes = (list: readonly number[]) => list.map((i) => x.shape?.[i] ?? null);
  const rows = sizes(reduced).every((d) => d !== null) ? sizes(reduced).reduce<number>((a, b) => a * (b ?? 1), 1) : null;
  const columns = sizes(kept).every((d) => d !== null) ? sizes(kept).reduce<number>((a, b) => a * (b ?? 1), 1) : null;
  const flat = o.reshape(o.transpose(x, order), [rows, columns]);
  const left = o.apply('Cumprod', [flat], { axis: 0, exclusive: true, reverse: false });
  const right = o.apply('Cumprod', [flat], { axis: 0, exclusive: true, reverse: true });
  const back = order.map((_, i) => order.indexOf(i));
  return o.transpose(o.reshape(o.mul(left, right), sizes(order)), back);
}
op<'x', Reduction>('Prod', {
  ...reducing,
  dtype: 'same',
  zeroWhen: 'any',
  gradient: ({ x, dy, attributes: { axes } }, o) => [o.mul(overInput(dy, x, axes, o), others(x, axes, o))],
  tangent: ({ x, tangents: [dx], attributes }, o) => [
    dx ? overTangent('Sum', o.mul(dx, others(x, attributes.axes, o)), x, attributes, o) : null,
  ],
});

op<'x', Reduction>('EuclideanNorm', {
  ...reducing,
  dtype: 'same',
  zeroWhen: 'any',
  gradient: ({ x, y, dy, attributes: { axes } }, o) => [o.div(x, o.div(o.restoreAxes(y, x, axes), o.restoreAxes(dy, x, axes)))],
  tangent: ({ x, y, tangents: [dx], attributes }, o) => [
    dx ? overTangent('Sum', o.mul(dx, o.div(x, o.restoreAxes(y, x, attributes.axes))), x, attributes, o) : null,
  ],
});

for (const name of ['All', 'Any'])
  op<'x', Reduction>(name, { ...reducing, dtype: 'bool', zeroWhen: 'never', gradient: 'none', tangent: 'none' });
/** Attributes: `axis` and the index's dtype. */
for (const name of ['ArgMax', 'ArgMin'])
  op<'x', { axis: number | undefined; dtype: 'int64' | 'int32' }>(name, {
    args: ['x'],
    shape: ([x = null], { axis }) => reduce(x, axis === undefined ? undefined : [axis], false),
    dtype: (_, { dtype }) => dtype,
    dependence: 'reduce',
    zeroWhen: 'never',
    gradient: 'none',
    tangent: 'none',
  });

/** Half the sum of squares, as a scalar. */
op('L2Loss', {
  args: ['x'],
  shape: () => [],
  dtype: 'same',
  dependence: 'all',
  zeroWhen: 'any',
  gradient: ({ x, dy }, o) => [o.mul(x, dy)],
  tangent: ({ x, tangents: [dx] }, o) => [dx ? overTangent('Sum', o.mul(dx, x), x, { axes: null, keepDims: false }, o) : null],
});

interface Running {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}
const running = { args: ['x'] as const, shape: ([x = null]: readonly Shape[]) => x, dtype: 'same', dependence: 'axis' } as const;
op<'x', Running>('Cumsum', {
  ...running,
  zeroWhen: 'any',
  gradient: ({ dy, attributes }, o) => [o.apply('Cumsum', [dy], { ...attributes, reverse: !attributes.reverse })],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('Cumsum', [dx], { ...attributes, axis: attributes.axis + 1 }) : null],
});
/** TensorFlow: _CumprodGrad, `cumsum(prod · dy, reversed) / x`. */
op<'x', Running>('Cumprod', {
  ...running,
  zeroWhen: 'never',
  gradient: ({ x, y, dy, attributes }, o) => [
    o.divNoNan(o.apply('Cumsum', [o.mul(y, dy)], { ...attributes, reverse: !attributes.reverse }), x),
  ],
  tangent: ({ x, y, tangents: [dx], attributes }, o) => [
    dx ? o.mul(y, o.apply('Cumsum', [o.div(dx, x)], { ...attributes, axis: attributes.axis + 1 })) : null,
  ],
});

/** log Σ exp of what came before. The registered gradient takes logarithms of the upstream one, its positive and its negative part apart: of a zero, minus infinity. */
op<'x', Running>('CumulativeLogsumexp', {
  ...running,
  zeroWhen: 'never',
  gradient: ({ x, y, dy, attributes }, o) => {
    const backwards = { ...attributes, reverse: !attributes.reverse };
    const part = (sign: Tensor, dySigned: Tensor): Tensor => {
      const log = o.select(sign, o.log(dySigned), -LARGEST);
      return o.exp(o.add(o.apply('CumulativeLogsumexp', [o.sub(log, y)], backwards), x));
    };
    return [o.sub(part(o.greater(dy, 0), dy), part(o.less(dy, 0), o.neg(dy)))];
  },
  exact: ({ x, y, dy, attributes }, o) => {
    const weighted = o.apply('Cumsum', [o.mul(dy, o.exp(o.neg(y)))], { ...attributes, reverse: !attributes.reverse });
    return [o.mul(o.exp(x), weighted)];
  },
  tangent: ({ x, y, tangents: [dx], attributes }, o) => [
    dx ? o.mul(o.exp(o.neg(y)), o.apply('Cumsum', [o.mul(o.exp(x), dx)], { ...attributes, axis: attributes.axis + 1 })) : null,
  ],
});
/** The largest number in float32. */
const LARGEST = 3.4028234663852886e38;

/** Sums a tensor that was broadcast back to `shape` (TensorFlow: reduce_sum over broadcast_gradient_args, then reshape). */
op<'x', { shape: Shape }>('_SumTo', {
  args: ['x'],
  shape: ([x = null], { shape }) => {
    const lost = x && shape ? x.length - shape.length : 0;
    if (
      shape &&
      x &&
      (lost < 0 ||
        surelyDifferent(
          x.slice(lost),
          shape.map((d, i) => (d === 1 ? (x[lost + i] ?? null) : d)),
        ))
    )
      throw new Undetermined('a gradient that does not have the shape of what it is the gradient of');
    return shape;
  },
  dtype: 'same',
  dependence: 'fold',
  zeroWhen: 'any',
  gradient: ({ x, dy }, o) => [o.broadcastTo(dy, x.shape)],
  tangent: ({ x, tangents: [dx], directions, attributes: { shape } }, o) => {
    if (!dx || shape === null || x.shape === null) return [dx ?? null];
    const wide = [directions, ...x.shape.slice(0, x.shape.length - shape.length).map(() => 1), ...shape];
    return [o.reshape(surelyEqual(dx.shape, wide) ? dx : o.apply('_SumTo', [dx], { shape: wide }), [directions, ...shape])];
  },
});
