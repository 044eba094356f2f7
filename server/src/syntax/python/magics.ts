// IPython's additions to Python, blanked out so that offsets stay: `%magic`, `!command`, `name?`.

const token = /#[^\n]*|\\\r?\n|'''|"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|[()[\]{}]|\n/g;
const wholeLine = /([ \t]+(?=[%!]))?[ \t]*(?:[%!?][^\n]*|[A-Za-z_][\w.]*\?\??[ \t]*(?=\r?\n|$))/y;
const assigned = /([ \t]*[A-Za-z_][\w.,[\] \t]*=[ \t]*)([%!](?=[A-Za-z])[^\n]*)/y;
/** Cell magics whose cell is Python all the same. */
const pythonCells = new Set(['time', 'timeit', 'capture', 'prun', 'python', 'python3', 'debug', 'memit', 'tensorflow_version']);

/** A cell of another language (`%%bash`) blanked as a whole; any other cell as it is. */
export function blankOtherLanguage(cell: string): string {
  const magic = /^\s*%%(\w+)/.exec(cell);
  return magic !== null && !pythonCells.has(magic[1] ?? '') ? blank(cell) : cell;
}

/** `text` is one cell, or cells joined by newlines, those of other languages blanked before. */
export function blankMagics(text: string): string {
  const source = blankOtherLanguage(text);
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  const line = (start: number): number => {
    wholeLine.lastIndex = start;
    const whole = wholeLine.exec(source);
    if (whole !== null) {
      parts.push(source.slice(copied, start), whole[1] === undefined ? blank(whole[0]) : standIn(whole[0]));
      return (copied = wholeLine.lastIndex);
    }
    assigned.lastIndex = start;
    const value = assigned.exec(source);
    if (value === null) return start;
    const [, target = '', command = ''] = value;
    parts.push(source.slice(copied, start), target, standIn(command));
    return (copied = assigned.lastIndex);
  };
  token.lastIndex = line(0);
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    const found = match[0];
    if (found === '\n' && depth === 0) token.lastIndex = line(token.lastIndex);
    else if (found === "'''" || found === '"""') token.lastIndex = endOfString(source, found, token.lastIndex);
    else if ('([{'.includes(found)) depth += 1;
    else if (')]}'.includes(found)) depth = Math.max(0, depth - 1);
  }
  parts.push(source.slice(copied));
  return parts.join('');
}

/** A name of the same length, as something must stand here; it is lowered to an unknown. */
function standIn(text: string): string {
  return text.replace(/\S.*\S|\S/g, (command) => '_'.repeat(command.length));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function endOfString(source: string, quote: string, from: number): number {
  const end = source.indexOf(quote, from);
  return end < 0 ? source.length : end + quote.length;
}
