// JavaScript's and TypeScript's expressions, lowered; TypeScript's assertions (`as`, `!`, `satisfies`) leave what they stand on.
import type { Argument, AssignExpression, BinaryOperator, CompareOperator, Expression, StringLiteral } from '../../ir/ir.ts';
import { childOf, childOfType, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerClass } from './classes.ts';
import { lowerFunction } from './functions.ts';
import { decodeEscapes, parseNumber } from './literals.ts';
import { lowerTarget } from './targets.ts';

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
export function nothing(at: number): Expression {
  return { kind: 'unknown expression', range: { start: at, end: at }, children: [] };
}

export function lowerField(node: SyntaxNode, field: string, text: string): Expression {
  const child = childOf(node, field);
  return child === null ? nothing(node.end) : lowerExpression(child, text);
}

export function lowerFirst(node: SyntaxNode, text: string): Expression {
  const child = namedChildren(node)[0];
  return child === undefined ? nothing(node.end) : lowerExpression(child, text);
}

export function nameOf(node: SyntaxNode, text: string): Expression {
  return node.start === node.end ? nothing(node.start) : { kind: 'name', range: rangeOf(node), name: text.slice(node.start, node.end) };
}

export function lowerString(node: SyntaxNode, text: string): StringLiteral {
  return { kind: 'string', range: rangeOf(node), value: decodeEscapes(text.slice(node.start + 1, Math.max(node.start + 1, node.end - 1))) };
}

/** The key of a property or method: a string unless it is computed. */
export function lowerKey(node: SyntaxNode, text: string): Expression {
  if (node.type === 'computed_property_name') return lowerFirst(node, text);
  if (node.type === 'string') return lowerString(node, text);
  const written = text.slice(node.start, node.end);
  return { kind: 'string', range: rangeOf(node), value: node.type === 'number' ? String(parseNumber(written).value) : written };
}

type Lower = (node: SyntaxNode, text: string) => Expression;

/** Elements of an array or of a pattern, with an unknown of no width for each hole. */
export function lowerElements(node: SyntaxNode, lower: (element: SyntaxNode) => Expression): Expression[] {
  const elements: Expression[] = [];
  let filled = false;
  for (const child of node.children) {
    if (child.type === ',') {
      if (!filled) elements.push(nothing(child.start));
      filled = false;
    } else if (child.named) {
      elements.push(lower(child));
      filled = true;
    }
  }
  return elements;
}

function object(node: SyntaxNode, text: string): Expression {
  const entries = namedChildren(node).map((child): { key: Expression | null; value: Expression } => {
    switch (child.type) {
      case 'pair': {
        const key = childOf(child, 'key');
        return { key: key === null ? nothing(child.start) : lowerKey(key, text), value: lowerField(child, 'value', text) };
      }
      case 'shorthand_property_identifier':
        return { key: lowerKey(child, text), value: nameOf(child, text) };
      case 'spread_element':
        return { key: null, value: lowerFirst(child, text) };
      case 'method_definition': {
        const name = childOf(child, 'name');
        const range = rangeOf(child);
        const method: Expression = { kind: 'function', range, definition: lowerFunction(child, text) };
        const accessor = hasToken(child, 'get') || hasToken(child, 'set');
        const value: Expression = accessor ? { kind: 'unknown expression', range, children: [method] } : method;
        return { key: name === null ? nothing(child.start) : lowerKey(name, text), value };
      }
      default:
        return { key: nothing(child.start), value: unknown(child, text) };
    }
  });
  return { kind: 'dictionary', range: rangeOf(node), entries };
}

function isOptional(node: SyntaxNode): boolean {
  return node.children.some((child) => child.type === 'optional_chain' || child.type === '?.');
}

function member(node: SyntaxNode, text: string): Expression {
  const property = childOf(node, 'property');
  const target = lowerField(node, 'object', text);
  const nameRange = property === null ? { start: node.end, end: node.end } : rangeOf(property);
  const lowered = {
    kind: 'attribute' as const,
    range: rangeOf(node),
    object: target,
    name: text.slice(nameRange.start, nameRange.end),
    nameRange,
  };
  return isOptional(node) ? { ...lowered, optional: true } : lowered;
}

function subscript(node: SyntaxNode, text: string): Expression {
  const target = lowerField(node, 'object', text);
  const lowered = { kind: 'subscript' as const, range: rangeOf(node), object: target, index: lowerField(node, 'index', text) };
  return isOptional(node) ? { ...lowered, optional: true } : lowered;
}

