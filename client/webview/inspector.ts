// What stands in the selected cell, in words and numbers; read out by screen readers as the selection moves.
import { element } from './elements.ts';
import { hasSameAxes, nameAt, valueAt, type Cell, type Matrix } from './matrix.ts';
import { numberText } from './numbers.ts';

export interface Inspector {
  readonly panel: HTMLElement;
  show(cell: Cell | null): void;
}

export function createInspector(matrix: Matrix, target: string): Inspector {
  const panel = element('div', { class: 'inspector', 'aria-live': 'polite', role: 'status' });
  const isSquare = hasSameAxes(matrix);
  return {
    panel,
    show: (cell) => {
      if (!cell) {
        panel.replaceChildren(
          element('span', { class: 'hint' }, 'Select a cell to see its number: click, or focus the map and use the arrow keys.'),
        );
        return;
      }
      const row = nameAt(matrix.rows, cell.row);
      const column = nameAt(matrix.columns, cell.column);
      const mirrored = isSquare && cell.row !== cell.column ? valueAt(matrix, { row: cell.column, column: cell.row }) : null;
      panel.replaceChildren(
        element('span', { class: 'derivative' }, `∂²${target} / ∂${row} ∂${column}`),
        element('output', { class: 'value' }, ` = ${numberText(valueAt(matrix, cell))}`),
        element('span', { class: 'hint' }, `row ${cell.row}, column ${cell.column}`),
        ...(mirrored === null ? [] : [element('span', { class: 'hint' }, `mirrored: ${numberText(mirrored)}`)]),
      );
    },
  };
}
