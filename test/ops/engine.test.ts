// The engines against the reference kernels, row by row: pure JavaScript, WebAssembly for everything it has, the mixture that is shipped; in the run of
// tests that is made on tfjs-node (scripts/test.mjs), tfjs-node instead.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRows } from '../../core/ops/index.ts';
import { WITHOUT_KERNEL } from '../../core/reference/evaluate.ts';
import { type Attributes, type Row, rowOf } from '../../core/row.ts';
import { type DType, isComplex, type Tensor } from '../../core/tensor.ts';
import { NumericBackend } from '../../runtime/src/engine/backend.ts';
import { findCarry, WITHOUT_CARRY } from '../../runtime/src/engine/kernels.ts';
import { startEngines } from '../../runtime/src/engine/choose.ts';
import { setGlobalSeed } from '../../runtime/src/engine/random.ts';
import { generic } from './generic.ts';
import { type Case, casesOf, type Given, isRandom } from './inputs.ts';
import { NATIVE_ENGINE } from '../engines/native.ts';
import { numbersOf, ReferenceBackend } from './reference-backend.ts';

const folder = mkdtempSync(join(tmpdir(), 'tape-lens-engine-'));
symlinkSync(
  join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist'),
  join(folder, 'tfjs'),
);
afterAll(() => rmSync(folder, { recursive: true }));

const large = (shape: readonly number[], seed = 1): Given => ({ values: generic(shape, seed), shape, dtype: 'float32' });
const named = (inputs: readonly Given[], attributes: Attributes = {}): Case => ({
  title: `large ${inputs.map((i) => `[${i.shape.join(',')}]`).join(' ')}`,
  inputs,
  attributes,
});
/** Large enough for the mixture to leave pure JavaScript. */
function largeCases(row: Row): readonly Case[] {
  if (row.name === 'MatMul') return [named([large([24, 20, 24]), large([24, 10], 2)], { transposeA: false, transposeB: false })];
  if (row.dependence === 'reduce' && casesOf(row).some((c) => 'axes' in c.attributes) && row.dtype === 'same')
    return row.name === 'Prod' ? [] : [[0], [1], [0, 2], null].map((axes) => named([large([12, 10, 24])], { axes, keepDims: false }));
  const [first] = casesOf(row);
  if (row.dependence !== 'elementwise' || !first || first.inputs.some((i) => i.dtype !== 'float32' || i.shape.length !== 2)) return [];
  // The same numbers over and over keep to the domain that the row's own test has.
  const inputs = first.inputs.map((input) => ({
    ...input,
    shape: [500, 6],
    values: Array.from({ length: 3000 }, (_, i) => input.values[i % input.values.length] ?? 0),
  }));
  return row.name === 'BiasAdd' ? [] : [named(inputs, first.attributes)];
}

type Kind = 'cpu' | 'wasm' | 'mixture' | 'node';
const every: readonly Kind[] = NATIVE_ENGINE === null ? ['cpu', 'wasm', 'mixture'] : ['node'];
const apart: readonly Kind[] = NATIVE_ENGINE === null ? ['cpu', 'wasm'] : ['node'];
let backends: Readonly<Record<Kind, NumericBackend>>;
beforeAll(async () => {
  const mixture = await startEngines(folder, { native: NATIVE_ENGINE });
  const wasm = await startEngines(folder, { small: 0 });
  expect([...mixture.notes, ...wasm.notes, mixture.nativeProblem]).toEqual([null]);
  const backend = (kernels: ReturnType<typeof mixture.choose>): NumericBackend => {
    if (!kernels) throw new Error('an engine did not start');
    return new NumericBackend(kernels);
  };
  backends = {
    cpu: backend(mixture.choose('cpu')),
    wasm: backend(wasm.choose('wasm')),
    mixture: backend(mixture.choose('wasm')),
    node: backend(mixture.choose('auto')),
  };
});

const reference = new ReferenceBackend();

