// `npm run bench:peers`: Hessians beside TensorFlow's and JAX's in the same run, round after round, medians and ratios. Makes the Python that has both where it is not
// there, and fetches tfjs-node.
//   npm run bench:peers [-- --rounds 5] [-- --only mlp_inputs]
// "First call" is a warm process that has not seen the snippet: each round starts three new ones, which have done another, small Hessian before. Of ours the whole request is
// timed, from the program's text to dense arrays in hand (the checks of the result come after that); of TensorFlow and JAX the derivative alone, with the model there already.
import { build } from 'esbuild';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { prepareEngine } from '../scripts/engine.mjs';
import { pythonWith } from '../scripts/python.mjs';

const root = path.resolve(import.meta.dirname, '..');
const argument = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const rounds = Number(argument('--rounds') ?? 5);
const STEADY = 6;
/** The ratios are those of the first; the other stands beside it. */
const ENGINES = ['wasm', 'node'];

/** `bars`: how many times faster than TensorFlow's first call, than JAX's first call, and at most how many times slower than JAX once it is compiled. */
const problems = [
  { name: 'mlp_inputs', what: 'tanh MLP wrt 100×24 inputs, full 2400×2400', bars: [10, 4, 3] },
  { name: 'mlp_examples', what: 'the same per example', bars: [10, 8, null] },
  { name: 'mlp_weights', what: 'the same wrt 261 weights', bars: [5, 4, 20] },
  { name: 'rosenbrock', what: 'Rosenbrock n=1000 (tridiagonal)', bars: [20, 8, null] },
  { name: 'cnn_weights', what: 'small CNN wrt all weights', bars: [3, 1, null] },
].filter(({ name }) => argument('--only') === undefined || argument('--only') === name);

