// The eigenvalues of a Hessian that is held whole: a plot of them in order, and their numbers.
import type { Eigenvalues } from '../../runtime/src/host/protocol.ts';
import { colourAt, css, paletteOf } from './colours.ts';
import { element } from './elements.ts';
import { countText, numberText, shortNumberText } from './numbers.ts';
import { currentTheme } from './theme.ts';

export interface EigenvalueSection {
  readonly section: HTMLElement;
  /** Draws anew, for the room and the theme that there are now. */
  layOut(): void;
}

const HEIGHT = 132;
const WIDEST = 640;
const MARGIN = { left: 62, right: 8, top: 8, bottom: 8 };

/** Null where the facts have said it all. */
export function eigenvalueSection(eigenvalues: Eigenvalues | undefined): EigenvalueSection | null {
  if (!eigenvalues || eigenvalues.values.length < 3) return null;
  const { values, isAll, errors } = eigenvalues;
  const [low = 0, high = 0] = [values[0], values.at(-1)];
  const numbers = values.map((value, index) => `${numberText(value)}${errors?.[index] ? ` ± ${numberText(errors[index])}` : ''}`);
  const canvas = element('canvas', {
    class: 'eigenvalues',
    role: 'img',
    'aria-label': `${countText(values.length)} eigenvalues in order, from ${numberText(low)} to ${numberText(high)}`,
  });
  const section = element(
    'section',
    { class: 'spectrum' },
    element('h2', {}, isAll ? 'Eigenvalues' : 'Outermost eigenvalues'),
    canvas,
    element(
      'details',
      {},
      element('summary', {}, `The ${countText(values.length)} numbers`),
      element('pre', { tabindex: '0', 'aria-label': 'Eigenvalues' }, numbers.join('\n')),
    ),
  );
  return { section, layOut: () => draw(canvas, values) };
}

/** Each a bar from zero, in order, at least a pixel wide: of many the extreme ones are at the ends and stay seen. */
function draw(canvas: HTMLCanvasElement, values: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const width = Math.min(WIDEST, Math.max(220, (canvas.parentElement?.clientWidth ?? WIDEST) - 8));
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${HEIGHT}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, HEIGHT);
  const low = Math.min(0, values[0] ?? 0);
  const high = Math.max(0, values.at(-1) ?? 0);
  const room = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const y = (value: number): number => MARGIN.top + ((high - value) / (high - low || 1)) * room.height;
  const style = getComputedStyle(canvas);
  const palette = paletteOf(currentTheme());
  const step = room.width / values.length;
  values.forEach((value, index) => {
    context.fillStyle = css(colourAt(palette, value < 0 ? -0.6 : 0.6));
    const from = MARGIN.left + index * step;
    context.fillRect(from, Math.min(y(value), y(0)), Math.max(1, step - (step > 4 ? 1 : 0)), Math.max(1, Math.abs(y(value) - y(0))));
  });
  context.fillStyle = style.getPropertyValue('--line').trim() || '#808080';
  context.fillRect(MARGIN.left, y(0), room.width, 1);
  context.fillStyle = style.getPropertyValue('--text').trim() || '#333333';
  context.font = `11px ${style.getPropertyValue('font-family') || 'sans-serif'}`;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  let free = -Infinity;
  for (const value of [high, 0, low].filter((candidate, index, all) => all.indexOf(candidate) === index)) {
    if (y(value) < free) continue;
    free = y(value) + 13;
    context.fillText(shortNumberText(value), MARGIN.left - 6, y(value));
  }
}
