// Collects young objects while nobody waits for anything, so that a request seldom meets with a collection of its own.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

const collect = findCollect();

/** Where more than half of their room is taken. It takes as long as copying what is in use, about half a millisecond after a small Hessian. */
export function collectYoung(): void {
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if (young !== undefined && young.space_used_size > young.space_available_size) collect?.({ type: 'minor' });
}

/** V8 gives it to contexts that are made while the flag is set: to this one, and to no snippet's. */
function findCollect(): Collect | null {
  setFlagsFromString('--expose-gc');
  try {
    return runInNewContext('gc') as Collect;
  } catch {
    return null;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
