// Classes of the program and their instances.
import type { ClassDefinition } from '../ir/ir.ts';
import { bound, inheritedMember, isHook } from './attributes.ts';
import { callValue, unknownCall } from './call.ts';
import { disturb } from './effects.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { decorated, functionFrom } from './functions.ts';
import type { Machine } from './machine.ts';
import { newScope } from './names.ts';
import { bodyOf } from './private-names.ts';
import {
  type CallArguments,
  callAt,
  type ClassValue,
  type InstanceValue,
  native,
  NONE,
  type Scope,
  string,
  UNKNOWN,
  type Value,
} from './values.ts';

export function classFrom(m: Machine, definition: ClassDefinition, scope: Scope): Value {
  const bases: ClassValue[] = [];
  let open = false;
  const keywords = new Map<string, Value>();
  let metaclass: Value | null = null;
  for (const base of definition.bases) {
    const value = evaluate(m, base.value, scope);
    if (base.keyword === 'metaclass') metaclass = value;
    else if (base.keyword !== undefined) keywords.set(base.keyword, value);
    else if (value.kind === 'class') bases.push(value);
    else if (value.kind === 'unknown' && value.about === 'abc.ABC') continue;
    else open = true;
  }
  const inner = newScope(scope, 'class');
  const type: ClassValue = {
    kind: 'class',
    name: definition.name,
    definition,
    bases: [],
    attributes: inner.variables,
    native: null,
    open: open || bases.some((b) => b.open),
  };
  const order = [type, ...bases.flatMap((b) => b.bases)];
  (type as { bases: readonly ClassValue[] }).bases = order.filter((c, i) => order.lastIndexOf(c) === i);
  for (const statement of m.language === 'python' ? bodyOf(definition, m.source(definition.range)) : definition.body) {
    if (statement.kind !== 'function statement') {
      execute(m, [statement], inner);
      continue;
    }
    const made = { ...functionFrom(m, statement.definition, inner, type), owner: type };
    inner.variables.set(statement.definition.name, decorated(m, made, statement.definition, inner));
  }
  if (m.language === 'python') {
    if (metaclass?.kind === 'class') return ofMetaclass(m, metaclass, definition);
    completed(m, type, keywords, definition);
  }
  let value: Value = type;
  for (const expression of [...definition.decorators].reverse()) {
    const decorator = evaluate(m, expression, scope);
    value = callValue(m, decorator, callAt(expression.range, [value]));
  }
  return value;
}

/** What Python does once a class's body has run: its descriptors and its base are told. */
function completed(m: Machine, type: ClassValue, keywords: ReadonlyMap<string, Value>, definition: ClassDefinition): void {
  const site = definition.range;
  for (const [name, value] of type.attributes) {
    if (isHook(name, value)) type.hooked = true;
    const told = value.kind === 'instance' ? classAttribute(value.type, '__set_name__') : undefined;
    if (told?.kind === 'function') callValue(m, { kind: 'method', self: value, function: told }, callAt(site, [type, string(name)]));
  }
  type.hooked ||= type.bases.some((b) => b.hooked);
  const base = type.bases.slice(1).find((b) => b.attributes.has('__init_subclass__'));
  const told = base?.attributes.get('__init_subclass__');
  if (told?.kind === 'function' || told?.kind === 'native')
    callValue(m, { kind: 'method', self: type, function: told }, { ...callAt(site), keywords });
  else if (told) m.metUnknown = true;
}

/** A class that a class of the program makes: what it is, and what making it changes, is not followed. */
function ofMetaclass(m: Machine, metaclass: ClassValue, definition: ClassDefinition): Value {
  for (const c of metaclass.bases) for (const value of c.attributes.values()) disturb(m, value);
  return unknownCall(m, callAt(definition.range));
}

