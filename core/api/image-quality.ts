// `tf.image` where it measures: how alike images are, how much they vary, their edges. TensorFlow: python/ops/image_ops_impl.py.
import type { Operations } from '../operations.ts';
import { isKnown, OpError, show } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { converted } from './colours.ts';
import { define } from './function.ts';
import { toTensor, UnknownArgument, type Value } from './value.ts';

const known = (x: Tensor): readonly number[] => {
  if (!isKnown(x.shape)) throw new UnknownArgument();
  return x.shape;
};
/** Neighbours along an axis, the later less the earlier. */
function steps(x: Tensor, axis: number, o: Operations): Tensor {
  const size = known(x);
  const part = (begin: number): Tensor =>
    o.slice(
      x,
      size.map((_, i) => (i === axis ? begin : 0)),
      size.map((d, i) => (i === axis ? d - 1 : d)),
    );
  return o.sub(part(1), part(0));
}
define('tf.image.total_variation', 'images, name=None', (a, o) => {
  const x = a.tensor('images');
  const rank = known(x).length;
  if (rank !== 3 && rank !== 4) throw new OpError('ValueError', "'images' must be either 3 or 4-dimensional.");
  const first = rank - 3;
  const axes = rank === 3 ? null : [1, 2, 3];
  return o.add(o.sum(o.abs(steps(x, first, o)), axes), o.sum(o.abs(steps(x, first + 1, o)), axes));
});
define('tf.image.image_gradients', 'image', (a, o) => {
  const x = a.tensor('image');
  const size = known(x);
  if (size.length !== 4)
    throw new OpError('ValueError', `image_gradients expects a 4D tensor [batch_size, h, w, d], not ${show(x.shape)}.`);
  return [1, 2].map((axis) => {
    const edge = o.full(
      0,
      size.map((d, i) => (i === axis ? 1 : d)),
      x.dtype,
    );
    return o.reshape(o.concat([steps(x, axis, o), edge], axis), size);
  });
});

const SOBEL: readonly (readonly number[])[] = [
  [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  [-1, 0, 1, -2, 0, 2, -1, 0, 1],
];
const EVERY = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' } as const;
/** A filter [h, w, 1, m] for every channel. */
const onEachChannel = (x: Tensor, filter: Tensor, o: Operations): Tensor =>
  o.apply('DepthwiseConv2dNative', [x, o.tile(filter, [1, 1, known(x).at(-1) ?? 1, 1])], EVERY);
define('tf.image.sobel_edges', 'image', (a, o) => {
  const x = a.tensor('image');
  const size = known(x);
  const values = Array.from({ length: 9 }, (_, i) => SOBEL.map((kernel) => kernel[i] ?? 0)).flat();
  const filter = o.eager.backend.constant(values, [3, 3, 1, 2], x.dtype ?? 'float32');
  const paddings = [0, 1, 1, 0].map((n) => [n, n]);
  const wide = o.apply('MirrorPad', [x], { paddings, symmetric: false });
  return o.reshape(onEachChannel(wide, filter, o), [...size, 2]);
});

// ------------------------------------------------------------------------------------------------ likeness

/** Two images as floats from 0 to 1, and what is white in them. */
function prepared(first: Value, second: Value, white: Value, o: Operations): readonly [Tensor, Tensor, Tensor] {
  const [x, y] = [first, second].map((value) => toTensor(o, value, null, 'float32')) as [Tensor, Tensor];
  const [a, b] = [x, y].map((t) => converted(t, 'float32', false, o)) as [Tensor, Tensor];
  const most = o.cast(toTensor(o, white, null, x.dtype), x.dtype);
  if (a.shape !== null && b.shape !== null && (a.shape.length < 3 || b.shape.length < 3))
    throw new OpError('ValueError', `Shape ${show(a.shape)} must have rank at least 3`);
  return [a, b, converted(most, 'float32', false, o)];
}
define('tf.image.psnr', 'a, b, max_val, name=None', (args, o) => {
  const [a, b, white] = prepared(args.value('a'), args.value('b'), args.value('max_val'), o);
  const error = o.mean(o.squaredDifference(a, b), [-3, -2, -1]);
  const most = o.div(o.mul(20, o.log(white)), Math.LN10);
  return o.identity(o.sub(most, o.mul(10 / Math.LN10, o.log(error))));
});

interface Structure {
  readonly size: number;
  readonly sigma: number;
  readonly k1: number;
  readonly k2: number;
}
function gaussian({ size, sigma }: Structure, o: Operations): Tensor {
  const along = Array.from({ length: size }, (_, i) => Math.exp((-0.5 * (i - (size - 1) / 2) ** 2) / sigma ** 2));
  const sum = along.reduce((a, b) => a + b, 0) ** 2;
  const values = along.flatMap((a) => along.map((b) => (a * b) / sum));
  return o.eager.backend.constant(values, [size, size, 1, 1], 'float32');
}
/** Structural similarity per channel, place by place, and its factor of contrast and structure. */
function similarity(x: Tensor, y: Tensor, white: Tensor, structure: Structure, o: Operations): readonly [Tensor, Tensor] {
  const filter = gaussian(structure, o);
  const blurred = (t: Tensor): Tensor => {
    const size = known(t);
    if (size.slice(-3, -1).some((d) => d < structure.size))
      throw new OpError('InvalidArgumentError', `assertion failed: [${size.join(' ')}] [${structure.size}]`);
    const found = onEachChannel(o.reshape(t, [-1, ...size.slice(-3)]), filter, o);
    return o.reshape(found, [...size.slice(0, -3), ...known(found).slice(1)]);
  };
  const [c1, c2] = [structure.k1, structure.k2].map((k) => o.square(o.mul(k, white))) as [Tensor, Tensor];
  const [meanX, meanY] = [blurred(x), blurred(y)];
  const products = o.mul(o.mul(meanX, meanY), 2);
  const squares = o.add(o.square(meanX), o.square(meanY));
  const luminance = o.div(o.add(products, c1), o.add(squares, c1));
  const both = o.mul(blurred(o.mul(x, y)), 2);
  const each = blurred(o.add(o.square(x), o.square(y)));
  return [luminance, o.div(o.add(o.sub(both, products), c2), o.add(o.sub(each, squares), c2))];
}
define('tf.image.ssim', 'img1, img2, max_val, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03, return_index_map=False', (a, o) => {
  const [x, y, white] = prepared(a.value('img1'), a.value('img2'), a.value('max_val'), o);
  const structure = { size: a.number('filter_size'), sigma: a.number('filter_sigma'), k1: a.number('k1'), k2: a.number('k2') };
  const [luminance, contrast] = similarity(o.identity(x), o.identity(y), white, structure, o);
  const map = o.mul(luminance, contrast);
  return o.mean(a.boolean('return_index_map') ? map : o.mean(map, [-3, -2]), [-1]);
});
