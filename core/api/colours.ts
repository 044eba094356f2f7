// `tf.image` where it changes what the pixels say: dtypes, colours, brightness, contrast. TensorFlow: python/ops/image_ops_impl.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import { type DType, isFloating, isInteger, type Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { variance } from './math.ts';
import { contract } from './matrices.ts';
import { seedOf, uniform } from './random.ts';
import { largestOf, saturated } from './special.ts';
import { toTensor, UnknownArgument, type Value } from './value.ts';

/** As `tf.image.convert_image_dtype`: floats run from 0 to 1, integers as far as they go. */
export function converted(x: Tensor, dtype: DType | null, saturate: boolean, o: Operations): Tensor {
  if (x.dtype === null || dtype === null) throw new UnknownArgument();
  if (dtype === x.dtype) return o.identity(x);
  const cast = (t: Tensor): Tensor => (saturate ? saturated(t, dtype, o) : o.cast(t, dtype));
  if (isFloating(x.dtype)) return isFloating(dtype) ? o.cast(x, dtype) : cast(o.mul(x, largestOf(dtype) + 0.5));
  if (isFloating(dtype)) return o.mul(o.cast(x, dtype), 1 / largestOf(x.dtype));
  const [from, to] = [largestOf(x.dtype), largestOf(dtype)];
  return from > to ? cast(o.floorDiv(x, Math.floor((from + 1) / (to + 1)))) : o.mul(cast(x), Math.floor((to + 1) / (from + 1)));
}
define('tf.image.convert_image_dtype', 'image, dtype, saturate=False, name=None', (a, o) => {
  const dtype = a.dtype('dtype');
  if (dtype !== null && !isFloating(dtype) && !isInteger(dtype))
    throw new OpError('AttributeError', 'dtype must be either floating point or integer');
  return converted(a.floating('image'), dtype, a.boolean('saturate'), o);
});
/** Works on small floats, and gives back what it was given. */
function asFloat(x: Tensor, saturate: boolean, o: Operations, body: (x: Tensor) => Tensor): Tensor {
  const own = x.dtype === 'float16' || x.dtype === 'float32';
  return converted(body(own ? x : converted(x, 'float32', false, o)), x.dtype, saturate, o);
}

// ------------------------------------------------------------------------------------------------ colours

/** The last axis times a matrix. */
function mixed(x: Tensor, rows: readonly (readonly number[])[], o: Operations): Tensor {
  const { shape } = x;
  if (shape === null) throw new UnknownArgument();
  const matrix = o.eager.backend.constant(rows.flat(), [rows.length, rows[0]?.length ?? 1], x.dtype ?? 'float32');
  return contract(x, matrix, [shape.length - 1], [0], o);
}
const MATRICES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  rgb_to_yiq: [
    [0.299, 0.59590059, 0.2115],
    [0.587, -0.27455667, -0.52273617],
    [0.114, -0.32134392, 0.31119955],
  ],
  yiq_to_rgb: [
    [1, 1, 1],
    [0.95598634, -0.27201283, -1.10674021],
    [0.6208248, -0.64720424, 1.70423049],
  ],
  rgb_to_yuv: [
    [0.299, -0.14714119, 0.61497538],
    [0.587, -0.28886916, -0.51496512],
    [0.114, 0.43601035, -0.10001026],
  ],
  yuv_to_rgb: [
    [1, 1, 1],
    [0, -0.394642334, 2.03206185],
    [1.13988303, -0.58062185, 0],
  ],
};
for (const [name, matrix] of Object.entries(MATRICES))
  define(`tf.image.${name}`, 'images', (a, o) => mixed(a.floating('images'), matrix, o));
define('tf.image.rgb_to_grayscale', 'images, name=None', (a, o) => {
  const x = a.floating('images');
  const grey = mixed(converted(x, 'float32', false, o), [[0.2989], [0.587], [0.114]], o);
  return converted(grey, x.dtype, false, o);
});
define('tf.image.grayscale_to_rgb', 'images, name=None', (a, o) => {
  const x = a.floating('images');
  if (x.shape === null) throw new UnknownArgument();
  if ((x.shape.at(-1) ?? 1) !== 1) throw new OpError('ValueError', 'Last dimension of a grayscale image should be size 1');
  return o.tile(
    x,
    x.shape.map((_, i, all) => (i === all.length - 1 ? 3 : 1)),
  );
});
define('tf.image.rgb_to_hsv', 'images, name=None', (a, o) => o.unary('RGBToHSV', a.floating('images')));
define('tf.image.hsv_to_rgb', 'images, name=None', (a, o) => o.unary('HSVToRGB', a.floating('images')));

