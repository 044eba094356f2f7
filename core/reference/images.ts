// Reference kernels of images: resizing, crops, colours. TensorFlow: core/kernels/image.
import type { Sampling } from '../ops/resizing.ts';
import { countOf, type Input, type Kernel, type Kernels, numbersOf } from './kernel.ts';

// ------------------------------------------------------------------------------------------------ resizing

/** Elements of the old axis and their weights, for one element of the new one. */
type Mixture = readonly (readonly [place: number, weight: number])[];
const within = (place: number, size: number): number => Math.min(Math.max(place, 0), size - 1);

/** Where the middle of element i of the new axis lies on the old one, counted from the middle of its first. */
const middle = (i: number, from: number, to: number): number => ((i + 0.5) * from) / to - 0.5;

function bilinear(i: number, from: number, to: number): Mixture {
  const at = middle(i, from, to);
  const part = at - Math.floor(at);
  return [
    [Math.max(Math.floor(at), 0), 1 - part],
    [Math.min(Math.ceil(at), from - 1), part],
  ];
}
/** Keys' cubic, read from a table of 1,024 steps; what lies outside counts nothing. */
function bicubic(i: number, from: number, to: number): Mixture {
  const at = middle(i, from, to);
  const start = Math.floor(at);
  const part = Math.round((at - start) * 1024) / 1024;
  const list = [-1, 0, 1, 2].map((k): readonly [number, number] => {
    const place = start + k;
    return [within(place, from), place < 0 || place >= from ? 0 : keys(Math.abs(part - k))];
  });
  return normalized(list);
}
function area(i: number, from: number, to: number): Mixture {
  const scale = from / to;
  const [start, end] = [i * scale, (i + 1) * scale];
  return Array.from({ length: Math.ceil(end) - Math.floor(start) }, (_, k) => {
    const place = Math.floor(start) + k;
    return [within(place, from), (Math.min(place + 1, end) - Math.max(place, start)) / scale] as const;
  });
}

