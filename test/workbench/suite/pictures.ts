// The pictures of the README, taken in the workbench (`npm run screenshots`).
import { beforeEach, describe, it } from 'mocha';
import { commands, Selection } from 'vscode';
import { page, panelPage, screenshot, until } from './eyes.ts';
import { closeAll, openFile, problemsOf } from './files.ts';
import { showsResult } from './result.ts';

export function pictures(): void {
  describe('pictures', () => {
    beforeEach(async () => {
      await closeAll();
      await commands.executeCommand('workbench.action.closeSidebar');
      await commands.executeCommand('workbench.action.closePanel');
      await commands.executeCommand('workbench.action.joinAllGroups');
    });

    it('problems: the question, and its answer', async () => {
      await page().setViewportSize({ width: 1000, height: 640 });
      const editor = await openFile('linear_persistent.py');
      await problemsOf(editor.document.uri, 2);
      await page().locator('.codelens-decoration').first().waitFor();
      const at = editor.document.positionAt(editor.document.getText().indexOf('tape.jacobian') + 6);
      await commands.executeCommand('workbench.action.focusActiveEditorGroup');
      editor.selection = new Selection(at, at);
      await commands.executeCommand('editor.action.showHover');
      await until('the reason', async () =>
        (await page().locator('.monaco-hover:not(.hidden)').first().innerText()).includes('does not depend on'),
      );
      await settle();
      await screenshot('problems');
    });

    it('quick fix: the missing watch', async () => {
      await page().setViewportSize({ width: 1000, height: 560 });
      const editor = await openFile('tanh_unwatched.py');
      const [problem] = await problemsOf(editor.document.uri, 1);
      await page().locator('.codelens-decoration').nth(1).waitFor();
      await commands.executeCommand('workbench.action.focusActiveEditorGroup');
      if (problem) editor.selection = new Selection(problem.range.start, problem.range.start);
      await settle();
      await page().keyboard.press('Control+.');
      await page().locator('.action-widget .monaco-list-row.action').first().waitFor();
      await settle();
      await screenshot('quick-fix');
      await page().keyboard.press('Escape');
    });

    it('panel: the Hessian', async () => {
      await page().setViewportSize({ width: 1360, height: 900 });
      const editor = await openFile('tanh_nested.py');
      await problemsOf(editor.document.uri, 0);
      await commands.executeCommand('tapeLens.computeHessian');
      await showsResult();
      await panelPage().locator('canvas.heatmap').focus();
      for (const key of ['ArrowDown', 'ArrowRight', '+', '+', '+', '+', '+', '+']) await page().keyboard.press(key);
      await panelPage()
        .locator('canvas.heatmap')
        .evaluate((canvas: HTMLCanvasElement) => {
          canvas.blur();
          scrollTo(0, 0);
        });
      await settle();
      await screenshot('panel');
    });
  });
}

/** What fades in or slides is there. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 700));
