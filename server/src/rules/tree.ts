// Finding places in a program: every node of it, the call with a given argument list, what the file calls TensorFlow.
import type { Call, Expression, Program, Range, Statement } from '../ir/ir.ts';

export type AnyNode = Expression | Statement;

let last: { readonly program: Program; readonly nodes: readonly AnyNode[] } | null = null;

/** Every expression and statement, outer ones first; walked once for a program, however many fixes look at it. */
export function nodes(program: Program): readonly AnyNode[] {
  if (last?.program !== program) last = { program, nodes: walk(program) };
  return last.nodes;
}

/** It keeps a stack of its own, so that no depth of nesting is too deep. */
function walk(program: Program): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: unknown[] = [...program.body].reverse();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || isRange(value)) continue;
    if (isNode(value)) found.push(value);
    const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    for (let index = parts.length - 1; index >= 0; index--) if (typeof parts[index] === 'object') waiting.push(parts[index]);
  }
  return found;
}
const isRange = (value: object): boolean => 'start' in value && 'end' in value;

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
