// textDocument/codeLens: "Compute Hessian of `y` wrt `x`" over each tape.
import type { CodeLens } from 'vscode-languageserver/node';
import type { Facts, GradientCall } from '../analysis/facts.ts';
import { lastNameBefore, quote, quoteAll } from '../rules/wording.ts';
import { isHere, isShown, toLocation, toLsp, type RequestContext } from './context.ts';
import { computeHessianCommand, type ComputeHessianArguments } from './protocol.ts';

export function codeLenses(context: RequestContext): CodeLens[] {
  const { analysis, settings } = context;
  if (!settings.enable || !settings.codeLens) return [];
  const { facts } = analysis.subject;
  return facts.tapes.flatMap((tape) => {
    const call = tape.hessianCall === null ? undefined : facts.calls[tape.hessianCall];
    if (call === undefined || !isShown(call.range) || !isShown(tape.creation) || !isHere(context, tape.creation)) return [];
    const { uri, range } = toLocation(context, call.range);
    const target = differentiated(facts, call);
    const wrt = call.sources.length > 0 ? ` wrt ${quoteAll(call.sources.map((source) => source.name))}` : '';
    const title = `Compute Hessian${target === '' ? '' : ` of ${quote(target)}`}${wrt}`.replaceAll('`', '');
    const args: ComputeHessianArguments = [uri, range.start.line + 1, range.start.character + 1];
    return [{ range: toLsp(context, tape.creation), command: { title, command: computeHessianCommand, arguments: args } }];
  });
}

/** Of a derivative of a derivative: what was differentiated first (`y` for `t2.gradient(dy, x)` with `dy = t1.gradient(y, x)`). */
function differentiated(facts: Facts, call: GradientCall): string {
  let target = call.target;
  let before = call.range.start;
  for (let order = call.order; order > 1; order--) {
    const held = lastNameBefore(facts.names, before, (name) => name.name === target);
    const inner = held === null ? undefined : facts.calls[held.call];
    if (inner === undefined || inner.range.start >= before) break;
    target = inner.target;
    before = inner.range.start;
  }
  return target;
}
