// `tf.IndexedSlices`: the gradient of a gather as rows and where they belong. To every op it is the dense tensor; its parts are read off the op that made it.
// A few public functions, and Python's `-`, do something to the rows only and give such a thing again.
import type { Operations } from './operations.ts';
import { sizeOf, surelyEqual } from './shape.ts';
import type { Shape, Tensor } from './tensor.ts';

export interface Slices {
  /** [n, ...the dense shape without its first axis] */
  readonly values: Tensor;
  /** [n] */
  readonly indices: Tensor;
}

/** null where it is none, or where nobody knows what made it. */
export function slicesOf(tensor: Tensor, o: Operations): Slices | null {
  const { origin, shape } = tensor;
  const [first, second] = origin?.inputs ?? [];
  if (origin?.name === '_GatherSlices' && first && second && shape) {
    const count = sizeOf(second.shape);
    const as = (t: Tensor, wanted: Shape): Tensor => (surelyEqual(t.shape, wanted) ? t : o.reshape(t, wanted));
    return { values: as(first, [count, ...shape.slice(1)]), indices: as(second, [count]) };
  }
  if (origin?.name !== '_AddSlices') return null;
  const parts = origin.inputs.map((input) => slicesOf(input, o));
  if (!parts.every((part) => part !== null)) return null;
  return {
    values: o.concat(
      parts.map((part) => part.values),
      0,
    ),
    indices: o.concat(
      parts.map((part) => part.indices),
      0,
    ),
  };
}

/** The same with other rows; null where its parts are not known. */
export function mapSlices(slices: Tensor, o: Operations, map: (values: Tensor) => Tensor): Tensor | null {
  const parts = slicesOf(slices, o);
  return parts && o.apply('_GatherSlices', [map(parts.values), parts.indices], { axis: 0, shape: slices.shape });
}

/** What becomes of the gradient of a gather where TensorFlow changes its rows only: it stays an IndexedSlices. */
export function keepSlices(slices: Tensor, o: Operations, change: (x: Tensor) => Tensor): Tensor {
  if (!slices.indexedSlices) return change(slices);
  return mapSlices(slices, o, change) ?? o.apply('_AsSlices', [change(slices)]);
}
