// Keras' attention, and the projections it is made of. Source: Keras 2.15, layers/attention/ and layers/core/einsum_dense.py.
import { einsum } from '../api/einsum.ts';
import type { Arguments } from '../api/function.ts';
import { isList, toShape, toTensor, UnknownArgument, type Value } from '../api/value.ts';
import { softmaxOver } from '../api/activations.ts';
import { dropout } from '../api/neural.ts';
import type { Operations } from '../operations.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { activate, has, type LayerCall, layer, only, read, trains, type WeightSpec, usesBias, weight } from './layer.ts';

// ------------------------------------------------------------------------------------------------ EinsumDense

/** Keras 2.15: _analyze_einsum_string. The kernel's and the bias' shapes. */
function einsumShapes(equation: string, bias: string | null, input: Shape, output: Shape): { kernel: Shape; bias: Shape } {
  const match = /^(\.\.\.)?([a-zA-Z]+)(\.\.\.)?,([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)(\.\.\.)?$/.exec(equation.replace(/\s/g, ''));
  if (!match || input === null || output === null) throw new UnknownArgument();
  const [, before, letters = '', , kernel = '', , result = ''] = match;
  const sizes = new Map<string, Dimension>();
  const end = before !== undefined;
  [...letters].forEach((letter, i) => sizes.set(letter, (end ? input.at(i - letters.length) : input[i]) ?? null));
  // The batch axis is not part of what the constructor is given.
  const full: readonly Dimension[] = end || output.length === result.length ? output : [input[0] ?? null, ...output];
  [...result].forEach((letter, i) => {
    const d = (end ? full.at(i - result.length) : full[i]) ?? null;
    if (!sizes.has(letter)) sizes.set(letter, d);
  });
  const last = bias === null ? null : Math.min(...[...bias].map((letter) => result.indexOf(letter)));
  const biasShape =
    last === null || bias === null
      ? null
      : [...result.slice(last)].map((letter) => (bias.includes(letter) ? (sizes.get(letter) ?? null) : 1));
  return { kernel: [...kernel].map((letter) => sizes.get(letter) ?? null), bias: biasShape };
}
layer('EinsumDense', {
  signature:
    'equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None',
  build: (config, [input = null]) => {
    const given = config.value('output_shape');
    const output = isList(given)
      ? given.map((d) => (d === null ? null : (toShape(config.operations, [d])?.[0] ?? null)))
      : config.shape('output_shape');
    const shapes = einsumShapes(config.text('equation') ?? '', config.text('bias_axes'), input, output);
    return [weight(config, 'kernel', shapes.kernel), ...(config.has('bias_axes') ? [weight(config, 'bias', shapes.bias)] : [])];
  },
  call: (inputs, c, o) => {
    const y = einsum(c.config.text('equation') ?? '', [only(inputs), read(c, 'kernel', o)], o);
    return activate(c.config.value('activation'), usesBias(c) ? o.add(y, read(c, 'bias', o)) : y, o);
  },
});

// ------------------------------------------------------------------------------------------------ Attention, AdditiveAttention

const CALL = 'mask=None, training=None, return_attention_scores=False, use_causal_mask=False';

/** Softmax of the scores, without what a mask hides, times the values. */
function attend(scores: Tensor, value: Tensor, c: LayerCall, o: Operations): Value {
  const hidden = hiding(scores, c, o);
  const masked = hidden ? o.sub(scores, o.mul(1e9, o.cast(hidden, scores.dtype))) : scores;
  const weights = o.unary('Softmax', masked);
  const rate = c.config.number('dropout');
  const kept = rate > 0 ? (trains(c) ? dropout(weights, rate, o) : o.identity(weights)) : weights;
  const answered = o.matmul(kept, value);
  const asked = masksOf(c)[0];
  const result = asked ? o.mul(answered, o.cast(o.expandDims(toTensor(o, asked), -1), answered.dtype)) : answered;
  return c.args.boolean('return_attention_scores') ? [result, weights] : result;
}
/** Of the query and the value. */
const masksOf = (c: LayerCall): readonly Value[] => (isList(c.args.value('mask')) ? (c.args.value('mask') as readonly Value[]) : []);
function hiding(scores: Tensor, c: LayerCall, o: Operations): Tensor | null {
  const [, valueMask = null] = masksOf(c);
  const seen = valueMask === null ? null : o.expandDims(toTensor(o, valueMask), -2);
  const causal = c.args.boolean('use_causal_mask') || c.config.boolean('causal') ? earlier(scores, o) : null;
  const both = seen && causal ? o.logicalAnd(o.cast(seen, 'bool'), causal) : (seen ?? causal);
  return both && o.logicalNot(o.cast(both, 'bool'));
}
/** Whether a key is no later than the query. */
function earlier(scores: Tensor, o: Operations): Tensor {
  const [queries = null, keys = null] = scores.shape?.slice(-2) ?? [];
  if (queries === null || keys === null) return o.full(null, [queries, keys], 'bool');
  const values = Array.from({ length: queries * keys }, (_, i) => (i % keys <= Math.floor(i / keys) ? 1 : 0));
  return o.eager.backend.constant(values, [queries, keys], 'bool');
}
function scalar(name: string): WeightSpec {
  return { name, shape: [], initializer: 'ones', trainable: true };
}
const wide = (query: Tensor, key: Tensor, o: Operations): Tensor => o.add(o.expandDims(query, -2), o.expandDims(key, -3));

layer('Attention', {
  mask: (_, [queryMask = null]) => queryMask,
  signature: 'use_scale=False, score_mode="dot", dropout=0.0, causal=False',
  callSignature: CALL,
  many: true,
  build: (config) => [
    ...(config.boolean('use_scale') ? [scalar('scale')] : []),
    ...(config.text('score_mode') === 'concat' ? [scalar('concat_score_weight')] : []),
  ],
  call: ([query, value, key = value], c, o) => {
    if (!query || !value || !key) throw new UnknownArgument();
    const scale = has(c, 'scale') ? read(c, 'scale', o) : null;
    const scaled = (t: Tensor) => (scale ? o.mul(scale, t) : t);
    if (!has(c, 'concat_score_weight')) {
      const scores = o.matmul(query, key, false, true);
      return attend(scale ? o.mul(scores, scale) : scores, value, c, o);
    }
    const scores = o.mul(read(c, 'concat_score_weight', o), o.sum(o.tanh(scaled(wide(query, key, o))), [-1]));
    return attend(scores, value, c, o);
  },
});
layer('AdditiveAttention', {
  mask: (_, [queryMask = null]) => queryMask,
  signature: 'use_scale=True, dropout=0.0, causal=False',
  callSignature: CALL,
  many: true,
  build: (config, [, value = null]) =>
    config.boolean('use_scale') ? [{ name: 'scale', shape: [value?.at(-1) ?? null], initializer: 'glorot_uniform', trainable: true }] : [],
  call: ([query, value, key = value], c, o) => {
    if (!query || !value || !key) throw new UnknownArgument();
    const scale = has(c, 'scale') ? read(c, 'scale', o) : 1;
    return attend(o.sum(o.mul(scale, o.tanh(wide(query, key, o))), [-1]), value, c, o);
  },
});

// ------------------------------------------------------------------------------------------------ MultiHeadAttention

const letters = (count: number, from: number): string =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(97 + from + i)).join('');

