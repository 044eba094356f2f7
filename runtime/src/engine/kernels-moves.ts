// How moves are carried out: the numbers are copied in JavaScript, mostly a row at a time; nothing is computed.
import { OpError } from '../../../core/shape.ts';
import type { Index } from '../../../core/ops/arrays.ts';
import { byReference, carry, first, second, shapeOf, numbers, filled } from './carry.ts';
import { broadcastTo, empty, product, reshaped, stridesOf, take, walk, type Values } from './values.ts';

carry('Reshape ExpandDims Squeeze', (c) => reshaped(first(c), shapeOf(c)));
carry('BroadcastTo', (c) => broadcastTo(first(c), shapeOf(c)));
carry('Fill', (c) => broadcastTo(first(c), shapeOf(c)));
carry('Transpose', (c) => {
  const x = first(c);
  const order = c.attributes['permutation'] === null ? x.shape.map((_, i) => x.shape.length - 1 - i) : numbers(c.attributes['permutation']);
  const strides = stridesOf(x.shape);
  return x.shape.length < 2
    ? x
    : take(
        x,
        shapeOf(c),
        order.map((axis) => strides[axis] ?? 0),
      );
});
carry('ConcatV2', (c) => {
  const { axis } = c.attributes as { axis: number };
  return join(c.inputs, axis < 0 ? axis + first(c).shape.length : axis, shapeOf(c));
});
carry('Pack', (c) => {
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + shapeOf(c).length : axis;
  const wide = c.inputs.map((x) => reshaped(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]));
  return join(wide, at, shapeOf(c));
});

/** Puts tensors one after the other along an axis. */
function join(list: readonly Values[], axis: number, shape: readonly number[]): Values {
  const out = empty(shape, list[0]?.storage ?? 'float32');
  const rows = product(shape.slice(0, axis));
  const width = product(shape.slice(axis));
  let offset = 0;
  for (const x of list) {
    const own = product(x.shape.slice(axis));
    for (let row = 0; row < rows; row++) out.data.set(x.data.subarray(row * own, (row + 1) * own), row * width + offset);
    offset += own;
  }
  return out;
}

const part = (x: Values, begin: readonly number[], size: readonly number[]): Values => {
  const strides = stridesOf(x.shape);
  return take(
    x,
    size,
    strides,
    begin.reduce((sum, b, i) => sum + b * (strides[i] ?? 0), 0),
  );
};
carry('Slice', (c) => part(first(c), numbers(c.attributes['begin']), shapeOf(c)));
carry('SplitV', (c) => {
  const x = first(c);
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + x.shape.length : axis;
  let offset = 0;
  return c.shapes.map((shape) => {
    const begin = x.shape.map((_, i) => (i === at ? offset : 0));
    offset += shape[at] ?? 0;
    return part(x, begin, shape);
  });
});
carry('Unpack', (c) => {
  const x = first(c);
  const { axis } = c.attributes as { axis: number };
  const at = axis < 0 ? axis + x.shape.length : axis;
  const size = x.shape.map((d, i) => (i === at ? 1 : d));
  return c.shapes.map((shape, n) =>
    reshaped(
      part(
        x,
        x.shape.map((_, i) => (i === at ? n : 0)),
        size,
      ),
      shape,
    ),
  );
});

/** Where a basic index begins in x, and how far apart its elements lie. */
function indexing(shape: readonly number[], indices: readonly Index[]): { start: number; strides: number[] } {
  const own = stridesOf(shape);
  const strides: number[] = [];
  let start = 0;
  let axis = 0;
  for (const index of indices) {
    if (index.kind === 'new axis') strides.push(0);
    else {
      const stride = own[axis] ?? 0;
      const length = shape[axis] ?? 0;
      axis++;
      if (index.kind === 'index') start += (index.at < 0 ? index.at + length : index.at) * stride;
      else {
        start += index.start * stride;
        strides.push(index.step * stride);
      }
    }
  }
  return { start, strides: [...strides, ...own.slice(axis)] };
}
carry('StridedSlice', (c) => {
  const { start, strides } = indexing(first(c).shape, c.attributes['indices'] as readonly Index[]);
  return take(first(c), shapeOf(c), strides, start);
});
carry('StridedSliceGrad', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  const { start, strides } = indexing(shapeOf(c), c.attributes['indices'] as readonly Index[]);
  walk(x.shape, strides, start, (from, to) => (out.data[to] = (out.data[to] ?? 0) + (x.data[from] ?? 0)));
  return out;
});
carry('PadV2', (c) => {
  const x = first(c);
  const paddings = c.attributes['paddings'] as readonly (readonly [number, number])[];
  const out = filled(shapeOf(c), Number(c.attributes['value'] ?? 0), x.storage);
  const strides = stridesOf(out.shape);
  const start = paddings.reduce((sum, [before], i) => sum + before * (strides[i] ?? 0), 0);
  walk(x.shape, strides, start, (from, to) => (out.data[to] = x.data[from] ?? 0));
  return out;
});
carry('Tile', (c) => {
  const x = first(c);
  const multiples = numbers(c.attributes['multiples']);
  const own = stridesOf(x.shape);
  // Every axis as how often, and what.
  const shape = x.shape.flatMap((size, axis) => [multiples[axis] ?? 1, size]);
  const strides = x.shape.flatMap((_, axis) => [0, own[axis] ?? 0]);
  return reshaped(take(x, shape, strides), shapeOf(c));
});
carry('ReverseV2', (c) => {
  const x = first(c);
  const axes = numbers(c.attributes['axes']).map((a) => (a < 0 ? a + x.shape.length : a));
  const own = stridesOf(x.shape);
  const start = axes.reduce((sum, a) => sum + ((x.shape[a] ?? 1) - 1) * (own[a] ?? 0), 0);
  return take(
    x,
    x.shape,
    own.map((s, i) => (axes.includes(i) ? -s : s)),
    start,
  );
});
carry('GatherV2', (c) => {
  const [x, indices] = [first(c), second(c)];
  if (c.attributes['batch']) return byReference('GatherV2', c);
  const out = empty(shapeOf(c), x.storage);
  gathering(x.shape, indices, Number(c.attributes['axis']), (from, to, width) => out.data.set(x.data.subarray(from, from + width), to));
  return out;
});
for (const name of ['_GatherSlices', '_GatherGrad'])
  carry(name, (c) => {
    const [x, indices] = [first(c), second(c)];
    if (c.attributes['batch']) return byReference(name, c);
    const out = empty(shapeOf(c), x.storage);
    gathering(out.shape, indices, Number(c.attributes['axis']), (to, from, width) => {
      for (let i = 0; i < width; i++) out.data[to + i] = (out.data[to + i] ?? 0) + (x.data[from + i] ?? 0);
    });
    return out;
  });

/** Visits rows: where each lies in x (which has the axis) and in the tensor that was gathered. Raises InvalidArgumentError for an index outside. */
function gathering(
  shape: readonly number[],
  indices: Values,
  axis: number,
  visit: (inX: number, gathered: number, width: number) => void,
): void {
  const width = product(shape.slice(axis + 1));
  const outer = product(shape.slice(0, axis));
  const length = shape[axis] ?? 0;
  for (const index of indices.data)
    if (index < 0 || index >= length) throw new OpError('InvalidArgumentError', `indices[…] = ${index} is not in [0, ${length})`);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < indices.data.length; i++)
      visit((o * length + (indices.data[i] ?? 0)) * width, (o * indices.data.length + i) * width, width);
}
