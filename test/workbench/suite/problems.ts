// Problems as they are seen: squiggles, the Problems view, hovers, and quick fixes chosen from the menu.
import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import { commands, Selection, type Position, type TextEditor } from 'vscode';
import { page, screenshot, texts, until } from './eyes.ts';
import { closeAll, codeOf, openFile, problemsOf } from './files.ts';

const SQUIGGLE = '.squiggly-error, .squiggly-warning, .squiggly-info';

export function problems(): void {
  describe('problems', () => {
    beforeEach(closeAll);

    it('linear_nested.py: a squiggle under the call, and both reasons in the Problems view', async () => {
      const { document } = await openFile('linear_nested.py');
      const found = await problemsOf(document.uri, 2);
      assert.deepEqual(found.map(codeOf).sort(), ['TL102', 'TL110']);
      for (const { range } of found) assert.equal(document.getText(range), 'tape1.jacobian(g, xs)');
      await page().locator(SQUIGGLE).first().waitFor();
      await commands.executeCommand('workbench.actions.view.problems');
      const rows = page().locator('.markers-panel .monaco-list-row');
      await until('both problems listed', async () => (await rows.count()) >= 3);
      const listed = (await texts(rows)).join('\n');
      assert.match(listed, /`h` will be `None`: the outer tape `tape1` does not watch `xs`\./);
      assert.match(listed, /`h` will be `None`: `g` does not depend on `xs`\./);
      await screenshot('problems');
      await commands.executeCommand('workbench.action.closePanel');
    });

    it('hover on the call: what TensorFlow returns, and why', async () => {
      const editor = await openFile('linear_nested.py');
      await problemsOf(editor.document.uri, 2);
      await hoverAt(editor, placeOf(editor, 'tape1.jacobian', 8));
      const text = await until('the reason', async () => {
        const seen = await hoverText();
        return seen.includes('None') && seen.includes('jacobian of') ? seen : null;
      });
      assert.match(text, /The outer tape tape1 does not watch xs/);
      assert.match(text, /g does not depend on xs/);
      await screenshot('hover-reason');
    });

    it('hover on a result: the derivative as a formula', async () => {
      const editor = await openFile('cubic.py');
      await problemsOf(editor.document.uri, 0);
      await hoverAt(editor, placeOf(editor, 't2.gradient', 4));
      await until('the formula', async () => (await hoverText()).includes('d²y/dx² = 6·w·x'));
      await screenshot('hover-formula');
    });

    it('tanh_unwatched.py: the quick fix inserts tape1.watch(xs) as the first line of the block, and the squiggle goes', async () => {
      const editor = await openFile('tanh_unwatched.py');
      const { document } = editor;
      const [problem] = await problemsOf(document.uri, 1);
      assert.ok(problem);
      await page().locator(SQUIGGLE).first().waitFor();
      // When the code lenses come, lines move and an open menu closes.
      await page().locator('.codelens-decoration').nth(1).waitFor();
      await putCursor(editor, problem.range.start);
      await page().locator('.lightBulbWidget, .cgmr[class*=lightbulb]').first().waitFor();
      await page().keyboard.press('Control+.');
      const actions = page().locator('.action-widget .monaco-list-row.action');
      await actions.first().waitFor();
      await screenshot('quick-fix');
      assert.deepEqual(await texts(actions), ['Insert tape1.watch(xs)', 'Ignore TL110 on this line']);
      await page().keyboard.press('Enter');
      await problemsOf(document.uri, 0);
      await until('no squiggle', async () => (await page().locator(SQUIGGLE).count()) === 0);
      const lines = document.getText().split('\n');
      const inserted = lines.indexOf('    tape1.watch(xs)');
      assert.equal(lines[inserted - 1], 'with tf.GradientTape() as tape1:');
      await screenshot('quick-fix-applied');
      await commands.executeCommand('workbench.action.files.revert');
    });

    it('a code lens over the tape names what would be computed', async () => {
      const { document } = await openFile('tanh_nested.py');
      await problemsOf(document.uri, 0);
      await page().locator('.codelens-decoration', { hasText: 'Compute Hessian of ys wrt xs' }).first().waitFor();
    });

    it('problems of a file that is closed are gone', async () => {
      const { document } = await openFile('linear_nested.py');
      await problemsOf(document.uri, 2);
      await closeAll();
      await problemsOf(document.uri, 0);
    });
  });
}

function placeOf(editor: TextEditor, text: string, offset: number): Position {
  return editor.document.positionAt(editor.document.getText().indexOf(text) + offset);
}

async function putCursor(editor: TextEditor, position: Position): Promise<void> {
  await commands.executeCommand('workbench.action.focusActiveEditorGroup');
  editor.selection = new Selection(position, position);
}

async function hoverAt(editor: TextEditor, position: Position): Promise<void> {
  await putCursor(editor, position);
  await commands.executeCommand('editor.action.showHover');
}

async function hoverText(): Promise<string> {
  const hover = page().locator('.monaco-hover:not(.hidden)').first();
  await hover.waitFor();
  return (await hover.innerText()).replaceAll(/\s+/g, ' ');
}
