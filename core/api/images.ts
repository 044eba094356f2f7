// `tf.image` where it moves and resizes: flips, turns, crops, paddings, other sizes. TensorFlow: python/ops/image_ops_impl.py.
import type { Operations } from '../operations.ts';
import type { Sampling } from '../ops/resizing.ts';
import { isKnown, OpError, show } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { seedOf, uniform } from './random.ts';
import { toShape, UnknownArgument } from './value.ts';

/** One image [h, w, c] or several [n, h, w, c]: how many axes lie before the rows. */
function rowsOf(x: Tensor): 0 | 1 {
  if (x.shape === null) throw new UnknownArgument();
  if (x.shape.length !== 3 && x.shape.length !== 4)
    throw new OpError('ValueError', `'image' (shape ${show(x.shape)}) must have either 3 or 4 dimensions.`);
  return x.shape.length === 4 ? 1 : 0;
}
/** Rows and columns. */
export function sidesOf(x: Tensor): readonly [number, number] {
  const rows = rowsOf(x);
  const [height = null, width = null] = x.shape?.slice(rows, rows + 2) ?? [];
  if (height === null || width === null) throw new UnknownArgument();
  return [height, width];
}
/** What is only there for several images, on one as well. */
export function inBatch(x: Tensor, o: Operations, body: (x: Tensor) => Tensor): Tensor {
  return rowsOf(x) === 1 ? body(x) : o.apply('Squeeze', [body(o.expandDims(x, 0))], { axes: [0] });
}

// ------------------------------------------------------------------------------------------------ flips and turns

const flip = (x: Tensor, axes: readonly number[], o: Operations): Tensor =>
  o.apply('ReverseV2', [x], { axes: axes.map((axis) => axis + rowsOf(x)) });
const turnOver = (x: Tensor, o: Operations): Tensor => o.transpose(x, rowsOf(x) === 1 ? [0, 2, 1, 3] : [1, 0, 2]);

for (const [name, axis] of [
  ['flip_left_right', 1],
  ['flip_up_down', 0],
] as const) {
  define(`tf.image.${name}`, 'image', (a, o) => flip(a.tensor('image'), [axis], o));
  for (const stateless of [false, true])
    define(`tf.image.${stateless ? 'stateless_' : ''}random_${name}`, stateless ? 'image, seed' : 'image, seed=None', (a, o) => {
      const x = a.tensor('image');
      const count = rowsOf(x) === 1 ? [x.shape?.[0] ?? null] : [];
      const chosen = o.less(uniform(count, 'float32', seedOf(a, stateless), o), 0.5);
      return o.select(rowsOf(x) === 1 ? o.reshape(chosen, [...count, 1, 1, 1]) : chosen, flip(x, [axis], o), x);
    });
}
define('tf.image.transpose', 'image, name=None', (a, o) => turnOver(a.tensor('image'), o));
define('tf.image.rot90', 'image, k=1, name=None', (a, o) => {
  const x = a.tensor('image');
  const quarters = ((a.number('k') % 4) + 4) % 4;
  if (quarters === 1) return turnOver(flip(x, [1], o), o);
  if (quarters === 2) return flip(x, [0, 1], o);
  return quarters === 3 ? flip(turnOver(x, o), [1], o) : x;
});

// ------------------------------------------------------------------------------------------------ crops and paddings

export function crop(x: Tensor, top: number, left: number, height: number, width: number, o: Operations): Tensor {
  const [rows, columns] = sidesOf(x);
  if (left < 0) throw new OpError('ValueError', 'offset_width must be >= 0.');
  if (top < 0) throw new OpError('ValueError', 'offset_height must be >= 0.');
  if (width <= 0) throw new OpError('ValueError', 'target_width must be > 0.');
  if (height <= 0) throw new OpError('ValueError', 'target_height must be > 0.');
  if (columns < width + left) throw new OpError('ValueError', 'width must be >= target + offset.');
  if (rows < height + top) throw new OpError('ValueError', 'height must be >= target + offset.');
  if (!isKnown(x.shape)) throw new UnknownArgument();
  const before = rowsOf(x) === 1 ? [x.shape[0] ?? 1] : [];
  return o.slice(x, [...before.map(() => 0), top, left, 0], [...before, height, width, x.shape.at(-1) ?? 1]);
}
function pad(x: Tensor, top: number, left: number, height: number, width: number, o: Operations): Tensor {
  const [rows, columns] = sidesOf(x);
  const [below, right] = [height - top - rows, width - left - columns];
  if (top < 0) throw new OpError('ValueError', 'offset_height must be >= 0');
  if (left < 0) throw new OpError('ValueError', 'offset_width must be >= 0');
  if (right < 0) throw new OpError('ValueError', 'width must be <= target - offset');
  if (below < 0) throw new OpError('ValueError', 'height must be <= target - offset');
  const sides = [[top, below] as const, [left, right] as const, [0, 0] as const];
  return o.pad(x, rowsOf(x) === 1 ? [[0, 0], ...sides] : sides);
}
for (const [name, how] of [
  ['crop', crop],
  ['pad', pad],
] as const)
  define(`tf.image.${name}_to_bounding_box`, 'image, offset_height, offset_width, target_height, target_width', (a, o) => {
    const [top = 0, left = 0, height = 0, width = 0] = ['offset_height', 'offset_width', 'target_height', 'target_width'].map((n) =>
      a.number(n),
    );
    return how(a.tensor('image'), top, left, height, width, o);
  });
