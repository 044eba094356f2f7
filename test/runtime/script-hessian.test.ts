// Hessians of JavaScript and TypeScript programs: the true numbers against closed forms, what TensorFlow.js itself gave, and which call is meant.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Block, HessianResult, Host } from '../../runtime/src/host/protocol.ts';
import { type Asked, hessianOfScript, openHost, root, type ScriptOptions } from './runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

interface Computed extends HessianResult {
  readonly numbers: readonly (readonly (readonly number[])[])[];
  readonly output: string;
}

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";
const PLACES = "const [x, at, three] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor2d([[1]], [1, 1], 'int32'), tf.tensor1d([3])];\n";

async function hessian(text: string, options: ScriptOptions & Asked = {}): Promise<Computed> {
  const reply = await hessianOfScript(host, text, options);
  if (!reply.ok) throw new Error(`${reply.error.kind}: ${reply.error.message} (line ${reply.error.line})`);
  const numbers = (reply.blocks ?? []).map((row) => row.map((block: Block) => Array.from(block)));
  return { ...reply.result, numbers, output: reply.output.text };
}
const refused = async (text: string, options: ScriptOptions & Asked = {}) => {
  const reply = await hessianOfScript(host, text, options);
  return reply.ok ? null : reply.error;
};
const example = (name: string): string => readFileSync(join(root, 'examples', name), 'utf8');

function expectNumbers(found: Computed, blocks: readonly (readonly (readonly number[])[])[], precision = 1e-5): void {
  expect(found.numbers.map((row) => row.map((b) => b.length))).toEqual(blocks.map((row) => row.map((b) => b.length)));
  blocks.forEach((row, i) =>
    row.forEach((block, j) =>
      block.forEach((value, k) =>
        expect(Math.abs((found.numbers[i]?.[j]?.[k] ?? NaN) - value), `block ${i},${j}[${k}]`).toBeLessThan(
          precision * Math.max(1, Math.abs(value)),
        ),
      ),
    ),
  );
  for (const check of ['gradient', 'hessian'] as const) if (found.checks[check] !== null) expect(found.checks[check]).toBeLessThan(1e-3);
}

/** f''(0.7) of x·tanh(x). */
const XTANH = 2 / Math.cosh(0.7) ** 2 - (2 * 0.7 * Math.tanh(0.7)) / Math.cosh(0.7) ** 2;

describe('the examples', () => {
  it('cubic.ts: 18, and TensorFlow.js is right', async () => {
    const found = await hessian(example('cubic.ts'), { path: '/project/cubic.ts' });
    expectNumbers(found, [[[18]]]);
    expect(found.call).toEqual({ line: 12, column: 1 });
    expect(found.target.name).toBe('f(x)');
    expect(found.tensorflow).toEqual({ library: 'TensorFlow.js', outcome: 'value', rule: null, reason: 'its value 18 is right' });
    expect(found.checks.asymmetry).toBe(0);
  });

  it('cubic.ts:11 is the second derivative of f, too', async () => {
    const found = await hessian(example('cubic.ts'), { path: '/project/cubic.ts', line: 11 });
    expectNumbers(found, [[[18]]]);
    expect(found.tensorflow.reason).toBe('its value 9 is right');
    expect(found.output).toBe('');
  });

  it('xtanh.js: TensorFlow.js is wrong, and why', async () => {
    const found = await hessian(example('xtanh.js'));
    expectNumbers(found, [[[XTANH]]]);
    expect(found.tensorflow).toMatchObject({ outcome: 'value', rule: 'TL502' });
    expect(found.tensorflow.reason).toMatch(
      /^its value 1\.2695 is wrong, the true one is 0\.73242\. The gradient of tanh reads a copy of its output/,
    );
  });
});

