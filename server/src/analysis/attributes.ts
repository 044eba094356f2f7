// `object.name`, for reading and writing.
import { slicesOf } from '../../../core/slices.ts';
import type { Shape, Tensor } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { accumulatorAttribute } from './accumulators.ts';
import { classAttribute, superAttribute } from './classes.ts';
import { callValue } from './call.ts';
import { guarded, literalTensor, plainCall } from './convert.ts';
import { tensorArrayAttribute } from './graph/tensor-array.ts';
import { dictionaryMethod, listMethod, stringMethod } from './containers.ts';
import type { Machine } from './machine.ts';
import { moduleAttribute } from './modules.ts';
import { arrayAttribute } from './numpy/arrays.ts';
import { arrayMember } from './script/arrays.ts';
import { promiseMember } from './script/promises.ts';
import { scriptTensorMethod } from './script/tensors.ts';
import { tapeAttribute } from './tapes.ts';
import { trackAttribute } from './tracking.ts';
import { knowledgeOf, siteOf } from './tensors.ts';
import {
  type ArrayValue,
  boolean,
  type FunctionValue,
  integer,
  type NativeValue,
  list,
  native,
  NONE,
  string,
  tensorValue,
  UNKNOWN,
  type Value,
  type VariableValue,
  type ListValue,
  type ShapeValue,
  shapeWithNones,
  sizesOf,
} from './values.ts';

