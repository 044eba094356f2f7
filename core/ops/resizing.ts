// Images made larger or smaller. Every way to do it is linear, along the rows and along the columns. TensorFlow: python/ops/image_grad.py; none has a second gradient.
import type { Operations } from '../operations.ts';
import { type AxisReads, samePlaceBut } from '../reads.ts';
import { op } from '../row.ts';
import type { Dimension, DType, Shape, Tensor } from '../tensor.ts';
import { intoBatch, outOfBatch } from './directions.ts';

/** How an element of the new image is made of elements of the old one; the names beside `tf.image.resize`'s own are those of TensorFlow's kernels. */
export type Sampling =
  'bilinear' | 'nearest' | 'bicubic' | 'area' | 'lanczos3' | 'lanczos5' | 'gaussian' | 'mitchellcubic' | 'triangle' | 'keyscubic';
export interface Resizing {
  readonly sampling: Sampling;
  /** Wider windows where the image becomes smaller. */
  readonly antialias: boolean;
  /** Of the new image: rows and columns. */
  readonly size: readonly Dimension[];
}

const resized = (x: Shape, size: readonly Dimension[]): Shape => x && [x[0] ?? null, size[0] ?? null, size[1] ?? null, x[3] ?? null];
const sizeOf = (x: Tensor): readonly Dimension[] => (x.shape ? x.shape.slice(1, 3) : [null, null]);
const plane = (inputs: readonly (readonly number[])[]): readonly (readonly AxisReads[] | null)[] =>
  inputs.map((shape, i) => (i === 0 ? samePlaceBut(shape, [1, 2]) : null));

/**
 * `backward`: the op that is its gradient; `readsImage`: it is given the image too, for its shape, so that a tape that watches the image meets it;
 * `dtype`: of the new image.
 */
function resizing(
  name: string,
  backward: string,
  { readsImage, dtype, gradient = true }: { readsImage: boolean; dtype: 'float32' | 'same'; gradient?: boolean },
): void {
  const turnedBack = (x: Tensor, dy: Tensor, { sampling, antialias }: Resizing, o: Operations): Tensor =>
    o.apply(backward, readsImage ? [dy, x] : [dy], { sampling, antialias, size: sizeOf(x) });
  op<'x', Resizing>(name, {
    args: ['x'],
    shape: ([x = null], { size }) => resized(x, size),
    dtype,
    dependence: plane,
    zeroWhen: 'any',
    gradient: gradient ? ({ x, dy, attributes }, o) => [turnedBack(x, dy, attributes, o)] : 'missing',
    ...(!gradient && { exact: ({ x, dy, attributes }, o) => [turnedBack(x, dy, attributes, o)] }),
    tangent: ({ tangents: [dx], directions, attributes }, o) => [
      dx ? outOfBatch(o.apply(name, [intoBatch(dx, o)], attributes), directions, o) : null,
    ],
  });
  const args: readonly ('gradients' | 'image')[] = readsImage ? ['gradients', 'image'] : ['gradients'];
  op<'gradients' | 'image', Resizing>(backward, {
    args,
    shape: ([gradients = null], { size }) => resized(gradients, size),
    dtype: ([gradients, image]): DType | null => (readsImage ? image : gradients) ?? null,
    dependence: plane,
    zeroWhen: [0],
    gradient: 'missing',
    exact: ({ gradients, dy, attributes: { sampling, antialias } }, o) => [
      o.apply(name, [dy], { sampling, antialias, size: sizeOf(gradients) }),
      ...args.slice(1).map(() => null),
    ],
    tangent: ({ inputs: [, image], tangents: [d], directions, attributes }, o) => {
      if (!d) return [null];
      const wide = intoBatch(d, o);
      return [outOfBatch(o.apply(backward, readsImage && image ? [wide, image] : [wide], attributes), directions, o)];
    },
  });
}
resizing('ResizeBilinear', 'ResizeBilinearGrad', { readsImage: true, dtype: 'float32' });
resizing('ResizeBicubic', 'ResizeBicubicGrad', { readsImage: true, dtype: 'float32' });
resizing('ScaleAndTranslate', 'ScaleAndTranslateGrad', { readsImage: true, dtype: 'float32' });
resizing('ResizeNearestNeighbor', 'ResizeNearestNeighborGrad', { readsImage: false, dtype: 'same' });
resizing('ResizeArea', '_ResizeAreaGrad', { readsImage: false, dtype: 'float32', gradient: false });