describe('second order is seen', () => {
  /** Ways to write the second derivative of x³ at 2: 12. */
  const WAYS: readonly string[] = [
    'tf.grad(tf.grad(f))(x);',
    'const g = tf.grad(f); tf.grad((t) => g(t))(x);',
    'const g = tf.grad(f); tf.grad((t) => g(t).sum())(x);',
    'const g = tf.grad(f); tf.grad((t) => g(t).reshape([1]).sum().asScalar())(x);',
    'tf.grad((t) => tf.grad(f)(t))(x);',
    'const g = tf.valueAndGrad(f); tf.grad((t) => g(t).grad)(x);',
    'const [h] = tf.grads((t) => tf.grads(f)([t])[0])([x]); h;',
    'tf.tidy(() => tf.valueAndGrad((t) => tf.tidy(() => tf.grad(f)(t)))(x));',
    'const g = tf.grad(f); const v = tf.variable(x); tf.variableGrads(() => g(v));',
    'const { grad } = tf; [x].map(grad(grad(f)));',
    'const h = async () => { await null; return tf.grad(tf.grad(f))(x); }; await h();',
    'class N { f = (t) => f(t); d() { return tf.grad(tf.grad(this.f))(x); } }\nnew N().d();',
    'for (const order of [1, 2]) { let d = f; for (let i = 0; i < order; i++) d = tf.grad(d); d(x); }',
    // A call of first order after it is not meant.
    'tf.grad(tf.grad(f))(x); tf.grad(f)(x);',
  ];
  it.each(WAYS)('%s', async (way) => {
    const found = await hessian(`${IMPORT}const f = (t) => t.pow(3);\nconst x = tf.scalar(2);\n${way}`);
    expectNumbers(found, [[[12]]]);
    expect(found.call.line).toBeGreaterThanOrEqual(4);
  });

  it('a gradient inside that only matters among other things is differentiated with the rest', async () => {
    // y = x³ + (3x²)²: 6x + 108x² = 444 at 2.
    const found = await hessian(
      `${IMPORT}const f = (t) => t.pow(3);\ntf.grad((t) => f(t).add(tf.grad(f)(t).square()))(tf.scalar(2));\ntf.grad(f)(tf.scalar(5));`,
    );
    expect(found.call.line).toBe(3);
    expectNumbers(found, [[[12 + 108 * 4]]]);
  });

  it('the third order is the Hessian of the second', async () => {
    const found = await hessian(`${IMPORT}const f = (t) => t.pow(4);\ntf.grad(tf.grad(tf.grad(f)))(tf.scalar(2));`);
    // Σ of what is differentiated is f'': its own second derivative is not asked for, ∂f'''/∂x would be of order 4.
    expectNumbers(found, [[[48]]]);
  });

  it('without any, the last call of first order', async () => {
    const found = await hessian(`${IMPORT}tf.grad((t) => t.pow(3))(tf.scalar(2));\ntf.grad((t) => t.pow(4))(tf.scalar(2));`);
    expect(found.call.line).toBe(3);
    expectNumbers(found, [[[48]]]);
  });
});

