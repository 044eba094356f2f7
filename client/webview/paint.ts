// Turns the part of the matrix that is seen into pixels.
import { bitsOf, moreExtreme, type Level } from './pooling.ts';
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
  const horizontal = cellsOfPixels(width, sight.column, sight.cellWidth, level.cells, level.columns);
  const vertical = cellsOfPixels(height, sight.row, sight.cellHeight, level.cells, level.rows);
  const squeezed = rowsOfPixels(level, horizontal);
  const line = new Float32Array(width);
  const bits = bitsOf(line);
  let previousStart = -1;
  let previousEnd = -1;
  let isHatched = false;
  for (let y = 0; y < height; y++) {
    const top = vertical.starts[y] ?? 0;
    const bottom = vertical.ends[y] ?? 0;
    const start = y * width;
    if (top === previousStart && bottom === previousEnd && !isHatched) {
      pixels.copyWithin(start, start - width, start);
      continue;
    }
    previousStart = top;
    previousEnd = bottom;
    bits.set(squeezed(top));
    for (let row = top + 1; row <= bottom; row++) {
      const next = squeezed(row);
      for (let x = 0; x < width; x++) bits[x] = moreExtreme(bits[x] ?? 0, next[x] ?? 0);
    }
    isHatched = colourLine(pixels, start, y, line, brush);
  }
}

/** Rows of the level with one number for each pixel, the most extreme of those that it covers. Neighbouring lines share rows: the last few are kept. */
function rowsOfPixels(level: Level, { starts, ends }: Cells): (row: number) => Int32Array {
  const bits = bitsOf(level.values);
  const width = starts.length;
  const kept = Array.from({ length: 4 }, () => ({ row: -1, line: new Int32Array(width) }));
  return (row) => {
    const place = kept[row % kept.length];
    if (!place) throw new RangeError('no row is kept');
    if (place.row === row) return place.line;
    place.row = row;
    const from = row * level.columns;
    for (let x = 0; x < width; x++) {
      const last = from + (ends[x] ?? 0);
      let index = from + (starts[x] ?? 0);
      let most = bits[index] ?? 0;
      while (++index <= last) most = moreExtreme(most, bits[index] ?? 0);
      place.line[x] = most;
    }
    return place.line;
  };
}

/** True when some of the line's pixels are hatched: then the next line differs even over the same cells. */
function colourLine(pixels: Uint32Array, start: number, y: number, line: Float32Array, { colours, stepOf, notFinite }: Brush): boolean {
  const zero = colours[STEPS] ?? 0;
  let isHatched = false;
  for (let x = 0; x < line.length; x++) {
    const value = line[x] ?? 0;
    if (value === 0) pixels[start + x] = zero;
    else if (value - value === 0) pixels[start + x] = colours[STEPS + stepOf(value)] ?? 0;
    else {
      isHatched = true;
      pixels[start + x] = notFinite[((x + y) >> 2) & 1 ? 1 : 0];
    }
  }
  return isHatched;
}

interface Cells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** For every pixel along an axis, the first and the last cell of the level that it covers: all it touches when cells are smaller, else the one at its middle. */
function cellsOfPixels(pixels: number, start: number, cellSize: number, cells: number, count: number): Cells {
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