/** Single precision against double. */
function differs(found: ArrayLike<number>, expected: ArrayLike<number>): string | null {
  if (found.length !== expected.length) return `${found.length} numbers instead of ${expected.length}`;
  for (let i = 0; i < found.length; i++) {
    const [a = NaN, b = NaN] = [found[i], expected[i]];
    if (!(Object.is(a, b) || Math.abs(a - b) <= 1e-5 + 1e-4 * Math.abs(b))) return `[${i}] is ${a} instead of ${b}`;
  }
  return null;
}

function compare(row: Row, test: Case, backend: NumericBackend): string[] {
  const on = (b: NumericBackend | ReferenceBackend): Tensor[] =>
    b.run(
      row,
      test.inputs.map(({ values, shape, dtype }) => b.constant(values.map(Math.fround), shape, dtype)),
      test.attributes,
    );
  const [found, expected] = [on(backend), on(reference)];
  if (found.length !== expected.length) return [`${found.length} outputs instead of ${expected.length}`];
  return expected.flatMap((y, i) => {
    const own = found[i] as Tensor;
    if (JSON.stringify(own.shape) !== JSON.stringify(y.shape)) return [`output ${i} has the shape [${own.shape}], not [${y.shape}]`];
    if (own.dtype !== y.dtype) return [`output ${i} is ${own.dtype}, not ${y.dtype}`];
    const wrong = differs(backend.valueOf(own) ?? [], Array.from(numbersOf(y), Math.fround));
    return wrong ? [`output ${i}: ${wrong}`] : [];
  });
}

const rows = allRows().filter((row) => !isRandom(row) && !WITHOUT_KERNEL.has(row.name));
describe.each(every)('%s', (kind) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const cases = kind === 'wasm' ? casesOf(row) : [...casesOf(row), ...largeCases(row)];
    expect(cases.flatMap((test) => compare(row, test, backends[kind]).map((wrong) => `${test.title}: ${wrong}`))).toEqual([]);
  });
});

it('carries out every row but those that are listed', () => {
  const missing = allRows()
    .filter(({ name }) => !findCarry(name))
    .map(({ name }) => name);
  expect(missing.sort()).toEqual([...WITHOUT_CARRY.keys()].sort());
});

describe('special numbers', () => {
  const special = [0, -0, 1, -1, 0.5, 2.5, -2.5, 3.5, -7, 30, Infinity, -Infinity, NaN];
  const floats = (values: readonly number[], shape: readonly number[]): Given => ({ values, shape, dtype: 'float32' });
  const tests = rows.flatMap((row): [string, Row, Case][] => {
    const attributes = row.name === 'LeakyRelu' ? { alpha: 0.3 } : row.name === 'Cast' ? { dtype: 'bool' } : {};
    const inputs =
      row.args.length === 1
        ? [floats(special, [special.length])]
        : [floats(special, [special.length, 1]), floats(special, [1, special.length])];
    const bare =
      casesOf(row).every((test) => test.inputs.every(({ dtype }) => !isComplex(dtype))) &&
      row.dependence === 'elementwise' &&
      row.args.length <= 2 &&
      !/Grad$|Logical|BiasAdd/.test(row.name) &&
      !row.args.some((name) => name.endsWith('…'));
    const reduces = ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'EuclideanNorm'].includes(row.name);
    if (reduces)
      return [
        [
          row.name,
          row,
          {
            title: '',
            inputs: [floats([...special, ...special.map((_, i) => i)], [2, special.length])],
            attributes: { axes: [1], keepDims: false },
          },
        ],
      ];
    return bare ? [[row.name, row, { title: '', inputs, attributes }]] : [];
  });
  describe.each(apart)('%s', (kind) => {
    it.each(tests)('%s', (_, row, test) => {
      expect(compare(row, test, backends[kind])).toEqual([]);
    });
  });
});

