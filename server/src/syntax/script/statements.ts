// JavaScript's and TypeScript's statements, lowered. What only declares types is left out.
import type { Expression, Match, Statement, Try } from '../../ir/ir.ts';
import { childOf, childOfType, childrenOf, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerClass } from './classes.ts';
import {
  assignmentOperator,
  lowerExpression,
  lowerField,
  lowerFirst,
  lowerUpdate,
  nothing,
  readableParts,
  unknown,
} from './expressions.ts';
import { lowerFunction } from './functions.ts';
import { lowerExport, lowerImport } from './modules.ts';
import { lowerBroken } from './recovery.ts';
import { lowerTarget } from './targets.ts';
import { lowerType } from './types.ts';

/** A program, a block's statements, or null for a block that is not there. */
export function lowerBlock(node: SyntaxNode | null, text: string): Statement[] {
  if (node === null) return [];
  if (node.tooDeep) return [{ kind: 'unknown statement', range: rangeOf(node), body: [] }];
  if (node.type === 'ERROR') return lowerBroken(node.children, text);
  const body: Statement[] = [];
  for (const child of node.children) if (child.named) lowerStatement(child, text, body);
  return body;
}

/** The statement after `if (…)`, `for (…)` and their kin: a block is its statements. */
export function lowerBody(node: SyntaxNode | null, text: string): Statement[] {
  if (node === null || node.type === 'statement_block') return lowerBlock(node, text);
  const body: Statement[] = [];
  lowerStatement(node, text, body);
  return body;
}

/** A broken compound statement is still what it is; what could not be read in it stands before it. */
export function lowerStatement(node: SyntaxNode, text: string, into: Statement[]): void {
  if (node.missing || leftOut.has(node.type)) return;
  const lower = lowerers[node.type];
  if (lower === undefined || node.tooDeep || node.type === 'ERROR' || (node.broken && !compound.has(node.type))) {
    const parts = lower !== undefined || node.type === 'ERROR' ? node.children : [node];
    // A semicolon that is not there at a line's end is no reason to doubt the line.
    if (lower === undefined || !onlyMissing(node, ';')) {
      into.push({ kind: 'unknown statement', range: rangeOf(node), body: node.tooDeep ? [] : lowerBroken(parts, text) });
      return;
    }
  }
  if (node.broken) {
    for (const child of node.children) if (child.type === 'ERROR') lowerStatement(child, text, into);
  }
  const lowered = lower(node, text);
  if (Array.isArray(lowered)) into.push(...lowered);
  else into.push(lowered);
}

function onlyMissing(node: SyntaxNode, token: string): boolean {
  return !node.tooDeep && node.children.every((child) => child.type !== 'ERROR' && (!child.missing || child.type === token));
}

export function isStatement(node: SyntaxNode): boolean {
  return node.type in lowerers || leftOut.has(node.type);
}

const compound = new Set([
  ...['if_statement', 'for_statement', 'for_in_statement', 'while_statement', 'do_statement', 'switch_statement', 'try_statement'],
  ...['statement_block', 'class_declaration', 'abstract_class_declaration', 'function_declaration', 'generator_function_declaration'],
]);

/** Types, and statements that do nothing. */
const leftOut = new Set([
  ...[
    'interface_declaration',
    'type_alias_declaration',
    'ambient_declaration',
    'function_signature',
    'import_alias_type',
    'empty_statement',
  ],
]);

type Lower = (node: SyntaxNode, text: string) => Statement | Statement[];

/** `a = 1, b = 2;` is one statement after another. */
function expressionStatement(node: SyntaxNode, text: string): Statement[] {
  const [child] = namedChildren(node);
  if (child === undefined) return [];
  if (child.type === 'sequence_expression' && !child.broken)
    return namedChildren(child).map((part) => expressionAsStatement(part, part, text));
  return [expressionAsStatement(child, node, text)];
}

function expressionAsStatement(node: SyntaxNode, statement: SyntaxNode, text: string): Statement {
  const range = rangeOf(statement);
  if ((!node.broken || onlyMissing(node, '}')) && !node.tooDeep) {
    switch (node.type) {
      case 'assignment_expression':
        return assignment(node, statement, text);
      case 'augmented_assignment_expression': {
        const operator = assignmentOperator(node);
        const left = childOf(node, 'left');
        if (operator === null || left === null) break;
        return { kind: 'augmented assign', range, target: lowerTarget(left, text), operator, value: lowerField(node, 'right', text) };
      }
      case 'update_expression': {
        const { target, operator, value } = lowerUpdate(node, text);
        return { kind: 'augmented assign', range, target, operator, value };
      }
      case 'parenthesized_expression': {
        const inner = namedChildren(node)[0];
        if (inner !== undefined) return expressionAsStatement(inner, statement, text);
        break;
      }
      case 'function_expression':
      case 'generator_function':
        // A declaration whose end is missing.
        return childOf(node, 'name') === null
          ? { kind: 'expression', range, value: lowerExpression(node, text) }
          : functionStatement(node, text);
      case 'class':
        return childOf(node, 'name') === null
          ? { kind: 'expression', range, value: lowerExpression(node, text) }
          : classStatement(node, text);
      case 'internal_module':
      case 'module':
        return { kind: 'unknown statement', range, body: lowerBlock(childOf(node, 'body'), text) };
    }
  }
  return { kind: 'expression', range, value: lowerExpression(node, text) };
}

