// Boxes cut out of images and sampled at another size. TensorFlow: python/ops/image_grad.py, _CropAndResizeGrad; it has no second gradient.
import type { Operations } from '../operations.ts';
import { type AxisReads, samePlaceBut } from '../reads.ts';
import { op } from '../row.ts';
import { isKnown } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { composedTangent, exactGradient } from './composition.ts';

export interface Crop {
  /** Of what is cut out: rows and columns. */
  readonly size: readonly Dimension[];
  readonly nearest: boolean;
  /** Stands where a box reaches beyond its image. */
  readonly extrapolation: number;
}

/** The crops, composed: places that the boxes say, smoothly, and the pixels around them. */
function cropped([image, boxes, indices]: readonly Tensor[], { size, nearest, extrapolation }: Crop, o: Operations): Tensor[] {
  if (!image || !boxes || !indices || !isKnown(image.shape) || !isKnown(boxes.shape) || !isKnown(size)) return [];
  const [, height = 1, width = 1, channels = 1] = image.shape;
  const [count = 0] = boxes.shape;
  const dtype = boxes.dtype ?? 'float32';
  /** Where the samples lie along an axis: [boxes, samples]. */
  const placesAlong = (axis: 0 | 1, pixels: number): Tensor => {
    const samples = size[axis] ?? 1;
    const coefficients = Array.from({ length: 4 * samples }, (_, at) => {
      const [corner, i] = [Math.floor(at / samples), at % samples];
      const part = samples > 1 ? i / (samples - 1) : 0.5;
      return corner === axis ? (1 - part) * (pixels - 1) : corner === axis + 2 ? part * (pixels - 1) : 0;
    });
    return o.matmul(boxes, o.eager.backend.constant(coefficients, [4, samples], dtype));
  };
  const inside = (places: Tensor, pixels: number): Tensor => o.logicalAnd(o.greaterEqual(places, 0), o.lessEqual(places, pixels - 1));
  const [rows, columns] = [placesAlong(0, height), placesAlong(1, width)];
  const wide = (t: Tensor): Tensor => o.expandDims(t, 2);
  const across = (t: Tensor): Tensor => o.expandDims(t, 1);
  const valid = o.logicalAnd(wide(inside(rows, height)), across(inside(columns, width)));
  const whole = (t: Tensor, pixels: number): Tensor => o.cast(o.minimum(o.maximum(t, 0), pixels - 1), 'int32');
  const pixels = o.reshape(image, [(image.shape[0] ?? 1) * height * width, channels]);
  const at = (row: Tensor, column: Tensor): Tensor => {
    const start = o.mul(o.reshape(o.cast(indices, 'int32'), [count, 1, 1]), height);
    const places = o.add(o.mul(o.add(start, wide(whole(row, height))), width), across(whole(column, width)));
    return o.apply('GatherNd', [pixels, o.expandDims(places, 3)]);
  };
  const between = (a: Tensor, b: Tensor, t: Tensor): Tensor => o.add(a, o.mul(o.sub(b, a), t));
  const [top, left] = [o.floor(rows), o.floor(columns)];
  const [down, right] = [o.expandDims(wide(o.sub(rows, top)), 3), o.expandDims(across(o.sub(columns, left)), 3)];
  const sampled = (): Tensor => {
    if (nearest) return at(o.floor(o.add(rows, 0.5)), o.floor(o.add(columns, 0.5)));
    const [bottom, end] = [o.unary('Ceil', rows), o.unary('Ceil', columns)];
    return between(between(at(top, left), at(top, end), right), between(at(bottom, left), at(bottom, end), right), down);
  };
  return [o.select(o.expandDims(valid, 3), o.cast(sampled(), 'float32'), extrapolation)];
}

const channelOf = (axis: number): AxisReads[] => ['all', 'all', 'all', { along: axis }];
const kept = (shape: readonly number[]): readonly AxisReads[] => samePlaceBut(shape, shape.map((_, axis) => axis).slice(1));

op<'image' | 'boxes' | 'indices', Crop>('CropAndResize', {
  args: ['image', 'boxes', 'indices'],
  shape: ([image = null, boxes = null], { size }) =>
    image && boxes && [boxes[0] ?? null, size[0] ?? null, size[1] ?? null, image[3] ?? null],
  dtype: 'float32',
  dependence: ([, boxes = [], indices = []]) => [channelOf(3), kept(boxes), kept(indices)],
  zeroWhen: 'never',
  gradient: ({ image, boxes, indices, dy, attributes }, o) => [
    o.apply('CropAndResizeGradImage', [dy, boxes, indices], { ...attributes, shape: image.shape }),
    o.apply('CropAndResizeGradBoxes', [dy, image, boxes, indices], { size: attributes.size, nearest: false, extrapolation: 0 }),
    null,
  ],
  // TensorFlow takes the gradient in the boxes of a smooth sampling, whatever the sampling was.
  exact: ({ inputs, dy, attributes }, o) => exactGradient(inputs, [dy], o, (list) => cropped(list, attributes, o)),
  tangent: ({ inputs, tangents, directions, attributes }, o) =>
    composedTangent(inputs, tangents, directions, o, (list) => cropped(list, attributes, o)),
});

interface CropOf extends Crop {
  readonly shape: Shape;
}
const intoImage =
  (crop: CropOf, o: Operations) =>
  ([gradients, boxes, indices]: readonly Tensor[]): Tensor[] => {
    if (!gradients || !boxes || !indices) return [];
    const image = o.full(0, crop.shape, 'float32');
    const [found] = exactGradient([image, boxes, indices], [gradients], o, (list) => cropped(list, crop, o));
    return found ? [found] : [];
  };
op<'gradients' | 'boxes' | 'indices', CropOf>('CropAndResizeGradImage', {
  args: ['gradients', 'boxes', 'indices'],
  shape: (_, { shape }) => shape,
  dtype: 'float32',
  dependence: ([, boxes = [], indices = []]) => [channelOf(3), boxes.map(() => 'all'), indices.map(() => 'all')],
  zeroWhen: [0],
  gradient: 'missing',
  exact: ({ inputs, dy, attributes }, o) => exactGradient(inputs, [dy], o, intoImage(attributes, o)),
  tangent: ({ inputs, tangents, directions, attributes }, o) => composedTangent(inputs, tangents, directions, o, intoImage(attributes, o)),
});
const intoBoxes =
  (crop: Crop, o: Operations) =>
  ([gradients, image, boxes, indices]: readonly Tensor[]): Tensor[] => {
    if (!gradients || !image || !boxes || !indices) return [];
    const [, found] = exactGradient([image, boxes, indices], [gradients], o, (list) => cropped(list, crop, o));
    return found ? [found] : [];
  };
op<'gradients' | 'image' | 'boxes' | 'indices', Crop>('CropAndResizeGradBoxes', {
  args: ['gradients', 'image', 'boxes', 'indices'],
  shape: ([, , boxes = null]) => boxes,
  dtype: 'float32',
  dependence: 'all',
  zeroWhen: { allOf: [0] },
  gradient: 'missing',
  exact: ({ inputs, dy, attributes }, o) => exactGradient(inputs, [dy], o, intoBoxes(attributes, o)),
  tangent: ({ inputs, tangents, directions, attributes }, o) => composedTangent(inputs, tangents, directions, o, intoBoxes(attributes, o)),
});