/** The class's own or inherited attribute. */
export function classAttribute(type: ClassValue, name: string): Value | undefined {
  for (const c of type.bases) {
    const value = c.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The names that a class's own body annotates, in order. */
export function annotatedNames(type: ClassValue): readonly string[] {
  const annotated = type.attributes.get('__annotations__');
  const names = annotated?.kind === 'list' ? (annotated.items ?? []) : [];
  return names.flatMap((v) => (v.kind === 'string' && v.value !== null ? [v.value] : []));
}

export function instantiate(m: Machine, type: ClassValue, args: CallArguments): Value {
  if (type.open) return unknownInstance(m, type, args);
  const maker = m.language === 'python' ? classAttribute(type, '__new__') : undefined;
  const prepared = maker ? callValue(m, maker, { ...args, positional: [type, ...args.positional] }) : null;
  if (prepared && !(prepared.kind === 'instance' && prepared.type.bases.includes(type))) return prepared;
  const instance: InstanceValue = prepared?.kind === 'instance' ? prepared : { kind: 'instance', type, attributes: new Map(), native: {} };
  const initializer = classAttribute(type, '__init__') ?? classAttribute(type, 'constructor');
  const native = type.bases.find((c) => c.native)?.native;
  if (initializer?.kind === 'function' || initializer?.kind === 'native')
    callValue(m, { kind: 'method', self: instance, function: initializer }, args);
  else if (native) native.construct(instance, args);
  else if (type.definition === null) return unknownCall(m, args);
  const made = type.native ? instance.native.extra : undefined;
  return made ?? instance;
}

/** Of a class with an unknown base: its own `__init__` may do anything, but what it sets is seen. */
function unknownInstance(m: Machine, type: ClassValue, args: CallArguments): Value {
  const initializer = type.attributes.get('__init__') ?? type.attributes.get('constructor');
  if (initializer?.kind !== 'function') return unknownCall(m, args);
  const instance: InstanceValue = { kind: 'instance', type, attributes: new Map(), native: {} };
  callValue(m, { kind: 'method', self: instance, function: initializer }, args);
  m.metUnknown = true;
  return instance;
}

/** `super()`: attributes from the classes after the one whose method this is. */
export function superAttribute(m: Machine, self: InstanceValue, owner: ClassValue, name: string): Value {
  const at = self.type.bases.indexOf(owner);
  for (const c of self.type.bases.slice(at + 1)) {
    const value = c.attributes.get(name);
    if (value?.kind === 'function' && value.flavour !== 'plain') return bound(m, self, value);
    if (value?.kind === 'function' || value?.kind === 'native') return { kind: 'method', self, function: value };
    if (c.native) {
      const native = c.native;
      if (name === '__init__') return { kind: 'native', name, call: (args) => (native.construct(self, args), { kind: 'none' }) };
      const found = native.attribute(self, name);
      if (found) return found;
      if (name === '__call__' && native.call) return { kind: 'native', name, call: (args) => native.call?.(self, args) ?? UNKNOWN };
    }
  }
  if (name === '__init__') return { kind: 'native', name, call: () => ({ kind: 'none' }) };
  return (m.language === 'python' && !self.type.open && inheritedMember(m, self, name)) || UNKNOWN;
}

/** `super()` where the method is given a class: in `__new__`, in class methods. */
export function superClassAttribute(m: Machine, self: ClassValue, owner: ClassValue, name: string): Value {
  for (const c of self.bases.slice(self.bases.indexOf(owner) + 1)) {
    const value = c.attributes.get(name);
    if (value?.kind === 'function' && name !== '__new__' && (value.flavour === 'class' || name === '__init_subclass__'))
      return { kind: 'method', self, function: value };
    if (value) return value;
  }
  if (self.open) return UNKNOWN;
  if (name === '__init_subclass__') return native(name, () => NONE);
  return inheritedMember(m, self, name) ?? UNKNOWN;
}

/** `object.__new__(type)` */
export function bareInstance(type: Value): Value {
  if (type.kind !== 'class' || type.open) return UNKNOWN;
  return { kind: 'instance', type, attributes: new Map(), native: {} };
}
