// Makes a fresh checkout ready: the packages of the lock file, the Debian packages that a task needs, the build.
// Runs before `npm ci` has, so it uses Node alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isBuilt, root } from './sources.mjs';

/** A reason to stop that the reader can act on; shown without a stack. */
export class SetupError extends Error {}

/** Runs `task`; a SetupError becomes one sentence and exit code 2. */
export async function runTask(task) {
  try {
    process.exitCode = await task();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** Node, the packages of package-lock.json, and dist/. */
export function prepare() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node ${process.versions.node} is too old: Tape Lens needs Node 20 or later (https://nodejs.org).`);
  }
  if (!packagesAreInstalled()) {
    console.log('Installing packages (npm ci) …');
    run(
      'npm',
      ['ci'],
      "npm ci failed: npm's own message is above. If it could not reach the npm registry, check the connection and run the same command again.",
    );
  }
  if (!isBuilt()) {
    console.log('Building …');
    run(process.execPath, ['esbuild.mjs'], 'The build failed (see above).');
  }
}

/** Whether node_modules holds what the lock file says; optional packages (other platforms' binaries) may be missing. */
function packagesAreInstalled() {
  const installedPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => {
    const found = installed[path];
    return path === '' || (found ? found.integrity === entry.integrity : entry.optional === true || entry.devOptional === true);
  });
}

/** Debian packages by the command that shows that they are there. */
const debianPackages = { chromium: 'chromium', 'g++': 'g++', make: 'make', python3: 'python3', pip3: 'python3-pip' };

/** Makes sure that `commands` can be run: by apt when root, else by telling the line to run. `reason` says who needs them. */
export function requireCommands(commands, reason) {
  const missing = [...new Set(commands)].filter((command) => !isOnPath(command)).map((command) => debianPackages[command] ?? command);
  if (missing.length === 0) return;
  const line = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) {
    throw new SetupError(`${reason} needs ${missing.join(', ')}, which this machine lacks. Install with:\n\n  sudo sh -c '${line}'\n`);
  }
  console.log(`Installing ${missing.join(', ')} (${reason} needs them) …`);
  run('sh', ['-c', line], `Installing ${missing.join(', ')} failed (see above). Run by hand: ${line}`, {
    environment: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function isOnPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, command)));
}

/** Runs a command; when it fails, `failure` is what is told. A quiet one shows its output only then. */
export function run(command, args, failure, { environment = {}, cwd = root, quiet = false } = {}) {
  const shell = process.platform === 'win32' && command === 'npm';
  const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const outcome = spawnSync(command, args, { cwd, stdio, shell, env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 ** 2 });
  if (outcome.status === 0) return;
  if (quiet) console.error(`${outcome.stdout ?? ''}${outcome.stderr ?? ''}`.slice(-8000));
  throw new SetupError(outcome.error ? `${failure} (${outcome.error.message})` : failure);
}
