// `tf.data`: pipelines whose elements no tape has seen. What is known is an element's structure, dtypes and shapes, and how many there are.
import type { DType, Shape } from '../../../core/tensor.ts';
import { callValue, unknownCall } from './call.ts';
import { asTensor, plainCall } from './convert.ts';
import type { Machine } from './machine.ts';
import { leave } from './attributes.ts';
import { truth } from './operators.ts';
import { flatten, pack } from './structure.ts';
import {
  argument,
  boolean,
  type CallArguments,
  type DatasetState,
  type InstanceValue,
  integer,
  native,
  nativeClass,
  tensorValue,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

const DATASET = 'tf.data.Dataset';

/** A value under `tf.data`; null where it is not known here. */
export function dataAttribute(m: Machine, full: string): Value | null {
  switch (full) {
    case DATASET:
      return { kind: 'module', name: full };
    case 'tf.data.AUTOTUNE':
    case 'tf.data.experimental.AUTOTUNE':
      return integer(-1);
    case `${DATASET}.from_tensor_slices`:
      return native(full, (args) => slicesOf(m, argument(args, 'tensors', 0)));
    case `${DATASET}.from_tensors`:
      return native(full, (args) => dataset(m, asElement(m, argument(args, 'tensors', 0)), 1));
    case `${DATASET}.range`:
      return native(full, (args) => rangeOf(m, args));
    case `${DATASET}.zip`:
      return native(full, (args) => zipped(m, args));
    default:
      return null;
  }
}

// ------------------------------------------------------------------------------------------------ making them

const dataset = (m: Machine, element: Value, count: number | null): InstanceValue => ({
  kind: 'instance',
  type: nativeClass('Dataset', { construct: () => undefined, attribute: (self, name) => member(m, self, name) }),
  attributes: new Map(),
  native: { dataset: { element, count } },
});

/** A structure of tensors that stand for an element; unknown where the structure is. */
function asElement(m: Machine, structure: Value, shapeOf: (shape: Shape) => Shape = (shape) => shape): Value {
  const leaves = flatten(structure);
  const tensors = leaves?.map((v) => asTensor(m, v));
  if (!tensors?.every((t) => t !== null)) return UNKNOWN;
  return pack(
    structure,
    tensors.map((t) => tensorValue(m.backend.opaque(shapeOf(t.shape), t.dtype))),
  );
}

/** The rows of a structure of arrays. A list is one array, a tuple a structure. */
function slicesOf(m: Machine, structure: Value): Value {
  const given = structure.kind === 'list' && structure.type === 'list' ? (asTensor(m, structure) ?? null) : null;
  const whole = given ? tensorValue(given) : structure;
  const first = flatten(whole)?.[0];
  const count = (first && asTensor(m, first)?.shape?.[0]) ?? null;
  return dataset(
    m,
    asElement(m, whole, (shape) => shape && shape.slice(1)),
    count,
  );
}

function rangeOf(m: Machine, args: CallArguments): Value {
  const numbers = args.positional.map((v) => (v.kind === 'number' ? v.value : null));
  const [start, stop, step] = numbers.length === 1 ? [0, numbers[0] ?? null, 1] : [numbers[0] ?? null, numbers[1] ?? null, numbers[2] ?? 1];
  const known = start !== null && stop !== null && !numbers.includes(null) && step !== 0;
  return dataset(m, tensorValue(m.backend.opaque([], 'int64')), known ? Math.max(0, Math.ceil((stop - start) / step)) : null);
}

function zipped(m: Machine, args: CallArguments): Value {
  const given = argument(args, 'datasets', 0);
  const datasets = args.positional.length > 1 ? tuple(args.positional) : given;
  const states = flatten(datasets)?.map((v) => (v.kind === 'instance' ? v.native.dataset : undefined));
  if (!states?.every((s) => s !== undefined)) return UNKNOWN;
  const counts = states.map((s) => s.count);
  const element = states.some((s) => s.element.kind === 'unknown')
    ? UNKNOWN
    : pack(
        datasets,
        states.map((s) => s.element),
      );
  return dataset(m, element, counts.some((c) => c === null) ? null : Math.min(...counts.map((c) => c ?? 0)));
}

// ------------------------------------------------------------------------------------------------ elements

/** One element, of tensors of its own. */
export function freshElement(m: Machine, { element }: DatasetState): Value {
  const leaves = flatten(element);
  if (!leaves) return UNKNOWN;
  return pack(
    element,
    leaves.map((v) => {
      const tensor = v.kind === 'tensor' ? v.tensor : null;
      if (!tensor) return v.kind === 'array' ? { ...v } : v;
      return tensorValue(m.backend.opaque(tensor.shape, tensor.dtype));
    }),
  );
}

/** How many elements are gone through one by one. */
const MOST = 40;

export function elementsOfDataset(m: Machine, state: DatasetState): readonly Value[] | null {
  return state.count !== null && state.count <= MOST ? Array.from({ length: state.count }, () => freshElement(m, state)) : null;
}

// ------------------------------------------------------------------------------------------------ their methods

type Method = (m: Machine, state: DatasetState, args: CallArguments) => Value;

const numberAt = (args: CallArguments, name: string, at: number): number | null => {
  const value = argument(args, name, at);
  return value.kind === 'number' ? value.value : null;
};
const withCount = (m: Machine, { element }: DatasetState, count: number | null): Value => dataset(m, element, count);
const same: Method = (m, { element, count }) => dataset(m, element, count);

const METHODS: Readonly<Record<string, Method>> = {
  shuffle: same,
  prefetch: same,
  cache: same,
  with_options: same,
  batch: (m, state, args) => batched(m, state, args, (shape) => shape),
  padded_batch: (m, state, args) => batched(m, state, args, (shape) => shape && shape.map(() => null)),
  unbatch: (m, { element }) =>
    dataset(
      m,
      asElement(m, element, (shape) => shape && shape.slice(1)),
      null,
    ),
  repeat: (m, state, args) => {
    const times = args.positional.length + args.keywords.size === 0 ? null : numberAt(args, 'count', 0);
    return withCount(m, state, times !== null && times >= 0 && state.count !== null ? state.count * times : null);
  },
  take: (m, state, args) => {
    const most = numberAt(args, 'count', 0);
    return withCount(m, state, most === null || state.count === null ? null : most < 0 ? state.count : Math.min(most, state.count));
  },
  skip: (m, state, args) => {
    const left = numberAt(args, 'count', 0);
    return withCount(m, state, left === null || state.count === null ? null : left < 0 ? 0 : Math.max(0, state.count - left));
  },
  filter: (m, state) => withCount(m, state, null),
  enumerate: (m, { element, count }) => dataset(m, tuple([tensorValue(m.backend.opaque([], 'int64')), element]), count),
  map: (m, state, args) => dataset(m, mapped(m, state, argument(args, 'map_func', 0)), state.count),
  as_numpy_iterator: (m, state) => {
    const element = freshElement(m, state);
    const leaves = flatten(element);
    const arrays = leaves?.map((v) => (v.kind === 'tensor' ? { ...leave(m, v, 'as_numpy_iterator()'), sources: [] } : v));
    return dataset(m, arrays ? pack(element, arrays) : UNKNOWN, state.count);
  },
  cardinality: (m, { count }) => tensorValue(m.backend.opaque([], 'int64', { values: count === null ? null : [count] })),
  __len__: (_, { count }) => integer(count),
};

function member(m: Machine, self: InstanceValue, name: string): Value | null {
  const state = self.native.dataset;
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!state) return null;
  return native(name, (args) => (method && !args.open ? method(m, state, args) : unknownCall(m, args)));
}

