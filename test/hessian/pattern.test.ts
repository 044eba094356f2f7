// Sparsity patterns: never less than what is there, by element and by axis; and no more directions than a structure needs.
import { describe, expect, it } from 'vitest';
import { patternsByAxis } from '../../runtime/src/hessian/axes.ts';
import { columnsOf } from '../../runtime/src/hessian/columns.ts';
import { patternsByElement } from '../../runtime/src/hessian/elements.ts';
import { type Pattern, patternOfBands, patternOfSets } from '../../runtime/src/hessian/pattern.ts';
import { planOf } from '../../runtime/src/hessian/plan.ts';
import { Sets } from '../../runtime/src/hessian/sets.ts';
import { structureOf } from '../../runtime/src/hessian/structure.ts';
import type { SecondDerivative } from '../../runtime/src/hessian/derivative.ts';
import { columnByColumn, derivativeOf, drawn, FUNCTIONS, type Given } from './functions.ts';

const cases = FUNCTIONS.map((given) => [given.name, given] as const);

function placed<T>(h: SecondDerivative, found: readonly (T | null)[]): (T | null)[] {
  let next = 0;
  return h.gradient.map((g) => (g ? (found[next++] ?? null) : null));
}

function byElement(h: SecondDerivative): Pattern {
  const sets = new Sets(h.columns);
  return patternOfSets(sets, placed(h, patternsByElement(h.eager, h.ops, h.leaves, h.present, sets)), h.rowSizes);
}
function byAxis(h: SecondDerivative): Pattern {
  return patternOfBands(
    placed(h, patternsByAxis(h.eager, h.ops, h.leaves, h.present)),
    h.question.rows.map(({ shape }) => shape),
    h.leaves,
  );
}
const isIn = (pattern: Pattern, row: number, column: number): boolean => pattern.of(row).includes(column);

describe('a pattern holds every element that is not zero', () => {
  it.each(cases)('%s, by element', (_, given) => {
    const h = derivativeOf(given);
    const pattern = byElement(h);
    const missing = columnByColumn(h).flatMap((row, i) => row.flatMap((v, j) => (v !== 0 && !isIn(pattern, i, j) ? [`${i},${j}`] : [])));
    expect(missing).toEqual([]);
  });
  it.each(cases)('%s, by axis: no less than by element', (_, given) => {
    const h = derivativeOf(given);
    const [fine, coarse] = [byElement(h), byAxis(h)];
    for (let row = 0; row < fine.rows; row++) expect(Array.from(coarse.of(row))).toEqual(expect.arrayContaining(Array.from(fine.of(row))));
  });
});

describe('the matrix from few directions is the one from a direction for every column', () => {
  it.each(cases)('%s', (_, given) => {
    const h = derivativeOf(given);
    const plan = planOf(h, 4000);
    if (plan === null) throw new Error('no plan');
    const { matrix, asymmetry } = columnsOf(h, plan, () => {});
    const found = Array.from({ length: h.rows }, () => new Array<number>(h.columns).fill(0));
    matrix.forEach((row, column, value) => {
      (found[row] as number[])[column] = value;
    });
    const expected = columnByColumn(h);
    const largest = Math.max(0, ...expected.flat().map(Math.abs));
    found.forEach((row, i) => row.forEach((v, j) => expect(Math.abs(v - (expected[i]?.[j] ?? NaN))).toBeLessThanOrEqual(1e-6 * largest)));
    expect(asymmetry ?? 0).toBeLessThan(1e-6);
  });
});

describe('directions', () => {
  const NEEDED: Readonly<Record<string, number>> = {
    diagonal: 1,
    tridiagonal: 3,
    'a batch of examples': 3,
    'a batch along the last axis': 3,
    arrow: 2,
    dense: 6,
    linear: 0,
    'a grid of neighbours': 9,
    'running sums': 4,
    softmax: 3,
    reversed: 2,
  };
  it.each(Object.entries(NEEDED))('of %s: at most %i', (name, most) => {
    const given = FUNCTIONS.find((f) => f.name === name) as Given;
    const plan = planOf(derivativeOf(given), 4000);
    expect(plan?.colouring.count).toBeLessThanOrEqual(most);
  });

  it('do not grow with the number of unknowns', () => {
    for (const n of [100, 1000, 10_000]) {
      const given: Given = {
        name: 'long',
        shapes: [[n]],
        f: (o, [x]) => o.sum(o.square(o.sub(o.slice(x as never, [1], [n - 1]), o.square(o.slice(x as never, [0], [n - 1]))))),
      };
      expect(planOf(derivativeOf(given), 4000)?.colouring.count).toBe(3);
    }
  });
});

describe('a structure is named', () => {
  const NAMED: Readonly<Record<string, string>> = {
    diagonal: 'diagonal',
    tridiagonal: 'banded',
    'a batch of examples': 'block-diagonal',
    arrow: 'arrow',
    dense: 'dense',
    linear: 'zero',
    'piecewise linear': 'zero',
    'two inputs apart': 'block-diagonal',
  };
  it.each(Object.entries(NAMED))('%s: %s', (name, structure) => {
    const h = derivativeOf(FUNCTIONS.find((f) => f.name === name) as Given);
    const plan = planOf(h, 4000);
    if (plan === null) throw new Error('no plan');
    expect(structureOf(columnsOf(h, plan, () => {}).matrix)).toBe(structure);
  });
});

describe('sets', () => {
  it('are kept once, whatever they are made of', () => {
    const sets = new Sets(20);
    const [a, b, c] = [3, 7, 11].map(sets.single) as [number, number, number];
    expect(sets.union(sets.union(a, b), c)).toBe(sets.union(a, sets.union(c, b)));
    expect(sets.unionOf(Int32Array.of(b, 0, a, c, b))).toBe(sets.union(sets.union(a, b), c));
    expect(Array.from(sets.members(sets.union(c, a)))).toEqual([3, 11]);
    expect(sets.union(sets.all, a)).toBe(sets.all);
    expect(sets.unionOf(Int32Array.from({ length: 20 }, (_, i) => sets.single(i)))).toBe(sets.all);
  });
  it('are what their members say, over many unions', () => {
    const sets = new Sets(40);
    const known = new Map<number, string>();
    let list = Array.from({ length: 40 }, (_, i) => sets.single(i));
    const numbers = drawn(6000, 3);
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const pick = (v: number): number => list[Math.floor(((v + 1) / 2) * list.length) % list.length] as number;
      const [x, y] = [pick(numbers[i] as number), pick(numbers[i + 1] as number)];
      const united = sets.union(x, y);
      const expected = [...new Set([...sets.members(x), ...sets.members(y)])].sort((p, q) => p - q).join();
      expect(Array.from(sets.members(united)).join()).toBe(expected);
      expect(known.get(united) ?? expected).toBe(expected);
      known.set(united, expected);
      list = [...list.slice(-80), united];
    }
  });
});
