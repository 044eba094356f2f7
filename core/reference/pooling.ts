// Reference kernels of pooling, patches, dilation and local response normalization.
import { windowsOf as windowsOfPooling, type Pooling } from '../ops/pooling.ts';
import { visitWindows, type Windows } from '../windows.ts';
import { countOf, type Input, type Kernel, type Kernels, numbersOf } from './kernel.ts';

/** Visits, for every window and channel, its elements: the place of the window in the pooled image, of the element in the image, and of it in the window. */
function visit(
  image: readonly number[],
  window: readonly number[],
  windows: Windows,
  step: (pooled: number, element: number, place: number, channel: number) => void,
): void {
  const [batch = 1, channels = 1] = [image[0], image.at(-1)];
  const pixels = countOf(image.slice(1, -1));
  let windowsOfOne = 0;
  visitWindows(image.slice(1, -1), window, windows, (output) => (windowsOfOne = Math.max(windowsOfOne, output + 1)));
  for (let n = 0; n < batch; n++)
    visitWindows(image.slice(1, -1), window, windows, (output, place, input) => {
      for (let c = 0; c < channels; c++) step((n * windowsOfOne + output) * channels + c, (n * pixels + input) * channels + c, place, c);
    });
}
const pooling = (attributes: unknown): [readonly number[], Windows] => {
  const given = attributes as Pooling;
  return [given.window, windowsOfPooling(given)];
};

/** How many elements of the image each window holds. */
function sizes(image: readonly number[], pooled: readonly number[], attributes: unknown): Float64Array {
  const out = new Float64Array(countOf(pooled));
  visit(image, ...pooling(attributes), (window) => (out[window] = (out[window] as number) + 1));
  return out;
}

const average: Kernel = ([x], attributes, [y]) => {
  if (!x || !y) return null;
  const out = new Float64Array(countOf(y.shape));
  visit(x.shape, ...pooling(attributes), (window, element) => {
    out[window] = (out[window] as number) + (x.values[element] as number);
  });
  const size = sizes(x.shape, y.shape, attributes);
  return [out.map((sum, i) => sum / (size[i] as number))];
};
const averageGradient: Kernel = ([dy], attributes, [x]) => {
  if (!dy || !x) return null;
  const out = new Float64Array(countOf(x.shape));
  const size = sizes(x.shape, dy.shape, attributes);
  visit(x.shape, ...pooling(attributes), (window, element) => {
    out[element] = (out[element] as number) + (dy.values[window] as number) / (size[window] as number);
  });
  return [out];
};

/** For every window, where in x its first largest element is. */
function places(x: Input, count: number, window: readonly number[], windows: Windows): Int32Array {
  const out = new Int32Array(count).fill(-1);
  visit(x.shape, window, windows, (at, element) => {
    const best = out[at] as number;
    if (best < 0 || (x.values[element] as number) > (x.values[best] as number)) out[at] = element;
  });
  return out;
}
const largest: Kernel = ([x], attributes, [y]) => {
  if (!x || !y) return null;
  return [Float64Array.from(places(x, countOf(y.shape), ...pooling(attributes)), (at) => x.values[at] as number)];
};
const toImage: Kernel = ([x, , dy], attributes, [output]) => {
  if (!x || !dy || !output) return null;
  const out = new Float64Array(countOf(output.shape));
  places(x, dy.values.length, ...pooling(attributes)).forEach((at, i) => (out[at] = (out[at] as number) + (dy.values[i] as number)));
  return [out];
};
const toPooled: Kernel = ([x, , d], attributes, [output]) => {
  if (!x || !d || !output) return null;
  return [Float64Array.from(places(x, countOf(output.shape), ...pooling(attributes)), (at) => d.values[at] as number)];
};
const withPlaces: Kernel = ([x], attributes, [y]) => {
  if (!x || !y) return null;
  const found = places(x, countOf(y.shape), ...pooling(attributes));
  const image = countOf(x.shape.slice(1));
  return [Float64Array.from(found, (at) => x.values[at] as number), Float64Array.from(found, (at) => at % image)];
};
const fromPlaces: Kernel = ([x, dy, argmax], _, [output]) => {
  if (!x || !dy || !argmax || !output) return null;
  const out = new Float64Array(countOf(output.shape));
  const [image, pooled] = [countOf(x.shape.slice(1)), countOf(dy.shape.slice(1))];
  for (let i = 0; i < dy.values.length; i++) {
    const at = Math.floor(i / pooled) * image + (argmax.values[i] as number);
    out[at] = (out[at] as number) + (dy.values[i] as number);
  }
  return [out];
};

