// Which documents Tape Lens is for.
import type { SnippetLanguage } from '../../runtime/src/host/protocol.ts';

/** Editors' language identifiers, and what the runtime calls them. */
const languages: ReadonlyMap<string, SnippetLanguage> = new Map([
  ['python', 'python'],
  ['javascript', 'javascript'],
  ['javascriptreact', 'javascript'],
  ['typescript', 'typescript'],
  ['typescriptreact', 'typescript'],
]);
/** Where documents that someone writes come from: not the left side of a comparison, not a terminal's output. */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web'];
const NOTEBOOK_CELL = 'vscode-notebook-cell';

export function snippetLanguage(languageId: string): SnippetLanguage | null {
  return languages.get(languageId) ?? null;
}

/** Documents, and the Python cells of notebooks. */
export const documentSelector = [
  ...schemes.flatMap((scheme) => [...languages.keys()].map((language) => ({ scheme, language }))),
  { scheme: NOTEBOOK_CELL, language: 'python' },
];