/** Keras 2.15: _build_proj_equation. */
function projection(free: number, bound: number, output: number): string {
  const [a, b, c] = [letters(free, 0), letters(bound, free), letters(output, free + bound)];
  return `${a}${b},${b}${c}->${a}${c}`;
}
/** Keras 2.15: _build_attention_equation. */
function attention(rank: number, axes: readonly number[]): { dot: string; combine: string; scores: number } {
  const target = letters(rank, 0);
  let next = rank;
  const isBatch = (i: number) => !axes.includes(i) && i !== rank - 1;
  const source = [...target].map((letter, i) => (isBatch(i) || i === rank - 1 ? letter : letters(1, next++))).join('');
  const at = (notation: string, list: readonly number[]) => list.map((i) => notation[i] ?? '').join('');
  const batch = Array.from({ length: rank }, (_, i) => i).filter(isBatch);
  const product = at(target, batch) + at(target, axes) + at(source, axes);
  return { dot: `${source},${target}->${product}`, combine: `${product},${source}->${target}`, scores: product.length };
}

const HEADS = ['query', 'key', 'value', 'attention_output'] as const;
function outputShape(config: Arguments, query: Shape): readonly Dimension[] {
  if (!config.has('output_shape')) return [query?.at(-1) ?? null];
  return config.shape('output_shape') ?? [null];
}
const attentionAxes = (config: Arguments, rank: number): readonly number[] =>
  config.has('attention_axes') ? config.axesIn(config.value('attention_axes')) : Array.from({ length: rank - 3 }, (_, i) => i + 1);

