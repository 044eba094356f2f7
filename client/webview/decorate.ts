// What is drawn over and around the pixels: numbers in large cells, lines between variables, the selected cell, names along the sides.
import { colourAt, css, inkOn, paletteOf, STEPS, type Theme } from './colours.ts';
import { nameAt, placeIn, stretchAt, valueAt, type Axis, type Cell, type Matrix } from './matrix.ts';
import { shortNumberText } from './numbers.ts';
import type { Plot, View } from './viewport.ts';

export interface Margins {
  readonly left: number;
  readonly top: number;
}

export interface Ink {
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly focus: string;
  readonly font: string;
}

const LINE_HEIGHT = 15;
const NUMBERS_FROM = 46;
const GRID_FROM = 12;

/** Room for the names along the sides. */
export function marginsFor(context: CanvasRenderingContext2D, matrix: Matrix, font: string): Margins {
  context.font = `11px ${font}`;
  const last = matrix.rows.size - 1;
  const samples = matrix.rows.stretches.flatMap((stretch) => [
    tickText(matrix.rows, stretch.start + stretch.size - 1),
    tickText(matrix.rows, Math.min(last, stretch.start)),
  ]);
  const widest = Math.max(...samples.map((text) => context.measureText(shorten(text)).width));
  return { left: Math.ceil(widest) + 12 + (matrix.rows.stretches.length > 1 ? 14 : 0), top: 2 * LINE_HEIGHT + 6 };
}

export function drawNumbers(
  context: CanvasRenderingContext2D,
  matrix: Matrix,
  plot: Plot,
  view: View,
  theme: Theme,
  stepOf: (value: number) => number,
  font: string,
): void {
  if (view.cellWidth < NUMBERS_FROM || view.cellHeight < 16) return;
  const palette = paletteOf(theme);
  const digits = view.cellWidth >= 72 ? 5 : 3;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `${view.cellWidth >= 72 ? 13 : 11}px ${font}`;
  forSeenCells(plot, view, (cell, x, y) => {
    const value = valueAt(matrix, cell);
    const text = shortNumberText(value, digits);
    const middle = { x: x + view.cellWidth / 2, y: y + view.cellHeight / 2 };
    if (!Number.isFinite(value)) {
      // On the hatching, text needs a ground of its own.
      const width = context.measureText(text).width + 8;
      context.fillStyle = css(palette.notFinite[1]);
      context.fillRect(middle.x - width / 2, middle.y - 9, width, 18);
    }
    context.fillStyle = inkOn(Number.isFinite(value) ? colourAt(palette, stepOf(value) / STEPS) : palette.notFinite[1]);
    context.fillText(text, middle.x, middle.y, view.cellWidth - 4);
  });
}

export function drawLines(context: CanvasRenderingContext2D, matrix: Matrix, plot: Plot, view: View, ink: Ink): void {
  if (Math.min(view.cellWidth, view.cellHeight) >= GRID_FROM) {
    context.strokeStyle = ink.faint;
    context.lineWidth = 1;
    context.beginPath();
    for (let row = Math.ceil(view.row); row < Math.min(plot.rows, view.row + plot.height / view.cellHeight); row++) {
      horizontal(context, plot, Math.round((row - view.row) * view.cellHeight) + 0.5);
    }
    for (let column = Math.ceil(view.column); column < Math.min(plot.columns, view.column + plot.width / view.cellWidth); column++) {
      vertical(context, plot, Math.round((column - view.column) * view.cellWidth) + 0.5);
    }
    context.stroke();
  }
  context.strokeStyle = ink.line;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { start } of matrix.rows.stretches.slice(1)) horizontal(context, plot, (start - view.row) * view.cellHeight);
  for (const { start } of matrix.columns.stretches.slice(1)) vertical(context, plot, (start - view.column) * view.cellWidth);
  context.stroke();
}

export function drawSelection(context: CanvasRenderingContext2D, plot: Plot, view: View, cell: Cell, ink: Ink): void {
  const width = Math.max(view.cellWidth, 7);
  const height = Math.max(view.cellHeight, 7);
  const x = (cell.column + 0.5 - view.column) * view.cellWidth - width / 2;
  const y = (cell.row + 0.5 - view.row) * view.cellHeight - height / 2;
  context.lineWidth = 1;
  context.strokeStyle = ink.focus;
  context.globalAlpha = 0.55;
  context.beginPath();
  horizontal(context, plot, y + height / 2);
  vertical(context, plot, x + width / 2);
  if (view.cellWidth < GRID_FROM) context.stroke();
  context.globalAlpha = 1;
  context.strokeStyle = ink.text;
  context.lineWidth = 3.5;
  context.strokeRect(x, y, width, height);
  context.strokeStyle = ink.focus;
  context.lineWidth = 2;
  context.strokeRect(x, y, width, height);
}

