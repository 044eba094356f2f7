// Sets of column numbers under numbers of their own: every set is kept once, and the union of two is made once.

/** Members that are kept at all: 80 MB. Past that a union is everything, which is never wrong. */
const MOST_MEMBERS = 20_000_000;

/** Sets of 0, 1 … universe − 1. Number 0 is the empty one, 1 + m holds m alone. */
export class Sets {
  /** Where each set begins in `pool`; the next one's beginning is its end. */
  private starts: Int32Array;
  /** Members of all sets, ascending. */
  private pool: Int32Array;
  private count: number;
  private used: number;
  private readonly known = new Index();
  private readonly unions = new Index();
  /** The two parts of each union that was made, and what came of it. */
  private parts: Int32Array = new Int32Array(3 * 1024);
  private made = 0;
  /** The set of all members. */
  readonly all: number;
  private readonly stamps: Int32Array;
  private stamp = 0;

  constructor(readonly universe: number) {
    this.starts = new Int32Array(2 * universe + 1024);
    this.pool = new Int32Array(4 * universe + 1024);
    for (let m = 0; m < universe; m++) {
      this.pool[m] = m;
      this.starts[m + 2] = m + 1;
    }
    this.count = universe + 1;
    this.used = universe;
    this.stamps = new Int32Array(universe);
    for (let m = 0; m < universe; m++) this.pool[universe + m] = m;
    this.all = universe < 2 ? universe : this.close(universe);
  }

  static readonly empty = 0;
  single = (member: number): number => member + 1;

  /** Ascending; shared, not to be written to. */
  members(set: number): Int32Array {
    return this.pool.subarray(this.starts[set], this.starts[set + 1]);
  }

  sizeOf(set: number): number {
    return (this.starts[set + 1] as number) - (this.starts[set] as number);
  }

  union(a: number, b: number): number {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    if (a === this.all || b === this.all) return this.all;
    const [low, high] = a < b ? [a, b] : [b, a];
    const hash = mix(mix(0, low), high);
    const at = this.unions.find(hash, (i) => this.parts[3 * i] === low && this.parts[3 * i + 1] === high);
    if (at >= 0) return this.parts[3 * at + 2] as number;
    const result = this.merged(low, high);
    if (this.parts.length < 3 * this.made + 3) this.parts = grown(this.parts, 3 * this.made + 3);
    this.parts.set([low, high, result], 3 * this.made);
    this.unions.add(hash, this.made++);
    return result;
  }

  /** The union of the sets numbered in part of a list. */
  unionOf(list: Int32Array, from = 0, to = list.length): number {
    let first = 0;
    let mixed = false;
    for (let i = from; i < to; i++) {
      const set = list[i] as number;
      if (set === 0 || set === first) continue;
      if (first === 0) first = set;
      else {
        mixed = true;
        if (set === this.all) return set;
      }
    }
    if (!mixed) return first;
    this.stamp++;
    let [size, lowest, highest] = [0, Infinity, -1];
    for (let i = from; i < to; i++) {
      const set = list[i] as number;
      for (let k = this.starts[set] as number; k < (this.starts[set + 1] as number); k++) {
        const member = this.pool[k] as number;
        if (this.stamps[member] === this.stamp) continue;
        this.stamps[member] = this.stamp;
        size++;
        if (member < lowest) lowest = member;
        if (member > highest) highest = member;
      }
    }
    if (!this.reserve(size)) return this.all;
    let at = this.used;
    for (let member = lowest; member <= highest; member++) if (this.stamps[member] === this.stamp) this.pool[at++] = member;
    return this.intern(size);
  }

  private merged(a: number, b: number): number {
    let [i, j] = [this.starts[a] as number, this.starts[b] as number];
    const [endA, endB] = [this.starts[a + 1] as number, this.starts[b + 1] as number];
    if (!this.reserve(endA - i + endB - j)) return this.all;
    const { pool } = this;
    let at = this.used;
    while (i < endA && j < endB) {
      const [x, y] = [pool[i] as number, pool[j] as number];
      if (x <= y) i++;
      if (y <= x) j++;
      pool[at++] = x < y ? x : y;
    }
    while (i < endA) pool[at++] = pool[i++] as number;
    while (j < endB) pool[at++] = pool[j++] as number;
    return this.intern(at - this.used);
  }

  /** The set whose members have just been written behind all others: a known one, or a new one. */
  private intern(size: number): number {
    if (size === 0) return 0;
    if (size === 1) return (this.pool[this.used] as number) + 1;
    if (size === this.universe) return this.all;
    const { pool, used } = this;
    let hash = size;
    for (let i = 0; i < size; i++) hash = mix(hash, pool[used + i] as number);
    const same = (set: number): boolean => {
      const start = this.starts[set] as number;
      if ((this.starts[set + 1] as number) - start !== size) return false;
      for (let i = 0; i < size; i++) if (pool[start + i] !== pool[used + i]) return false;
      return true;
    };
    const at = this.known.find(hash, same);
    if (at >= 0) return at;
    const set = this.close(size);
    this.known.add(hash, set);
    return set;
  }

  private close(size: number): number {
    if (this.starts.length < this.count + 2) this.starts = grown(this.starts, this.count + 2);
    this.used += size;
    this.starts[this.count + 1] = this.used;
    return this.count++;
  }

  /** Makes room for that many members more; false where there are too many already. */
  private reserve(size: number): boolean {
    if (this.used + size > MOST_MEMBERS && this.universe < MOST_MEMBERS) return false;
    if (this.pool.length < this.used + size) this.pool = grown(this.pool, this.used + size);
    return true;
  }
}

/** Numbers found by a hash: open addressing. */
class Index {
  private table = new Int32Array(2048).fill(-1);
  private hashes = new Int32Array(2048);
  private size = 0;

  find(hash: number, matches: (value: number) => boolean): number {
    const mask = this.table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const value = this.table[at] as number;
      if (value < 0 || (this.hashes[at] === hash && matches(value))) return value;
    }
  }

  add(hash: number, value: number): void {
    if (2 * ++this.size > this.table.length) this.widen();
    this.put(hash, value);
  }

  private put(hash: number, value: number): void {
    const mask = this.table.length - 1;
    let at = hash & mask;
    while ((this.table[at] as number) >= 0) at = (at + 1) & mask;
    this.table[at] = value;
    this.hashes[at] = hash;
  }

  private widen(): void {
    const [table, hashes] = [this.table, this.hashes];
    this.table = new Int32Array(2 * table.length).fill(-1);
    this.hashes = new Int32Array(2 * table.length);
    table.forEach((value, i) => value >= 0 && this.put(hashes[i] as number, value));
  }
}

/** One step of a hash over 32-bit numbers (the finaliser of MurmurHash3). */
function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) + value) | 0;
}

function grown(array: Int32Array, needed: number): Int32Array {
  const larger = new Int32Array(Math.max(needed, 2 * array.length));
  larger.set(array);
  return larger;
}
