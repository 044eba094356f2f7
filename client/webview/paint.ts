// Turns the part of the matrix that is seen into pixels.
import type { Level } from './pooling.ts';
import { moreExtreme } from './pooling.ts';
import { STEPS } from './colours.ts';

export interface Brush {
  /** Pixels of the steps from -STEPS to STEPS. */
  readonly colours: Uint32Array;
  readonly stepOf: (value: number) => number;
  /** Two pixels that NaN and infinities are hatched with. */
  readonly notFinite: readonly [number, number];
}

/** The seen part in device pixels: the cell at the upper left corner, and pixels per cell. */
export interface Sight {
  readonly row: number;
  readonly column: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** The depth of the pyramid at which the longer side of a cell is between half a pixel and a pixel, so that few cells make one pixel. */
export function depthFor(cellWidth: number, cellHeight: number): number {
  const cell = Math.max(cellWidth, cellHeight, 1e-6);
  return cell >= 1 ? 0 : Math.floor(Math.log2(1 / cell));
}

export function paint(pixels: Uint32Array, width: number, height: number, level: Level, sight: Sight, brush: Brush): void {
  const { starts, ends } = cellsOfPixels(width, sight.column, sight.cellWidth, level.cells, level.columns);
  const vertical = cellsOfPixels(height, sight.row, sight.cellHeight, level.cells, level.rows);
  let previousStart = -1;
  let previousEnd = -1;
  let isHatched = false;
  for (let y = 0; y < height; y++) {
    const top = vertical.starts[y] ?? 0;
    const bottom = vertical.ends[y] ?? 0;
    const line = y * width;
    if (top === previousStart && bottom === previousEnd && !isHatched) {
      pixels.copyWithin(line, line - width, line);
      continue;
    }
    previousStart = top;
    previousEnd = bottom;
    isHatched = paintLine(pixels, line, y, width, level, top, bottom, starts, ends, brush);
  }
}

/** Paints one line of pixels; true when some of them are hatched (then the next line differs even over the same cells). */
function paintLine(
  pixels: Uint32Array,
  line: number,
  y: number,
  width: number,
  level: Level,
  top: number,
  bottom: number,
  starts: Int32Array,
  ends: Int32Array,
  brush: Brush,
): boolean {
  const { values, columns } = level;
  const { colours, stepOf, notFinite } = brush;
  const zero = colours[STEPS] ?? 0;
  let isHatched = false;
  for (let x = 0; x < width; x++) {
    const left = starts[x] ?? 0;
    const right = ends[x] ?? 0;
    let value = 0;
    for (let row = top; row <= bottom; row++) {
      const from = row * columns;
      for (let column = left; column <= right; column++) value = moreExtreme(value, values[from + column] ?? 0);
    }
    if (value === 0) pixels[line + x] = zero;
    else if (value - value === 0) pixels[line + x] = colours[STEPS + stepOf(value)] ?? 0;
    else {
      isHatched = true;
      pixels[line + x] = notFinite[((x + y) >> 2) & 1 ? 1 : 0];
    }
  }
  return isHatched;
}

/** For every pixel along an axis, the first and the last cell of the level that it covers: all it touches when cells are smaller, else the one at its middle. */
function cellsOfPixels(
  pixels: number,
  start: number,
  cellSize: number,
  cells: number,
  count: number,
): { starts: Int32Array; ends: Int32Array } {
  const starts = new Int32Array(pixels);
  const ends = new Int32Array(pixels);
  const scale = 1 / (cellSize * cells);
  const offset = start / cells;
  for (let index = 0; index < pixels; index++) {
    const isFine = scale > 1;
    const first = Math.floor(offset + (isFine || cells > 1 ? index : index + 0.5) * scale + 1e-9);
    const last = isFine || cells > 1 ? Math.ceil(offset + (index + 1) * scale - 1e-9) - 1 : first;
    starts[index] = Math.min(count - 1, first);
    ends[index] = Math.min(count - 1, Math.max(first, last));
  }
  return { starts, ends };
}
