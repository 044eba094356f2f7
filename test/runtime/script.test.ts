// JavaScript and TypeScript in the process that runs snippets: what runs, what is told of it, and that nothing of one run is left for the next.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../runtime/src/host/protocol.ts';
import { filesBeside } from '../../runtime/src/host/scripts.ts';
import { NATIVE_ENGINE } from '../engines/native.ts';
import { failureOf, openHost, runScript, type ScriptOptions } from './runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

async function printed(text: string, options: ScriptOptions = {}): Promise<string> {
  const reply = await runScript(host, text, options);
  expect(failureOf(reply)).toBeNull();
  return reply.output.text;
}
const failed = async (text: string, options: ScriptOptions = {}) => failureOf(await runScript(host, text, options));

const IMPORT = "import * as tf from '@tensorflow/tfjs';\n";

/** Name, path, text, what it prints. */
const FORMS: readonly (readonly [name: string, path: string, text: string, output: string])[] = [
  ['an ES module', 'a.mjs', "import { scalar } from '@tensorflow/tfjs';\nscalar(2).square().print();", 'Tensor\n    4\n'],
  ['the default import', 'a.js', "import tf from '@tensorflow/tfjs-core';\nconsole.log(tf.scalar(2).dtype);", 'float32\n'],
  ['CommonJS', 'a.cjs', "const tf = require('@tensorflow/tfjs-node');\nx = 3; // sloppy\nconsole.log(tf.scalar(x).dataSync()[0]);", '3\n'],
  ['tfjs-node-gpu', 'a.js', "const { scalar } = require('@tensorflow/tfjs-node-gpu');\nconsole.log(scalar(1).rank);", '0\n'],
  [
    'a page that loads it from elsewhere',
    'a.js',
    "import * as tf from 'https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@latest/+esm';\nconsole.log(tf.scalar(1).rank);",
    '0\n',
  ],
  ['tf that a page has already', 'a.js', 'console.log(tf.scalar(1).rank);', '0\n'],
  [
    'a backend',
    'a.js',
    `${IMPORT}import '@tensorflow/tfjs-backend-wasm';\nawait tf.setBackend('webgl');\nawait tf.ready();\nconsole.log(tf.getBackend());`,
    'webgl\n',
  ],
  [
    'layers of their own package',
    'a.js',
    "import * as tfl from '@tensorflow/tfjs-layers';\nconsole.log(tfl.layers.dense({ units: 1 }).getClassName());",
    'Dense\n',
  ],
  ['top-level await', 'a.ts', `${IMPORT}const y: number = (await tf.scalar(2).data())[0];\nconsole.log(y);`, '2\n'],
  [
    'types of every kind',
    'a.ts',
    `${IMPORT}enum Kind { A = 1, B }\ninterface I<T> { a: T }\nabstract class Q<T> { constructor(readonly v: T, protected k?: string) {} abstract f(): T; }\nclass R extends Q<number> implements I<number> { declare z: string; a = 1; f(): number { return this.v!; } }\nconst pick = <T,>(v: T): T => (v satisfies T) as T;\nfunction over(a: string): string; function over(a: any) { return a; }\nlet s: tf.Tensor | undefined = pick<tf.Tensor>(tf.scalar(Kind.B));\nconsole.log(new R(3).f(), over('x'), s?.dataSync()[0], (<any>s).rank);`,
    '3 x 2 0\n',
  ],
  [
    'elements',
    'a.tsx',
    `import React, { useState } from 'react';\nexport const View = ({ n }: { n: number }) => <p className="a">{n} (of them)</p>;\nconsole.log(typeof View);`,
    'function\n',
  ],
  [
    'elements in JavaScript',
    'a.jsx',
    'const h = (tag, props, ...inner) => tag + inner.join("");\nconst React = { createElement: h };\nconsole.log(<b>x{1 < 2}</b>);',
    'bxtrue\n',
  ],
  ['import.meta', 'a.mjs', 'console.log(import.meta.url, typeof import.meta.dirname);', 'file:///project/a.mjs string\n'],
  ['a hash-bang', 'a.js', '#!/usr/bin/env node\nconsole.log(1);', '1\n'],
  ['a promise that is not waited for', 'a.js', 'async function main() { await null; console.log("end"); }\nmain();', 'end\n'],
  [
    'timers in their order',
    'a.js',
    'setTimeout(() => console.log(3), 5); setImmediate(() => console.log(2)); Promise.resolve().then(() => console.log(1)); process.nextTick(() => console.log(1)); console.log(0);',
    '0\n1\n1\n2\n3\n',
  ],
  [
    'an interval that ends',
    'a.js',
    'let n = 0; const t = setInterval(() => { console.log(++n); if (n === 2) clearInterval(t); }, 1);',
    '1\n2\n',
  ],
  ['a timer that nobody waits for', 'a.js', 'setTimeout(() => console.log("never"), 1e6).unref();', ''],
  [
    'training',
    'a.js',
    `${IMPORT}const m = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });\nm.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\nconst h = await m.fit(tf.ones([4, 2]), tf.ones([4, 1]), { epochs: 3, verbose: 0 });\nconsole.log(h.history.loss.length);`,
    '3\n',
  ],
  ['data', 'a.js', `${IMPORT}await tf.data.array([1, 2, 3]).map((x) => x * 2).forEachAsync((x) => console.log(x));`, '2\n4\n6\n'],
  [
    'the console',
    'a.js',
    'console.group("g"); console.warn("w %d %s", 1.5, [1]); console.groupEnd(); console.error({ a: { b: new Float32Array(2) } }); console.assert(false, "no");',
    'g\n  w 1.5 [ 1 ]\n{ a: { b: Float32Array(2) [ 0, 0 ] } }\nAssertion failed: no\n',
  ],
  [
    "Node's modules that need no machine",
    'a.mjs',
    "import assert from 'node:assert/strict';\nimport { performance } from 'perf_hooks';\nimport { setTimeout as wait } from 'timers/promises';\nimport util from 'util';\nimport path from 'path';\nassert.deepEqual({ a: [1] }, { a: [1] });\nawait wait(1);\nconsole.log(performance.now() > 0, util.format('%s', 1), path.join('a', '..', 'b'));",
    'true 1 b\n',
  ],
  ['process.exit', 'a.js', 'console.log("a"); process.exit(0); console.log("b");', 'a\n'],
];

