// Python's strings: decoded, joined where they stand side by side, f-strings taken apart.
import type { Expression } from '../../ir/ir.ts';
import { childOf, childOfType, namedChildren, rangeOf, type SyntaxNode } from '../tree.ts';
import { lowerField, unknown } from './expressions.ts';
import { decodeEscapes, parsePrefix } from './literals.ts';

interface Parts {
  readonly parts: readonly (string | Expression)[];
  readonly bytes: boolean;
  /** Not a string: `t'…'`. */
  readonly template: boolean;
}

export function lowerString(node: SyntaxNode, text: string): Expression {
  return fromParts(node, [partsOf(node, text)], text);
}

export function lowerConcatenatedString(node: SyntaxNode, text: string): Expression {
  return fromParts(
    node,
    namedChildren(node).map((child) => partsOf(child, text)),
    text,
  );
}

function fromParts(node: SyntaxNode, strings: readonly Parts[], text: string): Expression {
  const range = rangeOf(node);
  if (strings.some((string) => string.template)) return unknown(node, text);
  const parts: (string | Expression)[] = [];
  for (const part of strings.flatMap((string) => string.parts)) {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  if (parts.some((part) => typeof part !== 'string')) return { kind: 'template', range, parts };
  const value = parts.join('');
  return strings.some((string) => string.bytes) ? { kind: 'string', range, value, bytes: true } : { kind: 'string', range, value };
}

function partsOf(node: SyntaxNode, text: string): Parts {
  const opening = childOfType(node, 'string_start');
  const closing = childOfType(node, 'string_end');
  if (opening === null) return { parts: [], bytes: false, template: true };
  const prefix = parsePrefix(text.slice(opening.start, opening.end));
  const end = closing === null ? node.end : closing.start;
  const decode = (from: number, to: number): string => {
    const written = text.slice(from, to);
    const unescaped = prefix.formatted ? written.replaceAll('{{', '{').replaceAll('}}', '}') : written;
    return prefix.raw ? unescaped : decodeEscapes(unescaped, prefix.bytes);
  };
  const parts: (string | Expression)[] = [];
  let from = opening.end;
  for (const child of node.children) {
    if (child.type !== 'interpolation') continue;
    parts.push(decode(from, child.start), ...interpolation(child, text));
    from = child.end;
  }
  parts.push(decode(from, end));
  return { parts, bytes: prefix.bytes, template: prefix.template };
}

/** `{a!r:.2f}` is `format(repr(a), '.2f')`, and `{a=}` is the text `a=` and then `repr(a)`. */
function interpolation(node: SyntaxNode, text: string): (string | Expression)[] {
  if (node.broken || node.tooDeep) return [unknown(node, text)];
  const range = rangeOf(node);
  const apply = (callee: string, args: readonly Expression[]): Expression => ({
    kind: 'call',
    range,
    callee: { kind: 'name', range, name: callee },
    args: args.map((value) => ({ range: value.range, value })),
    argumentsRange: range,
  });
  let value = lowerField(node, 'expression', text);
  const conversion = childOf(node, 'type_conversion');
  const format = childOf(node, 'format_specifier');
  const equals = node.children.find((child) => child.type === '=');
  const converted = conversion === null ? null : text.slice(conversion.start, conversion.end);
  if (converted === '!r' || (converted === null && equals !== undefined && format === null)) value = apply('repr', [value]);
  else if (converted === '!s') value = apply('str', [value]);
  else if (converted === '!a') value = apply('ascii', [value]);
  if (format !== null) value = apply('format', [value, formatSpecifier(format, text)]);
  if (equals === undefined) return [value];
  const shown = equals.end + (/^\s*/.exec(text.slice(equals.end, node.end))?.[0].length ?? 0);
  return [text.slice(node.start + 1, shown), value];
}

function formatSpecifier(node: SyntaxNode, text: string): Expression {
  const range = { start: Math.min(node.start + 1, node.end), end: node.end };
  const parts: (string | Expression)[] = [];
  let from = range.start;
  for (const child of node.children) {
    if (child.type !== 'format_expression') continue;
    if (child.start > from) parts.push(text.slice(from, child.start));
    parts.push(...interpolation(child, text));
    from = child.end;
  }
  if (parts.length === 0) return { kind: 'string', range, value: text.slice(range.start, range.end) };
  if (range.end > from) parts.push(text.slice(from, range.end));
  return { kind: 'template', range, parts };
}
