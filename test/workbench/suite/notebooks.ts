// Notebooks: the cells are one program, in order.
import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import { commands, NotebookRange, window, workspace, type NotebookDocument } from 'vscode';
import { page, panelPage, screenshot } from './eyes.ts';
import { closeAll, codeOf, fileUri, problemsOf } from './files.ts';

export function notebooks(): void {
  describe('a notebook', () => {
    beforeEach(closeAll);

    it('the problem of a cell comes from the cells before it, magics and all', async () => {
      const notebook = await openNotebook();
      const cell = notebook.cellAt(3).document;
      const problems = await problemsOf(cell.uri, 1);
      assert.deepEqual(problems.map(codeOf), ['TL110']);
      await page().locator('.notebook-editor .squiggly-error, .notebook-editor .squiggly-warning').first().waitFor();
      await screenshot('notebook');
    });

    it('the Hessian at a cell is computed from the whole notebook, and its place names the cell', async () => {
      const notebook = await openNotebook();
      await problemsOf(notebook.cellAt(3).document.uri, 1);
      const editor = window.activeNotebookEditor;
      assert.ok(editor);
      editor.selection = new NotebookRange(3, 4);
      await commands.executeCommand('tapeLens.computeHessian');
      await panelPage().locator('article.result:not(.part)').waitFor({ timeout: 40_000 });
      assert.match(await panelPage().locator('.place').innerText(), /cells\.ipynb, cell 4, line 1/);
      assert.match(await panelPage().locator('.answer').innerText(), /TensorFlow returns None/);
      assert.deepEqual(await panelPage().locator('.numbers tbody td').allInnerTexts(), ['6', '0', '0', '12']);
      await screenshot('notebook-panel');
    });
  });
}

async function openNotebook(): Promise<NotebookDocument> {
  const notebook = await workspace.openNotebookDocument(fileUri('cells.ipynb'));
  await window.showNotebookDocument(notebook);
  return notebook;
}