function batched(m: Machine, { element, count }: DatasetState, args: CallArguments, within: (shape: Shape) => Shape): Value {
  const size = numberAt(args, 'batch_size', 0);
  const drops = truth(m, args.keywords.get('drop_remainder') ?? boolean(false));
  const full = size !== null && (drops === true || (count !== null && count % size === 0));
  const batches = size === null || count === null || drops === null ? null : drops ? Math.floor(count / size) : Math.ceil(count / size);
  const shapeOf = (shape: Shape): Shape => {
    const rest = within(shape);
    return rest && [full ? size : null, ...rest];
  };
  return dataset(m, asElement(m, element, shapeOf), batches);
}

/** What a function makes of an element: it runs in a graph that no tape sees. */
function mapped(m: Machine, state: DatasetState, f: Value): Value {
  const element = freshElement(m, state);
  const { tapes } = m.eager;
  m.eager.tapes = [];
  m.graphDepth++;
  try {
    const given = element.kind === 'list' && element.type === 'tuple' && element.items ? element.items : [element];
    const result = m.converting(true, () => callValue(m, f, plainCall(m, given)));
    return asElement(m, result.kind === 'list' && result.items ? { ...result, type: 'tuple' } : result);
  } finally {
    m.graphDepth--;
    m.eager.tapes = tapes;
  }
}

// ------------------------------------------------------------------------------------------------ Keras' own data

/** Training and test parts: how many, the shape of one, the dtypes of inputs and answers, the answers' own shape. */
const KERAS: Readonly<Record<string, readonly [number, number, readonly number[], DType, DType, readonly number[]]>> = {
  mnist: [60000, 10000, [28, 28], 'uint8', 'uint8', []],
  fashion_mnist: [60000, 10000, [28, 28], 'uint8', 'uint8', []],
  cifar10: [50000, 10000, [32, 32, 3], 'uint8', 'uint8', [1]],
  cifar100: [50000, 10000, [32, 32, 3], 'uint8', 'int64', [1]],
  boston_housing: [404, 102, [13], 'float64', 'float64', []],
};

/** `tf.keras.datasets.mnist.load_data()` and its kin; null for others. */
export function kerasDataset(name: string): Value | null {
  const spec = KERAS[name];
  if (!spec) return null;
  const [training, test, shape, dtype, answers, answerShape] = spec;
  const array = (count: number, rest: readonly number[], type: DType): Value => ({
    kind: 'array',
    values: null,
    shape: [count, ...rest],
    dtype: type,
    sources: [],
  });
  const part = (count: number): Value => tuple([array(count, shape, dtype), array(count, answerShape, answers)]);
  return native(`tf.keras.datasets.${name}.load_data`, () => tuple([part(training), part(test)]));
}
