// A Hessian for people: what it is of, what TensorFlow gives and why, what it really is, and the numbers where they are few.
import type { Matrix } from '../../../client/webview/matrix.ts';
import { countText, engineReasonText, numberText, timeText } from '../../../client/webview/numbers.ts';
import type { Block, HessianResult, NamedShape } from '../../../runtime/src/host/protocol.ts';

/** Up to this many rows and columns are printed. */
const MOST_PRINTED = 8;

export function hessianText(path: string, result: HessianResult, matrix: Matrix | null, newtonStep: readonly Block[] | null): string {
  const { call, columns, rows, structure, checks, milliseconds, directions, weakness } = result;
  const total = milliseconds['total'] ?? Object.values(milliseconds).reduce((sum, time) => sum + time, 0);
  const facts: readonly (readonly [name: string, what: string])[] = [
    [result.tensorflow.library ?? 'TensorFlow', tensorflowText(result)],
    ['Hessian', truthText(result, matrix)],
    ['structure', `${structure}${result.constant === true ? ', the same for every input' : ''}`],
    ...eigenvaluesText(result),
    ...newtonText(result, newtonStep),
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
  if (matrix === null) {
    const size = `${sizeOf(rows)}×${sizeOf(columns)}`;
    return hasSpectrum === undefined ? `${size}, too large to be shown` : `${size}, too large to hold; its spectrum is below`;
  }
  const size = `${matrix.rows.size}×${matrix.columns.size}`;
  const count = matrix.rows.size * matrix.columns.size;
  const single = rows.length === 1 && columns.length === 1 && count === 1;
  if (single) return numberText(matrix.values[0] ?? Number.NaN);
  const { nonZeros, notFinite, smallestValue, largestValue } = matrix.statistics;
  if (nonZeros === 0) return `${size}, zero: all of its ${countText(count)} numbers`;
  const bad = notFinite === 0 ? '' : `, ${countText(notFinite)} of them NaN or infinite`;
  return `${size}, ${countText(nonZeros)} numbers not zero, from ${numberText(smallestValue)} to ${numberText(largestValue)}${bad}`;
}

function checksText({ asymmetry, gradient, hessian }: HessianResult['checks']): string {
  const shown = (name: string, error: number | null): string =>
    `${name} ${error === null ? 'not made' : numberText(Number(error.toPrecision(2)))}`;
  return `${shown('asymmetry', asymmetry)}, ${shown('gradient', gradient)}, ${shown('Hessian', hessian)} (relative errors)`;
}

function numbers(matrix: Matrix | null): readonly string[] {
  if (matrix === null || matrix.statistics.nonZeros === 0) return [];
  const { rows, columns } = matrix;
  if (rows.size * columns.size === 1 || rows.size > MOST_PRINTED || columns.size > MOST_PRINTED) return [];
  const cells = Array.from(matrix.values, numberText);
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
  const { smallest, largest, errors, trace } = found;
  return [
    '',
    `  smallest eigenvalues  ${withErrors(smallest, errors?.smallest)}`,
    `  largest eigenvalues   ${withErrors(largest, errors?.largest)}`,
    ...(trace
      ? [
          `  sum of all            ${numberText(trace.value)}${trace.error === null ? '' : ` ± ${numberText(Number(trace.error.toPrecision(2)))}`}`,
        ]
      : []),
  ];
}

const withErrors = (values: readonly number[], errors: readonly number[] | undefined): string =>
  values.map((value, i) => `${numberText(value)}${errors ? ` ± ${numberText(Number((errors[i] ?? 0).toPrecision(2)))}` : ''}`).join(', ');

/** Up to this many eigenvalues are listed one by one. */
const MOST_EIGENVALUES = 6;

function eigenvaluesText({ eigenvalues }: HessianResult): (readonly [string, string])[] {
  if (eigenvalues === undefined || eigenvalues.values.length < 2) return [];
  const { values, isAll, condition, inertia, errors = [] } = eigenvalues;
  const end = (i: number): string => withErrors([values[i] ?? 0], isAll ? undefined : [errors[i] ?? 0]);
  const shown = isAll && values.length <= MOST_EIGENVALUES ? values.map(numberText).join(', ') : `${end(0)} … ${end(values.length - 1)}`;
  const signs = inertia
    ? [
        `${inertia.positive} positive, ${inertia.negative} negative, ${inertia.zero} zero (within ${numberText(Number(inertia.tolerance.toPrecision(2)))})`,
      ]
    : [];
  return [
    [
      'eigenvalues',
      [shown, ...signs, ...(condition === null ? [] : [`condition ${numberText(Number(condition.toPrecision(3)))}`])].join('; '),
    ],
  ];
}

function newtonText({ newton, rows }: HessianResult, step: readonly Block[] | null): (readonly [string, string])[] {
  if (newton === undefined || step === null) return [];
  const shown = rows.map(({ name }, i) => {
    const part = step[i] ?? new Float64Array(0);
    const few = Array.from(part.subarray(0, MOST_PRINTED), numberText).join(', ');
    return `${name} ${part.length === 1 ? few : `[${few}${part.length > MOST_PRINTED ? ', …' : ''}]`}`;
  });
  return [['Newton step', `${shown.join('; ')}${newton.descends ? '' : '; the target rises along it'}`]];
}

const sizeOf = (tensors: readonly NamedShape[]): number => tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
