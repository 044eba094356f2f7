// What is missing in Python that is being typed: a `:`, a closing bracket or quote, an expression after an operator. Found line by line,
// because tree-sitter, left alone, swallows the lines that follow (`with … as t` without its `:` loses the whole block).
import type { Insertion } from '../insertion.ts';

/** Stands where an expression is missing; having no width in the document, it is lowered to an unknown. */
const PLACEHOLDER = '__missing__';

/** More brackets than these are not open by mistake in one line. */
const OPEN_LIMIT = 500;

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const token = /#[^\n]*|\\\r?\n|([rRbBuUfFtT]{0,2})('''|"""|'|")|[()[\]{}:\n]|\b(?:lambda|if|else)\b/g;

/** A line that ends so, outside brackets, goes on where Python would not let it. */
const dangling =
  /(?:[=+\-*/%@&|^<>~]|(?:[^\W\d]\w*|[)\]}'"])\.|\b(?:and|or|not|in|is|if|elif|while|as|from|import|for|with|assert|del|await))$/;
/** `...`, `import *`, and the `/` and `*` of parameters. */
const notDangling = /(?:\.\.\.|import \*|[(,]\s*[/*])$/;
const headers = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class']);
const statementStart =
  /[ \t]*(?:(?:import|return|raise|del|pass|break|continue|global|nonlocal|assert|with|def|class|while|try|except|finally|elif|@\w)\b|(?:if|for)\b[^\n]*:[ \t]*(?:#[^\n]*)?(?:\r?\n|$)|from\s+[\w.]+\s+import\b|[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])*(?:\s*,\s*[A-Za-z_]\w*)*[ \t]*(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)?=(?!=)|[A-Za-z_]\w*(?:\.\w+)*\()/y;
const hardKeyword =
  /[ \t]*(?:import|return|raise|del|pass|break|continue|global|nonlocal|assert|with|def|class|while|try|except|finally|elif)\b/y;

/** A quick look at whether a line may end where an expression is expected; brackets are not looked at. */
export function mayDangle(text: string): boolean {
  return /(?:[=+\-*/%@&|^<>~]|(?:(?<!\w)[^\W\d]\w*|[)\]}'"])\.)[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.test(text);
}

interface Line {
  /** Where the logical line starts, and how far it is indented. */
  readonly start: number;
  readonly indent: number;
  open: { bracket: string; at: number }[];
  colon: boolean;
  /** `lambda`s that wait for their colon, where the last of them was closed, and `if`s that wait for an `else`. */
  lambdas: number;
  lambdaColon: number;
  ifs: number;
  /** Where its code ends so far: before blanks and comments. */
  end: number;
}

export function repairPython(text: string): Insertion[] {
  const insertions: Insertion[] = [];
  let line = newLine(text, 0);
  let segment = 0;
  token.lastIndex = 0;
  const code = (from: number, to: number): void => {
    let end = to;
    while (end > from && /\s/.test(text[end - 1] ?? '')) end -= 1;
    if (end > from) line.end = end;
  };
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const found = match[0];
    const { index } = match;
    const next = index + found.length;
    if (found.startsWith('#') || found.startsWith('\\')) {
      code(segment, index);
      segment = next;
    } else if (found === '\n') {
      code(segment, index);
      segment = next;
      const ended = line.open.length === 0 || (startsStatement(text, next, line) && !closesLater(text, next, line));
      if (!ended) continue;
      closeBrackets(text, line, insertions);
      endLine(text, line, insertions);
      line = newLine(text, next);
    } else if (match[2] !== undefined) {
      const end = readString(text, next, match[2], match[1] ?? '', insertions);
      token.lastIndex = segment = line.end = end;
    } else {
      code(segment, index);
      if (/[)\]}]/.test(found) && line.open.length > 0) completeExpression(text, line, insertions);
      readToken(found, index, line, insertions);
      segment = line.end = next;
      if (line.open.length > OPEN_LIMIT) return [];
    }
  }
  code(segment, text.length);
  closeBrackets(text, line, insertions);
  endLine(text, line, insertions);
  return insertions.sort((a, b) => a.at - b.at);
}

function newLine(text: string, start: number): Line {
  return { start, indent: indentAt(text, start), open: [], colon: false, lambdas: 0, lambdaColon: -1, ifs: 0, end: start };
}

function indentAt(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at - start;
}

function readToken(found: string, at: number, line: Line, insertions: Insertion[]): void {
  if (found in closers) {
    line.open.push({ bracket: found, at });
  } else if (found === ')' || found === ']' || found === '}') {
    const matching = line.open.findLastIndex((open) => closers[open.bracket] === found);
    if (matching < 0) {
      insertions.push({ at, text: ' ', replaces: 1, message: `nothing is open for this \`${found}\`` });
      return;
    }
    for (const { bracket } of line.open.splice(matching).slice(1).reverse()) expect(closers[bracket] ?? ')', at, insertions);
  } else if (line.open.length === 0) {
    if (found === 'lambda') line.lambdas += 1;
    else if (found === 'if') line.ifs += 1;
    else if (found === 'else') line.ifs -= 1;
    else if (found === ':' && line.lambdas > 0) {
      line.lambdas -= 1;
      line.lambdaColon = at;
    } else if (found === ':') line.colon = true;
  }
}

