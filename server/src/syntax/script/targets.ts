// What JavaScript assigns to: names, properties, and patterns of arrays and objects. A default is an assign expression.
import type { Expression } from '../../ir/ir.ts';
import { childOf, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerElements, lowerExpression, lowerKey, nameOf, nothing, unknown } from './expressions.ts';

export function lowerTarget(node: SyntaxNode, text: string): Expression {
  if (node.broken || node.tooDeep) return unknown(node, text);
  const range = rangeOf(node);
  switch (node.type) {
    case 'array_pattern':
    case 'array':
      return { kind: 'sequence', range, type: 'list', elements: lowerElements(node, (element) => lowerTarget(element, text)) };
    case 'object_pattern':
      return { kind: 'dictionary', range, entries: namedChildren(node).map((child) => lowerEntry(child, text)) };
    case 'rest_pattern':
    case 'spread_element':
      return { kind: 'spread', range, value: firstTarget(node, text) };
    case 'assignment_pattern':
    case 'object_assignment_pattern':
    case 'assignment_expression':
      return withDefault(node, text);
    case 'parenthesized_expression':
    case 'non_null_expression':
      return firstTarget(node, text);
    case 'shorthand_property_identifier_pattern':
      return nameOf(node, text);
    default:
      return lowerExpression(node, text);
  }
}

function firstTarget(node: SyntaxNode, text: string): Expression {
  const child = namedChildren(node)[0];
  return child === undefined ? nothing(node.end) : lowerTarget(child, text);
}

function withDefault(node: SyntaxNode, text: string): Expression {
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  return {
    kind: 'assign expression',
    range: rangeOf(node),
    target: left === null ? nothing(node.start) : lowerTarget(left, text),
    operator: null,
    value: right === null ? nothing(node.end) : lowerExpression(right, text),
  };
}

function lowerEntry(node: SyntaxNode, text: string): { key: Expression | null; value: Expression } {
  switch (node.type) {
    case 'pair_pattern': {
      const key = childOf(node, 'key');
      const value = childOf(node, 'value');
      return {
        key: key === null ? nothing(node.start) : lowerKey(key, text),
        value: value === null ? nothing(node.end) : lowerTarget(value, text),
      };
    }
    case 'rest_pattern':
      return { key: null, value: firstTarget(node, text) };
    case 'object_assignment_pattern': {
      const left = childOf(node, 'left');
      return { key: left === null ? nothing(node.start) : lowerKey(left, text), value: withDefault(node, text) };
    }
    default:
      return { key: lowerKey(node, text), value: lowerTarget(node, text) };
  }
}
