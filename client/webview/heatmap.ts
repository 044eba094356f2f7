// The heatmap: a canvas that is zoomed, panned and walked through by mouse and keyboard.
import { paletteOf, pixel, pixelColours, stepper, type ScaleKind } from './colours.ts';
import { drawAxes, drawLines, drawNumbers, drawSelection, marginsFor, type Ink } from './decorate.ts';
import { element } from './elements.ts';
import { nextNonZero, type Cell, type Matrix } from './matrix.ts';
import { depthFor, paint } from './paint.ts';
import { createPyramid } from './pooling.ts';
import { currentTheme } from './theme.ts';
import { cellAt, isWhole, pan, planPlot, reveal, wholeView, zoom, type Plot, type View } from './viewport.ts';

export interface Heatmap {
  readonly canvas: HTMLCanvasElement;
  /** Draws anew, for the room that there is now. */
  layOut(): void;
  select(cell: Cell | null): void;
  zoomBy(factor: number): void;
  showWhole(): void;
  setScale(kind: ScaleKind): void;
  picture(): Promise<Blob | null>;
}

const KEYS =
  'Arrow keys move the selection, with Shift by ten; plus and minus zoom, 0 shows everything; N and P go to the next and the previous number that is not zero.';

export function createHeatmap(matrix: Matrix, label: string, selected: (cell: Cell | null) => void): Heatmap {
  const canvas = element('canvas', {
    class: 'heatmap',
    tabindex: '0',
    role: 'application',
    'aria-roledescription': 'heatmap',
    'aria-label': `${label} ${KEYS}`,
  });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  const level = createPyramid(matrix.rows.size, matrix.columns.size, matrix.values);
  let plot: Plot = planPlot(matrix.rows.size, matrix.columns.size, 300, 300);
  let view: View = wholeView(plot);
  let margins = { left: 0, top: 0 };
  let scale: ScaleKind = 'linear';
  let selection: Cell | null = null;
  let isScheduled = false;

  const draw = (): void => {
    const ratio = devicePixelRatio;
    const theme = currentTheme();
    const palette = paletteOf(theme);
    const ink = inkOf(canvas);
    const stepOf = stepper(matrix.statistics.largest, scale);
    const width = Math.max(1, Math.round(plot.width * ratio));
    const height = Math.max(1, Math.round(plot.height * ratio));
    const image = context.createImageData(width, height);
    const sight = { row: view.row, column: view.column, cellWidth: view.cellWidth * ratio, cellHeight: view.cellHeight * ratio };
    paint(new Uint32Array(image.data.buffer), width, height, level(depthFor(sight.cellWidth, sight.cellHeight)), sight, {
      colours: pixelColours(palette),
      stepOf,
      notFinite: [pixel(palette.notFinite[0]), pixel(palette.notFinite[1])],
    });
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const left = Math.round(margins.left * ratio);
    const top = Math.round(margins.top * ratio);
    context.putImageData(image, left, top);
    context.setTransform(ratio, 0, 0, ratio, left, top);
    context.save();
    context.beginPath();
    context.rect(0, 0, plot.width, plot.height);
    context.clip();
    drawNumbers(context, matrix, plot, view, theme, stepOf, ink.font);
    drawLines(context, matrix, plot, view, ink);
    if (selection) drawSelection(context, plot, view, selection, ink);
    context.restore();
    context.strokeStyle = ink.line;
    context.lineWidth = 1;
    context.strokeRect(-0.5, -0.5, plot.width + 1, plot.height + 1);
    drawAxes(context, matrix, plot, view, margins, ink);
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      draw();
    });
  };
  const show = (next: View): void => {
    view = next;
    canvas.classList.toggle('zoomed', !isWhole(plot, view));
    schedule();
  };
  const select = (cell: Cell | null): void => {
    selection = cell;
    show(cell ? reveal(plot, view, cell) : view);
    selected(cell);
  };
  const layOut = (): void => {
    const room = Math.max(220, (canvas.parentElement?.clientWidth ?? 600) - 8);
    margins = marginsFor(context, matrix, inkOf(canvas).font);
    const former = plot;
    plot = planPlot(matrix.rows.size, matrix.columns.size, room - margins.left - 2, Math.max(220, Math.min(760, innerHeight * 0.72)));
    const width = margins.left + plot.width + 2;
    const height = margins.top + plot.height + 2;
    canvas.width = Math.ceil(width * devicePixelRatio);
    canvas.height = Math.ceil(height * devicePixelRatio);
    canvas.style.width = `${canvas.width / devicePixelRatio}px`;
    canvas.style.height = `${canvas.height / devicePixelRatio}px`;
    view = isWhole(former, view) ? wholeView(plot) : zoom(plot, view, 1);
    draw();
  };

  const placeOf = (event: MouseEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left - margins.left, y: event.clientY - box.top - margins.top };
  };
  canvas.addEventListener(
    'wheel',
    (event) => {
      const isMeant = event.ctrlKey || event.metaKey || document.activeElement === canvas;
      if (!isMeant || (event.deltaY > 0 && isWhole(plot, view) && !event.ctrlKey)) return;
      event.preventDefault();
      const { x, y } = placeOf(event);
      show(zoom(plot, view, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), x, y));
    },
    { passive: false },
  );
  canvas.addEventListener('dblclick', (event) => {
    const { x, y } = placeOf(event);
    show(zoom(plot, view, event.shiftKey ? 0.5 : 2, x, y));
  });
  let drag: { x: number; y: number; moved: number } | null = null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, moved: 0 };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const x = drag.x - event.clientX;
    const y = drag.y - event.clientY;
    drag = { x: event.clientX, y: event.clientY, moved: drag.moved + Math.abs(x) + Math.abs(y) };
    show(pan(plot, view, x, y));
  });
  canvas.addEventListener('pointerup', (event) => {
    const { x, y } = placeOf(event);
    if (drag && drag.moved < 4) select(cellAt(plot, view, x, y));
    drag = null;
  });
  canvas.addEventListener('pointercancel', () => (drag = null));
  canvas.addEventListener('focus', schedule);
  canvas.addEventListener('blur', schedule);
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey) return;
    const move = moveOf(event, selection, matrix);
    if (move !== undefined) select(move);
    else if (event.key === '+' || event.key === '=') show(zoomAtSelection(1.5));
    else if (event.key === '-' || event.key === '_') show(zoomAtSelection(1 / 1.5));
    else if (event.key === '0') show(wholeView(plot));
    else return;
    event.preventDefault();
  });
  const zoomAtSelection = (factor: number): View => {
    if (!selection) return zoom(plot, view, factor);
    const x = (selection.column + 0.5 - view.column) * view.cellWidth;
    const y = (selection.row + 0.5 - view.row) * view.cellHeight;
    return reveal(plot, zoom(plot, view, factor, x, y), selection);
  };

  return {
    canvas,
    layOut,
    select,
    zoomBy: (factor) => show(zoomAtSelection(factor)),
    showWhole: () => show(wholeView(plot)),
    setScale: (kind) => {
      scale = kind;
      schedule();
    },
    picture: () => pictureOf(canvas),
  };
}

