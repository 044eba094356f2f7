// `tf.nn` convolutions. TensorFlow: python/ops/nn_ops.py and nn_impl.py.
import type { Operations } from '../operations.ts';
import type { Convolution } from '../ops/convolution.ts';
import { OpError } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';
import { channelsLast, paddingOf, perAxis, withOneBatch } from './windows.ts';

/** A convolution over 1, 2 or 3 spatial axes; over one it is a convolution of images of one row. */
export function convolve(x: Tensor, filter: Tensor, windows: Convolution, o: Operations): Tensor {
  const rank = windows.strides.length;
  const [channels, depth] = [x.shape?.at(-1) ?? null, filter.shape?.at(-2) ?? null];
  if (channels !== null && depth !== null && channels !== depth && channels % Math.max(depth, 1) === 0) throw new UnknownArgument();
  if (rank === 1)
    return withOneBatch(x, 1, o, (one) => {
      const wide: Convolution = {
        ...windows,
        // conv1d has a format of its own.
        withoutFormat: false,
        strides: [1, ...windows.strides],
        dilations: [1, ...windows.dilations],
        padding: typeof windows.padding === 'string' ? windows.padding : [[0, 0], ...windows.padding],
      };
      return o.apply('Squeeze', [o.apply('Conv2D', [o.expandDims(one, -3), o.expandDims(filter, 0)], wide)], { axes: [-3] });
    });
  const images = (one: Tensor): Tensor => o.apply(rank === 2 ? 'Conv2D' : 'Conv3D', [one, filter], windows);
  const isWithoutBatch = x.shape !== null && x.shape.length < rank + 2;
  return isWithoutBatch ? images(x) : withOneBatch(x, rank, o, images);
}

/** How a transposed convolution is written: the gradient of a convolution in its input. */
export function convolveTransposed(x: Tensor, filter: Tensor, shape: Shape, windows: Convolution, o: Operations): Tensor {
  const rank = windows.strides.length;
  if (rank !== 1) return o.apply(rank === 2 ? 'Conv2DBackpropInput' : 'Conv3DBackpropInputV2', [filter, x], { ...windows, shape });
  const wide: Convolution = { strides: [1, ...windows.strides], dilations: [1, ...windows.dilations], padding: windows.padding };
  const wideShape = shape && [...shape.slice(0, -2), 1, ...shape.slice(-2)];
  const y = o.apply('Conv2DBackpropInput', [o.expandDims(filter, 0), o.expandDims(x, -3)], { ...wide, shape: wideShape });
  return o.apply('Squeeze', [y], { axes: [-3] });
}

function windowsOf(a: Arguments, o: Operations, rank: number): Convolution {
  channelsLast(a);
  const strides = perAxis(o, a.value('strides'), rank, 'strides');
  const dilations = perAxis(o, a.value('dilations'), rank, 'dilations');
  return { strides, dilations, padding: paddingOf(a) };
}

/** Dilated, but carried out by moving every nth element into a batch of its own: then no kernel has to dilate (nn_ops.py, _WithSpaceToBatch). */
function spread(windows: Convolution): Convolution {
  const dilates = windows.dilations.some((d) => d > 1);
  if (dilates && windows.strides.some((s) => s > 1))
    throw new OpError('ValueError', 'strides > 1 not supported in conjunction with dilations > 1');
  return dilates ? { ...windows, inBatches: true } : windows;
}

for (const [name, rank] of [
  ['tf.nn.conv2d', 2],
  ['tf.nn.conv3d', 3],
] as const)
  define(name, `input, filters, strides, padding, data_format="${rank === 2 ? 'NHWC' : 'NDHWC'}", dilations=None, name=None`, (a, o) => {
    const [x, filter] = a.matching('input', 'filters') as [Tensor, Tensor];
    return convolve(x, filter, windowsOf(a, o, rank), o);
  });