describe('rows and columns', () => {
  it('vectors: the whole matrix, of which TensorFlow.js gives the sums', async () => {
    const text = `${IMPORT}const f = (t) => t.prod();\nconst x = tf.tensor1d([1, 2, 3]);\ntf.grad((t) => tf.exp(t.sum()).mul(t.square().sum()))(x);`;
    const found = await hessian(text);
    const [s, e] = [14, Math.exp(6)];
    const x = [1, 2, 3];
    const h = x.flatMap((a, i) => x.map((b, j) => e * (s + 2 * a + 2 * b + (i === j ? 2 : 0))));
    expectNumbers(found, [[h]]);
    expect(found.structure).toBe('dense');
  });

  it('several arguments', async () => {
    const text = `${IMPORT}const f = (a, b) => a.square().mul(b).sum();\nconst [ga] = tf.grads(f)([tf.tensor1d([1, 2]), tf.tensor1d([3, 4])]);`;
    const found = await hessian(text);
    expect(found.columns.map(({ name, shape }) => [name, shape])).toEqual([
      ['a', [2]],
      ['b', [2]],
    ]);
    expectNumbers(found, [
      [
        [6, 0, 0, 8],
        [2, 0, 0, 4],
      ],
      [
        [2, 0, 0, 4],
        [0, 0, 0, 0],
      ],
    ]);
    const one = await hessian(`${IMPORT}const a = tf.scalar(3), b = tf.scalar(4);\ntf.grads((p, q) => p.square().mul(q))([a, b]);`, {
      wrt: 'a',
    });
    expect(one.columns.map((c) => c.name)).toEqual(['a']);
    expectNumbers(one, [[[8]]]);
    expect(await refused(text, { wrt: 'z' })).toMatchObject({ kind: 'unreached', message: expect.stringContaining('no source named z') });
  });

  it.each([
    ['variableGrads', 'tf.variableGrads(loss);'],
    ['minimize', 'tf.train.adam(0.1).minimize(loss);'],
    ['minimize that gives the loss', 'tf.train.sgd(0.1).minimize(loss, true);'],
    ['computeGradients', 'tf.train.momentum(0.1, 0.9).computeGradients(loss);'],
    ['a list of variables', 'tf.variableGrads(loss, [w, b]);'],
  ])('%s: the variables, called as the program calls them', async (_name, call) => {
    const text = `${IMPORT}const w = tf.variable(tf.tensor1d([1, 2]));\nconst b = tf.variable(tf.scalar(3));\nconst other = tf.variable(tf.scalar(1));\nconst loss = () => w.square().sum().mul(b);\n${call}`;
    const found = await hessian(text);
    expect(found.columns.map(({ name }) => name)).toEqual(['w', 'b']);
    expectNumbers(found, [
      [
        [6, 0, 0, 6],
        [2, 4],
      ],
      [[2, 4], [0]],
    ]);
  });

  it('dy weights the target', async () => {
    const text = `${IMPORT}const x = tf.tensor1d([1, 2]);\ntf.grad((t) => t.pow(3))(x, tf.tensor1d([10, 0]));`;
    const found = await hessian(text);
    expectNumbers(found, [[[60, 0, 0, 0]]]);
    expect(found.tensorflow.reason).toBe('its numbers are right');
  });

  it('an integer argument is one that TensorFlow.js differentiates', async () => {
    expectNumbers(await hessian(`${IMPORT}tf.grad((t) => t.square())(tf.tensor1d([1, 2], 'int32'));`), [[[2, 0, 0, 2]]]);
  });

  it('layers: kernels and biases of a network', async () => {
    const text = `${IMPORT}const m = tf.sequential({ layers: [tf.layers.dense({ units: 3, activation: 'sigmoid', inputShape: [2], kernelInitializer: 'ones', biasInitializer: 'ones' }), tf.layers.dense({ units: 1, kernelInitializer: 'ones' })] });\nconst x = tf.tensor2d([[0.1, -0.2], [0.3, 0.4]]);\ntf.variableGrads(() => m.apply(x).square().mean());`;
    const found = await hessian(text);
    expect(found.columns.map(({ shape }) => shape)).toEqual([[2, 3], [3], [3, 1], [1]]);
    expect(found.checks.gradient).toBeLessThan(1e-3);
    expect(found.checks.hessian).toBeLessThan(1e-3);
    expect(found.tensorflow.reason).toBe('its numbers are right');
  });

  it('a batch: as few directions as an example has numbers', async () => {
    const text = `${IMPORT}const m = tf.sequential({ layers: [tf.layers.dense({ units: 10, activation: 'tanh', inputShape: [24] }), tf.layers.dense({ units: 1 })] });\nconst xs = tf.randomNormal([100, 24]);\nconst g = tf.grad((x) => m.apply(x));\ntry { tf.grad((x) => g(x))(xs); } catch {}`;
    const found = await hessian(text);
    expect(found.rows[0]?.shape).toEqual([100, 24]);
    expect(found.directions).toBeLessThanOrEqual(24);
    expect(found.structure).toBe('block-diagonal');
  });
});

describe('which call', () => {
  const LOOP = `${IMPORT}const f = (t) => t.pow(3);\nfor (const k of [1, 2, 3])\n  tf.grad(f)(tf.scalar(k)).print();\nconsole.log('end');`;

  it('the occurrence that is asked for, and no further', async () => {
    const found = await hessian(LOOP, { line: 4, occurrence: 2 });
    expectNumbers(found, [[[12]]]);
    expect(found.output).toBe('Tensor\n    3\n');
    expect(await refused(LOOP, { line: 4, occurrence: 5 })).toMatchObject({
      kind: 'unreached',
      message: expect.stringContaining('was reached 3 times, fewer than 5'),
    });
  });

  it('a program that catches everything is stopped all the same', async () => {
    const text = `${IMPORT}for (let i = 0; i < 1e6; i++)\n  try {\n    tf.grad((t) => t.pow(3))(tf.scalar(i + 1));\n  } catch (e) {\n    console.log('caught', e);\n  } finally {\n    console.log('on');\n  }`;
    const found = await hessian(text, { line: 4 });
    expectNumbers(found, [[[6]]]);
    expect(found.output).toBe('');
  });

  it('a line without one names the others', async () => {
    expect(await refused(LOOP, { line: 2 })).toMatchObject({
      kind: 'unreached',
      message: 'The program ended without reaching a gradient call at line 2. Gradient calls were reached at line 4.',
    });
    expect(await refused("console.log('nothing')")).toMatchObject({
      kind: 'unreached',
      message: 'The program ended without asking for a gradient.',
    });
  });

  it('the one inside', async () => {
    const text = `${IMPORT}const h = tf.grad((t) =>\n  tf.grad((q) => q.pow(4))(t).mul(2));\nh(tf.scalar(2));`;
    const inner = await hessian(text, { line: 3 });
    expectNumbers(inner, [[[48]]]);
    expect(inner.target.name).toBe('q.pow(4)');
  });

  it('before the program fails', async () => {
    const found = await hessian(`${IMPORT}tf.grad((t) => t.pow(3))(tf.scalar(2));\nthrow new TypeError('later');`);
    expectNumbers(found, [[[12]]]);
    expect(found.notes).toEqual(['After this call the program ended with TypeError: later']);
  });
});

