// Python's iterators: what gives its items one by one, each when it is asked for.
import type { Comprehension } from '../ir/ir.ts';
import { callValue } from './call.ts';
import { classAttribute } from './classes.ts';
import { plainCall } from './convert.ts';
import { evaluate } from './evaluate.ts';
import { assign } from './execute.ts';
import { anyItem, items } from './iterate.ts';
import { type Machine, ProgramRaise } from './machine.ts';
import { truth } from './operators.ts';
import { type InstanceValue, integer, type ListValue, type Next, type Scope, UNKNOWN, type Value } from './values.ts';

/** So many items are asked for at most. */
const MOST_ITEMS = 1000;

/** A body that yields under a branch that nobody can decide: how often it does is not known. */
export class NotFollowed extends Error {}

export const stream = (next: Next): ListValue => ({ kind: 'list', type: 'iterator', items: null, next });

/** `next(iterator)`: the item, or that there are no more; null where that is not known. */
export function pull(m: Machine, iterator: ListValue): Value | 'end' | null {
  m.step();
  if (iterator.next) return iterator.next();
  const { items: left } = iterator;
  if (left === null) return null;
  const [first, ...rest] = left;
  m.journal.set(iterator, 'items', rest);
  return first ?? 'end';
}

/** `iter(value)`. A list may still change while it is gone through. */
export function iteratorOf(m: Machine, value: Value): ListValue {
  if (value.kind === 'list' && value.type === 'iterator') return value;
  if (value.kind === 'list') {
    const state = { at: 0 };
    return stream(() => {
      if (value.items === null) return null;
      const item = value.items[state.at];
      m.journal.set(state, 'at', item ? state.at + 1 : Infinity);
      return item ?? 'end';
    });
  }
  const own = value.kind === 'instance' ? ownIterator(m, value) : null;
  return own ?? { kind: 'list', type: 'iterator', items: items(m, value), element: () => anyItem(m, value) };
}

/** What the methods of a class of the program give one by one; null where it has none for that. */
export function ownIterator(m: Machine, value: InstanceValue): ListValue | null {
  if (m.language !== 'python' || value.type.open) return null;
  const begin = classAttribute(value.type, '__iter__');
  if (begin?.kind === 'function') {
    const made = callValue(m, { kind: 'method', self: value, function: begin }, plainCall(m, []));
    if (made.kind === 'list' && made.type === 'iterator') return made;
    const step = made.kind === 'instance' ? classAttribute(made.type, '__next__') : undefined;
    if (step?.kind !== 'function') return { kind: 'list', type: 'iterator', items: null };
    return stream(() => until(m, 'StopIteration', () => callValue(m, { kind: 'method', self: made, function: step }, plainCall(m, []))));
  }
  const get = classAttribute(value.type, '__getitem__');
  if (begin || get?.kind !== 'function' || value.type.bases.some((c) => c.native && c.name !== 'object')) return null;
  const state = { at: 0 };
  return stream(() => {
    const index = integer(state.at);
    m.journal.set(state, 'at', state.at + 1);
    return until(m, 'IndexError', () => callValue(m, { kind: 'method', self: value, function: get }, plainCall(m, [index])));
  });
}

/** What a call gives; the end, where it raises what says so. Where it may have raised, nobody knows. */
function until(m: Machine, exception: string, call: () => Value): Value | 'end' | null {
  const before = m.metUnknown;
  m.metUnknown = false;
  try {
    const value = call();
    return m.metUnknown ? null : value;
  } catch (e) {
    if (!(e instanceof ProgramRaise) || e.exception.type !== exception) throw e;
    return 'end';
  } finally {
    m.metUnknown ||= before;
  }
}

/** Asks for everything that an iterator has left; null where that is not known. */
export function drained(m: Machine, iterator: ListValue): readonly Value[] | null {
  if (iterator.generator) return drainedGenerator(m, iterator, iterator.generator);
  if (!iterator.next) {
    const { items: left } = iterator;
    if (left !== null && left.length > 0) m.journal.set(iterator, 'items', []);
    return left;
  }
  const found: Value[] = [];
  while (found.length < MOST_ITEMS) {
    const item = pull(m, iterator);
    if (item === 'end') return found;
    if (item === null) break;
    found.push(item);
  }
  m.journal.set(iterator, 'next', undefined);
  return null;
}

function drainedGenerator(m: Machine, iterator: ListValue, run: NonNullable<ListValue['generator']>): readonly Value[] | null {
  const found: Value[] = [];
  m.journal.set(iterator, 'generator', undefined);
  try {
    run((item) => {
      found.push(item);
      if (found.length > MOST_ITEMS) throw new NotFollowed();
    });
  } catch (e) {
    if (!(e instanceof NotFollowed)) throw e;
    iterator.element?.();
    return null;
  }
  m.journal.set(iterator, 'items', []);
  return found;
}

/** The results of something that is done with each row of several iterators; undefined leaves a row out. */
export function mapped(m: Machine, sources: readonly Value[], make: (row: readonly Value[]) => Value | null | undefined): ListValue {
  const iterators = sources.map((v) => iteratorOf(m, v));
  return stream(() => {
    for (let i = 0; i < MOST_ITEMS; i++) {
      const row: Value[] = [];
      for (const iterator of iterators) {
        const item = pull(m, iterator);
        if (item === 'end') return 'end';
        if (item === null) {
          make(iterators.map((it) => it.element?.() ?? UNKNOWN));
          return null;
        }
        row.push(item);
      }
      const made = make(row);
      if (made !== undefined) return made;
    }
    return null;
  });
}

/** A generator expression: only its first iterable is evaluated where it stands. */
export function generatorExpression(m: Machine, e: Comprehension, scope: Scope, inner: Scope): ListValue {
  const [first] = e.clauses;
  if (!first) return { kind: 'list', type: 'iterator', items: null };
  return stream(clause(m, e, 0, iteratorOf(m, evaluate(m, first.iterable, scope)), inner));
}

function clause(m: Machine, e: Comprehension, at: number, source: ListValue, inner: Scope): Next {
  const here = e.clauses[at];
  const following = e.clauses[at + 1];
  const state: { within: Next | null } = { within: null };
  return () => {
    while (here) {
      if (state.within) {
        const item = state.within();
        if (item !== 'end') return item;
        m.journal.set(state, 'within', null);
      }
      const item = pull(m, source);
      if (item === 'end') return 'end';
      assign(m, here.target, item ?? source.element?.() ?? UNKNOWN, inner);
      const tests = here.conditions.map((c) => truth(m, evaluate(m, c, inner)));
      if (item !== null && tests.includes(false)) continue;
      const isKnown = item !== null && !tests.includes(null);
      if (following) {
        m.journal.set(state, 'within', clause(m, e, at + 1, iteratorOf(m, evaluate(m, following.iterable, inner)), inner));
        if (isKnown) continue;
        state.within?.();
        return null;
      }
      const value = evaluate(m, e.element, inner);
      return isKnown ? value : null;
    }
    return 'end';
  };
}
