// The matrix at half, a quarter, … of its size, each number the one of largest magnitude below it: zoomed out, a single non-zero stays visible.
import type { Block } from '../../runtime/src/host/protocol.ts';

export interface Level {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Cells of the matrix on a side of one cell of this level. */
  readonly cells: number;
}

/** Levels made when first asked for; level 0 is the matrix, in single precision. */
export function createPyramid(rows: number, columns: number, values: Block): (depth: number) => Level {
  const levels: Level[] = [{ rows, columns, values: values instanceof Float32Array ? values : singlePrecision(values), cells: 1 }];
  return (depth) => {
    let level = levels[levels.length - 1];
    while (levels.length <= depth && level && (level.rows > 1 || level.columns > 1)) {
      level = halve(level);
      levels.push(level);
    }
    const found = levels[Math.min(depth, levels.length - 1)];
    if (!found) throw new RangeError(`there is no level ${depth}`);
    return found;
  };
}

/** A number too small or too large for single precision becomes the smallest or the largest there, not zero or infinite. */
function singlePrecision(values: Float64Array): Float32Array {
  const single = new Float32Array(values);
  for (let index = 0; index < single.length; index++) {
    const value = values[index] ?? 0;
    if (value === 0 || !Number.isFinite(value)) continue;
    if (single[index] === 0) single[index] = value < 0 ? -SMALLEST : SMALLEST;
    else if (!Number.isFinite(single[index] ?? 0)) single[index] = value < 0 ? -LARGEST : LARGEST;
  }
  return single;
}

const SMALLEST = 2 ** -149;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** The bits of single-precision numbers. Without the sign they are in the order of the magnitudes, NaN above all: so the larger is found without branches. */
export function bitsOf(values: Float32Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}

const MAGNITUDE = 0x7fffffff;

/** Of two numbers by their bits the one of larger magnitude; the first where they are alike. */
export function moreExtreme(first: number, second: number): number {
  const isSmaller = ((first & MAGNITUDE) - (second & MAGNITUDE)) >> 31;
  return first ^ ((first ^ second) & isSmaller);
}

function halve(level: Level): Level {
  const rows = Math.ceil(level.rows / 2);
  const columns = Math.ceil(level.columns / 2);
  const values = new Float32Array(rows * columns);
  const bits = bitsOf(values);
  const finer = bitsOf(level.values);
  const width = level.columns;
  for (let row = 0; row < rows; row++) {
    const upper = 2 * row * width;
    const lower = 2 * row + 1 < level.rows ? upper + width : upper;
    for (let column = 0; column < columns; column++) {
      const left = 2 * column;
      const right = left + 1 < width ? left + 1 : left;
      const above = moreExtreme(finer[upper + left] ?? 0, finer[upper + right] ?? 0);
      const below = moreExtreme(finer[lower + left] ?? 0, finer[lower + right] ?? 0);
      bits[row * columns + column] = moreExtreme(above, below);
    }
  }
  return { rows, columns, values, cells: level.cells * 2 };
}
