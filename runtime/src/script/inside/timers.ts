// Timers of a script: the process around keeps the clock, and calls `fire` when one is due.
import type { Outside } from '../border.ts';

type Callback = (...args: unknown[]) => unknown;

interface Waiting {
  readonly callback: Callback;
  readonly args: readonly unknown[];
  /** Of an interval; null for what comes once. */
  readonly every: number | null;
  readonly urgent: boolean;
  readonly handle: Timer;
}

const waiting = new Map<number, Waiting>();
let clock: Pick<Outside, 'schedule' | 'cancel'> | null = null;
let last = 0;

/** What `setTimeout` gives back, as in Node. */
class Timer {
  constructor(private readonly id: number) {}
  ref(): this {
    return this;
  }
  unref(): this {
    clear(this.id);
    return this;
  }
  hasRef(): boolean {
    return waiting.has(this.id);
  }
  close(): this {
    clear(this.id);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.id;
  }
}

function start(callback: unknown, milliseconds: unknown, args: readonly unknown[], repeats: boolean, urgent: boolean): Timer {
  if (typeof callback !== 'function') throw new TypeError(`The "callback" argument must be of type function. Received ${typeof callback}`);
  const id = ++last;
  const given = Number(milliseconds);
  const wait = given >= 1 && given < 2 ** 31 ? given : 1;
  const handle = new Timer(id);
  waiting.set(id, { callback: callback as Callback, args, every: repeats ? wait : null, urgent, handle });
  clock?.schedule(id, urgent ? 0 : wait);
  return handle;
}

function clear(timer: unknown): void {
  const id = typeof timer === 'object' || typeof timer === 'string' ? Number(timer) : timer;
  if (typeof id === 'number' && waiting.delete(id)) clock?.cancel(id);
}

/** Runs the timer that is due. */
export function fire(id: number): void {
  const due = waiting.get(id);
  if (!due) return;
  if (due.every === null) waiting.delete(id);
  else clock?.schedule(id, due.every);
  due.callback.apply(due.urgent ? undefined : due.handle, [...due.args]);
}

export function startClock(outside: Pick<Outside, 'schedule' | 'cancel'>): void {
  clock = outside;
}

export const timers = {
  setTimeout: (callback: unknown, milliseconds?: unknown, ...args: unknown[]) => start(callback, milliseconds, args, false, false),
  setInterval: (callback: unknown, milliseconds?: unknown, ...args: unknown[]) => start(callback, milliseconds, args, true, false),
  setImmediate: (callback: unknown, ...args: unknown[]) => start(callback, 0, args, false, true),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
};

// TensorFlow.js looks for it while it is loaded.
Object.assign(globalThis, { setImmediate: timers.setImmediate });
