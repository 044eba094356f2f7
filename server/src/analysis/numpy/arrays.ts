// numpy's arrays: numbers that no tape follows. What is computed from a tensor remembers where it left TensorFlow.
import { currentGraph } from '../../../../core/graph.ts';
import { slicePart } from '../../../../core/ops/arrays.ts';
import { broadcast, isKnown, reshape, sizeOf } from '../../../../core/shape.ts';
import type { DType, Shape } from '../../../../core/tensor.ts';
import type { BinaryOperator } from '../../ir/ir.ts';
import { leave } from '../attributes.ts';
import { items } from '../iterate.ts';
import { numpyMethod } from './functions.ts';
import type { Machine } from '../machine.ts';
import { type ArrayValue, type Departure, integer, list, native, tuple, UNKNOWN, type Value } from '../values.ts';

export const array = (values: readonly number[] | null, shape: Shape, dtype: DType, sources: readonly Departure[] = []): ArrayValue => ({
  kind: 'array',
  values,
  shape,
  dtype,
  sources,
});

/** A value as an array; null where it is not known to be numbers. A tensor leaves TensorFlow here. */
export function toArray(m: Machine, value: Value, operation: string): ArrayValue | null {
  if (value.kind === 'array') return value;
  if (value.kind === 'tensor' || value.kind === 'variable') {
    if (operation.startsWith('np.')) refuseSymbolic(m, value);
    return leave(m, value, operation);
  }
  if (value.kind === 'number') return array(value.value === null ? null : [value.value], [], value.integer ? 'int64' : 'float64');
  if (value.kind === 'boolean') return array([Number(value.value)], [], 'bool');
  if (value.kind !== 'list') return null;
  const inner = items(m, value)?.map((v) => toArray(m, v, operation));
  if (!inner || inner.some((a) => a === null)) return null;
  const arrays = inner.flatMap((a) => a ?? []);
  const [first] = arrays;
  const sources = arrays.flatMap((a) => a.sources);
  const shape = first
    ? arrays.every((a) => JSON.stringify(a.shape) === JSON.stringify(first.shape)) && first.shape
      ? [arrays.length, ...first.shape]
      : null
    : [0];
  const values = arrays.every((a) => a.values) ? arrays.flatMap((a) => a.values ?? []) : null;
  const dtype = arrays.find((a) => /float/.test(a.dtype))?.dtype ?? first?.dtype ?? 'float64';
  return array(values, shape, dtype, sources);
}

/** A graph's tensors have no numbers that numpy could take. */
function refuseSymbolic(m: Machine, value: Value & { kind: 'tensor' | 'variable' }): void {
  const graph = currentGraph(m.eager);
  if (graph && (value.kind === 'variable' || graph.holds(value.tensor)))
    m.raise('NotImplementedError', 'Cannot convert a symbolic tf.Tensor to a numpy array.', null);
}

/** What a function of real numbers makes of a dtype. */
export function floatingResult(dtype: DType): DType {
  return /float/.test(dtype) ? dtype : 'float64';
}

export function arithmetic(m: Machine, operator: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [toArray(m, left, `numpy ${operator}`), toArray(m, right, `numpy ${operator}`)];
  if (!a || !b) return UNKNOWN;
  const together = promoted(a, b);
  const dtype = operator === '/' ? floatingResult(together) : together;
  const sources = [...a.sources, ...b.sources];
  let shape: Shape = null;
  try {
    shape = operator === '@' ? null : broadcast(a.shape, b.shape);
  } catch {
    return UNKNOWN;
  }
  const apply = ARITHMETIC[operator];
  const values = apply ? combine(a, b, shape, apply) : null;
  return array(values, shape, dtype, sources);
}
/** Values of two arrays spread over a shape; null where they are not known. */
export function combine(a: ArrayValue, b: ArrayValue, shape: Shape, f: (x: number, y: number) => number): readonly number[] | null {
  const size = isKnown(shape) ? sizeOf(shape) : null;
  if (!a.values || !b.values || !isKnown(shape) || size === null || size > MOST_VALUES || !isKnown(a.shape) || !isKnown(b.shape))
    return null;
  const [left, right] = [spread(a.values, a.shape, shape), spread(b.values, b.shape, shape)];
  return left.map((x, i) => f(x, right[i] ?? NaN));
}

