// Where JavaScript engines say that a call is.
import type { Machine } from '../machine.ts';
import type { CallSite } from '../values.ts';

/** Of `g(x)` its start, of `optimizer.minimize(f)` the method's name, of `tf.grad(f)(x)` the second pair of parentheses. */
export function placeOf(m: Machine, site: CallSite): number {
  const { range, argumentsRange } = site;
  if (argumentsRange === null) return range.start;
  const callee = m.source({ start: range.start, end: argumentsRange.start });
  if (/\)\s*$/.test(callee)) return argumentsRange.start;
  const member = /\.\s*([\w$]+)\s*(?:<[^()]*>\s*)?(?:\?\.\s*)?$/.exec(callee);
  return member ? range.start + callee.lastIndexOf(member[1] ?? '') : range.start;
}
