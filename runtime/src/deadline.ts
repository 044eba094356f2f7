// How long one request may keep the process. The parent ends whoever is late; should there be no parent any more, this ends the process all the same.
import { Script } from 'node:vm';

const CALL = new Script('globalThis.__within()');

export class Deadline {
  private readonly end: number;

  constructor(seconds: number) {
    this.end = performance.now() + seconds * 1000;
  }

  get milliseconds(): number {
    return this.end - performance.now();
  }

  /** Runs something that waits for nothing. */
  within<T>(body: () => T): T {
    let result: T | undefined;
    Object.defineProperty(globalThis, '__within', { value: () => (result = body()), configurable: true });
    this.guard((timeout) => CALL.runInThisContext({ timeout }));
    return result as T;
  }

  /** For what takes a time limit of its own. */
  guard<T>(body: (timeout: number) => T): T {
    const timeout = Math.ceil(this.milliseconds);
    if (timeout <= 0) process.abort();
    try {
      return body(timeout);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') process.abort();
      throw error;
    }
  }
}
