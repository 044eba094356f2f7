// What tensors and variables of TensorFlow.js have: `x.mul(y)` is `tf.mul(x, y)`, and what reads their numbers.
import { findScriptFunction } from '../../../../core/script/index.ts';
import type { Machine } from '../machine.ts';
import { knowledgeOf, siteOf } from '../tensors.ts';
import {
  type ArrayValue,
  float,
  list,
  native,
  string,
  type TensorValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
  type VariableValue,
  boolean,
} from '../values.ts';
import { dispose, isDisposed } from './disposal.ts';
import { callFunctionOf, carriedOut } from './functions.ts';
import { variableMember } from './variables.ts';

export function scriptTensorMethod(m: Machine, object: TensorValue | VariableValue, name: string): Value | null {
  const tensor = object.kind === 'tensor' ? object.tensor : object.variable.value;
  const own = object.kind === 'variable' ? variableMember(m, object, name) : null;
  if (own) return own;
  const sizes = tensor.shape;
  switch (name) {
    case 'shape':
      return list(sizes && sizes.map((d) => float(d)));
    case 'rank':
    case 'rankType':
      return name === 'rank' ? float(sizes?.length ?? null) : string(null);
    case 'size':
      return float(sizes ? sizes.reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) : null);
    case 'dtype':
      return tensor.dtype ? string(tensor.dtype) : UNKNOWN;
    case 'isDisposed':
      return boolean(isDisposed(m, tensor));
    case 'id':
      return float(null);
    case 'print':
      return native(name, () => (alive(m, object), UNDEFINED));
    case 'dispose':
      return native(name, () => dispose(m, object));
    case 'dataSync':
    case 'arraySync':
      return native(name, () => (alive(m, object), numbersOf(m, object, name)));
    case 'data':
    case 'array':
      return native(name, () => (alive(m, object), { kind: 'promise', value: numbersOf(m, object, name) }));
    case 'toString':
      return native(name, () => string(null));
    case 'variable':
      return native(name, () => carriedOut(m, () => ({ kind: 'variable', variable: m.newVariable(tensor, true, '') })));
    default: {
      const definition = findScriptFunction(`.${name}`);
      if (!definition) return null;
      return native(`.${name}`, (args) => (alive(m, object), callFunctionOf(m, definition, [object, ...args.positional], args)));
    }
  }
}

/** `throwIfDisposed`. */
function alive(m: Machine, object: TensorValue | VariableValue): void {
  if (object.kind === 'tensor' && isDisposed(m, object.tensor)) m.raise('Error', 'Tensor is disposed.', null);
}

/** The numbers leave TensorFlow.js: as one flat array, or nested as the shape is. */
function numbersOf(m: Machine, object: TensorValue | VariableValue, operation: string): Value {
  const tensor = object.kind === 'tensor' ? object.tensor : object.variable.value;
  const { values } = knowledgeOf(tensor);
  const size = tensor.shape?.reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
  const flat = operation.startsWith('data');
  const array: ArrayValue = {
    kind: 'array',
    values: values && [...values],
    shape: flat ? [size] : tensor.shape,
    dtype: tensor.dtype ?? 'float32',
    sources: [{ tensor, operation: `.${operation}()`, site: m.position.site ?? siteOf(tensor) }],
  };
  // `arraySync` of a scalar is a number.
  return !flat && tensor.shape?.length === 0 ? float(values?.[0] ?? null) : array;
}
