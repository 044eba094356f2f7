// Where the windows of convolutions and poolings lie along the spatial axes. TensorFlow: core/framework/kernel_shape_util.cc, GetWindowedOutputSizeVerbose.
import { OpError } from './shape.ts';
import type { Dimension, Shape } from './tensor.ts';

/** Per spatial axis `[before, after]`, or a rule. */
export type Padding = 'SAME' | 'VALID' | readonly (readonly [number, number])[];

/** One entry per spatial axis. */
export interface Windows {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: Padding;
}

const extent = (window: number, dilation: number): number => (window - 1) * dilation + 1;

/** How many windows fit along an axis. Raises InvalidArgumentError where not even one could. */
export function windowCount(size: Dimension, window: Dimension, axis: number, { strides, dilations, padding }: Windows): Dimension {
  if (size === null) return null;
  const stride = strides[axis] ?? 1;
  if (padding === 'SAME') return Math.ceil(size / stride);
  if (window === null) return null;
  const [before, after] = padding === 'VALID' ? [0, 0] : (padding[axis] ?? [0, 0]);
  const room = size + before + after - extent(window, dilations[axis] ?? 1);
  const count = Math.trunc((room + stride) / stride);
  if (count < 0)
    throw new OpError(
      'InvalidArgumentError',
      `Computed output size would be negative: ${count} [input_size: ${size}, effective_filter_size: ${extent(window, dilations[axis] ?? 1)}, stride: ${stride}]`,
    );
  return count;
}

/** The sizes of the spatial axes after windowing. */
export const windowCounts = (sizes: readonly Dimension[], window: readonly Dimension[], windows: Windows): readonly Dimension[] =>
  sizes.map((size, axis) => windowCount(size, window[axis] ?? null, axis, windows));

/** How far before the first element the first window begins. */
function paddingBefore(size: number, count: number, window: number, axis: number, { strides, dilations, padding }: Windows): number {
  if (padding === 'VALID') return 0;
  if (padding !== 'SAME') return padding[axis]?.[0] ?? 0;
  return Math.max(0, (count - 1) * (strides[axis] ?? 1) + extent(window, dilations[axis] ?? 1) - size) >> 1;
}

/** The spatial part of an image [batch, …, channels]. */
export const spatial = (shape: Shape, rank: number): readonly Dimension[] =>
  shape ? shape.slice(1, -1) : Array.from({ length: rank }, () => null);

/**
 * Visits every element of every window that lies inside an image: the window's number, the place in the window, and the place in the image, each counted in row-major
 * order over the spatial axes.
 */
export function visitWindows(
  sizes: readonly number[],
  window: readonly number[],
  windows: Windows,
  visit: (output: number, place: number, input: number) => void,
): void {
  const counts = windowCounts(sizes, window, windows) as readonly number[];
  const axes = sizes.map((size, axis) => axisPlaces(size, counts[axis] ?? 0, window[axis] ?? 1, axis, windows));
  const walk = (axis: number, output: number, place: number, input: number): void => {
    const along = axes[axis];
    if (!along) {
      visit(output, place, input);
      return;
    }
    const [count, width, size] = [counts[axis] ?? 0, window[axis] ?? 1, sizes[axis] ?? 1];
    for (const { at, offset, from } of along) walk(axis + 1, output * count + at, place * width + offset, input * size + from);
  };
  walk(0, 0, 0, 0);
}

/** Along one axis: which window, which place in it, which element of the image. */
function axisPlaces(
  size: number,
  count: number,
  window: number,
  axis: number,
  windows: Windows,
): { at: number; offset: number; from: number }[] {
  const before = paddingBefore(size, count, window, axis, windows);
  const [stride, dilation] = [windows.strides[axis] ?? 1, windows.dilations[axis] ?? 1];
  const places = [];
  for (let at = 0; at < count; at++)
    for (let offset = 0; offset < window; offset++) {
      const from = at * stride - before + offset * dilation;
      if (from >= 0 && from < size) places.push({ at, offset, from });
    }
  return places;
}
