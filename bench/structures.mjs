// `npm run bench:structures`: what a Hessian costs by its structure and size. Writes docs/performance.md and docs/performance.svg.
//   npm run bench:structures [-- --rounds 3]
// The cost goes with the number of colours (directions), not with the number of unknowns: a structure's directions have to be the same for every size. Fails where they are not.
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const at = process.argv.indexOf('--rounds');
const rounds = at < 0 ? 3 : Number(process.argv[at + 1]);
if (!fs.existsSync(path.join(root, 'dist', 'runtime'))) {
  console.error('There is no build in dist/. Run `npm run build` first.');
  process.exit(2);
}

const SIZES = [64, 256, 1024, 4096, 16384, 65536];
/** `y` of `x`, which has n numbers; `grows`: every unknown is a colour of its own. */
const structures = [
  { name: 'diagonal', y: 'tf.reduce_sum(tf.sin(x) * x ** 2)' },
  { name: 'tridiagonal', y: 'tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)' },
  { name: 'five diagonals', y: 'tf.reduce_sum(x[2:] ** 2 * x[:-2]) + tf.reduce_sum(x[1:] * x[:-1] ** 2)' },
  { name: 'blocks of 8', y: 'tf.reduce_sum(tf.tanh(tf.reshape(x, [-1, 8]) @ w))', before: 'w = tf.random.normal([8, 4])\n' },
  { name: 'arrow', y: 'tf.reduce_sum(x[1:] ** 2 * x[0]) + x[0] ** 3' },
  { name: 'dense', y: 'tf.reduce_sum(x) ** 3 + tf.reduce_sum(x ** 2)', grows: true, most: 1024 },
];
const programOf = ({ y, before = '' }, size, seed) =>
  [
    'import tensorflow as tf',
    `tf.random.set_seed(${seed})`,
    `x = tf.Variable(tf.random.normal([${size}]))`,
    `${before}with tf.GradientTape() as outer:`,
    '    with tf.GradientTape() as inner:',
    `        y = ${y}`,
    '    g = inner.gradient(y, x)',
    'h = outer.jacobian(g, x)',
    '',
  ].join('\n');

// ------------------------------------------------------------------------------------------------ measuring

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
const host = createHost({ distDir: path.join(root, 'dist'), cacheDir: path.join(scratch, 'cache'), defaultEngine: 'wasm', log: () => {} });
await host.warm();

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
let seed = 1;
const measured = [];
for (const structure of structures) {
  const points = [];
  for (const size of SIZES) {
    if (size > (structure.most ?? Infinity)) continue;
    const times = [];
    let result;
    for (let round = 0; round <= rounds; round++) {
      const text = programOf(structure, size, seed++);
      const began = performance.now();
      const request = { path: 'structure.py', text, language: 'python', line: text.split('\n').length - 1 };
      const reply = await host.hessian(request, { wantsArrays: true });
      if (!reply.ok) throw new Error(`${structure.name}, ${size}: ${reply.error.message}`);
      // The arrays are made when they are first asked for.
      void reply.blocks;
      if (round > 0) times.push(performance.now() - began);
      ({ result } = reply);
    }
    points.push({ size, directions: result.directions, structure: result.structure, took: median(times) });
    process.stderr.write('.');
  }
  measured.push({ ...structure, points });
}
process.stderr.write('\n');
await host.close();
fs.rmSync(scratch, { recursive: true, force: true });

// ------------------------------------------------------------------------------------------------ the page

const number = (n) => n.toLocaleString('en');
const milliseconds = (n) => (n < 10 ? n.toFixed(1) : n.toFixed(0));
const rows = SIZES.map((size) => {
  const cells = measured.map(({ points }) => points.find((p) => p.size === size));
  return `| ${number(size)} | ${cells.map((p) => (p ? `${milliseconds(p.took)} ms, ${number(p.directions)}` : '')).join(' | ')} |`;
});

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [720, 420, 70, 50];
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#000000'];
const all = measured.flatMap(({ points }) => points);
const [low, high] = [Math.min(...all.map((p) => p.took)), Math.max(...all.map((p) => p.took))].map(Math.log10);
const acrossOf = (size) => LEFT + ((Math.log2(size) - 6) / 10) * (WIDTH - LEFT - 130);
const downOf = (took) => HEIGHT - BOTTOM - ((Math.log10(took) - low) / (high - low)) * (HEIGHT - BOTTOM - 20);
const ticks = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000].filter((t) => Math.log10(t) >= low && Math.log10(t) <= high);
const svg = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img" aria-label="Milliseconds of a Hessian by the number of unknowns, one line for each structure">`,
  `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
  ...ticks.map(
    (t) =>
      `<path d="M${LEFT} ${downOf(t).toFixed(1)}H${WIDTH - 130}" stroke="#ddd"/><text x="${LEFT - 8}" y="${(downOf(t) + 4).toFixed(1)}" text-anchor="end">${t} ms</text>`,
  ),
  ...SIZES.map((s) => `<text x="${acrossOf(s).toFixed(1)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${number(s)}</text>`),
  `<text x="${(LEFT + WIDTH - 130) / 2}" y="${HEIGHT - 10}" text-anchor="middle">unknowns</text>`,
  ...measured.map(({ name, points }, i) => {
    const path = points.map((p, k) => `${k === 0 ? 'M' : 'L'}${acrossOf(p.size).toFixed(1)} ${downOf(p.took).toFixed(1)}`).join('');
    const last = points.at(-1);
    const legend = 30 + i * 20;
    return [
      `<path d="${path}" fill="none" stroke="${COLOURS[i]}" stroke-width="2"/>`,
      ...points.map((p) => `<circle cx="${acrossOf(p.size).toFixed(1)}" cy="${downOf(p.took).toFixed(1)}" r="3" fill="${COLOURS[i]}"/>`),
      `<path d="M${WIDTH - 122} ${legend - 4}h16" stroke="${COLOURS[i]}" stroke-width="2"/><text x="${WIDTH - 100}" y="${legend}">${name}, ${number(last.directions)}</text>`,
    ].join('');
  }),
  '</svg>',
  '',
].join('\n');

const page = `<!-- Written by \`npm run bench:structures\`. -->

# What a Hessian costs

A Hessian costs as many directions as its structure has colours, whatever the number of unknowns: columns that share no row are computed together. Each cell has the
time of a request, from the program's text to the numbers in hand, in a warm process with the embedded engine, and how many directions it took. What grows with the
number of unknowns is the program's own arithmetic, and packing the result.

| unknowns | ${measured.map((m) => m.name).join(' | ')} |
| --- | ${measured.map(() => '---').join(' | ')} |
${rows.join('\n')}

![Milliseconds by the number of unknowns, one line for each structure](performance.svg)

Medians of ${rounds} requests, on ${os.cpus().length} cores; each line of the plot is named with the directions of its largest size. Beside TensorFlow and JAX: \`npm run bench:peers\`.
`;
const target = path.join(root, 'docs', 'performance.md');
fs.writeFileSync(target, await format(page, { ...(await resolveConfig(target)), parser: 'markdown' }));
fs.writeFileSync(path.join(root, 'docs', 'performance.svg'), svg);
console.log(page);

const growing = measured.filter(({ grows, points }) => !grows && new Set(points.map((p) => p.directions)).size > 1);
for (const { name, points } of growing) console.error(`${name}: ${points.map((p) => `${p.size}: ${p.directions}`).join(', ')}`);
process.exit(growing.length > 0 ? 1 : 0);
