// The patterns of Python's `match`: whether a value fits, and the names that are bound then.
import type { Expression } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { builtin } from './builtins.ts';
import { plainCall } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { assign } from './execute.ts';
import type { Machine } from './machine.ts';
import { compareValues, truth } from './operators.ts';
import { dictionary, keyOf, list, type Scope, UNKNOWN, type Value } from './values.ts';

/** Values that are neither sequences nor mappings, and no instances that may be. */
const PLAIN: ReadonlySet<Value['kind']> = new Set(['none', 'boolean', 'number', 'string', 'function', 'variable', 'tape', 'dtype']);

/** Whether the pattern fits; null where that is not known. Names are bound on the way. */
export function fits(m: Machine, pattern: Expression, subject: Value, scope: Scope): boolean | null {
  switch (pattern.kind) {
    case 'name':
      if (pattern.name !== '_') assign(m, pattern, subject, scope);
      return true;
    case 'assign expression': {
      const found = fits(m, pattern.value, subject, scope);
      if (found !== false) assign(m, pattern.target, subject, scope);
      return found;
    }
    case 'binary': {
      if (pattern.operator !== '|') return null;
      const left = fits(m, pattern.left, subject, scope);
      if (left === true) return true;
      const right = fits(m, pattern.right, subject, scope);
      return left === null ? null : right;
    }
    case 'sequence':
      return fitsSequence(m, pattern.elements, subject, scope);
    case 'dictionary':
      return fitsMapping(m, pattern.entries, subject, scope);
    case 'call':
      return fitsClass(m, pattern, subject, scope);
    default: {
      if ((subject.kind === 'list' || subject.kind === 'dictionary') && pattern.kind !== 'attribute') return false;
      return truth(m, compareValues(m, '==', subject, evaluate(m, pattern, scope), pattern.range));
    }
  }
}

const every = (found: readonly (boolean | null)[]): boolean | null => (found.includes(false) ? false : found.includes(null) ? null : true);

function fitsSequence(m: Machine, elements: readonly Expression[], subject: Value, scope: Scope): boolean | null {
  if (PLAIN.has(subject.kind) || subject.kind === 'dictionary') return false;
  if (subject.kind !== 'list') return null;
  if (subject.type === 'set' || subject.type === 'iterator') return false;
  const { items } = subject;
  if (items === null) return null;
  const star = elements.findIndex((e) => e.kind === 'spread');
  if (star < 0 ? items.length !== elements.length : items.length < elements.length - 1) return false;
  return every(
    elements.map((e, i) => {
      const extra = items.length - elements.length;
      if (e.kind === 'spread') return fits(m, e.value, list(items.slice(i, i + extra + 1)), scope);
      return fits(m, e, items[star >= 0 && i > star ? i + extra : i] ?? UNKNOWN, scope);
    }),
  );
}

function fitsMapping(
  m: Machine,
  entries: readonly { readonly key: Expression | null; readonly value: Expression }[],
  subject: Value,
  scope: Scope,
): boolean | null {
  if (PLAIN.has(subject.kind) || subject.kind === 'list') return false;
  if (subject.kind !== 'dictionary' || subject.entries === null) return null;
  const left = new Map(subject.entries);
  const found: (boolean | null)[] = [];
  for (const { key, value } of entries) {
    if (key === null) {
      found.push(fits(m, value, dictionary([...left.values()].map((e) => [e.key, e.value] as const)), scope));
      continue;
    }
    const id = keyOf(evaluate(m, key, scope));
    const entry = id === null ? undefined : left.get(id);
    if (id === null) return null;
    if (!entry) return false;
    left.delete(id);
    found.push(fits(m, value, entry.value, scope));
  }
  return every(found);
}

/** What stands for a value itself in the parentheses after its class. */
const ITSELF: ReadonlySet<string> = new Set(['bool', 'dict', 'float', 'int', 'list', 'set', 'str', 'tuple']);

function fitsClass(m: Machine, pattern: Expression & { kind: 'call' }, subject: Value, scope: Scope): boolean | null {
  const type = evaluate(m, pattern.callee, scope);
  const isInstance = builtin(m, 'isinstance');
  if (isInstance?.kind !== 'native') return null;
  const found = truth(m, isInstance.call(plainCall(m, [subject, type])));
  if (found !== true) return found;
  return every(
    pattern.args.map(({ keyword, value }) => {
      if (keyword !== undefined) {
        const part = attribute(m, subject, keyword, pattern.range);
        return part.kind === 'unknown' ? null : fits(m, value, part, scope);
      }
      return type.kind === 'native' && ITSELF.has(type.name) ? fits(m, value, subject, scope) : null;
    }),
  );
}

/** Nothing is known of the names of a pattern that may have fitted. */
export function forgetNames(m: Machine, pattern: Expression, scope: Scope): void {
  switch (pattern.kind) {
    case 'name':
      if (pattern.name !== '_') assign(m, pattern, UNKNOWN, scope);
      return;
    case 'assign expression':
      forgetNames(m, pattern.value, scope);
      assign(m, pattern.target, UNKNOWN, scope);
      return;
    case 'binary':
      for (const side of [pattern.left, pattern.right]) forgetNames(m, side, scope);
      return;
    case 'spread':
      forgetNames(m, pattern.value, scope);
      return;
    case 'sequence':
      for (const e of pattern.elements) forgetNames(m, e, scope);
      return;
    case 'dictionary':
      for (const e of pattern.entries) forgetNames(m, e.value, scope);
      return;
    case 'call':
      for (const e of pattern.args) forgetNames(m, e.value, scope);
      return;
    default:
      return;
  }
}
