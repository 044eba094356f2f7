// How convolutions and poolings are carried out: forward by TensorFlow.js where its kernel can, everything else as a product with the image's windows laid out as rows.
import { visitWindows, type Windows } from '../../../core/windows.ts';
import { byReference, type Call, carry, carryByReference, first, second, shapeOf } from './carry.ts';
import { empty, product, take, type Values } from './values.ts';

/** Rows are laid out for as many images at a time as fit into this many numbers. */
const MOST_NUMBERS = 1 << 22;

/** Every element of every window: which window it is in, where in it, and where in the image, one after the other. */
function elementsOf(sizes: readonly number[], window: readonly number[], windows: Windows): Int32Array {
  const list: number[] = [];
  visitWindows(sizes, window, windows, (output, place, input) => list.push(output, place, input));
  return Int32Array.from(list);
}

interface Layout {
  readonly elements: Int32Array;
  readonly batch: number;
  readonly channels: number;
  readonly pixels: number;
  /** How many windows an image has. */
  readonly outputs: number;
  /** How many numbers a window has. */
  readonly width: number;
  /** How many images at a time. */
  readonly group: number;
}
function layoutOf(image: readonly number[], window: readonly number[], outputs: number, windows: Windows): Layout {
  const channels = image.at(-1) ?? 1;
  const width = product(window) * channels;
  const group = Math.max(1, Math.floor(MOST_NUMBERS / Math.max(1, outputs * width)));
  const sizes = image.slice(1, -1);
  return { elements: elementsOf(sizes, window, windows), batch: image[0] ?? 1, channels, pixels: product(sizes), outputs, width, group };
}

/** Windows as rows: [images · outputs, width]. */
function rowsOf(x: Values, from: number, count: number, { elements, channels, pixels, outputs, width }: Layout): Values {
  const rows = empty([count * outputs, width], 'float32');
  for (let n = 0; n < count; n++)
    for (let e = 0; e < elements.length; e += 3) {
      const [output = 0, place = 0, input = 0] = [elements[e], elements[e + 1], elements[e + 2]];
      const start = ((from + n) * pixels + input) * channels;
      rows.data.set(x.data.subarray(start, start + channels), (n * outputs + output) * width + place * channels);
    }
  return rows;
}
/** Adds rows up where they came from. */
function addRows(rows: Values, to: Values, from: number, count: number, { elements, channels, pixels, outputs, width }: Layout): void {
  for (let n = 0; n < count; n++)
    for (let e = 0; e < elements.length; e += 3) {
      const [output = 0, place = 0, input = 0] = [elements[e], elements[e + 1], elements[e + 2]];
      const start = ((from + n) * pixels + input) * channels;
      const row = (n * outputs + output) * width + place * channels;
      for (let c = 0; c < channels; c++) to.data[start + c] = (to.data[start + c] ?? 0) + (rows.data[row + c] ?? 0);
    }
}

/** Kernels turn slowly: it is done beforehand. */
function matmul(c: Call, a: Values, b: Values, transposeA: boolean, transposeB: boolean): Values {
  return c.kernels.run(
    'BatchMatMul',
    { a: transposeA ? turned(a) : a, b: transposeB ? turned(b) : b },
    { transposeA: false, transposeB: false },
  );
}
function turned(x: Values): Values {
  const [rows = 1, columns = 1] = x.shape;
  return take(x, [columns, rows], [1, columns]);
}
const flat = (x: Values, rows: number, columns: number): Values => ({ ...x, shape: [rows, columns] });
const part = (x: Values, from: number, to: number, columns: number): Values => ({
  ...x,
  data: x.data.subarray(from * columns, to * columns),
  shape: [to - from, columns],
});

function forward(c: Call): Values {
  const [x, filter] = [first(c), second(c)];
  const windows = c.attributes as unknown as Windows;
  const layout = layoutOf(x.shape, filter.shape.slice(0, -2), product(shapeOf(c).slice(1, -1)), windows);
  const depth = filter.shape.at(-1) ?? 1;
  const out = empty(shapeOf(c), 'float32');
  const weights = flat(filter, layout.width, depth);
  for (let n = 0; n < layout.batch; n += layout.group) {
    const count = Math.min(layout.group, layout.batch - n);
    out.data.set(matmul(c, rowsOf(x, n, count, layout), weights, false, false).data, n * layout.outputs * depth);
  }
  return out;
}
function toFilter(c: Call): Values {
  const [x, dy] = [first(c), second(c)];
  const layout = layoutOf(x.shape, shapeOf(c).slice(0, -2), product(dy.shape.slice(1, -1)), c.attributes as unknown as Windows);
  const depth = dy.shape.at(-1) ?? 1;
  const out = empty(shapeOf(c), 'float32');
  for (let n = 0; n < layout.batch; n += layout.group) {
    const count = Math.min(layout.group, layout.batch - n);
    const gradients = part(dy, n * layout.outputs, (n + count) * layout.outputs, depth);
    matmul(c, rowsOf(x, n, count, layout), gradients, true, false).data.forEach((v, i) => (out.data[i] = (out.data[i] ?? 0) + v));
  }
  return out;
}
function toInput(c: Call): Values {
  const [filter, dy] = [first(c), second(c)];
  const layout = layoutOf(shapeOf(c), filter.shape.slice(0, -2), product(dy.shape.slice(1, -1)), c.attributes as unknown as Windows);
  const depth = filter.shape.at(-1) ?? 1;
  const out = empty(shapeOf(c), 'float32');
  const weights = flat(filter, layout.width, depth);
  for (let n = 0; n < layout.batch; n += layout.group) {
    const count = Math.min(layout.group, layout.batch - n);
    const gradients = part(dy, n * layout.outputs, (n + count) * layout.outputs, depth);
    addRows(matmul(c, gradients, weights, false, true), out, n, count, layout);
  }
  return out;
}

/** TensorFlow.js' names for the attributes of windows; null where it cannot have them. */
function named({ attributes }: Call): object | null {
  const { strides, dilations, padding } = attributes as unknown as Windows;
  if (typeof padding !== 'string') return null;
  return { strides: [...strides], dilations: [...dilations], pad: padding.toLowerCase(), dataFormat: 'NHWC', dimRoundingMode: undefined };
}
const isEmpty = (c: Call): boolean => c.inputs.some((x) => x.data.length === 0) || product(shapeOf(c)) === 0;

carry('Conv2D', (c) => {
  const attributes = named(c);
  return attributes && !isEmpty(c) ? c.kernels.run('Conv2D', { x: first(c), filter: second(c) }, attributes) : forward(c);
});
carry('DepthwiseConv2dNative', (c) => {
  const attributes = named(c);
  return attributes && !isEmpty(c)
    ? c.kernels.run('DepthwiseConv2dNative', { x: first(c), filter: second(c) }, attributes)
    : byReference('DepthwiseConv2dNative', c);
});
carry('Conv3D', forward);
carry('Conv2DBackpropInput Conv3DBackpropInputV2', toInput);
carry('Conv2DBackpropFilter Conv3DBackpropFilterV2', toFilter);
carryByReference('DepthwiseConv2dNativeBackpropInput DepthwiseConv2dNativeBackpropFilter');
carryByReference(
  'AvgPool AvgPoolGrad AvgPool3D AvgPool3DGrad MaxPool MaxPoolGrad MaxPoolGradGrad MaxPool3D MaxPool3DGrad MaxPool3DGradGrad',
);