/** `a = b = value` is nested to the right in the tree and flat here. */
function assignment(node: SyntaxNode, statement: SyntaxNode, text: string): Statement {
  const targets: Expression[] = [];
  let current = node;
  for (;;) {
    const left = childOf(current, 'left');
    targets.push(left === null ? nothing(current.start) : lowerTarget(left, text));
    const right = childOf(current, 'right');
    if (right?.type !== 'assignment_expression' || right.broken || right.tooDeep) {
      return {
        kind: 'assign',
        range: rangeOf(statement),
        targets,
        value: right === null ? nothing(current.end) : lowerExpression(right, text),
      };
    }
    current = right;
  }
}

function declaration(kind: 'const' | 'let' | 'var'): Lower {
  return (node, text) => {
    const written = childOf(node, 'kind')?.type;
    const declared = written === 'let' || written === 'const' ? written : kind;
    const declarators = node.children.filter((child) => child.type === 'variable_declarator');
    return declarators.map((child): Statement => {
      const name = childOf(child, 'name');
      const value = childOf(child, 'value');
      const annotation = childOf(child, 'type');
      return {
        kind: 'assign',
        range: rangeOf(declarators.length === 1 ? node : child),
        targets: [name === null || child.broken ? unknown(child, text) : lowerTarget(name, text)],
        value: value === null || child.broken ? null : lowerExpression(value, text),
        ...(annotation === null ? {} : { annotation: lowerType(annotation, text) }),
        declaration: declared,
      };
    });
  };
}

function ifStatement(node: SyntaxNode, text: string): Statement {
  const alternative = childOf(node, 'alternative');
  const otherwise = alternative === null ? null : (namedChildren(alternative)[0] ?? null);
  return {
    kind: 'if',
    range: rangeOf(node),
    test: lowerField(node, 'condition', text),
    then: lowerBody(childOf(node, 'consequence'), text),
    otherwise: lowerBody(otherwise, text),
  };
}

/** A block of the initialiser and a `while`, so that what is declared there is known in the loop only. */
function forStatement(node: SyntaxNode, text: string): Statement {
  const initializer = childOf(node, 'initializer');
  const condition = childrenOf(node, 'condition').find((child) => child.type !== ';' && child.type !== 'empty_statement');
  const increment = childOf(node, 'increment');
  const range = rangeOf(node);
  const body: Statement[] = initializer === null ? [] : asStatements(initializer, text);
  const at = condition === undefined ? (initializer?.end ?? node.start) : 0;
  const always: Expression = { kind: 'boolean', range: { start: at, end: at }, value: true };
  const test =
    condition === undefined
      ? always
      : condition.type === 'expression_statement'
        ? lowerFirst(condition, text)
        : lowerExpression(condition, text);
  body.push({
    kind: 'while',
    range,
    test,
    body: lowerBody(childOf(node, 'body'), text),
    otherwise: [],
    update: increment === null ? [] : asStatements(increment, text),
  });
  return { kind: 'block', range, body };
}

/** An expression or a statement, as statements. */
function asStatements(node: SyntaxNode, text: string): Statement[] {
  if (isStatement(node)) return lowerBody(node, text);
  if (!node.named) return [];
  if (node.type === 'sequence_expression') return namedChildren(node).map((part) => expressionAsStatement(part, part, text));
  return [expressionAsStatement(node, node, text)];
}

function forInStatement(node: SyntaxNode, text: string): Statement {
  const left = childOf(node, 'left');
  const kind = childOf(node, 'kind')?.type;
  const declared = kind === 'const' || kind === 'let' || kind === 'var' ? kind : kind === undefined ? null : 'const';
  return {
    kind: 'for',
    range: rangeOf(node),
    target: left === null ? nothing(node.start) : lowerTarget(left, text),
    iterable: lowerField(node, 'right', text),
    body: lowerBody(childOf(node, 'body'), text),
    otherwise: [],
    ...(childOf(node, 'operator')?.type === 'in' || hasToken(node, 'in') ? { keys: true } : {}),
    ...(hasToken(node, 'await') && kind !== 'await' ? { isAsync: true } : {}),
    ...(declared === null ? {} : { declaration: declared }),
  };
}

function loop(node: SyntaxNode, text: string): Statement {
  const test = lowerField(node, 'condition', text);
  const lowered = { kind: 'while' as const, range: rangeOf(node), test, body: lowerBody(childOf(node, 'body'), text), otherwise: [] };
  return node.type === 'do_statement' ? { ...lowered, doFirst: true } : lowered;
}

