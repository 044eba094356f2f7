// How rows about shapes, indices and random numbers are carried out.
import { classes, randomNumbers, samples, shuffled } from './random.ts';
import { carry, first, second, shapeOf, filled } from './carry.ts';
import { broadcastTo, empty, product, storageOf, type Values } from './values.ts';

const integers = (list: readonly number[], shape: readonly number[]): Values => ({ data: Int32Array.from(list), shape, storage: 'int32' });
carry('Shape', (c) => integers(first(c).shape, [first(c).shape.length]));
carry('Size', (c) => integers([first(c).data.length], []));
carry('Rank', (c) => integers([first(c).shape.length], []));
carry('OneHot', (c) => {
  const { depth, on, off, dtype } = c.attributes as { depth: number; on: number; off: number; dtype: never };
  const out = filled(shapeOf(c), off, storageOf(dtype));
  first(c).data.forEach((index, i) => {
    if (index >= 0 && index < depth) out.data[i * depth + index] = on;
  });
  return out;
});
carry('Range', (c) => {
  const [start = 0, , delta = 1] = c.inputs.map((x) => x.data[0] ?? 0);
  const out = empty(shapeOf(c), first(c).storage);
  for (let i = 0; i < out.data.length; i++) out.data[i] = start + i * delta;
  return out;
});
/** Where the elements of each row of the last axis lie in order; equal ones keep theirs. */
function sorted(x: Values, descending: boolean): Int32Array {
  const n = x.shape.at(-1) ?? 1;
  const sign = descending ? -1 : 1;
  const out = new Int32Array(x.data.length);
  for (let row = 0; row < x.data.length; row += n) {
    const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => sign * ((x.data[row + a] ?? 0) - (x.data[row + b] ?? 0)) || a - b);
    out.set(order, row);
  }
  return out;
}
carry('_ArgSort', (c) => ({ data: sorted(first(c), c.attributes['descending'] === true), shape: first(c).shape, storage: 'int32' }));
carry('TopKV2', (c) => {
  const x = first(c);
  const [n, count] = [x.shape.at(-1) ?? 1, Number(c.attributes['count'])];
  const places: Values = { data: sorted(x, true).filter((_, i) => i % n < count), shape: shapeOf(c), storage: 'int32' };
  const largest = empty(shapeOf(c), x.storage);
  lastAxisPlaces(places, shapeOf(c), n).forEach((place, i) => (largest.data[i] = x.data[place] ?? 0));
  return [largest, places];
});
/** Places along a last axis of `size`, broadcast to `shape`: where each lies in the array that has that axis. */
function lastAxisPlaces(places: Values, shape: readonly number[], size: number): Int32Array {
  const width = shape.at(-1) ?? 1;
  const isRepeated = places.shape.every((d, axis) => d === shape[axis + shape.length - places.shape.length]);
  const { data } = isRepeated ? places : broadcastTo(places, shape);
  const out = new Int32Array(product(shape));
  const rows = width === 0 ? 0 : out.length / width;
  for (let row = 0, i = 0, from = 0; row < rows; row++)
    for (let k = 0; k < width; k++, i++) {
      out[i] = row * size + (data[from] as number);
      if (++from === data.length) from = 0;
    }
  return out;
}
carry('_GatherLast', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  const places = lastAxisPlaces(second(c), shapeOf(c), x.shape.at(-1) ?? 1);
  for (let i = 0; i < places.length; i++) out.data[i] = x.data[places[i] as number] as number;
  return out;
});
carry('_ScatterLast', (c) => {
  const x = first(c);
  const out = empty(shapeOf(c), x.storage);
  const places = lastAxisPlaces(second(c), x.shape, shapeOf(c).at(-1) ?? 1);
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number;
    out.data[place] = (out.data[place] as number) + (x.data[i] as number);
  }
  return out;
});
carry('RandomStandardNormal', (c) => randomNumbers('normal', shapeOf(c), c.attributes['seed']));
carry('TruncatedNormal', (c) => randomNumbers('truncated', shapeOf(c), c.attributes['seed']));
carry('RandomUniform', (c) => randomNumbers('uniform', shapeOf(c), c.attributes['seed']));
carry('RandomGamma', (c) => samples('gamma', first(c), shapeOf(c), c.attributes['seed']));
carry('RandomPoissonV2', (c) => samples('poisson', first(c), shapeOf(c), c.attributes['seed']));
carry('Multinomial', (c) => classes(first(c), shapeOf(c), c.attributes['seed']));
carry('RandomShuffle', (c) => shuffled(first(c), c.attributes['seed']));
