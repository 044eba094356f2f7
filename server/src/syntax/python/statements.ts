// Python's statements, lowered.
import type { BinaryOperator, ClassDefinition, Expression, FunctionDefinition, Range, Statement, Try, With } from '../../ir/ir.ts';
import { childOf, childOfType, childrenOf, DEPTH_LIMIT, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerArguments, lowerExpression, lowerField, lowerTuple, nothing, splitAs } from './expressions.ts';
import { lowerImport } from './imports.ts';
import { lowerParameters } from './parameters.ts';
import { lowerCase } from './patterns.ts';
import { lowerBroken } from './recovery.ts';

/** A module, a block, or null for a block that is not there. */
export function lowerBlock(node: SyntaxNode | null, text: string): Statement[] {
  const body: Statement[] = [];
  if (node === null || node.tooDeep) {
    if (node !== null) body.push({ kind: 'unknown statement', range: rangeOf(node), body: [] });
    return body;
  }
  if (node.type === 'ERROR') return lowerBroken(node.children, text);
  for (const child of node.children) {
    if (child.named || child.type === 'ERROR') lowerStatement(child, text, body);
  }
  return body;
}

/** A broken compound statement is still what it is; what could not be read in it stands before it. */
export function lowerStatement(node: SyntaxNode, text: string, into: Statement[]): void {
  if (node.missing) return;
  const lower = lowerers[node.type];
  if (lower === undefined || node.tooDeep || node.type === 'ERROR' || (node.broken && !compound.has(node.type))) {
    into.push({
      kind: 'unknown statement',
      range: rangeOf(node),
      body: lowerBroken(node.type in lowerers || node.type === 'ERROR' ? node.children : [node], text),
    });
    return;
  }
  if (node.broken) {
    for (const child of node.children) if (child.type === 'ERROR') lowerStatement(child, text, into);
  }
  const lowered = lower(node, text);
  if (Array.isArray(lowered)) into.push(...lowered);
  else into.push(lowered);
}

export function isStatement(node: SyntaxNode): boolean {
  return node.type in lowerers;
}

const compound = new Set([
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'with_statement',
  'function_definition',
  'class_definition',
  'decorated_definition',
  'match_statement',
]);

type Lower = (node: SyntaxNode, text: string) => Statement | Statement[];

function expressionStatement(node: SyntaxNode, text: string): Statement | Statement[] {
  const children = namedChildren(node);
  const [first] = children;
  if (first === undefined) return { kind: 'unknown statement', range: rangeOf(node), body: [] };
  if (children.length === 1 && !first.broken) {
    if (first.type === 'assignment') return assignment(node, first, text);
    if (first.type === 'augmented_assignment') return augmentedAssignment(node, first, text);
  }
  if (first.broken && (first.type === 'assignment' || first.type === 'augmented_assignment')) {
    return { kind: 'unknown statement', range: rangeOf(node), body: lowerBroken(first.children, text) };
  }
  return { kind: 'expression', range: rangeOf(node), value: lowerTuple(children, hasToken(node, ','), text) };
}

/** `a = b = value` is nested to the right in the tree and flat here. */
function assignment(statement: SyntaxNode, node: SyntaxNode, text: string): Statement | Statement[] {
  const targets: Expression[] = [];
  let current = node;
  let annotation: SyntaxNode | null = null;
  for (;;) {
    targets.push(lowerField(current, 'left', text));
    annotation ??= childOf(current, 'type');
    const right = childOf(current, 'right');
    if (right?.type === 'assignment' && !right.broken) {
      current = right;
      continue;
    }
    const value = right === null ? null : lowerExpression(right, text);
    const assigned = { kind: 'assign' as const, range: rangeOf(statement), targets, value };
    return annotation === null ? assigned : { ...assigned, annotation: lowerExpression(annotation, text) };
  }
}

