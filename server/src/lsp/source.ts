// What is analysed as one text: a document, or the Python cells of a notebook one after the other; and the way between its offsets and places in documents.
import type { Position, Range as LspRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../ir/ir.ts';
import { blankOtherLanguage } from '../syntax/python/magics.ts';

/** One document's stretch of the text. */
interface Piece {
  readonly document: TextDocument;
  readonly start: number;
}

export interface Source {
  /** The document's, or the notebook's. */
  readonly uri: string;
  /** Another one whenever the text is another one. */
  readonly version: number;
  /** As the parser knows it: `notebook` for a notebook's cells. */
  readonly languageId: string;
  readonly text: string;
  readonly pieces: readonly [Piece, ...Piece[]];
}

export function documentSource(document: TextDocument): Source {
  const { uri, version, languageId } = document;
  return { uri, version, languageId, text: document.getText(), pieces: [{ document, start: 0 }] };
}

/** Null for a notebook without Python. A cell in another language (`%%bash`) is blanked: its place stays. */
export function notebookSource(uri: string, version: number, cells: readonly TextDocument[]): Source | null {
  let text = '';
  const pieces = cells.map((document) => {
    const start = text.length;
    text += `${blankOtherLanguage(document.getText())}\n`;
    return { document, start };
  });
  const [first, ...rest] = pieces;
  return first === undefined ? null : { uri, version, languageId: 'notebook', text, pieces: [first, ...rest] };
}

/** The document that a range begins in, and the range there. One that would reach beyond ends with its document. */
export function locate(source: Source, range: Range): { readonly document: TextDocument; readonly range: LspRange } {
  const piece = source.pieces.findLast(({ start }) => start <= range.start) ?? source.pieces[0];
  const { document, start } = piece;
  return { document, range: { start: document.positionAt(range.start - start), end: document.positionAt(range.end - start) } };
}

/** Null for a document that is no part of the source. */
export function offsetIn(source: Source, document: TextDocument, position: Position): number | null {
  const piece = source.pieces.find((candidate) => candidate.document.uri === document.uri);
  return piece === undefined ? null : piece.start + document.offsetAt(position);
}
