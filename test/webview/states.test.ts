// The page as the editor's panel: every state, what its buttons say to the extension, and messages that are not what they should be.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Subject, ToPage } from '../../client/webview/messages.ts';
import { openPanel, pageParts, pictureOf, startBrowser, type OpenedPanel } from './browser.ts';
import { blocksOfTwo, packBlocks, three, zero, type Example } from './results.ts';

const subject: Subject = { file: 'model.py', uri: 'file:///model.py', line: 14 };
let browser: Browser;
let parts: { script: string; style: string };
let panel: OpenedPanel;

beforeAll(async () => {
  browser = await startBrowser();
  parts = await pageParts();
});
afterAll(async () => {
  await browser?.close();
});
afterEach(async () => {
  await panel.page.context().close();
});

async function shown(message: ToPage): Promise<OpenedPanel> {
  panel = await openPanel(browser, parts);
  await panel.send(message);
  return panel;
}

function resultOf({ result, blocks }: Example): Extract<ToPage, { kind: 'result' }> {
  return {
    kind: 'result',
    subject,
    result,
    reasons: [],
    place: 'model.py, line 14',
    blocks: packBlocks(result, blocks),
    output: 'epoch 1\n',
    warnings: [],
    isPart: false,
  };
}

test('says that it is ready, once', async () => {
  panel = await openPanel(browser, parts);
  expect(await panel.said()).toEqual([{ kind: 'ready' }]);
  expect(panel.troubles).toEqual([]);
});

test('running: stage, count, and a cancel button that keeps the focus while the count goes up', async () => {
  const { page, send, said } = await shown({ kind: 'running', subject, progress: { stage: 'differentiating', done: 3, total: 24 } });
  expect(await page.locator('h1').textContent()).toBe('Computing the Hessian, model.py, line 14');
  expect(await page.locator('[role=status]').textContent()).toBe('Differentiating (3 of 24 directions) …');
  expect(await page.locator('progress').evaluate((bar) => (bar instanceof HTMLProgressElement ? bar.position : -1))).toBeCloseTo(3 / 24);
  await page.getByRole('button', { name: 'Cancel' }).focus();
  await send({ kind: 'running', subject, progress: { stage: 'differentiating', done: 4, total: 24 } });
  await page.keyboard.press('Enter');
  expect(await said()).toContainEqual({ kind: 'cancel' });
  expect(panel.troubles).toEqual([]);
});

test('failed: the error, a link to its line, links in the traceback, what to do next', async () => {
  const { page, said } = await shown({
    kind: 'failed',
    subject,
    error: {
      kind: 'snippet',
      type: 'ValueError',
      message: 'shapes (3,) and (4,) do not fit',
      file: '/home/user/model.py',
      line: 9,
      traceback:
        'Traceback (most recent call last):\n  File "/home/user/model.py", line 9, in <module>\n    y = a + b\nValueError: shapes <(3,)> and (4,) do not fit',
    },
    place: 'model.py, line 9',
    nextStep: 'Mend it.',
    output: 'before\n',
  });
  expect(await page.locator('h1').textContent()).toBe('The program raised an error');
  expect(await page.locator('.message').textContent()).toBe('ValueError: shapes (3,) and (4,) do not fit');
  expect(await page.locator('.next').textContent()).toBe('Mend it.');
  await page.getByRole('button', { name: 'Go to model.py, line 9' }).click();
  await page.locator('.traceback .link').click();
  await page.getByRole('button', { name: 'Compute again' }).click();
  const place = { kind: 'reveal', file: '/home/user/model.py', line: 9 };
  expect((await said()).slice(1)).toEqual([place, place, { kind: 'again' }]);
  expect(await page.locator('.traceback').textContent()).toContain('shapes <(3,)> and');
  expect(panel.troubles).toEqual([]);
});

test.each([
  ['cancelled', { kind: 'cancelled', subject }, 'Cancelled', 'Compute again', { kind: 'again' }],
  [
    'nothing found',
    { kind: 'nothing', subject, message: 'model.py holds no gradient call.' },
    'Nothing to compute',
    'Try again',
    { kind: 'again' },
  ],
  ['untrusted', { kind: 'untrusted', subject }, 'This workspace is not trusted', 'Manage Workspace Trust', { kind: 'manageTrust' }],
  ['restored', { kind: 'idle', subject }, 'Hessian', 'Compute again', { kind: 'again' }],
] as const)('%s', async (_name, message, title, action, sent) => {
  const { page, said } = await shown(message);
  expect(await page.locator('h1').textContent()).toBe(title);
  await page.getByRole('button', { name: action }).click();
  expect(await said()).toContainEqual(sent);
  expect(panel.troubles).toEqual([]);
});

test('a result: links to the line and to the rule, printed text, numbers sent to be saved', async () => {
  const { page, said } = await shown(resultOf(zero));
  await page.getByRole('button', { name: 'model.py, line 14' }).click();
  await page.getByRole('button', { name: 'TL102' }).click();
  await page.getByRole('button', { name: 'NPY' }).click();
  await page.getByRole('button', { name: 'PNG' }).click();
  await expect.poll(async () => (await said()).length, { timeout: 10_000 }).toBe(5);
  const [, reveal, rule, npy, png] = await said();
  expect(reveal).toEqual({ kind: 'reveal', file: null, line: 14 });
  expect(rule).toEqual({ kind: 'rule', code: 'TL102' });
  expect(npy).toMatchObject({ kind: 'save', format: 'npy', name: 'hessian-ys.npy' });
  expect(png?.kind === 'save' && [...png.bytes].slice(1, 4)).toEqual([...Buffer.from('PNG')]);
  expect(npy?.kind === 'save' && npy.bytes.length).toBe(128 + 144 * 4);
  expect(await page.locator('pre').textContent()).toBe('epoch 1\n');
  expect(panel.troubles).toEqual([]);
});

