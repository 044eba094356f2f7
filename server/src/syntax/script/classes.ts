// JavaScript's classes: methods are functions, fields are assignments, as in a Python class body.
import type { Argument, ClassDefinition, Expression, Range, Statement } from '../../ir/ir.ts';
import { childOf, childOfType, childrenOf, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression, lowerFirst, lowerKey, nameOf, nothing, unknown } from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { lowerBlock } from './statements.ts';
import { lowerType } from './types.ts';

export function lowerClass(node: SyntaxNode, range: Range, decorators: readonly Expression[], text: string): ClassDefinition {
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  return {
    range,
    name: name === null ? '' : text.slice(name.start, name.end),
    nameRange: name === null ? null : rangeOf(name),
    bases: bases(node, text),
    body: body === null ? [] : members(body, text),
    decorators: [...decorators, ...lowerDecorators(node, text)],
  };
}

export function lowerDecorators(node: SyntaxNode, text: string): Expression[] {
  return node.children.filter((child) => child.type === 'decorator').map((child) => lowerFirst(child, text));
}

function bases(node: SyntaxNode, text: string): Argument[] {
  const heritage = childOfType(node, 'class_heritage');
  if (heritage === null) return [];
  const clause = childOfType(heritage, 'extends_clause');
  const values =
    clause === null ? namedChildren(heritage).filter((child) => child.type !== 'implements_clause') : childrenOf(clause, 'value');
  return values.map((child) => ({ range: rangeOf(child), value: lowerExpression(child, text) }));
}

/** What only declares a type: overloads, abstract methods, index signatures. */
const typesOnly = new Set(['method_signature', 'abstract_method_signature', 'index_signature']);

function members(body: SyntaxNode, text: string): Statement[] {
  const found: Statement[] = [];
  let decorators: Expression[] = [];
  for (const child of body.children) {
    if (child.type === 'decorator') {
      decorators.push(lowerFirst(child, text));
    } else if (child.named) {
      if (!typesOnly.has(child.type)) found.push(member(child, decorators, text));
      decorators = [];
    }
  }
  return found;
}

/** In TypeScript's tree the decorators of a member stand before it, not in it. */
function member(node: SyntaxNode, decorators: readonly Expression[], text: string): Statement {
  const range = {
    start: decorators[0] === undefined ? node.start : Math.max(0, text.lastIndexOf('@', decorators[0].range.start)),
    end: node.end,
  };
  switch (node.broken ? 'ERROR' : node.type) {
    case 'method_definition':
      return method(node, range, [...decorators, ...lowerDecorators(node, text)], text);
    case 'field_definition':
    case 'public_field_definition':
      return field(node, range, [...decorators, ...lowerDecorators(node, text)], text);
    case 'class_static_block':
      return { kind: 'block', range, body: lowerBlock(childOf(node, 'body') ?? childOfType(node, 'statement_block'), text) };
    default: {
      const value = unknown(node, text);
      return { kind: 'unknown statement', range, body: value.kind === 'unknown expression' ? asStatements(value.children) : [] };
    }
  }
}

function asStatements(values: readonly Expression[]): Statement[] {
  return values.map((value) => ({ kind: 'expression', range: value.range, value }));
}

function method(node: SyntaxNode, range: Range, decorators: readonly Expression[], text: string): Statement {
  const name = childOf(node, 'name');
  const lowered = lowerFunction(node, text);
  const marks: Expression[] = [];
  for (const token of node.children) {
    if (token.type === 'static') marks.push({ kind: 'name', range: rangeOf(token), name: 'staticmethod' });
    else if (token.type === 'get') marks.push({ kind: 'name', range: rangeOf(token), name: 'property' });
    else if (token.type === 'set') marks.push(setter(rangeOf(token), lowered.name));
  }
  const definition = { ...lowered, range, decorators: [...decorators, ...marks] };
  if (name === null || name.type !== 'computed_property_name') {
    const key = name === null ? null : lowerKey(name, text);
    return { kind: 'function statement', range, definition: key?.kind === 'string' ? { ...definition, name: key.value } : definition };
  }
  const key = lowerKey(name, text);
  const anonymous: Statement = { kind: 'function statement', range, definition: { ...definition, name: '' } };
  return { kind: 'unknown statement', range, body: [...asStatements([key]), anonymous] };
}

/** As Python writes it: `@x.setter`. */
function setter(range: Range, name: string): Expression {
  return { kind: 'attribute', range, object: { kind: 'name', range, name }, name: 'setter', nameRange: range };
}

/** What a decorated field holds is what its decorators make of it. */
function field(node: SyntaxNode, range: Range, decorators: readonly Expression[], text: string): Statement {
  const name = childOf(node, 'property') ?? childOf(node, 'name');
  const value = childOf(node, 'value');
  const initial = value === null ? [] : [lowerExpression(value, text)];
  const annotation = childOf(node, 'type');
  return {
    kind: 'assign',
    range,
    targets: [name === null ? nothing(node.start) : fieldName(name, text)],
    value: decorators.length > 0 ? { kind: 'unknown expression', range, children: [...decorators, ...initial] } : (initial[0] ?? null),
    ...(annotation === null ? {} : { annotation: lowerType(annotation, text) }),
  };
}

function fieldName(node: SyntaxNode, text: string): Expression {
  if (node.type === 'computed_property_name') return { kind: 'unknown expression', range: rangeOf(node), children: [lowerKey(node, text)] };
  const key = lowerKey(node, text);
  return key.kind === 'string' ? { kind: 'name', range: key.range, name: key.value } : nameOf(node, text);
}
