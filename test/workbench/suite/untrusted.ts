// A workspace that is not trusted: everything that only reads works, and nothing runs until the user trusts it.
import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { commands, workspace } from 'vscode';
import { page, panelPage, screenshot, until } from './eyes.ts';
import { closeAll, codeOf, openFile, problemsOf } from './files.ts';

export function untrusted(): void {
  describe('an untrusted workspace', () => {
    it('shows problems', async () => {
      assert.equal(workspace.isTrusted, false);
      const { document } = await openFile('linear_nested.py');
      assert.deepEqual((await problemsOf(document.uri, 2)).map(codeOf).sort(), ['TL102', 'TL110']);
    });

    it('runs nothing, and says why', async () => {
      await openFile('tanh_nested.py');
      void commands.executeCommand('tapeLens.computeHessian');
      await panelPage().locator('.state.untrusted').waitFor();
      assert.match(await panelPage().locator('main').innerText(), /needs a trusted workspace/);
      await screenshot('untrusted');
    });

    it('computes once the user trusts it', async () => {
      await panelPage().getByRole('button', { name: 'Manage Workspace Trust' }).click();
      const trust = page().locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true });
      await trust.waitFor();
      await screenshot('untrusted-manage');
      await trust.click();
      await until('trust', () => workspace.isTrusted);
      await closeAll();
      await openFile('tanh_nested.py');
      await commands.executeCommand('tapeLens.computeHessian');
      await panelPage().locator('article.result:not(.part)').waitFor({ timeout: 40_000 });
    });
  });
}
