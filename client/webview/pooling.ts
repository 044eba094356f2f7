// The matrix at half, a quarter, … of its size, each number the one of largest magnitude below it: zoomed out, a single non-zero stays visible.
import type { Block } from '../../runtime/src/host/protocol.ts';

export interface Level {
  readonly rows: number;
  readonly columns: number;
  readonly values: Block;
  /** Cells of the matrix on a side of one cell of this level. */
  readonly cells: number;
}

/** Levels made when first asked for; level 0 is the matrix. */
export function createPyramid(rows: number, columns: number, values: Block): (depth: number) => Level {
  const levels: Level[] = [{ rows, columns, values, cells: 1 }];
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

function halve(level: Level): Level {
  const rows = Math.ceil(level.rows / 2);
  const columns = Math.ceil(level.columns / 2);
  const values = new Float32Array(rows * columns);
  const { values: finer, columns: width } = level;
  for (let row = 0; row < rows; row++) {
    const upper = 2 * row * width;
    const lower = 2 * row + 1 < level.rows ? upper + width : upper;
    for (let column = 0; column < columns; column++) {
      const left = 2 * column;
      const right = left + 1 < width ? left + 1 : left;
      const first = finer[upper + left] ?? 0;
      const second = finer[upper + right] ?? 0;
      const third = finer[lower + left] ?? 0;
      const fourth = finer[lower + right] ?? 0;
      if (first === 0 && second === 0 && third === 0 && fourth === 0) continue;
      values[row * columns + column] = moreExtreme(moreExtreme(first, second), moreExtreme(third, fourth));
    }
  }
  return { rows, columns, values, cells: level.cells * 2 };
}

/** The one of larger magnitude; NaN above all. */
export function moreExtreme(first: number, second: number): number {
  if (first !== first) return first;
  const size = first < 0 ? -first : first;
  const other = second < 0 ? -second : second;
  return other <= size ? first : second;
}
