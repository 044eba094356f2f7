// textDocument/hover: on a gradient call, or on a name that holds its result.
import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { Facts } from '../analysis/facts.ts';
import type { Range } from '../ir/ir.ts';
import { hoverMarkdown } from '../render/hover.ts';
import { isShown, toLsp, toOffset, type RequestContext } from './context.ts';

export function hover(context: RequestContext, position: Position): Hover | null {
  const { analysis, link } = context;
  const place = placeAt(analysis.subject.facts, toOffset(context, position));
  if (place === null) return null;
  const value = hoverMarkdown(analysis.subject, place.call, place.source, { link });
  return value === null ? null : { contents: { kind: MarkupKind.Markdown, value }, range: toLsp(context, place.range) };
}

/** The name under an offset, else the innermost gradient call around it. */
export function placeAt(
  facts: Facts,
  offset: number,
): { readonly call: number; readonly source: number | null; readonly range: Range } | null {
  const name = facts.names.find(({ range }) => isShown(range) && range.start <= offset && offset <= range.end);
  if (name !== undefined) return { call: name.call, source: name.source, range: name.range };
  const around = facts.calls
    .map((call, index) => ({ call: index, source: null, range: call.range }))
    .filter(({ range }) => isShown(range) && range.start <= offset && offset <= range.end)
    .sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start));
  return around[0] ?? null;
}