/** Values are followed through arrays of at most this many. */
export const MOST_VALUES = 512;

function spread(values: readonly number[], from: readonly number[], to: readonly number[]): number[] {
  const padded = [...to.slice(from.length).map(() => 1), ...from];
  const strides = stridesOf(padded).map((stride, axis) => (padded[axis] === 1 ? 0 : stride));
  return placesOf(to).map((place) => values[place.reduce((at, i, axis) => at + i * (strides[axis] ?? 0), 0)] ?? NaN);
}

const stridesOf = (shape: readonly number[]): number[] => shape.map((_, axis) => shape.slice(axis + 1).reduce((n, d) => n * d, 1));

/** The index of every element, in order. */
function placesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((places, size) => places.flatMap((p) => Array.from({ length: size }, (_, i) => [...p, i])), [[]]);
}

/** Kinds of dtypes, each of which holds those before. */
const KINDS: readonly RegExp[] = [/^bool$/, /^u?int/, /float/, /^complex/];
const kindOf = (dtype: DType): number => KINDS.findIndex((kind) => kind.test(dtype));

/** The dtype of what two arrays make. Beside an array with axes one without says no more than its kind, and Python's numbers are such. */
export function promoted(a: ArrayValue, b: ArrayValue): DType {
  const isScalar = ({ shape }: ArrayValue): boolean => shape?.length === 0;
  if (isScalar(a) !== isScalar(b)) {
    const [whole, scalar] = isScalar(a) ? [b, a] : [a, b];
    if (kindOf(scalar.dtype) <= kindOf(whole.dtype)) return whole.dtype;
  }
  return commonDtype(a.dtype, b.dtype);
}

/** The smallest dtype that holds both: what is a float beside integers of 32 bits and more has 64. */
export function commonDtype(a: DType, b: DType): DType {
  if (a === b) return a;
  const [small, large] = kindOf(a) <= kindOf(b) ? [a, b] : [b, a];
  const bits = (dtype: DType): number => Number(/\d+/.exec(dtype)?.[0] ?? 8);
  if (kindOf(small) === kindOf(large)) return bits(small) > bits(large) ? small : large;
  return large === 'float32' && kindOf(small) === 1 && bits(small) >= 32 ? 'float64' : large;
}
const ARITHMETIC: Readonly<Partial<Record<BinaryOperator, (x: number, y: number) => number>>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '**': (x, y) => x ** y,
  '%': (x, y) => x - y * Math.floor(x / y),
  '//': (x, y) => Math.floor(x / y),
};

export function arrayAttribute(m: Machine, object: ArrayValue, name: string): Value | null {
  const method = numpyMethod(name);
  switch (name) {
    case 'shape':
      return object.shape ? tuple(object.shape.map((d) => integer(d))) : { kind: 'shape', shape: null };
    case 'ndim':
      return integer(object.shape?.length ?? null);
    case 'size':
      return integer(sizeOf(object.shape));
    case 'dtype':
      return { kind: 'dtype', dtype: object.dtype };
    case 'T':
      return {
        ...object,
        shape: object.shape && [...object.shape].reverse(),
        values: (object.shape?.length ?? 9) < 2 ? object.values : null,
      };
    case 'astype':
      return native(name, (args) => cast(object, dtypeOf(args.positional[0] ?? args.keywords.get('dtype')) ?? object.dtype));
    case 'transpose':
      return native(name, () => ({
        ...object,
        shape: object.shape && [...object.shape].reverse(),
        values: (object.shape?.length ?? 9) < 2 ? object.values : null,
      }));
    case 'item':
    case 'copy':
    case 'flatten':
    case 'ravel':
      return native(name, () =>
        name === 'item' ? { ...object, shape: [] } : name === 'copy' ? { ...object } : { ...object, shape: [sizeOf(object.shape)] },
      );
    case 'tolist':
      return native(name, () =>
        object.values && object.shape?.length === 1 ? list(object.values.map((v) => ({ ...object, values: [v], shape: [] }))) : list(null),
      );
    case 'reshape':
      return native(name, (args) =>
        reshaped(
          object,
          args.positional.length === 1 && args.positional[0]?.kind === 'list' ? (args.positional[0].items ?? []) : args.positional,
        ),
      );
    default:
      return method ? native(name, (args) => method(m, { ...args, positional: [object, ...args.positional] })) : null;
  }
}

