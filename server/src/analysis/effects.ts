// What a function of the program may change when it is called by something that is not followed: how often, when and with what is not known then.
import type { FunctionDefinition } from '../ir/ir.ts';
import type { Machine } from './machine.ts';
import { find } from './names.ts';
import { type FunctionValue, type InstanceValue, type Scope, UNKNOWN, type Value } from './values.ts';

/** Names and attributes that a function's text changes, or hands on to what may change them. */
interface Effects {
  /** Declared `global` or `nonlocal`. */
  readonly outer: readonly { readonly name: string; readonly type: 'global' | 'nonlocal' }[];
  readonly touched: ReadonlySet<string>;
  readonly called: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
}

const known = new WeakMap<FunctionDefinition, Effects>();

function effectsOf(definition: FunctionDefinition): Effects {
  const before = known.get(definition);
  if (before) return before;
  const outer: Effects['outer'][number][] = [];
  const [touched, called, attributes] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const root = (node: unknown): void => {
    const { kind, name, object } = (node ?? {}) as { readonly kind?: string; readonly name?: string; readonly object?: unknown };
    if (kind === 'name' && name !== undefined) touched.add(name);
    else if (kind === 'attribute' || kind === 'subscript') root(object);
  };
  const target = (node: unknown): void => {
    const { kind, name, elements, value } = (node ?? {}) as {
      readonly kind?: string;
      readonly name?: string;
      readonly elements?: readonly unknown[];
      readonly value?: unknown;
    };
    if (kind === 'attribute' && name !== undefined) attributes.add(name);
    if (kind === 'attribute' || kind === 'subscript') root(node);
    elements?.forEach(target);
    if (kind === 'spread') target(value);
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const n = node as { readonly kind?: string; readonly [key: string]: unknown };
    if (n.kind === 'scope') for (const name of n.names as readonly string[]) outer.push({ name, type: n.type as 'global' | 'nonlocal' });
    if (n.kind === 'call') {
      root(n.callee);
      const { name } = n.callee as { readonly name?: string };
      if (name !== undefined) called.add(name);
      for (const { value } of n.args as readonly { readonly value: unknown }[]) root(value);
    }
    if (n.kind === 'augmented assign' || n.kind === 'for' || n.kind === 'assign expression') {
      target(n.target);
      root(n.target);
    }
    if (n.kind === 'assign' || n.kind === 'delete') (n.targets as readonly unknown[]).forEach(target);
    if (n.kind === 'with') for (const item of n.items as readonly { readonly context: unknown }[]) root(item.context);
    for (const [key, value] of Object.entries(n)) if (key !== 'range') visit(value);
  };
  visit(definition.body);
  const effects: Effects = { outer, touched, called, attributes };
  known.set(definition, effects);
  return effects;
}

/** From here on nothing is known of what the function changes. */
export function disturb(m: Machine, value: Value, seen: Set<FunctionDefinition> = new Set()): void {
  if (value.kind === 'method') {
    if (value.function.kind !== 'function') return;
    disturb(m, value.function, seen);
    forget(m, value.self, effectsOf(value.function.definition), 0);
    return;
  }
  if (value.kind !== 'function' || seen.has(value.definition)) return;
  seen.add(value.definition);
  const effects = effectsOf(value.definition);
  for (const { name, type } of effects.outer) {
    const home = homeOf(value, name, type);
    if (home) m.journal.put(home.variables, name, UNKNOWN);
  }
  for (const name of effects.touched) {
    const held = find(name, value.scope);
    if (held) forget(m, held, effects, 0);
  }
  for (const name of effects.called) {
    const other = find(name, value.scope);
    if (other) disturb(m, other, seen);
  }
}

function homeOf(f: FunctionValue, name: string, type: 'global' | 'nonlocal'): Scope | null {
  let scope: Scope | null = f.scope;
  if (type === 'global') while (scope.parent) scope = scope.parent;
  else while (scope && !(scope.type === 'function' && scope.variables.has(name))) scope = scope.parent;
  return scope;
}

/** Containers may hold anything, variables another number, instances something else in the attributes that are set. */
function forget(m: Machine, value: Value, effects: Effects, depth: number): void {
  switch (value.kind) {
    case 'list':
      if (value.type !== 'tuple') m.journal.set(value, 'items', null);
      return;
    case 'dictionary':
      m.journal.set(value, 'entries', null);
      return;
    case 'variable':
      m.assign(value.variable, m.backend.opaque(value.variable.value.shape, value.variable.value.dtype));
      return;
    case 'tape':
      value.creation.escaped = true;
      return;
    case 'class':
      for (const name of effects.attributes) if (value.attributes.has(name)) m.journal.put(value.attributes, name, UNKNOWN);
      return;
    case 'instance':
      forgetInstance(m, value, effects, depth);
      return;
    default:
      return;
  }
}

function forgetInstance(m: Machine, value: InstanceValue, effects: Effects, depth: number): void {
  for (const name of effects.attributes) if (value.attributes.has(name)) m.journal.put(value.attributes, name, UNKNOWN);
  if (depth > 1) return;
  for (const held of value.attributes.values())
    if (held.kind === 'list' || held.kind === 'dictionary' || held.kind === 'instance') forget(m, held, effects, depth + 1);
}
