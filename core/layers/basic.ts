// Keras layers that are arithmetic: Dense, activations, normalization, merging, reshaping. Source: Keras 2.15, layers/.
import { dropout, relu } from '../api/neural.ts';
import { contract } from '../api/math.ts';
import type { Arguments } from '../api/function.ts';
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Tensor, Variable } from '../tensor.ts';
import { activate, type LayerCall, layer } from './layer.ts';

const only = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
const read = (c: LayerCall, name: string, o: Operations): Tensor => o.eager.read(c.weights.get(name) as Variable);
const has = (c: LayerCall, name: string): boolean => c.weights.has(name);

// ------------------------------------------------------------------------------------------------ Dense, Embedding

/** x [..., n] → activation(x · kernel + bias) [..., units]. */
layer('Dense', {
  signature:
    'units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None',
  build: (config, input) => {
    if (input?.length === 0 || input?.length === 1)
      throw new OpError(
        'ValueError',
        `Input 0 of layer "dense" is incompatible with the layer: expected min_ndim=2, found ndim=${input.length}. Full shape received: (${input.join(', ')}${input.length === 1 ? ',' : ''})`,
      );
    const units = config.optionalNumber('units') ?? null;
    return [
      { name: 'kernel', shape: [input?.at(-1) ?? null, units], initializer: config.value('kernel_initializer'), trainable: true },
      ...(config.boolean('use_bias')
        ? [{ name: 'bias', shape: [units], initializer: config.value('bias_initializer'), trainable: true }]
        : []),
    ];
  },
  call: (inputs, c, o) => {
    const x = only(inputs);
    const kernel = read(c, 'kernel', o);
    const rank = x.shape?.length ?? null;
    const product = rank === null || rank === 2 ? o.matmul(x, kernel) : contract(x, kernel, [rank - 1], [0], o);
    const biased = has(c, 'bias') ? o.apply('BiasAdd', [product, read(c, 'bias', o)]) : product;
    return activate(c.config.value('activation'), biased, o);
  },
});

layer('Embedding', {
  signature:
    'input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, activity_regularizer=None, embeddings_constraint=None, mask_zero=False, input_length=None, sparse=False',
  autocast: false,
  build: (config) => [
    {
      name: 'embeddings',
      shape: [config.optionalNumber('input_dim') ?? null, config.optionalNumber('output_dim') ?? null],
      initializer: config.value('embeddings_initializer'),
      trainable: true,
    },
  ],
  call: (inputs, c, o) => {
    const ids = only(inputs);
    return o.apply('GatherV2', [read(c, 'embeddings', o), ids.dtype === 'int64' ? ids : o.cast(ids, 'int32')], { axis: 0 });
  },
});

// ------------------------------------------------------------------------------------------------ activations

layer('Activation', { signature: 'activation', call: (inputs, c, o) => activate(c.config.value('activation'), only(inputs), o) });
layer('ReLU', {
  signature: 'max_value=None, negative_slope=0.0, threshold=0.0',
  call: (inputs, { config }, o) =>
    relu(
      only(inputs),
      config.number('negative_slope'),
      config.has('max_value') ? config.number('max_value') : null,
      config.number('threshold'),
      o,
    ),
});
layer('LeakyReLU', { signature: 'alpha=0.3', call: (inputs, { config }, o) => relu(only(inputs), config.number('alpha'), null, 0, o) });
layer('ELU', {
  signature: 'alpha=1.0',
  call: (inputs, { config }, o) => {
    const unit = o.unary('Elu', only(inputs));
    return config.number('alpha') === 1 ? unit : o.select(o.greater(only(inputs), 0), unit, o.mul(config.number('alpha'), unit));
  },
});
layer('PReLU', {
  signature: 'alpha_initializer="zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None',
  build: (config, input) => [
    { name: 'alpha', shape: input && input.slice(1), initializer: config.value('alpha_initializer'), trainable: true },
  ],
  call: (inputs, c, o) => o.add(o.relu(only(inputs)), o.mul(o.neg(read(c, 'alpha', o)), o.relu(o.neg(only(inputs))))),
});
layer('Softmax', { signature: 'axis=-1', call: (inputs, _, o) => o.unary('Softmax', only(inputs)) });
layer('ThresholdedReLU', {
  signature: 'theta=1.0',
  call: (inputs, { config }, o) => o.mul(only(inputs), o.cast(o.greater(only(inputs), config.number('theta')), only(inputs).dtype)),
});

