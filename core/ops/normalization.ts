// Batch normalization as one op, and its gradient. TensorFlow: python/ops/nn_grad.py, _BaseFusedBatchNormGrad, and python/ops/nn_fused_batch_norm_grad.py.
import type { Operations } from '../operations.ts';
import type { AxisDependence, AxisReads } from '../reads.ts';
import { op } from '../row.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { composedTangent, exactGradient, tapedGradient } from './composition.ts';

interface Normalizing {
  readonly epsilon: number;
  readonly training: boolean;
  /** How much of the batch's own statistics goes into the running ones. */
  readonly averaging: number;
}

const allButLast = (x: Tensor): readonly number[] | undefined => x.shape?.slice(0, -1).map((_, i) => i);
const meanOf = (x: Tensor, o: Operations): Tensor => o.apply('Mean', [x], { axes: allButLast(x), keepDims: false });
const sumOf = (x: Tensor, o: Operations): Tensor => o.apply('Sum', [x], { axes: allButLast(x), keepDims: false });
const varianceOf = (x: Tensor, mean: Tensor, o: Operations): Tensor => meanOf(o.squaredDifference(x, mean), o);

/** What the op computes: the normalized batch, and the running mean and (unbiased) variance. */
const normalized =
  ({ epsilon, training, averaging }: Normalizing, o: Operations) =>
  ([x, scale, offset, runningMean, runningVariance]: readonly Tensor[]): Tensor[] => {
    if (!x || !scale || !offset || !runningMean || !runningVariance) return [];
    const mean = training ? meanOf(x, o) : runningMean;
    const variance = training ? varianceOf(x, mean, o) : runningVariance;
    const y = o.add(o.mul(o.mul(o.sub(x, mean), o.rsqrt(o.add(variance, epsilon))), scale), offset);
    if (!training) return [y, o.identity(mean), o.identity(variance)];
    const count = x.shape?.slice(0, -1).reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
    const unbiased = count === null ? variance : o.mul(variance, count / Math.max(count - 1, 1));
    if (averaging === 1) return [y, mean, unbiased];
    const moved = (from: Tensor, to: Tensor) => o.add(o.mul(1 - averaging, from), o.mul(averaging, to));
    return [y, moved(runningMean, mean), moved(runningVariance, unbiased)];
  };

/** Channels never meet; in training, all of one channel does. */
const byChannel: AxisDependence<{ readonly training: boolean }> = (inputs, output, { training }) => {
  const last = output.length - 1;
  return inputs.map((shape) => {
    if (shape.includes(0)) return null;
    return shape.map((_, axis): AxisReads => {
      if (axis === shape.length - 1) return { along: last };
      return training || output.length < shape.length ? 'all' : { along: axis };
    });
  });
};

const vector = (x: Shape): Shape => x && [x.at(-1) ?? null];

/** Inputs x [n, …, c] and four vectors [c]: scale, offset, running mean and variance (both empty where a batch alone is looked at). */
op<'x' | 'scale' | 'offset' | 'mean' | 'variance', Normalizing>('FusedBatchNormV3', {
  args: ['x', 'scale', 'offset', 'mean', 'variance'],
  outputs: 3,
  shape: ([x = null]) => [x, vector(x), vector(x)],
  dtype: ([x = null]) => x,
  dependence: byChannel,
  zeroWhen: 'never',
  // The gradients of the running statistics are dropped.
  gradient: ({ x, scale, mean, variance, outputs: [, batchMean = x, batchVariance = x], dy, attributes }, o) => {
    const { epsilon, training } = attributes;
    const [reservedMean, reservedVariance] = training ? [batchMean, batchVariance] : [mean, variance];
    const found = o.eager.apply('FusedBatchNormGradV3', [dy, x, scale, reservedMean, reservedVariance], { epsilon, training });
    return [...found, null, null];
  },
  exact: ({ inputs, upstream, given, attributes }, o) =>
    exactGradient(
      inputs,
      upstream.map((dy, i) => (given[i] ? dy : null)),
      o,
      normalized(attributes, o),
    ),
  tangent: ({ inputs, tangents, directions, attributes }, o) => composedTangent(inputs, tangents, directions, o, normalized(attributes, o)),
});

type Reserved = Pick<Normalizing, 'epsilon' | 'training'>;

/** The gradients of x, scale and offset. In training they are computed from x itself, as _BatchNormGrad does; `stop`: as it stops the mean's gradient. */
const gradients =
  ({ epsilon, training }: Reserved, o: Operations) =>
  ([dy, x, scale, mean, variance]: readonly Tensor[]): Tensor[] => {
    if (!dy || !x || !scale || !mean || !variance) return [];
    if (!training) {
      const inverse = o.rsqrt(o.add(variance, epsilon));
      const toScale = sumOf(o.mul(o.mul(dy, o.sub(x, mean)), inverse), o);
      return [o.mul(o.mul(dy, scale), inverse), toScale, sumOf(dy, o)];
    }
    const own = meanOf(x, o);
    const below = o.add(varianceOf(x, o.stopGradientInside(own), o), epsilon);
    const [dyOffset, xOffset] = [o.sub(dy, meanOf(dy, o)), o.sub(x, own)];
    const together = o.mul(dy, xOffset);
    const inner = o.sub(dyOffset, o.mul(o.mul(o.reciprocal(below), meanOf(together, o)), xOffset));
    return [o.mul(o.mul(scale, o.rsqrt(below)), inner), o.mul(o.rsqrt(below), sumOf(together, o)), sumOf(dy, o)];
  };

op<'gradients' | 'x' | 'scale' | 'mean' | 'variance', Reserved>('FusedBatchNormGradV3', {
  args: ['gradients', 'x', 'scale', 'mean', 'variance'],
  outputs: 3,
  shape: ([dy = null, x = null]) => [x ?? dy, vector(x ?? dy), vector(x ?? dy)],
  dtype: ([dy = null]) => dy,
  dependence: byChannel,
  zeroWhen: [0],
  gradient: ({ gradients: dy, x, scale, mean, variance, upstream, attributes }, o) => [
    ...tapedGradient([dy, x, scale], upstream, o, (list) => gradients(attributes, o)([...list, mean, variance])),
    null,
    null,
  ],
  exact: ({ inputs, upstream, given, attributes }, o) =>
    exactGradient(
      inputs,
      upstream.map((u, i) => (given[i] ? u : null)),
      o,
      gradients(attributes, o),
    ),
  tangent: ({ inputs, tangents, directions, attributes }, o) => composedTangent(inputs, tangents, directions, o, gradients(attributes, o)),
});
