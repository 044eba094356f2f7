// Which part of a recorded gradient call matters: what depends on its sources and leads to its value. The rest are constants, whatever kernels they took.
import type { Entry, Frame, Ref } from './border.ts';

export interface Need {
  readonly entries: ReadonlySet<Entry>;
  /** Ids of the tensors that they, or the ends, read. */
  readonly read: ReadonlySet<number>;
}

/** A piece of a recording by itself: where it starts, and what is wanted of it. */
export interface Piece {
  readonly entries: readonly Entry[];
  readonly starts: readonly Ref[];
  readonly ends: readonly Ref[];
}

export function needOf(given: Frame | Piece): Need {
  const piece: Piece =
    'ends' in given
      ? given
      : {
          entries: given.entries,
          starts: given.sources,
          ends: given.value ? [given.value, ...(given.upstream ? [given.upstream] : [])] : [],
        };
  const dependent = dependentOf(piece);
  const entries = new Set<Entry>();
  const wanted = new Set(piece.ends.map(({ id }) => id));
  backward(piece.entries, wanted, dependent, entries);
  return { entries, read: wanted };
}

const inputsOf = (entry: Entry): readonly Ref[] => {
  switch (entry.kind) {
    case 'kernel':
      return Object.values(entry.inputs);
    case 'custom':
      return entry.inputs;
    case 'read':
      return [entry.tensor];
    case 'gradients':
      return [];
  }
};

/** Entries that read something that depends on a source, those of gradients inside included. */
function dependentOf({ entries, starts }: Piece): ReadonlySet<Entry> {
  const ids = new Set(starts.map(({ id }) => id));
  const found = new Set<Entry>();
  const forward = (list: readonly Entry[]): void => {
    for (const entry of list) {
      if (entry.kind === 'gradients') {
        for (const { id } of entry.sources) ids.add(id);
        forward(entry.entries);
        for (const gradient of entry.gradients ?? []) if (gradient) ids.add(gradient.id);
        found.add(entry);
      } else if (inputsOf(entry).some(({ id }) => ids.has(id))) {
        found.add(entry);
        if (entry.kind === 'kernel') for (const { id } of entry.outputs) ids.add(id);
        if (entry.kind === 'custom') ids.add(entry.output.id);
      }
    }
  };
  forward(entries);
  return found;
}

/** Keeps those that lead to what is wanted. What was read of a tensor that matters is kept, to be told of. */
function backward(list: readonly Entry[], wanted: Set<number>, dependent: ReadonlySet<Entry>, kept: Set<Entry>): void {
  for (const entry of [...list].reverse()) {
    if (!dependent.has(entry)) continue;
    switch (entry.kind) {
      case 'kernel':
        if (!entry.outputs.some(({ id }) => wanted.has(id))) continue;
        break;
      case 'custom':
        if (!wanted.delete(entry.output.id)) continue;
        for (const { id } of entry.saved) wanted.add(id);
        break;
      case 'gradients': {
        const asked = entry.gradients?.some((gradient) => gradient && wanted.has(gradient.id)) === true;
        if (asked && entry.value) wanted.add(entry.value.id);
        if (asked && entry.upstream) wanted.add(entry.upstream.id);
        const before = kept.size;
        backward(entry.entries, wanted, dependent, kept);
        if (!asked && kept.size === before) continue;
        for (const { id } of entry.sources) wanted.add(id);
        break;
      }
      case 'read':
        // Told of, but nothing hangs on it.
        kept.add(entry);
        continue;
    }
    kept.add(entry);
    for (const { id } of inputsOf(entry)) wanted.add(id);
  }
}