const keys = (x: number): number => (x >= 2 ? 0 : x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1);
const mitchell = (x: number): number =>
  x >= 2 ? 0 : x >= 1 ? (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9 : ((7 / 6) * x - 2) * x * x + 8 / 9;
const lanczos =
  (radius: number) =>
  (x: number): number =>
    x > radius ? 0 : x <= 1e-3 ? 1 : (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2;
/** How far a window reaches, and what it weighs there. */
const WINDOWS: Partial<Record<Sampling, { readonly radius: number; readonly weight: (x: number) => number }>> = {
  lanczos3: { radius: 3, weight: lanczos(3) },
  lanczos5: { radius: 5, weight: lanczos(5) },
  gaussian: { radius: 1.5, weight: (x) => (x >= 1.5 ? 0 : Math.exp((-x * x) / 0.5)) },
  mitchellcubic: { radius: 2, weight: mitchell },
  keyscubic: { radius: 2, weight: keys },
  triangle: { radius: 1, weight: (x) => Math.max(1 - x, 0) },
};
function weighed(sampling: Sampling, antialias: boolean, i: number, from: number, to: number): Mixture {
  const window = WINDOWS[sampling];
  if (!window) return [];
  const inverse = from / to;
  const scale = antialias ? Math.max(inverse, 1) : 1;
  const at = (i + 0.5) * inverse;
  if (at < 0 || at > from) return [];
  const start = within(Math.ceil(at - window.radius * scale - 0.5), from);
  const end = within(Math.floor(at + window.radius * scale - 0.5), from);
  return normalized(
    Array.from({ length: end - start + 1 }, (_, k) => [start + k, window.weight(Math.abs(start + k + 0.5 - at) / scale)] as const),
  );
}
function normalized(list: Mixture): Mixture {
  const sum = list.reduce((total, [, weight]) => total + weight, 0);
  return Math.abs(sum) < 1000 * 1.1754943508222875e-38 ? list : list.map(([place, weight]) => [place, weight / sum] as const);
}

function mixtures(sampling: Sampling, antialias: boolean, from: number, to: number): Mixture[] {
  const one = (i: number): Mixture => {
    if (sampling === 'bilinear') return bilinear(i, from, to);
    if (sampling === 'bicubic') return bicubic(i, from, to);
    if (sampling === 'area') return area(i, from, to);
    if (sampling === 'nearest') return [[Math.min(Math.floor(((i + 0.5) * from) / to), from - 1), 1]];
    return weighed(sampling, antialias, i, from, to);
  };
  return Array.from({ length: to }, (_, i) => one(i));
}
/** Visits what each element of the small or large image is made of: places in old and new, and a weight. */
function visitResized(
  old: readonly number[],
  made: readonly number[],
  attributes: Readonly<Record<string, unknown>>,
  step: (from: number, to: number, weight: number) => void,
): void {
  const [batch = 1, height = 1, width = 1, channels = 1] = old;
  const [, tall = 1, wide = 1] = made;
  const along = (from: number, to: number): Mixture[] =>
    mixtures(attributes['sampling'] as Sampling, attributes['antialias'] === true, from, to);
  const [rows, columns] = [along(height, tall), along(width, wide)];
  for (let n = 0; n < batch; n++)
    rows.forEach((parts, i) =>
      columns.forEach((others, j) => {
        for (const [row, a] of parts)
          for (const [column, b] of others)
            for (let c = 0; c < channels; c++)
              step(((n * height + row) * width + column) * channels + c, ((n * tall + i) * wide + j) * channels + c, a * b);
      }),
    );
}
const resize: Kernel = ([x], attributes, [y]) => {
  if (!x || !y) return null;
  const out = new Float64Array(countOf(y.shape));
  visitResized(x.shape, y.shape, attributes, (from, to, weight) => {
    out[to] = (out[to] as number) + weight * (x.values[from] as number);
  });
  return [out];
};
const resizeBack: Kernel = ([dy], attributes, [x]) => {
  if (!dy || !x) return null;
  const out = new Float64Array(countOf(x.shape));
  visitResized(x.shape, dy.shape, attributes, (from, to, weight) => {
    out[from] = (out[from] as number) + weight * (dy.values[to] as number);
  });
  return [out];
};

// ------------------------------------------------------------------------------------------------ crops

/** Where a sample lies in its image, and how that changes with the first and the second corner of the box. */
interface Place {
  readonly at: number;
  readonly byFirst: number;
  readonly bySecond: number;
}
function placeOf(first: number, second: number, i: number, samples: number, pixels: number): Place {
  const part = samples > 1 ? i / (samples - 1) : 0.5;
  const [byFirst, bySecond] = [(1 - part) * (pixels - 1), part * (pixels - 1)];
  return { at: first * byFirst + second * bySecond, byFirst, bySecond };
}
/** Visits every sample that lies in its image, channel by channel. */
function visitCrops(
  image: readonly number[],
  boxes: Input,
  indices: Input,
  size: readonly number[],
  inside: (sample: number, row: Place, column: Place, box: number, placeIn: (row: number, column: number) => number) => void,
): void {
  const [, height = 1, width = 1, channels = 1] = image;
  const [tall = 1, wide = 1] = size;
  for (let box = 0; box < (boxes.shape[0] ?? 0); box++) {
    const [y1 = 0, x1 = 0, y2 = 0, x2 = 0] = Array.from(boxes.values).slice(4 * box, 4 * box + 4);
    const start = (indices.values[box] as number) * height;
    for (let i = 0; i < tall; i++) {
      const row = placeOf(y1, y2, i, tall, height);
      for (let j = 0; j < wide; j++) {
        const column = placeOf(x1, x2, j, wide, width);
        if (!(row.at >= 0 && row.at <= height - 1 && column.at >= 0 && column.at <= width - 1)) continue;
        for (let c = 0; c < channels; c++)
          inside(((box * tall + i) * wide + j) * channels + c, row, column, box, (r, k) => ((start + r) * width + k) * channels + c);
      }
    }
  }
}
/** The pixels around a sample, with their weights. */
function around(row: Place, column: Place, nearest: boolean): (readonly [row: number, column: number, weight: number])[] {
  // In float32, as TensorFlow has the places: halves are halves there.
  if (nearest) return [[Math.floor(Math.fround(row.at) + 0.5), Math.floor(Math.fround(column.at) + 0.5), 1]];
  const [top, left] = [Math.floor(row.at), Math.floor(column.at)];
  const [bottom, right] = [Math.ceil(row.at), Math.ceil(column.at)];
  const [down, across] = [row.at - top, column.at - left];
  return [
    [top, left, (1 - down) * (1 - across)],
    [top, right, (1 - down) * across],
    [bottom, left, down * (1 - across)],
    [bottom, right, down * across],
  ];
}
const crop: Kernel = ([image, boxes, indices], attributes, [y]) => {
  if (!image || !boxes || !indices || !y) return null;
  const out = new Float64Array(countOf(y.shape)).fill(Number(attributes['extrapolation']));
  visitCrops(image.shape, boxes, indices, numbersOf(attributes['size']), (sample, row, column, _, placeIn) => {
    out[sample] = around(row, column, attributes['nearest'] === true).reduce(
      (sum, [r, c, weight]) => sum + weight * (image.values[placeIn(r, c)] as number),
      0,
    );
  });
  return [out];
};
const cropImage: Kernel = ([dy, boxes, indices], attributes, [image]) => {
  if (!dy || !boxes || !indices || !image) return null;
  const out = new Float64Array(countOf(image.shape));
  visitCrops(image.shape, boxes, indices, numbersOf(attributes['size']), (sample, row, column, _, placeIn) => {
    for (const [r, c, weight] of around(row, column, attributes['nearest'] === true)) {
      const at = placeIn(r, c);
      out[at] = (out[at] as number) + weight * (dy.values[sample] as number);
    }
  });
  return [out];
};
const cropBoxes: Kernel = ([dy, image, boxes, indices], attributes) => {
  if (!dy || !image || !boxes || !indices) return null;
  const out = new Float64Array(boxes.values.length);
  visitCrops(image.shape, boxes, indices, numbersOf(attributes['size']), (sample, row, column, box, placeIn) => {
    const [a = 0, b = 0, c = 0, d = 0] = around(row, column, false).map(([r, k]) => image.values[placeIn(r, k)] as number);
    const [down, across] = [row.at - Math.floor(row.at), column.at - Math.floor(column.at)];
    const byRow = (1 - across) * (c - a) + across * (d - b);
    const byColumn = (1 - down) * (b - a) + down * (d - c);
    const given = dy.values[sample] as number;
    [byRow * row.byFirst, byColumn * column.byFirst, byRow * row.bySecond, byColumn * column.bySecond].forEach((slope, k) => {
      out[4 * box + k] = (out[4 * box + k] as number) + given * slope;
    });
  });
  return [out];
};

// ------------------------------------------------------------------------------------------------ colours

type Pixel = readonly [number, number, number];
function toHsv([r, g, b]: Pixel): Pixel {
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  if (range <= 0) return [0, 0, value];
  const part = 1 / (6 * range);
  const hue = r === value ? part * (g - b) : g === value ? part * (b - r) + 2 / 6 : part * (r - g) + 4 / 6;
  return [hue < 0 ? hue + 1 : hue, value > 0 ? range / value : 0, value];
}
function toRgb([hue, saturation, value]: Pixel): Pixel {
  const turn = 6 * hue;
  const colour = (full: number): number => (1 - saturation + saturation * Math.min(Math.max(full, 0), 1)) * value;
  return [colour(Math.abs(turn - 3) - 1), colour(2 - Math.abs(turn - 2)), colour(2 - Math.abs(turn - 4))];
}
const pixels =
  (change: (pixel: Pixel, by: number) => Pixel): Kernel =>
  ([x, by]) => {
    if (!x) return null;
    const out = new Float64Array(x.values.length);
    for (let i = 0; i < out.length; i += 3)
      out.set(change([x.values[i] as number, x.values[i + 1] as number, x.values[i + 2] as number], by?.values[0] ?? 0), i);
    return [out];
  };
const contrast: Kernel = ([x, by]) => {
  if (!x || !by) return null;
  const [height = 1, width = 1, channels = 1] = x.shape.slice(-3);
  const [size, factor] = [height * width * channels, by.values[0] as number];
  const means = new Float64Array((x.values.length / size) * channels);
  const meanOf = (i: number): number => Math.floor(i / size) * channels + (i % channels);
  x.values.forEach((v, i) => (means[meanOf(i)] = (means[meanOf(i)] as number) + v / (height * width)));
  return [Float64Array.from(x.values, (v, i) => (v - (means[meanOf(i)] as number)) * factor + (means[meanOf(i)] as number))];
};

const RESIZINGS = ['ResizeBilinear', 'ResizeBicubic', 'ScaleAndTranslate', 'ResizeNearestNeighbor', 'ResizeArea'];
export const IMAGES: Kernels = {
  ...Object.fromEntries(
    RESIZINGS.flatMap((name) => [
      [name, resize],
      [`${name === 'ResizeArea' ? '_' : ''}${name}Grad`, resizeBack],
    ]),
  ),
  CropAndResize: crop,
  CropAndResizeGradImage: cropImage,
  CropAndResizeGradBoxes: cropBoxes,
  RGBToHSV: pixels(toHsv),
  HSVToRGB: pixels(toRgb),
  AdjustContrastv2: contrast,
  AdjustSaturation: pixels((pixel, by) => {
    const [hue, saturation, value] = toHsv(pixel);
    return toRgb([hue, Math.min(Math.max(saturation * by, 0), 1), value]);
  }),
  AdjustHue: pixels((pixel, by) => {
    const [hue, saturation, value] = toHsv(pixel);
    return toRgb([hue + by - Math.floor(hue + by), saturation, value]);
  }),
};
