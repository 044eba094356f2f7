// The reference kernels themselves, where the rows' tests cannot see a mistake of theirs: against numbers from elsewhere.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { erf, erfc } from '../../core/reference/erf.ts';
import { evaluate } from '../../core/reference/evaluate.ts';
import type { Attributes } from '../../core/row.ts';
import type { DType } from '../../core/tensor.ts';

/** x, erf(x), erfc(x) from C's math library. */
const ERF: readonly (readonly [number, number, number])[] = [
  [-6, -1.0, 2.0],
  [-2.5, -0.999593047982555, 1.999593047982555],
  [-1.1, -0.8802050695740817, 1.8802050695740817],
  [-0.84375, -0.7672256612323416, 1.7672256612323416],
  [-0.3, -0.3286267594591274, 1.3286267594591274],
  [0, 0.0, 1.0],
  [1e-300, 1.1283791670955126e-300, 1.0],
  [1e-9, 1.1283791670955127e-9, 0.9999999988716208],
  [0.1, 0.1124629160182849, 0.8875370839817152],
  [0.25, 0.2763263901682369, 0.7236736098317631],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [0.9, 0.7969082124228322, 0.20309178757716786],
  [1.25, 0.9229001282564582, 0.07709987174354177],
  [1.3, 0.9340079449406524, 0.06599205505934755],
  [2, 0.9953222650189527, 0.004677734981047265],
  [2.857, 0.9999466417399131, 5.3358260086846374e-5],
  [2.9, 0.9999589021219005, 4.109787809945886e-5],
  [3.5, 0.9999992569016276, 7.430983723414128e-7],
  [5, 0.9999999999984626, 1.5374597944280351e-12],
  [6, 1.0, 2.1519736712498916e-17],
  [10, 1.0, 2.088487583762545e-45],
  [20, 1.0, 5.3958656116079005e-176],
  [26, 1.0, 5.663192408856143e-296],
];

describe('erf and erfc', () => {
  it.each(ERF)('at %d', (x, expected, complement) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(3e-16 * Math.abs(expected) + 1e-320);
    expect(Math.abs(erfc(x) - complement)).toBeLessThanOrEqual(4e-16 * Math.abs(complement));
  });
});

const special = JSON.parse(readFileSync(new URL('../oracle/special.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly [readonly number[], number][]
>;
describe.each(Object.entries(special))('%s is what TensorFlow gives in float64', (name, rows) => {
  it.each(rows)('%j', (args, expected) => {
    const inputs = args.map((value) => ({ values: [value], shape: [], dtype: 'float64' }) as const);
    const [found] = evaluate(name, inputs, {}, [{ shape: [], dtype: 'float64' }])?.[0] ?? [];
    expect(Math.abs((found ?? NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-13);
  });
});

const one = (name: string, values: readonly number[], dtype: DType, attributes: Attributes = {}, to: DType = dtype): number[] | null => {
  const shape = [values.length];
  const found = evaluate(name, [{ values, shape, dtype }], attributes, [{ shape, dtype: to }]);
  return found && Array.from(found[0] ?? []);
};
const two = (name: string, a: readonly number[], b: readonly number[], dtype: DType): number[] | null => {
  const found = evaluate(
    name,
    [
      { values: a, shape: [a.length], dtype },
      { values: b, shape: [b.length], dtype },
    ],
    {},
    [{ shape: [Math.max(a.length, b.length)], dtype }],
  );
  return found && Array.from(found[0] ?? []);
};

describe('numbers as TensorFlow has them', () => {
  it('rounds halves to the even neighbour', () =>
    expect(one('Round', [0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994], 'float32')).toEqual([0, 2, 2, -0, -2, 0]));
  it('truncates casts to integers', () => expect(one('Cast', [1.9, -1.9], 'float32', { dtype: 'int32' }, 'int32')).toEqual([1, -1]));
  it('makes truth of numbers', () => expect(one('Cast', [0, 0.3, -2], 'float32', { dtype: 'bool' }, 'bool')).toEqual([0, 1, 1]));
  it('wraps integers around', () => {
    expect(two('AddV2', [2147483647], [1], 'int32')).toEqual([-2147483648]);
    expect(two('AddV2', [250], [10], 'uint8')).toEqual([4]);
    expect(two('Sub', [-128], [1], 'int8')).toEqual([127]);
  });
  it('gives remainders the sign of the divisor', () =>
    expect(two('FloorMod', [7, -7, 7, -7], [3, 3, -3, -3], 'int32')).toEqual([1, 2, -2, -1]));
  it('takes 0/0 and 0·log 0 for 0 where the op says so', () => {
    expect(two('DivNoNan', [3, 0], [0, 0], 'float32')).toEqual([0, 0]);
    expect(two('Xlogy', [0], [0], 'float32')).toEqual([0]);
  });
});

describe('what has no numbers', () => {
  it('is an integer divided by zero', () => expect(two('FloorDiv', [1], [0], 'int32')).toBeNull());
  it('is an op whose attributes are not known', () =>
    expect(one('Sum', [1, 2], 'float32', { axes: undefined, keepDims: false })).toBeNull());
  it('is a slice of which a part is not known', () =>
    expect(one('StridedSlice', [1, 2], 'float32', { indices: [{ kind: 'index', at: undefined }] })).toBeNull());
  it('is a string, or an op that has none of complex numbers', () => {
    expect(one('Identity', [1], 'string')).toBeNull();
    expect(one('Erf', [1, 2], 'complex64')).toBeNull();
  });
  it('is a gather from outside', () => {
    const inputs = [
      { values: [1, 2], shape: [2], dtype: 'float32' },
      { values: [2], shape: [1], dtype: 'int32' },
    ] as const;
    expect(evaluate('GatherV2', inputs, { axis: 0 }, [{ shape: [1], dtype: 'float32' }])).toBeNull();
  });
  it('is a random op, or one that does not exist', () => {
    expect(evaluate('RandomUniform', [], {}, [{ shape: [1], dtype: 'float32' }])).toBeNull();
    expect(evaluate('toString', [], {}, [{ shape: [1], dtype: 'float32' }])).toBeNull();
  });
});
