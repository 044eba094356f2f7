// "Explain Gradient": goes to the gradient call at or nearest to the cursor and shows what is known of it.
import { commands, l10n, Position, Range, Selection, window } from 'vscode';
import type { Session } from './session.ts';

export async function explainGradient(session: Session): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage(l10n.t('Open a file with a gradient call, then run this command again.'));
    return;
  }
  const cursor = editor.selection.active;
  const here = await session.server.explain(editor.document.uri, cursor);
  if (!here) {
    void window.showWarningMessage(l10n.t('The language server does not answer: run Tape Lens: Restart Server.'));
    return;
  }
  // A cursor inside a call, or on a name that holds a result, already stands where the hover is.
  if (here.calls.length === 0) {
    const all = await session.server.explain(editor.document.uri);
    const distance = (call: { line: number; endLine: number }): number =>
      Math.max(call.line - 1 - cursor.line, cursor.line - (call.endLine - 1), 0);
    const nearest = [...(all?.calls ?? [])].sort((first, second) => distance(first) - distance(second))[0];
    if (!nearest) {
      void window.showInformationMessage(l10n.t('This file holds no gradient call that Tape Lens knows.'));
      return;
    }
    const start = new Position(nearest.line - 1, nearest.column - 1);
    editor.selection = new Selection(start, start);
    editor.revealRange(new Range(start, start));
  }
  await commands.executeCommand('editor.action.showHover');
}
