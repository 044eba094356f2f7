// Memory of numbers that are soon let go, handed out again. New memory costs more than most kernels do: the system clears every page of it, and the garbage collector counts it.

/** Smaller arrays are made as fast as they are found. */
const LEAST_NUMBERS = 4096;
/** 64 MB of float32 are kept for later. */
const MOST_KEPT = 1 << 24;

/** Nothing is lent while it is closed, as it is most of the time. */
class Scratch {
  /** By how many numbers they hold, a power of two. */
  private readonly free = new Map<number, ArrayBufferLike[]>();
  private kept = 0;
  private lent: Set<ArrayBufferLike> | null = null;

  get isOpen(): boolean {
    return this.lent !== null;
  }

  /** What is allocated in `body` is lent: until the next `sweep` that does not know it, at most until the end. */
  opened<T>(body: () => T): T {
    if (this.lent) return body();
    this.lent = new Set();
    try {
      return body();
    } finally {
      this.sweep([]);
      this.lent = null;
    }
  }

  /** For what outlives the pass. */
  closed<T>(body: () => T): T {
    const { lent } = this;
    this.lent = null;
    try {
      return body();
    } finally {
      this.lent = lent;
    }
  }

  /** Room for so many numbers, whatever they are; null where new memory does as well. */
  float32(size: number): Float32Array | null {
    if (this.lent === null || size < LEAST_NUMBERS) return null;
    const numbers = 2 ** Math.ceil(Math.log2(size));
    const buffer = this.free.get(numbers)?.pop();
    if (buffer) this.kept -= numbers;
    const room = buffer ? new Float32Array(buffer, 0, size) : new Float32Array(numbers).subarray(0, size);
    this.lent.add(room.buffer);
    return room;
  }

  /** Takes back what none of these lies in. */
  sweep(used: Iterable<ArrayBufferView>): void {
    if (this.lent === null || this.lent.size === 0) return;
    const live = new Set<ArrayBufferLike>();
    for (const { buffer } of used) live.add(buffer);
    for (const buffer of this.lent) {
      if (live.has(buffer)) continue;
      this.lent.delete(buffer);
      this.keep(buffer);
    }
  }

  private keep(buffer: ArrayBufferLike): void {
    const numbers = buffer.byteLength / Float32Array.BYTES_PER_ELEMENT;
    if (this.kept + numbers > MOST_KEPT) return;
    const list = this.free.get(numbers);
    if (list) list.push(buffer);
    else this.free.set(numbers, [buffer]);
    this.kept += numbers;
  }
}

export const scratch = new Scratch();
