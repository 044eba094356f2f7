// `npm run bench`: times of what users wait for, beside a peer's in the same run. Every request differs from the one before, so nothing can be cached.
//   npm run bench [-- --rounds 20]
// The peer is TensorFlow itself (`tape.jacobian`), from the Python environment that `npm run oracle:record` makes; without it only our own times are told.
import { build } from 'esbuild';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { analysisTimes } from './analysis.mjs';
import { measurePanel } from './panel.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 20 : Number(process.argv[at + 1]);
const example = (name) => fs.readFileSync(path.join(root, 'examples', name), 'utf8');

if (!fs.existsSync(path.join(root, 'dist', 'runtime'))) {
  console.error('There is no build in dist/. Run `npm run build` first.');
  process.exit(2);
}

const table = [];
const row = (what, times, bar) => {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  table.push({ what, min: sorted[0], median: middle, max: sorted.at(-1), bar });
  return middle;
};

// ------------------------------------------------------------------------------------------------ the runtime

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
const newHost = () =>
  createHost({ distDir: path.join(root, 'dist'), cacheDir: path.join(scratch, 'cache'), defaultEngine: 'wasm', log: () => {} });

const lineOf = (text, call) => text.split('\n').findIndex((l) => l.includes(call)) + 1;
async function ask(host, text, line, { path: name, language } = { path: 'bench.py', language: 'python' }) {
  const began = performance.now();
  const reply = await host.hessian({ path: name, text, language, line }, { wantsArrays: true });
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  // The arrays are made when they are first asked for.
  void reply.blocks;
  const took = performance.now() - began;
  return { took, directions: reply.result.directions };
}

const cubic = example('cubic.py');
const tanh = example('tanh_nested.py');
const cubicLine = lineOf(cubic, 't2.gradient');
const tanhLine = lineOf(tanh, '.jacobian(');
const cubicAt = (i) => cubic.replace('tf.Variable(1.0)', `tf.Variable(${(1 + i / 64).toFixed(6)})`);
const tanhAt = (i) => tanh.replace(/(random\.normal\(\[100, 24\])/, `$1, seed=${i + 1}`);

const cold = [];
for (let i = 0; i < 5; i++) {
  const host = newHost();
  cold.push((await ask(host, cubicAt(i), cubicLine)).took);
  await host.close();
}
row('cold: spawn to Hessian in hand, cubic.py', cold, 1000);

const script = example('cubic.ts');
const scriptAt = (i) => script.replace('x = tf.scalar(1)', `x = tf.scalar(${(1 + i / 64).toFixed(6)})`);
const askScript = (host, i) => ask(host, scriptAt(i), undefined, { path: 'bench.ts', language: 'typescript' });
const coldScript = [];
for (let i = 0; i < 5; i++) {
  const host = newHost();
  coldScript.push((await askScript(host, i)).took);
  await host.close();
}
row('cold: the same, cubic.ts', coldScript, 1000);

const warm = newHost();
for (let i = 0; i < 5; i++) {
  await ask(warm, cubicAt(i), cubicLine);
  await ask(warm, tanhAt(i), tanhLine);
  await askScript(warm, i);
}
const [cubicTimes, scriptTimes, tanhTimes, tanhEnd] = [[], [], [], []];
let directions = 0;
for (let i = 0; i < rounds; i++) {
  cubicTimes.push((await ask(warm, cubicAt(i + 9), cubicLine)).took);
  scriptTimes.push((await askScript(warm, i + 9)).took);
  const answer = await ask(warm, tanhAt(i + 9), tanhLine);
  tanhTimes.push(answer.took);
  directions = answer.directions;
  if (i < 5) tanhEnd.push((await ask(warm, tanhAt(i + 99), undefined)).took);
}
row('warm: request to Hessian in hand, cubic.py', cubicTimes, 30);
row('warm: the same, cubic.ts', scriptTimes, 30);
const ours = row(`warm: the same, tanh_nested.py (2400 × 2400 from ${directions} directions)`, tanhTimes, 150);
row('warm: the same without a line, the program run to its end', tanhEnd);
await warm.close();

// ------------------------------------------------------------------------------------------------ diagnostics after a keystroke

/** The built server over stdio: a character typed into a comment, a name or a number, and the diagnostics that come for it. */
async function keystrokes(name) {
  const server = spawn(process.execPath, [path.join(root, 'dist', 'server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting = [];
  let buffer = Buffer.alloc(0);
  server.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, end).toString())[1]);
      if (buffer.length < end + 4 + length) return;
      const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
      buffer = buffer.subarray(end + 4 + length);
      if (message.method === 'workspace/configuration') send({ id: message.id, result: message.params.items.map(() => null) });
      else if (message.method && message.id !== undefined) send({ id: message.id, result: null });
      for (const w of [...waiting]) if (w.match(message)) waiting.splice(waiting.indexOf(w), 1)[0].resolve(message);
    }
  });
  const send = (message) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    server.stdin.write(body);
  };
  const until = (match) => new Promise((resolve) => waiting.push({ match, resolve }));
  const initialized = until((m) => m.id === 1);
  send({
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: { textDocument: { publishDiagnostics: {} } } },
  });
  await initialized;
  send({ method: 'initialized', params: {} });
  const uri = `file:///${name}`;
  const published = (version) =>
    until(
      (m) =>
        m.method === 'textDocument/publishDiagnostics' &&
        m.params.uri === uri &&
        (m.params.version === undefined || m.params.version >= version),
    );
  const first = published(1);
  send({
    method: 'textDocument/didOpen',
    params: { textDocument: { uri, languageId: 'python', version: 1, text: `# \n${example(name)}` } },
  });
  await first;
  const times = [];
  for (let i = 0; i < rounds + 10; i++) {
    const done = published(i + 2);
    const began = performance.now();
    send({
      method: 'textDocument/didChange',
      params: {
        textDocument: { uri, version: i + 2 },
        contentChanges: [{ range: { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } }, text: 'x' }],
      },
    });
    await done;
    if (i >= 10) times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  server.kill();
  return times;
}
for (const name of ['cubic.py', 'linear_nested.py', 'penalty.py'])
  row(`diagnostics after a keystroke, ${name} (any pause for typing included)`, await keystrokes(name), 10);

