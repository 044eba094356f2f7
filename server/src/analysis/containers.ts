// Methods of lists, dictionaries and strings.
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { namedItems } from './named-tuples.ts';
import {
  boolean,
  dictionary,
  type DictionaryValue,
  integer,
  keyOf,
  list,
  type ListValue,
  native,
  NONE,
  string,
  type StringValue,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

const argument = (args: { readonly positional: readonly Value[] }, i: number): Value => args.positional[i] ?? NONE;

/** A method that replaces the items. */
const changes = (
  m: Machine,
  object: ListValue,
  name: string,
  next: (items: readonly Value[], args: readonly Value[]) => readonly Value[] | null,
  result: (items: readonly Value[]) => Value = () => NONE,
): Value =>
  native(name, (args) => {
    const before = object.items;
    m.journal.set(object, 'items', before && !args.open ? next(before, args.positional) : null);
    return before ? result(before) : UNKNOWN;
  });

export function listMethod(m: Machine, object: ListValue, name: string): Value | null {
  switch (name) {
    case 'append':
    case 'add':
      return changes(m, object, name, (all, [x = UNKNOWN]) => [...all, x]);
    case 'extend':
    case 'update':
      return changes(m, object, name, (all, [x = UNKNOWN]) => {
        const more = items(m, x);
        return more && [...all, ...more];
      });
    case 'insert':
      return changes(m, object, name, (all, [at, x = UNKNOWN]) =>
        at?.kind === 'number' && at.value !== null ? [...all.slice(0, at.value), x, ...all.slice(at.value)] : null,
      );
    case 'pop':
      return native(name, (args) => {
        const at = argument(args, 0);
        const index = at.kind === 'none' ? -1 : at.kind === 'number' ? at.value : null;
        const { items: all } = object;
        if (all === null || index === null) {
          m.journal.set(object, 'items', null);
          return UNKNOWN;
        }
        const place = index < 0 ? index + all.length : index;
        m.journal.set(
          object,
          'items',
          all.filter((_, i) => i !== place),
        );
        return all[place] ?? UNKNOWN;
      });
    case 'popleft':
      if (!object.isDeque) return null;
      return native(name, () => {
        const { items: all } = object;
        if (all === null) return UNKNOWN;
        const [first, ...rest] = all;
        m.journal.set(object, 'items', rest);
        return first ?? m.raise('IndexError', 'pop from an empty deque', null);
      });
    case 'appendleft':
      return object.isDeque ? changes(m, object, name, (all, [x = UNKNOWN]) => [x, ...all]) : null;
    case 'extendleft':
    case 'rotate':
      return object.isDeque ? changes(m, object, name, () => null) : null;
    case '_asdict': {
      if (!object.names) return null;
      const entries = namedItems(object);
      return native(name, () => (entries ? dictionary(entries) : { kind: 'dictionary', entries: null }));
    }
    case '_replace':
      if (!object.names) return null;
      return native(name, (args) => ({
        ...object,
        items: args.open ? null : (object.items?.map((v, i) => args.keywords.get(object.names?.[i] ?? '') ?? v) ?? null),
      }));
    case 'clear':
      return changes(m, object, name, () => []);
    case 'reverse':
      return changes(m, object, name, (all) => [...all].reverse());
    case 'sort':
    case 'remove':
      return changes(m, object, name, () => null);
    case 'copy':
      return native(name, () => ({ ...object }));
    case 'index':
    case 'count':
      return native(name, () => integer(null));
    default:
      return null;
  }
}

export function dictionaryMethod(m: Machine, object: DictionaryValue, name: string): Value | null {
  const entries = () => object.entries && [...object.entries.values()];
  switch (name) {
    case 'keys':
      return native(name, () => list(entries()?.map((e) => e.key) ?? null));
    case 'values':
      return native(name, () => list(entries()?.map((e) => e.value) ?? null));
    case 'items':
      return native(name, () => list(entries()?.map((e) => tuple([e.key, e.value])) ?? null));
    case 'get':
      return native(name, (args) => {
        const key = keyOf(argument(args, 0));
        return object.entries === null || key === null ? UNKNOWN : (object.entries.get(key)?.value ?? argument(args, 1));
      });
    case 'setdefault':
    case 'pop':
      return native(name, (args) => {
        const key = keyOf(argument(args, 0));
        if (object.entries === null || key === null) {
          m.journal.set(object, 'entries', null);
          return UNKNOWN;
        }
        const found = object.entries.get(key)?.value;
        const next = new Map(object.entries);
        if (name === 'pop') next.delete(key);
        else if (!found) next.set(key, { key: argument(args, 0), value: argument(args, 1) });
        m.journal.set(object, 'entries', next);
        return found ?? argument(args, 1);
      });
    case 'update':
      return native(name, (args) => {
        const other = argument(args, 0);
        const merged =
          object.entries && other.kind === 'dictionary' && other.entries ? new Map([...object.entries, ...other.entries]) : null;
        if (merged) for (const [k, value] of args.keywords) merged.set(`s${k}`, { key: string(k), value });
        m.journal.set(
          object,
          'entries',
          other.kind === 'none' && object.entries
            ? new Map([...object.entries, ...[...args.keywords].map(([k, value]) => [`s${k}`, { key: string(k), value }] as const)])
            : merged,
        );
        return NONE;
      });
    case 'copy':
      return native(name, () => ({ ...object }));
    case 'popitem':
    case 'move_to_end':
      return native(name, () => (m.journal.set(object, 'entries', null), UNKNOWN));
    case 'clear':
      return native(name, () => (m.journal.set(object, 'entries', new Map()), NONE));
    default:
      return null;
  }
}

export function stringMethod(object: StringValue, name: string): Value | null {
  const text = object.value;
  switch (name) {
    case 'lower':
      return native(name, () => string(text && text.toLowerCase()));
    case 'upper':
      return native(name, () => string(text && text.toUpperCase()));
    case 'startsWith':
    case 'startswith':
      return native(name, (args) => {
        const [x] = args.positional;
        return text !== null && x?.kind === 'string' && x.value !== null ? boolean(text.startsWith(x.value)) : UNKNOWN;
      });
    case 'format':
    case 'join':
    case 'replace':
    case 'strip':
      return native(name, () => string(null));
    case 'split':
      return native(name, () => list(null));
    default:
      return null;
  }
}
