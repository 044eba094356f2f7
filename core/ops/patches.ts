// Patches of images, and two ops whose derivatives are made of them: dilation, and normalization over neighbouring channels. Neither has a second gradient in TensorFlow.
import type { Operations } from '../operations.ts';
import { type AxisReads, samePlaceBut } from '../reads.ts';
import { op } from '../row.ts';
import { isKnown } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { spatial, windowCounts, type Windows } from '../windows.ts';
import { composedTangent, exactGradient } from './composition.ts';
import { intoBatch, outOfBatch } from './directions.ts';

/** The images of a batch never meet. */
const images = (inputs: readonly (readonly number[])[]): readonly (readonly AxisReads[])[] =>
  inputs.map((shape) => samePlaceBut(shape, shape.map((_, axis) => axis).slice(1)));

interface Patches extends Windows {
  readonly window: readonly number[];
}

/** [n, h, w, c] → [n, …, window · c], each patch's elements in the order rows, columns, channels. TensorFlow: python/ops/array_grad.py, _ExtractImagePatchesGrad. */
op<'x', Patches>('ExtractImagePatches', {
  args: ['x'],
  shape: ([x = null], patches) => {
    if (x === null) return null;
    const channels = x.at(-1) ?? null;
    const each = patches.window.reduce<Dimension>((a, b) => (a === null ? null : a * b), channels);
    return [x[0] ?? null, ...windowCounts(spatial(x, 2), patches.window, patches), each];
  },
  dtype: 'same',
  dependence: 'move',
  zeroWhen: 'any',
  gradient: ({ x, dy, attributes }, o) => [o.apply('_ImageOfPatches', [dy], { ...attributes, shape: x.shape })],
  tangent: ({ tangents: [d], directions, attributes }, o) => [
    d ? outOfBatch(o.apply('ExtractImagePatches', [intoBatch(d, o)], attributes), directions, o) : null,
  ],
});
/** Adds patches up where they were taken from. */
op<'patches', Patches & { shape: Shape }>('_ImageOfPatches', {
  args: ['patches'],
  shape: (_, { shape }) => shape,
  dtype: 'same',
  dependence: images,
  zeroWhen: 'any',
  gradient: ({ dy, attributes: { window, strides, dilations, padding } }, o) => [
    o.apply('ExtractImagePatches', [dy], { window, strides, dilations, padding }),
  ],
  tangent: ({ tangents: [d], directions, attributes: { shape, ...attributes } }, o) => {
    const tall = shape && shape.map((s, i) => (i === 0 && s !== null ? s * directions : s));
    return [d ? outOfBatch(o.apply('_ImageOfPatches', [intoBatch(d, o)], { ...attributes, shape: tall }), directions, o) : null];
  },
});

// ------------------------------------------------------------------------------------------------ dilation

/** The largest of image + filter over each window, per channel, as max does it: where the image ends there is nothing. */
function dilated([image, filter]: readonly Tensor[], windows: Windows, o: Operations): Tensor[] {
  if (!image || !filter || !isKnown(image.shape) || !isKnown(filter.shape)) return [];
  const [rows = 1, columns = 1, channels = 1] = filter.shape;
  const edges = [rows, columns].map((size, i): [number, number] => {
    const reach = (size - 1) * (windows.dilations[i] ?? 1);
    const stride = windows.strides[i] ?? 1;
    const length = image.shape?.[i + 1] ?? 1;
    const total = windows.padding === 'SAME' ? Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach + 1 - length) : 0;
    return [total >> 1, total - (total >> 1)];
  });
  const padded = o.pad(image, [[0, 0], ...edges, [0, 0]], -1e30);
  const patches = o.apply('ExtractImagePatches', [padded], { ...windows, padding: 'VALID', window: [rows, columns] });
  const split = o.reshape(patches, [...(patches.shape ?? []).slice(0, -1), rows * columns, channels]);
  return [o.max(o.add(split, o.reshape(filter, [rows * columns, channels])), [-2])];
}