if (!fs.existsSync(path.join(root, 'dist', 'runtime'))) {
  console.error('There is no build in dist/. Run `npm run build` first.');
  process.exit(2);
}
prepareEngine();
const python = pythonWith('peers-python', ['tensorflow-cpu==2.15.1', 'jax[cpu]==0.4.34']);
const folder = path.join(root, 'bench', 'hessians');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-bench-'));
await build({
  entryPoints: [path.join(root, 'runtime/src/host/host.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: path.join(scratch, 'host.mjs'),
  logLevel: 'error',
});
const { createHost } = await import(pathToFileURL(path.join(scratch, 'host.mjs')).href);

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const warmUp = { path: 'warm.py', text: fs.readFileSync(path.join(root, 'examples', 'cubic.py'), 'utf8'), language: 'python', line: 11 };

/** A request for the last gradient call of a program; every one draws other numbers. */
function requestFor(name, seed) {
  const text = fs.readFileSync(path.join(folder, `${name}.py`), 'utf8').replace('set_seed(0)', `set_seed(${seed})`);
  const line = text.split('\n').findLastIndex((l) => /outer\.(batch_)?jacobian\(/.test(l)) + 1;
  return { path: `${name}.py`, text, language: 'python', line };
}

let seed = 1;
/** Until the program before has wound up, which goes on when its answer is there: that is no part of the next one's time. Nothing sleeps meanwhile. */
async function windUp() {
  const end = performance.now() + 5;
  while (performance.now() < end) await setImmediate();
}

/** `took`: until the numbers are in hand, as dense arrays where they can be; `whole`: until all of the answer is. */
async function ask(host, request) {
  await windUp();
  const began = performance.now();
  let took = null;
  const onNumbers = (numbers) => {
    // The arrays are made when they are first asked for.
    void numbers.blocks;
    took = performance.now() - began;
  };
  const reply = await host.hessian(request, { onNumbers, wantsArrays: true });
  if (!reply.ok) throw new Error(`${request.path}: ${reply.error.message}`);
  return { took, whole: performance.now() - began, reply };
}

/** Milliseconds of the first call and of those after it. */
async function ours(name, defaultEngine) {
  const host = createHost({ distDir: path.join(root, 'dist'), cacheDir: path.join(scratch, 'cache'), defaultEngine, log: () => {} });
  try {
    await host.warm();
    await ask(host, warmUp);
    const times = [];
    for (let i = 0; i <= STEADY; i++) times.push((await ask(host, requestFor(name, seed++))).took);
    return times;
  } finally {
    await host.close();
  }
}
const peer = (program, name) =>
  execFileSync(python, [path.join(folder, program), path.join(folder, `${name}.py`), String(STEADY + 1)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
    .trim()
    .split('\n')
    .map(Number);

// ------------------------------------------------------------------------------------------------ the table

const times = new Map();
const note = (key, list) => {
  const kept = times.get(key) ?? { first: [], steady: [] };
  kept.first.push(list[0]);
  kept.steady.push(...list.slice(1));
  times.set(key, kept);
};
for (let round = 0; round < rounds; round++)
  for (const { name } of problems) {
    for (const engine of ENGINES) note(`${engine} ${name}`, await ours(name, engine));
    note(`tensorflow ${name}`, peer('tensorflow_peer.py', name));
    note(`jax ${name}`, peer('jax_peer.py', name));
    process.stderr.write('.');
  }
process.stderr.write('\n');

const ms = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0)).padStart(6);
const rows = problems.map(({ name, what, bars: [tensorflowBar, jaxBar, steadyBar] }) => {
  const [us, native, tf, jax] = [...ENGINES, 'tensorflow', 'jax'].map((who) => times.get(`${who} ${name}`));
  const [a, b, c, f] = [us, tf, jax, native].map(({ first }) => median(first));
  const [d, e] = [us, jax].map(({ steady }) => median(steady));
  const times10 = (ratio, bar, holds) => `${ratio.toFixed(1).padStart(6)}×${bar === null ? '' : ` ${holds ? '≥' : '<'} ${bar}`}`;
  return [
    what.padEnd(44),
    ms(a),
    ms(b),
    ms(c),
    times10(b / a, tensorflowBar, b / a >= tensorflowBar).padEnd(14),
    times10(c / a, jaxBar, c / a >= jaxBar).padEnd(14),
    ms(d),
    ms(e),
    (steadyBar === null ? `${(d / e).toFixed(1)}×` : `${(d / e).toFixed(1)}× ${d / e <= steadyBar ? '≤' : '>'} ${steadyBar}`).padEnd(12),
    ms(f),
    ms(median(native.steady)),
  ].join('  ');
});
console.log(`${rounds} rounds on ${os.cpus().length} cores, medians in milliseconds\n`);
console.log(
  `${''.padEnd(44)}  first call: ours, TensorFlow, JAX; TensorFlow/ours; JAX/ours           steady: ours, JAX; ours/JAX    on tfjs-node: first, steady`,
);
for (const row of rows) console.log(row);

// ------------------------------------------------------------------------------------------------ large and sparse

if (argument('--only') === undefined) {
  const host = createHost({
    distDir: path.join(root, 'dist'),
    cacheDir: path.join(scratch, 'cache'),
    defaultEngine: 'wasm',
    log: (line) => (processId = /process (\d+)/.exec(line)?.[1] ?? processId),
  });
  let processId = null;
  await host.warm();
  await ask(host, warmUp);
  const { whole, reply } = await ask(host, requestFor('rosenbrock_large', 1));
  const peak = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1]) / 1024;
  await host.close();
  const { structure, directions } = reply.result;
  console.log(
    `\nRosenbrock n=100,000: ${(whole / 1000).toFixed(2)} s and ${peak.toFixed(0)} MB at most, ${structure} from ${directions} directions (at most 2 s, 500 MB)`,
  );

  // ---------------------------------------------------------------------------------------------- from the shell

  const file = path.join(root, 'examples', 'tanh_nested.py');
  const processTime = (command, args) => {
    const began = performance.now();
    const { status } = spawnSync(command, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
    return performance.now() - began;
  };
  const [shell, theirs] = [[], []];
  for (let round = 0; round < rounds; round++) {
    shell.push(processTime(process.execPath, [path.join(root, 'dist', 'cli.js'), 'hessian', '--engine', 'wasm', file]));
    theirs.push(processTime(python, [file]));
  }
  const ratio = median(theirs) / median(shell);
  console.log(
    `From the shell, tanh_nested.py: ${(median(shell) / 1000).toFixed(2)} s against ${(median(theirs) / 1000).toFixed(2)} s of Python with TensorFlow: ${ratio.toFixed(1)}× ${ratio >= 4 ? '≥' : '<'} 4`,
  );
}
fs.rmSync(scratch, { recursive: true, force: true });
process.exit(0);
