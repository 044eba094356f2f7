// Keras' convolutions. Source: Keras 2.15, layers/convolutional/ and layers/locally_connected/.
import { convolve, convolveTransposed } from '../api/convolution.ts';
import type { Arguments } from '../api/function.ts';
import { UnknownArgument } from '../api/value.ts';
import { perAxis } from '../api/windows.ts';
import { callFunction } from '../function.ts';
import type { Operations } from '../operations.ts';
import type { Convolution } from '../ops/convolution.ts';
import { isKnown, OpError } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { windowCounts, type Windows } from '../windows.ts';
import { activate, finish, type LayerCall, layer, needsRank, only, product, read, usesBias, type WeightSpec, weight } from './layer.ts';

const tuple = (one: string, rank: number): string => (rank === 1 ? one : `(${Array.from({ length: rank }, () => one).join(', ')})`);
const REGULARIZED = (names: readonly string[]): string =>
  [
    ...names.map((n) => `${n}_initializer="${n === 'bias' ? 'zeros' : n === 'recurrent' ? 'orthogonal' : 'glorot_uniform'}"`),
    ...names.map((n) => `${n}_regularizer=None`),
    'activity_regularizer=None',
    ...names.map((n) => `${n}_constraint=None`),
  ].join(', ');

interface Settings {
  readonly rank: number;
  readonly window: readonly number[];
  readonly windows: Convolution;
  readonly padding: string;
}
/** What the constructor says of windows; images that have their channels first are for GPUs. */
function settings(config: Arguments, rank: number, o: Operations): Settings {
  if (config.text('data_format') === 'channels_first') throw new UnknownArgument();
  const axis = (name: string) => perAxis(o, config.value(name), rank, name);
  const padding = (config.text('padding') ?? 'valid').toLowerCase();
  const dilations = config.has('dilation_rate') ? axis('dilation_rate') : axis('kernel_size').map(() => 1);
  const strides = axis('strides');
  if (dilations.some((d) => d > 1) && strides.some((s) => s > 1)) throw new UnknownArgument();
  return { rank, window: axis('kernel_size'), padding, windows: { strides, dilations, padding: padding === 'same' ? 'SAME' : 'VALID' } };
}
/** A causal convolution sees nothing that comes later: all padding comes first. */
function padded(x: Tensor, { padding, window, windows }: Settings, o: Operations): Tensor {
  if (padding !== 'causal' || x.shape === null) return x;
  const before = (windows.dilations[0] ?? 1) * ((window[0] ?? 1) - 1);
  return o.pad(
    x,
    x.shape.map((_, i, all) => [i === all.length - 2 ? before : 0, 0] as const),
  );
}
/** Dilations are carried out in a batch: see core/api/convolution.ts. */
const spread = (windows: Convolution): Convolution => (windows.dilations.some((d) => d > 1) ? { ...windows, inBatches: true } : windows);

function checkRoom(input: Shape, s: Settings, name: string): void {
  if (input === null) return;
  try {
    const length = (d: Dimension): Dimension =>
      s.padding === 'causal' && d !== null ? d + (s.windows.dilations[0] ?? 1) * ((s.window[0] ?? 1) - 1) : d;
    windowCounts(input.slice(-s.rank - 1, -1).map(length), s.window, s.windows);
  } catch (e) {
    if (!(e instanceof OpError)) throw e;
    throw new OpError(
      'ValueError',
      `One of the dimensions in the output is <= 0 due to downsampling in ${name}. Consider increasing the input size.`,
    );
  }
}

for (const rank of [1, 2, 3])
  layer(`Conv${rank}D Convolution${rank}D`, {
    signature: `filters, kernel_size, strides=${tuple('1', rank)}, padding="valid", data_format=None, dilation_rate=${tuple('1', rank)}, groups=1, activation=None, use_bias=True, ${REGULARIZED(['kernel', 'bias'])}`,
    build: (config, [input = null]) => {
      needsRank(input, `conv${rank}d`, { min: rank + 2 });
      const s = settings(config, rank, config.operations);
      checkRoom(input, s, `conv${rank}d`);
      const channels = input?.at(-1) ?? null;
      const groups = config.number('groups');
      const filters = config.optionalNumber('filters') ?? null;
      const kernel = [...s.window, channels === null ? null : channels / groups, filters];
      return [weight(config, 'kernel', kernel), ...(config.boolean('use_bias') ? [weight(config, 'bias', [filters])] : [])];
    },
    call: (inputs, c, o) => {
      const s = settings(c.config, rank, o);
      const x = padded(only(inputs), s, o);
      const kernel = read(c, 'kernel', o);
      const groups = c.config.number('groups');
      const y = groups > 1 ? grouped(x, kernel, groups, spread(s.windows), o) : convolve(x, kernel, spread(s.windows), o);
      return finish(y, c, o);
    },
  });

