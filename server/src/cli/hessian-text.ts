// A Hessian for people: what it is of, what TensorFlow gives and why, what it really is, and the numbers where they are few.
import type { Matrix } from '../../../client/webview/matrix.ts';
import { countText, engineReasonText, numberText, timeText } from '../../../client/webview/numbers.ts';
import type { HessianResult, NamedShape } from '../../../runtime/src/host/protocol.ts';

/** Up to this many rows and columns are printed. */
const MOST_PRINTED = 8;

export function hessianText(path: string, result: HessianResult, matrix: Matrix | null): string {
  const { call, columns, rows, structure, checks, milliseconds, directions, weakness } = result;
  const total = milliseconds['total'] ?? Object.values(milliseconds).reduce((sum, time) => sum + time, 0);
  const facts: readonly (readonly [name: string, what: string])[] = [
    [result.tensorflow.library ?? 'TensorFlow', tensorflowText(result)],
    ['Hessian', truthText(result, matrix)],
    ['structure', structure],
    ['checks', checksText(checks)],
    ['computed', `${countText(directions)} ${directions === 1 ? 'direction' : 'directions'}, ${timeText(total)}`],
    ['engine', engineReasonText(result)],
    ...(weakness === null ? [] : [['sandbox', `weaker: ${weakness}`] as const]),
    ...result.notes.map((note) => ['note', note] as const),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const head = `${path}:${call.line}:${call.column} Hessian of ${named([result.target])} wrt ${named(columns)}${rows.length > 1 ? ' (blocks)' : ''}`;
  const lines = [head, ...facts.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`)];
  return `${[...lines, ...numbers(matrix), ...spectrum(result)].join('\n')}\n`;
}

function named(tensors: readonly NamedShape[]): string {
  return tensors.map(({ name, shape }) => `${name}${shape.length === 0 ? '' : ` (${shape.join('×')})`}`).join(', ');
}

function tensorflowText({ tensorflow: { outcome, rule, reason } }: HessianResult): string {
  const what = {
    none: 'returns None here',
    zeros: 'returns zeros here',
    value: 'returns a value here',
    mixed: 'gives different answers here from time to time',
    unknown: 'gives what is not known before it runs',
    raises: 'raises an error here',
  }[outcome];
  return `${what}${reason === null ? '' : `: ${reason}`}${rule === null ? '' : ` (${rule})`}`;
}

function truthText({ rows, columns, spectrum: hasSpectrum }: HessianResult, matrix: Matrix | null): string {
  if (matrix === null) return `too large to hold${hasSpectrum === undefined ? '' : '; its spectrum is below'}`;
  const size = `${matrix.rows.size}×${matrix.columns.size}`;
  const single = rows.length === 1 && columns.length === 1 && matrix.values.length === 1;
  if (single) return numberText(matrix.values[0] ?? Number.NaN);
  const { nonZeros, notFinite, smallestValue, largestValue } = matrix.statistics;
  if (nonZeros === 0) return `${size}, zero: all of its ${countText(matrix.values.length)} numbers`;
  const bad = notFinite === 0 ? '' : `, ${countText(notFinite)} of them NaN or infinite`;
  return `${size}, ${countText(nonZeros)} numbers not zero, from ${numberText(smallestValue)} to ${numberText(largestValue)}${bad}`;
}

function checksText({ asymmetry, gradient, hessian }: HessianResult['checks']): string {
  const shown = (name: string, error: number | null): string =>
    `${name} ${error === null ? 'not made' : numberText(Number(error.toPrecision(2)))}`;
  return `${shown('asymmetry', asymmetry)}, ${shown('gradient', gradient)}, ${shown('Hessian', hessian)} (relative errors)`;
}

function numbers(matrix: Matrix | null): readonly string[] {
  if (matrix === null || matrix.values.length === 1 || matrix.statistics.nonZeros === 0) return [];
  const { rows, columns, values } = matrix;
  if (rows.size > MOST_PRINTED || columns.size > MOST_PRINTED) return [];
  const cells = Array.from(values, numberText);
  const width = Math.max(...cells.map((cell) => cell.length));
  const line = (row: number): string =>
    cells
      .slice(row * columns.size, (row + 1) * columns.size)
      .map((cell) => cell.padStart(width))
      .join('  ');
  return ['', ...Array.from({ length: rows.size }, (_, row) => `  ${line(row)}`)];
}

function spectrum({ spectrum: found }: HessianResult): readonly string[] {
  if (found === undefined) return [];
  return [
    '',
    `  smallest eigenvalues  ${found.smallest.map(numberText).join(', ')}`,
    `  largest eigenvalues   ${found.largest.map(numberText).join(', ')}`,
  ];
}
