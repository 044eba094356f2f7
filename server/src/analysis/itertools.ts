// Python's `itertools`, as far as programs with gradients use it.
import { binaryOperation, truth } from './operators.ts';
import { callValue } from './call.ts';
import { plainCall } from './convert.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { iteratorOf, mapped, pull, stream } from './streams.ts';
import { type CallArguments, integer, list, type ListValue, native, NONE, tuple, UNKNOWN, type Value } from './values.ts';

type Maker = (m: Machine, args: CallArguments) => Value;
const at = (args: CallArguments, i: number): Value => args.positional[i] ?? UNKNOWN;
const finite = (found: readonly Value[] | null): ListValue => ({ kind: 'list', type: 'iterator', items: found });
const wholeIn = (value: Value | undefined): number | null => (value?.kind === 'number' && value.integer ? value.value : null);

/** So many rows are made at most. */
const MOST_ROWS = 1000;

const MAKERS: Readonly<Record<string, Maker>> = {
  chain: (m, args) => (args.open ? finite(null) : chained(m, iteratorOf(m, list(args.positional)))),
  count: (m, args) => {
    const step = args.keywords.get('step') ?? args.positional[1] ?? integer(1);
    const state = { now: args.keywords.get('start') ?? args.positional[0] ?? integer(0) };
    return stream(() => {
      const { now } = state;
      m.journal.set(state, 'now', binaryOperation(m, '+', now, step, args.site.range));
      return now;
    });
  },
  repeat: (m, args) => {
    const times = args.keywords.get('times') ?? args.positional[1];
    if (times && wholeIn(times) === null) return finite(null);
    const state = { left: times ? (wholeIn(times) ?? 0) : Infinity };
    return stream(() => {
      if (state.left <= 0) return 'end';
      m.journal.set(state, 'left', state.left - 1);
      return at(args, 0);
    });
  },
  cycle: (m, args) => {
    const found = items(m, at(args, 0));
    if (!found || found.length === 0) return finite(found);
    const state = { at: 0 };
    return stream(() => {
      const item = found[state.at % found.length];
      m.journal.set(state, 'at', state.at + 1);
      return item ?? 'end';
    });
  },
  islice: (m, args) => {
    const source = iteratorOf(m, at(args, 0));
    const bounds = args.positional.slice(1);
    const [start, stop, step] = bounds.length === 1 ? [integer(0), bounds[0], undefined] : bounds;
    const from = start?.kind === 'none' ? 0 : wholeIn(start);
    const to = stop?.kind === 'none' ? Infinity : wholeIn(stop);
    if (from === null || to === null || (step && step.kind !== 'none' && wholeIn(step) !== 1)) return finite(null);
    const state = { at: 0 };
    return stream(() => {
      while (state.at < to) {
        const item = pull(m, source);
        if (item === 'end' || item === null) return item;
        m.journal.set(state, 'at', state.at + 1);
        if (state.at > from) return item;
      }
      return 'end';
    });
  },
  starmap: (m, args) =>
    mapped(m, [at(args, 1)], ([row = UNKNOWN]) => {
      const given = items(m, row);
      return callValue(m, at(args, 0), { ...plainCall(m, given ?? []), open: given === null });
    }),
  takewhile: (m, args) => {
    const source = iteratorOf(m, at(args, 1));
    const state = { isOver: false };
    return stream(() => {
      const item = state.isOver ? 'end' : pull(m, source);
      if (item === 'end' || item === null) return item;
      const holds = truth(m, callValue(m, at(args, 0), plainCall(m, [item])));
      if (holds === false) m.journal.set(state, 'isOver', true);
      return holds === null ? null : holds ? item : 'end';
    });
  },
  accumulate: (m, args) => {
    const f = args.positional[1] ?? args.keywords.get('func') ?? NONE;
    const source = iteratorOf(m, at(args, 0));
    const initial = args.keywords.get('initial');
    if (initial && initial.kind !== 'none') return finite(null);
    const state: { total: Value | null } = { total: null };
    return stream(() => {
      const item = pull(m, source);
      if (item === 'end' || item === null) return item;
      const { total } = state;
      const next =
        total === null
          ? item
          : f.kind === 'none'
            ? binaryOperation(m, '+', total, item, args.site.range)
            : callValue(m, f, plainCall(m, [total, item]));
      m.journal.set(state, 'total', next);
      return next;
    });
  },
  zip_longest: (m, args) => {
    const columns = args.positional.map((v) => items(m, v));
    const fill = args.keywords.get('fillvalue') ?? NONE;
    if (args.open || columns.some((c) => c === null)) return finite(null);
    const length = Math.max(0, ...columns.map((c) => c?.length ?? 0));
    return finite(Array.from({ length }, (_, i) => tuple(columns.map((c) => c?.[i] ?? fill))));
  },
  product: (m, args) => {
    const columns = args.positional.map((v) => items(m, v));
    const times = wholeIn(args.keywords.get('repeat') ?? integer(1));
    if (args.open || times === null || columns.some((c) => c === null)) return finite(null);
    let rows: readonly (readonly Value[])[] = [[]];
    for (const column of Array.from({ length: times }, () => columns).flat()) {
      if (rows.length * (column?.length ?? 0) > MOST_ROWS) return finite(null);
      rows = rows.flatMap((row) => (column ?? []).map((v) => [...row, v]));
    }
    return finite(rows.map((row) => tuple(row)));
  },
  combinations: (m, args) => {
    const found = items(m, at(args, 0));
    const size = wholeIn(args.positional[1]);
    if (found === null || size === null || found.length > 12) return finite(null);
    const chosen = (from: number, left: number): (readonly Value[])[] =>
      left === 0 ? [[]] : found.flatMap((v, i) => (i < from ? [] : chosen(i + 1, left - 1).map((rest) => [v, ...rest])));
    return finite(chosen(0, size).map((row) => tuple(row)));
  },
  pairwise: (m, args) => {
    const found = items(m, at(args, 0));
    return finite(found && found.slice(1).map((v, i) => tuple([found[i] ?? UNKNOWN, v])));
  },
};

/** One iterable after the other, each begun when the one before it has ended. */
function chained(m: Machine, sources: ListValue): ListValue {
  const state: { source: ListValue | null } = { source: null };
  return stream(() => {
    for (;;) {
      const item = state.source && pull(m, state.source);
      if (state.source && item !== 'end') return item;
      const next = pull(m, sources);
      if (next === 'end' || next === null) return next;
      m.journal.set(state, 'source', iteratorOf(m, next));
    }
  });
}

/** A member of the module; null where it is not known. */
export function itertoolsMember(m: Machine, name: string): Value | null {
  const make = MAKERS[name];
  if (!make) return null;
  const made = native(`itertools.${name}`, (args) => make(m, args));
  if (name !== 'chain') return made;
  const flat = native('from_iterable', (args) => chained(m, iteratorOf(m, at(args, 0))));
  return { ...made, members: new Map([['from_iterable', flat]]) };
}