/** Each group of channels has filters of its own. Keras compiles this: one Call to the tapes around it. */
function grouped(x: Tensor, kernel: Tensor, groups: number, windows: Convolution, o: Operations): Tensor {
  const [result] = callFunction(o.eager, '_jit_compiled_convolution_op', [x, kernel], ([image, filter]) => {
    const parts = (t: Tensor | undefined) => {
      const size = t?.shape?.at(-1) ?? null;
      const each = size === null ? null : size / groups;
      return o.eager.apply('SplitV', t ? [t] : [], { axis: -1, sizes: Array.from({ length: groups }, () => each) });
    };
    const filters = parts(filter);
    return [
      o.concat(
        parts(image).map((part, i) => convolve(part, filters[i] as Tensor, windows, o)),
        -1,
      ),
    ];
  });
  return result as Tensor;
}

// ------------------------------------------------------------------------------------------------ transposed

/** Keras 2.15, utils/conv_utils.py, deconv_output_length. */
function length(size: Dimension, window: number, stride: number, padding: string, extra: number | null): Dimension {
  if (size === null) return null;
  if (extra === null) return padding === 'same' ? size * stride : size * stride + Math.max(window - stride, 0);
  return (size - 1) * stride + window - 2 * (padding === 'same' ? Math.floor(window / 2) : 0) + extra;
}
for (const rank of [1, 2, 3])
  layer(`Conv${rank}DTranspose Convolution${rank}DTranspose`, {
    signature: `filters, kernel_size, strides=${tuple('1', rank)}, padding="valid", output_padding=None, data_format=None, dilation_rate=${tuple('1', rank)}, activation=None, use_bias=True, ${REGULARIZED(['kernel', 'bias'])}`,
    build: (config, [input = null]) => {
      needsRank(input, `conv${rank}d_transpose`, { exactly: rank + 2 });
      const { window } = settings(config, rank, config.operations);
      const filters = config.optionalNumber('filters') ?? null;
      const kernel = [...window, filters, input?.at(-1) ?? null];
      return [weight(config, 'kernel', kernel), ...(config.boolean('use_bias') ? [weight(config, 'bias', [filters])] : [])];
    },
    call: (inputs, c, o) => {
      const x = only(inputs);
      const { window, windows, padding } = settings(c.config, rank, o);
      if (windows.dilations.some((d) => d > 1)) throw new UnknownArgument();
      const extra = c.config.has('output_padding') ? perAxis(o, c.config.value('output_padding'), rank, 'output_padding') : null;
      const kernel = read(c, 'kernel', o);
      const sizes = window.map((w, i) => length(x.shape?.[i + 1] ?? null, w, windows.strides[i] ?? 1, padding, extra?.[i] ?? null));
      const shape = x.shape && [x.shape[0] ?? null, ...sizes, kernel.shape?.at(-2) ?? null];
      return finish(convolveTransposed(x, kernel, shape, windows, o), c, o);
    },
  });

// ------------------------------------------------------------------------------------------------ per channel

const images = (x: Tensor, rank: number, o: Operations): Tensor => (rank === 1 ? o.expandDims(x, 1) : x);
const sequences = (y: Tensor, rank: number, o: Operations): Tensor => (rank === 1 ? o.apply('Squeeze', [y], { axes: [1] }) : y);
/** Along one axis: the windows of images of one row. Their strides have to be equal. */
function ofImages({ rank, windows }: Settings): Windows {
  const [stride = 1] = windows.strides;
  if (rank === 2) return { strides: windows.strides, dilations: windows.dilations, padding: windows.padding };
  return { strides: [stride, stride], dilations: [1, ...windows.dilations], padding: windows.padding };
}
function depthwise(x: Tensor, kernel: Tensor, s: Settings, o: Operations): Tensor {
  return o.apply('DepthwiseConv2dNative', [images(x, s.rank, o), s.rank === 1 ? o.expandDims(kernel, 0) : kernel], ofImages(s));
}
const depthwiseKernel = (config: Arguments, input: Shape, rank: number): readonly Dimension[] => [
  ...settings(config, rank, config.operations).window,
  input?.at(-1) ?? null,
  config.number('depth_multiplier'),
];

