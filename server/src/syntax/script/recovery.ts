// What can still be read of JavaScript that does not parse: its complete expressions, assignments and statements, in order.
import type { Statement } from '../../ir/ir.ts';
import { rangeOf, type SyntaxNode } from '../tree.ts';
import { isExpression, lowerExpression } from './expressions.ts';
import { isStatement, lowerBlock, lowerStatement } from './statements.ts';
import { lowerTarget } from './targets.ts';

export function lowerBroken(nodes: readonly SyntaxNode[], text: string): Statement[] {
  const body: Statement[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || (!node.named && node.type !== 'ERROR') || node.missing) continue;
    const value = nodes[index + 2];
    if (nodes[index + 1]?.type === '=' && value !== undefined && value.named && isTarget(node)) {
      const declared = nodes[index - 1]?.type;
      const range = { start: node.start, end: value.end };
      const declaration = declared === 'const' || declared === 'let' || declared === 'var' ? { declaration: declared } : {};
      body.push({
        kind: 'assign',
        range,
        targets: [lowerTarget(node, text)],
        value: lowerExpression(value, text),
        ...declaration,
      } as Statement);
      index += 2;
    } else if (node.type === 'ERROR') {
      body.push(...lowerBroken(node.children, text));
    } else if (node.type === 'program' || node.type === 'statement_block') {
      body.push(...lowerBlock(node, text));
    } else if (isStatement(node)) {
      lowerStatement(node, text, body);
    } else if (isExpression(node) && !node.broken) {
      body.push({ kind: 'expression', range: rangeOf(node), value: lowerExpression(node, text) });
    } else {
      body.push(...lowerBroken(node.children, text));
    }
  }
  return body;
}

function isTarget(node: SyntaxNode): boolean {
  return ['identifier', 'member_expression', 'subscript_expression', 'array_pattern', 'object_pattern'].includes(node.type);
}
