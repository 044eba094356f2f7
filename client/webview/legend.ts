// The colour scale with its ends and zero.
import { colourAt, css, paletteOf, stepper, STEPS, type ScaleKind, type Theme } from './colours.ts';
import { element } from './elements.ts';
import type { Matrix } from './matrix.ts';
import { shortNumberText } from './numbers.ts';

const WIDTH = 260;
const HEIGHT = 12;

export function drawLegend(panel: HTMLElement, matrix: Matrix, theme: Theme, scale: ScaleKind): void {
  const { largest, notFinite } = matrix.statistics;
  const palette = paletteOf(theme);
  const canvas = element('canvas', {
    role: 'img',
    'aria-label': `Colours from ${shortNumberText(-largest)} over zero to ${shortNumberText(largest)}`,
  });
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  const stepOf = stepper(largest, scale);
  for (let x = 0; x < WIDTH; x++) {
    if (!context) break;
    const value = Math.abs(x - WIDTH / 2) < 1 ? 0 : ((x - WIDTH / 2) / (WIDTH / 2)) * largest;
    context.fillStyle = css(colourAt(palette, stepOf(value) / STEPS));
    context.fillRect(x, 0, 1, HEIGHT);
  }
  const hatched = notFinite > 0 && element('span', { class: 'hint' }, 'hatched: NaN or infinite');
  const ends = [-largest, 0, largest].map((value) => element('span', {}, shortNumberText(value)));
  panel.replaceChildren(
    ...(largest > 0
      ? [element('div', { class: 'ramp' }, canvas, element('div', { class: 'ends' }, ...ends))]
      : [element('span', { class: 'hint' }, 'all zero')]),
    ...(hatched ? [hatched] : []),
  );
}
