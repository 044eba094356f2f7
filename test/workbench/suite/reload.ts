// A reload of the window: the panel comes back, says that nothing runs by itself, and computes again when asked to.
// The suite itself is started anew by the reload; a file tells the second time from the first.
import { strict as assert } from 'node:assert';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commands } from 'vscode';
import { page, panelPage, screenshot, texts, until } from './eyes.ts';
import { openFile } from './files.ts';
import { showsResult } from './result.ts';
import { session } from './session.ts';

const reloaded = join(session.output, 'reloaded');

/** Before the first reload: shows a panel and reloads. Never comes back from that. */
export async function reloadOnce(): Promise<void> {
  if (existsSync(reloaded)) return;
  await openFile('known.py');
  await commands.executeCommand('tapeLens.computeHessian');
  await showsResult();
  writeFileSync(reloaded, '');
  // Long enough for the editor to store which panels are open.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await page().reload();
  await new Promise(() => {});
}

export function reload(): void {
  describe('after a reload', () => {
    it('the panel is back, runs nothing by itself, and computes when asked to', async () => {
      await panelPage().locator('.state.idle').waitFor();
      assert.match(await panelPage().locator('main').innerText(), /known\.py.*nothing runs by itself/);
      await screenshot('reloaded');
      await panelPage().getByRole('button', { name: 'Compute again' }).click();
      await showsResult();
      await until('the numbers', async () => (await panelPage().locator('.numbers tbody td').count()) === 4);
      assert.deepEqual(await texts(panelPage().locator('.numbers tbody td')), ['6', '4', '4', '18']);
    });
  });
}
