// Keras layers that are arithmetic: Dense, Embedding, activations, shapes. Source: Keras 2.15, layers/core/, layers/activation/ and layers/reshaping/.
import { contract } from '../api/matrices.ts';
import { elu, relu, softmaxOver } from '../api/activations.ts';
import { notIn, refuseOutside } from '../api/selection.ts';
import type { Tensor } from '../tensor.ts';
import { activate, finish, layer, needsRank, only, product, read, weight } from './layer.ts';

// ------------------------------------------------------------------------------------------------ Dense, Embedding

/** x [..., n] → activation(x · kernel + bias) [..., units]. */
layer('Dense', {
  mask: 'passed on',
  signature:
    'units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None',
  build: (config, [input = null]) => {
    needsRank(input, 'dense', { min: 2 });
    const units = config.optionalNumber('units') ?? null;
    return [
      weight(config, 'kernel', [input?.at(-1) ?? null, units]),
      ...(config.boolean('use_bias') ? [weight(config, 'bias', [units])] : []),
    ];
  },
  call: (inputs, c, o) => {
    const x = only(inputs);
    const kernel = read(c, 'kernel', o);
    const rank = x.shape?.length ?? null;
    const y = rank === null || rank === 2 ? o.matmul(x, kernel) : contract(x, kernel, [rank - 1], [0], o);
    return finish(y, c, o);
  },
});

layer('Embedding', {
  signature:
    'input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, activity_regularizer=None, embeddings_constraint=None, mask_zero=False, input_length=None, sparse=False',
  autocast: false,
  /** Zero stands for a step that is not there. */
  mask: ([ids], _, config, o) => (config.boolean('mask_zero') && ids ? o.notEqual(ids, o.scalar(0, ids.dtype)) : null),
  build: (config) => [
    weight(config, 'embeddings', [config.optionalNumber('input_dim') ?? null, config.optionalNumber('output_dim') ?? null]),
  ],
  call: (inputs, c, o) => {
    const ids = only(inputs);
    const rows = read(c, 'embeddings', o);
    refuseOutside(ids, rows.shape?.[0] ?? null, o, notIn);
    return o.apply('GatherV2', [rows, ids.dtype === 'int64' ? ids : o.cast(ids, 'int32')], { axis: 0 });
  },
});

// ------------------------------------------------------------------------------------------------ activations

layer('Activation', {
  mask: 'passed on',
  signature: 'activation',
  call: (inputs, c, o) => activate(c.config.value('activation'), only(inputs), o),
});
layer('ReLU', {
  mask: 'passed on',
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
layer('LeakyReLU', {
  mask: 'passed on',
  signature: 'alpha=0.3',
  call: (inputs, { config }, o) => relu(only(inputs), config.number('alpha'), null, 0, o),
});
layer('ELU', { mask: 'passed on', signature: 'alpha=1.0', call: (inputs, { config }, o) => elu(only(inputs), config.number('alpha'), o) });
layer('PReLU', {
  mask: 'passed on',
  signature: 'alpha_initializer="zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None',
  build: (config, [input = null]) => {
    const shared = config.has('shared_axes') ? config.axesIn(config.value('shared_axes')) : [];
    return [weight(config, 'alpha', input && input.slice(1).map((d, i) => (shared.includes(i + 1) ? 1 : d)))];
  },
  call: (inputs, c, o) => o.add(o.relu(only(inputs)), o.mul(o.neg(read(c, 'alpha', o)), o.relu(o.neg(only(inputs))))),
});
layer('Softmax', {
  mask: 'passed on',
  signature: 'axis=-1',
  callSignature: 'mask=None, training=None',
  call: (inputs, { config, args }, o) => {
    const x = only(inputs);
    // What is masked out has next to no part in it.
    const lowest = x.dtype === 'float16' ? -65504 : -1e9;
    const seen = args.has('mask') ? o.add(x, o.mul(o.sub(1, o.cast(args.tensor('mask'), x.dtype)), lowest)) : x;
    return softmaxOver(seen, config.axesIn(config.value('axis')), o);
  },
});
layer('ThresholdedReLU', {
  mask: 'passed on',
  signature: 'theta=1.0',
  call: (inputs, { config }, o) => o.mul(only(inputs), o.cast(o.greater(only(inputs), config.number('theta')), only(inputs).dtype)),
});
layer('Identity', { signature: '', call: (inputs, _, o) => o.identity(only(inputs)) });
layer('Rescaling', {
  signature: 'scale, offset=0.0',
  call: (inputs, { config, dtype }, o) => {
    const x = o.cast(only(inputs), dtype);
    return o.add(o.mul(x, config.tensor('scale', null, dtype)), config.tensor('offset', null, dtype));
  },
});

// ------------------------------------------------------------------------------------------------ shapes

layer('Flatten', {
  signature: 'data_format=None',
  call: (inputs, { config }, o) => {
    const x = only(inputs);
    const rank = x.shape?.length ?? 0;
    const order = [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
    const turned: Tensor = config.text('data_format') === 'channels_first' && rank > 1 ? o.transpose(x, order) : x;
    const { shape } = turned;
    return o.reshape(turned, shape && [shape[0] ?? null, shape.length === 1 ? 1 : product(shape.slice(1))]);
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
  call: (inputs, { config }, o) => o.transpose(only(inputs), [0, ...config.axesIn(config.value('dims'))]),
});
layer('RepeatVector', {
  signature: 'n',
  call: (inputs, { config }, o) => {
    needsRank(only(inputs).shape, 'repeat_vector', { exactly: 2 });
    return o.tile(o.expandDims(only(inputs), 1), [1, config.number('n'), 1]);
  },
});
