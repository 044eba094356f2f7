// Rounding to a grid of few bits, with gradients that pretend nothing was rounded. TensorFlow: python/ops/array_ops.py, _FakeQuantWithMinMaxVarsGradient and its neighbours;
// core/kernels/fake_quant_ops_functor.h.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { OpError } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';

export interface Bits {
  readonly bits: number;
  readonly narrow: boolean;
}
interface Limits extends Bits {
  readonly min: number;
  readonly max: number;
}

/** The limits, moved so that zero lies on the grid; and how far apart its lines are. In float32, where a half may round up that is less than a half. */
export function nudged(min: number, max: number, { bits, narrow }: Bits): { low: number; high: number; scale: number } {
  const [first, last] = [narrow ? 1 : 0, 2 ** bits - 1];
  const single = Math.fround;
  const scale = single(single(single(max) - single(min)) / (last - first));
  const zero = single(first - single(single(min) / scale));
  const moved = zero < first ? first : zero > last ? last : Math.round(zero);
  return { low: single((first - moved) * scale), high: single((last - moved) * scale), scale };
}

const same = ([x = null]: readonly Shape[]): Shape => x;
const passing = { dtype: 'same', dependence: 'elementwise' } as const;

op<'x', Limits>('FakeQuantWithMinMaxArgs', {
  args: ['x'],
  ...passing,
  shape: same,
  zeroWhen: 'never',
  gradient: ({ x, dy, attributes }, o) => [o.apply('FakeQuantWithMinMaxArgsGradient', [dy, x], attributes)],
  tangent: ({ x, tangents: [dx], attributes }, o) => [dx ? o.select(within(x, attributes, o), dx, 0) : null],
});
const within = (x: Tensor, { min, max, ...bits }: Limits, o: Operations): Tensor => {
  const { low, high } = nudged(min, max, bits);
  return o.logicalAnd(o.greaterEqual(x, low), o.lessEqual(x, high));
};
op<'gradients' | 'x', Limits>('FakeQuantWithMinMaxArgsGradient', {
  args: ['gradients', 'x'],
  ...passing,
  shape: same,
  zeroWhen: [0],
  gradient: 'missing',
  exact: ({ x, dy, attributes }, o) => [o.select(within(x, attributes, o), dy, 0), null],
  tangent: ({ x, tangents: [dGradients], attributes }, o) => [dGradients ? o.select(within(x, attributes, o), dGradients, 0) : null],
});

/** `channels`: the limits are one for each place of the last axis. */
for (const [name, channels] of [
  ['FakeQuantWithMinMaxVars', false],
  ['FakeQuantWithMinMaxVarsPerChannel', true],
] as const) {
  op<'x' | 'min' | 'max', Bits>(name, {
    args: ['x', 'min', 'max'],
    ...passing,
    shape: same,
    zeroWhen: 'never',
    gradient: ({ x, min, max, dy, attributes }, o) => o.eager.apply(`${name}Gradient`, [dy, x, min, max], attributes),
    tangent: ({ x, min, max, y, tangents: [dx, dMin, dMax], directions, attributes }, o) => {
      const masks = o.eager.apply('_FakeQuantRange', [x, min, max], attributes) as [Tensor, Tensor, Tensor];
      const total = o.total([
        dx ? o.mul(dx, masks[0]) : null,
        dMin ? o.mul(o.align(dMin, min.shape, y.shape), masks[1]) : null,
        dMax ? o.mul(o.align(dMax, max.shape, y.shape), masks[2]) : null,
      ]);
      return [total && o.spread(total, directions, y.shape)];
    },
  });
  op<'gradients' | 'x' | 'min' | 'max', Bits>(`${name}Gradient`, {
    args: ['gradients', 'x', 'min', 'max'],
    outputs: 3,
    dtype: 'same',
    dependence: 'all',
    zeroWhen: [0],
    shape: ([gradients = null, , min = null, max = null]) => [gradients, min, max],
    gradient: 'missing',
    exact: ({ x, min, max, upstream, attributes }, o) => {
      const masks = o.eager.apply('_FakeQuantRange', [x, min, max], attributes) as [Tensor, Tensor, Tensor];
      return [o.total(upstream.map((dy, i) => o.mul(dy, masks[i] as Tensor))), null, null, null];
    },
    tangent: ({ x, min, max, tangents: [d], directions, attributes }, o) => {
      if (!d) return [null, null, null];
      const masks = o.eager.apply('_FakeQuantRange', [x, min, max], attributes) as [Tensor, Tensor, Tensor];
      const summed = (mask: Tensor): Tensor => {
        const all = o.mul(d, mask);
        const axes = Array.from({ length: (x.shape?.length ?? 0) - (channels ? 1 : 0) }, (_, i) => i + 1);
        return o.reshape(o.sum(all, axes), min.shape && [directions, ...min.shape]);
      };
      return [o.mul(d, masks[0]), summed(masks[1]), summed(masks[2])];
    },
  });
}
/** 1 where x lies within the nudged limits, below them, above them; 0 elsewhere. */
op<'x' | 'min' | 'max', Bits>('_FakeQuantRange', {
  args: ['x', 'min', 'max'],
  outputs: 3,
  ...passing,
  shape: ([x = null]) => [x, x, x],
  zeroWhen: 'never',
  gradient: 'none',
  tangent: 'none',
});

