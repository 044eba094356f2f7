// What the panel's page asks for: go to a line, open a rule's page, save a file, compute again, manage trust.
import { basename } from 'node:path';
import { commands, l10n, NotebookRange, Position, Range, Uri, window, workspace, type ExtensionContext, type TextDocument } from 'vscode';
import type { FromPage, Subject } from '../webview/messages.ts';
import { notebookOf, programOf } from './program.ts';

type Asked = Exclude<FromPage, { kind: 'ready' | 'cancel' }>;

export async function actOn(context: ExtensionContext, message: Asked, subject: Subject): Promise<void> {
  switch (message.kind) {
    case 'again':
      await commands.executeCommand('tapeLens.computeHessian', subject.uri, subject.line);
      return;
    case 'manageTrust':
      await commands.executeCommand('workbench.trust.manage');
      return;
    case 'rule':
      await openRule(context, message.code);
      return;
    case 'reveal':
      await reveal(subject, message.file, message.line);
      return;
    case 'save':
      await save(subject, message.name, message.format, message.bytes);
  }
}

async function openRule(context: ExtensionContext, code: string): Promise<void> {
  for (const folder of ['dist/rules', 'docs/rules']) {
    const page = Uri.joinPath(context.extensionUri, folder, `${code}.md`);
    const isThere = await workspace.fs.stat(page).then(
      () => true,
      () => false,
    );
    if (isThere) {
      await commands.executeCommand('markdown.showPreview', page);
      return;
    }
  }
  void window.showWarningMessage(l10n.t('There is no page for {0}.', code));
}

/** Only the program's own document and files of the workspace are opened: what a traceback names comes from a program. */
async function reveal(subject: Subject, file: string | null, line: number): Promise<void> {
  const own = Uri.parse(subject.uri, true);
  const document = await workspace.openTextDocument(own);
  const program = programOf(document);
  if (typeof program === 'string') return;
  const { path } = program.snippet;
  if (file === null || file === path || file === basename(path)) {
    const place = program.placeOf(line);
    await showLine(await workspace.openTextDocument(place.uri), place.line);
    return;
  }
  const named = Uri.file(file);
  if (workspace.getWorkspaceFolder(named)) await showLine(await workspace.openTextDocument(named), line);
  else void window.showInformationMessage(l10n.t('{0} is not a file of this workspace.', file));
}

async function showLine(document: TextDocument, line: number): Promise<void> {
  const notebook = notebookOf(document);
  if (notebook) {
    const cell = notebook.getCells().findIndex((candidate) => candidate.document === document);
    const viewColumn = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook)?.viewColumn ?? 1;
    await window.showNotebookDocument(notebook, { viewColumn, selections: [new NotebookRange(cell, cell + 1)] });
    return;
  }
  const at = new Position(line - 1, 0);
  await window.showTextDocument(document, { selection: new Range(at, at), viewColumn: columnOf(document.uri) });
}

/** The column where the document is already seen, so that the panel keeps its place. */
function columnOf(uri: Uri): number {
  return window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString())?.viewColumn ?? 1;
}

async function save(subject: Subject, name: string, format: string, bytes: Uint8Array): Promise<void> {
  const own = Uri.parse(subject.uri, true);
  const folder = own.scheme === 'file' ? Uri.joinPath(own, '..') : workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [format.toUpperCase()]: [format] },
  });
  if (target) await workspace.fs.writeFile(target, bytes);
}
