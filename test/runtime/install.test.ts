// Getting tfjs-node, without getting it: what is refused, what is said to be missing, and that nothing half done is left. The real thing is done by `npm test -- test/engines`.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installEngine, InstallError } from '../../runtime/src/install/install.ts';
import { PACKAGE } from '../../runtime/src/install/recipe.ts';

let folder: string;
let path: string | undefined;
const steps: string[] = [];
let log = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tape-lens-install-'));
  mkdirSync(join(folder, 'bin'));
  path = process.env['PATH'];
  // Nothing but what a test puts there, and a shell's own.
  process.env['PATH'] = join(folder, 'bin');
  steps.length = 0;
  log = '';
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true, force: true });
});

/** A program on the PATH. */
function program(name: string, script: string): void {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** An npm that installs a package which does not work, with this checksum in its lock file, and that fails to rebuild it. */
function npmWith(integrity: string): void {
  const lock = JSON.stringify({ packages: { [`node_modules/${PACKAGE.name}`]: { version: PACKAGE.version, integrity } } });
  program(
    'npm',
    `case "$1" in\n  --version) echo 11 ;;\n  install) echo '${lock}' > package-lock.json ;;\n  *) echo "no way to $1"; exit 1 ;;\nesac`,
  );
}

const install = (): Promise<unknown> =>
  installEngine(join(folder, 'engine'), { step: (text) => steps.push(text), log: (text) => (log += text) });
const refusal = async (): Promise<string> => {
  const error: unknown = await install().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InstallError);
  expect(existsSync(join(folder, 'engine')) || existsSync(join(folder, 'engine.making'))).toBe(false);
  return error instanceof Error ? error.message : '';
};

it('says that npm is missing', async () => {
  expect(await refusal()).toMatch(/needs npm, which is not on the PATH\. Install Node\.js/);
});

it('does not use a package whose checksum is another one', async () => {
  npmWith('sha512-somethingelse');
  expect(await refusal()).toMatch(/came with the checksum sha512-somethingelse instead of sha512-uHrXeUlf.* It was not used\./);
  expect(steps).toEqual([`Installing ${PACKAGE.name} ${PACKAGE.version}`]);
});

it.runIf(process.platform === 'linux' && process.arch === 'x64')('says what building needs, with the line that installs it', async () => {
  npmWith(PACKAGE.integrity);
  program('make', 'exit 0');
  program('python3', '[ "$1" = --version ]');
  expect(await refusal()).toMatch(
    /Building tfjs-node needs g\+\+, pip, which this machine lacks\..*\n\n {2}sudo sh -c 'apt-get update && apt-get install -y g\+\+ python3-pip'/,
  );
  expect(steps).toEqual([`Installing ${PACKAGE.name} ${PACKAGE.version}`, 'Downloading the TensorFlow library']);
  expect(log).toContain('no way to rebuild');
});
