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
  const lists: Int32Array[] = [];
  const listOf = new Int32Array(shapes.reduce((sum, shape) => sum + product(shape), 0));
  let row = 0;
  shapes.forEach((shape, i) => {
    const bands = found[i] ?? null;
    const used = shape.map((_, axis) => (bands ?? []).some((list) => list?.some((band) => band !== 'all' && band.axis === axis)));
    const strides = stridesOf(shape);
    // Rows whose places along the used axes are the same have the same list.
    const keys = new Map<number, number>();
    const size = product(shape);
    for (let k = 0; k < size; k++) {
      const place = shape.map((d, axis) => Math.floor(k / (strides[axis] ?? 1)) % d);
      const key = place.reduce((sum, at, axis) => (used[axis] ? sum + at * (strides[axis] ?? 0) : sum), 0);
      let list = keys.get(key);
      if (list === undefined) {
        list = lists.push(columnsOf(bands, place, leaves)) - 1;
        keys.set(key, list);
      }
      listOf[row++] = list;
    }
  });
  return joined(
    leaves.reduce((sum, { shape }) => sum + product(shape), 0),
    listOf,
    lists,
  );
}

/** The columns that a row at a place of its source has. */
function columnsOf(bands: Bands | null, place: readonly number[], leaves: readonly Leaf[]): Int32Array {
  const out: number[] = [];
  leaves.forEach(({ shape, first }, l) => {
    const own = bands?.[l];
    if (!own) return;
    let columns = [first];
    const strides = stridesOf(shape);
    shape.forEach((size, axis) => {
      const band = own[axis] ?? 'all';
      const at = band === 'all' ? 0 : (place[band.axis] ?? 0);
      const [from, to] = band === 'all' ? [0, size - 1] : [Math.max(0, at + band.low), Math.min(size - 1, at + band.high)];
      const stride = strides[axis] ?? 1;
      columns = columns.flatMap((column) => Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => column + (from + k) * stride));
    });
    out.push(...columns);
  });
  return Int32Array.from(out);
}
