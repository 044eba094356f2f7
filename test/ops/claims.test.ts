// What rows claim besides numbers: when the output is zero for every input, and which input elements an output element reads.
import { describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import { readsOf, type Window } from '../../core/reads.ts';
import { stridesOf } from '../../core/reference/kernel.ts';
import type { Row } from '../../core/row.ts';
import { type DType, isDifferentiable, numbersPer } from '../../core/tensor.ts';
import { differs, Trial } from './derivatives.ts';
import { type Case, casesOf, isRandom } from './inputs.ts';
import { NoNumbers, numbersOf, shapeOf } from './reference-backend.ts';

const rows = allRows().filter((row) => !isRandom(row) && casesOf(row).length > 0);
const outputsOf = (row: Row, test: Case) => new Trial(row, test).outputs.map((y) => Array.from(numbersOf(y)));

const isFloat = (test: Case, i: number): boolean => isDifferentiable(test.inputs[i]?.dtype ?? 'int32');
/** The sets of inputs whose being zero makes the output zero. */
function zeroSets(row: Row, test: Case): (readonly number[])[] {
  const all = test.inputs.map((_, i) => i).filter((i) => isFloat(test, i));
  const { zeroWhen } = row;
  if (row.alwaysZero) return [[]];
  if (zeroWhen === 'never') return [];
  if (zeroWhen === 'any') return all.map((i) => [i]);
  if (zeroWhen === 'all') return [all];
  return 'allOf' in zeroWhen ? [zeroWhen.allOf] : zeroWhen.map((i) => [i]);
}

describe('is zero when it says so', () => {
  const tests = rows.filter((row) => row.alwaysZero === true || row.zeroWhen !== 'never').map((row) => [row.name, row] as const);
  it.each(tests)('%s', (_, row) => {
    for (const test of casesOf(row))
      for (const zeros of zeroSets(row, test)) {
        const inputs = test.inputs.map((given, i) => (zeros.includes(i) ? { ...given, values: given.values.map(() => 0) } : given));
        const values = outputsOf(row, { ...test, inputs }).flat();
        expect(
          values.filter((v) => v !== 0),
          `${test.title}, zero: ${zeros.join(', ')}`,
        ).toEqual([]);
      }
  });
});

/** The inputs whose zeros make the output infinite or not a number, by what the row says. */
function infiniteInputs({ infiniteAtZero = [] }: Row, test: Case): readonly number[] {
  return typeof infiniteAtZero === 'function' ? infiniteAtZero(test.inputs) : infiniteAtZero;
}

describe('is infinite at zero when it says so, and then only', () => {
  const withZeros = (test: Case, zeros: readonly number[]): Case => ({
    ...test,
    inputs: test.inputs.map((given, i) => (zeros.includes(i) ? { ...given, values: given.values.map(() => 0) } : given)),
  });
  const isInfiniteAt = (row: Row, test: Case): boolean => {
    try {
      return outputsOf(row, test)
        .flat()
        .some((v) => !Number.isFinite(v));
    } catch (error) {
      if (error instanceof NoNumbers) return false;
      throw error;
    }
  };
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    for (const test of casesOf(row)) {
      const claimed = infiniteInputs(row, test);
      const floats = test.inputs.map((_given, i) => i).filter((i) => isFloat(test, i));
      const found = floats.filter((i) => isInfiniteAt(row, withZeros(test, [i])));
      expect(claimed, test.title).toEqual(found);
      for (const i of row.zeroWins ?? [])
        for (const other of claimed)
          expect(
            outputsOf(row, withZeros(test, [i, other]))
              .flat()
              .filter((v) => v !== 0),
            test.title,
          ).toEqual([]);
    }
  });
});