// ------------------------------------------------------------------------------------------------ fractional

/** Regular edges: TensorFlow's are random. */
const edgesOf = (size: number, count: number): Float64Array =>
  Float64Array.from({ length: count + 1 }, (_, i) => (i === count ? size : Math.floor((i * size) / count)));

/** Visits the elements of every cell. */
function visitCells(
  image: readonly number[],
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
  overlapping: boolean,
  step: (cell: number, element: number, size: number) => void,
): void {
  const [batch = 1, height = 1, width = 1, channels = 1] = image;
  const end = (edges: ArrayLike<number>, i: number, limit: number) => Math.min((edges[i + 1] as number) + (overlapping ? 1 : 0), limit);
  const [down, across] = [rows.length - 1, columns.length - 1];
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < down; i++)
      for (let j = 0; j < across; j++) {
        const [top, bottom, left, right] = [rows[i] as number, end(rows, i, height), columns[j] as number, end(columns, j, width)];
        for (let r = top; r < bottom; r++)
          for (let c = left; c < right; c++)
            for (let k = 0; k < channels; k++)
              step(
                ((n * down + i) * across + j) * channels + k,
                ((n * height + r) * width + c) * channels + k,
                (bottom - top) * (right - left),
              );
      }
}
function cellAverage(x: Input, rows: ArrayLike<number>, columns: ArrayLike<number>, overlapping: boolean, count: number): Float64Array {
  const out = new Float64Array(count);
  visitCells(x.shape, rows, columns, overlapping, (cell, element, size) => {
    out[cell] = (out[cell] as number) + (x.values[element] as number) / size;
  });
  return out;
}
function cellPlaces(x: Input, rows: ArrayLike<number>, columns: ArrayLike<number>, overlapping: boolean, count: number): Int32Array {
  const out = new Int32Array(count).fill(-1);
  visitCells(x.shape, rows, columns, overlapping, (cell, element) => {
    const best = out[cell] as number;
    if (best < 0 || (x.values[element] as number) > (x.values[best] as number)) out[cell] = element;
  });
  return out;
}
const fractional =
  (pool: (x: Input, rows: ArrayLike<number>, columns: ArrayLike<number>, overlapping: boolean, count: number) => Float64Array): Kernel =>
  ([x], { overlapping }, [y]) => {
    if (!x || !y) return null;
    const rows = edgesOf(x.shape[1] ?? 1, y.shape[1] ?? 1);
    const columns = edgesOf(x.shape[2] ?? 1, y.shape[2] ?? 1);
    return [pool(x, rows, columns, overlapping === true, countOf(y.shape)), rows, columns];
  };

// ------------------------------------------------------------------------------------------------ patches

const patchPlaces = (image: readonly number[], attributes: unknown, step: (patch: number, element: number) => void): void => {
  const given = attributes as Windows & { window: readonly number[] };
  const each = countOf(given.window);
  const channels = image.at(-1) ?? 1;
  visit(image, given.window, given, (window, element, place, channel) => {
    step((Math.floor(window / channels) * each + place) * channels + channel, element);
  });
};

const dilation =
  (result: 'largest' | 'image' | 'filter'): Kernel =>
  ([x, f, dy], attributes, [output]) => {
    if (!x || !f || !output) return null;
    const windows = attributes as unknown as Windows;
    const window = f.shape.slice(0, 2);
    const channels = x.shape.at(-1) ?? 1;
    const most = new Float64Array(result === 'largest' ? countOf(output.shape) : (dy?.values.length ?? 0)).fill(-Infinity);
    const [atImage, atFilter] = [new Int32Array(most.length), new Int32Array(most.length)];
    visit(x.shape, window, windows, (at, element, place, channel) => {
      const sum = (x.values[element] as number) + (f.values[place * channels + channel] as number);
      if (sum > (most[at] as number)) {
        most[at] = sum;
        atImage[at] = element;
        atFilter[at] = place * channels + channel;
      }
    });
    if (result === 'largest') return [most];
    if (!dy) return null;
    const out = new Float64Array(countOf(output.shape));
    (result === 'image' ? atImage : atFilter).forEach((at, i) => (out[at] = (out[at] as number) + (dy.values[i] as number)));
    return [out];
  };

// ------------------------------------------------------------------------------------------------ neighbouring channels

