// TensorFlow.js's kernels that resize images and move blocks of them about, out of rows that move and sum.
import { backend_util } from '@tensorflow/tfjs-core';
import type { Tensor } from '../../../core/tensor.ts';
import { UnsupportedOp } from '../engine/backend.ts';
import { flag, gather, input, type KernelCall, number, numbers, outputShape, pairs, shapeOf } from './kernel-call.ts';

const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);

/** Where in an axis of `from` elements each of `to` elements comes from. TensorFlow.js: kernels/ResizeBilinear.ts, ResizeNearestNeighbor.ts */
function places(c: KernelCall, from: number, to: number, shift: number): number[] {
  const aligned = flag(c, 'alignCorners') && to > 1;
  const ratio = aligned ? (from - 1) / (to - 1) : from / to;
  return Array.from({ length: to }, (_, i) => (flag(c, 'halfPixelCenters') ? ratio * (i + 0.5) - shift : ratio * i));
}

/** Every axis is a product with a matrix that mixes the two nearest elements. */
export function resizedSmoothly(c: KernelCall): Tensor {
  const { o } = c;
  const image = input(c, 'images');
  const [, height = 1, width = 1] = shapeOf(image);
  const [, newHeight = 1, newWidth = 1] = outputShape(c);
  const mixed = (from: number, to: number): Tensor => {
    const matrix = new Float32Array(to * from);
    places(c, from, to, 0.5).forEach((at, row) => {
      const below = Math.max(0, Math.floor(at));
      const share = at - below;
      const above = Math.min(from - 1, Math.ceil(at));
      matrix[row * from + below] = (matrix[row * from + below] ?? 0) + 1 - share;
      matrix[row * from + above] = (matrix[row * from + above] ?? 0) + share;
    });
    return o.eager.backend.constant(matrix, [to, from], 'float32');
  };
  const tall = o.apply('Einsum', [image, mixed(height, newHeight)], { operands: ['nhwc', 'rh'], output: 'nrwc' });
  return o.apply('Einsum', [tall, mixed(width, newWidth)], { operands: ['nrwc', 'sw'], output: 'nrsc' });
}

export function resizedByNearest(c: KernelCall): Tensor {
  const image = input(c, 'images');
  const nearest = (axis: number): number[] => {
    const from = shapeOf(image)[axis] ?? 1;
    const round = flag(c, 'alignCorners') ? Math.round : Math.floor;
    return places(c, from, outputShape(c)[axis] ?? 1, 0).map((at) => Math.max(0, Math.min(from - 1, round(at))));
  };
  return gather(c.o, gather(c.o, image, nearest(1), 1), nearest(2), 2);
}

/** TensorFlow.js: kernels/BatchToSpaceND.ts */
export function batchToSpace(c: KernelCall): Tensor {
  const { o } = c;
  const x = input(c, 'x');
  const block = numbers(c, 'blockShape');
  const crops = pairs(c, 'crops');
  const reshaped = backend_util.getReshaped(shapeOf(x), block, product(block));
  const order = backend_util.getPermuted(reshaped.length, block.length);
  const whole = backend_util.getReshapedPermuted(shapeOf(x), block, product(block));
  const moved = o.reshape(o.transpose(o.reshape(x, reshaped), order), whole);
  const begin = whole.map((_, axis) => crops[axis - 1]?.[0] ?? 0);
  return o.slice(moved, begin, outputShape(c));
}

/** TensorFlow.js: kernels/SpaceToBatchND.ts */
export function spaceToBatch(c: KernelCall): Tensor {
  const { o } = c;
  const x = input(c, 'x');
  const block = numbers(c, 'blockShape');
  const given = pairs(c, 'paddings');
  const padded = o.pad(
    x,
    shapeOf(x).map((_, axis) => given[axis - 1] ?? ([0, 0] as const)),
  );
  const reshaped = backend_util.getReshaped(shapeOf(padded), block, product(block), false);
  const order = backend_util.getPermuted(reshaped.length, block.length, false);
  return o.reshape(o.transpose(o.reshape(padded, reshaped), order), outputShape(c));
}

export function depthToSpace(c: KernelCall): Tensor {
  if (c.attributes['dataFormat'] === 'NCHW') throw new UnsupportedOp('DepthToSpace with NCHW');
  const { o } = c;
  const x = input(c, 'x');
  const size = number(c, 'blockSize', 1);
  const [batch = 0, height = 0, width = 0, depth = 0] = shapeOf(x);
  const blocks = o.reshape(x, [batch, height, width, size, size, depth / (size * size)]);
  return o.reshape(o.transpose(blocks, [0, 1, 3, 2, 4, 5]), outputShape(c));
}