describe('a script', () => {
  it.each(FORMS)('runs: %s', async (_name, path, text, output) => {
    expect(await printed(text, { path: `/project/${path}` })).toBe(output);
  });

  it('imports the files beside it, of whatever kind', async () => {
    const modules = {
      '/project/lib/a.ts':
        "import { b } from './b.js';\nexport let count: number = 0;\nexport const up = (): number => ++count;\nexport * as again from './b';\nexport default b;",
      '/project/lib/b.ts': 'await null;\nexport const b = 7;',
      '/project/data.json': '{ "k": [1, 2] }',
      '/project/old/index.cjs': 'module.exports = { old: true, dir: __dirname };',
    };
    const text = `import b, { count, up, again } from './lib/a.ts';\nimport data from './data.json';\nimport { createRequire } from './make.js';\nup();\nconsole.log(b, count, again.b, data.k, (await import('./old/index.cjs')).old);`;
    const made = { ...modules, '/project/make.ts': 'export type createRequire = never;' };
    expect(await printed(text, { path: '/project/main.ts', modules: made })).toBe('7 1 7 [ 1, 2 ] true\n');
  });

  it('finds them by what is written', () => {
    expect(Object.keys(filesBeside('/nowhere/a.ts', "import './b';\nconst c = require('./c.json');"))).toEqual([]);
    const here = (name: string): string => new URL(name, import.meta.url).pathname;
    const found = Object.keys(filesBeside(here('./a.ts'), "import { x } from './runtime.js';"));
    expect(found).toEqual(expect.arrayContaining([here('./runtime.ts'), here('../../runtime/src/host/host.ts')]));
  });

  it('gives gradient calls at their place in the text as it was written', async () => {
    const text = [
      IMPORT.trim(),
      'type F = (x: tf.Tensor) => tf.Tensor; const f: F = (x: tf.Tensor): tf.Tensor => x.square() as tf.Tensor;',
      'const g = tf.grad(f); const a: number = 1; (g as any)!(tf.scalar(a as number));',
      'const r = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) => a.mul(b))(',
      '  [tf.scalar(1), tf.scalar(2)] satisfies tf.Tensor[],',
      ');',
      'for (const k of [1, 2]) tf.grad<tf.Tensor>((x) => x.mul(k))(tf.scalar(k));',
    ].join('\n');
    const reply = await runScript(host, text, { path: '/project/a.ts' });
    expect(failureOf(reply)).toBeNull();
    const calls = reply.ok ? reply.calls : [];
    expect(
      calls.map(({ line, column, endLine, endColumn, method, executions }) => [line, column, endLine, endColumn, method, executions]),
    ).toEqual([
      [3, text.split('\n')[2]?.indexOf('(tf.scalar(a') ?? 0, 3, 79, 'grad', 1].map((v, i) => (i === 1 ? Number(v) + 1 : v)),
      [4, 69, 6, 2, 'valueAndGrads', 1],
      [7, 60, 7, 74, 'grad', 2],
    ]);
    expect(calls[1]?.sources.map(({ name, values }) => [name, values])).toEqual([
      ['a', [2]],
      ['b', [1]],
    ]);
  });

  it('says what TensorFlow.js itself gave: values, zeros, errors', async () => {
    const text = `${IMPORT}const x = tf.tensor1d([1, 2]);\ntf.grad((t) => t.round())(x);\ntf.grad((t) => t.pow(3))(x);\ntry { tf.grad(tf.grad((t) => t.exp()))(x); } catch {}\ntf.train.sgd(0.1).minimize(() => tf.variable(x).square());`;
    const reply = await runScript(host, text);
    expect(failureOf(reply)).toMatchObject({ kind: 'snippet', type: 'Error', line: 6 });
    const calls = reply.ok ? reply.calls : [];
    expect(calls.map(({ outcome, sources }) => [outcome, sources.map((s) => [s.outcome, s.values])])).toEqual([
      ['returns', [['zeros', [0, 0]]]],
      ['returns', [['value', [3, 12]]]],
      ['raises', []],
      ['raises', []],
    ]);
    expect(calls[2]?.error).toMatchObject({ type: 'Error', message: expect.stringContaining('Cannot compute gradient of y=f(x)') });
  });
});

