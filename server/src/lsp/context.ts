// What every request is given: the document, its analysis at the document's present version, the settings, what the client can do.
import type { Range as LspRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../ir/ir.ts';
import type { Analysis } from './analysis.ts';
import type { Settings } from './settings.ts';

export interface RequestContext {
  readonly document: TextDocument;
  readonly analysis: Analysis;
  readonly settings: Settings;
  readonly client: ClientAbilities;
  /** Where a rule's page is. */
  readonly link: (code: string) => string | null;
}

export interface ClientAbilities {
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Edits may name the version of the document that they were made for. */
  readonly versionedEdits: boolean;
}

export function toLsp(document: TextDocument, range: Range): LspRange {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}

export function toOffsets(document: TextDocument, range: LspRange): Range {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A range that an edit cut through has collapsed: there is nothing to show there. */
export function isShown(range: Range): boolean {
  return range.end > range.start;
}
