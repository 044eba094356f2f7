// Hostile JavaScript: every way out that is known is shut, and says so; what gets at objects of ours gets nothing by it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../../runtime/src/host/protocol.ts';
import { failureOf, openHost, runScript } from '../runtime/runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

const refused: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ['files', "require('fs').readFileSync('/etc/passwd')", /no module "fs"/],
  ['files by import', "import { writeFileSync } from 'node:fs';\nwriteFileSync('/tmp/x', '')", /no module "node:fs"/],
  ['files later', "await import('fs/promises')", /no module "fs\/promises"/],
  ['other processes', "require('child_process').execSync('ls')", /no module "child_process"/],
  ['other processes later', "const name = 'node:' + 'child_process';\nawait import(name)", /no module "node:child_process"/],
  ['threads', "require('worker_threads')", /no module "worker_threads"/],
  ['virtual machines', "require('vm')", /no module "vm"/],
  ['the module loader', "require('module')", /no module "module"/],
  ['V8', "require('v8')", /no module "v8"/],
  ["V8's collector", 'gc()', /gc is not defined/],
  ['sockets', "require('net').connect(80, '1.1.1.1')", /no module "net"/],
  ['names', "require('dns').lookup('example.org')", /no module "dns"/],
  ['a web page', "await fetch('http://1.1.1.1')", /no network/],
  ['a web socket', "new WebSocket('ws://1.1.1.1')", /no network|not a constructor/],
  ['a model from elsewhere', "import * as tf from '@tensorflow/tfjs';\nawait tf.loadGraphModel('http://1.1.1.1/model.json')", /no network/],
  ['process.binding', "process.binding('fs')", /access to other processes/],
  ['process.dlopen', 'process.dlopen({}, "/x.node")', /access to other processes/],
  ['process.kill', 'globalThis.process.kill(1)', /access to other processes/],
  ['process.getBuiltinModule', "process.getBuiltinModule('fs')", /access to other processes/],
  ['process.mainModule', "process.mainModule.require('fs')", /undefined/],
  ['require.main', "require.main.require('fs')", /undefined/],
  ['code from strings', "eval('1')", /no way to make code out of strings/],
  ['code from strings by a function', "new Function('return 1')()", /Code generation from strings disallowed/],
  ['constructors of constructors', "console.log.constructor.constructor('return process')()", /Code generation from strings disallowed/],
  [
    'constructors of the global object',
    "globalThis.constructor.constructor('return process')()",
    /Code generation from strings disallowed/,
  ],
  ['constructors of async functions', "(async () => {}).constructor('return process')()", /Code generation from strings disallowed/],
  ['constructors of generators', "(function* () {}).constructor('return process')()", /Code generation from strings disallowed/],
  [
    'constructors of a timer',
    "setTimeout(() => {}).constructor.constructor('return process')()",
    /Code generation from strings disallowed/,
  ],
  ['WebAssembly', 'WebAssembly.compile(new Uint8Array(8))', /WebAssembly is not defined/],
];

it.each(refused)('%s is refused', async (_name, text, message) => {
  const failure = failureOf(await runScript(host, text));
  expect(failure?.message ?? 'it went through').toMatch(message);
  expect(failure?.kind).toBe('snippet');
});

/** Everything that the process around hands in or throws: whose Function made it? Each line prints true where it is the realm's own. */
const OURS: readonly (readonly [name: string, expression: string])[] = [
  ['the console', 'console.log instanceof Function'],
  ['process', 'process instanceof Object && process.hrtime instanceof Function && process.versions instanceof Object'],
  ['a timer', 'setTimeout(() => {}, 0) instanceof Object'],
  ['bytes of a text', 'new TextEncoder().encode("ä") instanceof Uint8Array'],
  ['a module', "require('path') instanceof Object && require('util').inspect instanceof Function"],
  ['the error of a module that is not there', "(() => { try { require('./gone'); } catch (e) { return e instanceof Error; } })()"],
  [
    'the error of a refused module',
    "(() => { try { require('fs'); } catch (e) { return e instanceof Error && e.constructor === Error; } })()",
  ],
  [
    'the error of a stack without an end',
    '(() => { const f = () => { console.log(1); f(); }; try { f(); } catch (e) { return e instanceof RangeError; } })()',
  ],
  ['the error of code from strings', "(() => { try { Function('1'); } catch (e) { return e instanceof EvalError; } })()"],
  ['import.meta', 'import.meta instanceof Object || Object.getPrototypeOf(import.meta) === null'],
  ['numbers of a large product', '(() => { const a = tf.ones([100, 100]); return tf.matMul(a, a).dataSync() instanceof Float32Array; })()'],
  [
    'gradients',
    '(() => { const g = tf.grad((x) => x.square())(tf.ones([64, 64])); return g.shape instanceof Array && g.dataSync() instanceof Float32Array; })()',
  ],
  ['the stack of an error', 'typeof new Error("x").stack === "string" && Error.prepareStackTrace === undefined'],
  ['the value of a promise', '(await new Promise((done) => setTimeout(() => done({}), 1))) instanceof Object'],
];

it.each(OURS)('%s is of the realm itself', async (_name, expression) => {
  const reply = await runScript(host, `const seen = ${expression};\nsetTimeout(() => console.log('seen', seen), 2);`);
  expect(failureOf(reply)).toBeNull();
  expect(reply.output.text.replace(/^(1\n)*/, '')).toBe('seen true\n');
});

it('what a program does to the prototypes it can reach does not reach the next one', async () => {
  const reach = `const seen = new Set();
    const walk = (value) => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.add(value);
      for (const key of Reflect.ownKeys(value)) { try { walk(Reflect.get(value, key)); } catch {} }
      walk(Reflect.getPrototypeOf(value));
    };
    walk(globalThis); walk(require); walk(import.meta); try { require('fs'); } catch (e) { walk(e); }
    for (const value of seen) { try { value.planted = 'planted'; Object.defineProperty(value, 'then', { value: null, configurable: true }); } catch {} }
    console.log('walked', seen.size > 1000);`;
  const reply = await runScript(host, reach);
  expect(failureOf(reply)?.kind ?? 'ended').toMatch(/ended|snippet/);
  const after = await runScript(
    host,
    "import * as tf from '@tensorflow/tfjs';\nconsole.log({}.planted, (() => {}).planted, [].planted, Promise.resolve().then === Promise.prototype.then);\ntf.grad((x) => x.square())(tf.scalar(3)).print();",
  );
  expect(failureOf(after)).toBeNull();
  expect(after.output.text).toBe('undefined undefined undefined true\nTensor\n    6\n');
  const python = await host.explain({
    path: '/project/a.py',
    text: 'import tensorflow as tf\nprint(float(tf.square(3.0)))',
    language: 'python',
  });
  expect(python.output.text).toBe('9.0\n');
});

it('the environment holds nothing of ours', async () => {
  process.env['TAPE_LENS_SECRET'] = 'secret of the parent';
  const other = openHost();
  const { output } = await runScript(other, 'console.log(process.env, process.argv, process.execArgv)');
  await other.close();
  delete process.env['TAPE_LENS_SECRET'];
  expect(output.text).toBe("{} [ 'node', '/project/snippet.js' ] []\n");
});
