// TensorFlow.js in the editor: problems and Hessians of JavaScript and TypeScript.
import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import { commands } from 'vscode';
import { page, panelPage, screenshot } from './eyes.ts';
import { closeAll, codeOf, openFile, problemsOf } from './files.ts';
import { factsShown, showsResult } from './result.ts';

export function scripts(): void {
  describe('TensorFlow.js', () => {
    beforeEach(closeAll);

    it('cubic.ts: no problem, and its second derivative is 18', async () => {
      const { document } = await openFile('cubic.ts');
      await problemsOf(document.uri, 0);
      // The second is over the call of the second derivative.
      await page().locator('.codelens-decoration a', { hasText: 'Compute Hessian of f wrt x' }).nth(1).click();
      await showsResult();
      assert.match(await panelPage().locator('.place').innerText(), /cubic\.ts, line 12/);
      assert.equal(await panelPage().locator('.single').innerText(), '18');
      assert.match(await panelPage().locator('.answer').innerText(), /TensorFlow\.js returns a value at this call/);
      for (const check of ['Gradient check', 'Hessian check']) assert.match((await factsShown()).get(check) ?? '', /^✓/, check);
      await screenshot('script');
    });

    it('xtanh.js: the wrong second derivative of TensorFlow.js is marked, and the true one is shown', async () => {
      const { document } = await openFile('xtanh.js');
      assert.deepEqual((await problemsOf(document.uri, 1)).map(codeOf), ['TL502']);
      await page().locator('.squiggly-error, .squiggly-warning').first().waitFor();
      await commands.executeCommand('tapeLens.computeHessian');
      await showsResult();
      assert.equal(await panelPage().locator('.single').innerText(), '0.732417');
      assert.match(await panelPage().locator('.answer').innerText(), /1\.2695 is wrong/);
      await screenshot('script-wrong');
    });
  });
}
