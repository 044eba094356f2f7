// `tf.TensorArray`: eagerly a Python list; in a graph one tensor that holds all elements.
import type { DType, Shape, Tensor } from '../../../../core/tensor.ts';
import { asTensor, callByName, guarded, literalTensor, unknownTensor } from '../convert.ts';
import { rowsOf } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { dtypeOf } from '../numpy/arrays.ts';
import { truth } from '../operators.ts';
import { tupleText } from '../tape-gradients.ts';
import {
  argument,
  type CallArguments,
  type InstanceValue,
  integer,
  list,
  native,
  nativeClass,
  NONE,
  tensorValue,
  UNKNOWN,
  type Value,
} from '../values.ts';

export interface TensorArrayState {
  /** The elements of an eager one; null where they, or their places, are not known, and in a graph. */
  readonly elements: readonly Value[] | null;
  /** What a graph keeps the elements in; null eagerly. */
  readonly flow: Tensor | null;
  readonly dtype: DType | null;
  readonly elementShape: Shape;
  /** null where it is not known, and in a graph where it grows: TensorFlow does not know it there either. */
  readonly size: number | null;
  /** Whether it grows with what is written; null where that is not known. */
  readonly grows: boolean | null;
  /** Whether all elements are to be of one shape (`infer_shape`). */
  readonly infersShape: boolean;
  /** Whether what was read is gone (`clear_after_read`); eagerly alone. */
  readonly forgets: boolean;
  /** The places that are empty since they were read. */
  readonly cleared: ReadonlySet<number>;
}

type TensorArray = InstanceValue & { readonly native: { readonly tensorArray: TensorArrayState } };

export const isTensorArray = (v: Value): v is TensorArray => v.kind === 'instance' && v.native.tensorArray !== undefined;

const known = (v: Value): number | null => (v.kind === 'number' ? v.value : v.kind === 'tensor' ? valueOf(v.tensor) : null);
const valueOf = (t: Tensor): number | null => (t as { known?: { values: ArrayLike<number> | null } }).known?.values?.[0] ?? null;

export function newTensorArray(m: Machine, args: CallArguments): Value {
  const size = argument(args, 'size', 1);
  const dtype = dtypeOf(argument(args, 'dtype', 0));
  const inGraph = m.graphDepth > 0;
  if (size.kind === 'none' && !inGraph && !args.open)
    m.raise('ValueError', 'Size must be declared for TensorArrays when eager execution is enabled.', null);
  const count = size.kind === 'none' ? 0 : known(size);
  const grows = args.open ? null : truth(m, argument(args, 'dynamic_size', 2));
  const clears = argument(args, 'clear_after_read', 3);
  const infers = argument(args, 'infer_shape', 7);
  return made({
    elements: inGraph || count === null || args.open ? null : Array.from({ length: count }, () => NONE),
    flow: inGraph ? m.backend.opaque(null, dtype, { zero: true, constant: true, tainted: args.open }) : null,
    dtype,
    elementShape: null,
    size: inGraph && grows !== false ? null : count,
    grows,
    infersShape: infers.kind === 'none' || truth(m, infers) === true,
    forgets: !inGraph && (clears.kind === 'none' || truth(m, clears) === true),
    cleared: new Set(),
  });
}

const made = (tensorArray: TensorArrayState): TensorArray => ({
  kind: 'instance',
  type: TENSOR_ARRAY,
  attributes: new Map(),
  native: { tensorArray },
});

const TENSOR_ARRAY = nativeClass('TensorArray');

/** A list of a tensor's rows. */
export const listOf = (m: Machine, rows: Tensor): Tensor => m.operations.apply('_AsList', [rows]);

/** What is kept in a graph's list, to read from. */
export const fromList = (m: Machine, flow: Tensor): Tensor => m.operations.apply('_FromList', [flow]);

/** A graph's list with one more element in it. */
export const written = (m: Machine, flow: Tensor, element: Tensor): Tensor =>
  m.operations.apply('_Write', [flow, m.operations.apply('_IntoList', [element])]);

/** The tensor of a graph that holds the elements. */
export function flowOf(m: Machine, { native: { tensorArray: state } }: TensorArray): Tensor {
  if (state.flow) return state.flow;
  const elements = state.elements?.flatMap((v) => asTensor(m, v) ?? []);
  const whole = elements && elements.length > 0 ? m.operations.stack(elements, 0) : null;
  return whole ?? m.backend.opaque(null, state.dtype, { zero: true, constant: true, tainted: state.elements === null });
}

