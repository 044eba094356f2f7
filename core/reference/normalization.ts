// Reference kernels of batch normalization.
import { countOf, type Input, type Kernel, type Kernels } from './kernel.ts';

/** Means over all axes but the last, of what f gives for each element. */
function means(shape: readonly number[], f: (element: number, channel: number) => number): Float64Array {
  const channels = shape.at(-1) ?? 1;
  const out = new Float64Array(channels);
  const count = countOf(shape);
  for (let i = 0; i < count; i++) out[i % channels] = (out[i % channels] as number) + f(i, i % channels);
  return out.map((sum) => (sum * channels) / count);
}
const at = (x: Input, i: number): number => x.values[i] as number;

/** Per channel the mean and 1/√(variance + ε): of the batch, or those given. */
function statistics(x: Input, mean: Input, variance: Input, attributes: Readonly<Record<string, unknown>>) {
  const epsilon = Number(attributes['epsilon']);
  const training = attributes['training'] === true;
  const own = training ? means(x.shape, (i) => at(x, i)) : Float64Array.from(mean.values);
  const spread = training ? means(x.shape, (i, c) => (at(x, i) - (own[c] as number)) ** 2) : Float64Array.from(variance.values);
  return { own, spread, inverse: spread.map((v) => 1 / Math.sqrt(v + epsilon)), training };
}

const forward: Kernel = ([x, scale, offset, mean, variance], attributes) => {
  if (!x || !scale || !offset || !mean || !variance) return null;
  const channels = x.shape.at(-1) ?? 1;
  const { own, spread, inverse, training } = statistics(x, mean, variance, attributes);
  const y = Float64Array.from(x.values, (v, i) => {
    const c = i % channels;
    return (v - (own[c] as number)) * (inverse[c] as number) * at(scale, c) + at(offset, c);
  });
  if (!training) return [y, own, spread];
  const count = x.values.length / channels;
  const averaging = Number(attributes['averaging']);
  const unbiased = spread.map((v) => (v * count) / Math.max(count - 1, 1));
  const moved = (from: Input, to: Float64Array) => (averaging === 1 ? to : to.map((v, c) => (1 - averaging) * at(from, c) + averaging * v));
  return [y, moved(mean, own), moved(variance, unbiased)];
};

const backward: Kernel = ([dy, x, scale, mean, variance], attributes) => {
  if (!dy || !x || !scale || !mean || !variance) return null;
  const channels = x.shape.at(-1) ?? 1;
  const { own, inverse, training } = statistics(x, mean, variance, attributes);
  const meanOfGradients = means(x.shape, (i) => at(dy, i));
  const together = means(x.shape, (i, c) => at(dy, i) * (at(x, i) - (own[c] as number)));
  const count = x.values.length / channels;
  const dx = Float64Array.from(dy.values, (d, i) => {
    const c = i % channels;
    const k = inverse[c] as number;
    if (!training) return d * at(scale, c) * k;
    const inner = d - (meanOfGradients[c] as number) - k * k * (together[c] as number) * (at(x, i) - (own[c] as number));
    return at(scale, c) * k * inner;
  });
  return [dx, together.map((v, c) => v * count * (inverse[c] as number)), meanOfGradients.map((v) => v * count)];
};

export const NORMALIZATIONS: Kernels = { FusedBatchNormV3: forward, FusedBatchNormGradV3: backward };
