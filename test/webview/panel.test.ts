// The page in a real browser: pixels, numbers, keyboard, inspector, exports, and nothing on the console.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { colourAt, paletteOf, STEPS, stepper, type Theme } from '../../client/webview/colours.ts';
import { openFile, pageParts, pictureOf, plotIn, startBrowser, type Look, type OpenedPage, type Plot } from './browser.ts';
import { blockDiagonal, blocksOfTwo, single, three, zero, type Example } from './results.ts';

let browser: Browser;
let parts: { script: string; style: string };
let opened: OpenedPage | null = null;

beforeAll(async () => {
  browser = await startBrowser();
  parts = await pageParts();
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  const troubles = opened?.troubles ?? [];
  await opened?.page.context().close();
  opened = null;
  expect(troubles).toEqual([]);
});

async function show(example: Example, look: Look = 'light', width = 1000): Promise<Page> {
  opened = await openFile(browser, parts, example.result, example.blocks, { look, width });
  return opened.page;
}

async function plotOf(page: Page, rows: number, columns: number): Promise<Plot> {
  return plotIn(await pictureOf(page), rows, columns);
}

function expected(theme: Theme, value: number, largest: number): number[] {
  return [...colourAt(paletteOf(theme), stepper(largest, 'linear')(value) / STEPS)];
}

function distance(first: readonly number[], second: readonly number[]): number {
  return Math.max(...first.map((channel, index) => Math.abs(channel - (second[index] ?? 0))));
}

describe('colours and numbers', () => {
  test.each(['light', 'dark', 'high-contrast'] as const)('3 × 3 in %s: each cell has the colour of its number', async (look) => {
    const page = await show(three, look);
    const plot = await plotOf(page, 3, 3);
    const numbers = [4, 2, 0, 2, 0, 0, 0, 0, 0];
    for (const [index, value] of numbers.entries()) {
      const colour = plot.colour(Math.floor(index / 3), index % 3);
      expect(distance(colour, expected(look, value, 4)), `cell ${index}, ${value}: ${colour.join()}`).toBeLessThanOrEqual(1);
    }
    const cells = await page.locator('.numbers tbody td').allTextContents();
    expect(cells.map(Number)).toEqual(numbers);
    expect(await page.locator('.numbers thead th').allTextContents()).toEqual(['x[0]', 'x[1]', 'x[2]']);
  });

  test('a single number is written large, with no heatmap', async () => {
    const page = await show(single);
    expect(await page.locator('.single').textContent()).toBe('18');
    expect(await page.locator('canvas.heatmap').count()).toBe(0);
    expect(await page.locator('.truth').textContent()).toContain('second derivative is 18');
  });

  test('a zero Hessian: every cell has the colour of zero, and the page says that TensorFlow gives None, and why', async () => {
    const page = await show(zero);
    const plot = await plotOf(page, 12, 12);
    for (const [row, column] of [
      [0, 0],
      [5, 7],
      [11, 11],
    ] as const)
      expect(plot.colour(row, column)).toEqual([255, 255, 255]);
    const answer = page.locator('.answer');
    expect(await answer.locator('h2').textContent()).toBe('TensorFlow returns None at this call.');
    expect(await answer.textContent()).toContain('it does not depend on xs');
    expect(await answer.locator('.rule').textContent()).toBe('TL102');
    expect(await answer.locator('.truth').textContent()).toBe('The true Hessian is zero: all of its 144 numbers.');
  });

  test('blocks of two variables: names, order of the numbers, NaN hatched, failing check marked', async () => {
    const page = await show(blocksOfTwo);
    const rows = await page
      .locator('.numbers tbody tr')
      .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)));
    expect(rows.map((row) => row[0])).toEqual(
      ['[0, 0]', '[0, 1]', '[1, 0]', '[1, 1]', '[2, 0]', '[2, 1]']
        .map((place) => `dense/kernel:0${place}`)
        .concat(['dense/bias:0[0]', 'dense/bias:0[1]']),
    );
    // Row 2 (kernel[1, 0]): six numbers of the first block's third line, then two of the second block's.
    expect(rows[2]?.slice(1)).toEqual([
      ...Array.from({ length: 6 }, (_, index) => String(Number(Math.fround(Math.sin(12 + index)).toPrecision(6)))),
      '-2',
      'NaN',
    ]);
    expect(rows[7]?.slice(1)).toEqual(['-3', '-3.5', '-4', '-4.5', '-5', '-5.5', '0.25', 'Infinity']);
    const plot = await plotOf(page, 8, 8);
    const hatching = paletteOf('light').notFinite.map((colour) => colour.join());
    expect(hatching).toContain(plot.colour(2, 7).join());
    expect(hatching).toContain(plot.colour(7, 7).join());
    expect(await page.locator('.fact.bad .name').allTextContents()).toEqual(['NaN or infinite', 'Gradient check']);
    expect(await page.locator('.variables tbody tr').count()).toBe(2);
  });
});