// ------------------------------------------------------------------------------------------------ shapes

layer('Flatten', {
  signature: 'data_format=None',
  call: (inputs, _, o) => {
    const { shape } = only(inputs);
    const rest = shape?.slice(1).reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
    return o.reshape(only(inputs), shape && [shape[0] ?? null, rest]);
  },
});
layer('Reshape', {
  signature: 'target_shape',
  call: (inputs, { config }, o) => {
    const target = config.shape('target_shape');
    return o.reshape(only(inputs), target && [only(inputs).shape?.[0] ?? null, ...target]);
  },
});
layer('Permute', {
  signature: 'dims',
  call: (inputs, { config }, o) => {
    const dims = config.axesIn(config.value('dims'));
    return o.transpose(only(inputs), [0, ...dims]);
  },
});
layer('RepeatVector', {
  signature: 'n',
  call: (inputs, { config }, o) => o.tile(o.expandDims(only(inputs), 1), [1, config.number('n'), 1]),
});

// ------------------------------------------------------------------------------------------------ regularization and normalization

layer('Dropout', {
  signature: 'rate, noise_shape=None, seed=None',
  call: (inputs, { config, training }, o) => (training ? dropout(only(inputs), config.number('rate'), o) : o.identity(only(inputs))),
});
layer('GaussianNoise', {
  signature: 'stddev, seed=None',
  call: (inputs, { config, training }, o) => {
    const x = only(inputs);
    if (!training) return x;
    const [noise] = o.eager.apply('RandomStandardNormal', [], { shape: x.shape, dtype: x.dtype ?? 'float32', seed: null }) as [Tensor];
    return o.add(x, o.mul(noise, config.number('stddev')));
  },
});
layer('Rescaling', {
  signature: 'scale, offset=0.0',
  call: (inputs, { config }, o) => o.add(o.mul(only(inputs), config.number('scale')), config.number('offset')),
});
layer('UnitNormalization', {
  signature: 'axis=-1',
  call: (inputs, { config }, o) => {
    const x = only(inputs);
    return o.mul(x, o.apply('Rsqrt', [o.maximum(o.apply('Sum', [o.square(x)], { axes: config.axes('axis', x), keepDims: true }), 1e-12)]));
  },
});

// ------------------------------------------------------------------------------------------------ merging

const merge = (name: string, combine: (list: readonly Tensor[], o: Operations, config: Arguments) => Tensor, signature = ''): void =>
  layer(name, { signature, many: true, call: (inputs, { config }, o) => combine(inputs, o, config) });
const fold = (list: readonly Tensor[], step: (a: Tensor, b: Tensor) => Tensor): Tensor => list.slice(1).reduce(step, list[0] as Tensor);
merge('Add', (list, o) => fold(list, o.add));
merge('Subtract', (list, o) => fold(list, o.sub));
merge('Multiply', (list, o) => fold(list, o.mul));
merge('Maximum', (list, o) => fold(list, o.maximum));
merge('Minimum', (list, o) => fold(list, o.minimum));
merge('Average', (list, o) => o.div(fold(list, o.add), list.length));
merge('Concatenate', (list, o, config) => o.concat(list, config.number('axis')), 'axis=-1');

// ------------------------------------------------------------------------------------------------ pooling to a point

for (const [name, spatial] of [
  ['GlobalAveragePooling1D', 1],
  ['GlobalAveragePooling2D', 2],
  ['GlobalMaxPooling1D', 1],
  ['GlobalMaxPooling2D', 2],
] as const)
  layer(name, {
    signature: 'data_format=None, keepdims=False',
    call: (inputs, { config }, o) => {
      const axes = Array.from({ length: spatial }, (_, i) => i + 1);
      return o.apply(name.includes('Max') ? 'Max' : 'Mean', [only(inputs)], { axes, keepDims: config.boolean('keepdims') });
    },
  });