test('a part of a result: says that there is more to come and can be cancelled; what comes leaves the matrix as the user has it', async () => {
  const whole = resultOf(three);
  const { page, send, said } = await shown({ ...whole, isPart: true });
  expect(await page.locator('header [role=status]').textContent()).toContain('still computing');
  expect(await page.locator('.facts').textContent()).toContain('Eigenvaluescomputing …');
  await page.getByRole('button', { name: 'cancel' }).click();
  expect(await said()).toContainEqual({ kind: 'cancel' });
  await page.locator('canvas.heatmap').focus();
  await page.keyboard.press('ArrowRight');
  const selected = await page.locator('.inspector').textContent();
  expect(selected).toContain('row 0, column');
  const eigenvalues = { values: [-0.8, 0, 4.8], isAll: true, condition: null, inertia: null };
  const { blocks: _, ...told } = whole;
  await send({ ...told, kind: 'update', result: { ...whole.result, eigenvalues, notes: ['More is known.'] }, output: 'epoch 2\n' });
  expect(await page.locator('header [role=status]').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'cancel' }).count()).toBe(0);
  expect(await page.locator('.facts').textContent()).toContain('Eigenvalues-0.8 to 4.8');
  expect(await page.locator('.notes').textContent()).toContain('More is known.');
  expect(await page.locator('article > section').evaluateAll((sections) => sections.map(({ className }) => className))).toEqual([
    'answer value',
    'facts',
    'figure',
    'spectrum',
    'notes',
  ]);
  // The selection and the focus are where they were.
  expect(await page.locator('.inspector').textContent()).toBe(selected);
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('heatmap');
  await page.getByRole('button', { name: 'JSON' }).click();
  const saved = (await said()).at(-1);
  expect(saved?.kind === 'save' && JSON.parse(Buffer.from(saved.bytes).toString())).toMatchObject({ eigenvalues });
  expect(panel.troubles).toEqual([]);
});

test('more of a result that the page does not have: it asks for all of it', async () => {
  const { blocks: _, ...told } = resultOf(three);
  const { said } = await shown({ ...told, kind: 'update' });
  expect(await said()).toEqual([{ kind: 'ready' }, { kind: 'ready' }]);
  expect(panel.troubles).toEqual([]);
});

test('follows the theme of the editor when it changes', async () => {
  const { page } = await shown(resultOf(three));
  const cornerColour = async (): Promise<number[]> => {
    const picture = await pictureOf(page);
    return [...picture.at(picture.width - 20, picture.height - 20).slice(0, 3)];
  };
  expect(await cornerColour()).toEqual([255, 255, 255]);
  await page.evaluate(() => document.body.classList.add('vscode-dark'));
  await expect.poll(cornerColour, { timeout: 10_000 }).toEqual([0x16, 0x18, 0x1c]);
  await page.evaluate(() => (document.body.className = 'vscode-high-contrast'));
  await expect.poll(cornerColour, { timeout: 10_000 }).toEqual([0, 0, 0]);
});

test('a message that is not one changes nothing and is told on the console', async () => {
  const { page, send } = await shown(resultOf(three));
  const blocks = packBlocks(blocksOfTwo.result, blocksOfTwo.blocks);
  const wrong: object[] = [
    { kind: 'running', subject },
    { kind: 'result', subject, result: { ...three.result, engine: 'other' }, blocks: null },
    // Blocks of another result.
    { kind: 'result', subject, result: three.result, blocks },
    { kind: 'result', subject, result: three.result, blocks: [[{ kind: 'dense', rows: 3, columns: 3, values: [1, 2, 3] }]] },
    {
      kind: 'result',
      subject,
      result: three.result,
      blocks: [[{ kind: 'coordinates', rows: 3, columns: 3, values: Float32Array.of(1), positions: Int32Array.of(9) }]],
    },
    { kind: 'failed', subject, error: { kind: 'odd', message: 'x' } },
    { kind: 'cancelled' },
    {},
  ];
  for (const message of wrong) await send(message);
  expect(await page.locator('.numbers tbody td').first().textContent()).toBe('4');
  expect(panel.troubles).toHaveLength(wrong.length);
});

test('a result with several reasons shows them all, each with its rule; one of a value that was not meant is a warning', async () => {
  const none = resultOf(zero);
  if (none.kind !== 'result') throw new Error('no result');
  const reasons = [
    { rule: 'TL110', sentence: 'The outer tape `tape1` does not watch `xs`.' },
    { rule: 'TL102', sentence: '`g` does not depend on `xs`.' },
  ];
  const { page, said } = await shown({ ...none, reasons });
  expect(await page.locator('.answer .why').allTextContents()).toEqual([
    'The outer tape tape1 does not watch xs. TL110',
    'g does not depend on xs. TL102',
  ]);
  await page.getByRole('button', { name: 'TL102' }).click();
  expect((await said()).at(-1)).toEqual({ kind: 'rule', code: 'TL102' });
  await panel.page.context().close();
  const value = resultOf(three);
  if (value.kind !== 'result') throw new Error('no result');
  const doubtful = await shown({ ...value, reasons: [{ rule: 'TL502', sentence: 'Its value is wrong.' }] });
  expect(await doubtful.page.locator('.answer').getAttribute('class')).toBe('answer doubtful');
});
