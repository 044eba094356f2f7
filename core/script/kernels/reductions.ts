// Reductions and running sums. Gradients: tfjs-core/src/gradients/*_grad.ts.
import type { Operations } from '../../operations.ts';
import { isKnown, sizeOf } from '../../shape.ts';
import type { Tensor } from '../../tensor.ts';
import { kernel, type KernelGradient } from '../kernel.ts';

type Axes = readonly number[] | null | undefined;
const axesIn = (attributes: Readonly<Record<string, unknown>>): Axes => attributes['axes'] as Axes;

/** dy, its lost axes back as ones, spread over x by multiplying with ones. */
const spreadOver = (dy: Tensor, x: Tensor, axes: Axes, o: Operations): Tensor =>
  o.mul(o.restoreAxes(dy, x, axes), o.full(1, x.shape, 'float32'));

kernel('Sum', ['x'], {
  forward: 'Sum',
  gradient: ({ dy, x, attributes }, o) => [() => spreadOver(dy, x, axesIn(attributes), o)],
});
kernel('Mean', ['x'], {
  forward: 'Mean',
  gradient: ({ dy, x, y, attributes }, o) => [
    () => {
      const [all, kept] = [sizeOf(x.shape), sizeOf(y.shape)];
      const count = all === null || kept === null ? null : all / Math.max(kept, 1);
      return o.div(spreadOver(dy, x, axesIn(attributes), o), o.full(count, [], 'float32'));
    },
  ],
});

/** Ties each get the whole gradient. It reads the output, and passes a comparison that has no gradient. */
const ofExtreme: KernelGradient<'x'> = ({ dy, x, y, attributes }, o) => [
  () => {
    const wide = (t: Tensor) => (x.shape && t.shape?.length === x.shape.length ? t : o.restoreAxes(t, x, axesIn(attributes)));
    return o.mul(wide(dy), o.cast(o.equal(x, wide(y)), dy.dtype));
  },
];
kernel('Max', ['x'], { forward: 'Max', savesOutput: true, gradient: ofExtreme });
kernel('Min', ['x'], { forward: 'Min', savesOutput: true, gradient: ofExtreme });

/** The axes that are multiplied over go last and become one; each element's gradient is the product of the others. */
kernel('Prod', ['x'], {
  forward: 'Prod',
  gradient: ({ dy, x, attributes }, o) => [
    () => {
      const axes = axesIn(attributes);
      if (x.shape === null || axes === undefined) return o.reshape(dy, null);
      const { shape } = x;
      const gone = axes ?? shape.map((_, i) => i);
      const order = [...shape.map((_, i) => i).filter((i) => !gone.includes(i)), ...gone];
      const moved = order.every((axis, i) => axis === i) ? x : o.transpose(x, order);
      const kept = order.slice(0, shape.length - gone.length).map((i) => shape[i] ?? null);
      const count = sizeOf(gone.map((i) => shape[i] ?? null));
      const flat = o.reshape(moved, [...kept, count]);
      const running = (reverse: boolean) => o.apply('Cumprod', [flat], { axis: kept.length, exclusive: true, reverse });
      const product = o.mul(o.reshape(dy, [...kept, 1]), o.mul(running(false), running(true)));
      const back = o.reshape(product, isKnown(moved.shape) ? moved.shape : null);
      return moved === x
        ? back
        : o.transpose(
            back,
            order.map((_, i) => order.indexOf(i)),
          );
    },
  ],
});

for (const name of ['ArgMax', 'ArgMin']) kernel(name, ['x'], { forward: name, gradient: ({ x }, o) => [() => o.zerosLike(x)] });
for (const name of ['All', 'Any']) kernel(name, ['x'], { forward: name, gradient: null });
kernel('Cumsum', ['x'], {
  forward: 'Cumsum',
  gradient: ({ dy, attributes }, o) => [() => o.apply('Cumsum', [dy], { ...attributes, reverse: attributes['reverse'] !== true })],
});
kernel('Cumprod', ['x'], { forward: 'Cumprod', gradient: null });

/** (x − mean) / √(variance + ε) · scale + offset; x [n, h, w, c], the others [c] or of x's shape. */
kernel('FusedBatchNorm', ['x', 'scale', 'offset', 'mean', 'variance'], {
  forward: ([x, scale, offset, mean, variance], { epsilon }, o) => [
    o.add(
      o.mul(o.mul(o.sub(x as Tensor, mean as Tensor), o.rsqrt(o.add(variance as Tensor, Number(epsilon)))), scale as Tensor),
      offset as Tensor,
    ),
  ],
  gradient: ({ dy, x, scale, mean, variance, attributes: { epsilon } }, o) => {
    const isVector = mean.shape?.length === 1;
    const centred = o.sub(x, mean);
    const scaled = o.mul(dy, scale);
    const inverse = o.rsqrt(o.add(variance, Number(epsilon)));
    const minusHalfCube = o.mul(o.mul(o.mul(inverse, inverse), inverse), -0.5);
    const over = (t: Tensor): Tensor => o.reshape(isVector ? o.sum(t, [0, 1, 2]) : t, mean.shape);
    return [
      () => {
        const spread = isVector
          ? o.tile(o.reshape(inverse, [1, 1, 1, -1]), [...(x.shape ?? []).slice(0, -1).map((d) => d ?? 1), 1])
          : inverse;
        return o.reshape(o.mul(o.mul(dy, spread), scale), x.shape);
      },
      () => over(o.mul(dy, o.mul(centred, inverse))),
      () => over(dy),
      () => over(o.mul(o.mul(inverse, -1), scaled)),
      () => over(o.mul(o.mul(minusHalfCube, centred), scaled)),
    ];
  },
});
