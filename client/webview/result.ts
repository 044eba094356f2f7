// The page of a result: puts the parts together and lets them follow one selection.
import type { HessianResult } from '../../runtime/src/host/protocol.ts';
import { type EigenvalueSection, eigenvalueSection } from './eigenvalues.ts';
import { button, element, link } from './elements.ts';
import { toCsv, toJson, toNpy } from './exports.ts';
import { createHeatmap } from './heatmap.ts';
import { createInspector } from './inspector.ts';
import { drawLegend } from './legend.ts';
import { assemble, type Cell, type Matrix } from './matrix.ts';
import type { ExportFormat, FromPage, Told, ToPage } from './messages.ts';
import { numberText, shapeText } from './numbers.ts';
import { answerSection, factsSection, notesSection, spectrumSection, variablesSection } from './summary.ts';
import { createTable, SMALL } from './table.ts';
import { currentTheme } from './theme.ts';
import type { ScaleKind } from './colours.ts';

export interface ResultPage {
  readonly page: HTMLElement;
  /** Tells more of the same numbers. */
  update(told: Told): void;
  /** To be called once the page is in the document, when more was told, and when its size or theme changes. */
  layOut(): void;
}

type Send = (message: FromPage) => void;
type Save = (format: ExportFormat, name: string, bytes: Uint8Array) => void;

/** `send` is null in a file of its own. */
export function resultPage(message: Extract<ToPage, { kind: 'result' }>, send: Send | null, save: Save): ResultPage {
  let told: Told = message;
  const matrix = message.blocks && assemble(message.result, message.blocks);
  const figure = matrix && matrix.values.length > 0 ? figureOf(() => told.result, matrix, save) : null;
  const page = element('article', { class: 'result' });
  let eigenvalues: EigenvalueSection | null = null;
  const fill = (): void => {
    const { result, warnings, output, isPart } = told;
    page.classList.toggle('part', isPart);
    const links = { rule: send && ((code: string) => send({ kind: 'rule', code })) };
    eigenvalues = eigenvalueSection(result.eigenvalues);
    const above = [header(told, send), answerSection(told, matrix, links), factsSection(told, matrix)];
    const below = [
      eigenvalues?.section ?? null,
      spectrumSection(result.spectrum),
      variablesSection(result),
      notesSection(result, warnings, output),
    ].filter((section) => section !== null);
    if (!figure) return page.replaceChildren(...above, ...below);
    // The figure stays where it is: what is selected in it, how far it is scrolled, the focus.
    if (!page.contains(figure.section)) page.append(figure.section);
    for (const child of [...page.children]) if (child !== figure.section) child.remove();
    figure.section.before(...above);
    figure.section.after(...below);
  };
  fill();
  return {
    page,
    update: (more) => {
      told = more;
      fill();
    },
    layOut: () => {
      figure?.layOut();
      eigenvalues?.layOut();
    },
  };
}

function header({ result, place, isPart }: Told, send: Send | null): HTMLElement {
  return element(
    'header',
    {},
    element(
      'h1',
      {},
      'Hessian of ',
      element('code', {}, result.target.name),
      ' with respect to ',
      ...namesOf(result.columns.map(({ name }) => name)),
    ),
    element(
      'p',
      { class: 'place' },
      send ? link(place, () => send({ kind: 'reveal', file: null, line: result.call.line })) : place,
      ` · ${sizeText(result)}`,
      send && ' · ',
      send && link('compute again', () => send({ kind: 'again' })),
      isPart && send && element('span', { role: 'status' }, ' · still computing … '),
      isPart && send && link('cancel', () => send({ kind: 'cancel' })),
    ),
  );
}

function namesOf(names: readonly string[]): (Node | string)[] {
  return names
    .slice(0, 4)
    .flatMap((name, index) => [index > 0 ? ', ' : '', element('code', {}, name)])
    .concat(names.length > 4 ? [` and ${names.length - 4} more`] : []);
}

