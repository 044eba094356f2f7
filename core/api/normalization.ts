// Moments and batch normalization. TensorFlow: python/ops/nn_impl.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { toTensor, UnknownArgument, type Value } from './value.ts';

type Axes = readonly number[] | null | undefined;

/** TensorFlow stops the gradient of the mean, which makes second derivatives wrong: python/ops/nn_impl.py, moments. */
export function moments(x: Tensor, axes: Axes, keepDims: boolean, o: Operations): [Tensor, Tensor] {
  const y = x.dtype === 'float16' ? o.cast(x, 'float32') : x;
  const mean = o.apply('Mean', [y], { axes, keepDims: true });
  const variance = o.apply('Mean', [o.squaredDifference(y, o.stopGradientInside(mean))], { axes, keepDims: true });
  const kept = keepDims ? [mean, variance] : squeezed([mean, variance], axes, o);
  return kept.map((t) => o.cast(t, x.dtype)) as [Tensor, Tensor];
}
const squeezed = (list: readonly Tensor[], axes: Axes, o: Operations): Tensor[] =>
  list.map((t) => o.apply('Squeeze', [t], { axes: axes ?? null }));

define('tf.nn.moments', 'x, axes, shift=None, keepdims=False, name=None', (a, o) => {
  const x = a.tensor('x');
  return moments(x, a.axes('axes', x), a.boolean('keepdims'), o);
});

define('tf.nn.weighted_moments', 'x, axes, frequency_weights, keepdims=False, name=None', (a, o) => {
  const x = a.tensor('x');
  const axes = a.axes('axes', x);
  const weights = o.cast(toTensor(o, a.value('frequency_weights'), null, x.dtype), x.dtype);
  const sum = (t: Tensor) => o.apply('Sum', [t], { axes, keepDims: true });
  const weighted = sum(o.mul(weights, x));
  const total = sum(o.add(weights, o.zerosLike(x)));
  const mean = o.divNoNan(weighted, total);
  const variance = o.divNoNan(sum(o.mul(weights, o.squaredDifference(x, mean))), total);
  return a.boolean('keepdims') ? [mean, variance] : squeezed([mean, variance], axes, o);
});

define('tf.nn.sufficient_statistics', 'x, axes, shift=None, keepdims=False, name=None', (a, o): Value => {
  const x = a.tensor('x');
  const axes = a.axes('axes', x);
  const sum = (t: Tensor) => o.apply('Sum', [t], { axes, keepDims: a.boolean('keepdims') });
  const counts = axes && x.shape ? axes.reduce<number | null>((n, i) => times(n, x.shape?.[i] ?? null), 1) : null;
  const count = o.full(counts, [], x.dtype);
  if (!a.has('shift')) return [count, sum(x), sum(o.square(x)), null];
  const shift = toTensor(o, a.value('shift'), null, x.dtype);
  return [count, sum(o.sub(x, shift)), sum(o.squaredDifference(x, shift)), shift];
});
const times = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a * b);

define('tf.nn.normalize_moments', 'counts, mean_ss, variance_ss, shift, name=None', (a, o) => {
  const divisor = o.reciprocal(a.floating('counts'));
  const shifted = o.mul(a.floating('mean_ss'), divisor);
  const mean = a.has('shift') ? o.add(shifted, toTensor(o, a.value('shift'), null, shifted.dtype)) : shifted;
  return [mean, o.sub(o.mul(a.floating('variance_ss'), divisor), o.square(shifted))];
});

// ------------------------------------------------------------------------------------------------ batch normalization

/** x·γ/√(variance + ε) + (β − mean·γ/√(variance + ε)). */
export function batchNormalization(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  offset: Tensor | null,
  scale: Tensor | null,
  epsilon: Tensor | number,
  o: Operations,
): Tensor {
  const root = o.rsqrt(o.add(variance, epsilon));
  const inverse = scale ? o.mul(root, scale) : root;
  const shift = offset ? o.sub(offset, o.mul(mean, inverse)) : o.mul(o.neg(mean), inverse);
  return o.add(o.mul(x, o.cast(inverse, x.dtype)), o.cast(shift, x.dtype));
}
function composed(a: Arguments, o: Operations, names: { x: string; offset: string; scale: string | null }): Tensor {
  const x = a.floating(names.x);
  const given = (name: string | null): Tensor | null => (name !== null && a.has(name) ? toTensor(o, a.value(name), null, x.dtype) : null);
  const [mean, variance] = [given('mean'), given('variance')];
  if (!mean || !variance) throw new UnknownArgument();
  return batchNormalization(x, mean, variance, given(names.offset), given(names.scale), a.number('variance_epsilon'), o);
}
define('tf.nn.batch_normalization', 'x, mean, variance, offset, scale, variance_epsilon, name=None', (a, o) =>
  composed(a, o, { x: 'x', offset: 'offset', scale: 'scale' }),
);
define(
  'tf.nn.batch_norm_with_global_normalization',
  'input, mean, variance, beta, gamma, variance_epsilon, scale_after_normalization, name=None',
  (a, o) => composed(a, o, { x: 'input', offset: 'beta', scale: a.boolean('scale_after_normalization') ? 'gamma' : null }),
);

/** The op of its own: x [n, …, c], or [n, c, …] where `channelsFirst`. Gives the batch, the running mean and the running variance. */
export function fusedBatchNormalization(
  inputs: readonly [x: Tensor, scale: Tensor, offset: Tensor, mean: Tensor | null, variance: Tensor | null],
  { epsilon, training, averaging, channelsFirst }: { epsilon: number; training: boolean; averaging: number; channelsFirst: boolean },
  o: Operations,
): [Tensor, Tensor, Tensor] {
  const [x, scale, offset, mean, variance] = inputs;
  const none = o.eager.backend.constant([], [0], 'float32');
  const rank = x.shape?.length ?? 4;
  const toLast = [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
  const toFirst = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
  const turned = channelsFirst ? o.transpose(x, toLast) : x;
  const [y, runningMean, runningVariance] = o.eager.apply('FusedBatchNormV3', [turned, scale, offset, mean ?? none, variance ?? none], {
    epsilon,
    training,
    averaging,
  }) as [Tensor, Tensor, Tensor];
  return [channelsFirst ? o.transpose(y, toFirst) : y, runningMean, runningVariance];
}
define(
  'tf.compat.v1.nn.fused_batch_norm',
  'x, scale, offset, mean=None, variance=None, epsilon=0.001, data_format="NHWC", is_training=True, name=None, exponential_avg_factor=1.0',
  (a, o) => {
    const given = (name: string) => (a.has(name) ? a.floating(name) : null);
    const [training, averaging] = [a.boolean('is_training'), a.number('exponential_avg_factor')];
    if ((!training || averaging !== 1) && !(a.has('mean') && a.has('variance')))
      throw new OpError(
        'ValueError',
        'Both `mean` and `variance` must be a 1D tensor when `is_training` is False or `exponential_avg_factor` != 1.0.',
      );
    const inputs = [a.floating('x'), a.floating('scale'), a.floating('offset'), given('mean'), given('variance')] as const;
    const channelsFirst = a.text('data_format')?.startsWith('NC') === true;
    return fusedBatchNormalization(inputs, { epsilon: a.number('epsilon'), training, averaging, channelsFirst }, o);
  },
);