export function attribute(m: Machine, object: Value, name: string, range: Range): Value {
  switch (object.kind) {
    case 'module':
      return moduleAttribute(m, object.name, name);
    case 'tape':
      return tapeAttribute(m, object, name, range);
    case 'tensor':
      return (m.language === 'script' ? scriptTensorMethod(m, object, name) : tensorAttribute(m, object, name)) ?? UNKNOWN;
    case 'variable':
      return (m.language === 'script' ? scriptTensorMethod(m, object, name) : variableAttribute(m, object, name)) ?? UNKNOWN;
    case 'array':
      return arrayAttribute(m, object, name) ?? UNKNOWN;
    case 'list':
      if (object.names?.includes(name)) return object.items?.[object.names.indexOf(name)] ?? UNKNOWN;
      return (m.language === 'script' ? arrayMember(m, object, name) : listMethod(m, object, name)) ?? UNKNOWN;
    case 'promise':
      return promiseMember(m, object, name) ?? UNKNOWN;
    case 'dictionary':
      if (m.language === 'script')
        return object.entries?.get(`s${name}`)?.value ?? (object.entries ? { kind: 'none', undefined: true } : UNKNOWN);
      return dictionaryMethod(m, object, name) ?? UNKNOWN;
    case 'string':
      return stringMethod(object, name) ?? UNKNOWN;
    case 'shape':
      return shapeAttribute(object, name);
    case 'symbolic':
      if (name === 'shape') return shapeWithNones(object.shape);
      if (name === 'dtype') return { kind: 'dtype', dtype: object.dtype };
      return UNKNOWN;
    case 'spec':
      if (name === 'shape') return shapeWithNones(object.shape);
      if (name === 'dtype' && object.dtype !== null) return { kind: 'dtype', dtype: object.dtype };
      return UNKNOWN;
    case 'dtype':
      if (name === 'name') return string(object.dtype);
      return UNKNOWN;
    case 'instance': {
      const own = object.attributes.get(name);
      if (own !== undefined) return own;
      if (object.native.tensorArray) return tensorArrayAttribute(m, object, name);
      if (object.native.accumulator) return accumulatorAttribute(m, object, name, range);
      const special = object.native.extra?.kind === 'class' && object.type.name === 'super' ? superOf(object, name) : null;
      if (special) return special;
      const fromClass = classAttribute(object.type, name);
      if (fromClass !== undefined) return bound(m, object, fromClass);
      for (const c of object.type.bases) {
        const found = c.native?.attribute(object, name);
        if (found) return found;
      }
      return UNKNOWN;
    }
    case 'class': {
      if (name === '__name__') return string(object.name);
      const found = classAttribute(object, name);
      if (found?.kind === 'function' && found.flavour === 'class') return { kind: 'method', self: object, function: found };
      return found ?? UNKNOWN;
    }
    case 'function':
      if (m.language === 'script') return functionMember(m, object, name) ?? UNKNOWN;
      if (name === '__name__') return string(object.definition.name);
      if (name === 'python_function' && object.flavour === 'tf.function') return { ...object, flavour: 'plain' };
      return UNKNOWN;
    case 'native':
      if (m.language === 'script') return functionMember(m, object, name) ?? UNKNOWN;
      if (name === '__name__') return string(object.name.split('.').at(-1) ?? '');
      return UNKNOWN;
    case 'method':
      return name === '__self__' ? object.self : UNKNOWN;
    case 'none':
      if (m.language === 'python' && !/^__(class|doc|init|repr|str|bool|eq|ne|hash)__$/.test(name))
        m.raise('AttributeError', `'NoneType' object has no attribute '${name}'`, range, object.from?.call ?? null);
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** `f.call(self, ...)`, `f.apply(self, list)`, `f.bind(self)` in JavaScript. */
function functionMember(m: Machine, f: FunctionValue | NativeValue, name: string): Value | null {
  if (name === 'name') return string(f.kind === 'function' ? f.definition.name : null);
  if (name !== 'call' && name !== 'apply' && name !== 'bind') return null;
  return native(name, (args) => {
    const [self = NONE, ...rest] = args.positional;
    const given = name === 'apply' ? (rest[0]?.kind === 'list' ? rest[0].items : rest.length === 0 ? [] : null) : rest;
    if (given === null || args.open) return UNKNOWN;
    const target: Value = f.kind === 'function' && f.definition.isArrow !== true ? { kind: 'method', self, function: f } : f;
    if (name === 'bind') return native('bound', (more) => callValue(m, target, { ...more, positional: [...given, ...more.positional] }));
    return callValue(m, target, { ...args, positional: given });
  });
}

/** What a class's attribute is on an instance. */
function bound(m: Machine, self: Value, value: Value): Value {
  if (value.kind !== 'function')
    return value.kind === 'native' && value.name.startsWith('method ') ? { kind: 'method', self, function: value } : value;
  if (value.flavour === 'static') return value;
  if (value.flavour === 'property')
    return callValue(m, { kind: 'method', self, function: { ...value, flavour: 'plain' } }, plainCall(m, []));
  if (value.flavour === 'class' && self.kind === 'instance') return { kind: 'method', self: self.type, function: value };
  return { kind: 'method', self, function: value };
}

/** A `super` object keeps the instance in `self` and the class after which to look in `extra`. */
function superOf(object: Value & { kind: 'instance' }, name: string): Value {
  const self = object.attributes.get('__self__');
  const owner = object.native.extra;
  return self?.kind === 'instance' && owner?.kind === 'class' ? superAttribute(self, owner, name) : UNKNOWN;
}

export function setAttribute(m: Machine, object: Value, name: string, value: Value): void {
  if (object.kind === 'instance') {
    trackAttribute(m, object, name, value);
    m.journal.put(object.attributes, name, value);
  } else if (object.kind === 'class') m.journal.put(object.attributes, name, value);
  else if (object.kind === 'dictionary' && m.language === 'script' && object.entries)
    m.journal.set(object, 'entries', new Map([...object.entries, [`s${name}`, { key: string(name), value }]]));
}

// ------------------------------------------------------------------------------------------------ tensors and variables

const dimensionsOf = ({ items }: ListValue): Shape => items && items.map((v) => (v.kind === 'number' ? v.value : null));

/** In a graph TensorFlow knows less of shapes than an eager tensor does. */
function shapeIn(m: Machine, tensor: Tensor): Value {
  const { shape } = tensor;
  const known = m.graphDepth > 0 ? m.eager.graphShapes.of(tensor) : shape;
  if (known === shape) return { kind: 'shape', shape };
  if (!known) return UNKNOWN;
  const nones = known.flatMap((size, axis) => (size === null && shape?.[axis] != null ? [axis] : []));
  return { kind: 'shape', shape: known, nones };
}

function rankIn(m: Machine, tensor: Tensor): Value {
  const shape = shapeIn(m, tensor);
  return shape.kind === 'shape' ? integer(shape.shape?.length ?? null) : UNKNOWN;
}

function shapeAttribute(value: ShapeValue, name: string): Value {
  const { shape, nones = [] } = value;
  if (name === 'rank' || name === 'ndims') return integer(shape?.length ?? null);
  if (name === 'as_list') return native(name, () => list(sizesOf(value)));
  if (name === 'is_fully_defined')
    return native(name, () => (nones.length > 0 ? boolean(false) : shape === null || shape.includes(null) ? UNKNOWN : boolean(true)));
  if (name === 'num_elements' && nones.length > 0) return native(name, () => NONE);
  if (name === 'num_elements')
    return native(name, () => integer(shape ? shape.reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) : null));
  return UNKNOWN;
}

/** `.numpy()`, `float(x)`: the numbers leave TensorFlow, and no tape follows them. */
export function leave(m: Machine, object: Value & { kind: 'tensor' | 'variable' }, operation: string): ArrayValue {
  const tensor = object.kind === 'tensor' ? object.tensor : m.eager.read(object.variable);
  const { values } = knowledgeOf(tensor);
  return {
    kind: 'array',
    values: values && [...values],
    shape: tensor.shape,
    dtype: tensor.dtype ?? 'float32',
    sources: [{ tensor, operation, site: m.position.site ?? siteOf(tensor) }],
  };
}

/** What tensors have and a `tf.IndexedSlices` has not. */
const NOT_OF_SLICES: ReadonlySet<string> = new Set(['ndim', 'get_shape', 'set_shape', 'numpy', 'item', 'tolist']);

function tensorAttribute(m: Machine, object: Value & { kind: 'tensor' }, name: string): Value | null {
  const { tensor } = object;
  if (tensor.indexedSlices && NOT_OF_SLICES.has(name))
    return m.raise('AttributeError', `'IndexedSlices' object has no attribute '${name}'`, null);
  switch (name) {
    case 'shape':
      return shapeIn(m, tensor);
    case 'dtype':
      return tensor.dtype ? { kind: 'dtype', dtype: tensor.dtype } : UNKNOWN;
    case 'ndim':
      return rankIn(m, tensor);
    case 'get_shape':
      return native(name, () => shapeIn(m, tensor));
    case 'set_shape':
      return native(name, ({ positional: [given = NONE] }) => {
        const shape = given.kind === 'shape' ? given.shape : given.kind === 'list' ? dimensionsOf(given) : null;
        if (m.graphDepth > 0 && shape) m.eager.graphShapes.refine(tensor, shape);
        return NONE;
      });
    case 'numpy':
      if (m.graphDepth > 0) return native(name, () => m.raise('AttributeError', "'SymbolicTensor' object has no attribute 'numpy'", null));
      return native(name, () => leave(m, object, '.numpy()'));
    case 'item':
    case 'tolist':
      return native(name, () => leave(m, object, `.${name}()`));
    case 'values':
    case 'indices': {
      if (!tensor.indexedSlices) return null;
      const part = slicesOf(tensor, m.operations)?.[name];
      return part ? tensorValue(part) : UNKNOWN;
    }
    case 'dense_shape':
      return tensor.indexedSlices ? UNKNOWN : null;
    default:
      return null;
  }
}

function variableAttribute(m: Machine, object: VariableValue, name: string): Value | null {
  const { variable } = object;
  switch (name) {
    case 'shape':
      return { kind: 'shape', shape: variable.value.shape };
    case 'dtype':
      return variable.value.dtype ? { kind: 'dtype', dtype: variable.value.dtype } : UNKNOWN;
    case 'name':
      return string(null);
    case 'trainable':
      return boolean(variable.trainable);
    case 'ndim':
      return integer(variable.value.shape?.length ?? null);
    case 'numpy':
      return native(name, () => leave(m, object, '.numpy()'));
    case 'value':
    case 'read_value':
      return native(name, () => {
        const read = m.eager.read(variable);
        return tensorValue(name === 'value' ? read : m.operations.identity(read));
      });
    case 'assign':
    case 'assign_add':
    case 'assign_sub':
      return native(name, (args) =>
        assignVariable(m, object, name, args.positional[0] ?? args.keywords.get('value') ?? args.keywords.get('delta') ?? UNKNOWN),
      );
    case 'ref':
      return native(name, () => UNKNOWN);
    default:
      return null;
  }
}

/** `assign` puts a new value in place that no tape connects with where it came from. What it gives back reads as the variable. */
function assignVariable(m: Machine, object: VariableValue, name: string, given: Value): Value {
  const { variable } = object;
  return guarded(m, () => {
    const before = variable.value;
    const value = asOperand(m, given, before);
    if (!value) {
      m.assign(variable, m.backend.opaque(before.shape, before.dtype, { tainted: given.kind === 'unknown' }));
      return object;
    }
    const next =
      name === 'assign'
        ? value
        : m.eager.pause(() => (name === 'assign_add' ? m.operations.add(before, value) : m.operations.sub(before, value)));
    m.assignments.push({ variable, value, site: m.position.site });
    m.assign(variable, next);
    return object;
  });
}

function asOperand(m: Machine, given: Value, like: Tensor): Tensor | null {
  if (given.kind === 'tensor') return given.tensor;
  if (given.kind === 'variable') return m.eager.read(given.variable);
  if (given.kind === 'none')
    return m.raise(
      'ValueError',
      "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
      null,
      given.from?.call ?? null,
    );
  return literalTensor(m, given, like.dtype);
}