describe('a script that fails', () => {
  it('is told by type, message, line, and its own frames alone, as they were written', async () => {
    const text = `import * as tf from '@tensorflow/tfjs';\nimport { inner } from './lib';\nconst f = (x: tf.Tensor): tf.Tensor => inner(x as tf.Tensor);\ntf.grad(f)(tf.scalar(1));\n`;
    const modules = { '/project/lib.ts': 'export function inner<T>(x: T): T {\n  const y: any = null; return (y as any).gone(x);\n}' };
    const failure = await failed(text, { path: '/project/a.ts', modules });
    expect(failure).toMatchObject({ kind: 'snippet', type: 'TypeError', file: '/project/lib.ts', line: 2 });
    expect(failure?.traceback).toBe(
      "TypeError: Cannot read properties of null (reading 'gone')\n    at inner (/project/lib.ts:2:42)\n    at f (/project/a.ts:3:40)\n    at /project/a.ts:4:11",
    );
  });

  /** Name, text, what is said. */
  const FAILURES: readonly (readonly [name: string, text: string, said: object])[] = [
    [
      'that does not parse',
      'const a = 1;\nconst b = (;\n',
      { type: 'SyntaxError', line: 2, message: /^Unexpected token at column 12\. .*mend this line/ },
    ],
    [
      'that declares twice',
      `${IMPORT}let a = 1;\nlet a = 2;\n`,
      { type: 'SyntaxError', line: 3, message: /'a' has already been declared/ },
    ],
    ['that throws a text', 'throw "boo";', { message: /threw "boo", which is not an Error/ }],
    [
      'that throws something odd',
      'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });',
      { message: /cannot be shown/ },
    ],
    [
      'with a rejection that nobody handles',
      'async function main() {\n  await null;\n  throw new RangeError("late");\n}\nmain();',
      { type: 'RangeError', message: 'late', line: 3 },
    ],
    ['in a timer', 'setTimeout(() => {\n  throw new Error("timer");\n}, 1);', { type: 'Error', line: 2 }],
    ['after its top level waited', 'await null;\nthrow new Error("tla");', { type: 'Error', line: 2 }],
    ['that waits for nothing', 'await new Promise(() => {});', { message: /waits at its top level for a promise that nothing settles/ }],
    ['that ends itself', '\nprocess.exit(3);', { message: 'The snippet ended itself: process.exit(3).', line: 2 }],
    ['by recursing without an end', 'function f() { f(); }\nf();', { type: 'RangeError', line: 1 }],
    ['by asking for too much memory', `${IMPORT}tf.zeros([100000, 100000]);`, { kind: 'memory', line: 2, message: /ran out of memory/ }],
    [
      'because a file is missing',
      "\nimport { a } from './gone';\na();",
      { message: "Cannot find module './gone' imported from /project/snippet.js" },
    ],
    [
      'because a package is missing, where it is used',
      "import _ from 'lodash';\nconst a = 1;\n_.map([a], String);",
      { line: 3, message: /The package lodash is not here/ },
    ],
    [
      'because there is no network',
      `${IMPORT}\nawait tf.loadLayersModel('https://example.org/model.json');`,
      { type: 'SandboxError', message: /no network/ },
    ],
  ];
  it.each(FAILURES)('%s', async (_name, text, said) => {
    const { message, ...rest } = said as { message?: string | RegExp };
    const failure = await failed(text);
    expect(failure).toMatchObject({ kind: 'snippet', ...rest });
    if (message !== undefined) expect(failure?.message).toMatch(message);
  });

  it('because a namespace has values', async () => {
    const failure = await failed(`${IMPORT}namespace N { export const f = 1; }\nN.f;`, { path: '/project/a.ts' });
    expect(failure).toMatchObject({ type: 'ReferenceError', line: 3, message: expect.stringMatching(/^N is not defined\. Namespaces of/) });
  });

  it.each([
    ['a loop', 'for (;;);'],
    ['a chain of promises', '(async () => { for (;;) await null; })();'],
    ['an interval', 'setInterval(() => {}, 1);'],
    ['immediates', '(function again() { setImmediate(again); })();'],
  ])('by %s without an end is stopped, and the next request is answered', async (_name, text) => {
    expect(await failed(`console.log("before");\n${text}`, { timeoutSeconds: 1 })).toMatchObject({ kind: 'timeout' });
    expect(await printed('console.log(1)')).toBe('1\n');
  });

  it('by filling memory is ended', async () => {
    const small = openHost({ limits: { memoryBytes: 400 * 2 ** 20 } });
    const reply = await runScript(small, 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));');
    await small.close();
    expect(failureOf(reply)).toMatchObject({ kind: 'memory', message: expect.stringContaining('400 MB') });
  });
});

