// A reload of the window: the panel comes back, says that nothing runs by itself, and computes again when asked to.
// The suite itself is started anew by the reload; a file tells the second time from the first.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { commands } from 'vscode';
import { page, panelPage, screenshot, texts, until } from './eyes.ts';
import { openFile } from './files.ts';
import { showsResult } from './result.ts';
import { say, session } from './session.ts';

const reloaded = join(session.output, 'reloaded');
/** On a busy machine the window of a browser has come back without its panel, and why is not known: it is tried so often, and told. */
const MOST = 3;
const timesReloaded = (): number => (existsSync(reloaded) ? Number(readFileSync(reloaded, 'utf8')) : 0);

/** Before the first reload: shows a panel and reloads. Never comes back from that. */
export async function reloadOnce(): Promise<void> {
  if (timesReloaded() === 0) await reloadWithPanel();
}

async function reloadWithPanel(): Promise<void> {
  await openFile('known.py');
  await commands.executeCommand('tapeLens.computeHessian');
  await showsResult();
  writeFileSync(reloaded, String(timesReloaded() + 1));
  await until('the panel in what the window keeps', keepsPanel, 60_000);
  await page().reload();
  await new Promise(() => {});
}

/** Whether the window has stored that the panel is open. In a browser it keeps such things in IndexedDB, some seconds after they change. */
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
              reading.onsuccess = () => finish(String(reading.result).includes('tapeLens.hessian'));
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
      await panelPage()
        .locator('.state.idle')
        .waitFor()
        .catch((error: unknown) => {
          if (timesReloaded() === MOST) throw error;
          return reloadWithPanel();
        });
      assert.match(await panelPage().locator('main').innerText(), /known\.py.*nothing runs by itself/);
      say(`  reloads until the panel was back: ${timesReloaded()}`);
      await screenshot('reloaded');
      await panelPage().getByRole('button', { name: 'Compute again' }).click();
      await showsResult();
      await until('the numbers', async () => (await panelPage().locator('.numbers tbody td').count()) === 4);
      assert.deepEqual(await texts(panelPage().locator('.numbers tbody td')), ['6', '4', '4', '18']);
    });
  });
}
