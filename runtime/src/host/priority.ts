// Which thread of a snippet's process goes first where processors are few: V8 compiles and collects on threads of its own, and the one that computes would have to wait its turn
// behind them, some milliseconds each time.
import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** As `nice` counts: so much later, and last of all. */
const LATER = 10;
const LAST = 19;

/** On Linux each thread has a priority of its own. Elsewhere it would be the whole process's, and nothing is done. */
export function yieldToMainThread(pid: number): void {
  if (process.platform !== 'linux') return;
  try {
    const nice = Math.min(LAST, getPriority(pid) + LATER);
    for (const thread of readdirSync(`/proc/${pid}/task`)) if (thread !== String(pid)) setPriority(Number(thread), nice);
  } catch {
    // A thread, or the process, has ended meanwhile.
  }
}
