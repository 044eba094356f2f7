// Engines: the workspace's tfjs-node, asked for once; choosing another; beginning an installation and cancelling it.
import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import { commands, workspace } from 'vscode';
import { choose, page, panelPage, screenshot, texts, until } from './eyes.ts';
import { closeAll, openFile } from './files.ts';
import { coloured, factsShown, showsResult } from './result.ts';

const question = () => page().locator('.notification-toast', { hasText: 'Run programs on' });

export function engines(): void {
  describe('engines', () => {
    beforeEach(closeAll);

    it("the workspace's tfjs-node: asked once, then tanh_nested.py is computed on it, pixels and numbers", async () => {
      await openFile('tanh_nested.py');
      void commands.executeCommand('tapeLens.computeHessian');
      await question().waitFor();
      assert.match(await question().innerText(), /Run programs on tfjs-node 4\.22\.0 of this workspace\?/);
      await screenshot('engine-asked');
      assert.match(await panelPage().locator('.state.running').innerText(), /waiting for the answer/);
      await question().getByRole('button', { name: 'Use tfjs-node' }).click();
      await showsResult();
      const facts = await factsShown();
      assert.equal(facts.get('Engine'), 'tfjs-node');
      assert.equal(facts.get('Sandbox'), 'weaker');
      assert.equal(facts.get('Structure'), 'block-diagonal');
      for (const check of ['Asymmetry', 'Gradient check', 'Hessian check']) assert.match(facts.get(check) ?? '', /^✓/, check);
      const { onDiagonal, offDiagonal } = await coloured();
      assert.ok(onDiagonal > 0.9, `${onDiagonal} of the diagonal is coloured`);
      assert.ok(offDiagonal < 0.001, `${offDiagonal} beside it is coloured`);
      await screenshot('panel-node');
    });

    it('known.py on tfjs-node, without being asked again: 6, 4, 4 and 18', async () => {
      await openFile('known.py');
      await commands.executeCommand('tapeLens.computeHessian');
      await showsResult();
      assert.equal(await question().count(), 0);
      assert.equal((await factsShown()).get('Engine'), 'tfjs-node');
      assert.deepEqual(await texts(panelPage().locator('.numbers tbody td')), ['6', '4', '4', '18']);
    });

    it('Select Engine tells what there is, and what is chosen is used', async () => {
      await openFile('known.py');
      await choose('Tape Lens: Select Engine');
      const rows = page().locator('.quick-input-list .monaco-list-row');
      await rows.filter({ hasText: 'Embedded, WebAssembly' }).waitFor();
      const listed = await texts(rows);
      assert.match(listed[0] ?? '', /Automatic.*now tfjs-node 4\.22\.0 of this workspace/);
      assert.match(listed[1] ?? '', /tfjs-node.*4\.22\.0 of this workspace/);
      await screenshot('engine-select');
      await rows.filter({ hasText: 'Embedded, WebAssembly' }).click();
      await until('the setting', () => workspace.getConfiguration('tapeLens').get('engine') === 'wasm');
      await commands.executeCommand('tapeLens.computeHessian');
      await showsResult();
      await until('the embedded engine', async () => (await factsShown()).get('Engine') === 'embedded, WebAssembly');
      assert.equal((await factsShown()).get('Sandbox'), undefined);
    });

    it('Install tfjs-node shows what it does, and can be cancelled without a trace', async () => {
      await choose('Tape Lens: Install tfjs-node');
      const toast = page().locator('.notification-toast', { hasText: 'Installing tfjs-node' });
      await until('its first step', async () => (await toast.innerText()).includes('Installing @tensorflow/tfjs-node 4.22.0'));
      await screenshot('engine-install');
      await toast.hover();
      await toast.getByRole('button', { name: 'Cancel' }).click();
      await toast.waitFor({ state: 'hidden' });
      const stored = join(homedir(), '..', 'data', 'User', 'globalStorage', 'tape-lens.tape-lens', 'engines', 'tfjs-node');
      await until('nothing half done', () => !existsSync(`${stored}.making`) && !existsSync(stored));
    });
  });
}
