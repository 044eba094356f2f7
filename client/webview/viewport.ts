// Which part of the matrix is seen and how large: plain arithmetic.
import type { Cell } from './matrix.ts';

/** A plot of `width` × `height` CSS pixels whose upper left corner is at (column, row) of the matrix, fractions allowed. */
export interface View {
  readonly row: number;
  readonly column: number;
  /** CSS pixels of one cell. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly columns: number;
  /** A cell when the whole matrix is seen. */
  readonly cellWidth: number;
  readonly cellHeight: number;
}

const LARGEST_CELL = 96;
/** Of a matrix that is a thin strip, a row is at least this high where there is room. */
const STRIP = 24;
/** Beyond this ratio of sides, cells need not be square. */
const LONGEST_SQUARE_CELLED = 4;

/** A plot of the whole matrix that fits into the room there is. */
export function planPlot(rows: number, columns: number, roomWidth: number, roomHeight: number): Plot {
  let cellWidth = Math.min(LARGEST_CELL, roomWidth / columns);
  let cellHeight = Math.min(LARGEST_CELL, roomHeight / rows);
  const ratio = rows / columns;
  if (ratio <= LONGEST_SQUARE_CELLED && ratio >= 1 / LONGEST_SQUARE_CELLED) cellWidth = cellHeight = Math.min(cellWidth, cellHeight);
  else if (ratio < 1) cellHeight = Math.min(cellHeight, Math.max(cellWidth, STRIP));
  else cellWidth = Math.min(cellWidth, Math.max(cellHeight, STRIP));
  return { width: cellWidth * columns, height: cellHeight * rows, rows, columns, cellWidth, cellHeight };
}

export function wholeView(plot: Plot): View {
  return { row: 0, column: 0, cellWidth: plot.cellWidth, cellHeight: plot.cellHeight };
}

export function isWhole(plot: Plot, view: View): boolean {
  return view.cellWidth <= plot.cellWidth * 1.0001 && view.cellHeight <= plot.cellHeight * 1.0001;
}

/** Zooms by `factor` about the point (x, y) of the plot. */
export function zoom(plot: Plot, view: View, factor: number, x = plot.width / 2, y = plot.height / 2): View {
  const limit = (size: number, whole: number): number => Math.max(whole, Math.min(Math.max(LARGEST_CELL, whole), size * factor));
  const cellWidth = limit(view.cellWidth, plot.cellWidth);
  const cellHeight = limit(view.cellHeight, plot.cellHeight);
  return clamp(plot, {
    row: view.row + y / view.cellHeight - y / cellHeight,
    column: view.column + x / view.cellWidth - x / cellWidth,
    cellWidth,
    cellHeight,
  });
}

/** Moves what is seen by (x, y) CSS pixels. */
export function pan(plot: Plot, view: View, x: number, y: number): View {
  return clamp(plot, { ...view, row: view.row + y / view.cellHeight, column: view.column + x / view.cellWidth });
}

/** The least move that brings the cell into view. */
export function reveal(plot: Plot, view: View, cell: Cell): View {
  const seenRows = plot.height / view.cellHeight;
  const seenColumns = plot.width / view.cellWidth;
  const into = (start: number, index: number, seen: number): number => Math.min(index, Math.max(start, index + 1 - seen));
  return clamp(plot, { ...view, row: into(view.row, cell.row, seenRows), column: into(view.column, cell.column, seenColumns) });
}

export function cellAt(plot: Plot, view: View, x: number, y: number): Cell | null {
  const row = Math.floor(view.row + y / view.cellHeight);
  const column = Math.floor(view.column + x / view.cellWidth);
  const isInside = x >= 0 && y >= 0 && x < plot.width && y < plot.height && row < plot.rows && column < plot.columns;
  return isInside ? { row, column } : null;
}

function clamp(plot: Plot, view: View): View {
  const into = (start: number, count: number, seen: number): number => Math.max(0, Math.min(start, count - seen));
  return {
    ...view,
    row: into(view.row, plot.rows, plot.height / view.cellHeight),
    column: into(view.column, plot.columns, plot.width / view.cellWidth),
  };
}
