// The Hessian panel: from the command to the painted numbers, and every way that a computation can end.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, it } from 'mocha';
import { commands, window, workspace } from 'vscode';
import { choose, page, panelPage, screenshot, texts, until } from './eyes.ts';
import { closeAll, fileUri, openFile, problemsOf } from './files.ts';
import { figure } from './figures.ts';
import { coloured, factsShown, pixelOffDiagonal, showsResult } from './result.ts';
import { say } from './session.ts';

const COMMAND = 'tapeLens.computeHessian';

export function panel(): void {
  describe('the Hessian panel', () => {
    beforeEach(closeAll);

    for (const [engine, shown] of [
      ['wasm', 'embedded, WebAssembly'],
      ['cpu', 'embedded, JavaScript'],
    ] as const) {
      it(`tanh_nested.py from the palette: pixels and numbers, engine ${engine}`, async () => {
        await workspace.getConfiguration('tapeLens').update('engine', engine);
        await openFile('tanh_nested.py');
        await choose('Tape Lens: Compute Hessian');
        await showsResult();
        const facts = await factsShown();
        assert.equal(facts.get('Engine'), shown);
        assert.equal(facts.get('Structure'), 'block-diagonal');
        assert.equal(facts.get('Directions'), '24 for 2,400 columns');
        for (const check of ['Asymmetry', 'Gradient check', 'Hessian check']) assert.match(facts.get(check) ?? '', /^✓/, check);
        assert.match(await panelPage().locator('.truth').innerText(), /57,600 of its 5,760,000 numbers are not zero/);
        const { onDiagonal, offDiagonal } = await coloured();
        assert.ok(onDiagonal > 0.9, `${onDiagonal} of the diagonal is coloured`);
        assert.ok(offDiagonal < 0.001, `${offDiagonal} beside it is coloured`);
        await screenshot(`panel-${engine}`);
        await workspace.getConfiguration('tapeLens').update('engine', undefined);
      });
    }

    it('known.py: the numbers are 6, 4, 4 and 18', async () => {
      await openFile('known.py');
      await commands.executeCommand(COMMAND);
      await showsResult();
      await until('four numbers', async () => (await panelPage().locator('.numbers tbody td').count()) === 4);
      assert.deepEqual(await texts(panelPage().locator('.numbers tbody td')), ['6', '4', '4', '18']);
      await panelPage().locator('canvas.heatmap').focus();
      await page().keyboard.press('ArrowDown');
      await page().keyboard.press('ArrowRight');
      assert.match(await panelPage().locator('.inspector').innerText(), /∂²y \/ ∂x\[0\] ∂x\[1\]\s*= 4/);
      await screenshot('panel-known');
    });

    it('dense.py: the matrix is there before its 900 eigenvalues, which take longer', async () => {
      await openFile('dense.py');
      await commands.executeCommand(COMMAND);
      await showsResult();
      // The page takes its time to come up; the second time it is there.
      const computing = commands.executeCommand(COMMAND);
      await until(
        'the matrix with more to come',
        async () => (await panelPage().locator('article.result.part canvas.heatmap').count()) === 1,
      );
      await screenshot('panel-part');
      await computing;
      await showsResult();
      const facts = await factsShown();
      assert.match(facts.get('Eigenvalues') ?? '', /^-?[\d.]+ to [\d.]+$/);
      assert.equal(await panelPage().locator('header [role=status]').count(), 0);
      await screenshot('panel-whole');
    });

    it('linear_nested.py: TensorFlow returns None, and why; the true Hessian is zero', async () => {
      const { document } = await openFile('linear_nested.py');
      await problemsOf(document.uri, 2);
      await commands.executeCommand(COMMAND);
      await showsResult();
      const answer = await panelPage().locator('.answer').innerText();
      assert.match(answer, /TensorFlow returns None at this call/);
      assert.match(answer, /The outer tape tape1 does not watch xs\. TL110/);
      assert.match(answer, /g does not depend on xs\. TL102/);
      assert.match(answer, /The true Hessian is zero/);
      await screenshot('panel-none');
    });

    it('warm, tanh_nested.py is painted soon after the command: how soon is told', async () => {
      await openFile('tanh_nested.py');
      const times: number[] = [];
      for (let round = 0; round < 6; round++) {
        const began = Date.now();
        await commands.executeCommand(COMMAND);
        const painted = await until('the page painted anew', async () => {
          const at = await paintedAt();
          return at > began ? at : null;
        });
        times.push(painted - began);
      }
      say(`  from command to paint, each: ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
      const warm = times.slice(1).sort((first, second) => first - second);
      figure('from command to painted panel, warm, tanh_nested.py (median)', warm[Math.floor(warm.length / 2)] ?? Infinity, 300);
    });

    it('a long computation shows its progress, and is cancelled from the panel', async () => {
      await openFile('endless.py');
      void commands.executeCommand(COMMAND);
      await panelPage().locator('.state.running').waitFor();
      await page().locator('.notification-toast', { hasText: 'Computing the Hessian in endless.py' }).waitFor();
      await until('the program running', async () =>
        (await panelPage().locator('.state.running').innerText()).includes('Running the program'),
      );
      await screenshot('panel-running');
      await panelPage().getByRole('button', { name: 'Cancel' }).click();
      await panelPage().locator('.state.cancelled').waitFor();
      await screenshot('panel-cancelled');
    });

    it('and from the notification', async () => {
      await openFile('endless.py');
      void commands.executeCommand(COMMAND);
      const toast = page().locator('.notification-toast', { hasText: 'Computing the Hessian in endless.py' });
      await toast.hover();
      await toast.getByRole('button', { name: 'Cancel' }).click();
      await panelPage().locator('.state.cancelled').waitFor();
    });

    it('failing.py: the error, its traceback, and a link that goes to its line', async () => {
      await openFile('failing.py');
      await commands.executeCommand(COMMAND);
      await panelPage().locator('.state.failed').waitFor();
      assert.match(await panelPage().locator('.message').innerText(), /InvalidArgumentError: Input to reshape/);
      assert.match(await panelPage().locator('.traceback').innerText(), /line 11[\s\S]*line 6, in load/);
      await screenshot('panel-failed');
      await panelPage().getByRole('button', { name: 'Go to failing.py, line 6' }).click();
      await until('the cursor at line 6', () => window.activeTextEditor?.selection.active.line === 5);
    });

    it('plain.py: nothing to compute', async () => {
      await openFile('plain.py');
      await commands.executeCommand(COMMAND);
      await panelPage().locator('.state.nothing, .state.failed').waitFor();
      assert.match(await panelPage().locator('main').innerText(), /holds no gradient call/);
      await screenshot('panel-nothing');
    });

    it('every theme has its own colours, and follows a change', async () => {
      await openFile('tanh_nested.py');
      await commands.executeCommand(COMMAND);
      await showsResult();
      const theme = workspace.getConfiguration('workbench').get<string>('colorTheme');
      for (const [name, kind, zero] of [
        ['Default Light Modern', 'vscode-light', [255, 255, 255]],
        ['Default High Contrast', 'vscode-high-contrast', [0, 0, 0]],
        ['Default High Contrast Light', 'vscode-high-contrast-light', [255, 255, 255]],
        ['Default Dark Modern', 'vscode-dark', [22, 24, 28]],
      ] as const) {
        await workspace.getConfiguration('workbench').update('colorTheme', name, true);
        await panelPage().locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
        await until(`the zero of ${name}`, async () => (await pixelOffDiagonal()).join() === zero.join());
        assert.ok((await coloured()).onDiagonal > 0.9, name);
        await screenshot(`panel-${kind}`);
      }
      await workspace.getConfiguration('workbench').update('colorTheme', theme, true);
    });

    it('CSV is saved where the user says', async () => {
      await openFile('known.py');
      await commands.executeCommand(COMMAND);
      await showsResult();
      await panelPage().getByRole('button', { name: 'CSV' }).click();
      const target = fileUri('saved.csv');
      const place = page().locator('.quick-input-widget input').first();
      // The dialog proposes a name when it is ready to, and would overwrite what was typed before.
      await until('the name proposed', async () => (await place.inputValue()).endsWith('hessian-y.csv'));
      await place.fill(target.fsPath);
      await place.press('Enter');
      await until('the file', () => existsSync(target.fsPath));
      await until('its numbers', () => readFileSync(target.fsPath, 'utf8') === ',x[0],x[1]\nx[0],6,4\nx[1],4,18\n');
    });

    it('a rule in the panel opens its page', async () => {
      const { document } = await openFile('linear_nested.py');
      await problemsOf(document.uri, 2);
      await commands.executeCommand(COMMAND);
      await showsResult();
      await panelPage().getByRole('button', { name: 'TL110' }).click();
      await until('the page of TL110', () => window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('TL110'))));
      const preview = page().frameLocator('iframe.webview.ready[src*="markdown-language-features"]').frameLocator('#active-frame');
      await preview.locator('h1', { hasText: 'TL110' }).waitFor();
      await screenshot('rule');
    });
  });
}

/** When the last result was on the screen, in milliseconds since 1970; 0 before any. */
function paintedAt(): Promise<number> {
  return panelPage()
    .locator('body')
    .evaluate(() => {
      const last = performance.getEntriesByName('tape-lens-presented').at(-1);
      return last ? performance.timeOrigin + last.startTime : 0;
    });
}