define('tf.image.central_crop', 'image, central_fraction', (a, o) => {
  const x = a.tensor('image');
  const fraction = a.number('central_fraction');
  if (fraction <= 0 || fraction > 1) throw new OpError('ValueError', 'central_fraction must be within (0, 1]');
  if (fraction === 1) return x;
  const [height, width] = sidesOf(x);
  const [top, left] = [height, width].map((size) => Math.trunc((size - size * fraction) / 2)) as [number, number];
  return crop(x, top, left, height - 2 * top, width - 2 * left, o);
});
define('tf.image.resize_with_crop_or_pad', 'image, target_height, target_width', (a, o) => {
  const x = a.tensor('image');
  const [height, width] = [a.number('target_height'), a.number('target_width')];
  const [rows, columns] = sidesOf(x);
  const half = (size: number): number => Math.max(Math.floor(size / 2), 0);
  const cut = crop(x, half(rows - height), half(columns - width), Math.min(height, rows), Math.min(width, columns), o);
  return pad(cut, half(height - rows), half(width - columns), height, width, o);
});
for (const stateless of [false, true])
  define(
    stateless ? 'tf.image.stateless_random_crop' : 'tf.image.random_crop',
    stateless ? 'value, size, seed, name=None' : 'value, size, seed=None, name=None',
    (a, o) => {
      const x = a.tensor('value');
      const size = a.shape('size');
      if (!isKnown(x.shape) || !isKnown(size)) throw new UnknownArgument();
      if (x.shape.some((d, i) => d < (size[i] ?? 0)))
        throw new OpError('InvalidArgumentError', `Need value.shape >= size, got ${show(x.shape)} ${show(size)}`);
      const drawn = o.eager.backend.valueOf(uniform([x.shape.length], 'float32', seedOf(a, stateless), o));
      if (drawn === null) return o.apply('_Part', [x], { shape: size });
      const begin = x.shape.map((d, i) => Math.min(Math.floor((drawn[i] ?? 0) * (d - (size[i] ?? 0) + 1)), d - (size[i] ?? 0)));
      return o.slice(x, begin, size);
    },
  );

// ------------------------------------------------------------------------------------------------ other sizes

/** `tf.image.ResizeMethod`. */
export const RESIZE_METHODS: Readonly<Record<string, string>> = {
  BILINEAR: 'bilinear',
  NEAREST_NEIGHBOR: 'nearest',
  BICUBIC: 'bicubic',
  AREA: 'area',
  LANCZOS3: 'lanczos3',
  LANCZOS5: 'lanczos5',
  GAUSSIAN: 'gaussian',
  MITCHELLCUBIC: 'mitchellcubic',
};
const WINDOWED: ReadonlySet<string> = new Set(['lanczos3', 'lanczos5', 'gaussian', 'mitchellcubic']);
/** One of TensorFlow's kernels, on several images. */
function sampled(x: Tensor, size: readonly number[], method: string, antialias: boolean, o: Operations): Tensor {
  const run = (row: string, sampling: Sampling, wide = false): Tensor => o.apply(row, [x], { sampling, antialias: wide, size });
  if (method === 'bilinear') return antialias ? run('ScaleAndTranslate', 'triangle', true) : run('ResizeBilinear', 'bilinear');
  if (method === 'bicubic') return antialias ? run('ScaleAndTranslate', 'keyscubic', true) : run('ResizeBicubic', 'bicubic');
  if (method === 'nearest') return run('ResizeNearestNeighbor', 'nearest');
  if (method === 'area') return run('ResizeArea', 'area');
  if (WINDOWED.has(method)) return run('ScaleAndTranslate', method as Sampling, antialias);
  throw new OpError('ValueError', `Resize method is not implemented: ${method}`);
}
const methodOf = (a: Arguments): string => (a.text('method') ?? 'bilinear').toLowerCase();
const roundToEven = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x));

