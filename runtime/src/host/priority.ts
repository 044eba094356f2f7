// Which thread of a snippet's process goes first where processors are few: V8 compiles and collects on threads of its own, and the one that computes would have to wait its turn
// behind them, some milliseconds each time.
import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As `nice` counts. */
const LATER = 10;

/** On Linux each thread has a priority of its own. Elsewhere it would be the whole process's, and nothing is done. */
export function yieldToMainThread(pid: number): void {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) if (thread !== String(pid)) setPriority(Number(thread), LATER);
  } catch {
    // A thread, or the process, has ended meanwhile.
  }
}
