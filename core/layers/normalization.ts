// Keras' normalizing layers. Source: Keras 2.15, layers/normalization/ and layers/preprocessing/normalization.py.
import type { Arguments } from '../api/function.ts';
import { batchNormalization, fusedBatchNormalization, moments } from '../api/normalization.ts';
import { LayerObject, toTensor, UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { normalizeAxis } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { has, type LayerCall, layer, only, product, read, trains, variable, type WeightSpec, weight } from './layer.ts';

const SCALES =
  'center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None';

/** The axes that are normalized, or kept, counted from 0. */
function axesIn(config: Arguments, rank: number): readonly number[] {
  return config.axesIn(config.value('axis')).map((axis) => normalizeAxis(axis, rank));
}
const scales = (config: Arguments, shape: Shape): WeightSpec[] => [
  ...(config.boolean('scale') ? [weight(config, 'gamma', shape)] : []),
  ...(config.boolean('center') ? [weight(config, 'beta', shape)] : []),
];
const scaleOf = (c: LayerCall, o: Operations): Tensor | null => (has(c, 'gamma') ? read(c, 'gamma', o) : null);
const offsetOf = (c: LayerCall, o: Operations): Tensor | null => (has(c, 'beta') ? read(c, 'beta', o) : null);

// ------------------------------------------------------------------------------------------------ batches

/** Whether the one op can do it: images or volumes with their channels first or last, in float32. */
function fusedFormat(config: Arguments, rank: number, axes: readonly number[], dtype: string): 'first' | 'last' | null {
  if (config.has('fused') && !config.boolean('fused')) return null;
  if ((rank !== 4 && rank !== 5) || axes.length !== 1 || dtype !== 'float32') return null;
  return axes[0] === 1 ? 'first' : axes[0] === rank - 1 ? 'last' : null;
}

layer('BatchNormalization', {
  mask: 'passed on',
  signature:
    'axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, synchronized=False, renorm=False, fused=None, virtual_batch_size=None',
  callSignature: 'training=None, mask=None',
  frozenWithLayer: true,
  build: (config, [input = null]) => {
    if (config.boolean('renorm') || config.has('virtual_batch_size')) throw new UnknownArgument();
    if (input === null) throw new UnknownArgument();
    const axes = axesIn(config, input.length);
    const shape = axes.length === 1 ? [input[axes[0] ?? 0] ?? null] : input.map((d, i) => (axes.includes(i) ? d : 1));
    const moving = (name: string): WeightSpec => ({ name, shape, initializer: config.value(`${name}_initializer`), trainable: false });
    return [...scales(config, shape), moving('moving_mean'), moving('moving_variance')];
  },
  call: (inputs, c, o) => {
    const x = only(inputs);
    const rank = x.shape?.length;
    if (rank === undefined) throw new UnknownArgument();
    const axes = axesIn(c.config, rank);
    const training = trains(c);
    const format = fusedFormat(c.config, rank, axes, c.dtype);
    // Moments of the steps that count alone.
    if (!format && training && c.args.has('mask')) throw new UnknownArgument();
    return format ? fused(x, c, training, format === 'first', o) : composed(x, c, training, axes, o);
  },
});

/** Keras 2.15: _fused_batch_norm. The op averages the running statistics itself, the variance over one place less than there are. */
function fused(x: Tensor, c: LayerCall, training: boolean, channelsFirst: boolean, o: Operations): Tensor {
  const mean = read(c, 'moving_mean', o);
  const variance = read(c, 'moving_variance', o);
  const scale = scaleOf(c, o) ?? o.full(1, mean.shape, c.dtype);
  const offset = offsetOf(c, o) ?? o.full(0, mean.shape, c.dtype);
  const averaging = training ? 1 - c.config.number('momentum') : 1;
  const [y, newMean, newVariance] = fusedBatchNormalization(
    [x, scale, offset, mean, variance],
    { epsilon: c.config.number('epsilon'), training, averaging, channelsFirst },
    o,
  );
  if (training) {
    c.assign(variable(c, 'moving_mean'), newMean);
    c.assign(variable(c, 'moving_variance'), newVariance);
  }
  return y;
}

/** Of ops: in training with `nn.moments`, whose second derivatives TensorFlow gets wrong. */
function composed(x: Tensor, c: LayerCall, training: boolean, axes: readonly number[], o: Operations): Tensor {
  const rank = x.shape?.length ?? 0;
  const reduced = Array.from({ length: rank }, (_, i) => i).filter((i) => !axes.includes(i));
  const isLast = reduced.every((axis, i) => axis === i) && reduced.length === rank - 1;
  const broadcast = (v: Tensor | null): Tensor | null => {
    if (!v || isLast || v.shape?.length === rank) return v;
    return o.reshape(
      v,
      Array.from({ length: rank }, (_, i) => (i === axes[0] ? (x.shape?.[i] ?? null) : 1)),
    );
  };
  const [scale, offset] = [broadcast(scaleOf(c, o)), broadcast(offsetOf(c, o))];
  const [mean, variance] = training ? moments(x, reduced, axes.length > 1, o) : [read(c, 'moving_mean', o), read(c, 'moving_variance', o)];
  if (training) {
    const momentum = c.config.number('momentum');
    for (const [name, now] of [
      ['moving_mean', mean],
      ['moving_variance', variance],
    ] as const) {
      const moving = variable(c, name);
      c.assign(moving, o.sub(moving.value, o.mul(o.sub(moving.value, now), 1 - momentum)));
    }
  }
  return batchNormalization(x, broadcast(mean) as Tensor, broadcast(variance) as Tensor, offset, scale, c.config.number('epsilon'), o);
}

// ------------------------------------------------------------------------------------------------ examples

layer('LayerNormalization', {
  mask: 'passed on',
  signature: `axis=-1, epsilon=0.001, ${SCALES}`,
  build: (config, [input = null]) => {
    if (input === null) throw new UnknownArgument();
    return scales(
      config,
      axesIn(config, input.length).map((axis) => input[axis] ?? null),
    );
  },
  call: (inputs, c, o) => {
    const x = only(inputs);
    const rank = x.shape?.length;
    if (rank === undefined || x.shape === null) throw new UnknownArgument();
    const axes = axesIn(c.config, rank);
    const epsilon = c.config.number('epsilon');
    const broadcast = (v: Tensor | null): Tensor | null => {
      if (!v || (axes.length === 1 && axes[0] === rank - 1) || v.shape?.length === rank) return v;
      return o.reshape(v, x.shape && x.shape.map((d, i) => (axes.includes(i) ? d : 1)));
    };
    const sorted = [...axes].sort((a, b) => a - b);
    const [first = 0] = sorted;
    const contiguous = sorted.at(-1) === rank - 1 && sorted.at(-1) === first + sorted.length - 1;
    // As one op the examples are its channels; below this epsilon, or in float64, Keras composes it.
    if (!contiguous || epsilon < 1.001e-5 || c.dtype !== 'float32') {
      const [mean, variance] = moments(x, axes, true, o);
      return batchNormalization(x, mean, variance, broadcast(offsetOf(c, o)), broadcast(scaleOf(c, o)), epsilon, o);
    }
    const [before, within] = [product(x.shape.slice(0, first)), product(x.shape.slice(first))];
    const flat = o.reshape(x, [1, before, within, 1]);
    const [normalized] = fusedBatchNormalization(
      [flat, o.full(1, [before], c.dtype), o.full(0, [before], c.dtype), null, null],
      { epsilon, training: true, averaging: 1, channelsFirst: true },
      o,
    );
    const y = o.reshape(normalized, x.shape);
    const [scale, offset] = [broadcast(scaleOf(c, o)), broadcast(offsetOf(c, o))];
    const scaled = scale ? o.mul(y, scale) : y;
    return offset ? o.add(scaled, offset) : scaled;
  },
});

layer('GroupNormalization', {
  mask: 'passed on',
  signature: `groups=32, axis=-1, epsilon=0.001, ${SCALES}`,
  callSignature: 'mask=None, training=None',
  build: (config, [input = null]) => {
    const [axis = -1] = config.axesIn(config.value('axis'));
    return scales(config, [input?.at(axis) ?? null]);
  },
  call: (inputs, c, o) => {
    const x = only(inputs);
    if (x.shape === null || c.args.has('mask')) throw new UnknownArgument();
    const rank = x.shape.length;
    const [given = -1] = c.config.axesIn(c.config.value('axis'));
    const axis = normalizeAxis(given, rank);
    const channels = x.shape[axis] ?? null;
    const asked = c.config.number('groups');
    const groups = asked === -1 ? channels : asked;
    const each = channels === null || groups === null ? null : channels / groups;
    const split = (shape: readonly Dimension[]) => [...shape.slice(0, axis), groups, each, ...shape.slice(axis + 1)];
    const apart = o.reshape(x, split(x.shape));
    const axes = Array.from({ length: rank }, (_, i) => i + 1).filter((i) => i !== axis);
    const weights = o.onesLike(x);
    const sum = (t: Tensor) => o.apply('Sum', [t], { axes, keepDims: true });
    const grouped = o.reshape(weights, split(x.shape));
    const total = sum(o.add(grouped, o.zerosLike(apart)));
    const mean = o.divNoNan(sum(o.mul(grouped, apart)), total);
    const variance = o.divNoNan(sum(o.mul(grouped, o.squaredDifference(apart, mean))), total);
    const narrow = split(x.shape.map(() => 1));
    const own = (v: Tensor | null) => (v ? o.reshape(v, narrow) : null);
    const y = batchNormalization(apart, mean, variance, own(offsetOf(c, o)), own(scaleOf(c, o)), c.config.number('epsilon'), o);
    return o.reshape(y, x.shape);
  },
});

layer('UnitNormalization', {
  mask: 'passed on',
  signature: 'axis=-1',
  call: (inputs, { config }, o) => {
    const x = only(inputs);
    return o.mul(x, o.apply('Rsqrt', [o.maximum(o.apply('Sum', [o.square(x)], { axes: config.axes('axis', x), keepDims: true }), 1e-12)]));
  },
});

/** With a mean and a variance that are given; `adapt` learns them from data. */
layer('Normalization', {
  signature: 'axis=-1, mean=None, variance=None, invert=False',
  call: (inputs, { config, dtype }, o) => {
    if (!config.has('mean') || !config.has('variance')) throw new UnknownArgument();
    const x = only(inputs);
    const [mean, variance] = ['mean', 'variance'].map((name) => toTensor(o, config.value(name), null, dtype)) as [Tensor, Tensor];
    const spread = o.maximum(o.sqrt(o.cast(variance, dtype)), 1e-7);
    if (config.boolean('invert')) return o.add(o.cast(mean, dtype), o.mul(x, spread));
    return o.div(o.sub(x, o.cast(mean, dtype)), spread);
  },
});

// ------------------------------------------------------------------------------------------------ of a layer's weights

/** Outside training it is the layer that it wraps; in training it first divides the layer's kernel by its largest singular value. */
layer('SpectralNormalization', {
  signature: 'layer, power_iterations=1',
  call: (inputs, c) => {
    const inner = c.config.value('layer');
    if (!(inner instanceof LayerObject) || trains(c)) throw new UnknownArgument();
    return inner.run([only(inputs)]);
  },
});
