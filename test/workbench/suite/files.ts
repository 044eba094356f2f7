// Files of the workspace that the tests open.
import { join } from 'node:path';
import { commands, DiagnosticSeverity, languages, Uri, window, type Diagnostic, type TextEditor } from 'vscode';
import { until } from './eyes.ts';
import { session } from './session.ts';

export const EXTENSION = 'tape-lens.tape-lens';

export function fileUri(name: string): Uri {
  return Uri.file(join(session.workspace, name));
}

export async function openFile(name: string): Promise<TextEditor> {
  // Not by openTextDocument: what an extension has opened stays open for minutes after its editor is closed.
  await commands.executeCommand('vscode.open', fileUri(name), { preview: false });
  return until(`an editor with ${name}`, () =>
    window.activeTextEditor?.document.uri.path.endsWith(`/${name}`) === true ? window.activeTextEditor : null,
  );
}

export async function closeAll(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  await commands.executeCommand('notifications.clearAll');
}

/** Our diagnostics of a document, once there are so many; hints that only mark a cause are not counted. */
export function problemsOf(uri: Uri, count: number): Promise<Diagnostic[]> {
  return until(`${count} problems in ${uri.path}`, () => {
    const found = languages
      .getDiagnostics(uri)
      .filter(({ source, severity }) => source === 'Tape Lens' && severity !== DiagnosticSeverity.Hint);
    return found.length === count ? found : null;
  });
}

export function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