// ------------------------------------------------------------------------------------------------ quantize and dequantize

export interface Quantized {
  readonly bits: number;
  readonly signed: boolean;
  readonly narrow: boolean;
  /** Whether the limits are given, or those of x itself. */
  readonly given: boolean;
  readonly halfUp: boolean;
}
/** The gradient passes as if nothing had happened. */
op<'x' | 'min' | 'max', Quantized>('QuantizeAndDequantizeV2', {
  args: ['x', 'min', 'max'],
  ...passing,
  shape: same,
  zeroWhen: 'never',
  gradient: ({ dy }) => [dy, null, null],
  tangent: ({ tangents: [dx] }) => [dx ?? null],
});
/** The gradient passes where x lies within the limits; elsewhere it is that of a limit. */
op<'x' | 'min' | 'max', Quantized>('QuantizeAndDequantizeV4', {
  args: ['x', 'min', 'max'],
  ...passing,
  shape: same,
  zeroWhen: 'never',
  gradient: ({ x, min, max, dy }, o) => o.eager.apply('QuantizeAndDequantizeV4Grad', [dy, x, min, max]),
  tangent: ({ x, min, max, y, tangents: [dx, dMin, dMax], directions }, o) => {
    const [below, above] = [o.less(x, min), o.greater(x, max)];
    const total = o.total([
      dx ? o.select(o.binary('LogicalOr', below, above), 0, dx) : null,
      dMin ? o.select(below, o.align(dMin, min.shape, y.shape), 0) : null,
      dMax ? o.select(above, o.align(dMax, max.shape, y.shape), 0) : null,
    ]);
    return [total && o.spread(total, directions, y.shape)];
  },
});
op('QuantizeAndDequantizeV4Grad', {
  args: ['gradients', 'x', 'min', 'max'],
  outputs: 3,
  dtype: 'same',
  dependence: 'all',
  zeroWhen: [0],
  shape: ([gradients = null, , min = null, max = null]) => [gradients, min, max],
  gradient: ({ x, min, max, upstream: [dx = x, dMin = x, dMax = x] }, o) => {
    const [below, above] = [o.less(x, min), o.greater(x, max)];
    const passed = o.select(o.binary('LogicalOr', below, above), 0, dx);
    return [o.add(passed, o.add(o.select(below, dMin, 0), o.select(above, dMax, 0))), null, null, null];
  },
  refuses: () => new OpError('TypeError', '_QuantizeAndDequantizeV4GradGrad() takes 2 positional arguments but 4 were given'),
  tangent: ({ x, min, max, tangents: [d], directions }, o) => {
    if (!d) return [null, null, null];
    const [below, above] = [o.less(x, min), o.greater(x, max)];
    const axes = Array.from({ length: x.shape?.length ?? 0 }, (_, i) => i + 1);
    const summed = (mask: Tensor, limit: Tensor): Tensor =>
      o.reshape(o.sum(o.select(mask, d, 0), axes), limit.shape && [directions, ...limit.shape]);
    return [o.select(o.binary('LogicalOr', below, above), 0, d), summed(below, min), summed(above, max)];
  },
});