function augmentedAssignment(statement: SyntaxNode, node: SyntaxNode, text: string): Statement {
  const operator = (childOf(node, 'operator')?.type ?? '+=').slice(0, -1) as BinaryOperator;
  const target = lowerField(node, 'left', text);
  return { kind: 'augmented assign', range: rangeOf(statement), target, operator, value: lowerField(node, 'right', text) };
}

function ifStatement(node: SyntaxNode, text: string): Statement {
  const alternatives = childrenOf(node, 'alternative').concat(childrenOf(node, 'body').filter((child) => child.type === 'else_clause'));
  const end = alternatives[alternatives.length - 1]?.end ?? node.end;
  // Each `elif` is an `if` inside the one before; past the limit they are no longer told apart.
  const read = alternatives.slice(0, DEPTH_LIMIT);
  const beyond = alternatives[DEPTH_LIMIT];
  let otherwise: Statement[] = beyond === undefined ? [] : [{ kind: 'unknown statement', range: { start: beyond.start, end }, body: [] }];
  for (const clause of read.reverse()) {
    if (clause.type !== 'elif_clause') otherwise = lowerBlock(childOf(clause, 'body'), text);
    else otherwise = [conditional(clause, { start: clause.start, end }, otherwise, text)];
  }
  return conditional(node, rangeOf(node), otherwise, text);
}

function conditional(node: SyntaxNode, range: Range, otherwise: Statement[], text: string): Statement {
  const test = lowerField(node, 'condition', text);
  return { kind: 'if', range, test, then: lowerBlock(childOf(node, 'consequence'), text), otherwise };
}

function elseBlock(node: SyntaxNode, text: string): Statement[] {
  const clause = childOfType(node, 'else_clause');
  return clause === null ? [] : lowerBlock(childOf(clause, 'body'), text);
}

function forStatement(node: SyntaxNode, text: string): Statement {
  const target = lowerField(node, 'left', text);
  const iterable = lowerField(node, 'right', text);
  const body = lowerBlock(childOf(node, 'body'), text);
  const loop = { kind: 'for' as const, range: rangeOf(node), target, iterable, body, otherwise: elseBlock(node, text) };
  return hasToken(node, 'async') ? { ...loop, isAsync: true } : loop;
}

function withStatement(node: SyntaxNode, text: string): Statement {
  const clause = childOfType(node, 'with_clause');
  const items: With['items'][number][] = [];
  for (const item of clause?.children ?? []) {
    if (item.type === 'ERROR') items.push({ range: rangeOf(item), context: lowerExpression(item, text), target: null });
    if (item.type !== 'with_item') continue;
    const value = childOf(item, 'value');
    const { value: context, alias } = value === null ? { value: nothing(item.end), alias: null } : splitAs(value, text);
    items.push({ range: rangeOf(item), context, target: alias });
  }
  const lowered = { kind: 'with' as const, range: rangeOf(node), items, body: lowerBlock(childOf(node, 'body'), text) };
  return hasToken(node, 'async') ? { ...lowered, isAsync: true } : lowered;
}

function tryStatement(node: SyntaxNode, text: string): Statement {
  const finallyClause = childOfType(node, 'finally_clause');
  return {
    kind: 'try',
    range: rangeOf(node),
    body: lowerBlock(childOf(node, 'body'), text),
    handlers: node.children.filter((child) => child.type === 'except_clause').map((child) => handler(child, text)),
    otherwise: elseBlock(node, text),
    finally: finallyClause === null ? [] : lowerBlock(childOfType(finallyClause, 'block'), text),
  };
}

/** `except A, e:` names the exception in Python 2; `except A, B:` is two types in Python 3.14: types are capitalised, names are not. */
function handler(node: SyntaxNode, text: string): Try['handlers'][number] {
  const body = lowerBlock(childOfType(node, 'block'), text);
  const range = rangeOf(node);
  const values = childrenOf(node, 'value');
  const [first, second] = values;
  if (first === undefined) return { range, type: null, name: null, body };
  if (values.length === 2 && second?.type === 'identifier' && /^[a-z_]/.test(text.slice(second.start, second.end))) {
    return { range, type: lowerExpression(first, text), name: lowerExpression(second, text), body };
  }
  if (values.length > 1) return { range, type: lowerTuple(values, false, text), name: null, body };
  const alias = childOf(node, 'alias');
  const split = splitAs(first, text);
  return { range, type: split.value, name: alias === null ? split.alias : lowerExpression(alias, text), body };
}

