// `x[begin:end:step, ..., i]` as Python writes it, as one strided slice; and tensors that hold the elements of a `tf.TensorArray` in a graph.
import { Integer, isList, isTensor, isVariable, type Value } from '../../../core/api/value.ts';
import type { Eager } from '../../../core/eager.ts';
import { OpError } from '../../../core/shape.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { type NumericBackend, valuesOf } from '../engine/backend.ts';

type Index =
  | { readonly kind: 'slice'; readonly start: number; readonly size: number; readonly step: number }
  | { readonly kind: 'new axis' }
  | { readonly kind: 'index'; readonly at: number };

/** `keys`: whole numbers, null for a new axis, `...`, lists of `slice`, start, stop and step. Raises InvalidArgumentError out of bounds. */
export function index(eager: Eager, backend: NumericBackend, x: Tensor, keys: readonly Value[]): Tensor {
  const shape = (x.shape ?? []).map((d) => d ?? 0);
  const used = keys.filter((k) => k !== null && k !== '...').length;
  if (used > shape.length)
    throw new OpError('InvalidArgumentError', `Index out of range using input dim ${shape.length}; input has only ${shape.length} dims`);
  const indices: Index[] = [];
  let axis = 0;
  for (const key of keys) {
    if (key === null) indices.push({ kind: 'new axis' });
    else if (key === '...') for (const end = axis + shape.length - used; axis < end; axis++) indices.push(whole(shape[axis] ?? 0));
    else if (isList(key)) indices.push(sliceOf(key.slice(1).map(numberOf), shape[axis++] ?? 0));
    else {
      const size = shape[axis] ?? 0;
      const at = numberOf(key) ?? 0;
      const inside = at >= -size && at < size;
      // A number that is only there while a graph is traced says nothing yet.
      if (!inside && !(backend.isLazy && isTensor(key)))
        throw new OpError('InvalidArgumentError', `slice index ${at} of dimension ${axis} out of bounds.`);
      indices.push({ kind: 'index', at: inside ? at : 0 });
      axis++;
    }
  }
  return eager.operations.apply('StridedSlice', [x], { indices });
}

const whole = (size: number): Index => ({ kind: 'slice', start: 0, size, step: 1 });

/** What Python's `range(size)[start:stop:step]` picks. */
function sliceOf([start = null, stop = null, by = null]: readonly (number | null)[], size: number): Index {
  const step = by ?? 1;
  if (step === 0) throw new OpError('ValueError', 'slice step cannot be zero');
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (at: number | null, otherwise: number): number =>
    at === null ? otherwise : Math.min(Math.max(at < 0 ? at + size : at, low), high);
  const [from, to] = [bound(start, step > 0 ? low : high), bound(stop, step > 0 ? high : low)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return { kind: 'slice', start: count === 0 ? 0 : from, size: count, step };
}

function numberOf(value: Value): number | null {
  if (value === null || typeof value === 'number') return value;
  if (value instanceof Integer) return value.value;
  if (isVariable(value)) return valuesOf(value.value).data[0] ?? 0;
  return isTensor(value) ? (valuesOf(value).data[0] ?? 0) : Number(value);
}

// ---------------------------------------------------------------------------------------------- elements of a list

/** A list in which nothing is written yet has elements of the size 0. */
const isEmpty = ({ shape }: Tensor): boolean => shape?.length === 2 && shape[1] === 0;

const place = (at: Tensor, size: number, isLazy: boolean): number => {
  const i = valuesOf(at).data[0] ?? 0;
  return isLazy ? Math.max(0, Math.min(i, size - 1)) : i;
};

/** The list with an element in a place of its own; it grows as far as needed. */
export function listWrite({ operations: o }: Eager, backend: NumericBackend, list: Tensor, at: Tensor, value: Tensor): Tensor {
  const size = list.shape?.[0] ?? 0;
  const i = place(at, Math.max(size, 1), backend.isLazy);
  if (i < 0) throw new OpError('InvalidArgumentError', `Trying to modify element ${i} in a list with ${size} elements.`);
  const rest = (value.shape ?? []).map((d) => d ?? 0);
  const count = Math.max(size, i + 1);
  const zeros = (n: number): Tensor => o.full(0, [n, ...rest], value.dtype);
  const before = isEmpty(list) ? zeros(count) : count > size ? o.concat([list, zeros(count - size)], 0) : list;
  const part = (from: number, to: number): Tensor[] =>
    to > from ? [o.slice(before, [from, ...rest.map(() => 0)], [to - from, ...rest])] : [];
  return o.concat([...part(0, i), o.expandDims(o.apply('_IntoList', [value]), 0), ...part(i + 1, count)], 0);
}

export function listRead(eager: Eager, backend: NumericBackend, list: Tensor, at: Tensor): Tensor {
  const size = list.shape?.[0] ?? 0;
  const i = place(at, size, backend.isLazy);
  if (i < 0 || i >= size) throw new OpError('InvalidArgumentError', `Trying to access element ${i} in a list with ${size} elements.`);
  return eager.operations.apply('StridedSlice', [listElements(eager, list)], {
    indices: [{ kind: 'index', at: i }, ...(list.shape ?? []).slice(1).map((d) => whole(d ?? 0))],
  });
}

/** A list of the rows of a tensor. */
export const listFrom = ({ operations }: Eager, rows: Tensor): Tensor => operations.apply('_AsList', [rows]);

/** All elements as one tensor. */
export const listStack = ({ operations }: Eager, list: Tensor): Tensor => operations.identity(list);

/** The same to read from. */
export const listElements = ({ operations }: Eager, list: Tensor): Tensor => operations.apply('_FromList', [list]);

/** All elements, end to end. */
export function listConcat(eager: Eager, list: Tensor): Tensor {
  const [count = 0, first = 0, ...rest] = (list.shape ?? []).map((d) => d ?? 0);
  return eager.operations.reshape(listElements(eager, list), [count * first, ...rest]);
}
