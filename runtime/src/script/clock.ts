// When a script's timers are due.
export class Clock {
  private readonly waiting = new Map<number, number>();

  schedule(timer: number, milliseconds: number): void {
    // Again in its place: of those that are due together, the one that was set first comes first.
    this.waiting.delete(timer);
    this.waiting.set(timer, performance.now() + milliseconds);
  }

  cancel(timer: number): void {
    this.waiting.delete(timer);
  }

  /** Takes out the timer that comes next; null when none is left. `at` is on the clock of `performance.now()`. */
  next(): { readonly timer: number; readonly at: number } | null {
    let next: { timer: number; at: number } | null = null;
    for (const [timer, at] of this.waiting) if (next === null || at < next.at) next = { timer, at };
    if (next !== null) this.waiting.delete(next.timer);
    return next;
  }
}
