// A second derivative as the elements that its pattern lets it have, row by row, and how it is read out of its products with directions.
import type { Colouring } from './colouring.ts';
import type { Pass } from './passes.ts';
import type { Pattern } from './pattern.ts';

export type Floats = Float32Array | Float64Array;
export const floats = (size: number, like: Floats): Floats =>
  like instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);

export class Matrix {
  /** Where each row begins in `values`; the columns are the pattern's, in its order. */
  readonly starts: Int32Array;

  constructor(
    readonly pattern: Pattern,
    readonly values: Floats,
  ) {
    this.starts = startsOf(pattern);
  }

  get rows(): number {
    return this.pattern.rows;
  }
  get columns(): number {
    return this.pattern.columns;
  }

  /** Visits what is not zero. */
  forEach(visit: (row: number, column: number, value: number) => void): void {
    const { pattern, values, starts } = this;
    for (let row = 0; row < pattern.rows; row++) {
      const from = pattern.startOf(row) - (starts[row] as number);
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const value = values[at] as number;
        if (value !== 0) visit(row, pattern.members[from + at] as number, value);
      }
    }
  }

  /** The matrix times a vector [columns]. */
  times(vector: Floats | Float64Array): Float64Array {
    const { pattern, values, starts } = this;
    const { members } = pattern;
    const out = new Float64Array(this.rows);
    for (let row = 0; row < out.length; row++) {
      const [from, at] = [pattern.startOf(row), starts[row] as number];
      const size = (starts[row + 1] as number) - at;
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (values[at + k] as number) * (vector[members[from + k] as number] as number);
      out[row] = sum;
    }
    return out;
  }
}

export function startsOf(pattern: Pattern): Int32Array {
  const starts = new Int32Array(pattern.rows + 1);
  for (let row = 0; row < pattern.rows; row++) starts[row + 1] = (starts[row] as number) + pattern.sizeOf(row);
  return starts;
}

/** Reads elements out of products with the sums of the columns of each colour, a pass at a time. */
export class Recovery {
  private readonly values: Floats;
  private readonly starts: Int32Array;
  /** Where the rows of each source end. */
  private readonly ends: readonly number[];
  /** 1 for every element that no pass was asked for: it is that of the other side. */
  private unread: Uint8Array | null = null;

  constructor(
    private readonly pattern: Pattern,
    private readonly colouring: Colouring,
    { rowSizes, like }: { readonly rowSizes: readonly number[]; readonly like: Floats },
  ) {
    this.starts = startsOf(pattern);
    this.values = floats(this.starts.at(-1) ?? 0, like);
    let end = 0;
    this.ends = rowSizes.map((size) => (end += size));
  }

  /** `products`: [directions, rows], for the directions of the pass; null where they are all zero. */
  take(products: Floats | null, { from, to, asked }: Pass): void {
    const { pattern, starts, values } = this;
    const { colours } = this.colouring;
    let first = 0;
    this.ends.forEach((end, source) => {
      if (asked[source] !== true)
        markUnread((this.unread ??= new Uint8Array(values.length)), pattern, starts, colours, first, end, from, to);
      else if (products) readOut(values, products, pattern, starts, colours, first, end, from, to);
      first = end;
    });
  }

  /** Where no row has two columns of one colour. */
  direct(): Matrix {
    return new Matrix(this.pattern, this.values);
  }

  /**
   * Of a symmetric matrix: an element that no pass was asked for, or that shares its row and colour with another, is read on the other side. `asymmetry`: max |H − Hᵀ| over the
   * elements that were read on both sides, against max |H|; null where there are none.
   */
  symmetric(): { readonly matrix: Matrix; readonly asymmetry: number | null } {
    const { pattern, starts, values } = this;
    const elsewhere = this.colouring.isDirect ? this.unread : this.sharedElements();
    const { most, difference, outside, both } = joinSides(values, elsewhere ?? new Uint8Array(values.length), pattern, starts);
    return { matrix: new Matrix(pattern, values), asymmetry: both === 0 && outside > 0 ? null : most === 0 ? 0 : difference / most };
  }

  /** 1 for every element that another one of its row shares its colour with. */
  private sharedElements(): Uint8Array {
    const { pattern, starts } = this;
    const { colours, count } = this.colouring;
    const shared = new Uint8Array(this.values.length);
    const seen = new Int32Array(count).fill(-1);
    const seenAt = new Int32Array(count);
    for (let row = 0; row < pattern.rows; row++) {
      const columns = pattern.of(row);
      const at = starts[row] as number;
      for (let k = 0; k < columns.length; k++) {
        const colour = colours[columns[k] as number] as number;
        if (seen[colour] === row) shared[at + k] = shared[seenAt[colour] as number] = 1;
        seen[colour] = row;
        seenAt[colour] = at + k;
      }
    }
    return shared;
  }
}

// The loops over all elements stand by themselves, each a function of arrays alone: compiled for one program, they serve the next one as they are.

/** Writes what the products [to − from directions, rows] say of the rows first … end. */
function readOut(
  values: Floats,
  products: Floats,
  pattern: Pattern,
  starts: Int32Array,
  colours: Int32Array,
  first: number,
  end: number,
  from: number,
  to: number,
): void {
  const { rows, members } = pattern;
  for (let row = first; row < end; row++) {
    const apart = pattern.startOf(row) - (starts[row] as number);
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const colour = colours[members[apart + at] as number] as number;
      if (colour >= from && colour < to) values[at] = products[(colour - from) * rows + row] as number;
    }
  }
}

/** Marks the elements of the rows first … end that directions from … to would have told. */
function markUnread(
  unread: Uint8Array,
  pattern: Pattern,
  starts: Int32Array,
  colours: Int32Array,
  first: number,
  end: number,
  from: number,
  to: number,
): void {
  const { members } = pattern;
  for (let row = first; row < end; row++) {
    const apart = pattern.startOf(row) - (starts[row] as number);
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const colour = colours[members[apart + at] as number] as number;
      if (colour >= from && colour < to) unread[at] = 1;
    }
  }
}

/** What is compared of the two sides of the diagonal: max |H|, max |H − Hᵀ| where `both` sides were read, and how many elements lie `outside` of it on one side. */
interface Sides {
  readonly most: number;
  readonly difference: number;
  readonly outside: number;
  readonly both: number;
}

/** Fills in what is read `elsewhere`, from the other side, and compares the rest. */
function joinSides(values: Floats, elsewhere: Uint8Array, pattern: Pattern, starts: Int32Array): Sides {
  // Rows in order pass through the rows across in order.
  const next = starts.slice();
  const { members, rows } = pattern;
  let [most, difference, outside, both] = [0, 0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const apart = pattern.startOf(row) - (starts[row] as number);
    for (let here = starts[row] as number; here < (starts[row + 1] as number); here++) {
      const column = members[apart + here] as number;
      const across = next[column] as number;
      next[column] = across + 1;
      if (elsewhere[here] === 1) values[here] = values[across] as number;
      else if (elsewhere[across] === 1) values[across] = values[here] as number;
      else if (row < column) {
        both++;
        const gap = Math.abs((values[here] as number) - (values[across] as number));
        if (!(gap <= difference)) difference = gap;
      }
      if (row < column) outside++;
      const value = Math.abs(values[here] as number);
      if (!(value <= most)) most = value;
    }
  }
  return { most, difference, outside, both };
}