/** A graph's array after a loop, a branch or a call, which may have written to it. */
export function withFlow(array: Value, flow: Tensor): Value {
  if (!isTensorArray(array)) return UNKNOWN;
  const state = array.native.tensorArray;
  return made({ ...state, elements: null, flow, size: state.grows === false ? state.size : null });
}

/** One of several arrays, nobody knows which: what is known of all. */
export function anyArray(arrays: readonly TensorArray[]): Value {
  const states = arrays.map((array) => array.native.tensorArray);
  const [first, ...others] = states;
  if (!first) return UNKNOWN;
  const shared = <K extends 'size' | 'grows'>(key: K): TensorArrayState[K] | null =>
    others.every((state) => state[key] === first[key]) ? first[key] : null;
  const sameShape = others.every(
    ({ elementShape: shape }) =>
      shape?.length === first.elementShape?.length && shape?.every((d, i) => d === first.elementShape?.[i]) !== false,
  );
  return made({ ...first, size: shared('size'), grows: shared('grows'), elementShape: sameShape ? first.elementShape : null });
}

export function tensorArrayAttribute(m: Machine, object: Value, name: string): Value {
  if (!isTensorArray(object)) return UNKNOWN;
  const method = (body: (args: CallArguments) => Value): Value => native(name, body);
  switch (name) {
    case 'write':
      return method((args) => write(m, object, argument(args, 'index', 0), argument(args, 'value', 1)));
    case 'read':
      return method((args) => read(m, object, argument(args, 'index', 0)));
    case 'stack':
      return method(() => stacked(m, object, 'tf.stack'));
    case 'concat':
      return method(() => stacked(m, object, 'tf.concat'));
    case 'gather':
      return method((args) => {
        const whole = stacked(m, object, 'tf.gather');
        return callByName(m, 'tf.gather', whole, argument(args, 'indices', 0));
      });
    case 'unstack':
      return method((args) => unstacked(m, object, argument(args, 'value', 0)));
    case 'size':
      return method(() => {
        const { size } = object.native.tensorArray;
        return tensorValue(size === null ? m.backend.opaque([], 'int32') : m.backend.constant([size], [], 'int32'));
      });
    case 'dtype': {
      const { dtype } = object.native.tensorArray;
      return dtype === null ? UNKNOWN : { kind: 'dtype', dtype };
    }
    case 'identity':
      return method(() => object);
    case 'mark_used':
    case 'close':
      return method(() => NONE);
    default:
      return UNKNOWN;
  }
}

function write(m: Machine, object: TensorArray, index: Value, value: Value): Value {
  const state = object.native.tensorArray;
  const tensor = elementOf(m, value, state.dtype);
  const at = known(index);
  const elementShape = tensor?.shape ?? null;
  if (state.flow) {
    const { flow } = state;
    const fits = tensor !== null && !isOutside(state, at) && !isOfOtherDtype(state, tensor) && !isOfOtherShape(state, tensor);
    const unknown = (): Tensor => m.backend.opaque(null, state.dtype, { tainted: true });
    return guarded(m, () => made({ ...state, elementShape, flow: fits ? written(m, flow, tensor) : unknown() }));
  }
  if (state.elements && tensor) refuseWrite(m, state, at, tensor);
  // Eagerly the array itself changes, and is given back.
  const count = state.elements && at !== null && tensor && (state.grows !== null || at < state.elements.length) ? at + 1 : null;
  const elements =
    count === null
      ? null
      : Array.from({ length: Math.max(state.elements?.length ?? 0, count) }, (_, i) =>
          i === at && tensor ? tensorValue(tensor) : (state.elements?.[i] ?? NONE),
        );
  change(m, object, { elements, elementShape, size: elements && elements.length, cleared: without(state.cleared, at) });
  return object;
}

/** What an element is as a tensor: what is none yet takes the dtype of the array. */
function elementOf(m: Machine, value: Value, dtype: DType | null): Tensor | null {
  if (value.kind === 'number' || value.kind === 'list') return literalTensor(m, value, dtype);
  const tensor = asTensor(m, value);
  return tensor && value.kind === 'array' && dtype !== null ? m.operations.cast(tensor, dtype) : tensor;
}

const without = (places: ReadonlySet<number>, at: number | null): ReadonlySet<number> => new Set([...places].filter((i) => i !== at));

function change(m: Machine, object: TensorArray, to: Partial<TensorArrayState>): void {
  m.journal.set(object as InstanceValue, 'native', { tensorArray: { ...object.native.tensorArray, ...to } });
}

/** Whether a place may lie outside an array that does not grow: in a graph nobody looks before it runs. */
const isOutside = ({ grows, size }: TensorArrayState, at: number | null): boolean =>
  grows !== true && size !== null && (at === null ? size === 0 : at < 0 || at >= size);

