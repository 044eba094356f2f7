// What can still be read of Python that does not parse: its complete expressions, assignments and statements, in order.
import type { Statement } from '../../ir/ir.ts';
import { rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression, readableParts } from './expressions.ts';
import { isStatement, lowerBlock, lowerStatement } from './statements.ts';

export function lowerBroken(nodes: readonly SyntaxNode[], text: string): Statement[] {
  const body: Statement[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || (!node.named && node.type !== 'ERROR') || node.missing) continue;
    const value = nodes[index + 2];
    if (nodes[index + 1]?.type === '=' && value !== undefined && value.named && isTarget(node)) {
      const range = { start: node.start, end: value.end };
      body.push({ kind: 'assign', range, targets: [lowerExpression(node, text)], value: lowerExpression(value, text) });
      index += 2;
    } else if (node.type === 'ERROR') {
      body.push(...lowerBroken(node.children, text));
    } else if (node.type === 'block' || node.type === 'module') {
      body.push(...lowerBlock(node, text));
    } else if (isStatement(node)) {
      lowerStatement(node, text, body);
    } else {
      const value = lowerExpression(node, text);
      if (value.kind !== 'unknown expression' || value.children.length === 0) {
        if (value.kind !== 'unknown expression') body.push({ kind: 'expression', range: rangeOf(node), value });
        else if (node.children.length > 0) body.push(...lowerBroken(node.children, text));
      } else {
        for (const part of readableParts(node, text)) body.push({ kind: 'expression', range: part.range, value: part });
      }
    }
  }
  return body;
}

function isTarget(node: SyntaxNode): boolean {
  return ['identifier', 'attribute', 'subscript', 'pattern_list', 'tuple', 'list'].includes(node.type);
}