op<'image' | 'filter', Windows>('Dilation2D', {
  args: ['image', 'filter'],
  shape: ([image = null, filter = null], windows) =>
    image && filter && [image[0] ?? null, ...windowCounts(spatial(image, 2), filter.slice(0, 2), windows), image.at(-1) ?? null],
  dtype: 'same',
  dependence: 'all',
  zeroWhen: 'never',
  gradient: ({ image, filter, dy, attributes }, o) => [
    o.apply('Dilation2DBackpropInput', [image, filter, dy], attributes),
    o.apply('Dilation2DBackpropFilter', [image, filter, dy], attributes),
  ],
  tangent: ({ inputs, tangents, directions, attributes }, o) =>
    composedTangent(inputs, tangents, directions, o, (list) => dilated(list, attributes, o)),
});
for (const [name, of] of [
  ['Dilation2DBackpropInput', 0],
  ['Dilation2DBackpropFilter', 1],
] as const) {
  const body =
    (windows: Windows, o: Operations) =>
    ([image, filter, gradients]: readonly Tensor[]): Tensor[] => {
      const found = exactGradient([image as Tensor, filter as Tensor], [gradients ?? null], o, (list) => dilated(list, windows, o));
      return found[of] ? [found[of]] : [];
    };
  op<'image' | 'filter' | 'gradients', Windows>(name, {
    args: ['image', 'filter', 'gradients'],
    shape: (shapes) => shapes[of] ?? null,
    dtype: 'same',
    dependence: 'all',
    zeroWhen: [2],
    gradient: 'missing',
    exact: ({ inputs, dy, attributes }, o) => exactGradient(inputs, [dy], o, body(attributes, o)),
    tangent: ({ inputs, tangents, directions, attributes }, o) => composedTangent(inputs, tangents, directions, o, body(attributes, o)),
  });
}

// ------------------------------------------------------------------------------------------------ local response normalization

interface Normalization {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}
/** Sums over neighbouring channels: a product with a band of ones. */
function neighbours(x: Tensor, { depthRadius }: Normalization, o: Operations): Tensor {
  const channels = x.shape?.at(-1) ?? 1;
  const band = Array.from({ length: channels * channels }, (_, i) =>
    Math.abs((i % channels) - Math.floor(i / channels)) <= depthRadius ? 1 : 0,
  );
  return o.matmul(x, o.eager.backend.constant(band, [channels, channels], x.dtype ?? 'float32'));
}
const normalizer = (x: Tensor, n: Normalization, o: Operations): Tensor => o.add(n.bias, o.mul(n.alpha, neighbours(o.square(x), n, o)));
const normalized = (x: Tensor, n: Normalization, o: Operations): Tensor => o.mul(x, o.pow(normalizer(x, n, o), -n.beta));

op<'x', Normalization>('LRN', {
  args: ['x'],
  shape: ([x = null]) => x,
  dtype: 'same',
  dependence: 'last axis',
  zeroWhen: 'any',
  gradient: ({ x, y, dy, attributes }, o) => [o.apply('LRNGrad', [dy, x, y], attributes)],
  tangent: ({ inputs, tangents, directions, attributes }, o) =>
    composedTangent(inputs, tangents, directions, o, ([x]) => [normalized(x as Tensor, attributes, o)]),
});
const lrnGradient =
  (n: Normalization, o: Operations) =>
  ([gradients, image, output]: readonly Tensor[]): Tensor[] => {
    if (!gradients || !image || !output) return [];
    const below = normalizer(image, n, o);
    const beside = neighbours(o.div(o.mul(gradients, output), below), n, o);
    return [o.sub(o.mul(gradients, o.pow(below, -n.beta)), o.mul(o.mul(2 * n.alpha * n.beta, image), beside))];
  };
op<'gradients' | 'image' | 'output', Normalization>('LRNGrad', {
  args: ['gradients', 'image', 'output'],
  shape: ([gradients = null]) => gradients,
  dtype: 'same',
  dependence: 'last axis',
  zeroWhen: [0],
  gradient: 'missing',
  exact: ({ inputs, dy, attributes }, o) => exactGradient(inputs, [dy], o, lrnGradient(attributes, o)),
  tangent: ({ inputs, tangents, directions, attributes }, o) =>
    composedTangent(inputs, tangents, directions, o, lrnGradient(attributes, o)),
});