/** Whether output element `to` may read element `from` of an input, by what the row says axis by axis. */
function mayRead(row: Row, test: Case, input: number, output: readonly number[]): (from: number, to: number) => boolean {
  const reads = readsOf(
    row,
    test.inputs.map(({ shape }) => shape),
    output,
    test.attributes,
  );
  if (typeof reads === 'string') return () => true;
  const axes = reads[input];
  const shape = test.inputs[input]?.shape ?? [];
  if (!axes) return () => false;
  return (from, to) => {
    const [at, place] = [coordinates(from, shape), coordinates(to, output)];
    return axes.every((axis, i) => axis === 'all' || isRead(at[i] ?? 0, place[axis.along] ?? NaN, axis.window));
  };
}

function coordinates(place: number, shape: readonly number[]): number[] {
  const strides = stridesOf(shape);
  return shape.map((size, axis) => Math.floor(place / (strides[axis] ?? 1)) % size);
}

function isRead(from: number, to: number, window: Window | undefined): boolean {
  if (!window) return from === to;
  const { size, stride, dilation, before, transposed } = window;
  const [start, end] = transposed === true ? [to, from] : [from, to];
  return Array.from({ length: size }, (_, k) => end * stride + k * dilation - before).includes(start);
}

/** Which element a number belongs to: complex ones have two. */
const element = (number: number, dtype: DType | null | undefined): number => Math.floor(number / numbersPer(dtype ?? null));

describe('reads no more than it says', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const found = casesOf(row).flatMap((test) => {
      const before = outputsOf(row, test);
      const { outputs } = new Trial(row, test);
      const [shapes, dtypes] = [outputs.map(shapeOf), outputs.map((y) => y.dtype)];
      return test.inputs.flatMap((given, input) => {
        if (!isFloat(test, input)) return [];
        return given.values.flatMap((_value, from) => {
          const inputs = test.inputs.map((g, i) =>
            i === input ? { ...g, values: g.values.map((v, j) => (j === from ? v * 0.9 + 0.01 : v)) } : g,
          );
          const after = outputsOf(row, { ...test, inputs });
          return before.flatMap((list, y) => {
            const allowed = mayRead(row, test, input, shapes[y] ?? []);
            return list.flatMap((v, to) =>
              v !== after[y]?.[to] && !allowed(element(from, test.inputs[input]?.dtype), element(to, dtypes[y]))
                ? [`${test.title}: output ${y}[${to}] reads input ${input}[${from}]`]
                : [],
            );
          });
        });
      });
    });
    expect(found).toEqual([]);
  });

  it.each(rows.filter((row) => row.dependence === 'adds').map((row) => [row.name, row] as const))('%s only adds', (_, row) => {
    for (const test of casesOf(row)) {
      const trial = new Trial(row, test);
      const [y] = trial.outputs;
      if (!y || typeof row.gradient !== 'function') throw new Error(`${row.name} has no gradient to find places with`);
      const size = numbersOf(y).length;
      const places = trial.eager.backend.constant(
        Array.from({ length: size }, (_value, i) => i + 1),
        shapeOf(y),
        'int32',
      );
      const given = trial.outputs.map((_output, i) => i === 0);
      const upstream = trial.outputs.map((output, i) => (i === 0 ? places : trial.operations.zerosConstant(output)));
      const [found] = trial.gradient(row.gradient, upstream, given);
      const expected = new Array<number>(size).fill(0);
      if (found)
        numbersOf(found).forEach((place, i) => {
          if (place > 0) expected[place - 1] = (expected[place - 1] ?? 0) + (test.inputs[0]?.values[i] ?? 0);
        });
      const wrong = differs(numbersOf(y), expected);
      expect(wrong, test.title).toBeNull();
    }
  });

  it.each(rows.filter((row) => row.dependence === 'move').map((row) => [row.name, row] as const))('%s only moves', (_, row) => {
    for (const test of casesOf(row)) {
      const own = new Set<number>([0, Number(test.attributes['value'] ?? 0), ...test.inputs.flatMap(({ values }) => values)]);
      expect(
        outputsOf(row, test)
          .flat()
          .filter((v) => !own.has(v)),
        test.title,
      ).toEqual([]);
    }
  });
});