export function lowerArguments(list: SyntaxNode, text: string): Argument[] {
  return namedChildren(list).map((child): Argument => {
    const range = rangeOf(child);
    return child.type === 'spread_element'
      ? { range, value: lowerFirst(child, text), spread: 'list' }
      : { range, value: lowerExpression(child, text) };
  });
}

function call(node: SyntaxNode, text: string): Expression {
  const isNew = node.type === 'new_expression';
  const callee = lowerField(node, isNew ? 'constructor' : 'function', text);
  const list = childOf(node, 'arguments');
  const tagged = list !== null && list.type === 'template_string';
  const lowered = {
    kind: 'call' as const,
    range: rangeOf(node),
    callee,
    args: list === null ? [] : tagged ? taggedArguments(list, text) : lowerArguments(list, text),
    argumentsRange: list === null ? { start: node.end, end: node.end } : rangeOf(list),
  };
  if (isNew) return { ...lowered, isNew: true };
  return isOptional(node) ? { ...lowered, optional: true } : lowered;
}

/** A tag is called with the list of literal parts, then with each value. */
function taggedArguments(node: SyntaxNode, text: string): Argument[] {
  const range = rangeOf(node);
  const strings: Expression[] = [];
  const values: Expression[] = [];
  let literal = '';
  for (const part of templateParts(node, text)) {
    if (typeof part === 'string') {
      literal = part;
    } else {
      strings.push({ kind: 'string', range, value: literal });
      values.push(part);
      literal = '';
    }
  }
  strings.push({ kind: 'string', range, value: literal });
  const list: Expression = { kind: 'sequence', range, type: 'list', elements: strings };
  return [list, ...values].map((value) => ({ range: value.range, value }));
}

function templateParts(node: SyntaxNode, text: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let from = node.start + 1;
  for (const child of node.children) {
    if (child.type !== 'template_substitution') continue;
    if (child.start > from) parts.push(decodeEscapes(text.slice(from, child.start)));
    parts.push(lowerFirst(child, text));
    from = child.end;
  }
  if (node.end - 1 > from) parts.push(decodeEscapes(text.slice(from, node.end - 1)));
  return parts;
}

function template(node: SyntaxNode, text: string): Expression {
  const parts = templateParts(node, text);
  const [only = ''] = parts;
  if (parts.length <= 1 && typeof only === 'string') return { kind: 'string', range: rangeOf(node), value: only };
  return { kind: 'template', range: rangeOf(node), parts };
}

const comparisons = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==', 'in', 'instanceof']);

function binary(node: SyntaxNode, text: string): Expression {
  const operator = childOf(node, 'operator')?.type ?? '+';
  const range = rangeOf(node);
  const leftNode = childOf(node, 'left');
  const left = leftNode?.type === 'private_property_identifier' ? lowerKey(leftNode, text) : lowerField(node, 'left', text);
  const right = lowerField(node, 'right', text);
  if (operator === '&&' || operator === '||' || operator === '??')
    return { kind: 'logical', range, operator: logicalOperator(operator), left, right };
  if (comparisons.has(operator)) return { kind: 'compare', range, operators: [operator as CompareOperator], operands: [left, right] };
  return { kind: 'binary', range, operator: operator as BinaryOperator, left, right };
}

function logicalOperator(operator: string): 'and' | 'or' | '??' {
  return operator === '&&' ? 'and' : operator === '||' ? 'or' : '??';
}

/** `+=`, `&&=` and their kin without the `=`; null for `=` itself. */
export function assignmentOperator(node: SyntaxNode): AssignExpression['operator'] {
  const written = childOf(node, 'operator')?.type ?? '=';
  if (node.type === 'assignment_expression' || written === '=') return null;
  const operator = written.slice(0, -1);
  return operator === '&&' || operator === '||' || operator === '??' ? logicalOperator(operator) : (operator as BinaryOperator);
}

function assignment(node: SyntaxNode, text: string): Expression {
  const left = childOf(node, 'left');
  const target = left === null ? nothing(node.start) : lowerTarget(left, text);
  return {
    kind: 'assign expression',
    range: rangeOf(node),
    target,
    operator: assignmentOperator(node),
    value: lowerField(node, 'right', text),
  };
}

/** `x++` adds one; its one stands where the operator stands. */
export function lowerUpdate(
  node: SyntaxNode,
  text: string,
): { target: Expression; operator: '+' | '-'; value: Expression; isPostfix: boolean } {
  const operator = childOf(node, 'operator');
  const argument = childOf(node, 'argument');
  const range = operator === null ? rangeOf(node) : rangeOf(operator);
  return {
    target: argument === null ? nothing(node.end) : lowerTarget(argument, text),
    operator: operator?.type === '--' ? '-' : '+',
    value: { kind: 'number', range, value: 1, integer: false },
    isPostfix: operator !== null && argument !== null && operator.start > argument.start,
  };
}