/** Returns where the string ends; one that does not end is closed at the end of its line, or of the text for three quotes. */
function readString(text: string, from: number, quote: string, prefix: string, insertions: Insertion[]): number {
  const formatted = /[fFtT]/.test(prefix);
  let braces = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '\\') at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 2;
    else if (character === quote[0] && text.startsWith(quote, at) && (braces === 0 || !nested(text, at, quote))) return at + quote.length;
    else if (character === '\n' && quote.length === 1) break;
    else {
      if (formatted && character === '{') braces += text[at + 1] === '{' && braces === 0 ? 0 : 1;
      if (formatted && character === '}' && braces > 0) braces -= 1;
      at += formatted && braces === 0 && character === '{' ? 2 : 1;
    }
  }
  let end = Math.min(at, text.length);
  if (quote.length === 1 && text[end - 1] === '\r') end -= 1;
  const escaped = text[end - 1] === '\\' && text[end - 2] !== '\\';
  const closing = (escaped ? '\\' : '') + '}'.repeat(braces) + quote;
  insertions.push({ at: end, text: closing, message: `\`${quote}\` expected: the string does not end` });
  return end;
}

/** Inside the braces of an f-string (from Python 3.12 on) the same quotes may open a further string: then another one follows on the line. */
function nested(text: string, at: number, quote: string): boolean {
  const close = text.indexOf('}', at);
  const newline = text.indexOf('\n', at);
  if (close < 0 || (quote.length === 1 && newline >= 0 && newline < close)) return false;
  return text.slice(at + quote.length, close).includes(quote);
}

function startsStatement(text: string, at: number, line: Line): boolean {
  if (startsForSure(text, at)) return true;
  if (indentAt(text, at) > line.indent) return false;
  statementStart.lastIndex = at;
  return statementStart.test(text);
}

/** Words that never stand at the start of a line inside brackets. */
function startsForSure(text: string, at: number): boolean {
  hardKeyword.lastIndex = at;
  return hardKeyword.test(text);
}

const lookahead = /#[^\n]*|\\.|'''(?:[^\\]|\\.)*?'''|"""(?:[^\\]|\\.)*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[()[\]{}]|\n/gs;

/** Whether the brackets that are open close before a line that certainly starts a statement. */
function closesLater(text: string, from: number, line: Line): boolean {
  let depth = line.open.length;
  let lines = 0;
  if (startsForSure(text, from)) return false;
  lookahead.lastIndex = from;
  for (let match = lookahead.exec(text); match !== null && lines < 200; match = lookahead.exec(text)) {
    const found = match[0];
    if (found in closers) depth += 1;
    else if (found === ')' || found === ']' || found === '}') depth -= 1;
    else if (found === '\n') {
      lines += 1;
      if (startsForSure(text, lookahead.lastIndex)) return false;
    }
    if (depth === 0) return true;
  }
  return false;
}

function closeBrackets(text: string, line: Line, insertions: Insertion[]): void {
  if (line.open.length === 0) return;
  completeExpression(text, line, insertions);
  if (/[\w)\]]\[$/.test(text.slice(Math.max(line.start, line.end - 2), line.end))) {
    insertions.push({ at: line.end, text: PLACEHOLDER, message: 'expression expected' });
  }
  for (const { bracket } of line.open.reverse()) expect(closers[bracket] ?? ')', line.end, insertions);
  line.open = [];
}

/** A line, or what is in a bracket, that ends with an operator. */
function completeExpression(text: string, line: Line, insertions: Insertion[]): void {
  const code = text.slice(Math.max(line.start, line.end - 12), line.end);
  if (!dangling.test(code) || notDangling.test(code)) return;
  const afterDot = code.endsWith('.');
  const message = afterDot ? 'name expected after `.`' : 'expression expected';
  insertions.push({ at: line.end, text: afterDot ? PLACEHOLDER : ` ${PLACEHOLDER}`, message });
}

function expect(what: string, at: number, insertions: Insertion[]): void {
  insertions.push({ at, text: what, message: `\`${what}\` expected` });
}

/** The end of a logical line: what it lacks, if it is the head of a block or ends in the middle of an expression. */
function endLine(text: string, line: Line, insertions: Insertion[]): void {
  if (line.end === line.start) return;
  const code = text.slice(line.start, line.end).trim();
  if (insertions[insertions.length - 1]?.at !== line.end) completeExpression(text, line, insertions);
  const word = /^(?:async\s+)?(\w*)/.exec(code)?.[1] ?? '';
  if (!headers.has(word)) completeStatement(code, word, line, insertions);
  if (line.colon || !headers.has(word)) return;
  if (/^(?:async\s+)?(?:def|class)$/.test(code)) {
    insertions.push({ at: line.end, text: ` ${PLACEHOLDER}`, message: 'name expected' });
  }
  if (/^(?:async\s+)?def(?:\s+\w+)?$/.test(code)) insertions.push({ at: line.end, text: '()', message: '`(` expected' });
  if (word === 'for' && !/\bin\b/.test(code)) insertions.push({ at: line.end, text: ` in ${PLACEHOLDER}`, message: '`in` expected' });
  insertions.push({ at: line.end, text: ':', message: '`:` expected' });
}

/** `x:` without its type, `lambda` without its value, `a if b` without its `else`. */
function completeStatement(code: string, word: string, line: Line, insertions: Insertion[]): void {
  if (word === 'match' || word === 'case') return;
  const push = (text: string, message: string): void => void insertions.push({ at: line.end, text, message });
  if (/^[\w.[\]]+\s*:$/.test(code) || line.lambdaColon === line.end - 1) push(` ${PLACEHOLDER}`, 'expression expected');
  else if (line.lambdas > 0) push(`: ${PLACEHOLDER}`, '`:` expected');
  else if (line.ifs > 0) push(` else ${PLACEHOLDER}`, '`else` expected');
}
