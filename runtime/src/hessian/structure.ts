// What the elements that are not zero look like, in a word.
import type { Structure } from '../host/protocol.ts';
import type { Matrix } from './matrix.ts';

/** Below this share of elements a matrix is called sparse. */
const SPARSE = 0.25;

export function structureOf(matrix: Matrix): Structure {
  const shape = new Shape(matrix);
  const { rows, columns } = matrix;
  if (shape.count === 0) return 'zero';
  if (rows === columns && rows > 1) {
    if (shape.bandwidth === 0) return 'diagonal';
    if (shape.blocks > 1) return 'block-diagonal';
    if (rows > 4 && shape.bandwidth <= Math.max(1, rows / 10)) return 'banded';
    if (rows > 4 && shape.isArrow) return 'arrow';
  }
  return shape.count < SPARSE * rows * columns ? 'sparse' : 'dense';
}

class Shape {
  count = 0;
  /** How far from the diagonal an element lies, at most. */
  bandwidth = 0;
  /** The first and the last column of each row that has any. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly sizes: Int32Array;

  constructor(private readonly matrix: Matrix) {
    this.first = new Int32Array(matrix.rows).fill(matrix.columns);
    this.last = new Int32Array(matrix.rows).fill(-1);
    this.sizes = new Int32Array(matrix.rows);
    const { pattern, values, starts, rows, columns } = matrix;
    const { members } = pattern;
    for (let row = 0; row < rows; row++) {
      const from = pattern.startOf(row) - (starts[row] as number);
      const end = starts[row + 1] as number;
      let [first, last, size] = [columns, -1, 0];
      // Columns ascend.
      for (let at = starts[row] as number; at < end; at++) {
        if (values[at] === 0) continue;
        last = members[from + at] as number;
        if (size++ === 0) first = last;
      }
      this.first[row] = first;
      this.last[row] = last;
      this.sizes[row] = size;
      this.count += size;
      if (size > 0) this.bandwidth = Math.max(this.bandwidth, row - first, last - row);
    }
  }

  /** How many blocks of consecutive rows and columns the elements fall into. */
  get blocks(): number {
    let blocks = 0;
    let end = -1;
    for (let row = 0; row < this.first.length; row++) {
      if (row > end && (this.first[row] as number) >= row) blocks++;
      end = Math.max(end, row, this.last[row] as number);
    }
    return blocks;
  }

  /** A few full rows and columns, and little beside the diagonal otherwise. */
  get isArrow(): boolean {
    const { rows } = this.matrix;
    const isFull = Array.from(this.sizes, (size) => size > rows / 2);
    const full = isFull.filter(Boolean).length;
    if (full === 0 || full > Math.max(1, rows / 10)) return false;
    let bandwidth = 0;
    this.matrix.forEach((row, column) => {
      if (isFull[row] !== true && isFull[column] !== true) bandwidth = Math.max(bandwidth, Math.abs(row - column));
    });
    return bandwidth <= 1;
  }
}
