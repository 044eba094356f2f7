// What layers make when they are built: outside of any graph, so that it is there before the loop that is the first to call them. Keras 2.15: engine/base_layer.py, _maybe_build.
import type { Delta } from './journal.ts';
import type { Machine } from './machine.ts';

const BUILDS = { make: (): Delta[] => [] };

/** Builds a layer; what that changes can be brought about again. */
export function building(m: Machine, build: () => void): void {
  const mark = m.journal.mark();
  build();
  m.remember(BUILDS).push(m.journal.since(mark));
}

/** Traces something of which nothing is left but the layers that it builds, and once more where it builds any. `undo` takes back what it did, and `trace` starts from there. */
export function tracedWhenBuilt<T>(m: Machine, undo: () => void, trace: () => T): T {
  const builds = m.remember(BUILDS);
  const before = builds.length;
  const found = trace();
  const made = builds.slice(before);
  if (made.length === 0) return found;
  undo();
  for (const delta of made) m.journal.apply(delta);
  return trace();
}
