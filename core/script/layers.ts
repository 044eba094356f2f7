// Layers of tfjs-layers: configuration, weights and calls, composed as tfjs-layers composes them. TensorFlow.js: tfjs-layers/src/layers/*.ts, activations.ts.
import { UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { isKnown, normalizeAxis } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { numbersIn, type ScriptArguments } from './arguments.ts';
import type { ScriptEngine } from './engine.ts';
import { scriptError } from './error.ts';
import { logSoftmax } from './functions/neural.ts';
import { concatenated } from './functions/moves.ts';

export interface ScriptWeight {
  readonly name: string;
  readonly shape: Shape;
  readonly trainable: boolean;
}
export interface ScriptLayerCall {
  readonly config: ScriptArguments;
  /** By their names in `build`. */
  readonly weights: ReadonlyMap<string, Tensor>;
  readonly training: boolean;
}
export interface ScriptLayer {
  /** `tf.layers.<name>`. */
  readonly name: string;
  /** What its class is called: weights' names begin with it. */
  readonly className: string;
  readonly build?: (config: ScriptArguments, input: Shape) => readonly ScriptWeight[];
  /** One input, or with `many` a list of them. */
  readonly call: (inputs: readonly Tensor[], c: ScriptLayerCall, o: Operations, e: ScriptEngine) => Tensor;
  readonly many?: boolean;
}

const layers = new Map<string, ScriptLayer>();
function layer(name: string, className: string, spec: Omit<ScriptLayer, 'name' | 'className'>): void {
  layers.set(name, { ...spec, name, className });
}
export const findScriptLayer = (name: string): ScriptLayer | undefined => layers.get(name);

const only = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
const knownShape = (x: Tensor): readonly number[] => {
  if (!isKnown(x.shape)) throw new UnknownArgument();
  return x.shape;
};

// ------------------------------------------------------------------------------------------------ activations

type Activation = (x: Tensor, o: Operations, e: ScriptEngine) => Tensor;
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: (x) => x,
  relu: (x, o) => o.relu(x),
  elu: (x, _, e) => e.kernel('Elu', [x]),
  selu: (x, _, e) => e.kernel('Selu', [x]),
  relu6: (x, o) => o.minimum(o.full(6, x.shape, 'float32'), o.relu(x)),
  sigmoid: (x, o) => o.sigmoid(x),
  hardSigmoid: (x, o, e) => e.kernel('ClipByValue', [o.add(0.5, o.mul(0.2, x))], { clipValueMin: 0, clipValueMax: 1 }),
  softplus: (x, o) => o.softplus(x),
  softsign: (x, o) => o.div(x, o.add(o.abs(x), 1)),
  tanh: (x, o) => o.tanh(x),
  softmax: (x, _, e) => e.kernel('Softmax', [x]),
  logSoftmax: (x, o, e) => logSoftmax(x, (x.shape?.length ?? 1) - 1, o, e),
  gelu: (x, o) => o.mul(x, o.mul(0.5, o.add(1, o.erf(o.div(x, Math.SQRT2))))),
  gelu_new: (x, o) => o.mul(0.5, o.mul(x, o.add(1, o.tanh(o.mul(Math.sqrt(2 / Math.PI), o.add(x, o.mul(0.044715, o.pow(x, 3)))))))),
  mish: (x, o) => o.mul(x, o.tanh(o.softplus(x))),
  swish: (x, o) => o.mul(o.sigmoid(x), x),
};

/** What a name (or nothing) stands for. Raises Error for a name that tfjs-layers does not know. */
function activate(config: ScriptArguments, x: Tensor, o: Operations, e: ScriptEngine): Tensor {
  const name = config.text('activation') ?? 'linear';
  const activation = ACTIVATIONS[name];
  if (!activation) throw scriptError(`Unknown activation: ${name}. This may be due to one of the following reasons:`);
  return activation(x, o, e);
}

// ------------------------------------------------------------------------------------------------ core

