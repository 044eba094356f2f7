// `object.name`, for reading and writing.
import { currentGraph } from '../../../core/graph.ts';
import { slicesOf } from '../../../core/slices.ts';
import type { Shape, Tensor } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { accumulatorAttribute } from './accumulators.ts';
import { bareInstance, classAttribute, superAttribute, superClassAttribute } from './classes.ts';
import { callValue } from './call.ts';
import { guarded, literalTensor, plainCall } from './convert.ts';
import { tensorArrayAttribute } from './graph/tensor-array.ts';
import { dictionaryMethod, listMethod, stringMethod } from './containers.ts';
import { type Machine, ProgramRaise } from './machine.ts';
import { moduleAttribute, SET_ON_MODULES } from './modules.ts';
import { tupleClassAttribute } from './named-tuples.ts';
import { typeName } from './operators.ts';
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
  callAt,
  type FunctionValue,
  type InstanceValue,
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
      return listAttribute(m, object, name);
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
      if (object.type.hooked) return hookedAttribute(m, object, name, range);
      const own = object.attributes.get(name);
      if (own !== undefined) return own;
      if (object.native.tensorArray) return tensorArrayAttribute(m, object, name);
      if (object.native.accumulator) return accumulatorAttribute(m, object, name, range);
      const special = object.native.extra?.kind === 'class' && object.type.name === 'super' ? superOf(m, object, name) : null;
      if (special) return special;
      const fromClass = classAttribute(object.type, name);
      if (fromClass !== undefined) return bound(m, object, fromClass);
      for (const c of object.type.bases) {
        const found = c.native?.attribute(object, name);
        if (found) return found;
      }
      return object.type.open ? { kind: 'unknown', about: null, of: object } : UNKNOWN;
    }
    case 'class': {
      if (name === '__name__') return string(object.name);
      const found = classAttribute(object, name);
      if (found?.kind === 'function' && found.flavour === 'class') return { kind: 'method', self: object, function: found };
      if (found?.kind === 'instance' && found.type.hooked) return described(m, found, NONE, object) ?? found;
      return found ?? objectMember(m, name) ?? UNKNOWN;
    }
    case 'function':
      if (m.language === 'script') return functionMember(m, object, name) ?? UNKNOWN;
      if (name === '__name__') return string(object.definition.name);
      if (object.flavour === 'property' && PROPERTY_PARTS.has(name))
        return native(name, ({ positional: [f = NONE] }) => withPart(object, name, f));
      if (name === 'python_function' && object.flavour === 'tf.function') return { ...object, flavour: 'plain' };
      return UNKNOWN;
    case 'native':
      if (m.language === 'script') return functionMember(m, object, name) ?? UNKNOWN;
      if (name === '__name__') return string(object.name.split('.').at(-1) ?? '');
      return object.members?.get(name) ?? UNKNOWN;
    case 'method':
      return name === '__self__' ? object.self : UNKNOWN;
    case 'none':
      if (m.language === 'python' && !/^__(class|doc|init|repr|str|bool|eq|ne|hash)__$/.test(name))
        m.raise('AttributeError', `'NoneType' object has no attribute '${name}'`, range, object.from?.call ?? null);
      return UNKNOWN;
    case 'number':
    case 'boolean':
      if (m.language === 'python' && object.value !== null && !OF_NUMBERS.test(name))
        m.raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`, range);
      return UNKNOWN;
    default:
      return UNKNOWN;
  }
}

const OF_NUMBERS =
  /^(__\w+__|real|imag|numerator|denominator|conjugate|bit_length|bit_count|to_bytes|from_bytes|as_integer_ratio|is_integer|hex|fromhex)$/;

/** A named tuple's fields stand before what its class has, and that before what every tuple has. */
function listAttribute(m: Machine, object: ListValue, name: string): Value {
  if (object.names?.includes(name)) return object.items?.[object.names.indexOf(name)] ?? UNKNOWN;
  const fromClass = tupleClassAttribute(object, name);
  if (fromClass) return bound(m, object, fromClass);
  return (m.language === 'script' ? arrayMember(m, object, name) : listMethod(m, object, name)) ?? UNKNOWN;
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

const PROPERTY_PARTS: ReadonlySet<string> = new Set(['getter', 'setter', 'deleter']);
const withPart = (property: FunctionValue, part: string, f: Value): Value => {
  if (part === 'getter') return f.kind === 'function' ? { ...property, ...f, flavour: 'property' } : UNKNOWN;
  return { ...property, [part]: f };
};

/** An attribute of an instance whose class has properties, descriptors or methods that stand before its attributes. */
function hookedAttribute(m: Machine, object: InstanceValue, name: string, range: Range): Value {
  const reader = classAttribute(object.type, '__getattribute__');
  const otherwise = classAttribute(object.type, '__getattr__');
  try {
    if (reader && reader.kind !== 'function') return UNKNOWN;
    const found = reader
      ? callValue(m, { kind: 'method', self: object, function: reader }, callAt(range, [string(name)]))
      : storedAttribute(m, object, name);
    if (found || !otherwise) return found ?? UNKNOWN;
  } catch (e) {
    if (!(e instanceof ProgramRaise) || e.exception.type !== 'AttributeError' || !otherwise) throw e;
  }
  // What is set in `__dict__` is not seen here.
  if (otherwise.kind !== 'function' || isLoose(m, object) || /^__\w+__$/.test(name)) return UNKNOWN;
  return callValue(m, { kind: 'method', self: object, function: otherwise }, callAt(range, [string(name)]));
}

/** What `object.__getattribute__` gives; undefined where there is no such attribute. */
function storedAttribute(m: Machine, object: InstanceValue, name: string): Value | undefined {
  if (name === '__dict__') m.remember(LOOSE).add(object);
  const fromClass = classAttribute(object.type, name);
  if (fromClass && setsItself(fromClass)) return bound(m, object, fromClass);
  const own = object.attributes.get(name);
  if (own !== undefined) return own;
  if (fromClass !== undefined) return bound(m, object, fromClass);
  for (const c of object.type.bases) {
    const found = c.native?.attribute(object, name);
    if (found) return found;
  }
  return object.type.open || isLoose(m, object) ? UNKNOWN : undefined;
}

/** Instances whose `__dict__` was in the program's hands. */
const LOOSE = { make: () => new Set<InstanceValue>() };
const isLoose = (m: Machine, object: InstanceValue): boolean => m.remember(LOOSE).has(object);

/** A property or a descriptor with `__set__`: it stands before what the instance has. */
function setsItself(value: Value): boolean {
  if (value.kind === 'function') return value.flavour === 'property' && value.cached !== true;
  return value.kind === 'instance' && classAttribute(value.type, '__set__') !== undefined;
}

/** What a descriptor's `__get__` gives; null where it is none. */
function described(m: Machine, descriptor: InstanceValue, self: Value, owner: Value): Value | null {
  const get = classAttribute(descriptor.type, '__get__');
  if (!get) return null;
  return get.kind === 'function' ? callValue(m, { kind: 'method', self: descriptor, function: get }, plainCall(m, [self, owner])) : UNKNOWN;
}

/** What every class has of `object`. */
function objectMember(m: Machine, name: string): Value | null {
  switch (name) {
    case '__getattribute__':
      return native(name, ({ positional: [self = UNKNOWN, key = UNKNOWN] }) =>
        self.kind === 'instance' && key.kind === 'string' && key.value !== null ? stored(m, self, key.value) : UNKNOWN,
      );
    case '__setattr__':
      return native(name, ({ positional: [self = UNKNOWN, key = UNKNOWN, value = UNKNOWN] }) => {
        if (self.kind === 'instance') setNamed(m, self, key, value, storeAttribute);
        return NONE;
      });
    case '__new__':
      return native(name, ({ positional: [type = UNKNOWN] }) => bareInstance(type));
    default:
      return null;
  }
}

function stored(m: Machine, self: InstanceValue, name: string): Value {
  const found = storedAttribute(m, self, name);
  return found ?? m.raise('AttributeError', `'${self.type.name}' object has no attribute '${name}'`, null);
}

/** `super().__setattr__` and the like, where no class above has one of its own. */
export function inheritedMember(m: Machine, self: Value, name: string): Value | null {
  const member = objectMember(m, name);
  if (member?.kind !== 'native' || name === '__new__') return member;
  return native(name, (args) => member.call({ ...args, positional: [self, ...args.positional] }));
}

/** `setattr(object, name, value)`: without the name any attribute may be another now. */
export function setNamed(m: Machine, object: Value, name: Value, value: Value, set: typeof setAttribute = setAttribute): void {
  if (name.kind === 'string' && name.value !== null) set(m, object, name.value, value);
  else if (object.kind === 'instance') {
    m.remember(LOOSE).add(object);
    for (const key of object.attributes.keys()) m.journal.put(object.attributes, key, UNKNOWN);
  }
}

/** Whether classes with this attribute have to be asked how attributes are read and set. */
export const isHook = (name: string, value: Value): boolean =>
  (value.kind === 'function' && value.flavour === 'property') ||
  (value.kind === 'instance' && classAttribute(value.type, '__get__') !== undefined) ||
  name === '__getattribute__' ||
  name === '__getattr__' ||
  name === '__setattr__';

/** What a class's attribute is on an instance. */
export function bound(m: Machine, self: Value, value: Value): Value {
  if (value.kind === 'instance' && self.kind === 'instance') return described(m, value, self, self.type) ?? value;
  if (value.kind !== 'function')
    return value.kind === 'native' && value.name.startsWith('method ') ? { kind: 'method', self, function: value } : value;
  if (value.flavour === 'static') return value;
  if (value.flavour === 'property') {
    const found = callValue(m, { kind: 'method', self, function: { ...value, flavour: 'plain' } }, plainCall(m, []));
    if (value.cached === true && self.kind === 'instance') m.journal.put(self.attributes, value.definition.name, found);
    return found;
  }
  const type = self.kind === 'instance' ? self.type : self.kind === 'list' ? self.of : undefined;
  if (value.flavour === 'class' && type) return { kind: 'method', self: type, function: value };
  return { kind: 'method', self, function: value };
}

/** A `super` object keeps the instance in `self` and the class after which to look in `extra`. */
function superOf(m: Machine, object: Value & { kind: 'instance' }, name: string): Value {
  const self = object.attributes.get('__self__');
  const owner = object.native.extra;
  if (owner?.kind !== 'class') return UNKNOWN;
  if (self?.kind === 'class') return superClassAttribute(m, self, owner, name);
  return self?.kind === 'instance' ? superAttribute(m, self, owner, name) : UNKNOWN;
}

/** What `object.__setattr__` does. */
function storeAttribute(m: Machine, object: Value, name: string, value: Value): void {
  if (object.kind !== 'instance') return;
  const fromClass = object.type.hooked ? classAttribute(object.type, name) : undefined;
  if (fromClass && setsItself(fromClass)) {
    const setter = fromClass.kind === 'function' ? fromClass.setter : null;
    if (setter === undefined) m.raise('AttributeError', `property '${name}' of '${object.type.name}' object has no setter`, null);
    if (setter) callValue(m, setter, plainCall(m, [object, value]));
    else callValue(m, attribute(m, fromClass, '__set__', m.position.site ?? { start: 0, end: 0 }), plainCall(m, [object, value]));
    return;
  }
  for (const c of object.type.bases) c.native?.assign?.(object, name, value);
  trackAttribute(m, object, name, value);
  m.journal.put(object.attributes, name, value);
}

export function setAttribute(m: Machine, object: Value, name: string, value: Value): void {
  if (object.kind === 'instance') {
    const writer = object.type.hooked ? classAttribute(object.type, '__setattr__') : undefined;
    if (!writer) storeAttribute(m, object, name, value);
    else if (writer.kind === 'function')
      callValue(m, { kind: 'method', self: object, function: writer }, plainCall(m, [string(name), value]));
    else m.journal.put(object.attributes, name, UNKNOWN);
  } else if (object.kind === 'class') {
    if (m.language === 'python' && isHook(name, value)) object.hooked = true;
    m.journal.put(object.attributes, name, value);
  } else if (object.kind === 'module') m.journal.put(m.remember(SET_ON_MODULES), `${object.name}.${name}`, value);
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
      if (m.graphDepth > 0 && currentGraph(m.eager)?.holds(tensor) !== false)
        return native(name, () => m.raise('AttributeError', "'SymbolicTensor' object has no attribute 'numpy'", null));
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
