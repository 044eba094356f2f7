// Looks for programs that the analyzer (`explain`) or the runtime (`explain --run`) is wrong about: npm run oracle:fuzz -- N [options]
//   --seed S        which programs (default: the time)            --keep FOLDER   where they go (default: a temporary folder)
//   --shrink N      how many of the wrong ones are shrunk (default 5; 0: none)   --cli "node dist/cli.js"
// Generates N programs, records them under real TensorFlow, compares both modes and prints every disagreement, the shrunken programs last.
// Exit 0: nothing wrong; 1: something wrong; 2: could not run.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonWithTensorflow } from '../python.mjs';

const here = import.meta.dirname;
const root = path.resolve(here, '../../..');
const args = process.argv.slice(2);
const take = (name, otherwise) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : args.splice(at, 2)[1];
};
const seed = take('--seed', String(Math.floor(Date.now() / 1000)));
const folder = path.resolve(take('--keep', fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-fuzz-'))));
const shrinking = Number(take('--shrink', '5'));
const cli = take('--cli', `node ${path.join(root, 'dist/cli.js')}`);
const count = Number(args[0] ?? '100');
if (!Number.isInteger(count) || count < 1 || args.length > 1) {
  console.error('Usage: npm run oracle:fuzz -- N [--seed S] [--keep FOLDER] [--shrink N] [--cli "node dist/cli.js"]; N is how many programs to try.');
  process.exit(2);
}
const python = pythonWithTensorflow();
const modes = [[], ['--run']];

const record = (place) => spawnSync(python, [path.join(here, '../record_all.py'), place], { stdio: ['ignore', 'ignore', 'inherit'] });

/** What `compare` finds wrong, as lines of `<folder>:<line> <code>: said …, was …`, and its counts. */
function compare(place, mode) {
  const ended = spawnSync(process.execPath, [path.join(here, '../compare.mjs'), '--json', '--cli', cli, ...mode, place], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ended.status === 2 || !ended.stdout) throw new Error(`compare could not run: ${ended.stderr}`);
  return JSON.parse(ended.stdout);
}
const wrongIn = (place, mode) => {
  const { lists } = compare(place, mode);
  return [...lists.wrong, ...lists.extra];
};
const nameOf = (line) => line.slice(0, line.indexOf(':'));
/** What stays the same while a program shrinks. */
const kindOf = (line) => line.slice(line.lastIndexOf(': ')).replace(/-?\d[\d.e+-]*/g, '#').replace(/\[.*\]/, '[]');

/** The smallest version of a program, one step at a time, that is wrong in the same way. */
function shrink(snippet, mode, kind) {
  let text = fs.readFileSync(snippet, 'utf8');
  for (let step = 0; step < 30; step++) {
    const place = fs.mkdtempSync(path.join(os.tmpdir(), 'tape-lens-shrink-'));
    const current = path.join(place, 'current.py');
    fs.writeFileSync(current, text);
    execFileSync(python, [path.join(here, 'reduce.py'), current, path.join(place, 'smaller')]);
    let best;
    if (fs.existsSync(path.join(place, 'smaller'))) {
      const smaller = path.join(place, 'smaller');
      record(smaller);
      for (const name of fs.readdirSync(smaller)) if (!fs.existsSync(path.join(smaller, name, 'oracle.json'))) fs.rmSync(path.join(smaller, name), { recursive: true });
      best = fs.readdirSync(smaller).length === 0 ? undefined : wrongIn(smaller, mode).filter((line) => kindOf(line) === kind).map(nameOf).sort()[0];
      if (best !== undefined) text = fs.readFileSync(path.join(smaller, best, 'snippet.py'), 'utf8');
    }
    fs.rmSync(place, { recursive: true });
    if (best === undefined) break;
  }
  return text;
}

execFileSync(python, [path.join(here, 'programs.py'), seed, String(count), folder], { stdio: 'inherit' });
record(folder);
let found = 0;
const toShrink = new Map();
for (const mode of modes) {
  const { lists, ...counts } = compare(folder, mode);
  const wrong = [...lists.wrong, ...lists.extra];
  found += wrong.length;
  const title = `explain${mode.map((m) => ` ${m}`).join('')}`;
  for (const line of wrong) {
    console.log(`${title}: ${line}`);
    const key = `${mode.join('')} ${kindOf(line)}`;
    if (!toShrink.has(key)) toShrink.set(key, { snippet: path.join(folder, nameOf(line), 'snippet.py'), mode, line, title });
  }
  console.log(
    `${title}: ${counts.cases} programs, ${counts.total} answers, ${wrong.length} wrong, coverage ${(100 * counts.coverage).toFixed(1)} %, ${counts.soft} soft`,
  );
}
for (const { snippet, mode, line, title } of [...toShrink.values()].slice(0, shrinking))
  console.log(`\n# ${title}: ${line}\n${shrink(snippet, mode, kindOf(line))}`);
console.log(`seed ${seed}, programs in ${folder}`);
process.exit(found > 0 ? 1 : 0);
