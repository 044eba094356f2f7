// The sparsity pattern of a second derivative: for every row the columns where it may have something other than zero.
import type { Band, Bands } from './axes.ts';
import type { Leaf } from './elements.ts';
import { Sets } from './sets.ts';
import { product, stridesOf } from '../engine/values.ts';

/** Rows with the same columns share one list of them. */
export class Pattern {
  constructor(
    readonly columns: number,
    /** The list of each row, by its number. */
    readonly listOf: Int32Array,
    /** Where each list begins in `members`; the next one's beginning is its end. */
    readonly starts: Int32Array,
    /** Column numbers, ascending in each list. */
    readonly members: Int32Array,
  ) {}

  get rows(): number {
    return this.listOf.length;
  }
  get lists(): number {
    return this.starts.length - 1;
  }
  startOf(row: number): number {
    return this.starts[this.listOf[row] as number] as number;
  }
  sizeOf(row: number): number {
    const list = this.listOf[row] as number;
    return (this.starts[list + 1] as number) - (this.starts[list] as number);
  }
  /** The columns of a row; shared, not to be written to. */
  of(row: number): Int32Array {
    const list = this.listOf[row] as number;
    return this.members.subarray(this.starts[list], this.starts[list + 1]);
  }
  get nonzeros(): number {
    let sum = 0;
    for (let row = 0; row < this.rows; row++) sum += this.sizeOf(row);
    return sum;
  }
}

export const emptyPattern = (rows: number, columns: number): Pattern =>
  new Pattern(columns, new Int32Array(rows), Int32Array.of(0, 0), new Int32Array(0));

export function densePattern(rows: number, columns: number): Pattern {
  return new Pattern(
    columns,
    new Int32Array(rows),
    Int32Array.of(0, columns),
    Int32Array.from({ length: columns }, (_, i) => i),
  );
}

/** From the numbers of sets; 0 in a source that does not reach anything. */
export function patternOfSets(sets: Sets, found: readonly (Int32Array | null)[], sizes: readonly number[]): Pattern {
  const numbers = new Map<number, number>();
  const lists: Int32Array[] = [];
  const listOf = new Int32Array(sizes.reduce((a, b) => a + b, 0));
  let row = 0;
  sizes.forEach((size, i) => {
    const pattern = found[i] ?? null;
    for (let k = 0; k < size; k++) {
      const set = pattern?.[k] ?? Sets.empty;
      let list = numbers.get(set);
      if (list === undefined) {
        list = lists.push(sets.members(set)) - 1;
        numbers.set(set, list);
      }
      listOf[row++] = list;
    }
  });
  return joined(sets.universe, listOf, lists);
}

function joined(columns: number, listOf: Int32Array, lists: readonly Int32Array[]): Pattern {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (starts[i + 1] = (starts[i] as number) + list.length));
  const members = new Int32Array(starts.at(-1) ?? 0);
  lists.forEach((list, i) => members.set(list, starts[i]));
  return new Pattern(columns, listOf, starts, members);
}

/** How many elements a pattern of bands has. */
export const nonzerosOfBands = (found: readonly (Bands | null)[], sizes: readonly number[], leaves: readonly Leaf[]): number =>
  sizes.reduce((sum, size, i) => sum + size * leaves.reduce((width, leaf, l) => width + widthOf(found[i]?.[l] ?? null, leaf), 0), 0);

const widthOf = (bands: readonly Band[] | null, { shape }: Leaf): number =>
  bands ? product(shape.map((size, axis) => extentOf(bands[axis] ?? 'all', size))) : 0;
const extentOf = (band: Band, size: number): number => (band === 'all' ? size : Math.min(size, band.high - band.low + 1));

/** `shapes`: of the row sources. */
export function patternOfBands(found: readonly (Bands | null)[], shapes: readonly (readonly number[])[], leaves: readonly Leaf[]): Pattern {
  const lists = new Lists();
  const listOf = new Int32Array(shapes.reduce((sum, shape) => sum + product(shape), 0));
  let first = 0;
  shapes.forEach((shape, i) => {
    const bands = found[i] ?? null;
    const size = product(shape);
    // Rows whose places along the used axes are the same have the same list.
    const steps = stridesOf(shape).map((stride, axis) => (isUsed(bands, axis) ? stride : 0));
    const known = new Int32Array(size).fill(-1);
    const place = new Int32Array(shape.length);
    let key = 0;
    for (let row = 0; row < size; row++) {
      if ((known[key] as number) < 0) {
        known[key] = lists.count;
        leaves.forEach((leaf, l) => lists.add(leaf, bands?.[l] ?? null, place));
        lists.close();
      }
      listOf[first + row] = known[key] as number;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        const next = (place[axis] as number) + 1;
        key += steps[axis] as number;
        if (next < (shape[axis] as number)) {
          place[axis] = next;
          break;
        }
        key -= next * (steps[axis] as number);
        place[axis] = 0;
      }
    }
    first += size;
  });
  return lists.pattern(
    leaves.reduce((sum, { shape }) => sum + product(shape), 0),
    listOf,
  );
}

const isUsed = (bands: Bands | null, axis: number): boolean =>
  (bands ?? []).some((list) => list?.some((band) => band !== 'all' && band.axis === axis));

/** Lists of columns, written one after the other. */
class Lists {
  count = 0;
  private starts = new Int32Array(1024);
  private members = new Int32Array(4096);
  private used = 0;

  /** The columns of one leaf that a row at a place of its source has. */
  add({ shape, first }: Leaf, bands: readonly Band[] | null, place: Int32Array): void {
    if (bands) this.write(first, shape, bands, place, 0);
  }

  /** From an axis on; `base` is the first column of all that the axes before it leave. */
  private write(base: number, shape: readonly number[], bands: readonly Band[], place: Int32Array, axis: number): void {
    if (axis === shape.length) {
      this.push(base);
      return;
    }
    const size = shape[axis] as number;
    const band = bands[axis] ?? 'all';
    const at = band === 'all' ? 0 : (place[band.axis] as number);
    const from = band === 'all' ? 0 : Math.max(0, at + band.low);
    const to = band === 'all' ? size - 1 : Math.min(size - 1, at + band.high);
    let stride = 1;
    for (let inner = axis + 1; inner < shape.length; inner++) stride *= shape[inner] as number;
    for (let k = from; k <= to; k++) this.write(base + k * stride, shape, bands, place, axis + 1);
  }

  private push(column: number): void {
    if (this.used === this.members.length) this.members = wider(this.members);
    this.members[this.used++] = column;
  }

  close(): void {
    if (this.count + 1 === this.starts.length) this.starts = wider(this.starts);
    this.starts[++this.count] = this.used;
  }

  pattern(columns: number, listOf: Int32Array): Pattern {
    return new Pattern(columns, listOf, this.starts.slice(0, this.count + 1), this.members.slice(0, this.used));
  }
}

function wider(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const out = new Int32Array(2 * array.length);
  out.set(array);
  return out;
}
