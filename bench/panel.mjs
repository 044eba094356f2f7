// The Hessian panel in a real browser: how long a 2,400 × 2,400 matrix takes to paint, and how many frames a second it is panned at.
//   node bench/panel.mjs          needs a build (npm run build) and Chromium
import { build } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const CHROMIUM = '/usr/bin/chromium';
const ROUNDS = 9;
const ADDRESS = 'http://panel.invalid/';

/** Rows for the table: `{ what, times, bar }`, milliseconds. Null where there is no browser. */
export async function measurePanel() {
  if (!fs.existsSync(CHROMIUM)) return null;
  const { chromium } = await import('playwright-core');
  const html = await panelHtml();
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--headless'],
    headless: true,
  });
  try {
    const rows = [];
    for (const kind of ['block-diagonal', 'dense']) {
      const painted = [];
      let gaps = [];
      for (let round = 0; round < ROUNDS; round++) {
        const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
        await page.route('**/*', (route) =>
          route.request().url() === ADDRESS ? route.fulfill({ body: html, contentType: 'text/html' }) : route.abort(),
        );
        await page.goto(ADDRESS);
        await page.evaluate(sendMatrix, { kind, size: 2400, block: 24 });
        await page.locator('canvas.heatmap').waitFor();
        painted.push(await page.evaluate(() => performance.getEntriesByName('tape-lens-painted')[0].duration));
        if (round === ROUNDS - 1) gaps = await pan(page);
        await page.close();
      }
      rows.push({ what: `panel: a ${kind} 2400 × 2400 received to painted`, times: painted, bar: 150 });
      rows.push({ what: `panel: from frame to frame while panning it, ${kind}`, times: gaps, bar: 1000 / 30 });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function panelHtml() {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-panel-'));
  await build({
    entryPoints: [path.join(root, 'client/webview/page.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: path.join(scratch, 'page.mjs'),
    logLevel: 'error',
  });
  const { renderPanel } = await import(pathToFileURL(path.join(scratch, 'page.mjs')).href);
  fs.rmSync(scratch, { recursive: true, force: true });
  const read = (name) => fs.readFileSync(path.join(root, 'dist', 'webview', name), 'utf8');
  const editor = 'globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });';
  return renderPanel('Hessian', editor + read('panel.js'), read('panel.css'));
}

/** In the page: what the extension would send. */
function sendMatrix({ kind, size, block }) {
  const variable = { name: 'xs', shape: [size / block, block] };
  const random = () => Math.random() * 2 - 1;
  let packed;
  if (kind === 'dense') packed = { kind, rows: size, columns: size, values: Float32Array.from({ length: size * size }, random) };
  else {
    const positions = new Int32Array(size * block);
    for (let i = 0; i < size; i++) for (let j = 0; j < block; j++) positions[i * block + j] = i * size + Math.floor(i / block) * block + j;
    packed = { kind: 'coordinates', rows: size, columns: size, positions, values: Float32Array.from(positions, random) };
  }
  const result = {
    version: 1,
    engine: 'wasm',
    engineReason: '',
    weakness: null,
    call: { line: 1, column: 1 },
    target: { name: 'ys', shape: [] },
    rows: [variable],
    columns: [variable],
    structure: kind,
    tensorflow: { outcome: 'value', rule: null, reason: null },
    notes: [],
    checks: { asymmetry: 0, gradient: 0, hessian: 0 },
    directions: block,
    milliseconds: {},
  };
  const message = {
    kind: 'result',
    subject: { file: 'a.py', uri: 'file:///a.py', line: 1 },
    result,
    place: 'a.py, line 1',
    blocks: [[packed]],
    output: '',
    warnings: [],
  };
  globalThis.dispatchEvent(new globalThis.MessageEvent('message', { data: message }));
}

/** Milliseconds between frames while the map is dragged. */
async function pan(page) {
  await page.locator('canvas.heatmap').focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  const box = await page.locator('canvas.heatmap').boundingBox();
  await page.mouse.move(box.x + 400, box.y + 400);
  await page.mouse.down();
  await page.evaluate(() => {
    globalThis.frames_ = [];
    const tick = (time) => {
      globalThis.frames_.push(time);
      globalThis.requestAnimationFrame(tick);
    };
    globalThis.requestAnimationFrame(tick);
  });
  for (let step = 1; step <= 90; step++) await page.mouse.move(box.x + 400 - 2 * step, box.y + 400 - 2 * step);
  await page.mouse.up();
  const times = await page.evaluate(() => globalThis.frames_);
  return times.slice(1).map((time, index) => time - times[index]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { what, times, bar } of (await measurePanel()) ?? []) {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
    console.log(`${what}: median ${at(0.5)}, 90 % ${at(0.9)}, of ${sorted.length} (at most ${bar.toFixed(0)})`);
  }
}
