// Finding places in a program: every node of it, the call with a given argument list, what the file calls TensorFlow.
import type { Call, Expression, Program, Range, Statement } from '../ir/ir.ts';

export type AnyNode = Expression | Statement;

let last: { readonly program: Program; readonly nodes: readonly AnyNode[]; readonly texts: readonly AnyNode[] } | null = null;

function lookedThrough(program: Program): NonNullable<typeof last> {
  if (last?.program === program) return last;
  const found = walk(program);
  last = { program, nodes: found, texts: found.filter((node) => node.kind === 'string' || node.kind === 'template') };
  return last;
}

/** Every expression and statement, outer ones first; walked once for a program, however many fixes look at it. */
export const nodes = (program: Program): readonly AnyNode[] => lookedThrough(program).nodes;

/** Every string and template: nothing can be written into one. */
export const texts = (program: Program): readonly AnyNode[] => lookedThrough(program).texts;

/** It keeps a stack of its own, so that no depth of nesting is too deep. */
function walk(program: Program): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: unknown[] = [...program.body].reverse();
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

export function callAt(program: Program, range: Range): Call | null {
  for (const node of nodes(program)) if (node.kind === 'call' && same(node.range, range)) return node;
  return null;
}

export function callWithArguments(program: Program, argumentsRange: Range): Call | null {
  for (const node of nodes(program)) if (node.kind === 'call' && same(node.argumentsRange, argumentsRange)) return node;
  return null;
}

/** What this file calls TensorFlow: `tf` for `import tensorflow as tf`; null where only parts of it are imported. */
export function tensorflowName(program: Program): string | null {
  for (const node of nodes(program)) {
    if (node.kind !== 'import' || node.names !== null) continue;
    if (node.module === 'tensorflow' || /^tensorflow\.compat\.v[12]$/.test(node.module)) {
      if (node.alias !== null) return node.alias.name;
      return node.module;
    }
  }
  return null;
}

function same(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}