describe('where TensorFlow.js throws', () => {
  it.each([
    ['exp', Math.exp(0.5)],
    ['tanh', -2 * Math.tanh(0.5) * (1 - Math.tanh(0.5) ** 2)],
  ])('%s alone: the truth, and the reason', async (name, value) => {
    const found = await hessian(`${IMPORT}tf.grad(tf.grad((x) => x.${name}()))(tf.scalar(0.5));`);
    expectNumbers(found, [[[value]]]);
    expect(found.tensorflow).toMatchObject({
      outcome: 'raises',
      rule: 'TL502',
      reason: expect.stringContaining(`The gradient of ${name} reads a copy of its output`),
    });
    expect(found.notes).toEqual([]);
  });

  it('a second derivative that is zero', async () => {
    const found = await hessian(`${IMPORT}tf.grad(tf.grad((x) => x.mul(2)))(tf.scalar(1));`);
    expectNumbers(found, [[[0]]]);
    expect(found.tensorflow).toMatchObject({
      outcome: 'raises',
      rule: 'TL501',
      reason: expect.stringContaining('does not depend on the argument, so the second one is zero'),
    });
  });

  it('a kernel without a gradient, in the middle of a function', async () => {
    // prod's first gradient is there, its second is not; the function goes on with ours.
    const found = await hessian(
      `${IMPORT}const f = (x) => x.cumprod().sum();\ntf.grad((x) => tf.grad(f)(x).slice(0, 1).sum().exp())(tf.tensor1d([1, 2]));`,
    );
    expect(found.tensorflow).toMatchObject({
      outcome: 'raises',
      rule: 'TL503',
      reason: expect.stringContaining('gradient function not found for Cumprod'),
    });
    // d/dx1 (x1 + x1 x2) = 1 + x2; exp of it has e³ in (2, 2).
    expectNumbers(found, [[[0, 0, 0, Math.exp(3)]]]);
  });

  it('an argument that the value does not depend on', async () => {
    const found = await hessian(`${IMPORT}const a = tf.scalar(2), b = tf.scalar(1);\ntf.grads((p, q) => p.pow(3))([a, b]);`);
    expect(found.tensorflow.reason).toContain('The value does not depend on b');
    expectNumbers(found, [
      [[12], [0]],
      [[0], [0]],
    ]);
  });

  it('what is wrong with the call itself is the failure', async () => {
    expect(await refused(`${IMPORT}tf.grads((a, b) => a.mul(b))(tf.scalar(1), tf.scalar(2));`)).toMatchObject({
      kind: 'snippet',
      type: 'Error',
      line: 2,
      message: expect.stringContaining('must be an array'),
    });
    expect(await refused(`${IMPORT}tf.grad((x) => {\n  throw new RangeError('mine');\n})(tf.scalar(1));`)).toMatchObject({
      kind: 'snippet',
      type: 'RangeError',
      message: 'mine',
    });
  });
});