describe('2,400 × 2,400', () => {
  test('a single non-zero of 5,760,000 stays visible when everything is seen', async () => {
    const values = new Float32Array(2400 * 2400);
    values[1234 * 2400 + 777] = -3e-6;
    values[10 * 2400 + 2000] = 1;
    const example = blockDiagonal();
    const page = await show({ result: { ...example.result, structure: 'sparse' }, blocks: [[values]] });
    const plot = await plotOf(page, 2400, 2400);
    expect(plot.cellWidth).toBeLessThan(0.5);
    const picture = await pictureOf(page);
    const coloured: { x: number; y: number; isBlue: boolean }[] = [];
    for (let y = Math.ceil(plot.top); y < picture.height - 3; y++) {
      for (let x = Math.ceil(plot.left); x < picture.width - 3; x++) {
        const [red, , blue] = picture.at(x, y);
        if (Math.abs(red - blue) > 5) coloured.push({ x, y, isBlue: blue > red });
      }
    }
    const blue = coloured.filter(({ isBlue }) => isBlue);
    const orange = coloured.filter(({ isBlue }) => !isBlue);
    for (const [spot, row, column] of [
      [blue, 1234, 777],
      [orange, 10, 2000],
    ] as const) {
      expect(spot.length).toBeGreaterThan(0);
      expect(spot.length).toBeLessThanOrEqual(9);
      const [x, y] = [plot.left + column * plot.cellWidth, plot.top + row * plot.cellHeight];
      for (const pixel of spot) expect(Math.max(Math.abs(pixel.x - x), Math.abs(pixel.y - y))).toBeLessThan(3);
    }
  });

  test('blocks along the diagonal and nothing beside them; the next non-zero is found by key', async () => {
    const example = blockDiagonal();
    const page = await show(example);
    const plot = await plotOf(page, 2400, 2400);
    for (let index = 12; index < 2400; index += 240) {
      expect(distance(plot.colour(index, index), [255, 255, 255])).toBeGreaterThan(5);
      expect(plot.colour(index, (index + 1200) % 2400)).toEqual([255, 255, 255]);
    }
    await page.locator('canvas.heatmap').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('n');
    // The row after the first: its first non-zero is in column 0.
    expect(await page.locator('.inspector').textContent()).toContain('row 1, column 0');
    const value = example.blocks[0]?.[0]?.[2400] ?? NaN;
    expect(await page.locator('.inspector .value').textContent()).toContain(String(Number(value.toPrecision(6))));
    expect(await page.locator('.inspector .derivative').textContent()).toBe('∂²ys / ∂xs[0, 1] ∂xs[0, 0]');
  });

  // Whatever else the machine is doing just then may hold it up once.
  test('is painted within a second, and panned without a pause, on whatever machine this is', { retry: 3 }, async () => {
    const page = await show(blockDiagonal());
    const painted = await page.evaluate(() => performance.getEntriesByName('tape-lens-painted')[0]?.duration ?? Infinity);
    expect(painted).toBeLessThan(1000);
    await page.locator('canvas.heatmap').focus();
    await page.keyboard.press('+');
    const box = await page.locator('canvas.heatmap').boundingBox();
    if (!box) throw new Error('no canvas');
    await page.evaluate(() => {
      const times: number[] = [];
      const tick = (time: number): void => {
        times.push(time);
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
      Reflect.set(globalThis, 'frames', times);
    });
    await page.mouse.move(box.x + 400, box.y + 400);
    await page.mouse.down();
    for (let step = 1; step <= 30; step++) await page.mouse.move(box.x + 400 - 3 * step, box.y + 400 - 3 * step);
    await page.mouse.up();
    const gaps = await page.evaluate(() => {
      const times: unknown = Reflect.get(globalThis, 'frames');
      return Array.isArray(times) ? times.slice(1).map((time: number, index) => time - Number(times[index])) : [];
    });
    gaps.sort((first, second) => first - second);
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps[Math.floor(gaps.length / 2)]).toBeLessThan(100);
  });
});

