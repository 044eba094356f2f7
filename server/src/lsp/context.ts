// What every request is given: the document, the source that it is or belongs to with its analysis, the settings, what the client can do.
import type { Position, Range as LspRange } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from '../ir/ir.ts';
import type { Analysis } from './analysis.ts';
import type { Settings } from './settings.ts';
import { locate, offsetIn, type Source } from './source.ts';

export interface RequestContext {
  /** What the request names. */
  readonly document: TextDocument;
  /** That document, or the notebook that it is a cell of. */
  readonly source: Source;
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

/** In the document that the range begins in. */
export function toLsp({ source }: RequestContext, range: Range): LspRange {
  return locate(source, range).range;
}

export function toLocation({ source }: RequestContext, range: Range): { readonly uri: string; readonly range: LspRange } {
  const { document, range: place } = locate(source, range);
  return { uri: document.uri, range: place };
}

export function toOffset({ source, document }: RequestContext, position: Position): number {
  return offsetIn(source, document, position) ?? 0;
}

export function toOffsets(context: RequestContext, range: LspRange): Range {
  return { start: toOffset(context, range.start), end: toOffset(context, range.end) };
}

/** Whether a range is in the document that the request names. */
export function isHere({ source, document }: RequestContext, range: Range): boolean {
  return locate(source, range).document.uri === document.uri;
}

export function touches(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** A range that an edit cut through has collapsed: there is nothing to show there. */
export function isShown(range: Range): boolean {
  return range.end > range.start;
}
