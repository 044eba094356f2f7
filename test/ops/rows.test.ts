// Every row of core/ops, by itself: reference numbers, shape rule, gradient against differences, tangent against gradient.
import { describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import { UNCONVERTED } from '../../core/pfor.ts';
import { hasKernel, WITHOUT_KERNEL } from '../../core/reference/evaluate.ts';
import { shapesOf } from '../../core/row.ts';
import { numbersPer, type Shape, type Tensor } from '../../core/tensor.ts';
import { checkGradient, checkTangent, selections, Trial } from './derivatives.ts';
import { casesOf, isRandom } from './inputs.ts';
import { numbersOf } from './reference-backend.ts';

const rows = allRows().filter((row) => !isRandom(row) && !WITHOUT_KERNEL.has(row.name));

describe('the table', () => {
  it('has a reference kernel for every row that is not random', () => {
    expect(rows.filter((row) => !hasKernel(row.name)).map((row) => row.name)).toEqual([]);
  });
  it('has a test input for every row', () => {
    expect(rows.filter((row) => casesOf(row).length === 0).map((row) => row.name)).toEqual([]);
  });
});

describe('what a vectorised Jacobian goes through row by row', () => {
  it('is in the table', () => {
    const names = new Set(allRows().map((row) => row.name));
    expect([...UNCONVERTED].filter((name) => !names.has(name))).toEqual([]);
  });
});

/** The same shape with sizes, and then all of it, forgotten. */
const forgotten = (shape: Shape): Shape[] => [null, ...(shape ?? []).map((_, i, all) => all.map((d, j) => (i === j ? null : d)))];
const allows = (shape: Shape | undefined, real: Shape): boolean =>
  shape === null ||
  (shape !== undefined && real !== null && shape.length === real.length && shape.every((d, i) => d === null || d === real[i]));

describe.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
  const cases = casesOf(row);

  it.each(cases.map((c) => [c.title, c] as const))('has the shape that its numbers fill: %s', (_title, test) => {
    const { outputs, inputs } = new Trial(row, test);
    for (const y of outputs)
      expect(numbersOf(y)).toHaveLength((y.shape ?? []).reduce<number>((a, b) => a * (b ?? NaN), numbersPer(y.dtype)));
    for (const [at, input] of inputs.entries())
      for (const shape of forgotten(input.shape)) {
        const found = shapesOf(
          row,
          inputs.map((t, i): Tensor => (i === at ? { ...t, id: t.id, shape } : t)),
          test.attributes,
        );
        expect(found).toHaveLength(outputs.length);
        outputs.forEach((y, i) =>
          expect(allows(found[i], y.shape), `output ${i} is [${y.shape}], with input ${at} as [${shape}] [${found[i]}]`).toBe(true),
        );
      }
  });

  const { gradient, exact } = row;
  if (typeof gradient === 'function')
    it.each(cases.map((c) => [c.title, c] as const))('has a gradient that differences agree with: %s', (_title, test) => {
      // Where a row says what the mathematical gradient is, TensorFlow's own is that of the first output only.
      const all = selections(new Trial(row, test).outputs.length);
      const wrong = (exact ? all.slice(0, 1) : all).flatMap((given) => checkGradient(row, test, gradient, given));
      expect(wrong).toEqual([]);
    });
  if (exact)
    it.each(cases.map((c) => [c.title, c] as const))('has an exact gradient that differences agree with: %s', (_title, test) => {
      expect(selections(new Trial(row, test).outputs.length).flatMap((given) => checkGradient(row, test, exact, given))).toEqual([]);
    });
  it.each(cases.map((c) => [c.title, c] as const))('has a tangent that its gradient agrees with: %s', (_title, test) => {
    expect(checkTangent(row, test, exact ?? (typeof gradient === 'function' ? gradient : null))).toEqual([]);
  });
});
