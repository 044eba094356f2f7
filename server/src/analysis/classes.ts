// Classes of the program and their instances.
import type { ClassDefinition } from '../ir/ir.ts';
import { callValue, unknownCall } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { decorated, functionFrom } from './functions.ts';
import type { Machine } from './machine.ts';
import { newScope } from './names.ts';
import { type CallArguments, callAt, type ClassValue, type InstanceValue, type Scope, UNKNOWN, type Value } from './values.ts';

export function classFrom(m: Machine, definition: ClassDefinition, scope: Scope): Value {
  const bases: ClassValue[] = [];
  let open = false;
  for (const base of definition.bases) {
    if (base.keyword !== undefined) continue;
    const value = evaluate(m, base.value, scope);
    if (value.kind === 'class') bases.push(value);
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
  for (const statement of definition.body) {
    if (statement.kind !== 'function statement') {
      execute(m, [statement], inner);
      continue;
    }
    const made = { ...functionFrom(m, statement.definition, inner, type), owner: type };
    inner.variables.set(statement.definition.name, decorated(m, made, statement.definition, inner));
  }
  let value: Value = type;
  for (const expression of [...definition.decorators].reverse()) {
    const decorator = evaluate(m, expression, scope);
    value = callValue(m, decorator, callAt(expression.range, [value]));
  }
  return value;
}

/** The class's own or inherited attribute. */
export function classAttribute(type: ClassValue, name: string): Value | undefined {
  for (const c of type.bases) {
    const value = c.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function instantiate(m: Machine, type: ClassValue, args: CallArguments): Value {
  if (type.open) return unknownInstance(m, type, args);
  const instance: InstanceValue = { kind: 'instance', type, attributes: new Map(), native: {} };
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
export function superAttribute(self: InstanceValue, owner: ClassValue, name: string): Value {
  const at = self.type.bases.indexOf(owner);
  for (const c of self.type.bases.slice(at + 1)) {
    const value = c.attributes.get(name);
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
  return UNKNOWN;
}