function functionDefinition(node: SyntaxNode, range: Range, decorators: Expression[], text: string): FunctionDefinition {
  const nameNode = childOf(node, 'name');
  const parameters = childOf(node, 'parameters');
  const returns = childOf(node, 'return_type');
  const body = childOf(node, 'body');
  return {
    range,
    name: nameNode === null ? '' : text.slice(nameNode.start, nameNode.end),
    nameRange: nameNode === null ? null : rangeOf(nameNode),
    parameters: parameters === null ? [] : lowerParameters(parameters, text),
    body: lowerBlock(body, text),
    decorators,
    ...(returns === null ? {} : { returns: lowerExpression(returns, text) }),
    ...(hasToken(node, 'async') ? { isAsync: true } : {}),
    ...(body !== null && yields(body) ? { isGenerator: true } : {}),
  };
}

/** Functions, classes and lambdas inside have their own `yield`s. */
function yields(node: SyntaxNode): boolean {
  for (const child of node.children) {
    if (child.type === 'yield' && child.named) return true;
    if (child.type === 'function_definition' || child.type === 'class_definition' || child.type === 'lambda') continue;
    if (child.children.length > 0 && yields(child)) return true;
  }
  return false;
}

function classDefinition(node: SyntaxNode, range: Range, decorators: Expression[], text: string): ClassDefinition {
  const nameNode = childOf(node, 'name');
  const bases = childOf(node, 'superclasses');
  return {
    range,
    name: nameNode === null ? '' : text.slice(nameNode.start, nameNode.end),
    nameRange: nameNode === null ? null : rangeOf(nameNode),
    bases: bases === null ? [] : lowerArguments(bases, text),
    body: lowerBlock(childOf(node, 'body'), text),
    decorators,
  };
}

function definition(node: SyntaxNode, range: Range, decorators: Expression[], text: string): Statement {
  return node.type === 'class_definition'
    ? { kind: 'class statement', range, definition: classDefinition(node, range, decorators, text) }
    : { kind: 'function statement', range, definition: functionDefinition(node, range, decorators, text) };
}

function decorated(node: SyntaxNode, text: string): Statement {
  const decorators = node.children
    .filter((child) => child.type === 'decorator')
    .map((child) => {
      const value = namedChildren(child)[0];
      return value === undefined ? nothing(child.end) : lowerExpression(value, text);
    });
  const defined = childOf(node, 'definition');
  if (defined !== null) return definition(defined, rangeOf(node), decorators, text);
  return {
    kind: 'unknown statement',
    range: rangeOf(node),
    body: decorators.map((value) => ({ kind: 'expression', range: value.range, value })),
  };
}

function valueOf(node: SyntaxNode, text: string): Expression | null {
  const child = namedChildren(node)[0];
  return child === undefined ? null : lowerExpression(child, text);
}

/** Python 2: `print >>stream, a` is `print(a)` with `file=stream`. */
function printStatement(node: SyntaxNode, text: string): Statement {
  const [keyword] = node.children;
  const args = namedChildren(node).map((child) => {
    const range = rangeOf(child);
    if (child.type !== 'chevron') return { range, value: lowerExpression(child, text) };
    return { range, value: valueOf(child, text) ?? nothing(child.end), keyword: 'file' };
  });
  return callStatement(node, keyword ?? node, args, text);
}

function execStatement(node: SyntaxNode, text: string): Statement {
  const [keyword] = node.children;
  const args = namedChildren(node).map((child) => ({ range: rangeOf(child), value: lowerExpression(child, text) }));
  return callStatement(node, keyword ?? node, args, text);
}

