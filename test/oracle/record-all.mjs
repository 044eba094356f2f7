// Records again what TensorFlow and TensorFlow.js really answer for every snippet of ours: npm run oracle:record [FOLDER…]
//
// Sets up, once and under .cache/, a Python venv with tensorflow-cpu 2.15.1 and a Node folder with @tensorflow/tfjs 4.22.0.
// `cases` and `cases_js` were recorded elsewhere and are left as they are unless named.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../../scripts/python.mjs';
import { pythonWithTensorflow } from './python.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const cache = path.join(root, '.cache');
const script = ['@tensorflow/tfjs@4.22.0', 'ts-blank-space@0.9.0'];

const run = (command, args, options = {}) => execFileSync(command, args, { stdio: 'inherit', ...options });

/** record.mjs looks for TensorFlow.js beside itself, so it runs as a copy in a folder that has it. */
function scriptRecorder() {
  const folder = path.join(cache, 'oracle-script');
  const setUp = path.join(folder, 'set-up.json');
  if (!fs.existsSync(setUp) || fs.readFileSync(setUp, 'utf8') !== JSON.stringify(script)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true }));
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...script], { cwd: folder });
    fs.writeFileSync(setUp, JSON.stringify(script));
  }
  const recorder = path.join(folder, 'record.mjs');
  fs.copyFileSync(path.join(here, 'record.mjs'), recorder);
  return recorder;
}

function recordScript(recorder, snippet) {
  const out = path.join(path.dirname(snippet), 'oracle.json');
  const temporary = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-oracle-')), 'oracle.json');
  run(process.execPath, [recorder, snippet, temporary]);
  const recorded = JSON.parse(fs.readFileSync(temporary, 'utf8'));
  delete recorded.wall_s;
  recorded.node = recorded.node.replace(/\..*/, '');
  fs.writeFileSync(out, JSON.stringify(recorded));
  fs.rmSync(path.dirname(temporary), { recursive: true });
}

/** Every snippet of `examples` is the file of that name in the project's own examples. */
function copyExamples() {
  for (const folder of fs.readdirSync(path.join(here, 'examples'))) {
    const snippet = fs.readdirSync(path.join(here, 'examples', folder)).find((name) => name.startsWith('snippet.'));
    if (!snippet) continue;
    const extension = path.extname(snippet);
    const name = folder.replace(/_(ts|js)$/, '');
    fs.copyFileSync(path.join(root, 'examples', name + extension), path.join(here, 'examples', folder, snippet));
  }
}

const named = process.argv.slice(2);
const folders = (named.length ? named.map((name) => path.resolve(name)) : ['examples', 'weights', 'programs', 'programs_js', 'hessians'].map((name) => path.join(here, name)));
const absent = folders.filter((folder) => !fs.existsSync(folder));
if (absent.length) {
  console.error(`There is no folder ${absent.join(', ')}. Name folders that hold a snippet.py, .js or .ts, or none for all of ours.`);
  process.exit(2);
}
if (!named.length) copyExamples();
const snippets = folders.flatMap((folder) => fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, String(name))));
const scripts = snippets.filter((name) => /[\\/]snippet\.(js|mjs|ts)$/.test(name));
if (snippets.some((name) => name.endsWith('snippet.py'))) run(pythonWithTensorflow(), [path.join(here, 'record_all.py'), ...folders]);
const hessians = path.join(here, 'hessians');
if (folders.includes(hessians))
  run(pythonWith('peers-python', ['tensorflow-cpu==2.15.1', 'jax[cpu]==0.4.34']), [path.join(here, 'record_hessians.py'), hessians]);
if (scripts.length) {
  const recorder = scriptRecorder();
  for (const snippet of scripts) recordScript(recorder, snippet);
  console.log(`${scripts.length} scripts recorded`);
}