describe('nothing at all', () => {
  const floats = (...shape: number[]): Given => ({ values: generic(shape, 1), shape, dtype: 'float32' });
  const all = { axes: null, keepDims: false };
  const tests: (readonly [string, readonly Given[], Attributes])[] = [
    ['Tanh', [floats(0)], {}],
    ['AddV2', [floats(0, 3), floats(3)], {}],
    ['Mul', [floats(2, 0), floats()], {}],
    ['SelectV2', [{ values: [], shape: [0, 3], dtype: 'bool' }, floats(0, 3), floats()], {}],
    ['Sum', [floats(0, 3)], { axes: [0], keepDims: false }],
    ['Sum', [floats(0, 3)], { axes: [1], keepDims: true }],
    ['Sum', [floats(0)], all],
    ['Mean', [floats(0)], all],
    ['Max', [floats(0, 2)], { axes: [0], keepDims: false }],
    ['Prod', [floats(0)], all],
    ['MatMul', [floats(0, 3), floats(3, 2)], { transposeA: false, transposeB: false }],
    ['MatMul', [floats(2, 0), floats(0, 3)], { transposeA: false, transposeB: false }],
    ['_SumTo', [floats(0, 3)], { shape: [3] }],
    ['ConcatV2', [floats(0, 3), floats(2, 3)], { axis: 0 }],
    ['Slice', [floats(4, 3)], { begin: [1, 0], size: [0, 3] }],
    ['Transpose', [floats(0, 3)], { permutation: null }],
    ['Reshape', [floats(0, 3)], { shape: [3, 0] }],
    ['BroadcastTo', [floats(1, 3)], { shape: [0, 3] }],
    ['Softmax', [floats(0, 3)], {}],
    ['Cumsum', [floats(0)], { axis: 0, exclusive: false, reverse: false }],
  ];
  describe.each(apart)('%s', (kind) => {
    it.each(tests)('%s', (name, inputs, attributes) => {
      expect(compare(rowOf(name), named(inputs, attributes), backends[kind])).toEqual([]);
    });
  });
});

describe('integers', () => {
  it.each(['FloorDiv', 'FloorMod'])('%s by zero raises', (name) => {
    const backend = backends.mixture;
    expect(() => backend.run(rowOf(name), [backend.constant([7], [], 'int32'), backend.constant([0], [], 'int32')], {})).toThrow(
      'Integer division by zero',
    );
  });
  it.each([
    ['FloorDiv', -4],
    ['FloorMod', 1],
  ] as const)('%s rounds towards minus infinity', (name, expected) => {
    const backend = backends.mixture;
    const [y] = backend.run(rowOf(name), [backend.constant([-7], [], 'int32'), backend.constant([2], [], 'int32')], {});
    expect(Array.from(backend.valueOf(y as Tensor) ?? [])).toEqual([expected]);
  });
});

describe('random numbers', () => {
  const draw = (name: string, seed: number | null, shape = [4000], dtype: DType = 'float32'): number[] => {
    const [y] = backends.cpu.run(rowOf(name), [], { shape, dtype, seed });
    return Array.from(backends.cpu.valueOf(y as Tensor) ?? []);
  };
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  it.each([
    ['RandomStandardNormal', 0, 1],
    ['TruncatedNormal', 0, 0.774],
    ['RandomUniform', 0.5, 1 / 12],
  ] as const)('%s has its mean and variance, and repeats itself from a seed', (name, expectedMean, expectedVariance) => {
    setGlobalSeed(3);
    const first = draw(name, null);
    setGlobalSeed(3);
    expect(draw(name, null)).toEqual(first);
    expect(draw(name, null)).not.toEqual(first);
    expect(Math.abs(mean(first) - expectedMean)).toBeLessThan(0.06);
    expect(Math.abs(mean(first.map((x) => (x - mean(first)) ** 2)) / expectedVariance - 1)).toBeLessThan(0.1);
    if (name === 'TruncatedNormal') expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(2);
    if (name === 'RandomUniform') expect(first.every((x) => x >= 0 && x < 1)).toBe(true);
    setGlobalSeed(null);
  });
});