describe('where TensorFlow.js is wrong', () => {
  it('a penalty misses a bias', async () => {
    const text = `${IMPORT}const w = tf.variable(tf.tensor2d([[0.5], [-0.25]]));\nconst b = tf.variable(tf.scalar(0.1));\nconst x = tf.tensor2d([[1, 2], [3, 4]]);\nconst critic = (t) => tf.tanh(tf.matMul(t, w).add(b)).sum();\ntf.variableGrads(() => tf.grad(critic)(x).square().sum());`;
    const found = await hessian(text);
    expect(found.tensorflow.reason).toMatch(/it leaves out b, whose derivative is not zero|its value is wrong/);
    expect(found.tensorflow.rule).toBe('TL502');
    expect(found.checks.gradient).toBeLessThan(1e-3);
  });

  it('a cast that is passed by', async () => {
    const found = await hessian(`${IMPORT}tf.grad((x) => x.toInt().toFloat().mul(x))(tf.scalar(2.5));`);
    expect(found.tensorflow.reason).toMatch(/is wrong, the true one is 2\. A cast to integers/);
  });

  it('nothing is called wrong at a kink, where both are as good', async () => {
    const found = await hessian(`${IMPORT}tf.grad((x) => x.abs().sum())(tf.tensor1d([0, 1, -2]));`);
    expect(found.tensorflow.reason).toBe('its numbers are right');
  });
});

describe("the program's own", () => {
  it('tf.customGrad is respected, and named', async () => {
    const text = `${IMPORT}const half = tf.customGrad((x, save) => {\n  save([x]);\n  return { value: x.square(), gradFunc: (dy, [s]) => dy.mul(s) };\n});\ntf.grad(tf.grad((x) => half(x).mul(x)))(tf.scalar(3));`;
    // By its word half' is x: the gradient is x·x + half(x), and of that 2x + x.
    const found = await hessian(text);
    expectNumbers(found, [[[9]]]);
    expect(found.notes).toEqual(['The gradient of your own tf.customGrad (line 6) is taken as it is.']);
    expect(found.tensorflow.reason).toBe('its value 9 is right');
  });

  it('numbers that leave TensorFlow.js are constants, and said', async () => {
    const found = await hessian(`${IMPORT}tf.grad((x) =>\n  x.mul(x.dataSync()[0]).mul(x))(tf.scalar(3));`);
    expectNumbers(found, [[[6]]]);
    expect(found.notes).toEqual(['dataSync() (line 3) takes numbers out of TensorFlow.js: what is made of them is a constant.']);
  });

  it('a kernel that has no row is named, with its line', async () => {
    const failure = await refused(`${IMPORT}${PLACES}tf.grad((t) =>\n  tf.tensorScatterUpdate(t, at, three).square().sum())(x);`);
    expect(failure).toEqual({
      ...{ kind: 'unsupported', file: '/project/snippet.js', line: 4 },
      message: 'the operation TensorScatterUpdate is not supported by Tape Lens yet',
    });
  });

  it('but only where it is on the way', async () => {
    const found = await hessian(
      `${IMPORT}${PLACES}tf.grad((t) => { const s = tf.tensorScatterUpdate(tf.ones([4]), at, three).sum(); tf.tensorScatterUpdate(t, at, three); return t.pow(2).sum().mul(s); })(x);`,
    );
    expectNumbers(found, [[[12, 0, 0, 0, 0, 12, 0, 0, 0, 0, 12, 0, 0, 0, 0, 12]]]);
  });
});

