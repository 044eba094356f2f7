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
function packRow({ pattern, starts, values }: Matrix, firstRow: number, rows: number, columnSizes: readonly number[]): PackedBlock[] {
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