const isOfOtherDtype = ({ dtype }: TensorArrayState, t: Tensor): boolean => dtype !== null && t.dtype !== null && dtype !== t.dtype;

/** Whether an element surely has another shape than the one before it. */
const isOfOtherShape = ({ elementShape: before, infersShape }: TensorArrayState, { shape }: Tensor): boolean =>
  infersShape &&
  before !== null &&
  shape !== null &&
  (before.length !== shape.length || before.some((d, i) => d !== null && shape[i] !== null && d !== shape[i]));

/** What TensorFlow raises of an eager `write`. TensorFlow: python/ops/tensor_array_ops.py, _EagerTensorArray._write. */
function refuseWrite(m: Machine, state: TensorArrayState, at: number | null, element: Tensor): void {
  if (at !== null && at < 0) m.raise('OutOfRangeError', `Writing to negative indices (index ${at}) is not allowed.`, null);
  if (at !== null && state.grows === false && isOutside(state, at))
    m.raise('OutOfRangeError', `Tried to write to index ${at} but array is not resizeable and size is: ${state.size} `, null);
  if (isOfOtherDtype(state, element))
    m.raise('InvalidArgumentError', `TensorArray dtype is ${state.dtype} but Op is trying to write dtype ${element.dtype} `, null);
  if (isOfOtherShape(state, element))
    m.raise('ValueError', `Incompatible shape for value (${tupleText(element.shape)}), expected (${tupleText(state.elementShape)})`, null);
}

function read(m: Machine, object: TensorArray, index: Value): Value {
  const state = object.native.tensorArray;
  if (state.flow) return part(m, fromList(m, state.flow), state.elementShape);
  const at = known(index);
  const element = state.elements && at !== null ? elementAt(m, state, state.elements, at) : undefined;
  if (!state.forgets) return element ?? unknownTensor(m, state.elementShape);
  // What was read is gone; nobody knows what is where it is not known which one that was.
  change(m, object, at === null ? { elements: null } : { cleared: new Set([...state.cleared, at]) });
  return element ?? unknownTensor(m, state.elementShape);
}

/** An element of an eager array; undefined where none was written. */
function elementAt(m: Machine, { cleared }: TensorArrayState, elements: readonly Value[], at: number): Value | undefined {
  if (at < 0) m.raise('OutOfRangeError', `Reading from negative indices (index ${at}) is not allowed.`, null);
  if (at >= elements.length) m.raise('OutOfRangeError', `Tried to read from index ${at} but array size is: ${elements.length} `, null);
  if (cleared.has(at))
    m.raise(
      'InvalidArgumentError',
      `Could not read index ${at} twice because it was cleared after a previous read (perhaps try setting clear_after_read = false?)`,
      null,
    );
  const element = elements[at];
  return element?.kind === 'none' ? undefined : element;
}

const part = (m: Machine, flow: Tensor, shape: Shape): Value => tensorValue(m.operations.apply('_Part', [flow], { shape }));

function stacked(m: Machine, object: TensorArray, how: 'tf.stack' | 'tf.gather' | 'tf.concat'): Value {
  const { flow, elements, elementShape, size, cleared } = object.native.tensorArray;
  if (flow)
    return part(m, how === 'tf.stack' ? flow : fromList(m, flow), elementShape && how !== 'tf.concat' ? [size, ...elementShape] : null);
  if (elements === null || cleared.size > 0 || elements.some((v) => v.kind === 'none')) return unknownTensor(m);
  return how === 'tf.concat' ? callByName(m, how, list(elements), integer(0)) : callByName(m, 'tf.stack', list(elements));
}

function unstacked(m: Machine, object: TensorArray, value: Value): Value {
  const state = object.native.tensorArray;
  const tensor = asTensor(m, value);
  if (!tensor) return UNKNOWN;
  const size = tensor.shape?.[0] ?? null;
  if (state.flow) {
    const fits = state.grows === true || state.size === null || state.size === size;
    const flow = fits ? listOf(m, tensor) : m.backend.opaque(null, state.dtype, { tainted: true });
    return made({ ...state, flow, elementShape: tensor.shape && tensor.shape.slice(1), size: state.grows === false ? state.size : null });
  }
  if (state.grows === false && size !== null && state.size !== null && size > state.size)
    m.raise('ValueError', `Cannot unstack ${size} tensors into a TensorArray of static size ${state.size} `, null);
  change(m, object, { elements: state.grows === null ? null : rowsOf(m, tensorValue(tensor)), size, cleared: new Set() });
  return object;
}
