// A real browser for the page: one Chromium for all tests of a file, and what went wrong on each page.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { renderPage, renderPanel } from '../../client/webview/page.ts';
import type { FromPage, ToPage } from '../../client/webview/messages.ts';
import type { Block, HessianResult } from '../../runtime/src/host/protocol.ts';
import { packBlocks } from './results.ts';

const root = join(import.meta.dirname, '..', '..');
const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function startBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`These tests need Chromium. Install it with: apt-get update && apt-get install -y --no-install-recommends chromium`);
  }
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, headless: true });
}

/** The page's script and style, built from the sources as they are now. */
export async function pageParts(): Promise<{ script: string; style: string }> {
  const built = await build({
    entryPoints: [join(root, 'client/webview/panel.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome120',
    write: false,
  });
  return { script: built.outputFiles[0]?.text ?? '', style: readFileSync(join(root, 'client/webview/panel.css'), 'utf8') };
}

export type Look = 'light' | 'dark' | 'high-contrast';

export interface OpenedPage {
  readonly page: Page;
  /** Errors on the console, exceptions, and requests for anything but the page itself. */
  readonly troubles: string[];
}

const ADDRESS = 'http://panel.invalid/';

async function open(browser: Browser, html: string, look: Look, width: number): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: look === 'light' ? 'light' : 'dark',
    contrast: look === 'high-contrast' ? 'more' : 'no-preference',
    deviceScaleFactor: 1,
  });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  await page.route('**/*', (route) => {
    if (route.request().url() === ADDRESS) return route.fulfill({ body: html, contentType: 'text/html' });
    if (!route.request().url().endsWith('/favicon.ico')) troubles.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(ADDRESS);
  return { page, troubles };
}

/** The page as a file of its own. */
export async function openFile(
  browser: Browser,
  parts: { script: string; style: string },
  result: HessianResult,
  blocks: readonly (readonly Block[])[] | null,
  { look = 'light', width = 1000 }: { look?: Look; width?: number } = {},
): Promise<OpenedPage> {
  return open(browser, renderPage(result, blocks && packBlocks(result, blocks), parts.script, parts.style), look, width);
}

export interface OpenedPanel extends OpenedPage {
  /** What the extension would send. */
  send(message: ToPage | object): Promise<void>;
  /** What the page has said since it was opened; bytes as a list. */
  said(): Promise<FromPage[]>;
}

/** The page as a panel of the editor, with a stand-in for the editor's side. */
export async function openPanel(
  browser: Browser,
  parts: { script: string; style: string },
  { look = 'light', width = 1000 }: { look?: Look; width?: number } = {},
): Promise<OpenedPanel> {
  const stub = `globalThis.said = []; globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => said.push(message), getState: () => globalThis.kept, setState: (state) => { globalThis.kept = state; } });`;
  const html = renderPanel('Hessian', `${stub}${parts.script}`, parts.style);
  const opened = await open(browser, html, look, width);
  return {
    ...opened,
    send: (message) =>
      opened.page.evaluate(
        (serialised) => {
          const revive = (_key: string, value: unknown): unknown => {
            if (
              typeof value !== 'object' ||
              value === null ||
              !('typed' in value) ||
              !('numbers' in value) ||
              !Array.isArray(value.numbers)
            )
              return value;
            if (value.typed === 'Int32Array') return Int32Array.from(value.numbers);
            return value.typed === 'Float64Array' ? Float64Array.from(value.numbers) : Float32Array.from(value.numbers);
          };
          dispatchEvent(new MessageEvent('message', { data: JSON.parse(serialised, revive) }));
        },
        JSON.stringify(message, writeArrays),
      ),
    said: () =>
      opened.page.evaluate(() => {
        const said: unknown = Reflect.get(globalThis, 'said');
        const plain = (message: object): object =>
          Object.fromEntries(Object.entries(message).map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]));
        return Array.isArray(said) ? said.map(plain) : [];
      }) as Promise<FromPage[]>,
  };
}

function writeArrays(_key: string, value: unknown): unknown {
  return value instanceof Float32Array || value instanceof Float64Array || value instanceof Int32Array
    ? { typed: value.constructor.name, numbers: [...value] }
    : value;
}

/** The heatmap's pixels, as they are now. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity. */
  at(x: number, y: number): readonly [number, number, number, number];
}

export async function pictureOf(page: Page): Promise<Picture> {
  const { width, height, text } = await page.locator('canvas.heatmap').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no heatmap');
    const copy = document.createElement('canvas');
    copy.width = canvas.width;
    copy.height = canvas.height;
    const context = copy.getContext('2d', { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const bytes = context?.getImageData(0, 0, copy.width, copy.height).data ?? new Uint8ClampedArray();
    const parts: string[] = [];
    for (let start = 0; start < bytes.length; start += 30_000) parts.push(String.fromCharCode(...bytes.subarray(start, start + 30_000)));
    return { width: copy.width, height: copy.height, text: btoa(parts.join('')) };
  });
  const bytes = Buffer.from(text, 'base64');
  return {
    width,
    height,
    at: (x, y) => {
      const index = (y * width + x) * 4;
      return [bytes[index] ?? 0, bytes[index + 1] ?? 0, bytes[index + 2] ?? 0, bytes[index + 3] ?? 0];
    },
  };
}

export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Red, green and blue a quarter into the cell: beside the number in its middle and the line at its edge. */
  colour(row: number, column: number): number[];
}

/** Where the cells of a heatmap that shows everything are: the plot ends two pixels before the picture does, and is filled without a gap. */
export function plotIn(picture: Picture, rows: number, columns: number): Plot {
  const right = picture.width - 2;
  const bottom = picture.height - 2;
  const isFilled = (x: number, y: number): boolean => picture.at(x, y)[3] === 255;
  let left = right - 3;
  while (left > 0 && isFilled(left - 1, bottom - 3)) left--;
  let top = bottom - 3;
  while (top > 0 && isFilled(right - 3, top - 1)) top--;
  const cellWidth = (right - left) / columns;
  const cellHeight = (bottom - top) / rows;
  return {
    left,
    top,
    cellWidth,
    cellHeight,
    colour: (row, column) => [
      ...picture.at(Math.round(left + (column + 0.25) * cellWidth), Math.round(top + (row + 0.25) * cellHeight)).slice(0, 3),
    ],
  };
}