/** Names along the top and the left; (0, 0) is the plot's upper left corner. */
export function drawAxes(context: CanvasRenderingContext2D, matrix: Matrix, plot: Plot, view: View, margins: Margins, ink: Ink): void {
  context.font = `11px ${ink.font}`;
  context.fillStyle = ink.faint;
  context.textBaseline = 'alphabetic';
  const { columns, rows } = matrix;
  let free = -Infinity;
  for (const column of ticks(columns, view.column, plot.width / view.cellWidth, view.cellWidth, widestTick(context, columns) + 12)) {
    const text = shorten(tickText(columns, column));
    const x = (column + 0.5 - view.column) * view.cellWidth;
    const half = context.measureText(text).width / 2;
    const at = Math.max(half - margins.left, Math.min(plot.width - half, x));
    if (at - half < free + 10) continue;
    free = at + half;
    context.fillStyle = ink.text;
    context.textAlign = 'center';
    context.fillText(text, at, -7);
    context.fillRect(x - 0.5, -4, 1, 4);
  }
  let freeBelow = -Infinity;
  for (const row of ticks(rows, view.row, plot.height / view.cellHeight, view.cellHeight, LINE_HEIGHT)) {
    const y = (row + 0.5 - view.row) * view.cellHeight;
    if (y < freeBelow) continue;
    freeBelow = y + LINE_HEIGHT;
    context.fillStyle = ink.text;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(shorten(tickText(rows, row)), -8, Math.max(6, Math.min(plot.height - 5, y)));
    context.fillRect(-4, y - 0.5, 4, 1);
  }
  context.textBaseline = 'alphabetic';
  context.font = `bold 11px ${ink.font}`;
  drawStretchNames(context, columns, view.column, view.cellWidth, plot.width, (text, middle, room) => {
    context.textAlign = 'center';
    context.fillText(text, middle, -8 - LINE_HEIGHT, room);
  });
  if (rows.stretches.length < 2) return;
  drawStretchNames(context, rows, view.row, view.cellHeight, plot.height, (text, middle, room) => {
    context.save();
    context.translate(-margins.left + 11, middle);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.fillText(text, 0, 0, room);
    context.restore();
  });
}

function drawStretchNames(
  context: CanvasRenderingContext2D,
  axis: Axis,
  first: number,
  cellSize: number,
  length: number,
  draw: (text: string, middle: number, room: number) => void,
): void {
  for (const stretch of axis.stretches) {
    const start = Math.max(0, (stretch.start - first) * cellSize);
    const end = Math.min(length, (stretch.start + stretch.size - first) * cellSize);
    const room = end - start;
    const text = shorten(stretch.name);
    if (room >= 14 && context.measureText(text).width <= room * 1.6) draw(text, (start + end) / 2, Math.max(room - 2, 12));
  }
}

/** Indices to name: every cell where there is room, else every 2nd, 5th, 10th, … of a variable's innermost places, else whole rows of it. */
function ticks(axis: Axis, first: number, seen: number, cellSize: number, room: number): number[] {
  const least = room / cellSize;
  const chosen: number[] = [];
  for (const stretch of axis.stretches) {
    const inner = stretch.shape.length > 1 ? (stretch.shape.at(-1) ?? 1) : stretch.size;
    const step = roundStep(least);
    // Marks begin anew with each row of the variable, or stand at the first place of every so many rows.
    const period = step < inner ? inner : inner * roundStep(least / inner);
    const begin = Math.max(0, Math.floor((first - stretch.start) / period)) * period;
    const end = Math.min(stretch.size, first + seen - stretch.start);
    for (let row = begin; row < end; row += period) {
      const last = Math.min(end, row + (step < inner ? period : 1));
      for (let place = row; place < last; place += step) {
        // Where the next row's mark would not fit beside it, a mark within the row gives way.
        if (place > row && row + period - place < least) continue;
        if (stretch.start + place >= first - 0.5) chosen.push(stretch.start + place);
      }
    }
  }
  return chosen;
}

/** The least of 1, 2, 5, 10, 20, 50, … that is not below `least`. */
function roundStep(least: number): number {
  for (let scale = 1; ; scale *= 10) {
    const found = [1, 2, 5].map((factor) => factor * scale).find((step) => step >= least);
    if (found !== undefined) return found;
  }
}

function widestTick(context: CanvasRenderingContext2D, axis: Axis): number {
  const lasts = axis.stretches.map((stretch) => shorten(tickText(axis, stretch.start + stretch.size - 1)));
  return Math.max(...lasts.map((text) => context.measureText(text).width));
}

function tickText(axis: Axis, index: number): string {
  const stretch = stretchAt(axis, index);
  if (!stretch) return nameAt(axis, index);
  return stretch.shape.length === 0 ? stretch.name : placeIn(stretch, index);
}

function shorten(text: string): string {
  return text.length > 22 ? `…${text.slice(-21)}` : text;
}

function horizontal(context: CanvasRenderingContext2D, plot: Plot, y: number): void {
  if (y <= 0 || y >= plot.height) return;
  context.moveTo(0, y);
  context.lineTo(plot.width, y);
}

function vertical(context: CanvasRenderingContext2D, plot: Plot, x: number): void {
  if (x <= 0 || x >= plot.width) return;
  context.moveTo(x, 0);
  context.lineTo(x, plot.height);
}

function forSeenCells(plot: Plot, view: View, visit: (cell: Cell, x: number, y: number) => void): void {
  const lastRow = Math.min(plot.rows, Math.ceil(view.row + plot.height / view.cellHeight));
  const lastColumn = Math.min(plot.columns, Math.ceil(view.column + plot.width / view.cellWidth));
  for (let row = Math.floor(view.row); row < lastRow; row++) {
    for (let column = Math.floor(view.column); column < lastColumn; column++) {
      visit({ row, column }, (column - view.column) * view.cellWidth, (row - view.row) * view.cellHeight);
    }
  }
}
