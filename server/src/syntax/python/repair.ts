// What is missing in Python that is being typed: a `:`, a closing bracket or quote, an expression after an operator. Found line by line,
// because tree-sitter, left alone, swallows the lines that follow (`with … as t` without its `:` loses the whole block).
import type { Insertion } from '../insertion.ts';

/** Stands where an expression is missing; having no width in the document, it is lowered to an unknown. */
const PLACEHOLDER = '__missing__';

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const token = /#[^\n]*|\\\r?\n|([rRbBuUfFtT]{0,2})('''|"""|'|")|[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|[()[\]{}]|\n|[^\s\w]/y;

/** A line that ends so, outside brackets, goes on where Python would not let it. */
const dangling = /(?:[=+\-*/%@&|^<>~.]|\b(?:and|or|not|in|is|if|elif|while|as|from|import|for|with|assert|del|lambda|await))$/;
const headers = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class']);
const statementStart =
  /[ \t]*(?:(?:import|return|raise|del|pass|break|continue|global|nonlocal|assert|with|def|class|while|try|except|finally|elif|@\w)\b|(?:if|for)\b[^\n]*:[ \t]*(?:#[^\n]*)?(?:\r?\n|$)|from\s+[\w.]+\s+import\b|[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])*(?:\s*,\s*[A-Za-z_]\w*)*[ \t]*(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)?=(?!=)|[A-Za-z_]\w*(?:\.\w+)*\()/y;
const hardKeyword =
  /[ \t]*(?:import|return|raise|del|pass|break|continue|global|nonlocal|assert|with|def|class|while|try|except|finally|elif)\b/y;

/** A quick look at whether a line may end where an expression is expected; brackets are not looked at. */
export function mayDangle(text: string): boolean {
  return /(?:[=+\-*/%@&|^<>~]|[\w)\]]\.)[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.test(text);
}

interface Line {
  /** Where the logical line starts, and how far it is indented. */
  start: number;
  indent: number;
  /** The line's first word, `async` left out. */
  word: string;
  words: number;
  open: { bracket: string; at: number }[];
  colon: boolean;
  lambdas: number;
  /** Where its code ends so far: before blanks and comments. */
  end: number;
}

export function repairPython(text: string): Insertion[] {
  const insertions: Insertion[] = [];
  let line = newLine(text, 0);
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) {
      at += 1;
      if (/\S/.test(text[at - 1] ?? '')) line.end = at;
      continue;
    }
    const found = match[0];
    const next = at + found.length;
    if (found === '\n') {
      if (line.open.length === 0) {
        endLine(text, line, insertions);
        line = newLine(text, next);
      } else if (startsStatement(text, next, line) && !closesLater(text, next, line)) {
        closeBrackets(text, line, insertions);
        endLine(text, line, insertions);
        line = newLine(text, next);
      }
      at = next;
    } else if (found.startsWith('#') || found.startsWith('\\\n') || found.startsWith('\\\r')) {
      at = next;
    } else if (match[2] !== undefined) {
      at = readString(text, next, match[2], /r/i.test(match[1] ?? ''), insertions);
      line.end = at;
      line.words += 1;
    } else {
      readToken(found, at, line, insertions);
      line.end = at = next;
    }
  }
  if (line.open.length > 0) closeBrackets(text, line, insertions);
  endLine(text, line, insertions);
  return insertions.sort((a, b) => a.at - b.at);
}

function newLine(text: string, start: number): Line {
  return { start, indent: indentAt(text, start), word: '', words: 0, open: [], colon: false, lambdas: 0, end: start };
}

function indentAt(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at - start;
}

function readToken(found: string, at: number, line: Line, insertions: Insertion[]): void {
  if (/^\w/.test(found) && (line.words === 0 || (line.words === 1 && line.word === 'async'))) line.word = found;
  line.words += 1;
  if (found in closers) {
    line.open.push({ bracket: found, at });
  } else if (found === ')' || found === ']' || found === '}') {
    const matching = line.open.findLastIndex((open) => closers[open.bracket] === found);
    if (matching < 0) return;
    for (const { bracket } of line.open.splice(matching).slice(1).reverse()) expect(closers[bracket] ?? ')', at, insertions);
  } else if (line.open.length === 0) {
    if (found === 'lambda') line.lambdas += 1;
    else if (found === ':' && line.lambdas > 0) line.lambdas -= 1;
    else if (found === ':') line.colon = true;
  }
}