/** x [..., n] → activation(x · kernel + bias) [..., units]. */
layer('dense', 'Dense', {
  build: (config, input) => {
    const units = config.number('units');
    const biased = !config.has('useBias') || config.boolean('useBias');
    return [
      { name: 'kernel', shape: [input?.at(-1) ?? null, units], trainable: true },
      ...(biased ? [{ name: 'bias', shape: [units], trainable: true }] : []),
    ];
  },
  call: (inputs, { config, weights }, o, e) => {
    const x = only(inputs);
    const shape = knownShape(x);
    if (shape.length < 2) throw scriptError(`Input 0 is incompatible with layer dense: expected min_ndim=2, found ndim=${shape.length}.`);
    const kernel = weights.get('kernel') as Tensor;
    const bias = weights.get('bias');
    const flat = shape.length === 2 ? x : o.reshape(x, [-1, shape.at(-1) ?? 1]);
    const product = o.matmul(flat, kernel);
    const biased = bias ? o.add(product, bias) : product;
    const whole = shape.length === 2 ? biased : o.reshape(biased, [...shape.slice(0, -1), knownShape(kernel).at(-1) ?? 1]);
    return activate(config, whole, o, e);
  },
});
layer('activation', 'Activation', { call: (inputs, { config }, o, e) => activate(config, only(inputs), o, e) });
layer('flatten', 'Flatten', {
  call: (inputs, _, o) => {
    const [batch = 1, ...rest] = knownShape(only(inputs));
    return o.reshape(only(inputs), [batch, rest.reduce((a, b) => a * b, 1)]);
  },
});
layer('reshape', 'Reshape', {
  call: (inputs, { config }, o) => {
    const [batch = 1] = knownShape(only(inputs));
    const target = (config.shape('targetShape') ?? []).map((d) => (d === null || d < 0 ? -1 : d));
    return o.reshape(only(inputs), [batch, ...target]);
  },
});
layer('permute', 'Permute', { call: (inputs, { config }, o) => o.transpose(only(inputs), [0, ...config.numbers('dims')]) });
layer('repeatVector', 'RepeatVector', {
  call: (inputs, { config }, o) => o.tile(o.expandDims(only(inputs), 1), [1, config.number('n'), 1]),
});
function noise(x: Tensor, row: string, o: Operations): Tensor {
  return o.eager.backend.detach(o.apply(row, [], { shape: x.shape, dtype: 'float32', seed: null }));
}
layer('dropout', 'Dropout', {
  call: (inputs, { config, training }, o) => {
    const x = only(inputs);
    const rate = Math.max(Math.min(config.number('rate'), 1), 0);
    if (!training || rate === 0 || rate === 1) return x;
    return o.mul(x, o.div(o.floor(o.add(noise(x, 'RandomUniform', o), 1 - rate)), 1 - rate));
  },
});
layer('gaussianNoise', 'GaussianNoise', {
  call: (inputs, { config, training }, o) =>
    training ? o.add(o.mul(noise(only(inputs), 'RandomStandardNormal', o), config.number('stddev')), only(inputs)) : only(inputs),
});
layer('embedding', 'Embedding', {
  build: (config) => [{ name: 'embeddings', shape: [config.number('inputDim'), config.number('outputDim')], trainable: true }],
  call: (inputs, { weights, config }, o) => {
    const x = only(inputs);
    const ids = x.dtype === 'int32' ? x : o.apply('Cast', [x], { dtype: 'int32' });
    const rows = o.apply('GatherV2', [weights.get('embeddings') as Tensor, o.reshape(ids, [-1])], { axis: 0 });
    return o.reshape(rows, [...knownShape(x), config.number('outputDim')]);
  },
});

// ------------------------------------------------------------------------------------------------ activations as layers

layer('reLU', 'ReLU', {
  call: (inputs, { config }, o, e) => {
    const y = o.relu(only(inputs));
    return config.has('maxValue') ? e.kernel('ClipByValue', [y], { clipValueMin: 0, clipValueMax: config.number('maxValue') }) : y;
  },
});
layer('leakyReLU', 'LeakyReLU', {
  call: (inputs, { config }, _, e) => e.kernel('LeakyRelu', [only(inputs)], { alpha: config.optionalNumber('alpha') ?? 0.3 }),
});
layer('prelu', 'PReLU', {
  build: (config, input) => {
    const shared = config.has('sharedAxes') ? numbersIn(config.value('sharedAxes')) : [];
    return [{ name: 'alpha', shape: input && input.slice(1).map((d, i) => (shared.includes(i + 1) ? 1 : d)), trainable: true }];
  },
  call: (inputs, { weights }, _, e) => e.kernel('Prelu', [only(inputs), weights.get('alpha') as Tensor]),
});
layer('elu', 'ELU', { call: (inputs, _, __, e) => e.kernel('Elu', [only(inputs)]) });
layer('thresholdedReLU', 'ThresholdedReLU', {
  call: (inputs, { config }, o) => o.mul(only(inputs), o.cast(o.greater(only(inputs), config.optionalNumber('theta') ?? 1), 'float32')),
});
layer('softmax', 'Softmax', {
  call: (inputs, { config }, _, e) => {
    const rank = knownShape(only(inputs)).length;
    if (normalizeAxis(config.optionalNumber('axis') ?? 1, rank) !== rank - 1)
      throw scriptError(`Softmax along a non-last dimension is not yet supported. Logits was rank ${rank}`);
    return e.kernel('Softmax', [only(inputs)]);
  },
});

// ------------------------------------------------------------------------------------------------ normalization

