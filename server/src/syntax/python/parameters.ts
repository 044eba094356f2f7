// Parameters of Python's functions and lambdas: what `/` and `*` make of the ones around them.
import type { Expression, Parameter } from '../../ir/ir.ts';
import { childOf, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerExpression, unknown } from './expressions.ts';

export function lowerParameters(list: SyntaxNode, text: string): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] = 'ordinary';
  for (const node of namedChildren(list)) {
    if (node.type === 'positional_separator') {
      for (const [index, parameter] of parameters.entries()) parameters[index] = { ...parameter, kind: 'positional only' };
    } else if (node.type === 'keyword_separator') {
      kind = 'keyword only';
    } else {
      const parameter = lowerParameter(node, kind, text);
      if (parameter.kind === 'rest') kind = 'keyword only';
      parameters.push(parameter);
    }
  }
  return parameters;
}

function lowerParameter(node: SyntaxNode, kind: Parameter['kind'], text: string): Parameter {
  const range = rangeOf(node);
  if (node.broken) return { range, target: unknown(node, text), kind, default: null };
  const value = childOf(node, 'value');
  const type = childOf(node, 'type');
  const target = node.type === 'typed_parameter' ? namedChildren(node)[0] : (childOf(node, 'name') ?? node);
  return {
    range,
    ...lowerTarget(target ?? node, kind, text),
    default: value === null ? null : lowerExpression(value, text),
    ...(type === null ? {} : { annotation: lowerExpression(type, text) }),
  };
}

function lowerTarget(node: SyntaxNode, kind: Parameter['kind'], text: string): { target: Expression; kind: Parameter['kind'] } {
  const target = lowerExpression(node, text);
  if (target.kind !== 'spread') return { target, kind };
  return { target: target.value, kind: node.type === 'dictionary_splat_pattern' ? 'keywords' : 'rest' };
}
