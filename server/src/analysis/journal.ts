// Everything that a program can change goes through here, so that both branches of an undecided `if` can be tried and their states joined.

/** Where a change happened: a map's entry or an object's property. */
interface Change {
  readonly place: object;
  readonly key: string;
  readonly before: unknown;
  readonly existed: boolean;
}

/** The values that a stretch of the program left behind, by place and key. */
export type Delta = Map<object, Map<string, { readonly value: unknown; readonly exists: boolean }>>;

/** A place in the journal to come back to; lost once the program has gone back behind it. */
export interface Bookmark {
  readonly at: number;
  isLost: boolean;
}

export class Journal {
  private changes: Change[] = [];
  private bookmarks: Bookmark[] = [];

  /** Sets a map's entry. */
  put<V>(map: Map<string, V>, key: string, value: V): void {
    this.changes.push({ place: map, key, before: map.get(key), existed: map.has(key) });
    map.set(key, value);
  }

  drop<V>(map: Map<string, V>, key: string): void {
    this.changes.push({ place: map, key, before: map.get(key), existed: map.has(key) });
    map.delete(key);
  }

  /** Sets an object's property. */
  set<T extends object, K extends keyof T & string>(object: T, key: K, value: T[K]): void {
    this.changes.push({ place: object, key, before: object[key], existed: true });
    object[key] = value;
  }

  /** Nothing is taken back any more. */
  release(): void {
    this.changes = [];
    this.bookmarks = [];
  }

  mark(): number {
    return this.changes.length;
  }

  bookmark(): Bookmark {
    const bookmark = { at: this.mark(), isLost: false };
    this.bookmarks.push(bookmark);
    return bookmark;
  }

  private loseBookmarks(mark: number): void {
    for (let last = this.bookmarks.at(-1); last && last.at >= mark; last = this.bookmarks.at(-1)) {
      last.isLost = true;
      this.bookmarks.pop();
    }
  }

  /** Takes back everything since the mark; gives what it had become. */
  rollback(mark: number): Delta {
    const delta: Delta = new Map();
    this.loseBookmarks(mark);
    while (this.changes.length > mark) {
      const change = this.changes.pop() as Change;
      let keys = delta.get(change.place);
      if (!keys) delta.set(change.place, (keys = new Map()));
      if (!keys.has(change.key)) keys.set(change.key, readPlace(change.place, change.key));
      writePlace(change.place, change.key, change.before, change.existed);
    }
    return delta;
  }

  /** What has changed since the mark, leaving it as it is. */
  since(mark: number): Delta {
    const delta: Delta = new Map();
    for (const { place, key } of this.changes.slice(mark)) {
      let keys = delta.get(place);
      if (!keys) delta.set(place, (keys = new Map()));
      keys.set(key, readPlace(place, key));
    }
    return delta;
  }

  /** What was at the mark, wherever it has changed since. */
  before(mark: number): Delta {
    const delta: Delta = new Map();
    for (const { place, key, before, existed } of this.changes.slice(mark)) {
      let keys = delta.get(place);
      if (!keys) delta.set(place, (keys = new Map()));
      if (!keys.has(key)) keys.set(key, { value: before, exists: existed });
    }
    return delta;
  }

  /** What is now at the places of a state. */
  now(state: Delta): Delta {
    const read = (place: object, keys: readonly string[]) => new Map(keys.map((key) => [key, readPlace(place, key)]));
    return new Map(Array.from(state, ([place, keys]) => [place, read(place, [...keys.keys()])]));
  }

  /** What is at a place now. */
  read(place: object, key: string): unknown {
    return readPlace(place, key).value;
  }

  /** Brings a state back. */
  apply(delta: Delta): void {
    for (const [place, keys] of delta) for (const [key, { value, exists }] of keys) this.write(place, key, value, exists);
  }

  private write(place: object, key: string, value: unknown, exists: boolean): void {
    const { value: before, exists: existed } = readPlace(place, key);
    if (before === value && existed === exists) return;
    this.changes.push({ place, key, before, existed });
    writePlace(place, key, value, exists);
  }

  /**
   * Joins the states that several runs from here ended in: where they agree, that; elsewhere `join` of the values, undefined standing for one that does not exist.
   */
  merge(deltas: readonly Delta[], join: (values: readonly unknown[], place: object, key: string) => unknown): void {
    const [only] = deltas;
    if (deltas.length === 1 && only) {
      this.apply(only);
      return;
    }
    const places = new Map<object, Set<string>>();
    for (const delta of deltas)
      for (const [place, keys] of delta) {
        let set = places.get(place);
        if (!set) places.set(place, (set = new Set()));
        for (const key of keys.keys()) set.add(key);
      }
    for (const [place, keys] of places)
      for (const key of keys) {
        const now = readPlace(place, key);
        const ends = deltas.map((delta) => delta.get(place)?.get(key) ?? now);
        const [first] = ends;
        const same = first !== undefined && ends.every((e) => e.exists === first.exists && e.value === first.value);
        if (same) this.write(place, key, first.value, first.exists);
        else
          this.write(
            place,
            key,
            join(
              ends.map((e) => (e.exists ? e.value : undefined)),
              place,
              key,
            ),
            true,
          );
      }
  }
}

function readPlace(place: object, key: string): { readonly value: unknown; readonly exists: boolean } {
  if (place instanceof Map) return { value: place.get(key) as unknown, exists: place.has(key) };
  return { value: (place as Record<string, unknown>)[key], exists: true };
}

function writePlace(place: object, key: string, value: unknown, exists: boolean): void {
  if (place instanceof Map) {
    if (exists) place.set(key, value);
    else place.delete(key);
  } else (place as Record<string, unknown>)[key] = value;
}