layer('MultiHeadAttention', {
  mask: 'passed on',
  signature:
    'num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None',
  callSignature: 'value, key=None, attention_mask=None, return_attention_scores=False, training=None, use_causal_mask=False',
  build: (config, [query = null], args) => {
    const shapeOf = (name: string): Shape => (args.has(name) ? args.tensor(name).shape : null);
    const value = shapeOf('value');
    const key = args.has('key') ? shapeOf('key') : value;
    const heads = config.number('num_heads');
    const [keySize, valueSize] = [
      config.number('key_dim'),
      config.has('value_dim') ? config.number('value_dim') : config.number('key_dim'),
    ];
    const out = outputShape(config, query);
    const shapes: Record<(typeof HEADS)[number], { kernel: Shape; bias: Shape }> = {
      query: { kernel: [query?.at(-1) ?? null, heads, keySize], bias: [heads, keySize] },
      key: { kernel: [key?.at(-1) ?? null, heads, keySize], bias: [heads, keySize] },
      value: { kernel: [value?.at(-1) ?? null, heads, valueSize], bias: [heads, valueSize] },
      attention_output: { kernel: [heads, valueSize, ...out], bias: out },
    };
    return HEADS.flatMap((name) => [
      weight(config, `${name}/kernel`, shapes[name].kernel, 'kernel'),
      ...(config.boolean('use_bias') ? [weight(config, `${name}/bias`, shapes[name].bias, 'bias')] : []),
    ]);
  },
  call: (inputs, c, o) => {
    const query = only(inputs);
    const value = c.args.tensor('value');
    const key = c.args.has('key') ? c.args.tensor('key') : value;
    if (!query.shape || !value.shape || !key.shape) throw new UnknownArgument();
    const project = (name: (typeof HEADS)[number], x: Tensor, equation: string) => {
      const y = einsum(equation, [x, read(c, `${name}/kernel`, o)], o);
      return has(c, `${name}/bias`) ? o.add(y, read(c, `${name}/bias`, o)) : y;
    };
    const [q, k, v] = [
      project('query', query, projection(query.shape.length - 1, 1, 2)),
      project('key', key, projection(key.shape.length - 1, 1, 2)),
      project('value', value, projection(value.shape.length - 1, 1, 2)),
    ];
    const rank = value.shape.length + 1;
    const axes = attentionAxes(c.config, rank);
    const { dot, combine, scores } = attention(rank, axes);
    const scaled = o.mul(q, 1 / Math.sqrt(c.config.number('key_dim')));
    const raw = einsum(dot, [k, scaled], o);
    const weights = softmaxOver(
      masked(raw, query, value, c, axes.length, o),
      Array.from({ length: axes.length }, (_, i) => scores - axes.length + i),
      o,
    );
    const rate = c.config.number('dropout');
    const kept = rate > 0 && trains(c) ? dropout(weights, rate, o) : o.identity(weights);
    const combined = einsum(combine, [kept, v], o);
    const result = project('attention_output', combined, projection(query.shape.length - 1, 2, outputShape(c.config, query.shape).length));
    return c.args.boolean('return_attention_scores') ? [result, weights] : result;
  },
});
/** Keras 2.15: layers/activation/softmax.py adds −1e9 where the mask is False. */
function masked(scores: Tensor, query: Tensor, value: Tensor, c: LayerCall, axes: number, o: Operations): Tensor {
  const causal = c.args.boolean('use_causal_mask') ? causalMask(query, value, o) : null;
  const given = c.args.has('attention_mask') ? o.cast(c.args.tensor('attention_mask'), 'bool') : null;
  let mask = causal && given ? o.logicalAnd(given, causal) : (given ?? causal);
  if (!mask) return scores;
  if (mask.shape === null || scores.shape === null) throw new UnknownArgument();
  while (mask.shape !== null && mask.shape.length < scores.shape.length) mask = o.expandDims(mask, -axes * 2 - 1);
  return o.add(scores, o.mul(o.sub(1, o.cast(mask, scores.dtype)), -1e9));
}
function causalMask(query: Tensor, value: Tensor, o: Operations): Tensor {
  const [queries = null, keys = null] = [query.shape?.[1], value.shape?.[1]];
  return o.expandDims(earlier(o.full(0, [queries, keys], 'float32'), o), 0);
}
