// A matrix cut into blocks of row source by column source, each in the form that is smallest on its way.
import type { PackedBlock } from '../host/protocol.ts';
import { type Floats, floats, type Matrix } from './matrix.ts';
import type { Pattern } from './pattern.ts';

/** Below this share of elements, positions and values are shorter than the whole block. */
const SPARSE = 0.4;

export function pack(matrix: Matrix, rowSizes: readonly number[], columnSizes: readonly number[]): PackedBlock[][] {
  const firsts = firstsOf(rowSizes);
  return rowSizes.map((rows, i) => packRows(matrix, firsts[i] ?? 0, rows, columnSizes));
}

/** Of examples that only meet themselves: for each pair of sources the blocks on the diagonal, one below the other. `isWhole`: nothing lies outside them. */
export function packExamples(
  matrix: Matrix,
  examples: number,
  rowSizes: readonly number[],
  columnSizes: readonly number[],
): { readonly blocks: PackedBlock[][]; readonly isWhole: boolean } {
  const { pattern, starts, values } = matrix;
  const blockOf = blocksOfColumns(columnSizes);
  const firsts = firstsOf(columnSizes);
  let isWhole = true;
  let firstRow = 0;
  const [first = 0] = columnSizes;
  const blocks = rowSizes.map((rows): PackedBlock[] => {
    if (columnSizes.length === 1 && areStretches(pattern, { firstRow, rows }, examples, first / examples)) {
      const list = values.subarray(starts[firstRow], starts[firstRow + rows]);
      firstRow += rows;
      return [{ kind: 'dense', rows, columns: first / examples, values: list }];
    }
    const own = columnSizes.map((size) => floats((rows * size) / examples, values));
    for (let row = 0; row < rows; row++) {
      const example = Math.floor((row * examples) / rows);
      const columns = pattern.of(firstRow + row);
      const at = starts[firstRow + row] as number;
      for (let k = 0; k < columns.length; k++) {
        const value = values[at + k] as number;
        if (value === 0) continue;
        const block = blockOf(columns[k] as number);
        const width = (columnSizes[block] as number) / examples;
        const column = (columns[k] as number) - (firsts[block] as number) - example * width;
        if (column >= 0 && column < width) (own[block] as Floats)[row * width + column] = value;
        else isWhole = false;
      }
    }
    firstRow += rows;
    return own.map((list, block): PackedBlock => ({
      kind: 'dense',
      rows,
      columns: (columnSizes[block] as number) / examples,
      values: list,
    }));
  });
  return { blocks, isWhole };
}

/** The blocks of one row source: elements are counted for each, then written where they belong. */
function packRows(matrix: Matrix, firstRow: number, rows: number, columnSizes: readonly number[]): PackedBlock[] {
  const { pattern, starts, values } = matrix;
  const firsts = firstsOf(columnSizes);
  const counts = new Int32Array(columnSizes.length);
  visitStretches(matrix, firstRow, rows, columnSizes, (block, _, from, to) => {
    let count = 0;
    for (let at = from; at < to; at++) if (values[at] !== 0) count++;
    counts[block] = (counts[block] as number) + count;
  });
  const [from, to] = [starts[firstRow] as number, starts[firstRow + rows] as number];
  if (columnSizes.length === 1 && counts[0] === rows * matrix.columns && to > from)
    return [{ kind: 'dense', rows, columns: matrix.columns, values: values.subarray(from, to) }];
  const made = columnSizes.map((columns, block) => emptyBlock(rows, columns, counts[block] as number, values));
  const filled = new Int32Array(columnSizes.length);
  visitStretches(matrix, firstRow, rows, columnSizes, (block, row, from, to, member) => {
    const into = made[block];
    if (!into || into.kind === 'zero') return;
    const { members } = pattern;
    const base = (row - firstRow) * into.columns - (firsts[block] as number);
    if (into.kind === 'dense') {
      if (to - from === into.columns) into.values.set(values.subarray(from, to), (row - firstRow) * into.columns);
      else for (let at = from; at < to; at++) into.values[base + (members[member + at - from] as number)] = values[at] as number;
      return;
    }
    let next = filled[block] as number;
    for (let at = from; at < to; at++) {
      const value = values[at] as number;
      if (value === 0) continue;
      into.positions[next] = base + (members[member + at - from] as number);
      into.values[next++] = value;
    }
    filled[block] = next;
  });
  return made;
}

/** A block that holds so many numbers that are not zero, in the form that is smallest. */
function emptyBlock(rows: number, columns: number, count: number, like: Floats): PackedBlock {
  if (count === 0) return { kind: 'zero', rows, columns };
  if (count > SPARSE * rows * columns) return { kind: 'dense', rows, columns, values: floats(rows * columns, like) };
  // Positions past 2³¹ are whole numbers still in float64.
  const positions = rows * columns < 2 ** 31 ? new Int32Array(count) : new Float64Array(count);
  return { kind: 'coordinates', rows, columns, positions, values: floats(count, like) };
}

/** The elements of each row in turn that lie in one block of columns: from … to in `values`, and where the first one's column stands among the pattern's members. */
type VisitStretch = (block: number, row: number, from: number, to: number, member: number) => void;

function visitStretches(
  { pattern, starts, columns }: Matrix,
  firstRow: number,
  rows: number,
  columnSizes: readonly number[],
  visit: VisitStretch,
): void {
  const { members } = pattern;
  for (let row = firstRow; row < firstRow + rows; row++) {
    const rowEnd = starts[row + 1] as number;
    let from = starts[row] as number;
    const apart = pattern.startOf(row) - from;
    let end = 0;
    // Columns ascend.
    for (let block = 0; block < columnSizes.length && from < rowEnd; block++) {
      end += columnSizes[block] as number;
      let to = end === columns ? rowEnd : from;
      while (to < rowEnd && (members[apart + to] as number) < end) to++;
      if (to > from) visit(block, row, from, to, apart + from);
      from = to;
    }
  }
}

/** Whether each example's rows have its own columns, all of them and no others: then they lie in the matrix as they are wanted. */
function areStretches(
  pattern: Pattern,
  { firstRow, rows }: { readonly firstRow: number; readonly rows: number },
  examples: number,
  width: number,
): boolean {
  let last = { list: -1, example: -1 };
  for (let row = 0; row < rows; row++) {
    const [list, example] = [pattern.listOf[firstRow + row] as number, Math.floor((row * examples) / rows)];
    if (list === last.list && example === last.example) continue;
    if (!isStretch(pattern.of(firstRow + row), example * width, width)) return false;
    last = { list, example };
  }
  return true;
}

/** Whether columns are `size` of them from `first` on, without gaps. */
const isStretch = (columns: Int32Array, first: number, size: number): boolean =>
  columns.length === size && columns[0] === first && columns[size - 1] === first + size - 1;

const firstsOf = (sizes: readonly number[]): number[] => {
  let sum = 0;
  return sizes.map((size) => (sum += size) - size);
};

/** Which block a column lies in. */
function blocksOfColumns(sizes: readonly number[]): (column: number) => number {
  if (sizes.length === 1) return () => 0;
  const blocks = new Int32Array(sizes.reduce((a, b) => a + b, 0));
  let at = 0;
  sizes.forEach((size, block) => blocks.fill(block, at, (at += size)));
  return (column) => blocks[column] as number;
}
