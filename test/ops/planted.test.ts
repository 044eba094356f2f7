// Whether the checks of rows would see a mistake: a gradient or a tangent that is slightly wrong has to make them fail.
import { describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import type { Attributes, Gradient, Row } from '../../core/row.ts';
import { checkGradient, checkTangent, selections, Trial } from './derivatives.ts';
import { casesOf, isRandom } from './inputs.ts';

/** A mistake of one part in a thousand. */
const SLIGHTLY = 1.001;

type Rule = Gradient<string, Attributes>;
const scaledGradient =
  (how: Rule): Rule =>
  (c, o) =>
    how(c, o).map((g) => g && o.mul(g, SLIGHTLY));
/** Leaves an edge out, as a forgotten case would. */
const lostGradient =
  (how: Rule): Rule =>
  (c, o) =>
    how(c, o).map((g) => g && o.zerosLike(g));

function gradientFails(row: Row, how: Rule): boolean {
  return casesOf(row).some((test) => {
    const all = selections(new Trial(row, test).outputs.length);
    return (row.exact ? all.slice(0, 1) : all).some((given) => checkGradient(row, test, how, given).length > 0);
  });
}
const tangentFails = (row: Row, changed: Row): boolean =>
  casesOf(row).some(
    (test) => checkTangent(changed, test, row.exact ?? (typeof row.gradient === 'function' ? row.gradient : null)).length > 0,
  );

/** Rows whose derivative is zero everywhere it exists: a scaled zero is the same zero. */
const isFlat = (row: Row, how: Rule): boolean =>
  casesOf(row).every((test) => {
    const trial = new Trial(row, test);
    const given = trial.outputs.map(() => true);
    return trial
      .gradient(how, trial.upstream(given), given)
      .every((g) => g === null || (trial.eager.backend.valueOf(g) ?? []).every((v: number) => v === 0));
  });

const rows = allRows().filter((row) => !isRandom(row) && casesOf(row).length > 0);
const sloped = rows.flatMap((row): [string, Row, Rule][] =>
  typeof row.gradient === 'function' && !isFlat(row, row.gradient) ? [[row.name, row, row.gradient]] : [],
);

describe('a mistake planted in every row that has a slope', () => {
  it('is looked for in most of the table', () => {
    expect(sloped.length).toBeGreaterThan(rows.length / 2);
  });
  it.each(sloped)('%s: gradient', (_, row, gradient) => {
    expect(gradientFails(row, gradient)).toBe(false);
    expect(gradientFails(row, scaledGradient(gradient))).toBe(true);
    expect(gradientFails(row, lostGradient(gradient))).toBe(true);
  });
  it.each(sloped.filter(([, row]) => row.tangent !== 'none'))('%s: tangent', (_, row) => {
    const { tangent } = row;
    if (tangent === 'none') throw new Error('filtered out above');
    expect(tangentFails(row, row)).toBe(false);
    expect(tangentFails(row, { ...row, tangent: (c, o) => tangent(c, o).map((t) => t && o.mul(t, SLIGHTLY)) })).toBe(true);
    expect(tangentFails(row, { ...row, tangent: 'none' })).toBe(true);
  });
});