// ------------------------------------------------------------------------------------------------ adjustments

interface Adjustment {
  readonly image: string;
  readonly by: string;
  readonly saturate: boolean;
  readonly row: string;
}
const ADJUSTMENTS: Readonly<Record<string, Adjustment>> = {
  contrast: { image: 'images', by: 'contrast_factor', saturate: true, row: 'AdjustContrastv2' },
  saturation: { image: 'image', by: 'saturation_factor', saturate: false, row: 'AdjustSaturation' },
  hue: { image: 'image', by: 'delta', saturate: false, row: 'AdjustHue' },
};
const adjusted = (x: Tensor, by: Value, { saturate, row }: Adjustment, o: Operations): Tensor =>
  asFloat(x, saturate, o, (image) => o.apply(row, [image, toTensor(o, by, null, 'float32')]));
const brighter = (x: Tensor, by: Value, o: Operations): Tensor =>
  asFloat(x, true, o, (image) => o.add(image, o.cast(toTensor(o, by, null, image.dtype), image.dtype)));

for (const [name, adjustment] of Object.entries(ADJUSTMENTS))
  define(`tf.image.adjust_${name}`, `${adjustment.image}, ${adjustment.by}${name === 'contrast' ? '' : ', name=None'}`, (a, o) =>
    adjusted(a.floating(adjustment.image), a.value(adjustment.by), adjustment, o),
  );
define('tf.image.adjust_brightness', 'image, delta', (a, o) => brighter(a.floating('image'), a.value('delta'), o));
define('tf.image.adjust_gamma', 'image, gamma=1, gain=1', (a, o) =>
  asFloat(a.floating('image'), true, o, (x) => {
    const [gamma, gain] = [a.tensor('gamma', null, x.dtype), a.tensor('gain', null, x.dtype)];
    return o.mul(gain, o.pow(x, gamma));
  }),
);

/** A number between two, drawn anew every time. */
function between(a: Arguments, low: number, high: number, stateless: boolean, o: Operations): Tensor {
  return o.add(o.mul(uniform([], 'float32', seedOf(a, stateless), o), high - low), low);
}
for (const stateless of [false, true]) {
  const [prefix, seed] = stateless ? ['stateless_random_', 'seed'] : ['random_', 'seed=None'];
  for (const name of ['contrast', 'saturation'])
    define(`tf.image.${prefix}${name}`, `image, lower, upper, ${seed}`, (a, o) => {
      const [low, high] = [a.number('lower'), a.number('upper')];
      if (high <= low) throw new OpError('ValueError', 'upper must be > lower.');
      if (low < 0) throw new OpError('ValueError', 'lower must be non-negative.');
      const adjustment = ADJUSTMENTS[name];
      return adjustment ? adjusted(a.floating('image'), between(a, low, high, stateless, o), adjustment, o) : null;
    });
  define(`tf.image.${prefix}hue`, `image, max_delta, ${seed}`, (a, o) => {
    const most = a.number('max_delta');
    if (most > 0.5) throw new OpError('ValueError', 'max_delta must be <= 0.5.');
    if (most < 0) throw new OpError('ValueError', 'max_delta must be non-negative.');
    return adjusted(a.floating('image'), between(a, -most, most, stateless, o), ADJUSTMENTS['hue'] as Adjustment, o);
  });
  define(`tf.image.${prefix}brightness`, `image, max_delta, ${seed}`, (a, o) => {
    const most = a.number('max_delta');
    if (most < 0) throw new OpError('ValueError', 'max_delta must be non-negative.');
    return brighter(a.floating('image'), between(a, -most, most, stateless, o), o);
  });
}
define('tf.image.per_image_standardization', 'image', (a, o) => {
  const x = o.cast(a.floating('image'), 'float32');
  const { shape } = x;
  if (shape === null) throw new UnknownArgument();
  if (shape.length < 3) throw new OpError('ValueError', `'image' (shape ${shape.join(', ')}) must be at least three-dimensional.`);
  const axes = [1, 2, 3].map((back) => shape.length - back);
  const pixels = axes.reduce<number | null>((n, axis) => (n === null || (shape[axis] ?? null) === null ? null : n * (shape[axis] ?? 1)), 1);
  const deviation = o.sqrt(variance(x, axes, true, o));
  const least = o.full(pixels === null ? null : 1 / Math.sqrt(pixels), [], 'float32');
  return o.div(o.sub(x, o.apply('Mean', [x], { axes, keepDims: true })), o.maximum(deviation, least));
});
