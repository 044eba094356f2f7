// What would run: a document's text as it stands in the editor, or a notebook's cells, and the way back from its lines to the editor's.
import { l10n, NotebookCellKind, Uri, workspace, type NotebookDocument, type TextDocument } from 'vscode';
import type { Snippet, SnippetLanguage } from '../../runtime/src/host/protocol.ts';
import { snippetLanguage } from './languages.ts';
import { joinCells } from './notebook.ts';

export interface Program {
  readonly snippet: Snippet;
  /** The file's or the notebook's name. */
  readonly name: string;
  /** The same, and the cell that a document is. */
  nameOf(uri: Uri): string;
  readonly uri: Uri;
  /** The document and its line (from 1) that a line of the program comes from. */
  placeOf(line: number): { readonly uri: Uri; readonly line: number };
  /** The program's line for a line of a document, both from 1. */
  lineOf(uri: Uri, line: number): number;
}

/** A line of the program for people: `model.py, line 14`, `nb.ipynb, cell 3, line 2`. */
export function placeText(program: Program, line: number): string {
  const place = program.placeOf(line);
  return l10n.t('{0}, line {1}', program.nameOf(place.uri), place.line);
}

/** The program that a document belongs to, or why it cannot be run. */
export function programOf(document: TextDocument): Program | string {
  const language = snippetLanguage(document.languageId);
  if (!language) return l10n.t('Tape Lens runs Python, JavaScript and TypeScript; this file is {0}.', document.languageId);
  const notebook = notebookOf(document);
  return notebook ? notebookProgram(notebook) : fileProgram(document, language);
}

export function notebookOf(document: TextDocument): NotebookDocument | undefined {
  return workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

function fileProgram(document: TextDocument, language: SnippetLanguage): Program {
  return {
    snippet: { path: pathOf(document.uri, language), text: document.getText(), language },
    name: nameOf(document.uri),
    nameOf,
    uri: document.uri,
    placeOf: (line) => ({ uri: document.uri, line }),
    lineOf: (_uri, line) => line,
  };
}

function notebookProgram(notebook: NotebookDocument): Program {
  const cells = notebook.getCells().filter((cell) => cell.kind === NotebookCellKind.Code && cell.document.languageId === 'python');
  const joined = joinCells(cells.map(({ document }) => ({ uri: document.uri.toString(), text: document.getText() })));
  return {
    snippet: { path: pathOf(notebook.uri, 'python'), text: joined.text, language: 'python' },
    name: nameOf(notebook.uri),
    nameOf: (uri) => {
      const index = notebook.getCells().findIndex(({ document }) => document.uri.toString() === uri.toString());
      return index < 0 ? nameOf(notebook.uri) : l10n.t('{0}, cell {1}', nameOf(notebook.uri), index + 1);
    },
    uri: notebook.uri,
    placeOf: (line) => {
      const cell = joined.cellLine(line);
      return cell ? { uri: Uri.parse(cell.uri), line: cell.line } : { uri: notebook.uri, line };
    },
    lineOf: (uri, line) => joined.programLine(uri.toString(), line) ?? line,
  };
}

const endings: Readonly<Record<SnippetLanguage, string>> = { python: '.py', javascript: '.js', typescript: '.ts' };

/** The path that the program goes by; a text that was never saved gets the ending of its language. */
function pathOf(uri: Uri, language: SnippetLanguage): string {
  if (uri.scheme === 'file') return uri.fsPath;
  return /\.\w+$/.test(uri.path) ? uri.path : `${uri.path}${endings[language]}`;
}

function nameOf(uri: Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}
