// textDocument/inlayHint: behind a gradient call the shape that it returns, or `None`. Off unless `tapeLens.inlayHints` is set.
import { InlayHintKind, type InlayHint, type Range as LspRange } from 'vscode-languageserver/node';
import type { GradientCall, SourceFact } from '../analysis/facts.ts';
import { shapeText } from '../render/explain.ts';
import { isHere, isShown, toLsp, toOffsets, touches, type RequestContext } from './context.ts';

const MOST_SOURCES = 4;

export function inlayHints(context: RequestContext, range: LspRange): InlayHint[] {
  const { analysis, settings } = context;
  if (!settings.enable || !settings.inlayHints) return [];
  const asked = toOffsets(context, range);
  return analysis.subject.facts.calls.flatMap((call) => {
    const label = isShown(call.range) && touches(call.range, asked) && isHere(context, call.range) ? labelOf(call) : null;
    return label === null ? [] : [{ position: toLsp(context, call.range).end, label, kind: InlayHintKind.Type, paddingLeft: true }];
  });
}

function labelOf(call: GradientCall): string | null {
  if (call.outcome === 'raises') return `raises ${call.error?.type ?? ''}`.trim();
  const parts = call.sources.slice(0, MOST_SOURCES).map((source) => part(source, call.unconnectedZero));
  if (parts.length === 0 || parts.every((text) => text === null)) return null;
  const shown = parts.map((text) => text ?? '?');
  if (call.sources.length > MOST_SOURCES) shown.push('…');
  return shown.length === 1 ? (shown[0] ?? null) : `[${shown.join(', ')}]`;
}

function part(source: SourceFact, unconnectedZero: boolean): string | null {
  if (source.outcome === 'none') return unconnectedZero ? 'zeros' : 'None';
  const shape = source.shape === null ? '' : shapeText(source.shape);
  if (source.outcome === 'zeros') return `zeros ${shape}`.trim();
  return source.outcome === 'value' && shape !== '' ? shape : null;
}