for (const rank of [1, 2])
  layer(`DepthwiseConv${rank}D`, {
    signature: `kernel_size, strides=${tuple('1', rank)}, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=${tuple('1', rank)}, activation=None, use_bias=True, ${REGULARIZED(['depthwise', 'bias'])}`,
    build: (config, [input = null]) => {
      needsRank(input, `depthwise_conv${rank}d`, { min: rank + 2 });
      const kernel = depthwiseKernel(config, input, rank);
      return [
        weight(config, 'depthwise_kernel', kernel, 'depthwise'),
        ...(config.boolean('use_bias') ? [weight(config, 'bias', [product(kernel.slice(-2))])] : []),
      ];
    },
    call: (inputs, c, o) => {
      const s = settings(c.config, rank, o);
      const y = depthwise(only(inputs), read(c, 'depthwise_kernel', o), s, o);
      return finish(sequences(y, rank, o), c, o);
    },
  });

for (const rank of [1, 2])
  layer(`SeparableConv${rank}D SeparableConvolution${rank}D`, {
    signature: `filters, kernel_size, strides=${tuple('1', rank)}, padding="valid", data_format=None, dilation_rate=${tuple('1', rank)}, depth_multiplier=1, activation=None, use_bias=True, ${REGULARIZED(['depthwise', 'pointwise', 'bias'])}`,
    build: (config, [input = null]): readonly WeightSpec[] => {
      needsRank(input, `separable_conv${rank}d`, { exactly: rank + 2 });
      const kernel = depthwiseKernel(config, input, rank);
      const filters = config.optionalNumber('filters') ?? null;
      return [
        weight(config, 'depthwise_kernel', kernel, 'depthwise'),
        weight(config, 'pointwise_kernel', [...Array.from({ length: rank }, () => 1), product(kernel.slice(-2)), filters], 'pointwise'),
        ...(config.boolean('use_bias') ? [weight(config, 'bias', [filters])] : []),
      ];
    },
    call: (inputs, c, o) => {
      const s = settings(c.config, rank, o);
      const deep = depthwise(padded(only(inputs), s, o), read(c, 'depthwise_kernel', o), s, o);
      const pointwise = read(c, 'pointwise_kernel', o);
      const filter = rank === 1 ? o.expandDims(pointwise, 0) : pointwise;
      const y = convolve(deep, filter, { strides: [1, 1], dilations: [1, 1], padding: 'VALID' }, o);
      return finish(sequences(y, rank, o), c, o);
    },
  });

// ------------------------------------------------------------------------------------------------ a filter for every place

/** Each window has weights of its own: the windows laid out, and one product of matrices per place. */
for (const rank of [1, 2])
  layer(`LocallyConnected${rank}D`, {
    signature: `filters, kernel_size, strides=${tuple('1', rank)}, padding="valid", data_format=None, activation=None, use_bias=True, ${REGULARIZED(['kernel', 'bias'])}, implementation=1`,
    build: (config, [input = null]) => {
      needsRank(input, `locally_connected${rank}d`, { exactly: rank + 2 });
      const { window, windows } = settings(config, rank, config.operations);
      if (config.number('implementation') !== 1) throw new UnknownArgument();
      const counts = windowCounts(input?.slice(1, -1) ?? window.map(() => null), window, windows);
      const filters = config.optionalNumber('filters') ?? null;
      const kernel = [product(counts), product([...window, input?.at(-1) ?? null]), filters];
      return [weight(config, 'kernel', kernel), ...(config.boolean('use_bias') ? [weight(config, 'bias', [...counts, filters])] : [])];
    },
    call: (inputs, c, o) => {
      const x = only(inputs);
      const s = settings(c.config, rank, o);
      if (!isKnown(x.shape?.slice(1) ?? null)) throw new UnknownArgument();
      const window = rank === 1 ? [1, ...s.window] : s.window;
      const windows = rank === 1 ? { ...s.windows, strides: [1, ...s.windows.strides], dilations: [1, 1] } : s.windows;
      const patches = o.apply('ExtractImagePatches', [images(x, rank, o)], {
        window,
        strides: windows.strides,
        dilations: [1, 1],
        padding: windows.padding,
      });
      const places = product(patches.shape?.slice(1, -1) ?? [null]);
      const rows = o.transpose(o.reshape(patches, [x.shape?.[0] ?? null, places, patches.shape?.at(-1) ?? null]), [1, 0, 2]);
      const filters = c.config.optionalNumber('filters') ?? null;
      const product_ = o.transpose(o.matmul(rows, read(c, 'kernel', o)), [1, 0, 2]);
      const counts = patches.shape?.slice(rank === 1 ? 2 : 1, -1) ?? [];
      const y = o.reshape(product_, [x.shape?.[0] ?? null, ...counts, filters]);
      return activated(usesBias(c) ? o.add(y, read(c, 'bias', o)) : y, c, o);
    },
  });
const activated = (y: Tensor, c: LayerCall, o: Operations): Tensor => activate(c.config.value('activation'), y, o);
