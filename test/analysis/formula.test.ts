// Every formula that is written says what running gives: random expressions, their formulas read back and evaluated at random points, against `explain --run`.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

// ------------------------------------------------------------------------------------------------ programs

/** Numbers in [0, 1) that are the same in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const UNARY = [
  'tf.sin',
  'tf.cos',
  'tf.exp',
  'tf.tanh',
  'tf.sigmoid',
  'tf.sqrt',
  'tf.square',
  'tf.math.log',
  'tf.math.rsqrt',
  'tf.math.softplus',
  '-',
  '1.0 / ',
];
const BINARY = ['+', '-', '*', '/'];

function expression(random: () => number, depth: number): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  if (depth === 0) return pick(['x', 'x', 'w', 'x', `tf.constant(${(0.1 + random() * 4).toFixed(1)})`]);
  const kind = random();
  if (kind < 0.35) return `${pick(UNARY)}(${expression(random, depth - 1)})`;
  if (kind < 0.5) return `(${expression(random, depth - 1)}) ** ${pick(['2', '3', '0.5', '-1.0', '2.5'])}`;
  const right = random() < 0.2 ? String(Math.ceil(random() * 40) / 10) : expression(random, depth - 1);
  return `(${expression(random, depth - 1)} ${pick(BINARY)} ${right})`;
}

const COUNT = 60;
function program(seed: number): { readonly text: string; readonly point: Readonly<Record<string, number>> } {
  const random = seeded(seed);
  const point = { x: 0.4 + random(), w: 0.5 + random() };
  const body = Array.from({ length: COUNT }, (_, i) => `        y${i} = ${expression(random, 1 + (i % 3))} * x ** 2`);
  const first = Array.from({ length: COUNT }, (_, i) => `    g${i} = inner.gradient(y${i}, x)`);
  const second = Array.from({ length: COUNT }, (_, i) => `h${i} = outer.gradient(g${i}, x)`);
  const text = [
    'import tensorflow as tf',
    `x = tf.Variable(${point.x})`,
    `w = tf.constant(${point.w})`,
    'with tf.GradientTape(persistent=True) as outer:',
    '    with tf.GradientTape(persistent=True) as inner:',
    ...body,
    ...first,
    ...second,
    '',
  ].join('\n');
  return { text, point };
}

// ------------------------------------------------------------------------------------------------ formulas

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
};
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The value of a formula's right side where its names are these numbers. */
function evaluate(formula: string, point: Readonly<Record<string, number>>): number {
  const tokens = formula.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z_]\w*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|[()·/√^+−]/g) ?? [];
  let at = 0;
  const next = (token: string): boolean => tokens[at] === token && ++at > 0;
  const sum = (): number => {
    let value = next('−') ? -product() : product();
    for (;;) {
      if (next('+')) value += product();
      else if (next('−')) value -= product();
      else return value;
    }
  };
  const product = (): number => {
    let value = factor();
    for (;;) {
      if (next('·')) value *= factor();
      else if (next('/')) value /= factor();
      else return value;
    }
  };
  const factor = (): number => {
    if (next('√')) return Math.sqrt(factor());
    const base = atom();
    if (next('^')) return base ** atom();
    const raised = tokens[at];
    if (raised === undefined || !/^[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/.test(raised)) return base;
    at++;
    return base ** Number([...raised].map((c) => (c === '⁻' ? '-' : RAISED.indexOf(c))).join(''));
  };
  const atom = (): number => {
    if (next('(')) {
      const value = sum();
      if (!next(')')) throw new Error(`${formula}: a bracket is missing`);
      return value;
    }
    const token = tokens[at++] ?? '';
    const f = FUNCTIONS[token];
    if (f) return f(atom());
    const value = point[token] ?? Number(token);
    if (Number.isNaN(value)) throw new Error(`${formula}: what is ${token}?`);
    return value;
  };
  const value = sum();
  if (at !== tokens.length) throw new Error(`${formula}: ${tokens.slice(at).join(' ')} is left`);
  return value;
}

interface Source {
  readonly outcome: string;
  readonly formula?: string | null;
  readonly values?: readonly number[];
}
function explain(file: string, ...flags: readonly string[]): readonly { readonly line: number; readonly sources: readonly Source[] }[] {
  const ended = spawnSync(process.execPath, ['dist/cli.js', 'explain', ...flags, '--format', 'json', file], {
    cwd: root,
    encoding: 'utf8',
  });
  const [only] = (JSON.parse(ended.stdout) as { files: { calls: { line: number; sources: Source[] }[] }[] }).files;
  return only?.calls ?? [];
}

it('a formula is read back as it is meant', () => {
  expect(evaluate('3·w·x²', { w: 2, x: 3 })).toBe(54);
  expect(evaluate('−x^2.5/(2·√x) + sin(2·x)·(x − 1)³', { x: 4 })).toBeCloseTo(-8 + Math.sin(8) * 27, 12);
});

it.each([11, 12, 13])('formulas of random expressions (%i) give what running gives', { timeout: 120_000 }, (seed) => {
  const { text, point } = program(seed);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-formula-'));
  try {
    const file = path.join(folder, 'formulas.py');
    fs.writeFileSync(file, text);
    const ran = new Map(explain(file, '--run').map((call) => [call.line, call.sources[0]]));
    let written = 0;
    for (const { line, sources } of explain(file)) {
      const [source] = sources;
      const value = ran.get(line)?.values?.[0];
      if (!source?.formula || typeof value !== 'number' || !Number.isFinite(value)) continue;
      written++;
      const told = evaluate(source.formula.split(' = ')[1] ?? '', point);
      expect(Math.abs(told - value), `line ${line}: ${source.formula} is ${told}, running gives ${value}`).toBeLessThanOrEqual(
        2e-3 * Math.max(1, Math.abs(value)),
      );
    }
    expect(written).toBeGreaterThanOrEqual(COUNT);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
