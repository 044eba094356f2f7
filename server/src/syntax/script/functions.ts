// JavaScript's functions, arrows and methods, with their parameters.
import type { FunctionDefinition, Parameter, Statement } from '../../ir/ir.ts';
import { childOf, hasToken, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression, unknown } from './expressions.ts';
import { lowerBlock } from './statements.ts';
import { lowerTarget } from './targets.ts';
import { lowerType } from './types.ts';

export function lowerFunction(node: SyntaxNode, text: string): FunctionDefinition {
  const name = childOf(node, 'name');
  const list = childOf(node, 'parameters');
  const single = childOf(node, 'parameter');
  const body = childOf(node, 'body');
  const returns = childOf(node, 'return_type');
  const parameterNodes = list === null ? (single === null ? [] : [single]) : namedChildren(list).filter(isParameter);
  const parameters = parameterNodes.map((child) => lowerParameter(child, text));
  const isGenerator = hasToken(node, '*') || node.type.startsWith('generator_function');
  return {
    range: rangeOf(node),
    name: name === null ? '' : text.slice(name.start, name.end),
    nameRange: name === null ? null : rangeOf(name),
    parameters,
    body: [...parameterProperties(parameterNodes, parameters), ...lowerBody(body, text)],
    decorators: [],
    ...(returns === null ? {} : { returns: lowerType(returns, text) }),
    ...(hasToken(node, 'async') ? { isAsync: true } : {}),
    ...(isGenerator ? { isGenerator: true } : {}),
    ...(node.type === 'arrow_function' ? { isArrow: true } : {}),
  };
}

function lowerBody(body: SyntaxNode | null, text: string): Statement[] {
  if (body === null || body.type === 'statement_block') return lowerBlock(body, text);
  const value = lowerExpression(body, text);
  return [{ kind: 'return', range: value.range, value }];
}

/** TypeScript's `this` parameter is a type and nothing else. */
function isParameter(node: SyntaxNode): boolean {
  return childOf(node, 'pattern')?.type !== 'this';
}

function lowerParameter(node: SyntaxNode, text: string): Parameter {
  const range = rangeOf(node);
  if (node.broken) return { range, target: unknown(node, text), kind: 'ordinary', default: null };
  const pattern = childOf(node, 'pattern') ?? childOf(node, 'name') ?? node;
  const value = childOf(node, 'value');
  const annotation = childOf(node, 'type');
  const target = lowerTarget(pattern, text);
  const type = annotation === null ? {} : { annotation: lowerType(annotation, text) };
  if (target.kind === 'spread') return { range, target: target.value, kind: 'rest', default: null, ...type };
  if (target.kind === 'assign expression') return { range, target: target.target, kind: 'ordinary', default: target.value, ...type };
  return { range, target, kind: 'ordinary', default: value === null ? null : lowerExpression(value, text), ...type };
}

/** TypeScript: `constructor(private readonly x: T)` also sets `this.x`. */
function parameterProperties(nodes: readonly SyntaxNode[], parameters: readonly Parameter[]): Statement[] {
  const assigned: Statement[] = [];
  for (const [index, node] of nodes.entries()) {
    const target = parameters[index]?.target;
    const declares = node.children.some(
      (child) => child.type === 'accessibility_modifier' || child.type === 'override_modifier' || child.type === 'readonly',
    );
    if (!declares || target?.kind !== 'name') continue;
    const { range, name } = target;
    const owner = { kind: 'name' as const, range, name: 'this' };
    assigned.push({ kind: 'assign', range, targets: [{ kind: 'attribute', range, object: owner, name, nameRange: range }], value: target });
  }
  return assigned;
}