/** Returns where the string ends; one that does not end is closed at the end of its line, or of the text for three quotes. */
function readString(text: string, from: number, quote: string, raw: boolean, insertions: Insertion[]): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === '\\') at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 2;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (text[at] === '\n' && quote.length === 1) break;
    else at += 1;
  }
  let end = Math.min(at, text.length);
  if (quote.length === 1 && text[end - 1] === '\r') end -= 1;
  const escaped = !raw && text[end - 1] === '\\' && text[end - 2] !== '\\';
  insertions.push({ at: end, text: escaped ? `\\${quote}` : quote, message: `${quote} expected: the string does not end` });
  return end;
}

function startsStatement(text: string, at: number, line: Line): boolean {
  if (indentAt(text, at) > line.indent) return false;
  statementStart.lastIndex = at;
  return statementStart.test(text);
}

const lookahead = /#[^\n]*|\\.|'''(?:[^\\]|\\.)*?'''|"""(?:[^\\]|\\.)*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[()[\]{}]|\n/gs;

/** Whether the brackets that are open close before a line that certainly starts a statement. */
function closesLater(text: string, from: number, line: Line): boolean {
  let depth = line.open.length;
  let lines = 0;
  const atStart = (at: number): boolean => {
    hardKeyword.lastIndex = at;
    return indentAt(text, at) <= line.indent && hardKeyword.test(text);
  };
  if (atStart(from)) return false;
  lookahead.lastIndex = from;
  for (let match = lookahead.exec(text); match !== null && lines < 200; match = lookahead.exec(text)) {
    const found = match[0];
    if (found in closers) depth += 1;
    else if (found === ')' || found === ']' || found === '}') depth -= 1;
    else if (found === '\n') {
      lines += 1;
      if (atStart(lookahead.lastIndex)) return false;
    }
    if (depth === 0) return true;
  }
  return false;
}

function closeBrackets(text: string, line: Line, insertions: Insertion[]): void {
  if (endsInsideExpression(text, line)) insertions.push({ at: line.end, text: ` ${PLACEHOLDER}`, message: '' });
  for (const { bracket } of line.open.reverse()) expect(closers[bracket] ?? ')', line.end, insertions);
  line.open = [];
}

function endsInsideExpression(text: string, line: Line): boolean {
  const code = text.slice(Math.max(line.start, line.end - 12), line.end);
  return dangling.test(code) && !code.endsWith('...') && !code.endsWith('import *');
}

function expect(what: string, at: number, insertions: Insertion[]): void {
  insertions.push({ at, text: what, message: `\`${what}\` expected` });
}

/** The end of a logical line: what it lacks, if it is the head of a block or ends in the middle of an expression. */
function endLine(text: string, line: Line, insertions: Insertion[]): void {
  if (line.words === 0) return;
  const already = insertions[insertions.length - 1]?.at === line.end;
  const code = text.slice(line.start, line.end).trim();
  if (!already && endsInsideExpression(text, line)) {
    const glued = code.endsWith('.') ? '' : ' ';
    insertions.push({
      at: line.end,
      text: glued + PLACEHOLDER,
      message: code.endsWith('.') ? 'name expected after `.`' : 'expression expected',
    });
  }
  if (line.colon || !headers.has(line.word)) return;
  if (/^(?:async\s+)?(?:def|class)$/.test(code)) {
    insertions.push({ at: line.end, text: ` ${PLACEHOLDER}`, message: 'name expected' });
  }
  if (/^(?:async\s+)?def(?:\s+\w+)?$/.test(code)) insertions.push({ at: line.end, text: '()', message: '`(` expected' });
  if (line.word === 'for' && !/\bin\b/.test(code)) insertions.push({ at: line.end, text: ` in ${PLACEHOLDER}`, message: '`in` expected' });
  if (/^(?:async\s+)?with$/.test(code) && !endsInsideExpression(text, line)) {
    insertions.push({ at: line.end, text: ` ${PLACEHOLDER}`, message: 'expression expected' });
  }
  insertions.push({ at: line.end, text: ':', message: '`:` expected' });
}