/** Moments over the last axis, tiled to x's shape as the gradient of the kernel needs them. */
layer('layerNormalization', 'LayerNormalization', {
  build: (config, input) => {
    const axes = layerNormalizationAxes(config, input);
    const shape = axes.map((axis) => input?.[axis] ?? null);
    return [
      ...(flag(config, 'scale') ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(flag(config, 'center') ? [{ name: 'beta', shape, trainable: true }] : []),
    ];
  },
  call: (inputs, { config, weights }, o, e) => {
    const x = only(inputs);
    const shape = knownShape(x);
    const axes = layerNormalizationAxes(config, shape);
    const mean = o.mean(x, axes, true);
    const variance = o.mean(o.square(o.sub(o.cast(x, 'float32'), o.reshape(mean, mean.shape))), axes, true);
    const inside = shape.map((d, i) => (axes.includes(i) ? d : 1));
    const outside = shape.map((d, i) => (axes.includes(i) ? 1 : d));
    const wide = (name: string): Tensor | null => {
      const w = weights.get(name);
      return w ? o.tile(w.shape?.length === shape.length ? w : o.reshape(w, inside), outside) : null;
    };
    return batchNorm(x, o.tile(mean, inside), o.tile(variance, inside), wide('beta'), wide('gamma'), config, o, e);
  },
});
const layerNormalizationAxes = (config: ScriptArguments, input: Shape): readonly number[] => {
  if (input === null) throw new UnknownArgument();
  return (config.has('axis') ? config.numbers('axis') : [-1]).map((axis) => normalizeAxis(axis, input.length));
};
const flag = (config: ScriptArguments, name: string): boolean => !config.has(name) || config.boolean(name);

layer('batchNormalization', 'BatchNormalization', {
  build: (config, input) => {
    const shape = [input?.at(config.optionalNumber('axis') ?? -1) ?? null];
    return [
      ...(flag(config, 'scale') ? [{ name: 'gamma', shape, trainable: true }] : []),
      ...(flag(config, 'center') ? [{ name: 'beta', shape, trainable: true }] : []),
      { name: 'moving_mean', shape, trainable: false },
      { name: 'moving_variance', shape, trainable: false },
    ];
  },
  call: (inputs, { config, weights, training }, o, e) => {
    const x = only(inputs);
    const rank = knownShape(x).length;
    if (normalizeAxis(config.optionalNumber('axis') ?? -1, rank) !== rank - 1) throw new UnknownArgument();
    const [beta, gamma] = [weights.get('beta') ?? null, weights.get('gamma') ?? null];
    if (!training)
      return batchNorm(x, weights.get('moving_mean') as Tensor, weights.get('moving_variance') as Tensor, beta, gamma, config, o, e);
    const axes = Array.from({ length: rank - 1 }, (_, i) => i);
    const mean = o.mean(x, axes);
    const wide = o.restoreAxes(mean, x, axes);
    const variance = o.mean(o.square(o.sub(o.cast(x, 'float32'), o.reshape(mean, wide.shape))), axes);
    return batchNorm(x, mean, variance, beta, gamma, config, o, e);
  },
});
/** `tf.batchNorm`: the kernel takes four axes. Without scale or offset its gradient is not followed. */
function batchNorm(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  offset: Tensor | null,
  scale: Tensor | null,
  config: ScriptArguments,
  o: Operations,
  e: ScriptEngine,
): Tensor {
  if (!offset || !scale) throw new UnknownArgument();
  const shape = knownShape(x);
  const wide = [...Array.from({ length: 4 - shape.length }, () => 1), ...shape];
  const epsilon = config.optionalNumber('epsilon') ?? 1e-3;
  const y = e.kernel('FusedBatchNorm', [o.reshape(x, wide), scale, offset, mean, variance], { epsilon });
  return o.reshape(y, shape);
}

// ------------------------------------------------------------------------------------------------ merging, pooling to a point

const merge = (
  name: string,
  className: string,
  combine: (list: readonly Tensor[], o: Operations, config: ScriptArguments) => Tensor,
): void =>
  layer(name, className, {
    many: true,
    call: (inputs, { config }, o) => {
      if (inputs.length < 2)
        throw scriptError(`A merge layer should be called on an Array of at least 2 inputs. Got ${inputs.length} input(s).`);
      return combine(inputs, o, config);
    },
  });
const fold = (list: readonly Tensor[], step: (a: Tensor, b: Tensor) => Tensor, first: Tensor): Tensor => list.slice(1).reduce(step, first);
merge('add', 'Add', (list, o) => fold(list, o.add, o.identity(only(list))));
merge('multiply', 'Multiply', (list, o) => fold(list, o.mul, o.identity(only(list))));
merge('average', 'Average', (list, o) => o.mul(1 / list.length, fold(list, o.add, o.identity(only(list)))));
merge('maximum', 'Maximum', (list, o) => fold(list, o.maximum, only(list)));
merge('minimum', 'Minimum', (list, o) => fold(list, o.minimum, only(list)));
merge('concatenate', 'Concatenate', (list, o, config) => concatenated(list, config.optionalNumber('axis') ?? -1, o));

for (const [name, className, kernel, axes] of [
  ['globalAveragePooling1d', 'GlobalAveragePooling1D', 'Mean', [1]],
  ['globalMaxPooling1d', 'GlobalMaxPooling1D', 'Max', [1]],
  ['globalAveragePooling2d', 'GlobalAveragePooling2D', 'Mean', [1, 2]],
  ['globalMaxPooling2d', 'GlobalMaxPooling2D', 'Max', [1, 2]],
] as const)
  layer(name, className, { call: (inputs, _, __, e) => e.kernel(kernel, [only(inputs)], { axes, keepDims: false }) });

/** What a configuration may not hold if its layer is to be followed. */
export const UNFOLLOWED: readonly string[] = [
  'kernelConstraint',
  'biasConstraint',
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'weights',
  'dataFormat',
];
