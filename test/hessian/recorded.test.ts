// Hessians of every family of ops, of every structure and of whole programs against what TensorFlow and JAX give in double precision (test/oracle/hessians), on every engine.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Block, EngineName, HessianReply } from '../../runtime/src/host/protocol.ts';
import { NATIVE_ENGINE } from '../engines/native.ts';
import { openHost, root } from '../runtime/runtime.ts';

/** Normwise, of the numbers of an engine, which has float32 alone. */
const SINGLE = 1e-4;
/** Of the same programs in float64. */
const DOUBLE = 1e-9;
/** Where TensorFlow, or we, are in single precision all the same. */
const ONLY_SINGLE: ReadonlyMap<string, string> = new Map([
  ['complex_abs', 'complex128 is computed in complex64 here, and said so'],
  ['fourier', 'complex128'],
  ['real_fourier', 'complex128'],
  ['gelu', "TensorFlow's constant √2 comes from float32"],
  ['gelu_approximate', "TensorFlow's constants come from float32"],
  ['resize_bilinear', 'tf.image.resize gives float32'],
  ['resize_bicubic', 'tf.image.resize gives float32'],
]);

interface Expression {
  readonly name: string;
  readonly text: string;
  readonly by: string;
  readonly rows: number;
  readonly columns: number;
  /** Row-major float64s in base64. */
  readonly hessian: string;
  /** The normwise relative difference to `jax.hessian`, where JAX can say it. */
  readonly jax?: number;
}
interface Program {
  readonly name: string;
  readonly parts: readonly { readonly shape: readonly number[]; readonly values: string }[];
}

const folder = join(root, 'test/oracle/hessians');
const recorded = JSON.parse(readFileSync(join(folder, 'hessians.json'), 'utf8')) as {
  readonly expressions: readonly Expression[];
  readonly programs: readonly Program[];
};

function decoded(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i));
}

/** ‖a − b‖ / ‖b‖; where all should be zero, ‖a‖. */
function apart(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Infinity;
  const norm = (list: readonly number[]): number => Math.hypot(...list);
  return norm(a.map((x, i) => x - (b[i] ?? NaN))) / (norm(b) || 1);
}

const host = openHost();
afterAll(() => host.close());

async function blocksOf(text: string, engine: EngineName): Promise<readonly (readonly Block[])[]> {
  const line = text.split('\n').findLastIndex((l) => /outer\.\w*(jacobian|gradient)\(/.test(l)) + 1;
  const reply: HessianReply = await host.hessian({ path: '/project/snippet.py', text, language: 'python', line, engine });
  if (!reply.ok) throw new Error(`${reply.error.kind}: ${reply.error.message}`);
  expect(reply.result.engine).toBe(engine);
  if (reply.blocks === null) throw new Error('too large');
  return reply.blocks;
}

/** Blocks side by side, as a matrix in row-major order. */
function whole(blocks: readonly (readonly Block[])[], columns: number): number[] {
  return blocks.flatMap((row) => {
    const [first = []] = row;
    const height = first.length === 0 ? 0 : row.reduce((sum, block) => sum + block.length, 0) / columns;
    return Array.from({ length: height }, (_, i) =>
      row.flatMap((block) => Array.from(block.subarray((i * block.length) / height, ((i + 1) * block.length) / height))),
    ).flat();
  });
}

const engines: readonly EngineName[] = NATIVE_ENGINE === null ? ['wasm', 'cpu'] : ['node'];
const inDouble = (text: string): string => text.replace('D = tf.float32\n', 'D = tf.float64\ntf.keras.backend.set_floatx("float64")\n');

describe('what was recorded', () => {
  it('is 200 problems, 30 of them whole programs, and nearly all by TensorFlow', () => {
    const { expressions, programs } = recorded;
    expect(expressions.length + programs.length).toBeGreaterThanOrEqual(200);
    expect(programs.map(({ name }) => `${name}.py`)).toEqual(readdirSync(join(folder, 'programs')).sort());
    expect(programs.length).toBeGreaterThanOrEqual(30);
    expect(expressions.filter(({ by }) => by === 'TensorFlow').length).toBeGreaterThan(0.9 * expressions.length);
  });
  it('is what JAX says, too', () => {
    const said = recorded.expressions.filter(({ jax }) => jax !== undefined);
    expect(said.length).toBeGreaterThan(150);
    expect(said.filter(({ jax = 1 }) => jax > 1e-6).map(({ name }) => name)).toEqual([]);
  });
});

describe.each(engines)('on %s', (engine) => {
  it.each(recorded.expressions.map((problem) => [problem.name, problem] as const))('%s', async (_, { text, columns, hessian }) => {
    expect(apart(whole(await blocksOf(text, engine), columns), decoded(hessian))).toBeLessThanOrEqual(SINGLE);
  });
  it.each(recorded.programs.map((program) => [program.name, program] as const))('the program %s', async (name, { parts }) => {
    const blocks = await blocksOf(readFileSync(join(folder, 'programs', `${name}.py`), 'utf8'), engine);
    const found = parts.flatMap((_, column) => blocks.flatMap((row) => Array.from(row[column] ?? [])));
    expect(
      apart(
        found,
        parts.flatMap(({ values }) => decoded(values)),
      ),
    ).toBeLessThanOrEqual(SINGLE);
  });
});

describe('in double precision', () => {
  it.each(recorded.expressions.map((problem) => [problem.name, problem] as const))('%s', async (name, { text, columns, hessian, by }) => {
    const bar = ONLY_SINGLE.has(name) ? SINGLE : by.startsWith('differences') ? 1e-7 : DOUBLE;
    expect(apart(whole(await blocksOf(inDouble(text), engines[0] as EngineName), columns), decoded(hessian))).toBeLessThanOrEqual(bar);
  });
});
