// Finding places in a program: every node of it, the call with a given argument list, what the file calls TensorFlow.
import type { Call, Program, Range } from '../ir/ir.ts';
import { type AnyNode, nodesIn } from '../ir/walk.ts';

let last: { readonly program: Program; readonly nodes: readonly AnyNode[]; readonly texts: readonly AnyNode[] } | null = null;

function lookedThrough(program: Program): NonNullable<typeof last> {
  if (last?.program === program) return last;
  const found = nodesIn(program.body);
  last = { program, nodes: found, texts: found.filter((node) => node.kind === 'string' || node.kind === 'template') };
  return last;
}

/** Every expression and statement, outer ones first; walked once for a program, however many fixes look at it. */
export const nodes = (program: Program): readonly AnyNode[] => lookedThrough(program).nodes;

/** Every string and template: nothing can be written into one. */
export const texts = (program: Program): readonly AnyNode[] => lookedThrough(program).texts;

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
