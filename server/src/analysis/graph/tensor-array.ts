// `tf.TensorArray`: eagerly a Python list; in a graph one tensor that holds all elements.
import type { DType, Shape, Tensor } from '../../../../core/tensor.ts';
import { asTensor, callByName, guarded, unknownTensor } from '../convert.ts';
import { items } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { dtypeOf } from '../numpy/arrays.ts';
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
  readonly size: number | null;
  /** It has as many elements as were written, or may have. */
  readonly grows: boolean;
}

type TensorArray = InstanceValue & { readonly native: { readonly tensorArray: TensorArrayState } };

export const isTensorArray = (v: Value): v is TensorArray => v.kind === 'instance' && v.native.tensorArray !== undefined;

const known = (v: Value): number | null => (v.kind === 'number' ? v.value : v.kind === 'tensor' ? valueOf(v.tensor) : null);
const valueOf = (t: Tensor): number | null => (t as { known?: { values: ArrayLike<number> | null } }).known?.values?.[0] ?? null;

export function newTensorArray(m: Machine, args: CallArguments): Value {
  const size = argument(args, 'size', 1);
  const dtype = dtypeOf(argument(args, 'dtype', 0));
  const count = size.kind === 'none' ? 0 : known(size);
  const dynamic = argument(args, 'dynamic_size', 2);
  const inGraph = m.graphDepth > 0;
  return made({
    elements: inGraph || count === null || args.open ? null : Array.from({ length: count }, () => NONE),
    flow: inGraph ? m.backend.opaque(null, dtype, { zero: true, constant: true, tainted: args.open }) : null,
    dtype,
    elementShape: null,
    size: count,
    grows: args.open || (dynamic.kind !== 'none' && !(dynamic.kind === 'boolean' && !dynamic.value)),
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
  return made({ ...state, elements: null, flow, size: state.grows ? null : state.size });
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

function sizeAfterWriting({ size, grows }: TensorArrayState, at: number | null): number | null {
  if (size === null || !grows) return size;
  return at === null ? null : Math.max(size, at + 1);
}

function write(m: Machine, object: TensorArray, index: Value, value: Value): Value {
  const state = object.native.tensorArray;
  const tensor = asTensor(m, value);
  const at = known(index);
  const next = (change: Partial<TensorArrayState>): TensorArrayState => ({
    ...state,
    elementShape: tensor?.shape ?? null,
    size: sizeAfterWriting(state, at),
    ...change,
  });
  if (state.flow) {
    const { flow } = state;
    return guarded(m, () =>
      made(next({ flow: tensor ? written(m, flow, tensor) : m.backend.opaque(null, state.dtype, { tainted: true }) })),
    );
  }
  // Eagerly the array itself changes, and is given back.
  const elements =
    state.elements && at !== null && at >= 0 && tensor
      ? Array.from({ length: Math.max(state.elements.length, at + 1) }, (_, i) =>
          i === at ? tensorValue(tensor) : (state.elements?.[i] ?? NONE),
        )
      : null;
  m.journal.set(object as InstanceValue, 'native', { tensorArray: next({ elements }) });
  return object;
}

function read(m: Machine, object: TensorArray, index: Value): Value {
  const state = object.native.tensorArray;
  if (state.flow) return part(m, fromList(m, state.flow), state.elementShape);
  const at = known(index);
  const element = state.elements && at !== null ? state.elements[at] : undefined;
  return element && element.kind !== 'none' ? element : unknownTensor(m, state.elementShape);
}

const part = (m: Machine, flow: Tensor, shape: Shape): Value => tensorValue(m.operations.apply('_Part', [flow], { shape }));

function stacked(m: Machine, object: TensorArray, how: 'tf.stack' | 'tf.gather' | 'tf.concat'): Value {
  const { flow, elements, elementShape, size } = object.native.tensorArray;
  if (flow)
    return part(m, how === 'tf.stack' ? flow : fromList(m, flow), elementShape && how !== 'tf.concat' ? [size, ...elementShape] : null);
  if (elements === null || elements.some((v) => v.kind === 'none')) return unknownTensor(m);
  return how === 'tf.concat' ? callByName(m, how, list(elements), integer(0)) : callByName(m, 'tf.stack', list(elements));
}

function unstacked(m: Machine, object: TensorArray, value: Value): Value {
  const state = object.native.tensorArray;
  const tensor = asTensor(m, value);
  if (!tensor) return UNKNOWN;
  const elementShape = tensor.shape && tensor.shape.slice(1);
  const size = tensor.shape?.[0] ?? null;
  if (state.flow) return made({ ...state, flow: listOf(m, tensor), elementShape, size });
  m.journal.set(object as InstanceValue, 'native', {
    tensorArray: { ...state, elements: items(m, tensorValue(tensor)), elementShape, size },
  });
  return object;
}
