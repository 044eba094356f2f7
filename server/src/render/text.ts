// `check` for people: one line a problem, under it the source line with the place marked. Colours only when asked for.
import type { Severity } from '../rules/rule.ts';
import { countProblems, type CheckedFile } from './checked.ts';
import { Lines, type Span } from './positions.ts';

export interface TextOptions {
  /** True on a terminal. */
  readonly colour: boolean;
}

/** No more of a source line than this is shown. */
const WIDEST = 120;

export function renderText(files: readonly CheckedFile[], options: TextOptions): string {
  const paint = painter(options.colour);
  const blocks: string[] = [];
  for (const file of files) {
    const lines = new Lines(file.text);
    for (const problem of file.problems) {
      const span = lines.span(problem.range);
      const place = paint.bold(`${file.path}:${span.line}:${span.column}`);
      const colour = colourOf(problem.severity, paint);
      blocks.push(
        [`${place} ${colour(problem.code)} ${problem.message}`, ...marked(lines.line(span.line), span, colour, paint.faint), ''].join('\n'),
      );
    }
  }
  const count = countProblems(files);
  return blocks.join('\n') + (blocks.length > 0 ? '\n' : '') + summary(count, files.length) + '\n';
}

function summary(count: number, fileCount: number): string {
  const inFiles = `in ${fileCount} ${fileCount === 1 ? 'file' : 'files'}`;
  return count === 0 ? `No problems ${inFiles}.` : `${count} ${count === 1 ? 'problem' : 'problems'} ${inFiles}.`;
}

/** The source line and, under it, carets from start to end; tabs stay tabs, so that the carets stand where they should. */
function marked(line: string, span: Span, colour: Paint, faint: Paint): readonly string[] {
  const end = span.endLine === span.line ? span.endColumn - 1 : line.length;
  const from = span.column - 1 > WIDEST - 40 ? span.column - 1 - 40 : 0;
  const shown = line.slice(from, from + WIDEST);
  const until = Math.min(end, from + WIDEST);
  const lead = line.slice(from, span.column - 1).replaceAll(/[^\t]/g, ' ');
  const number = String(span.line);
  const gutter = ' '.repeat(number.length);
  const dots = from > 0 ? '…' : '';
  const carets = '^'.repeat(Math.max(1, until - (span.column - 1)));
  return [`${faint(`${number} |`)} ${dots}${shown}`, `${faint(`${gutter} |`)} ${dots === '' ? '' : ' '}${lead}${colour(carets)}`];
}

type Paint = (text: string) => string;

interface Painter {
  readonly bold: Paint;
  readonly faint: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly blue: Paint;
}

function painter(colour: boolean): Painter {
  const escape = (code: number): Paint => (colour ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text);
  return { bold: escape(1), faint: escape(2), red: escape(31), yellow: escape(33), blue: escape(34) };
}

function colourOf(severity: Severity, paint: Painter): Paint {
  return severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.blue;
}
