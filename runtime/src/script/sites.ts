// What is written at a place of a program where something is called: how far the call goes, its arguments, and the name that its result is given.
import { TokenType as tt } from 'sucrase/dist/esm/parser/tokenizer/types.js';
import type { Token } from 'sucrase/dist/types/parser/tokenizer/index';
import type { Position } from '../session.ts';
import { isGone, type Place, type Source } from './source.ts';

export interface Site {
  /** From the place that the engine names (of `a.b(c)` the `b`, of `f()(c)` the last parenthesis) to the end of the arguments. */
  readonly position: Position;
  readonly arguments: readonly Argument[];
}

export interface Argument {
  readonly text: string;
  /** Of a list that is written out, its elements. */
  readonly elements: readonly string[] | null;
}

/** The call at a place. */
export function siteAt(source: Source, place: Place): Site {
  const { tokens } = source;
  let at = source.tokenAt(source.offset(place));
  const nowhere: Site = { position: { ...place, endLine: place.line, endColumn: place.column }, arguments: [] };
  // Behind a name: `!`, `?.`, type arguments.
  if (tokens[at]?.type !== tt.parenL) at++;
  while (passes(tokens[at])) at++;
  if (tokens[at]?.type !== tt.parenL) return nowhere;
  const end = closing(source, at);
  const last = tokens[end];
  if (!last) return nowhere;
  const { line: endLine, column: endColumn } = source.place(last.end);
  const list = itemsBetween(source, at, end).map(([from, to]) => argumentOf(source, from, to));
  return { position: { ...place, endLine, endColumn }, arguments: list };
}

const passes = (token: Source['tokens'][number] | undefined): boolean =>
  token !== undefined && (isGone(token) || token.type === tt.questionDot);

/** The name that the value made by the call at a place is given: `const a = tf.variable(…)`, `{ a: tf.variable(…) }`; '' where there is none. */
export function declaredAt(source: Source, place: Place): string {
  const { tokens, text } = source;
  let at = source.tokenAt(source.offset(place));
  // Back to where the expression begins: `tf.variable`, `this.tf.variable`.
  while (tokens[at - 1]?.type === tt.dot || tokens[at - 1]?.type === tt.questionDot) at -= 2;
  const before = tokens[--at];
  if (before?.type !== tt.eq && before?.type !== tt.colon) return '';
  do at--;
  while (tokens[at]?.isType);
  const name = tokens[at];
  return name?.type === tt.name ? text.slice(name.start, name.end) : '';
}

const OPENING: ReadonlySet<number> = new Set([tt.parenL, tt.bracketL, tt.braceL, tt.dollarBraceL]);
const CLOSING: ReadonlySet<number> = new Set([tt.parenR, tt.bracketR, tt.braceR]);

/** The token that closes what a token opens. */
function closing({ tokens }: Source, from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const type = tokens[at]?.type ?? tt.eof;
    if (OPENING.has(type)) depth++;
    else if (CLOSING.has(type) && --depth === 0) return at;
  }
  return tokens.length;
}

/** First and last token of each of the things that stand between two parentheses or brackets. */
function itemsBetween(source: Source, from: number, to: number): [number, number][] {
  const items: [number, number][] = [];
  let first = from + 1;
  for (let at = first; at <= to; at++) {
    const type = source.tokens[at]?.type ?? tt.eof;
    if (type === tt.comma || at === to) {
      if (at > first) items.push([first, at - 1]);
      first = at + 1;
    } else if (OPENING.has(type)) at = closing(source, at);
  }
  return items;
}

function argumentOf(source: Source, from: number, to: number): Argument {
  let last = to;
  while (last > from && isGone(source.tokens[last] as Token)) last--;
  const isList = source.tokens[from]?.type === tt.bracketL && closing(source, from) === last;
  const items = isList ? itemsBetween(source, from, last) : [];
  const isPlain = items.every(([first]) => source.tokens[first]?.type !== tt.ellipsis);
  return { text: textOf(source, from, to), elements: isList && isPlain ? items.map(([a, b]) => textOf(source, a, b)) : null };
}

const LONGEST = 60;

/** As it is written, on one line and without its types; a long expression only up to its arguments. */
function textOf({ tokens, text }: Source, from: number, to: number): string {
  let out = '';
  let end = tokens[from]?.start ?? 0;
  for (let at = from; at <= to; at++) {
    const token = tokens[at];
    if (!token) break;
    if (!token.isType)
      out += (text.slice(end, token.start).trim() === '' && token.start > end ? ' ' : '') + text.slice(token.start, token.end);
    end = token.end;
  }
  const line = out.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST) return line;
  const open = line.indexOf('(');
  return open > 0 && open < LONGEST ? `${line.slice(0, open)}(…)` : `${line.slice(0, LONGEST)}…`;
}