describe('nothing is left for the next run', () => {
  /** What a program does, and what the next one must not see of it. */
  const TRACES: readonly (readonly [name: string, first: string, second: string, output: string])[] = [
    ['globals', 'globalThis.left = 1; var other = 2;', 'console.log(typeof left, typeof other);', 'undefined undefined\n'],
    [
      'prototypes',
      'Array.prototype.map = null; Object.prototype.x = 1; Promise.prototype.then = null; JSON.stringify = null; Math.sin = () => 0;',
      'console.log([1].map((v) => v + 1), ({}).x, Math.sin(1) > 0, JSON.stringify([1]));',
      '[ 2 ] undefined true [1]\n',
    ],
    [
      'patches of TensorFlow.js',
      `${IMPORT}tf.Tensor.prototype.square = null; tf.engine().runKernel = null; tf.grad = null;`,
      `${IMPORT}tf.grad((x) => x.square())(tf.scalar(3)).print();`,
      'Tensor\n    6\n',
    ],
    [
      'variables',
      `${IMPORT}tf.variable(tf.scalar(1), true, 'v');`,
      `${IMPORT}tf.variable(tf.scalar(1), true, 'v'); console.log(Object.keys(tf.engine().registeredVariables));`,
      "[ 'v' ]\n",
    ],
    ['tensors', `${IMPORT}for (let i = 0; i < 100; i++) tf.ones([10]);`, `${IMPORT}console.log(tf.memory().numTensors);`, '0\n'],
    [
      'kernels, gradients and backends',
      `${IMPORT}tf.unregisterKernel('Square', 'wasm'); tf.unregisterGradient('Square'); tf.registerKernel({ kernelName: 'Mine', backendName: 'cpu', kernelFunc: () => 1 }); tf.removeBackend('cpu'); tf.engine().reset();`,
      `${IMPORT}console.log(tf.getKernel('Mine', 'cpu')); tf.grad((x) => x.square())(tf.scalar(3)).print(); await tf.setBackend('cpu');`,
      'undefined\nTensor\n    6\n',
    ],
    ['flags', `${IMPORT}tf.enableDebugMode(); tf.env().set('PROD', true);`, `${IMPORT}console.log(tf.env().getBool('DEBUG'));`, 'false\n'],
    [
      'timers',
      'setInterval(() => console.log("tick"), 1); process.exit(0);',
      'await new Promise((done) => setTimeout(done, 30)); console.log("quiet");',
      'quiet\n',
    ],
    [
      'promises',
      'globalThis.open = new Promise(() => {}).finally(() => console.log("late")); throw new Error("over");',
      'await null; console.log("quiet");',
      'quiet\n',
    ],
    ['modules', "const m = require('./m'); m.count = 5;", "console.log(require('./m').count);", '0\n'],
  ];
  it.each(TRACES)('%s', async (_name, first, second, output) => {
    const modules = { '/project/m.js': 'exports.count = 0;' };
    await runScript(host, first, { modules });
    expect(await printed(second, { modules })).toBe(output);
  });

  it('Python and scripts take turns in one process', async () => {
    const python = (text: string) => host.explain({ path: '/project/a.py', text, language: 'python' });
    expect((await python('import tensorflow as tf\nprint(float(tf.square(3.0)))')).output.text).toBe('9.0\n');
    expect(await printed(`${IMPORT}tf.scalar(3).square().print();`)).toBe('Tensor\n    9\n');
    expect((await python('import tensorflow as tf\nprint(float(tf.square(4.0)))')).output.text).toBe('16.0\n');
  });

  it('and the process does not grow', async () => {
    const model = `${IMPORT}const m = tf.sequential({ layers: [tf.layers.dense({ units: 50, activation: 'tanh', inputShape: [200] })] });\ntf.grad((x) => m.apply(x).sum())(tf.randomNormal([200, 200])).print();`;
    const sizes: number[] = [];
    for (let i = 0; i < 40; i++) {
      const reply = await runScript(host, `${model}\nconst keep = tf.zeros([1000, 1000]);`);
      expect(failureOf(reply)).toBeNull();
      sizes.push(reply.output.text.length);
    }
    // Each run holds more than 4 MB: 40 of them together, with what TensorFlow.js itself takes, would pass this limit.
    const library = NATIVE_ENGINE === null ? 0 : 400;
    const tight = openHost({ limits: { memoryBytes: (420 + library) * 2 ** 20 } });
    for (let i = 0; i < 40; i++)
      expect(failureOf(await runScript(tight, `${IMPORT}globalThis.keep = [1, 2, 3].map(() => tf.zeros([1000, 1000]));`))).toBeNull();
    await tight.close();
  });
});

describe('engines', () => {
  it.each(['wasm', 'cpu'] as const)('%s carries out what a program asks for', async (engine) => {
    const text = `${IMPORT}const a = tf.range(0, 160000).reshape([400, 400]).div(16000000);\nconst g = tf.grad((x) => tf.matMul(x, a).tanh().sum())(a);\nconsole.log(tf.getBackend(), g.sum().dataSync()[0].toPrecision(4), tf.matMul(a, a, true).max().dataSync()[0].toFixed(4), g.dataSync() instanceof Float32Array);`;
    expect(await printed(text, { engine })).toBe(`${engine} 6.399e+5 0.0134 true\n`);
  });

  it.each(['wasm', 'cpu'] as const)('what %s has no kernel for is carried out all the same', async (engine) => {
    const text = `${IMPORT}const x = tf.ones([4, 8, 64, 64]);\nconsole.log(tf.conv2d(x, tf.ones([3, 3, 8, 4]), 1, 'same', 'NCHW').sum().dataSync()[0], tf.fft(tf.complex(tf.ones([100, 200]), tf.ones([100, 200]))).abs().sum().dataSync()[0].toFixed(0));`;
    expect(await printed(text, { engine })).toBe(`4620800 28284\n`);
  });
});
