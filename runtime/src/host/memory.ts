// The size of another process, read from the system where that is cheap: then a process that is too busy to report is still watched.
import { readFileSync } from 'node:fs';

/** Resident bytes, or null where the system does not say (the process's own heartbeat has to do). */
export function residentBytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}
