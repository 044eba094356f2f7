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
  await until('the panel in what the window keeps', keepsPanel, 60_000);
  await page().reload();
  await new Promise(() => {});
}

/** Whether the window has stored the panel, with what it is about. In a browser it keeps such things in IndexedDB, some seconds after they change. */
function keepsPanel(): Promise<boolean> {
  return page().evaluate(async () => {
    const databases = await indexedDB.databases();
    const stored = await Promise.all(
      databases.map(
        ({ name = '' }) =>
          new Promise<boolean>((resolve) => {
            const opening = indexedDB.open(name);
            opening.onerror = () => resolve(false);
            opening.onsuccess = () => {
              const database = opening.result;
              const finish = (isKept: boolean): void => {
                database.close();
                resolve(isKept);
              };
              if (!database.objectStoreNames.contains('ItemTable')) return finish(false);
              const reading = database.transaction('ItemTable').objectStore('ItemTable').get('memento/workbench.parts.editor');
              reading.onerror = () => finish(false);
              reading.onsuccess = () => finish(/tapeLens\.hessian.*subject.*known\.py/s.test(String(reading.result)));
            };
          }),
      ),
    );
    return stored.includes(true);
  });
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