define('tf.nn.conv1d', 'input, filters, stride, padding, data_format="NWC", dilations=None, name=None', (a, o) => {
  channelsLast(a);
  const [x, filter] = a.matching('input', 'filters') as [Tensor, Tensor];
  const strides = perAxis(o, a.value('stride'), 1, 'stride');
  return convolve(x, filter, { strides, dilations: perAxis(o, a.value('dilations'), 1, 'dilations'), padding: paddingOf(a) }, o);
});

/** Without a data format the op is given None for it, except over one axis. */
define('tf.nn.convolution', 'input, filters, strides=None, padding="VALID", data_format=None, dilations=None, name=None', (a, o) => {
  const [x, filter] = a.matching('input', 'filters') as [Tensor, Tensor];
  const rank = (filter.shape ?? x.shape)?.length;
  if (rank === undefined) throw new UnknownArgument();
  const windows = spread(windowsOf(a, o, rank - 2));
  return convolve(x, filter, { ...windows, withoutFormat: !a.has('data_format') && !windows.inBatches && !o.eager.inGraph }, o);
});
define('tf.nn.atrous_conv2d', 'value, filters, rate, padding, name=None', (a, o) => {
  const [x, filter] = a.matching('value', 'filters') as [Tensor, Tensor];
  const windows: Convolution = { strides: [1, 1], dilations: perAxis(o, a.value('rate'), 2, 'rate'), padding: paddingOf(a) };
  return convolve(x, filter, spread(windows), o);
});

// ------------------------------------------------------------------------------------------------ transposed

function transposed(a: Arguments, o: Operations, rank: number): Tensor {
  const [x, filter] = a.matching('input', 'filters') as [Tensor, Tensor];
  return convolveTransposed(x, filter, a.shape('output_shape'), windowsOf(a, o, rank), o);
}
for (const [name, rank, format] of [
  ['tf.nn.conv1d_transpose', 1, 'NWC'],
  ['tf.nn.conv2d_transpose', 2, 'NHWC'],
  ['tf.nn.conv3d_transpose', 3, 'NDHWC'],
] as const)
  define(name, `input, filters, output_shape, strides, padding="SAME", data_format="${format}", dilations=None, name=None`, (a, o) =>
    transposed(a, o, rank),
  );
define(
  'tf.nn.conv_transpose',
  'input, filters, output_shape, strides, padding="SAME", data_format=None, dilations=None, name=None',
  (a, o) => {
    const rank = a.tensor('filters').shape?.length;
    if (rank === undefined) throw new UnknownArgument();
    return transposed(a, o, rank - 2);
  },
);

// ------------------------------------------------------------------------------------------------ per channel

function depthwise(a: Arguments, o: Operations, filterName: string): Tensor {
  const [x, filter] = a.matching('input', filterName) as [Tensor, Tensor];
  return o.apply('DepthwiseConv2dNative', [x, filter], windowsOf(a, o, 2));
}
define('tf.nn.depthwise_conv2d', 'input, filter, strides, padding, data_format=None, dilations=None, name=None', (a, o) =>
  depthwise(a, o, 'filter'),
);
define(
  'tf.nn.separable_conv2d',
  'input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None',
  (a, o) => {
    const pointwise = a.tensor('pointwise_filter');
    return convolve(depthwise(a, o, 'depthwise_filter'), pointwise, { strides: [1, 1], dilations: [1, 1], padding: 'VALID' }, o);
  },
);
for (const [name, row, args] of [
  ['tf.nn.depthwise_conv2d_backprop_input', 'DepthwiseConv2dNativeBackpropInput', 'input_sizes, filter, out_backprop'],
  ['tf.nn.depthwise_conv2d_backprop_filter', 'DepthwiseConv2dNativeBackpropFilter', 'input, filter_sizes, out_backprop'],
] as const)
  define(name, `${args}, strides, padding, data_format="NHWC", dilations=None, name=None`, (a, o) => {
    const sized = row.endsWith('Input') ? 'input_sizes' : 'filter_sizes';
    const [given, gradients] = a.matching(row.endsWith('Input') ? 'filter' : 'input', 'out_backprop') as [Tensor, Tensor];
    return o.apply(row, [given, gradients], { ...windowsOf(a, o, 2), shape: a.shape(sized) });
  });
