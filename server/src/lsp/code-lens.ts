// textDocument/codeLens: "Compute Hessian of `y` wrt `x`" over each tape, and over each call that has none (TensorFlow.js, `tf.gradients`).
import type { CodeLens } from 'vscode-languageserver/node';
import type { Facts, GradientCall } from '../analysis/facts.ts';
import { lastNameBefore, quote, quoteAll } from '../rules/wording.ts';
import { isHere, isShown, toLocation, toLsp, type RequestContext } from './context.ts';
import { computeHessianCommand, type ComputeHessianArguments } from './protocol.ts';

export function codeLenses(context: RequestContext): CodeLens[] {
  const { analysis, settings } = context;
  if (!settings.enable || !settings.codeLens) return [];
  const { facts } = analysis.subject;
  const ofTapes = facts.tapes.flatMap((tape) => {
    const call = tape.hessianCall === null ? undefined : facts.calls[tape.hessianCall];
    return call === undefined ? [] : [{ call, over: tape.creation }];
  });
  const ofNone = facts.calls.flatMap((call) => (call.tape === null && call.method !== 'jvp' ? [{ call, over: call.range }] : []));
  return [...ofTapes, ...ofNone].flatMap(({ call, over }) => {
    if (!isShown(call.range) || !isShown(over) || !isHere(context, over)) return [];
    const { uri, range } = toLocation(context, { start: call.at, end: call.range.end });
    const target = differentiated(facts, call);
    const wrt = call.sources.length > 0 ? ` wrt ${quoteAll(call.sources.map((source) => source.name))}` : '';
    const title = `Compute Hessian${target === '' ? '' : ` of ${quote(target)}`}${wrt}`.replaceAll('`', '');
    const args: ComputeHessianArguments = [uri, range.start.line + 1, range.start.character + 1];
    return [{ range: toLsp(context, over), command: { title, command: computeHessianCommand, arguments: args } }];
  });
}

/** Of a derivative of a derivative: what was differentiated first (`y` for `t2.gradient(dy, x)` with `dy = t1.gradient(y, x)`, `f` for `tf.grad(tf.grad(f))`). */
function differentiated(facts: Facts, call: GradientCall): string {
  let target = call.target;
  let before = call.range.start;
  for (let order = call.order; order > 1; order--) {
    const within = /^[\w$.]*\b(?:grads?|valueAndGrads?)\((.+)\)$/s.exec(target)?.[1];
    if (call.tape === null && within !== undefined) {
      target = within;
      continue;
    }
    const held = lastNameBefore(facts.names, before, (name) => name.name === target);
    const inner = held === null ? undefined : facts.calls[held.call];
    if (inner === undefined || inner.range.start >= before) break;
    target = inner.target;
    before = inner.range.start;
  }
  return target;
}
