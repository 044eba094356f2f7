// The patterns of Python's `match`, as expressions: names capture, dotted names and literals compare, calls are class patterns.
import type { Argument, Expression, Match } from '../../ir/ir.ts';
import { childOf, childOfType, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression, nothing, unknown } from './expressions.ts';
import { lowerBlock } from './statements.ts';

export function lowerCase(node: SyntaxNode, text: string): Match['cases'][number] {
  const patterns = node.children.filter((child) => child.type === 'case_pattern');
  const guard = childOf(node, 'guard');
  const condition = guard === null ? undefined : namedChildren(guard)[0];
  const elements = patterns.map((child) => lowerPattern(child, text));
  const [first] = elements;
  const last = elements[elements.length - 1];
  let pattern: Expression | null = null;
  if (first !== undefined && last !== undefined) {
    const range = { start: first.range.start, end: last.range.end };
    pattern = elements.length === 1 && !hasToken(node, ',') ? first : { kind: 'sequence', range, type: 'tuple', elements };
  }
  return {
    range: rangeOf(node),
    pattern,
    guard: condition === undefined ? null : lowerExpression(condition, text),
    body: lowerBlock(childOf(node, 'consequence') ?? childOfType(node, 'block'), text),
  };
}

function lowerPattern(node: SyntaxNode, text: string): Expression {
  if (node.broken || node.tooDeep) return unknown(node, text);
  const range = rangeOf(node);
  switch (node.type) {
    case 'case_pattern':
      return alternatives(node.children, text)[0] ?? nothing(node.end);
    case 'union_pattern': {
      const [first, ...rest] = alternatives(node.children, text);
      if (first === undefined) return unknown(node, text);
      return rest.reduce<Expression>(
        (left, right) => ({ kind: 'binary', range: { start: left.range.start, end: right.range.end }, operator: '|', left, right }),
        first,
      );
    }
    case 'as_pattern': {
      const [pattern, target] = namedChildren(node);
      if (pattern === undefined || target === undefined) return unknown(node, text);
      return {
        kind: 'assign expression',
        range,
        target: lowerExpression(target, text),
        operator: null,
        value: lowerPattern(pattern, text),
      };
    }
    case 'list_pattern':
      return { kind: 'sequence', range, type: 'list', elements: namedChildren(node).map((child) => lowerPattern(child, text)) };
    case 'tuple_pattern': {
      const elements = namedChildren(node).map((child) => lowerPattern(child, text));
      const [only] = elements;
      const parenthesised = only !== undefined && elements.length === 1 && !hasToken(node, ',') && only.kind !== 'spread';
      return parenthesised ? only : { kind: 'sequence', range, type: 'tuple', elements };
    }
    case 'splat_pattern':
      return { kind: 'spread', range, value: wildcardOrName(node, text) };
    case 'dict_pattern':
      return { kind: 'dictionary', range, entries: entries(node, text) };
    case 'class_pattern': {
      const [callee, ...args] = namedChildren(node);
      if (callee === undefined) return unknown(node, text);
      return {
        kind: 'call',
        range,
        callee: lowerExpression(callee, text),
        args: args.map((child) => classArgument(child, text)),
        argumentsRange: { start: callee.end, end: node.end },
      };
    }
    case 'complex_pattern':
      return complexPattern(node, text);
    case '_':
      return { kind: 'name', range, name: '_' };
    default:
      return lowerExpression(node, text);
  }
}

/** Between `|`s; a minus before a number is a token of its own here. */
function alternatives(children: readonly SyntaxNode[], text: string): Expression[] {
  const found: Expression[] = [];
  let minus: SyntaxNode | null = null;
  for (const child of children) {
    if (child.type === '-') {
      minus = child;
    } else if (child.named || child.type === '_') {
      const pattern = lowerPattern(child, text);
      if (minus === null) found.push(pattern);
      else found.push({ kind: 'unary', range: { start: minus.start, end: child.end }, operator: '-', operand: pattern });
      minus = null;
    }
  }
  return found;
}

function entries(node: SyntaxNode, text: string): { key: Expression | null; value: Expression }[] {
  const found: { key: Expression | null; value: Expression }[] = [];
  let key: Expression | null = null;
  let minus: SyntaxNode | null = null;
  for (const child of node.children) {
    if (child.type === '-') {
      minus = child;
    } else if (child.type === 'splat_pattern') {
      found.push({ key: null, value: wildcardOrName(child, text) });
    } else if (child.field === 'key') {
      const pattern = lowerPattern(child, text);
      key = minus === null ? pattern : { kind: 'unary', range: { start: minus.start, end: child.end }, operator: '-', operand: pattern };
      minus = null;
    } else if (child.field === 'value') {
      found.push({ key, value: lowerPattern(child, text) });
      key = null;
    }
  }
  return found;
}

function classArgument(node: SyntaxNode, text: string): Argument {
  const inner = node.type === 'case_pattern' ? childOfType(node, 'keyword_pattern') : null;
  const keyword = inner === null ? undefined : namedChildren(inner)[0];
  if (inner === null || keyword === undefined) return { range: rangeOf(node), value: lowerPattern(node, text) };
  const value = alternatives(inner.children.slice(2), text)[0] ?? nothing(inner.end);
  return { range: rangeOf(node), value, keyword: text.slice(keyword.start, keyword.end) };
}

function wildcardOrName(node: SyntaxNode, text: string): Expression {
  const last = node.children[node.children.length - 1];
  return last === undefined ? nothing(node.end) : { kind: 'name', range: rangeOf(last), name: text.slice(last.start, last.end) };
}

/** `-2+3j` */
function complexPattern(node: SyntaxNode, text: string): Expression {
  const [real, imaginary] = namedChildren(node);
  if (real === undefined || imaginary === undefined) return unknown(node, text);
  const [left] = alternatives(node.children.slice(0, node.children.indexOf(real) + 1), text);
  const operator = node.children[node.children.indexOf(imaginary) - 1]?.type === '-' ? '-' : '+';
  return {
    kind: 'binary',
    range: rangeOf(node),
    operator,
    left: left ?? lowerExpression(real, text),
    right: lowerExpression(imaginary, text),
  };
}