export function resize(x: Tensor, size: readonly number[], method: string, antialias: boolean, o: Operations): Tensor {
  return inBatch(x, o, (images) => sampled(images, size, method, antialias, o));
}
define('tf.image.resize', 'images, size, method="bilinear", preserve_aspect_ratio=False, antialias=False, name=None', (a, o) => {
  const x = a.tensor('images');
  const asked = toShape(o, a.value('size'));
  if (asked !== null && asked.length !== 2)
    throw new OpError('ValueError', "'size' must be a 1-D Tensor of 2 elements: new_height, new_width");
  if (!isKnown(asked)) throw new UnknownArgument();
  const sides = sidesOf(x);
  const scale = Math.min(...asked.map((size, i) => Math.fround(size / (sides[i] ?? 1))));
  const size = a.boolean('preserve_aspect_ratio') ? sides.map((side) => roundToEven(Math.fround(scale * side))) : asked;
  return resize(x, size, methodOf(a), a.boolean('antialias'), o);
});
define('tf.image.resize_with_pad', 'image, target_height, target_width, method="bilinear", antialias=False', (a, o) => {
  const target = [a.number('target_height'), a.number('target_width')] as const;
  return inBatch(a.tensor('image'), o, (x) => {
    const sides = sidesOf(x);
    const ratio = Math.max(sides[1] / target[1], sides[0] / target[0]);
    const fitted = sides.map((side) => Math.fround(side / ratio));
    const [top = 0, left = 0] = fitted.map((side, i) => Math.max(0, Math.floor(((target[i] ?? 0) - side) / 2)));
    const size = fitted.map((side) => Math.floor(side));
    return pad(resize(x, size, methodOf(a), a.boolean('antialias'), o), top, left, target[0], target[1], o);
  });
});
/** Cut to the new image's proportions first, as `tf.keras.preprocessing.image.smart_resize` does. */
export function smartResize(x: Tensor, [height, width]: readonly [number, number], method: string, o: Operations): Tensor {
  const [rows, columns] = sidesOf(x);
  const tall = Math.min(rows, Math.trunc(Math.fround(columns * height) / width));
  const wide = Math.min(columns, Math.trunc(Math.fround(rows * width) / height));
  const cut = crop(x, Math.trunc((rows - tall) / 2), Math.trunc((columns - wide) / 2), tall, wide, o);
  return resize(cut, [height, width], method, false, o);
}
define('tf.keras.preprocessing.image.smart_resize', 'x, size, interpolation="bilinear"', (a, o) => {
  const [height = 0, width = 0] = a.axesIn(a.value('size'));
  return smartResize(a.floating('x'), [height, width], a.text('interpolation') ?? 'bilinear', o);
});
define(
  'tf.image.crop_and_resize',
  'image, boxes, box_indices, crop_size, method="bilinear", extrapolation_value=0.0, name=None',
  (a, o) => {
    const size = a.shape('crop_size');
    if (!isKnown(size)) throw new UnknownArgument();
    const method = a.text('method');
    if (method !== 'bilinear' && method !== 'nearest')
      throw new OpError(
        'InvalidArgumentError',
        `Value for attr 'method' of "${method}" is not in the list of allowed values: "bilinear", "nearest"`,
      );
    return o.apply('CropAndResize', [a.tensor('image'), a.tensor('boxes', null, 'float32'), a.tensor('box_indices', null, 'int32')], {
      size,
      nearest: method === 'nearest',
      extrapolation: a.number('extrapolation_value'),
    });
  },
);
define('tf.image.extract_patches', 'images, sizes, strides, rates, padding, name=None', (a, o) => {
  const inner = (name: string): readonly number[] => a.axesIn(a.value(name)).slice(1, 3);
  const padding = a.text('padding');
  if (padding !== 'SAME' && padding !== 'VALID') throw new OpError('InvalidArgumentError', `Unknown padding: ${padding}`);
  return o.apply('ExtractImagePatches', [a.tensor('images')], {
    window: inner('sizes'),
    strides: inner('strides'),
    dilations: inner('rates'),
    padding,
  });
});
