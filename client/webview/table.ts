// The numbers as a table: all of a small matrix, a movable part of a large one.
import { button, element } from './elements.ts';
import { nameAt, valueAt, type Cell, type Matrix } from './matrix.ts';
import { numberText } from './numbers.ts';

/** A matrix of at most this many rows and columns is shown whole, without being asked for. */
export const SMALL = 8;
const ROWS = 24;
const COLUMNS = 12;

export interface NumberTable {
  readonly panel: HTMLElement;
  /** Makes the cell seen and marked. */
  show(cell: Cell | null): void;
}

export function createTable(matrix: Matrix, selected: (cell: Cell) => void): NumberTable {
  const panel = element('div', { class: 'numbers' });
  const rowCount = Math.min(matrix.rows.size, ROWS);
  const columnCount = Math.min(matrix.columns.size, COLUMNS);
  const isWhole = rowCount === matrix.rows.size && columnCount === matrix.columns.size;
  let top = 0;
  let left = 0;
  let marked: Cell | null = null;

  const turn = (rows: number, columns: number): void => {
    top = Math.max(0, Math.min(matrix.rows.size - rowCount, top + rows));
    left = Math.max(0, Math.min(matrix.columns.size - columnCount, left + columns));
    render();
  };
  const where = element('span', { class: 'hint', 'aria-live': 'polite' });
  const turning = element(
    'div',
    { class: 'toolbar', role: 'group', 'aria-label': 'Part of the matrix' },
    button('◀', () => turn(0, -columnCount), { 'aria-label': 'Columns before' }),
    button('▶', () => turn(0, columnCount), { 'aria-label': 'Columns after' }),
    button('▲', () => turn(-rowCount, 0), { 'aria-label': 'Rows above' }),
    button('▼', () => turn(rowCount, 0), { 'aria-label': 'Rows below' }),
    where,
  );
  const scroller = element('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': 'Numbers of the Hessian' });
  panel.append(...(isWhole ? [] : [turning]), scroller);

  const render = (): void => {
    where.textContent = `Rows ${top} to ${top + rowCount - 1} of ${matrix.rows.size}, columns ${left} to ${left + columnCount - 1} of ${matrix.columns.size}`;
    const columns = Array.from({ length: columnCount }, (_, index) => left + index);
    const head = element(
      'tr',
      {},
      element('td'),
      ...columns.map((column) => element('th', { scope: 'col' }, nameAt(matrix.columns, column))),
    );
    const rows = Array.from({ length: rowCount }, (_, index) => top + index).map((row) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, nameAt(matrix.rows, row)),
        ...columns.map((column) => cellElement({ row, column })),
      ),
    );
    scroller.replaceChildren(element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
  };
  const cellElement = (cell: Cell): HTMLElement => {
    const value = valueAt(matrix, cell);
    const isMarked = marked?.row === cell.row && marked.column === cell.column;
    const kind = value === 0 ? 'zero' : Number.isFinite(value) ? '' : 'not-finite';
    const made = element('td', { class: `${kind} ${isMarked ? 'marked' : ''}`.trim() }, numberText(value));
    made.addEventListener('click', () => selected(cell));
    return made;
  };
  render();
  return {
    panel,
    show: (cell) => {
      marked = cell;
      if (cell && (cell.row < top || cell.row >= top + rowCount)) top = cell.row - (cell.row % rowCount);
      if (cell && (cell.column < left || cell.column >= left + columnCount)) left = cell.column - (cell.column % columnCount);
      turn(0, 0);
    },
  };
}