describe('kernels of images, contractions and complex numbers', () => {
  it('a convolution, whatever its padding and wherever its channels', async () => {
    const setup = `${IMPORT}const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);\nconst w = tf.tensor4d([0.5, -1, 2, 0.25], [2, 2, 1, 1]);\n`;
    // The windows are [1 2 4 5], [2 3 5 6], [4 5 7 8], [5 6 8 9]: half of the Hessian of Σ (window·w)² is the Gram matrix of their columns.
    const gram = [46, 58, 82, 94, 58, 74, 106, 122, 82, 106, 154, 178, 94, 122, 178, 206];
    const twice = gram.map((v) => 2 * v);
    expectNumbers(await hessian(`${setup}tf.grad((w) => tf.conv2d(x, w, 1, 'valid').square().sum())(w);`), [[twice]]);
    expectNumbers(await hessian(`${setup}tf.grad((w) => tf.conv2d(x.reshape([1, 1, 3, 3]), w, 1, 'valid', 'NCHW').square().sum())(w);`), [
      [twice],
    ]);
    expectNumbers(await hessian(`${setup}tf.grad((w) => tf.grad((w) => tf.conv2d(x, w, 1, 'valid').square().sum())(w))(w);`), [[twice]]);
  });

  it('a model of convolutions and poolings', async () => {
    const found = await hessian(
      `${IMPORT}const model = tf.sequential();
model.add(tf.layers.conv2d({ inputShape: [4, 4, 1], filters: 2, kernelSize: 2, padding: 'same', activation: 'tanh' }));
model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
model.add(tf.layers.flatten());
model.add(tf.layers.dense({ units: 1 }));
const x = tf.randomNormal([3, 4, 4, 1], 0, 1, 'float32', 5);
tf.variableGrads(() => model.apply(x).square().mean());`,
    );
    expect(found.tensorflow).toMatchObject({ outcome: 'value', rule: null });
    expect(found.numbers.map((row) => row.map((b) => b.length))).toEqual([8, 2, 8, 1].map((a) => [8, 2, 8, 1].map((b) => a * b)));
    expect(found.checks.hessian).toBeLessThan(1e-3);
    expect(found.checks.asymmetry).toBeLessThan(1e-5);
  });

  it('einsum', async () => {
    const found = await hessian(
      `${IMPORT}tf.grad((a) => tf.einsum('i,i->', a, tf.einsum('ij,j->i', tf.tensor2d([[1, 2], [3, 4]]), a)))(tf.tensor1d([1, -1]));`,
    );
    expectNumbers(found, [[[2, 5, 5, 8]]]);
  });

  it("Fourier's transform, which TensorFlow.js cannot differentiate", async () => {
    const found = await hessian(`${IMPORT}tf.grad((t) => tf.spectral.rfft(t).abs().square().sum())(tf.tensor1d([1, 2, 3, 4]));`);
    // |X0|² + |X1|² + |X2|²: 2 (1 + (-1)^(j-k) + cos(π (j-k) / 2)).
    const at = (j: number, k: number): number => 2 * (1 + (-1) ** Math.abs(j - k) + Math.cos((Math.PI * (j - k)) / 2));
    expectNumbers(found, [[[0, 1, 2, 3].flatMap((j) => [0, 1, 2, 3].map((k) => at(j, k)))]]);
    expect(found.tensorflow).toMatchObject({ outcome: 'raises', rule: 'TL503' });
  });
});

