// Methods of arrays and objects in JavaScript.
import { callValue } from '../call.ts';
import { plainCall } from '../convert.ts';
import { items } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { compareValues, truth } from '../operators.ts';
import { boolean, type CallArguments, float, list, type ListValue, native, string, UNDEFINED, UNKNOWN, type Value } from '../values.ts';

const argument = (args: CallArguments, i: number): Value => args.positional[i] ?? UNDEFINED;
const numberIn = (v: Value): number | null => (v.kind === 'number' ? v.value : null);

export function arrayMember(m: Machine, object: ListValue, name: string): Value | null {
  if (name === 'length' || name === 'size') return float(object.items?.length ?? null);
  const method = METHODS[name];
  return method ? native(name, (args) => (args.open ? UNKNOWN : method(m, object, args))) : null;
}

type Method = (m: Machine, object: ListValue, args: CallArguments) => Value;

/** Calls the function given with every item, its place and the array. */
function each(m: Machine, object: ListValue, args: CallArguments): Value[] | null {
  const f = argument(args, 0);
  return object.items?.map((x, i) => callValue(m, f, plainCall(m, [x, float(i), object]))) ?? null;
}

/** What the function given decides for every item; null where one is not known. */
function tests(m: Machine, object: ListValue, args: CallArguments): readonly boolean[] | null {
  const found = each(m, object, args)?.map((v) => truth(m, v));
  return found?.every((t) => t !== null) ? found : null;
}

function replace(m: Machine, object: ListValue, next: readonly Value[] | null): void {
  m.journal.set(object, 'items', next);
}

const METHODS: Readonly<Record<string, Method>> = {
  push: (m, object, args) => {
    replace(m, object, object.items && [...object.items, ...args.positional]);
    return float(object.items?.length ?? null);
  },
  unshift: (m, object, args) => {
    replace(m, object, object.items && [...args.positional, ...object.items]);
    return float(object.items?.length ?? null);
  },
  pop: (m, object) => {
    const last = object.items ? (object.items.at(-1) ?? UNDEFINED) : UNKNOWN;
    replace(m, object, object.items && object.items.slice(0, -1));
    return last;
  },
  shift: (m, object) => {
    const first = object.items ? (object.items[0] ?? UNDEFINED) : UNKNOWN;
    replace(m, object, object.items && object.items.slice(1));
    return first;
  },
  splice: (m, object, args) => {
    const [start, count] = [numberIn(argument(args, 0)), argument(args, 1).kind === 'none' ? Infinity : numberIn(argument(args, 1))];
    if (object.items === null || start === null || count === null) {
      replace(m, object, null);
      return list(null);
    }
    const next = [...object.items];
    const removed = next.splice(start, count === Infinity ? next.length : count, ...args.positional.slice(2));
    replace(m, object, next);
    return list(removed);
  },
  reverse: (m, object) => {
    replace(m, object, object.items && [...object.items].reverse());
    return object;
  },
  sort: (m, object) => {
    replace(m, object, object.items && object.items.length < 2 ? object.items : null);
    return object;
  },
  fill: (m, object, args) => {
    const value = argument(args, 0);
    const whole = args.positional.length === 1;
    replace(m, object, whole && object.items ? object.items.map(() => value) : null);
    return object;
  },
  /** Of a set. */
  add: (m, object, args) => {
    replace(m, object, object.items && [...object.items, argument(args, 0)]);
    return object;
  },
  map: (m, object, args) => list(each(m, object, args)),
  forEach: (m, object, args) => (each(m, object, args), UNDEFINED),
  filter: (m, object, args) => {
    const kept = tests(m, object, args);
    return list(object.items && kept && object.items.filter((_, i) => kept[i]));
  },
  some: (m, object, args) => {
    const found = tests(m, object, args);
    return found ? boolean(found.includes(true)) : UNKNOWN;
  },
  every: (m, object, args) => {
    const found = tests(m, object, args);
    return found ? boolean(!found.includes(false)) : UNKNOWN;
  },
  find: (m, object, args) => {
    const found = tests(m, object, args);
    return found ? (object.items?.[found.indexOf(true)] ?? UNDEFINED) : UNKNOWN;
  },
  findIndex: (m, object, args) => {
    const found = tests(m, object, args);
    return float(found ? found.indexOf(true) : null);
  },
  reduce: (m, object, args) => {
    if (object.items === null) return UNKNOWN;
    const f = argument(args, 0);
    const start = args.positional.length > 1;
    const rest = start ? object.items : object.items.slice(1);
    const first = start ? argument(args, 1) : object.items[0];
    if (first === undefined) return m.raise('TypeError', 'Reduce of empty array with no initial value', null);
    return rest.reduce<Value>((sum, x, i) => callValue(m, f, plainCall(m, [sum, x, float(start ? i : i + 1), object])), first);
  },
  slice: (_, object, args) => {
    const [from, to] = [argument(args, 0), argument(args, 1)].map((v) => (v.kind === 'none' ? undefined : numberIn(v)));
    return list(object.items && from !== null && to !== null ? object.items.slice(from, to) : null);
  },
  concat: (_, object, args) => {
    const more = args.positional.map((v) => (v.kind === 'list' ? v.items : v.kind === 'unknown' ? null : [v]));
    return list(object.items && more.every((x) => x !== null) ? [...object.items, ...more.flatMap((x) => x ?? [])] : null);
  },
  flat: (_, object) =>
    list(
      object.items?.every((v) => v.kind !== 'list' || v.items !== null)
        ? object.items.flatMap((v) => (v.kind === 'list' ? (v.items ?? []) : [v]))
        : null,
    ),
  flatMap: (m, object, args) => {
    const found = each(m, object, args);
    return list(
      found?.every((v) => v.kind !== 'list' || v.items !== null) ? found.flatMap((v) => (v.kind === 'list' ? (v.items ?? []) : [v])) : null,
    );
  },
  at: (_, object, args) => {
    const i = numberIn(argument(args, 0));
    return object.items && i !== null ? (object.items.at(i) ?? UNDEFINED) : UNKNOWN;
  },
  includes: (m, object, args) => {
    const found = object.items?.map((x) =>
      truth(m, compareValues(m, '===', x, argument(args, 0), m.position.site ?? { start: 0, end: 0 })),
    );
    return found?.includes(true) ? boolean(true) : found?.every((f) => f === false) ? boolean(false) : UNKNOWN;
  },
  indexOf: () => float(null),
  join: () => string(null),
  keys: (_, object) => list(object.items && object.items.map((_, i) => float(i))),
  values: (_, object) => list(object.items),
  entries: (_, object) => list(object.items && object.items.map((x, i) => list([float(i), x]))),
};

