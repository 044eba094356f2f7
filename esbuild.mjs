// Builds everything that is shipped into dist/: the bundles, and beside them the files that they load at run time.
//
//   node esbuild.mjs            build once
//   node esbuild.mjs --watch    build again whenever a source changes
//   node esbuild.mjs --clean    empty dist/ first, so that nothing old is left in it
//
// An entry whose source does not exist is left out and named, so that a part of the product can be built alone.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, rm } from 'node:fs/promises';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { filesUnder, recordBuild, sourcesDigest } from './scripts/sources.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const watching = process.argv.includes('--watch');

/** In an ES module, what CommonJS dependencies expect to find. */
const requireInModule = `import { createRequire as createRequireForBundle } from 'node:module';
import { fileURLToPath as fileURLToPathForBundle } from 'node:url';
import { dirname as dirnameForBundle } from 'node:path';
const require = createRequireForBundle(import.meta.url);
const __filename = fileURLToPathForBundle(import.meta.url);
const __dirname = dirnameForBundle(__filename);`;

/** In a CommonJS bundle, what `import.meta.url` means. */
const urlInCommonJs = {
  banner: { js: `const importMetaUrl = require('node:url').pathToFileURL(__filename).href;` },
  define: { 'import.meta.url': 'importMetaUrl' },
};