export const cast = (object: ArrayValue, dtype: DType): ArrayValue => ({
  ...object,
  dtype,
  values:
    object.values &&
    (/int/.test(dtype) ? object.values.map(Math.trunc) : dtype === 'bool' ? object.values.map((v) => Number(v !== 0)) : object.values),
});

export function reshaped(object: ArrayValue, dims: readonly Value[]): Value {
  const target = dims.map((d) => (d.kind === 'number' ? d.value : null));
  try {
    return { ...object, shape: reshape(object.shape, target) };
  } catch {
    return UNKNOWN;
  }
}

export function dtypeOf(value: Value | undefined): DType | null {
  if (!value) return null;
  if (value.kind === 'dtype') return value.dtype;
  if (value.kind === 'string') return value.value as DType | null;
  if (value.kind !== 'native') return null;
  if (/^np\.(float|int|bool)/.test(value.name)) return value.name.slice(3) as DType;
  return ({ float: 'float64', int: 'int64', bool: 'bool' } as Readonly<Record<string, DType>>)[value.name] ?? null;
}

// ------------------------------------------------------------------------------------------------ parts of arrays

/** `a[1:3, 0, ..., np.newaxis]`; with arrays and lists as indices only the shape is followed. */
export function subscriptArray(m: Machine, object: ArrayValue, index: Value): Value {
  const { shape } = object;
  const parts = index.kind === 'list' && index.type === 'tuple' && index.items ? index.items : [index];
  const nothing = array(null, null, object.dtype, object.sources);
  if (shape === null) return nothing;
  const used = parts.filter((p) => p.kind !== 'none' && p.kind !== 'ellipsis').length;
  const taken: { readonly size: number | null; readonly at: ((i: number) => number) | null }[] = [];
  const out: (number | null)[] = [];
  const axes: (number | null)[] = [];
  let axis = 0;
  const take = (size: number | null, kept: boolean, at: ((i: number) => number) | null): void => {
    taken.push({ size, at });
    axes.push(kept ? out.length : null);
    if (kept) out.push(size);
    axis++;
  };
  for (const part of parts) {
    const size = shape[axis] ?? null;
    if (part.kind === 'none') out.push(1);
    else if (part.kind === 'ellipsis') for (let i = shape.length - used; i > 0; i--) take(shape[axis] ?? null, true, (k) => k);
    else if (axis >= shape.length) return nothing;
    else if (part.kind === 'number') {
      const { value } = part;
      if (value !== null && size !== null && (value >= size || value < -size))
        m.raise('IndexError', `index ${value} is out of bounds for axis ${axis} with size ${size}`, null);
      take(size, false, value === null ? null : () => (value < 0 ? value + (size ?? 0) : value));
    } else if (part.kind === 'slice') {
      const [lower, upper, step] = [part.lower, part.upper, part.step].map((v) =>
        v.kind === 'none' ? undefined : v.kind === 'number' ? v.value : null,
      );
      const slice = lower === null || upper === null || step === null ? null : slicePart(size, lower, upper, step);
      if (slice?.kind !== 'slice') take(null, true, null);
      else take(slice.size, true, (k) => slice.start + k * slice.step);
    } else {
      const given = part.kind === 'unknown' ? null : toArray(m, part, 'numpy index');
      if (!given?.shape || parts.length > 1) return nothing;
      const isMask = given.dtype === 'bool';
      return array(
        null,
        isMask ? [null, ...shape.slice(given.shape.length)] : [...given.shape, ...shape.slice(1)],
        object.dtype,
        object.sources,
      );
    }
  }
  for (; axis < shape.length;) take(shape[axis] ?? null, true, (k) => k);
  const size = isKnown(out) ? sizeOf(out) : null;
  const strides = isKnown(shape) ? stridesOf(shape) : null;
  const { values } = object;
  const known =
    values !== null && strides !== null && isKnown(out) && size !== null && size <= MOST_VALUES && taken.every((t) => t.at !== null);
  const found = known
    ? placesOf(out).map(
        (place) =>
          values[
            taken.reduce((sum, t, k) => sum + (strides[k] ?? 0) * (t.at?.(axes[k] === null ? 0 : (place[axes[k] ?? 0] ?? 0)) ?? 0), 0)
          ] ?? NaN,
      )
    : null;
  return array(found, out, object.dtype, object.sources);
}
