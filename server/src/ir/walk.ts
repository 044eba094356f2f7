// Looking through a program, however deeply it is nested.
import type { Expression, Range, Statement } from './ir.ts';

export type AnyNode = Expression | Statement;

/** Every expression and statement, outer ones first. It keeps a stack of its own, so that no depth of nesting is too deep. */
export function nodesIn(body: readonly Statement[]): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: unknown[] = [...body].reverse();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) found.push(value);
    const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    for (let index = parts.length - 1; index >= 0; index--) if (isInside(parts[index])) waiting.push(parts[index]);
  }
  return found;
}

/** Ranges are in every node, and nothing is in them. */
const isInside = (part: unknown): boolean => typeof part === 'object' && part !== null && (part as Partial<Range>).end === undefined;

/** Of all that is in a program, only expressions and statements have both a kind and a range (a parameter's kind is no node's). */
function isNode(value: object): value is AnyNode {
  return 'kind' in value && 'range' in value && !('default' in value && 'target' in value);
}