const { lines, times: longTimes } = await analysisTimes(root, rounds);
row(`a script of ${lines} lines parsed, analysed and judged, warm`, longTimes, 20);

// ------------------------------------------------------------------------------------------------ the panel

for (const { what, times, bar } of (await measurePanel()) ?? []) row(what, times, bar);

// ------------------------------------------------------------------------------------------------ the peer

const python = path.join(root, '.cache', 'oracle-python', 'bin', 'python');
if (fs.existsSync(python)) {
  const program = path.join(scratch, 'peer.py');
  fs.writeFileSync(
    program,
    `import os, time
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(10, activation="tanh", input_shape=(24,)), tf.keras.layers.Dense(1)])
for i in range(8):
    xs = tf.random.normal([100, 24])
    began = time.perf_counter()
    with tf.GradientTape() as outer:
        outer.watch(xs)
        with tf.GradientTape() as inner:
            inner.watch(xs)
            ys = model(xs)
        g = inner.gradient(ys, xs)
    outer.jacobian(g, xs).numpy()
    print(1000 * (time.perf_counter() - began))
`,
  );
  const times = execFileSync(python, [program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .split('\n')
    .map(Number);
  const theirs = row('peer: TensorFlow, tape.jacobian of the same model (in its own process, warm)', times.slice(2));
  console.log(`tanh_nested.py: ours / TensorFlow's = ${(ours / theirs).toFixed(2)} (request, interpreter and checks included in ours)\n`);
} else console.log('No TensorFlow to compare with: `npm run oracle:record` makes the environment.\n');

fs.rmSync(scratch, { recursive: true, force: true });
const shown = (n) => n.toFixed(1).padStart(8);
console.log('milliseconds'.padEnd(84), '     min   median      max', '     bar');
for (const { what, min, median, max, bar } of table)
  console.log(
    what.padEnd(84),
    shown(min),
    shown(median),
    shown(max),
    bar === undefined ? '' : `${String(bar).padStart(7)}${median <= bar ? '' : '  over'}`,
  );
process.exit(0);
