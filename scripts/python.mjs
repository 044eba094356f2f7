// Pythons with packages of their own, set up once under .cache/: what TensorFlow is recorded with, and what is measured beside us.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const cache = path.resolve(import.meta.dirname, '../.cache');

const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' });
const answers = (command, args) => {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
};

/** A Python that tensorflow-cpu 2.15.1 has wheels for. */
function suitablePython() {
  const candidates = [process.env.TAPE_LENS_PYTHON, 'python3.11', 'python3.10', 'python3.9', 'python3'].filter(Boolean);
  const found = candidates.find((name) =>
    /^3\.(9|10|11)$/.test(answers(name, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']) ?? ''),
  );
  if (!found) {
    console.error(`No Python 3.9 to 3.11 found (tried ${candidates.join(', ')}). Install one, or name it in TAPE_LENS_PYTHON.`);
    process.exit(2);
  }
  return found;
}

/** The path of a Python that has these packages, each `name==version`, made where it is not there yet. */
export function pythonWith(folder, packages) {
  const venv = path.join(cache, folder);
  const python = path.join(venv, 'bin', 'python');
  const pinned = packages.map((name) => name.replace(/\[.*\]/, '').split('=='));
  const versions = `from importlib.metadata import version; print(",".join(map(version, ${JSON.stringify(pinned.map(([name]) => name))})))`;
  if (answers(python, ['-c', versions]) !== pinned.map(([, version]) => version).join(',')) {
    fs.rmSync(venv, { recursive: true, force: true });
    run(suitablePython(), ['-m', 'venv', venv]);
    run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  }
  return python;
}