describe('keyboard and mouse', () => {
  test('arrows move the selection, the table and the inspector follow, Escape ends it', async () => {
    const page = await show(three);
    await page.locator('canvas.heatmap').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.inspector').textContent()).toContain('∂²y / ∂x[0] ∂x[0] = 4');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.inspector').textContent()).toContain('∂²y / ∂x[0] ∂x[1] = 2');
    expect(await page.locator('.inspector').textContent()).toContain('mirrored: 2');
    expect(await page.locator('td.marked').textContent()).toBe('2');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await page.locator('.inspector').textContent()).toContain('row 0, column 2');
    await page.keyboard.press('p');
    expect(await page.locator('.inspector').textContent()).toContain('row 0, column 1');
    await page.keyboard.press('Escape');
    expect(await page.locator('.inspector').textContent()).toContain('Select a cell');
    expect(await page.locator('td.marked').count()).toBe(0);
  });

  test('a click selects the cell under it', async () => {
    const page = await show(three);
    const canvas = page.locator('canvas.heatmap');
    const box = await canvas.boundingBox();
    const plot = await plotOf(page, 3, 3);
    if (!box) throw new Error('no canvas');
    await canvas.click({ position: { x: box.width - 2 - 2.5 * plot.cellWidth, y: box.height - 2 - 1.5 * plot.cellWidth } });
    expect(await page.locator('.inspector').textContent()).toContain('row 1, column 0');
  });

  test('zooming in makes cells larger about the selection, and 0 shows everything again', async () => {
    const page = await show(blockDiagonal(4, 24));
    const canvas = page.locator('canvas.heatmap');
    const drawn = (): Promise<string> => canvas.evaluate((element) => (element instanceof HTMLCanvasElement ? element.toDataURL() : ''));
    const whole = await drawn();
    await canvas.focus();
    for (const key of ['+', '+', '+', '+', '+']) await page.keyboard.press(key);
    await page.waitForFunction(() => document.querySelector('canvas.heatmap.zoomed') !== null);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const zoomed = await drawn();
    expect(zoomed).not.toBe(whole);
    await page.keyboard.press('0');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await canvas.getAttribute('class')).toBe('heatmap');
    expect(await drawn()).toBe(whole);
  });

  test('every control is reached with Tab and has a name', async () => {
    const page = await show(blocksOfTwo);
    const names: string[] = [];
    for (let step = 0; step < 14; step++) {
      await page.keyboard.press('Tab');
      names.push(
        await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''),
      );
    }
    for (const name of ['Zoom out', 'Zoom in', 'Whole', 'Colour scale', 'Numbers', 'CSV', 'NPY', 'JSON', 'PNG', 'Numbers of the Hessian'])
      expect(names).toContain(name);
    expect(names.some((name) => name.startsWith('Heatmap of the Hessian: 8 rows, 8 columns, dense.'))).toBe(true);
  });

  test('the numbers of a large matrix: hidden at first, shown part by part, the part follows the selection', async () => {
    const page = await show(blockDiagonal(4, 24));
    expect(await page.locator('.numbers').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Numbers', exact: true }).click();
    expect(await page.locator('.numbers .hint').textContent()).toBe('Rows 0 to 23 of 96, columns 0 to 11 of 96');
    await page.getByRole('button', { name: 'Rows below' }).click();
    expect(await page.locator('.numbers tbody th').first().textContent()).toBe('xs[1, 0]');
    await page.locator('canvas.heatmap').focus();
    for (const key of ['Home', 'End', 'PageDown']) await page.keyboard.press(key);
    expect(await page.locator('.numbers .hint').textContent()).toBe('Rows 72 to 95 of 96, columns 84 to 95 of 96');
    expect(await page.locator('td.marked').count()).toBe(1);
  });
});

