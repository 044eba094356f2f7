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

/** `of`: which of the row's two functions. */
type Kind = 'gradient' | 'exact';
function gradientFails(row: Row, how: Rule, of: Kind): boolean {
  return casesOf(row).some((test) => {
    const all = selections(new Trial(row, test).outputs.length);
    // Where a row says what the mathematical gradient is, TensorFlow's own is that of the first output only.
    return (of === 'gradient' && row.exact ? all.slice(0, 1) : all).some((given) => checkGradient(row, test, how, given).length > 0);
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
const ruled = rows.flatMap((row): [string, Kind, Row, Rule][] =>
  (['gradient', 'exact'] as const).flatMap((kind): [string, Kind, Row, Rule][] => {
    const how = row[kind];
    return typeof how === 'function' ? [[row.name, kind, row, how]] : [];
  }),
);
const flat = ruled.filter(([, , row, how]) => isFlat(row, how));
const sloped = ruled.filter((one) => !flat.includes(one));
const moving = [...new Set(sloped.map(([, , row]) => row))].filter((row) => row.tangent !== 'none');

/** Where no mistake can be seen, because the derivative is zero: `name: gradient`. */
const EQUIVALENT: readonly string[] = [
  ...['Ceil', 'Floor', 'FloorDiv', 'Rint', 'Round', 'Sign', 'TruncateDiv'].map((name) => `${name}: gradient`),
  'StopGradient: exact',
];

describe('a mistake planted in every row that has a slope', () => {
  it('cannot be seen where the derivative is zero, and only there', () => {
    expect(flat.map(([name, kind]) => `${name}: ${kind}`).sort()).toEqual([...EQUIVALENT].sort());
  });
  it.each(sloped)('%s: %s', (_, kind, row, how) => {
    expect(gradientFails(row, how, kind)).toBe(false);
    expect(gradientFails(row, scaledGradient(how), kind)).toBe(true);
    expect(gradientFails(row, lostGradient(how), kind)).toBe(true);
  });
  it.each(moving.map((row) => [row.name, row] as const))('%s: tangent', (_, row) => {
    const { tangent } = row;
    if (tangent === 'none') throw new Error('filtered out above');
    expect(tangentFails(row, row)).toBe(false);
    expect(tangentFails(row, { ...row, tangent: (c, o) => tangent(c, o).map((t) => t && o.mul(t, SLIGHTLY)) })).toBe(true);
    expect(tangentFails(row, { ...row, tangent: 'none' })).toBe(true);
  });
  it('has a tangent wherever it has a slope', () => {
    const still = [...new Set(sloped.map(([, , row]) => row))].filter((row) => row.tangent === 'none').map((row) => row.name);
    expect(still).toEqual([]);
  });
});
