// A notebook as one program: its code cells in order, what only IPython understands left out, every line still known by its cell.

export interface CellText {
  readonly uri: string;
  readonly text: string;
}

export interface JoinedCells {
  readonly text: string;
  /** The cell and its line (from 1) that a line of the program (from 1) comes from. */
  cellLine(line: number): { readonly uri: string; readonly line: number } | null;
  /** The program's line for a cell's line, both from 1. */
  programLine(uri: string, line: number): number | null;
}

export function joinCells(cells: readonly CellText[]): JoinedCells {
  const starts: { readonly uri: string; readonly first: number; readonly count: number }[] = [];
  const lines: string[] = [];
  for (const { uri, text } of cells) {
    const own = pythonLines(text);
    starts.push({ uri, first: lines.length + 1, count: own.length });
    lines.push(...own);
  }
  return {
    text: `${lines.join('\n')}\n`,
    cellLine: (line) => {
      const cell = starts.find(({ first, count }) => line >= first && line < first + count);
      return cell ? { uri: cell.uri, line: line - cell.first + 1 } : null;
    },
    programLine: (uri, line) => {
      const cell = starts.find((candidate) => candidate.uri === uri);
      return cell && line >= 1 && line <= cell.count ? cell.first + line - 1 : null;
    },
  };
}

/** Cell magics whose cell is still Python after their line. */
const PYTHON_MAGICS = /^%%(time|timeit|capture|prun)\b/;

/** The cell's lines with magics (`%time`), shell lines (`!pip …`) and questions (`x?`) emptied; a cell in another language wholly. */
function pythonLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const firstFilled = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (firstFilled.startsWith('%%') && !PYTHON_MAGICS.test(firstFilled)) return lines.map(() => '');
  let depth = 0;
  let quote = '';
  let isContinued = false;
  return lines.map((line) => {
    const isStatementStart = depth === 0 && quote === '' && !isContinued;
    if (isStatementStart && /^\s*(%%?[a-zA-Z_]|!|\?)|^\s*[\w.]+\?{1,2}\s*$/.test(line)) {
      const indentation = /^\s*/.exec(line)?.[0] ?? '';
      // In an indented block a line must stay: the block may hold nothing else.
      return indentation === '' ? '' : `${indentation}pass`;
    }
    ({ depth, quote } = scan(line, depth, quote));
    isContinued = quote === '' && line.endsWith('\\');
    return line;
  });
}

/** Open brackets and an open triple quote after a line. */
function scan(line: string, depth: number, quote: string): { depth: number; quote: string } {
  let index = 0;
  while (index < line.length) {
    if (quote !== '') {
      const end = line.indexOf(quote, index);
      if (end < 0) return { depth, quote };
      index = end + quote.length;
      quote = '';
      continue;
    }
    const rest = line.slice(index);
    const string = /^("""|'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/.exec(rest)?.[0];
    if (string === '"""' || string === "'''") quote = string;
    if (rest.startsWith('#')) return { depth, quote };
    if (string === undefined && /^[([{]/.test(rest)) depth++;
    if (string === undefined && /^[)\]}]/.test(rest)) depth = Math.max(0, depth - 1);
    index += string?.length ?? 1;
  }
  return { depth, quote };
}
