// `tf.nest`: structures flattened and packed again.
import { type Value, dictionary } from './values.ts';

/** The leaves in order: lists and tuples by position, dictionaries by sorted key; None is a leaf. Null where the structure is not known, or holds itself. */
export const flatten = (value: Value): readonly Value[] | null => leavesOf(value, []);

function leavesOf(value: Value, around: readonly Value[]): readonly Value[] | null {
  if (value.kind === 'unknown') return null;
  const items = itemsOf(value);
  if (items === undefined) return [value];
  if (items === null || around.includes(value)) return null;
  const within = [...around, value];
  const parts = items.map((item) => leavesOf(item, within));
  return parts.some((x) => x === null) ? null : parts.flatMap((x) => x ?? []);
}

/** What a structure goes on with; undefined for a leaf, null where that is not known. */
function itemsOf(value: Value): readonly Value[] | null | undefined {
  if (value.kind === 'dictionary')
    return value.entries && [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry.value);
  return value.kind === 'list' && value.type !== 'set' && value.type !== 'iterator' ? value.items : undefined;
}

/** The leaves as far as they are known; what holds itself is gone through once. `around`: the structures that it stands in. */
export function knownLeaves(value: Value, around: readonly Value[] = []): readonly Value[] {
  const items = itemsOf(value);
  if (items === undefined) return [value];
  if (items === null || around.includes(value)) return [];
  const within = [...around, value];
  return items.flatMap((item) => knownLeaves(item, within));
}

/** Puts leaves back into the form of a structure. */
export function pack(structure: Value, leaves: readonly Value[]): Value {
  let at = 0;
  const next = (s: Value): Value => {
    if (s.kind === 'dictionary' && s.entries) {
      const filled = new Map([...s.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, e]) => [key, next(e.value)]));
      return dictionary([...s.entries].map(([key, e]) => [e.key, filled.get(key) ?? e.value] as const));
    }
    if (s.kind === 'list' && s.items && s.type !== 'set' && s.type !== 'iterator') return { ...s, items: s.items.map(next) };
    return leaves[at++] ?? s;
  };
  return next(structure);
}
