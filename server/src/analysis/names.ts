// Names and where they live.
import type { Range } from '../ir/ir.ts';
import { builtin } from './builtins.ts';
import { noteDerivative } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { type Scope, UNKNOWN, type Value } from './values.ts';

/** The function or module scope that a name binds in. */
function home(m: Machine, name: string, scope: Scope): Scope {
  const declared = scope.elsewhere.get(name);
  if (declared) return declared;
  if (m.language === 'script') {
    for (let s: Scope | null = scope; s; s = s.parent) if (s.variables.has(name)) return s;
  }
  return scope;
}

export function bind(m: Machine, name: string, value: Value, scope: Scope): void {
  m.journal.put(home(m, name, scope).variables, name, value);
  const tensor = value.kind === 'tensor' ? value.tensor : value.kind === 'variable' ? value.variable.handle : null;
  if (!tensor) return;
  let history = m.bindings.get(name);
  if (!history) m.bindings.set(name, (history = []));
  if (history.length < 100) history.push({ id: tensor.id, tensor, range: m.position.site, sequence: m.eager.sequence });
}

export function unbind(m: Machine, name: string, scope: Scope): void {
  const where = home(m, name, scope);
  if (where.variables.has(name)) m.journal.drop(where.variables, name);
}

export function declare(scope: Scope, name: string, type: 'global' | 'nonlocal'): void {
  let target: Scope | null = scope.parent;
  if (type === 'global') while (target?.parent) target = target.parent;
  else while (target && !(target.type === 'function' && target.variables.has(name))) target = target.parent;
  if (target) scope.elsewhere.set(name, target);
}

export function find(name: string, scope: Scope): Value | undefined {
  for (let s: Scope | null = scope; s; s = s.parent) {
    // A class body's names are not seen from its methods.
    if (s.type === 'class' && s !== scope) continue;
    const value = s.variables.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function lookUp(m: Machine, name: string, scope: Scope, range: Range): Value {
  const value = find(name, scope);
  if (value !== undefined) {
    noteDerivative(m, range, value);
    return value;
  }
  const known = builtin(m, name);
  if (known) return known;
  return UNKNOWN;
}

/** The names of one scope, with what they mean. */
export class Names extends Map<string, Value> {}

/** A scope with nothing in it. */
export function newScope(parent: Scope | null, type: Scope['type']): Scope {
  return { variables: new Names(), parent, elsewhere: new Map(), type };
}