function callStatement(node: SyntaxNode, keyword: SyntaxNode, args: { range: Range; value: Expression }[], text: string): Statement {
  const range = rangeOf(node);
  const callee: Expression = { kind: 'name', range: rangeOf(keyword), name: text.slice(keyword.start, keyword.end) };
  const argumentsRange = { start: args[0]?.range.start ?? keyword.end, end: node.end };
  return { kind: 'expression', range, value: { kind: 'call', range, callee, args, argumentsRange } };
}

function scope(type: 'global' | 'nonlocal'): Lower {
  return (node, text) => ({
    kind: 'scope',
    range: rangeOf(node),
    type,
    names: namedChildren(node).map((child) => text.slice(child.start, child.end)),
  });
}

const lowerers: Readonly<Record<string, Lower>> = {
  expression_statement: expressionStatement,
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: (node, text) => ({
    kind: 'while',
    range: rangeOf(node),
    test: lowerField(node, 'condition', text),
    body: lowerBlock(childOf(node, 'body'), text),
    otherwise: elseBlock(node, text),
  }),
  with_statement: withStatement,
  try_statement: tryStatement,
  function_definition: (node, text) => definition(node, rangeOf(node), [], text),
  class_definition: (node, text) => definition(node, rangeOf(node), [], text),
  decorated_definition: decorated,
  return_statement: (node, text) => ({ kind: 'return', range: rangeOf(node), value: valueOf(node, text) }),
  raise_statement: (node, text) => {
    const cause = childOf(node, 'cause');
    const value = namedChildren(node).find((child) => child !== cause);
    return {
      kind: 'raise',
      range: rangeOf(node),
      value: value === undefined ? null : lowerExpression(value, text),
      cause: cause === null ? null : lowerExpression(cause, text),
    };
  },
  assert_statement: (node, text) => {
    const [test, message] = namedChildren(node).map((child) => lowerExpression(child, text));
    return { kind: 'assert', range: rangeOf(node), test: test ?? nothing(node.end), message: message ?? null };
  },
  delete_statement: (node, text) => {
    const children = namedChildren(node);
    const list = children[0]?.type === 'expression_list' ? namedChildren(children[0]) : children;
    return { kind: 'delete', range: rangeOf(node), targets: list.map((child) => lowerExpression(child, text)) };
  },
  pass_statement: (node) => ({ kind: 'pass', range: rangeOf(node) }),
  break_statement: (node) => ({ kind: 'break', range: rangeOf(node) }),
  continue_statement: (node) => ({ kind: 'continue', range: rangeOf(node) }),
  global_statement: scope('global'),
  nonlocal_statement: scope('nonlocal'),
  import_statement: lowerImport,
  import_from_statement: lowerImport,
  future_import_statement: lowerImport,
  print_statement: printStatement,
  exec_statement: execStatement,
  type_alias_statement: (node, text) => {
    const left = childOf(node, 'left');
    const value = lowerField(node, 'right', text);
    const name = left === null ? nothing(node.start) : lowerExpression(left, text);
    const target = name.kind === 'subscript' ? name.object : name;
    const range = rangeOf(node);
    // `type(a).b = c` looks like a type alias of `(a).b` to the grammar.
    if (target.kind !== 'name')
      return { kind: 'assign', range, targets: [{ kind: 'unknown expression', range: name.range, children: [name] }], value };
    const alias: Expression = { kind: 'unknown expression', range: value.range, children: [value] };
    return { kind: 'assign', range, targets: [target], value: alias };
  },
  match_statement: (node, text) => {
    const subjects = childrenOf(node, 'subject');
    const body = childOf(node, 'body');
    return {
      kind: 'match',
      range: rangeOf(node),
      subject: subjects.length === 0 ? nothing(node.end) : lowerTuple(subjects, hasToken(node, ','), text),
      cases: (body?.children ?? []).filter((child) => child.type === 'case_clause').map((child) => lowerCase(child, text)),
    };
  },
};
