// Python's `functools`.
import { callValue } from './call.ts';
import { plainCall } from './convert.ts';
import { type Machine, NORMAL } from './machine.ts';
import { typeName } from './operators.ts';
import { iteratorOf, pull } from './streams.ts';
import { type CallArguments, keyOf, native, type NativeValue, NONE, UNKNOWN, type Value } from './values.ts';

/** A member of the module; null where it is not known. */
export function functoolsMember(m: Machine, name: string): Value | null {
  switch (name) {
    case 'partial':
      return native(name, (args) => {
        const [f = UNKNOWN, ...first] = args.positional;
        return native('partial', (more) =>
          callValue(m, f, { ...more, positional: [...first, ...more.positional], keywords: new Map([...args.keywords, ...more.keywords]) }),
        );
      });
    case 'wraps':
      return native(name, () => native('wraps', (args) => args.positional[0] ?? UNKNOWN));
    case 'reduce':
      return native(name, (args) => reduced(m, args));
    case 'cache':
      return native(name, ({ positional: [f = UNKNOWN] }) => memoised(m, f, Infinity));
    case 'lru_cache':
      return native(name, (args) => {
        const [first] = args.positional;
        if (first && first.kind !== 'none' && first.kind !== 'number') return memoised(m, first, 128);
        const most = args.keywords.get('maxsize') ?? first;
        const isTyped = args.positional.length > 1 || args.keywords.has('typed');
        const limit = most === undefined ? 128 : most.kind === 'none' ? Infinity : most.kind === 'number' ? most.value : null;
        return native(name, ({ positional: [f = UNKNOWN] }) => memoised(m, f, isTyped ? null : limit));
      });
    case 'cached_property':
      return native(name, ({ positional: [f = UNKNOWN] }) =>
        f.kind === 'function' ? { ...f, flavour: 'property', cached: true } : UNKNOWN,
      );
    default:
      return null;
  }
}

function reduced(m: Machine, args: CallArguments): Value {
  const [f = UNKNOWN, sequence = UNKNOWN, initial] = args.positional;
  const source = iteratorOf(m, sequence);
  let total: Value | null = initial ?? null;
  for (;;) {
    const item = pull(m, source);
    if (item === 'end') return total ?? m.raise('TypeError', 'reduce() of empty iterable with no initial value', null);
    if (item === null) {
      callValue(m, f, plainCall(m, [UNKNOWN, UNKNOWN]));
      return UNKNOWN;
    }
    total = total ? callValue(m, f, plainCall(m, [total, item])) : item;
  }
}

// ------------------------------------------------------------------------------------------------ what is kept

interface Kept {
  readonly given: readonly Value[];
  readonly names: string;
  readonly value: Value;
}

/** A function that keeps what it gave for the arguments of its last `limit` calls; null where it is not known which it keeps. */
function memoised(m: Machine, f: Value, limit: number | null): NativeValue {
  const state: { kept: readonly Kept[] | null } = { kept: limit === null ? null : [] };
  const call = (args: CallArguments): Value => {
    const given = [...args.positional, ...args.keywords.values()];
    for (const value of given) refuse(m, value);
    const names = `${args.positional.length} ${[...args.keywords.keys()].join(' ')}`;
    const same = state.kept?.map((k) => (k.names === names ? areSame(k.given, given) : false));
    const isKnown = same && !same.includes(null) && !args.open && given.every((v) => v.kind !== 'unknown');
    if (!isKnown) {
      m.journal.set(state, 'kept', null);
      m.fork([() => NORMAL, () => (callValue(m, f, args), NORMAL)]);
      return UNKNOWN;
    }
    const hit = state.kept?.[same.indexOf(true)];
    const value = hit?.value ?? callValue(m, f, args);
    const others = state.kept?.filter((k) => k !== hit) ?? null;
    const room = limit ?? 0;
    const kept = others && room > 0 ? [...(others.length < room ? others : others.slice(1)), { given, names, value }] : others;
    m.journal.set(state, 'kept', kept);
    return value;
  };
  const clear = native('cache_clear', () => (m.journal.set(state, 'kept', limit === null ? null : []), NONE));
  return {
    ...native('method lru_cache', call),
    members: new Map<string, Value>([
      ['cache_clear', clear],
      ['__wrapped__', f],
    ]),
  };
}

/** Tensors, variables, lists and dictionaries cannot be keys. */
function refuse(m: Machine, value: Value): void {
  if (value.kind === 'tensor') m.raise('TypeError', 'Tensor is unhashable. Instead, use tensor.ref() as the key.', null);
  if (value.kind === 'variable') m.raise('TypeError', 'Variable is unhashable. Instead, use variable.ref() as the key.', null);
  if ((value.kind === 'list' && (value.type === 'list' || value.type === 'set')) || value.kind === 'dictionary')
    m.raise('TypeError', `unhashable type: '${typeName(value)}'`, null);
}

function areSame(a: readonly Value[], b: readonly Value[]): boolean | null {
  const each = a.map((v, i) => isSame(v, b[i] ?? UNKNOWN));
  return each.includes(false) ? false : each.includes(null) ? null : true;
}

function isSame(a: Value, b: Value): boolean | null {
  if (a === b) return true;
  const [left, right] = [keyOf(a), keyOf(b)];
  if (left !== null && right !== null) return left === right;
  if (a.kind === 'instance' && b.kind === 'instance')
    return a.type.open || a.type.bases.some((c) => c.attributes.has('__eq__')) ? null : false;
  return a.kind !== b.kind && a.kind !== 'unknown' && b.kind !== 'unknown' ? false : null;
}