/** `Object.<name>(o)`. */
export function objectStatic(name: string): Value | null {
  const of = (f: (key: Value, value: Value) => Value): Value =>
    native(`Object.${name}`, (args) => {
      const [o] = args.positional;
      if (o?.kind === 'list') return list(o.items && o.items.map((v, i) => f(string(String(i)), v)));
      return list(o?.kind === 'dictionary' && o.entries ? [...o.entries.values()].map((e) => f(e.key, e.value)) : null);
    });
  if (name === 'keys') return of((key) => key);
  if (name === 'values') return of((_, value) => value);
  if (name === 'entries') return of((key, value) => list([key, value]));
  if (name === 'freeze' || name === 'seal') return native(`Object.${name}`, (args) => args.positional[0] ?? UNDEFINED);
  if (name === 'assign')
    return native('Object.assign', (args) => {
      const parts = args.positional.map((v) => (v.kind === 'dictionary' ? v.entries : v.kind === 'none' ? new Map() : null));
      if (args.open || parts.some((p) => p === null)) return { kind: 'dictionary', entries: null };
      return { kind: 'dictionary', entries: new Map(parts.flatMap((p) => [...(p ?? [])])) };
    });
  return null;
}

/** `Array.<name>`. */
export function arrayStatic(m: Machine, name: string): Value | null {
  if (name === 'isArray')
    return native('Array.isArray', (args) =>
      args.positional[0]?.kind === 'unknown' ? UNKNOWN : boolean(args.positional[0]?.kind === 'list'),
    );
  if (name === 'of') return native('Array.of', (args) => list(args.open ? null : args.positional));
  if (name !== 'from') return null;
  return native('Array.from', (args) => {
    const [given = UNKNOWN, f] = args.positional;
    const length = given.kind === 'dictionary' ? given.entries?.get('slength')?.value : undefined;
    const count = length ? numberIn(length) : null;
    const found = length ? (count === null || count > 10_000 ? null : Array.from({ length: count }, () => UNDEFINED)) : items(m, given);
    if (found === null || !f || f.kind === 'none') return list(found);
    return list(found.map((x, i) => callValue(m, f, plainCall(m, [x, float(i)]))));
  });
}

/** `new Array(n)`, `Array(n)`, `Array(a, b)`. */
export function newArray(args: CallArguments): Value {
  const [first] = args.positional;
  if (args.open) return list(null);
  if (args.positional.length === 1 && first?.kind === 'number')
    return list(first.value === null || first.value > 10_000 ? null : Array.from({ length: first.value }, () => UNDEFINED));
  return list(args.positional);
}