describe('the first number that is not finite is traced to', () => {
  const FAULTS: readonly (readonly [string, string, object])[] = [
    ['an op', 'const f = (x) => x.square()\n  .mul(tf.log(\n    x.mul(0))).sum();', { operation: 'Log', kind: 'operation', line: 3 }],
    ['the derivative of an op', 'const f = (x) =>\n\n  x.sqrt().sum();', { operation: 'Sqrt', kind: 'derivative', line: 4 }],
    [
      'an op in a function that is called',
      'function inner(x) {\n  return x.pow(1.5);\n}\nconst f = (x) => inner(x).sum();',
      { operation: 'Pow', kind: 'derivative', line: 3 },
    ],
    [
      'the line that calls what TensorFlow.js is made of',
      "const f = (x) => {\n  const y = x.reshape([1, 2]);\n  return tf.layers.dense({ units: 1, kernelInitializer: 'zeros' })\n    .apply(y).add(\n      tf.norm(y.mul(0))).sum();\n};",
      { operation: 'Sqrt', kind: 'derivative', line: 6 },
    ],
    [
      'a gradient inside',
      'const g = tf.grad((x) => x.mul(\n  tf.log(x)).sum());\nconst f = (x) => g(x).square().sum();',
      { operation: 'Log', kind: 'operation', line: 3 },
    ],
    [
      "the program's own gradient",
      'const own = tf.customGrad((x, save) => {\n  save([x]);\n  return { value: x.square(), gradFunc: (dy, [x]) => dy.mul(\n    x.sqrt()) };\n});\nconst f = (x) => own(x).sum();',
      { operation: 'customGrad', kind: 'derivative', line: 5 },
    ],
    [
      'a constant',
      'const w = tf.tensor1d([NaN, 1]);\nconst f = (x) => x.square()\n  .mul(w).sum();',
      { operation: 'Mul', kind: 'constant', value: 'NaN', line: 4 },
    ],
    ['the call itself, where the function is not the program’s', 'const f = tf.sqrt;', { operation: 'Sqrt', kind: 'derivative', line: 3 }],
  ];
  it.each(FAULTS)('%s', async (_, body, expected) => {
    const { fault, notes } = await hessian(`${IMPORT}${body}\ntf.grad(f)(tf.tensor1d([0, 2]));\n`);
    expect(fault).toMatchObject(expected);
    expect(notes.join()).toContain(` at line ${(expected as { line: number }).line}`);
  });

  it('its line as it is written, where types are taken out', async () => {
    const text = `${IMPORT}
interface Options {
  readonly weight: number;
}
function root(x: tf.Tensor, { weight }: Options): tf.Tensor {
  return x
    .mul(weight as number)
    .sqrt();
}
const f = (x: tf.Tensor): tf.Scalar => root(x, { weight: 2 }).sum() as tf.Scalar;
tf.grad(f)(tf.tensor1d([0, 4] as number[]));
`;
    const { fault } = await hessian(text, { path: '/project/root.ts' });
    expect(fault).toEqual({ operation: 'Sqrt', kind: 'derivative', value: 'Infinity', line: 9 });
  });

  it('another file of the program', async () => {
    const { fault, notes } = await hessian(`${IMPORT}import { norm } from './norm.ts';\ntf.grad(norm)(tf.tensor1d([0, 0]));\n`, {
      modules: {
        '/project/norm.ts': `${IMPORT}type Vector = tf.Tensor1D;\nexport function norm(x: Vector): tf.Tensor {\n  return tf.norm(x);\n}\n`,
      },
    });
    expect(fault).toMatchObject({ operation: 'Sqrt', line: 4, file: '/project/norm.ts' });
    expect(notes.join()).toContain('at line 4 of /project/norm.ts');
  });

  it('a line of the last of many steps', async () => {
    const text = `${IMPORT}const w = tf.variable(tf.tensor1d([1, 2]));
const deep = (n, x) => (n > 0 ? deep(n - 1, x) : x.square());
const loss = () => {
  const y = deep(3, w).sum();
  return y.mul(
    tf.tidy(() => w.mul(0).log().sum()));
};
for (let i = 0; i < 30; i++) tf.variableGrads(i < 29 ? () => loss().mul(0) : loss);
`;
    const { fault } = await hessian(text, { occurrence: 30 });
    expect(fault).toMatchObject({ operation: 'Log', kind: 'operation', line: 7 });
  });

  it('whatever the program does to errors', async () => {
    const text = `${IMPORT}Object.freeze(Error);\nglobalThis.Error = class {};\nconst f = (x) =>\n  x.sqrt().sum();\ntf.grad(f)(tf.tensor1d([0]));\n`;
    expect((await hessian(text)).fault).toMatchObject({ operation: 'Sqrt', line: 5 });
  });
});

describe('what goes wrong', () => {
  it('in a function that is called is told with the line that threw', async () => {
    const text = `${IMPORT}function helper(v) {\n  throw new RangeError('no such thing');\n}\ntf.grad((x) => helper(x))(tf.scalar(1));\n`;
    expect(await refused(text)).toMatchObject({ kind: 'snippet', type: 'RangeError', message: 'no such thing', line: 3 });
  });

  it('in TensorFlow.js, with the line that asked for it', async () => {
    const text = `${IMPORT}const f = (x) => {\n  return x.matMul(tf.zeros([3, 4])).sum();\n};\ntf.grad(f)(tf.zeros([2, 2]));\n`;
    expect(await refused(text)).toMatchObject({ kind: 'snippet', line: 3, message: expect.stringContaining('matMul') });
  });

  it('without a line, the n-th time of the last call is meant', async () => {
    const text = `${IMPORT}for (const v of [1, 2, 3]) tf.grad((x) => x.pow(3).sum())(tf.scalar(v));\n`;
    expect((await hessian(text, { occurrence: 2 })).numbers[0]?.[0]?.[0]).toBeCloseTo(12, 4);
    expect(await refused(text, { occurrence: 4 })).toMatchObject({
      kind: 'unreached',
      message: 'No gradient call was reached 4 times. Gradient calls were reached at line 2.',
    });
  });

  it.each([
    ['/project/hangs.py', 'print("going")\nprint("on")\nwhile True: pass\n'],
    ['/project/hangs.js', 'console.log("going");\nconsole.log("on");\nwhile (true) {}\n'],
  ])('%s: what was printed before a loop without an end is not lost', async (path, text) => {
    const language = path.endsWith('.py') ? ('python' as const) : ('javascript' as const);
    const reply = await host.hessian({ path, text, language, timeoutSeconds: 2 });
    expect(reply.ok ? null : reply.error.kind).toBe('timeout');
    expect(reply.output.text).toBe('going\non\n');
  });
});