/** As a PNG, on the page's background. */
function pictureOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  const copy = element('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--background').trim() || '#ffffff';
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve) => copy.toBlob(resolve, 'image/png'));
}

/** Where a key takes the selection; undefined when it is not one of these keys. */
function moveOf(event: KeyboardEvent, from: Cell | null, matrix: Matrix): Cell | null | undefined {
  const step = event.shiftKey ? 10 : 1;
  const last = { row: matrix.rows.size - 1, column: matrix.columns.size - 1 };
  const by = (rows: number, columns: number): Cell => {
    if (!from) return { row: 0, column: 0 };
    const into = (index: number, end: number): number => Math.max(0, Math.min(end, index));
    return { row: into(from.row + rows, last.row), column: into(from.column + columns, last.column) };
  };
  switch (event.key) {
    case 'ArrowLeft':
      return by(0, -step);
    case 'ArrowRight':
      return by(0, step);
    case 'ArrowUp':
      return by(-step, 0);
    case 'ArrowDown':
      return by(step, 0);
    case 'PageUp':
      return by(-100, 0);
    case 'PageDown':
      return by(100, 0);
    case 'Home':
      return { row: from?.row ?? 0, column: 0 };
    case 'End':
      return { row: from?.row ?? 0, column: last.column };
    case 'n':
    case 'N':
      return nextNonZero(matrix, from, 1) ?? from;
    case 'p':
    case 'P':
      return nextNonZero(matrix, from, -1) ?? from;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

function inkOf(canvas: HTMLCanvasElement): Ink {
  const style = getComputedStyle(canvas.isConnected ? canvas : document.body);
  const read = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
  return {
    text: read('--text', '#333333'),
    faint: read('--faint', '#80808060'),
    line: read('--line', '#808080'),
    focus: read('--focus', '#0078d4'),
    font: read('font-family', 'sans-serif'),
  };
}