function sizeText(result: HessianResult): string {
  const [row, column] = [result.rows[0], result.columns[0]];
  if (result.rows.length === 1 && result.columns.length === 1 && row && column) return shapeText([...row.shape, ...column.shape]);
  return `${result.rows.length} × ${result.columns.length} blocks`;
}

/** `told`: what is known by now. */
function figureOf(told: () => HessianResult, matrix: Matrix, save: Save): { section: HTMLElement; layOut: () => void } {
  const { target, structure } = told();
  const fileName = `hessian-${target.name.replace(/\W+/g, '-')}`;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const exports = element(
    'span',
    { class: 'exports', role: 'group', 'aria-label': 'Export' },
    element('span', { class: 'hint' }, 'Export'),
    button('CSV', () => save('csv', `${fileName}.csv`, encode(toCsv(matrix)))),
    button('NPY', () => save('npy', `${fileName}.npy`, toNpy(told(), matrix))),
    button('JSON', () => save('json', `${fileName}.json`, encode(toJson(told(), matrix)))),
  );
  if (matrix.values.length === 1) {
    const value = element('output', { class: 'single' }, numberText(matrix.values[0] ?? Number.NaN));
    return {
      section: element('section', { class: 'figure' }, value, element('div', { class: 'toolbar' }, exports)),
      layOut: () => undefined,
    };
  }
  const shape = `${matrix.rows.size} rows, ${matrix.columns.size} columns, ${structure}`;
  const inspector = createInspector(matrix, target.name);
  const isSmall = matrix.rows.size <= SMALL && matrix.columns.size <= SMALL;
  const select = (cell: Cell | null): void => {
    inspector.show(cell);
    if (!table.panel.hidden) table.show(cell);
    selection = cell;
  };
  let selection: Cell | null = null;
  let scale: ScaleKind = 'linear';
  const heatmap = createHeatmap(matrix, `Heatmap of the Hessian: ${shape}.`, select);
  const table = createTable(matrix, (cell) => heatmap.select(cell));
  table.panel.hidden = !isSmall;
  inspector.show(null);
  const legend = element('div', { class: 'legend' });
  const scales = element(
    'select',
    { 'aria-label': 'Colour scale' },
    ...(['linear', 'logarithmic'] as const).map((kind) => element('option', { value: kind }, kind)),
  );
  scales.addEventListener('change', () => {
    scale = scales.value === 'logarithmic' ? 'logarithmic' : 'linear';
    heatmap.setScale(scale);
    drawLegend(legend, matrix, currentTheme(), scale);
  });
  const numbers = button(
    'Numbers',
    () => {
      table.panel.hidden = !table.panel.hidden;
      numbers.setAttribute('aria-pressed', String(!table.panel.hidden));
      if (!table.panel.hidden) table.show(selection);
    },
    { 'aria-pressed': String(isSmall), title: 'Show the numbers as a table' },
  );
  const savePicture = async (): Promise<void> => {
    const blob = await heatmap.picture();
    if (blob) save('png', `${fileName}.png`, new Uint8Array(await blob.arrayBuffer()));
  };
  exports.append(button('PNG', () => void savePicture()));
  const section = element(
    'section',
    { class: 'figure', 'aria-label': 'Numbers' },
    element(
      'div',
      { class: 'toolbar', role: 'group', 'aria-label': 'Heatmap' },
      button('−', () => heatmap.zoomBy(1 / 1.5), { 'aria-label': 'Zoom out', title: 'Zoom out (-)' }),
      button('+', () => heatmap.zoomBy(1.5), { 'aria-label': 'Zoom in', title: 'Zoom in (+)' }),
      button('Whole', () => heatmap.showWhole(), { title: 'Show the whole matrix (0)' }),
      scales,
      numbers,
      exports,
    ),
    element('div', { class: 'map' }, heatmap.canvas),
    element('div', { class: 'below' }, legend, inspector.panel),
    table.panel,
  );
  return {
    section,
    layOut: () => {
      heatmap.layOut();
      drawLegend(legend, matrix, currentTheme(), scale);
    },
  };
}