/** Sums of f over the channels within the radius. */
function near(shape: readonly number[], radius: number, f: (element: number) => number): Float64Array {
  const channels = shape.at(-1) ?? 1;
  return Float64Array.from({ length: countOf(shape) }, (_, at) => {
    const row = at - (at % channels);
    let sum = 0;
    for (let c = Math.max(0, (at % channels) - radius); c <= Math.min(channels - 1, (at % channels) + radius); c++) sum += f(row + c);
    return sum;
  });
}
const radiusOf = (attributes: Readonly<Record<string, unknown>>): number => Number(attributes['depthRadius']);
const lrn: Kernel = ([x], attributes) => {
  if (!x) return null;
  const [bias, alpha, beta] = numbersOf([attributes['bias'], attributes['alpha'], attributes['beta']]) as [number, number, number];
  const squares = near(x.shape, radiusOf(attributes), (at) => (x.values[at] as number) ** 2);
  return [squares.map((sum, at) => (x.values[at] as number) * (bias + alpha * sum) ** -beta)];
};
const lrnGradient: Kernel = ([dy, x, y], attributes) => {
  if (!dy || !x || !y) return null;
  const [bias, alpha, beta] = numbersOf([attributes['bias'], attributes['alpha'], attributes['beta']]) as [number, number, number];
  const radius = radiusOf(attributes);
  const below = near(x.shape, radius, (at) => (x.values[at] as number) ** 2).map((sum) => bias + alpha * sum);
  const beside = near(x.shape, radius, (at) => ((dy.values[at] as number) * (y.values[at] as number)) / (below[at] as number));
  return [
    below.map((n, at) => (dy.values[at] as number) * n ** -beta - 2 * alpha * beta * (x.values[at] as number) * (beside[at] as number)),
  ];
};

export const POOLINGS: Kernels = {
  AvgPool: average,
  AvgPoolGrad: averageGradient,
  AvgPool3D: average,
  AvgPool3DGrad: averageGradient,
  MaxPool: largest,
  MaxPoolGrad: toImage,
  MaxPoolGradGrad: toPooled,
  MaxPool3D: largest,
  MaxPool3DGrad: toImage,
  MaxPool3DGradGrad: toPooled,
  MaxPoolWithArgmax: withPlaces,
  MaxPoolGradWithArgmax: fromPlaces,
  FractionalAvgPool: fractional(cellAverage),
  _FractionalAverage: ([x, rows, columns], { overlapping }, [y]) =>
    x && rows && columns && y ? [cellAverage(x, rows.values, columns.values, overlapping === true, countOf(y.shape))] : null,
  FractionalAvgPoolGrad: ([dy, rows, columns], { overlapping }, [x]) => {
    if (!dy || !rows || !columns || !x) return null;
    const out = new Float64Array(countOf(x.shape));
    visitCells(x.shape, rows.values, columns.values, overlapping === true, (cell, element, size) => {
      out[element] = (out[element] as number) + (dy.values[cell] as number) / size;
    });
    return [out];
  },
  FractionalMaxPool: fractional((x, rows, columns, overlapping, count) =>
    Float64Array.from(cellPlaces(x, rows, columns, overlapping, count), (at) => x.values[at] as number),
  ),
  FractionalMaxPoolGrad: ([x, , dy, rows, columns], { overlapping }) => {
    if (!x || !dy || !rows || !columns) return null;
    const out = new Float64Array(x.values.length);
    cellPlaces(x, rows.values, columns.values, overlapping === true, dy.values.length).forEach(
      (at, i) => (out[at] = (out[at] as number) + (dy.values[i] as number)),
    );
    return [out];
  },
  _FractionalChosen: ([x, y, d, rows, columns], { overlapping }) =>
    x && y && d && rows && columns
      ? [
          Float64Array.from(
            cellPlaces(x, rows.values, columns.values, overlapping === true, y.values.length),
            (at) => d.values[at] as number,
          ),
        ]
      : null,
  ExtractImagePatches: ([x], attributes, [y]) => {
    if (!x || !y) return null;
    const out = new Float64Array(countOf(y.shape));
    patchPlaces(x.shape, attributes, (patch, element) => (out[patch] = x.values[element] as number));
    return [out];
  },
  _ImageOfPatches: ([patches], attributes, [image]) => {
    if (!patches || !image) return null;
    const out = new Float64Array(countOf(image.shape));
    patchPlaces(image.shape, attributes, (patch, element) => {
      out[element] = (out[element] as number) + (patches.values[patch] as number);
    });
    return [out];
  },
  Dilation2D: dilation('largest'),
  Dilation2DBackpropInput: dilation('image'),
  Dilation2DBackpropFilter: dilation('filter'),
  LRN: lrn,
  LRNGrad: lrnGradient,
};
