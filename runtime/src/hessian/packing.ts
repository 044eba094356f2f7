// A matrix cut into blocks of row source by column source, each in the form that is smallest on its way.
import type { PackedBlock } from '../host/protocol.ts';
import { type Floats, floats, type Matrix } from './matrix.ts';

/** Below this share of elements, positions and values are shorter than the whole block. */
const SPARSE = 0.4;

export function pack(matrix: Matrix, rowSizes: readonly number[], columnSizes: readonly number[]): PackedBlock[][] {
  const blocks: PackedBlock[][] = [];
  let firstRow = 0;
  for (const rows of rowSizes) {
    blocks.push(packRow(matrix, firstRow, rows, columnSizes));
    firstRow += rows;
  }
  return blocks;
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
  const blocks = rowSizes.map((rows) => {
    const own = columnSizes.map((size) => floats((rows * size) / examples, values));
    for (let row = 0; row < rows; row++) {
      const example = Math.floor((row * examples) / rows);
      const columns = pattern.of(firstRow + row);
      const at = starts[firstRow + row] as number;
      const [only] = own;
      if (
        own.length === 1 &&
        only &&
        isStretch(columns, (example * (columnSizes[0] as number)) / examples, (columnSizes[0] as number) / examples)
      ) {
        only.set(values.subarray(at, at + columns.length), row * columns.length);
        continue;
      }
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
function packRow(matrix: Matrix, firstRow: number, rows: number, columnSizes: readonly number[]): PackedBlock[] {
  const { pattern, starts, values } = matrix;
  if (columnSizes.length === 1) return [packOnly(matrix, firstRow, rows)];
  const blockOf = blocksOfColumns(columnSizes);
  const counts = new Int32Array(columnSizes.length);
  const firsts = firstsOf(columnSizes);
  for (let row = firstRow; row < firstRow + rows; row++) {
    const columns = pattern.of(row);
    const at = starts[row] as number;
    for (let k = 0; k < columns.length; k++)
      if (values[at + k] !== 0) {
        const block = blockOf(columns[k] as number);
        counts[block] = (counts[block] as number) + 1;
      }
  }
  const made = columnSizes.map((columns, block): PackedBlock => {
    const count = counts[block] as number;
    if (count === 0) return { kind: 'zero', rows, columns };
    if (count > SPARSE * rows * columns) return { kind: 'dense', rows, columns, values: floats(rows * columns, values) };
    // Positions past 2³¹ are whole numbers still in float64.
    const positions = rows * columns < 2 ** 31 ? new Int32Array(count) : new Float64Array(count);
    return { kind: 'coordinates', rows, columns, positions, values: floats(count, values) };
  });
  const filled = new Int32Array(columnSizes.length);
  for (let row = firstRow; row < firstRow + rows; row++) {
    const columns = pattern.of(row);
    const at = starts[row] as number;
    for (let k = 0; k < columns.length; k++) {
      const value = values[at + k] as number;
      if (value === 0) continue;
      const column = columns[k] as number;
      const block = blockOf(column);
      const into = made[block];
      if (!into || into.kind === 'zero') continue;
      const position = (row - firstRow) * into.columns + column - (firsts[block] as number);
      if (into.kind === 'dense') into.values[position] = value;
      else {
        const next = filled[block] as number;
        into.positions[next] = position;
        into.values[next] = value;
        filled[block] = next + 1;
      }
    }
  }
  return made;
}

/** The only block of its rows. */
function packOnly({ pattern, starts, values, columns }: Matrix, firstRow: number, rows: number): PackedBlock {
  const [from, to] = [starts[firstRow] as number, starts[firstRow + rows] as number];
  let count = 0;
  for (let at = from; at < to; at++) if (values[at] !== 0) count++;
  if (count === 0) return { kind: 'zero', rows, columns };
  if (count === rows * columns) return { kind: 'dense', rows, columns, values: values.subarray(from, to) };
  const isDense = count > SPARSE * rows * columns;
  const out = floats(isDense ? rows * columns : count, values);
  // Positions past 2³¹ are whole numbers still in float64.
  const positions = rows * columns < 2 ** 31 ? new Int32Array(isDense ? 0 : count) : new Float64Array(count);
  let next = 0;
  for (let row = 0; row < rows; row++) {
    const first = starts[firstRow + row] as number;
    const members = pattern.startOf(firstRow + row) - first;
    const base = row * columns;
    for (let at = first; at < (starts[firstRow + row + 1] as number); at++) {
      const value = values[at] as number;
      if (value === 0) continue;
      const position = base + (pattern.members[members + at] as number);
      if (isDense) out[position] = value;
      else {
        positions[next] = position;
        out[next++] = value;
      }
    }
  }
  return isDense ? { kind: 'dense', rows, columns, values: out } : { kind: 'coordinates', rows, columns, positions, values: out };
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
