// TensorFlow.js's convolutions and poolings: where their windows lie, and channels first or last.
import type { Tensor } from '../../../core/tensor.ts';
import type { Padding } from '../../../core/windows.ts';
import { type Carry, input, type KernelCall, numbers, outputShape, pairs, shapeOf } from './kernel-call.ts';

/** One number for each spatial axis. */
function perAxis(c: KernelCall, key: string, axes: number): number[] {
  const list = numbers(c, key);
  return Array.from({ length: axes }, (_, i) => list[i] ?? list[0] ?? 1);
}

/**
 * `same`, `valid`, a number, or `[before, after]` for every axis of the image. Of the last two TensorFlow.js rounds the number of windows in its own way, and takes that of
 * the height for the width too where the padding is a number: after the image there is what those windows need. TensorFlow.js: ops/conv_util.ts, getPadAndOutInfo
 */
function paddingOf(c: KernelCall, axes: number, around: Around): Padding {
  const { pad } = c.attributes;
  if (pad === 'same') return 'SAME';
  if (typeof pad === 'string') return 'VALID';
  return given(c, axes, pad).map(([before, after], axis) => {
    const [size = 0, count = 0, window = 1] = [around.sizes[axis], around.counts[axis], around.windows[axis]];
    const covered = (count - 1) * (around.strides[axis] ?? 1) + (window - 1) * (around.dilations[axis] ?? 1) + 1;
    return [before, Math.max(after, covered - size - before)];
  });
}

function given(c: KernelCall, axes: number, pad: unknown): readonly (readonly [number, number])[] {
  if (typeof pad === 'number') return Array.from({ length: axes }, () => [pad, pad] as const);
  return isChannelsFirst(c) ? pairs(c, 'pad').slice(2) : pairs(c, 'pad').slice(1, 1 + axes);
}

/** What lies along the spatial axes. */
interface Around {
  readonly sizes: readonly number[];
  readonly counts: readonly number[];
  readonly windows: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

const isChannelsFirst = ({ attributes }: KernelCall): boolean => /^NCD?HW$/.test(String(attributes['dataFormat'] ?? ''));

/** Rows have the channels last. */
function withChannelsLast(c: KernelCall, image: Tensor, body: (image: Tensor) => Tensor): Tensor {
  if (!isChannelsFirst(c)) return body(image);
  const rank = shapeOf(image).length;
  const spatial = Array.from({ length: rank - 2 }, (_, i) => i + 2);
  const back = [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
  return c.o.transpose(body(c.o.transpose(image, [0, ...spatial, 1])), back);
}

const AXES: Readonly<Record<string, number>> = { Conv3D: 3, AvgPool3D: 3, MaxPool3D: 3 };
const axesOf = (row: string): number => AXES[row] ?? 2;

/** Of an image with the channels last. */
const spatial = (shape: readonly number[]): number[] => shape.slice(1, -1);

/** The image of the output, with the channels last. */
function imageOf(c: KernelCall): readonly number[] {
  if (!isChannelsFirst(c)) return outputShape(c);
  const [batch = 0, channels = 0, ...sizes] = outputShape(c);
  return [batch, ...sizes, channels];
}

/** A row of windows over the image `x`, with as many as TensorFlow.js has. */
function windowed(
  c: KernelCall,
  row: string,
  window: readonly number[],
  others: readonly Tensor[],
  attributes: Record<string, unknown>,
): Tensor {
  const axes = axesOf(row);
  const [strides, dilations] = [perAxis(c, 'strides', axes), perAxis(c, 'dilations', axes)];
  return withChannelsLast(c, input(c, 'x'), (image) => {
    const counts = spatial(imageOf(c));
    const padding = paddingOf(c, axes, { sizes: spatial(shapeOf(image)), counts, windows: window, strides, dilations });
    const y = c.o.apply(row, [image, ...others], { strides, padding, ...attributes });
    const all = shapeOf(y);
    const wanted = [all[0] ?? 0, ...counts, all.at(-1) ?? 0];
    return wanted.every((d, i) => d === all[i])
      ? y
      : c.o.slice(
          y,
          wanted.map(() => 0),
          wanted,
        );
  });
}

type Convolution = 'Conv2D' | 'Conv3D' | 'DepthwiseConv2dNative' | 'Dilation2D';

/** A convolution, or a dilation, of `x` with `filter`. Dilated ones can be differentiated, whatever TensorFlow's kernels can. */
export function convolution(c: KernelCall, row: Convolution): Tensor {
  const filter = input(c, 'filter');
  const axes = axesOf(row);
  const attributes = { dilations: perAxis(c, 'dilations', axes), ...(row === 'Dilation2D' ? {} : { inBatches: true }) };
  return windowed(c, row, shapeOf(filter).slice(0, axes), [filter], attributes);
}
export const convolved =
  (row: Convolution): Carry =>
  (c) =>
    convolution(c, row);

/** A transposed convolution is the gradient of one in its input. */
export const spreadBack: Carry = (c) => {
  const { o } = c;
  const filter = input(c, 'filter');
  const [strides, dilations] = [perAxis(c, 'strides', 2), [1, 1]];
  return withChannelsLast(c, input(c, 'dy'), (dy) => {
    const shape = imageOf(c);
    const around = { sizes: spatial(shape), counts: spatial(shapeOf(dy)), windows: shapeOf(filter).slice(0, 2), strides, dilations };
    const padding = paddingOf(c, 2, around);
    return o.apply('Conv2DBackpropInput', [filter, dy], { strides, dilations, padding, inBatches: true, shape });
  });
};

export const pooled =
  (row: 'AvgPool' | 'AvgPool3D' | 'MaxPool' | 'MaxPool3D'): Carry =>
  (c) => {
    const window = perAxis(c, 'filterSize', axesOf(row));
    return windowed(c, row, window, [], { window });
  };
