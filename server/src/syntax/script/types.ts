// TypeScript's annotations, as far as they name something: `tf.Tensor`, `Array<tf.Scalar>`, `number[]`. The rest is unknown.
import type { Expression } from '../../ir/ir.ts';
import { childOf, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression } from './expressions.ts';

/** `annotation` is `: T` or a type. */
export function lowerType(annotation: SyntaxNode, text: string): Expression {
  const range = rangeOf(annotation);
  const unknown: Expression = { kind: 'unknown expression', range, children: [] };
  if (annotation.broken || annotation.tooDeep) return unknown;
  const children = namedChildren(annotation);
  const [first, second] = children;
  switch (annotation.type) {
    case 'type_annotation':
    case 'parenthesized_type':
    case 'readonly_type':
      return first === undefined ? unknown : lowerType(first, text);
    case 'type_identifier':
    case 'identifier':
    case 'predefined_type':
      return { kind: 'name', range, name: text.slice(range.start, range.end) };
    case 'nested_type_identifier':
    case 'nested_identifier':
    case 'member_expression': {
      const name = childOf(annotation, 'name') ?? childOf(annotation, 'property');
      if (first === undefined || name === null) return unknown;
      const nameRange = rangeOf(name);
      return { kind: 'attribute', range, object: lowerType(first, text), name: text.slice(name.start, name.end), nameRange };
    }
    case 'literal_type':
      return first === undefined ? unknown : lowerExpression(first, text);
    case 'array_type': {
      if (first === undefined) return unknown;
      const list: Expression = { kind: 'name', range, name: 'Array' };
      return { kind: 'subscript', range, object: list, index: lowerType(first, text) };
    }
    case 'generic_type': {
      if (first === undefined || second === undefined) return unknown;
      const [only, ...more] = namedChildren(second).map((child) => lowerType(child, text));
      if (only === undefined) return unknown;
      const index: Expression =
        more.length === 0 ? only : { kind: 'sequence', range: rangeOf(second), type: 'tuple', elements: [only, ...more] };
      return { kind: 'subscript', range, object: lowerType(first, text), index };
    }
    case 'union_type': {
      if (first === undefined || second === undefined) return unknown;
      return { kind: 'binary', range, operator: '|', left: lowerType(first, text), right: lowerType(second, text) };
    }
    default:
      return unknown;
  }
}
