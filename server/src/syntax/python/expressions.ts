// Python's expressions, lowered.
import type { Argument, BinaryOperator, CompareOperator, Comprehension, ComprehensionClause, Expression, Range } from '../../ir/ir.ts';
import { childOf, childOfType, childrenOf, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { parseNumber } from './literals.ts';
import { lowerParameters } from './parameters.ts';
import { lowerConcatenatedString, lowerString } from './strings.ts';

export function lowerExpression(node: SyntaxNode, text: string): Expression {
  if (node.broken || node.tooDeep || node.type === 'ERROR') return unknown(node, text);
  const lower = lowerers[node.type];
  return lower === undefined ? unknown(node, text) : lower(node, text);
}

/** The parts that can be read, as children of something that cannot. */
export function unknown(node: SyntaxNode, text: string): Expression {
  return { kind: 'unknown expression', range: rangeOf(node), children: readableParts(node, text) };
}

export function readableParts(node: SyntaxNode, text: string): Expression[] {
  const parts: Expression[] = [];
  for (const child of node.children) {
    if (!child.named || child.missing) continue;
    if (child.type === 'ERROR' || !(child.type in lowerers)) parts.push(...readableParts(child, text));
    else parts.push(lowerExpression(child, text));
  }
  return parts;
}

/** Where a part is missing: an unknown of no width. */
export function lowerField(node: SyntaxNode, field: string, text: string): Expression {
  const child = childOf(node, field);
  return child === null ? nothing(node.end) : lowerExpression(child, text);
}

export function nothing(at: number): Expression {
  return { kind: 'unknown expression', range: { start: at, end: at }, children: [] };
}

/** `a, b` without parentheses where Python allows it: one expression stays itself. */
export function lowerTuple(nodes: readonly SyntaxNode[], trailingComma: boolean, text: string): Expression {
  const [first] = nodes;
  const last = nodes[nodes.length - 1];
  if (first === undefined || last === undefined) return nothing(0);
  if (nodes.length === 1 && !trailingComma) return lowerExpression(first, text);
  const elements = nodes.map((child) => lowerExpression(child, text));
  return { kind: 'sequence', range: { start: first.start, end: last.end }, type: 'tuple', elements };
}

type Lower = (node: SyntaxNode, text: string) => Expression;

/** What stood for something missing, or for a notebook's `!command`, is no name. */
function name(node: SyntaxNode, text: string): Expression {
  const written = text.slice(node.start, node.end);
  const range = rangeOf(node);
  return /^[^\s!%?]/.test(written) ? { kind: 'name', range, name: written } : { kind: 'unknown expression', range, children: [] };
}

function number(node: SyntaxNode, text: string): Expression {
  const { value, integer, imaginary } = parseNumber(text.slice(node.start, node.end));
  const range = rangeOf(node);
  return imaginary ? { kind: 'number', range, value, integer, imaginary } : { kind: 'number', range, value, integer };
}

function sequence(type: 'tuple' | 'list' | 'set'): Lower {
  return (node, text) => ({
    kind: 'sequence',
    range: rangeOf(node),
    type,
    elements: namedChildren(node).map((child) => lowerExpression(child, text)),
  });
}

function spread(node: SyntaxNode, text: string): Expression {
  return { kind: 'spread', range: rangeOf(node), value: onlyPart(node, text) };
}

/** The one named child: of parentheses, `await`, `*`, a type. */
function onlyPart(node: SyntaxNode, text: string): Expression {
  const child = namedChildren(node)[0];
  return child === undefined ? nothing(node.end) : lowerExpression(child, text);
}

function binary(node: SyntaxNode, text: string): Expression {
  const operator = childOf(node, 'operator')?.type ?? '+';
  const left = lowerField(node, 'left', text);
  const right = lowerField(node, 'right', text);
  return { kind: 'binary', range: rangeOf(node), operator: operator as BinaryOperator, left, right };
}

function comparison(node: SyntaxNode, text: string): Expression {
  const operators: CompareOperator[] = [];
  const operands: Expression[] = [];
  for (const child of node.children) {
    if (child.field === 'operators') operators.push((child.type === '<>' ? '!=' : child.type) as CompareOperator);
    else operands.push(lowerExpression(child, text));
  }
  return { kind: 'compare', range: rangeOf(node), operators, operands };
}

function subscript(node: SyntaxNode, text: string): Expression {
  const object = lowerField(node, 'value', text);
  const parts = childrenOf(node, 'subscript');
  const index = parts.length === 0 ? nothing(node.end) : lowerTuple(parts, hasToken(node, ','), text);
  return { kind: 'subscript', range: rangeOf(node), object, index };
}

function slice(node: SyntaxNode, text: string): Expression {
  const parts: [Expression | null, Expression | null, Expression | null] = [null, null, null];
  let position = 0;
  for (const child of node.children) {
    if (child.type === ':') position += 1;
    else if (position === 0 || position === 1 || position === 2) parts[position] = lowerExpression(child, text);
  }
  return { kind: 'slice', range: rangeOf(node), lower: parts[0], upper: parts[1], step: parts[2] };
}

function call(node: SyntaxNode, text: string): Expression {
  const list = childOf(node, 'arguments');
  const callee = lowerField(node, 'function', text);
  const argumentsRange = list === null ? { start: callee.range.end, end: node.end } : rangeOf(list);
  return { kind: 'call', range: rangeOf(node), callee, args: list === null ? [] : lowerArguments(list, text), argumentsRange };
}

export function lowerArguments(list: SyntaxNode, text: string): Argument[] {
  if (list.type === 'generator_expression') return [{ range: rangeOf(list), value: lowerExpression(list, text) }];
  return namedChildren(list).map((child): Argument => {
    const range = rangeOf(child);
    if (child.broken) return { range, value: unknown(child, text) };
    switch (child.type) {
      case 'keyword_argument': {
        const keyword = childOf(child, 'name');
        const value = lowerField(child, 'value', text);
        return keyword === null ? { range, value } : { range, value, keyword: text.slice(keyword.start, keyword.end) };
      }
      case 'list_splat':
        return { range, value: onlyPart(child, text), spread: 'list' };
      case 'dictionary_splat':
        return { range, value: onlyPart(child, text), spread: 'dictionary' };
      case 'parenthesized_expression': {
        const inner = lowerExpression(child, text);
        return inner.kind === 'spread' ? { range, value: inner.value, spread: 'list' } : { range, value: inner };
      }
      default:
        return { range, value: lowerExpression(child, text) };
    }
  });
}

function dictionary(node: SyntaxNode, text: string): Expression {
  const entries = namedChildren(node).map((child) =>
    child.type === 'pair' && !child.broken
      ? { key: lowerField(child, 'key', text), value: lowerField(child, 'value', text) }
      : { key: null, value: child.type === 'dictionary_splat' ? onlyPart(child, text) : lowerExpression(child, text) },
  );
  return { kind: 'dictionary', range: rangeOf(node), entries };
}

function comprehension(type: Comprehension['type']): Lower {
  return (node, text) => {
    const body = childOf(node, 'body');
    const pair = type === 'dictionary' && body !== null ? body : null;
    const clauses: (ComprehensionClause & { conditions: Expression[] })[] = [];
    for (const child of node.children) {
      if (child.type === 'for_in_clause') clauses.push(comprehensionClause(child, text));
      else if (child.type === 'if_clause') clauses[clauses.length - 1]?.conditions.push(onlyPart(child, text));
    }
    return {
      kind: 'comprehension',
      range: rangeOf(node),
      type,
      key: pair === null ? null : lowerField(pair, 'key', text),
      element: pair === null ? lowerField(node, 'body', text) : lowerField(pair, 'value', text),
      clauses,
    };
  };
}

function comprehensionClause(node: SyntaxNode, text: string): ComprehensionClause & { conditions: Expression[] } {
  const iterables = childrenOf(node, 'right');
  return {
    target: lowerField(node, 'left', text),
    iterable: iterables.length === 0 ? nothing(node.end) : lowerTuple(iterables, false, text),
    conditions: node.broken ? [unknown(node, text)] : [],
    ...(hasToken(node, 'async') ? { isAsync: true } : {}),
  };
}

function lambda(node: SyntaxNode, text: string): Expression {
  const parameters = childOf(node, 'parameters');
  const value = lowerField(node, 'body', text);
  return {
    kind: 'function',
    range: rangeOf(node),
    definition: {
      range: rangeOf(node),
      name: '',
      nameRange: null,
      parameters: parameters === null ? [] : lowerParameters(parameters, text),
      body: [{ kind: 'return', range: value.range, value }],
      decorators: [],
    },
  };
}

function conditional(node: SyntaxNode, text: string): Expression {
  const [then, test, otherwise] = namedChildren(node).map((child) => lowerExpression(child, text));
  const missing = nothing(node.end);
  return { kind: 'conditional', range: rangeOf(node), test: test ?? missing, then: then ?? missing, otherwise: otherwise ?? missing };
}

function yielded(node: SyntaxNode, text: string): Expression {
  const child = namedChildren(node)[0];
  const value = child === undefined ? null : lowerExpression(child, text);
  const range = rangeOf(node);
  return hasToken(node, 'from') ? { kind: 'yield', range, value, from: true } : { kind: 'yield', range, value };
}

/** A type, which is an expression too: `list[int]`, `int | None`. */
function genericType(node: SyntaxNode, text: string): Expression {
  const [object, parameters] = namedChildren(node);
  if (object === undefined || parameters === undefined) return unknown(node, text);
  const index = lowerTuple(namedChildren(parameters), hasToken(parameters, ','), text);
  return { kind: 'subscript', range: rangeOf(node), object: lowerExpression(object, text), index };
}

function unionType(node: SyntaxNode, text: string): Expression {
  const [left, right] = namedChildren(node).map((child) => lowerExpression(child, text));
  if (left === undefined || right === undefined) return unknown(node, text);
  return { kind: 'binary', range: rangeOf(node), operator: '|', left, right };
}

function attributeOf(node: SyntaxNode, object: Expression, attribute: SyntaxNode, text: string): Expression {
  const nameRange: Range = rangeOf(attribute);
  return { kind: 'attribute', range: rangeOf(node), object, name: text.slice(nameRange.start, nameRange.end), nameRange };
}

const lowerers: Readonly<Record<string, Lower>> = {
  identifier: name,
  integer: number,
  float: number,
  true: (node) => ({ kind: 'boolean', range: rangeOf(node), value: true }),
  false: (node) => ({ kind: 'boolean', range: rangeOf(node), value: false }),
  none: (node) => ({ kind: 'none', range: rangeOf(node) }),
  ellipsis: (node) => ({ kind: 'ellipsis', range: rangeOf(node) }),
  string: lowerString,
  concatenated_string: lowerConcatenatedString,
  attribute: (node, text) => {
    const attribute = childOf(node, 'attribute');
    return attribute === null ? unknown(node, text) : attributeOf(node, lowerField(node, 'object', text), attribute, text);
  },
  member_type: (node, text) => {
    const [object, attribute] = namedChildren(node);
    if (object === undefined || attribute === undefined) return unknown(node, text);
    return attributeOf(node, lowerExpression(object, text), attribute, text);
  },
  subscript,
  slice,
  call,
  unary_operator: (node, text) => {
    const operator = childOf(node, 'operator')?.type;
    const operand = lowerField(node, 'argument', text);
    return { kind: 'unary', range: rangeOf(node), operator: operator === '-' || operator === '~' ? operator : '+', operand };
  },
  not_operator: (node, text) => ({ kind: 'unary', range: rangeOf(node), operator: 'not', operand: lowerField(node, 'argument', text) }),
  binary_operator: binary,
  boolean_operator: (node, text) => ({
    kind: 'logical',
    range: rangeOf(node),
    operator: childOf(node, 'operator')?.type === 'or' ? 'or' : 'and',
    left: lowerField(node, 'left', text),
    right: lowerField(node, 'right', text),
  }),
  comparison_operator: comparison,
  conditional_expression: conditional,
  lambda,
  named_expression: (node, text) => ({
    kind: 'assign expression',
    range: rangeOf(node),
    target: lowerField(node, 'name', text),
    operator: null,
    value: lowerField(node, 'value', text),
  }),
  await: (node, text) => ({ kind: 'await', range: rangeOf(node), value: onlyPart(node, text) }),
  yield: yielded,
  parenthesized_expression: onlyPart,
  tuple: sequence('tuple'),
  expression_list: sequence('tuple'),
  tuple_expression: sequence('tuple'),
  pattern_list: sequence('tuple'),
  tuple_pattern: sequence('tuple'),
  list: sequence('list'),
  list_pattern: sequence('list'),
  set: sequence('set'),
  list_splat: spread,
  list_splat_pattern: spread,
  dictionary_splat_pattern: spread,
  dictionary,
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('set'),
  dictionary_comprehension: comprehension('dictionary'),
  generator_expression: comprehension('generator'),
  as_pattern_target: onlyPart,
  type: onlyPart,
  generic_type: genericType,
  union_type: unionType,
  splat_type: spread,
  dotted_name: (node, text) => {
    const [first, ...rest] = namedChildren(node);
    if (first === undefined) return unknown(node, text);
    return rest.reduce<Expression>(
      (object, part) => {
        const range = { start: node.start, end: part.end };
        return { kind: 'attribute', range, object, name: text.slice(part.start, part.end), nameRange: rangeOf(part) };
      },
      name(first, text),
    );
  },
};

/** Of `as` in a `with` or an `except`: what stands before it, and what after. */
export function splitAs(node: SyntaxNode, text: string): { value: Expression; alias: Expression | null } {
  const pattern = node.type === 'parenthesized_expression' ? childOfType(node, 'as_pattern') : node;
  if (pattern === null || pattern.type !== 'as_pattern' || pattern.broken) return { value: lowerExpression(node, text), alias: null };
  const [value] = namedChildren(pattern);
  const alias = childOf(pattern, 'alias');
  return {
    value: value === undefined ? nothing(pattern.start) : lowerExpression(value, text),
    alias: alias === null ? null : lowerExpression(alias, text),
  };
}