/** The language's own globals. */
const realmGlobals = [
  ...['Array', 'ArrayBuffer', 'BigInt', 'Boolean', 'DataView', 'Date', 'Error', 'Float32Array', 'Float64Array', 'Function', 'Infinity'],
  ...[
    'Int32Array',
    'Int8Array',
    'Int16Array',
    'JSON',
    'Map',
    'Math',
    'NaN',
    'Number',
    'Object',
    'Promise',
    'Proxy',
    'RangeError',
    'Reflect',
  ],
  ...[
    'RegExp',
    'Set',
    'String',
    'Symbol',
    'TypeError',
    'Uint16Array',
    'Uint32Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'WeakMap',
    'WeakSet',
  ],
  ...['decodeURIComponent', 'encodeURIComponent', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
].join(', ');

const shared = {
  bundle: true,
  sourcemap: true,
  logLevel: 'warning',
  absWorkingDir: root,
  legalComments: 'none',
  metafile: true,
};
const node = { ...shared, platform: 'node', target: 'node20' };

const entries = [
  {
    ...node,
    entryPoints: ['server/src/cli.ts'],
    outdir: 'dist',
    format: 'esm',
    // What a command does not need is not loaded.
    splitting: true,
    chunkNames: 'cli-[name]-[hash]',
    banner: { js: `#!/usr/bin/env node\n${requireInModule}` },
  },
  { ...node, entryPoints: ['server/src/main.ts'], outfile: 'dist/server.cjs', format: 'cjs', ...urlInCommonJs },
  {
    ...node,
    entryPoints: ['client/src/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
    ...urlInCommonJs,
  },
  {
    ...node,
    entryPoints: ['runtime/src/main.ts'],
    outdir: 'dist/runtime',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    // Python starts before the rest is loaded.
    splitting: true,
    chunkNames: 'main-[name]-[hash]',
    banner: { js: requireInModule },
    // TensorFlow.js's ES modules and short names: half the size, and the process is ready sooner.
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    // The process has no network: what would open connections is left out.
    alias: { ws: './runtime/src/sandbox/no-network.ts', 'node-fetch': './runtime/src/sandbox/no-network.ts' },
  },
  {
    // What a script's realm starts with: a script, not a module, whose value it is. The realm's globals are looked up once, which makes TensorFlow.js twice as fast there.
    ...shared,
    entryPoints: ['runtime/src/script/inside/realm.ts'],
    outfile: 'dist/runtime/script/realm.js',
    sourcemap: false,
    platform: 'browser',
    target: 'node20',
    format: 'iife',
    globalName: 'realm',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    alias: { string_decoder: './runtime/src/script/inside/string-decoder.ts' },
    banner: { js: `(() => { const process = undefined, { ${realmGlobals} } = globalThis;` },
    footer: { js: 'return realm; })()' },
  },
  {
    ...node,
    entryPoints: ['runtime/src/python/snapshot.ts'],
    outfile: 'dist/runtime/snapshot.mjs',
    format: 'esm',
    banner: { js: requireInModule },
  },
  { ...node, entryPoints: ['runtime/src/install/main.ts'], outfile: 'dist/install-engine.mjs', format: 'esm' },
  {
    ...shared,
    entryPoints: ['client/webview/panel.ts'],
    outfile: 'dist/webview/panel.js',
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
    minify: true,
  },
];

const require = createRequire(import.meta.url);

/** The folder of an installed package. */
function packageFolder(name) {
  return dirname(require.resolve(`${name}/package.json`));
}

/** Folders copied as they are: [from, the ending of what is copied, to]. */
const copiedFolders = [
  ['runtime/src/python', '.py', 'dist/runtime/python'],
  ['client/webview', '.css', 'dist/webview'],
  ['docs/rules', '.md', 'dist/rules'],
];

/** What the bundles load by path: [from, to], both absolute. */
function loadedFiles() {
  const dist = join(root, 'dist');
  const grammars = ['python', 'javascript', 'typescript', 'tsx'].map((language) => `tree-sitter-${language}.wasm`);
  const pyodide = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
  const kernels = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];
  return [
    [join(root, 'node_modules/web-tree-sitter/web-tree-sitter.wasm'), join(dist, 'grammars/web-tree-sitter.wasm')],
    ...grammars.map((name) => [join(packageFolder('@vscode/tree-sitter-wasm'), 'wasm', name), join(dist, 'grammars', name)]),
    ...pyodide.map((name) => [join(packageFolder('pyodide'), name), join(dist, 'runtime/pyodide', name)]),
    ...kernels.map((name) => [join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist', name), join(dist, 'runtime/tfjs', name)]),
    ...copiedFolders.flatMap(([from, ending, to]) =>
      filesWith(ending, from).map((path) => [path, join(root, to, relative(join(root, from), path))]),
    ),
  ];
}

function filesWith(ending, folder) {
  return filesUnder(join(root, folder)).filter((path) => path.endsWith(ending));
}

async function copyLoadedFiles() {
  const files = loadedFiles();
  for (const [from, to] of files) {
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to);
  }
  // What was copied once and has no source any more.
  const wanted = new Set(files.map(([, to]) => to));
  for (const [, ending, to] of copiedFolders) {
    for (const path of filesWith(ending, to)) if (!wanted.has(path)) await rm(path);
  }
}

/** Python's memory snapshot: made anew (3 s) only when what it holds has changed. */
function makeSnapshot() {
  const runtime = join(root, 'dist/runtime');
  const maker = join(runtime, 'snapshot.mjs');
  if (!existsSync(maker)) return;
  const made = createHash('sha256').update(process.versions.node);
  for (const path of [maker, ...filesUnder(join(runtime, 'python')), ...filesUnder(join(runtime, 'pyodide'))])
    made.update(`${path}\0`).update(readFileSync(path));
  const key = made.digest('hex');
  const snapshot = join(runtime, 'python.snapshot');
  const keyFile = join(runtime, 'python.snapshot.key');
  if (existsSync(snapshot) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  execFileSync(process.execPath, [maker, snapshot], { stdio: 'inherit' });
  writeFileSync(keyFile, key);
}

/** Chunks have their contents in their names: what an earlier build left under other names goes. */
async function removeOldChunks(results) {
  const made = new Set(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => join(root, path)));
  for (const path of filesUnder(join(root, 'dist')))
    if (/^(cli|runtime[/\\]main)-[^/\\]*$/.test(relative(join(root, 'dist'), path)) && !made.has(path)) await rm(path);
}

/** Which npm packages the bundles hold code of: the notices of the packaged extension are made from this. */
function recordBundledPackages(results) {
  const inputs = results.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs)));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) => {
    // A module that a browser does not have ("(disabled):…") is an empty one.
    const folder = /^(?!\(disabled\))(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    return folder !== undefined && bytesInOutput > 0 ? [folder] : [];
  });
  writeFileSync(join(root, 'dist/bundled.json'), JSON.stringify([...new Set(folders)].sort()));
}

const digest = sourcesDigest();
const present = entries.filter((entry) => existsSync(join(root, entry.entryPoints[0])));
for (const entry of entries.filter((candidate) => !present.includes(candidate))) {
  console.warn(`left out: there is no ${entry.entryPoints[0]}`);
}

if (process.argv.includes('--clean')) await rm(join(root, 'dist'), { recursive: true, force: true });
await copyLoadedFiles();
if (watching) {
  const contexts = await Promise.all(present.map((entry) => esbuild.context(entry)));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log('watching');
} else {
  const outcomes = await Promise.allSettled(present.map((entry) => esbuild.build(entry)));
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'rejected') console.error(`could not build ${present[index].entryPoints[0]}: see above`);
  });
  const built = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  recordBundledPackages(built);
  if (built.length === outcomes.length) await removeOldChunks(built);
  makeSnapshot();
  if (outcomes.some((outcome) => outcome.status === 'rejected')) process.exitCode = 1;
  else recordBuild(digest);
}
