// tapeLens/explain: what the gradient calls of an open document return, for the command "Explain Gradient".
import { explainCalls, reasonsOf, type ExplainedCall } from '../render/explain.ts';
import { hoverMarkdown } from '../render/hover.ts';
import { isHere, toLsp, toOffset, type RequestContext } from './context.ts';
import { placeAt } from './hover.ts';
import type { ExplainParams, ExplainResult } from './protocol.ts';

export function explain(context: RequestContext, params: ExplainParams): ExplainResult {
  const { analysis, link } = context;
  const { subject } = analysis;
  const all = explainCalls(subject).map((call, index) => inDocument(context, call, index));
  const place = params.position === undefined ? null : placeAt(subject.facts, toOffset(context, params.position));
  const here = all.flatMap((call, index) => (call === null ? [] : [index]));
  const chosen = params.position === undefined ? here : place === null ? [] : [place.call];
  return {
    version: 1,
    calls: all.flatMap((call, index) => (call !== null && chosen.includes(index) ? [call] : [])),
    reasons: all.flatMap((call, index) => (call !== null && chosen.includes(index) ? [reasonsOf(subject, index)] : [])),
    markdown: chosen.map((index) => hoverMarkdown(subject, index, null, { link }) ?? '').join('\n\n---\n\n'),
  };
}

/** With the document's own lines, where the call is in it; else null. */
function inDocument(context: RequestContext, call: ExplainedCall, index: number): ExplainedCall | null {
  const range = context.analysis.subject.facts.calls[index]?.range;
  if (range === undefined || !isHere(context, range)) return null;
  const { start, end } = toLsp(context, range);
  return { ...call, line: start.line + 1, endLine: end.line + 1 };
}
