// `tf.nest`: structures flattened and packed again.
import { type Value, dictionary } from './values.ts';

/** The leaves in order: lists and tuples by position, dictionaries by sorted key; None is a leaf. Null where the structure is not known. */
export function flatten(value: Value): readonly Value[] | null {
  if (value.kind === 'unknown') return null;
  if (value.kind === 'dictionary') {
    if (value.entries === null) return null;
    const sorted = [...value.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, e]) => flatten(e.value));
    return sorted.some((x) => x === null) ? null : sorted.flatMap((x) => x ?? []);
  }
  if (value.kind !== 'list' || value.type === 'set' || value.type === 'iterator') return [value];
  if (value.items === null) return null;
  const parts = value.items.map(flatten);
  return parts.some((x) => x === null) ? null : parts.flatMap((x) => x ?? []);
}

/** Puts leaves back into the form of a structure. */
export function pack(structure: Value, leaves: readonly Value[]): Value {
  let at = 0;
  const next = (s: Value): Value => {
    if (s.kind === 'dictionary' && s.entries) {
      const filled = new Map([...s.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, e]) => [key, next(e.value)]));
      return dictionary([...s.entries].map(([key, e]) => [e.key, filled.get(key) ?? e.value] as const));
    }
    if (s.kind === 'list' && s.items && s.type !== 'set' && s.type !== 'iterator')
      return { kind: 'list', type: s.type, items: s.items.map(next) };
    return leaves[at++] ?? s;
  };
  return next(structure);
}