describe('a file of its own', () => {
  test('fits a narrow window without a bar to scroll sideways', async () => {
    const page = await show(blocksOfTwo, 'dark', 420);
    const { room, needed } = await page.evaluate(() => ({ room: innerWidth, needed: document.documentElement.scrollWidth }));
    expect(needed).toBeLessThanOrEqual(room);
  });

  test('exports are downloads whose numbers are the ones shown', async () => {
    const page = await show(three);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('hessian-y.csv');
    const stream = await file.createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toBe(',x[0],x[1],x[2]\nx[0],4,2,0\nx[1],2,0,0\nx[2],0,0,0\n');
  });

  test('text from the program is shown as text', async () => {
    const hostile = '</script><img src=x onerror=alert(1)><b>bold</b>';
    const page = await show({ ...single, result: { ...single.result, target: { name: hostile, shape: [] }, notes: [hostile] } });
    expect(await page.locator('h1').textContent()).toContain(hostile);
    expect(await page.locator('.notes li').textContent()).toBe(hostile);
    expect(await page.locator('img, b').count()).toBe(0);
  });

  test('a Hessian too large to hold: eigenvalues in place of the map', async () => {
    opened = await openFile(
      browser,
      parts,
      {
        ...single.result,
        spectrum: {
          smallest: [-0.5, -0.25],
          largest: [3, 4],
          density: [
            { at: -0.5, weight: 0.2 },
            { at: 3, weight: 0.8 },
          ],
        },
      },
      null,
    );
    const { page } = opened;
    expect(await page.locator('canvas').count()).toBe(0);
    expect(await page.locator('.spectrum').textContent()).toContain('indefinite');
    expect(await page.locator('.truth').textContent()).toContain('too large to hold');
    expect(await page.locator('.density li').count()).toBe(2);
  });
});

describe('eigenvalues', () => {
  const values = [-2, -1, 0, 0, 1, 4];
  const eigenvalues = { values, isAll: true, condition: null, inertia: { positive: 2, negative: 2, zero: 2, tolerance: 1e-6 } };

  test('are plotted in order about zero, and told as numbers', async () => {
    const page = await show({ ...three, result: { ...three.result, eigenvalues } });
    const bars = await page.locator('canvas.eigenvalues').evaluate((canvas: HTMLCanvasElement) => {
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      const found: { x: number; y: number; isBlue: boolean }[] = [];
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const [red = 0, , blue = 0, alpha = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
          if (alpha === 255 && Math.abs(red - blue) > 40) found.push({ x, y, isBlue: blue > red });
        }
      return found;
    });
    const blue = bars.filter(({ isBlue }) => isBlue);
    const orange = bars.filter(({ isBlue }) => !isBlue);
    const [lowest, highest] = [Math.max(...blue.map(({ y }) => y)), Math.min(...orange.map(({ y }) => y))];
    expect(Math.max(...blue.map(({ x }) => x))).toBeLessThan(Math.min(...orange.map(({ x }) => x)));
    // Twice as far above zero as below.
    const zeroLine = Math.min(...blue.map(({ y }) => y));
    expect((zeroLine - highest) / (lowest - zeroLine)).toBeCloseTo(2, 0);
    expect(await page.locator('.spectrum summary').textContent()).toBe('The 6 numbers');
    expect((await page.locator('.spectrum pre').textContent())?.split('\n')).toEqual(['-2', '-1', '0', '0', '1', '4']);
    expect(await page.locator('.facts').textContent()).toContain('2 +, 2 −, 2 zero');
  });
});
