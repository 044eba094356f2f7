// What rows claim besides numbers: when the output is zero for every input, and which input elements an output element reads.
import { describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import { broadcastPlaces, countOf } from '../../core/reference/kernel.ts';
import type { Row } from '../../core/row.ts';
import { isDifferentiable } from '../../core/tensor.ts';
import { Trial } from './derivatives.ts';
import { type Case, casesOf, isRandom } from './inputs.ts';
import { numbersOf, shapeOf } from './reference-backend.ts';

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

/** Whether output element `to` may read element `from` of an input. */
function mayRead(row: Row, test: Case, input: number, output: readonly number[]): (from: number, to: number) => boolean {
  const shape = test.inputs[input]?.shape ?? [];
  switch (row.dependence) {
    case 'elementwise': {
      const places = broadcastPlaces(shape, output);
      return (from, to) => (places ? places[to] : to) === from;
    }
    case 'reduce': {
      const { axes = null, axis } = test.attributes as { axes?: readonly number[] | null; axis?: number };
      const gone = axis !== undefined ? [axis < 0 ? axis + shape.length : axis] : (axes ?? shape.map((_, i) => i));
      const places = broadcastPlaces(
        shape.map((d, i) => (gone.includes(i) ? 1 : d)),
        shape,
      );
      return (from, to) => (places ? places[from] : from) === to;
    }
    case 'fold': {
      const places = broadcastPlaces(output, shape);
      return (from, to) => (places ? places[from] : from) === to;
    }
    case 'last axis': {
      const [wide, narrow] = [countOf(shape) / countOf(shape.slice(0, -1)), countOf(output) / countOf(shape.slice(0, -1))];
      return (from, to) => Math.floor(from / wide) === Math.floor(to / narrow);
    }
    case 'matmul': {
      const [rowsOut = 1, columnsOut = 1] = output.slice(-2);
      const [height = 1, width = 1] = shape.slice(-2);
      const transposed = test.attributes[input === 0 ? 'transposeA' : 'transposeB'] === true;
      const batch = broadcastPlaces(shape.slice(0, -2), output.slice(0, -2));
      return (from, to) => {
        const n = Math.floor(to / (rowsOut * columnsOut));
        if ((batch ? batch[n] : n) !== Math.floor(from / (height * width))) return false;
        const [line, place] = [Math.floor(from / width) % height, from % width];
        return input === 0
          ? (transposed ? place : line) === Math.floor(to / columnsOut) % rowsOut
          : (transposed ? line : place) === to % columnsOut;
      };
    }
    case 'move':
    case 'all':
      return () => true;
  }
}

describe('reads no more than it says', () => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const found = casesOf(row).flatMap((test) => {
      const before = outputsOf(row, test);
      const shapes = new Trial(row, test).outputs.map(shapeOf);
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
              v !== after[y]?.[to] && !allowed(from, to) ? [`${test.title}: output ${y}[${to}] reads input ${input}[${from}]`] : [],
            );
          });
        });
      });
    });
    expect(found).toEqual([]);
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