function update(node: SyntaxNode, text: string): Expression {
  const { isPostfix, ...parts } = lowerUpdate(node, text);
  const lowered = { kind: 'assign expression' as const, range: rangeOf(node), ...parts };
  return isPostfix ? { ...lowered, returnsOld: true } : lowered;
}

function unary(node: SyntaxNode, text: string): Expression {
  const operator = childOf(node, 'operator')?.type;
  const operand = lowerField(node, 'argument', text);
  const range = rangeOf(node);
  switch (operator) {
    case '-':
    case '+':
    case '~':
    case 'typeof':
    case 'void':
    case 'delete':
      return { kind: 'unary', range, operator, operand };
    default:
      return { kind: 'unary', range, operator: 'not', operand };
  }
}

function yielded(node: SyntaxNode, text: string): Expression {
  const child = namedChildren(node)[0];
  const value = child === undefined ? null : lowerExpression(child, text);
  const range = rangeOf(node);
  return hasToken(node, '*') ? { kind: 'yield', range, value, from: true } : { kind: 'yield', range, value };
}

function functionExpression(node: SyntaxNode, text: string): Expression {
  return { kind: 'function', range: rangeOf(node), definition: lowerFunction(node, text) };
}

/** `<T>value` */
function typeAssertion(node: SyntaxNode, text: string): Expression {
  const children = namedChildren(node);
  const value = children[children.length - 1];
  return value === undefined ? nothing(node.end) : lowerExpression(value, text);
}

const lowerers: Readonly<Record<string, Lower>> = {
  identifier: nameOf,
  undefined: nameOf,
  this: nameOf,
  super: nameOf,
  import: nameOf,
  shorthand_property_identifier: nameOf,
  true: (node) => ({ kind: 'boolean', range: rangeOf(node), value: true }),
  false: (node) => ({ kind: 'boolean', range: rangeOf(node), value: false }),
  null: (node) => ({ kind: 'none', range: rangeOf(node) }),
  number: (node, text) => ({ kind: 'number', range: rangeOf(node), ...parseNumber(text.slice(node.start, node.end)) }),
  string: lowerString,
  template_string: template,
  regex: (node) => ({ kind: 'unknown expression', range: rangeOf(node), children: [] }),
  array: (node, text) => ({
    kind: 'sequence',
    range: rangeOf(node),
    type: 'list',
    elements: lowerElements(node, (element) => lowerExpression(element, text)),
  }),
  object,
  spread_element: (node, text) => ({ kind: 'spread', range: rangeOf(node), value: lowerFirst(node, text) }),
  member_expression: member,
  meta_property: (node, text) => {
    const dot = node.children.find((child) => child.type === '.');
    if (dot === undefined) return nameOf(node, text);
    const [head, nameRange] = [
      { start: node.start, end: dot.start },
      { start: dot.end, end: node.end },
    ];
    const owner: Expression = { kind: 'name', range: head, name: text.slice(head.start, head.end) };
    return { kind: 'attribute', range: rangeOf(node), object: owner, name: text.slice(nameRange.start, nameRange.end), nameRange };
  },
  subscript_expression: subscript,
  call_expression: call,
  new_expression: call,
  binary_expression: binary,
  unary_expression: unary,
  update_expression: update,
  assignment_expression: assignment,
  augmented_assignment_expression: assignment,
  ternary_expression: (node, text) => ({
    kind: 'conditional',
    range: rangeOf(node),
    test: lowerField(node, 'condition', text),
    then: lowerField(node, 'consequence', text),
    otherwise: lowerField(node, 'alternative', text),
  }),
  await_expression: (node, text) => ({ kind: 'await', range: rangeOf(node), value: lowerFirst(node, text) }),
  yield_expression: yielded,
  parenthesized_expression: lowerFirst,
  function_expression: functionExpression,
  generator_function: functionExpression,
  arrow_function: functionExpression,
  class: (node, text) => ({ kind: 'class', range: rangeOf(node), definition: lowerClass(node, rangeOf(node), [], text) }),
  as_expression: lowerFirst,
  satisfies_expression: lowerFirst,
  non_null_expression: lowerFirst,
  instantiation_expression: lowerFirst,
  type_assertion: typeAssertion,
};

/** TypeScript: types are not expressions, though tree-sitter's tree holds them beside some. */
export function isExpression(node: SyntaxNode): boolean {
  return node.type in lowerers || childOfType(node, 'jsx_opening_element') !== null;
}