function switchStatement(node: SyntaxNode, text: string): Statement {
  const body = childOf(node, 'body');
  const cases = (body?.children ?? [])
    .filter((child) => child.type === 'switch_case' || child.type === 'switch_default')
    .map((child): Match['cases'][number] => {
      const value = childOf(child, 'value');
      const statements: Statement[] = [];
      for (const part of child.children) if (part !== value && part.named) lowerStatement(part, text, statements);
      return { range: rangeOf(child), pattern: value === null ? null : lowerExpression(value, text), guard: null, body: statements };
    });
  return { kind: 'match', range: rangeOf(node), subject: lowerField(node, 'value', text), cases, fallsThrough: true };
}

function tryStatement(node: SyntaxNode, text: string): Statement {
  const handler = childOf(node, 'handler');
  const finalizer = childOf(node, 'finalizer');
  const handlers: Try['handlers'] = handler === null ? [] : [catchClause(handler, text)];
  const last = finalizer === null ? [] : lowerBlock(childOf(finalizer, 'body') ?? childOfType(finalizer, 'statement_block'), text);
  return { kind: 'try', range: rangeOf(node), body: lowerBlock(childOf(node, 'body'), text), handlers, otherwise: [], finally: last };
}

function catchClause(node: SyntaxNode, text: string): Try['handlers'][number] {
  const parameter = childOf(node, 'parameter');
  const name = parameter === null ? null : lowerTarget(parameter, text);
  return { range: rangeOf(node), type: null, name, body: lowerBlock(childOf(node, 'body'), text) };
}

function functionStatement(node: SyntaxNode, text: string): Statement {
  return { kind: 'function statement', range: rangeOf(node), definition: lowerFunction(node, text) };
}

function classStatement(node: SyntaxNode, text: string): Statement {
  return { kind: 'class statement', range: rangeOf(node), definition: lowerClass(node, rangeOf(node), [], text) };
}

/** The IR's `break` and `continue` mean the nearest loop; with a label they may not. */
function jump(kind: 'break' | 'continue'): Lower {
  return (node) => {
    const range = rangeOf(node);
    return childOf(node, 'label') === null ? { kind, range } : { kind: 'unknown statement', range, body: [] };
  };
}

function enumDeclaration(node: SyntaxNode, text: string): Statement {
  const range = rangeOf(node);
  const name = childOf(node, 'name');
  const body = childOf(node, 'body');
  const value: Expression = {
    kind: 'unknown expression',
    range: body === null ? range : rangeOf(body),
    children: body === null ? [] : enumValues(body, text),
  };
  return {
    kind: 'assign',
    range,
    targets: [name === null ? nothing(node.start) : lowerExpression(name, text)],
    value,
    declaration: 'const',
  };
}

function enumValues(body: SyntaxNode, text: string): Expression[] {
  return body.children.filter((child) => child.type === 'enum_assignment').map((child) => lowerField(child, 'value', text));
}

const lowerers: Readonly<Record<string, Lower>> = {
  expression_statement: expressionStatement,
  lexical_declaration: declaration('const'),
  using_declaration: declaration('const'),
  variable_declaration: declaration('var'),
  statement_block: (node, text) => ({ kind: 'block', range: rangeOf(node), body: lowerBlock(node, text) }),
  if_statement: ifStatement,
  for_statement: forStatement,
  for_in_statement: forInStatement,
  while_statement: loop,
  do_statement: loop,
  switch_statement: switchStatement,
  try_statement: tryStatement,
  function_declaration: functionStatement,
  generator_function_declaration: functionStatement,
  class_declaration: classStatement,
  abstract_class_declaration: classStatement,
  return_statement: (node, text) => {
    const child = namedChildren(node)[0];
    return { kind: 'return', range: rangeOf(node), value: child === undefined ? null : lowerExpression(child, text) };
  },
  throw_statement: (node, text) => ({ kind: 'raise', range: rangeOf(node), value: lowerFirst(node, text), cause: null }),
  break_statement: jump('break'),
  continue_statement: jump('continue'),
  debugger_statement: (node) => ({ kind: 'pass', range: rangeOf(node) }),
  labeled_statement: (node, text) => lowerBody(childOf(node, 'body'), text),
  with_statement: (node, text) => {
    const object = lowerField(node, 'object', text);
    const body = lowerBody(childOf(node, 'body'), text);
    return { kind: 'unknown statement', range: rangeOf(node), body: [{ kind: 'expression', range: object.range, value: object }, ...body] };
  },
  import_statement: lowerImport,
  import_alias: (node, text) => {
    const [name, value] = namedChildren(node);
    if (name === undefined || value === undefined) return [];
    const range = rangeOf(node);
    return { kind: 'assign', range, targets: [lowerExpression(name, text)], value: lowerType(value, text), declaration: 'const' };
  },
  export_statement: lowerExport,
  enum_declaration: enumDeclaration,
  module: (node, text) => ({ kind: 'unknown statement', range: rangeOf(node), body: lowerBlock(childOf(node, 'body'), text) }),
  internal_module: (node, text) => ({ kind: 'unknown statement', range: rangeOf(node), body: lowerBlock(childOf(node, 'body'), text) }),
};

/** For what has no statement of its own here. */
export function partsAsStatements(node: SyntaxNode, text: string): Statement[] {
  return readableParts(node, text).map((value) => ({ kind: 'expression', range: value.range, value }));
}
