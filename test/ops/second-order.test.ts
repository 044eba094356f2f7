// Second derivatives of every row: TensorFlow's, by a tape over a tape, and the Hessian engine's, by tangents through the gradient; both against differences.
import { describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import { OpError } from '../../core/shape.ts';
import { casesOf, isRandom } from './inputs.ts';
import { checkForwardOverReverse, checkReverseOverReverse } from './second-order.ts';

const rows = allRows().filter((row) => !isRandom(row) && casesOf(row).length > 0);

describe('tangents through the gradient', () => {
  const tests = rows.flatMap((row) => {
    const how = row.exact ?? row.gradient;
    return typeof how === 'function' ? [[row.name, row, how] as const] : [];
  });
  it.each(tests)('%s', (_, row, how) => {
    expect(casesOf(row).flatMap((test) => checkForwardOverReverse(row, test, how).map((wrong) => `${test.title}: ${wrong}`))).toEqual([]);
  });
});

describe('a tape over a tape', () => {
  // Where a row says what the mathematical gradient is, TensorFlow's own second derivative is missing or wrong: the op table holds those.
  const tests = rows.flatMap((row) => (typeof row.gradient === 'function' && !row.exact ? [[row.name, row, row.gradient] as const] : []));
  const missing: string[] = [];
  const refused: string[] = [];
  it.each(tests)('%s', (name, row, how) => {
    const allowed = casesOf(row).filter((test) => !row.refuses?.(test.attributes));
    const wrong = allowed.flatMap((test) => {
      try {
        return checkReverseOverReverse(row, test, how).map((w) => `${test.title}: ${w}`);
      } catch (error) {
        if (!(error instanceof OpError)) throw error;
        if (error.type === 'LookupError') missing.push(`${name}: ${error.message}`);
        else refused.push(`${error.type}: ${error.message}`);
        return [];
      }
    });
    expect(wrong).toEqual([]);
  });
  it('raises only where a gradient op has no gradient in TensorFlow', () => {
    const registered = new Set(rows.filter((row) => row.gradient === 'missing').map((row) => row.name));
    expect(missing.filter((text) => !registered.has(text.split(' ').at(-1) ?? ''))).toEqual([]);
    expect(missing.some((text) => text.startsWith('Softsign'))).toBe(true);
  });
  it('raises anything else only where a row says that TensorFlow does', () => {
    const said = rows
      .flatMap((row) => casesOf(row).map((test) => row.refuses?.(test.attributes)))
      .map((error) => error && `${error.type}: ${error.message}`);
    expect(refused.filter((text) => !said.includes(text))).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
  });
});
