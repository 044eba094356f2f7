// `tf.IndexedSlices`: the gradient of a gather as rows and where they belong. To every op it is the dense tensor; its parts are read off the op that made it.
import type { Operations } from './operations.ts';
import { sizeOf } from './shape.ts';
import type { Tensor } from './tensor.ts';

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
    return { values: o.reshape(first, [count, ...shape.slice(1)]), indices: o.reshape(second, [count]) };
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
