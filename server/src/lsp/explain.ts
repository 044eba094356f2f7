// tapeLens/explain: what the gradient calls of an open document return, for the command "Explain Gradient".
import { explainCalls } from '../render/explain.ts';
import { hoverMarkdown } from '../render/hover.ts';
import type { RequestContext } from './context.ts';
import { placeAt } from './hover.ts';
import type { ExplainParams, ExplainResult } from './protocol.ts';

export function explain(context: RequestContext, params: ExplainParams): ExplainResult {
  const { document, analysis, link } = context;
  const { subject } = analysis;
  const all = explainCalls(subject);
  const place = params.position === undefined ? null : placeAt(subject.facts, document.offsetAt(params.position));
  const chosen = params.position === undefined ? all.map((_, index) => index) : place === null ? [] : [place.call];
  return {
    version: 1,
    calls: all.filter((_, index) => chosen.includes(index)),
    markdown: chosen.map((index) => hoverMarkdown(subject, index, null, { link }) ?? '').join('\n\n---\n\n'),
  };
}
