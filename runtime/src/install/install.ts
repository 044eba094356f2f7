// Gets tfjs-node into a folder: by the ordinary npm install where its download works, else built here against the library of TensorFlow for Python.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { HEADERS, LIBRARIES, PACKAGE, TOOLS, TRIAL, UNPACK, WHEEL } from './recipe.ts';

/** A reason to stop that the reader can act on. */
export class InstallError extends Error {}

export interface Listener {
  /** What is being done now, for people. */
  step(text: string): void;
  /** What the programs that do it say. */
  log(text: string): void;
}

interface Run {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Shown as it comes, or only kept. */
  readonly quiet?: boolean;
}

/** Leaves nothing half done behind: everything happens beside `folder`, which is put in place at the end. Throws an InstallError, or what went wrong. */
export async function installEngine(folder: string, listener: Listener): Promise<{ readonly version: string; readonly from: Origin }> {
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  try {
    const from = await make({ making, module: join(making, 'node_modules', ...PACKAGE.name.split('/')), listener });
    writeFileSync(join(making, 'engine.json'), JSON.stringify({ ...PACKAGE, from, ...(from === 'wheel' && { wheel: WHEEL }) }, null, 2));
    rmSync(folder, { recursive: true, force: true });
    renameSync(making, folder);
    return { version: PACKAGE.version, from };
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** Where its library comes from. */
type Origin = 'npm' | 'wheel';

async function make(context: Context): Promise<Origin> {
  const { making, listener } = context;
  writeFileSync(join(making, 'package.json'), JSON.stringify({ name: 'tape-lens-engine', version: '0.0.0', private: true }));
  await requireNpm(context);
  listener.step(`Installing ${PACKAGE.name} ${PACKAGE.version}`);
  await must(context, 'npm', [...NPM_INSTALL, '--ignore-scripts', '--save-exact', `${PACKAGE.name}@${PACKAGE.version}`], { cwd: making });
  checkIntegrity(making);

  listener.step('Downloading the TensorFlow library');
  if ((await attempt(context, 'npm', ['rebuild', PACKAGE.name], { cwd: making })) && (await works(context))) return 'npm';
  listener.log('The library could not be had by the ordinary install.\n');
  await buildAgainstWheel(context);
  if (!(await works(context))) throw new InstallError(`tfjs-node was built but does not start; the log says why.`);
  return 'wheel';
}

interface Context {
  readonly making: string;
  readonly module: string;
  readonly listener: Listener;
}

const NPM_INSTALL = ['install', '--no-audit', '--no-fund', '--loglevel=error'];

async function requireNpm(context: Context): Promise<void> {
  if (await attempt(context, 'npm', ['--version'], { cwd: context.making, quiet: true })) return;
  throw new InstallError(
    'Installing tfjs-node needs npm, which is not on the PATH. Install Node.js 20 or later (https://nodejs.org), then try again.',
  );
}

/** The registry must have given the very package that this recipe was tried with. */
function checkIntegrity(making: string): void {
  const lock = JSON.parse(readFileSync(join(making, 'package-lock.json'), 'utf8')) as { packages?: Record<string, { integrity?: string }> };
  const integrity = lock.packages?.[`node_modules/${PACKAGE.name}`]?.integrity;
  if (integrity !== PACKAGE.integrity)
    throw new InstallError(
      `${PACKAGE.name} ${PACKAGE.version} came with the checksum ${integrity ?? 'none'} instead of ${PACKAGE.integrity}. It was not used.`,
    );
}

async function buildAgainstWheel(context: Context): Promise<void> {
  const { making, module, listener } = context;
  if (`${process.platform}-${process.arch}` !== WHEEL.for) {
    throw new InstallError(
      `The TensorFlow library could not be downloaded, and building against TensorFlow for Python is only known for ${WHEEL.for}, not for ${process.platform}-${process.arch}. See the log, and https://github.com/tensorflow/tfjs/tree/master/tfjs-node.`,
    );
  }
  await requireTools(context);
  for (const name of ['deps', 'lib', 'build']) rmSync(join(module, name), { recursive: true, force: true });

  listener.step(`Downloading ${WHEEL.name} ${WHEEL.version} (200 MB)`);
  const requirements = join(making, 'requirements.txt');
  writeFileSync(requirements, `${WHEEL.name}==${WHEEL.version} --hash=sha256:${WHEEL.sha256}\n`);
  const wheels = join(making, 'wheel');
  const chosen = ['--python-version', WHEEL.python, '--implementation', 'cp', '--platform', WHEEL.platform];
  const download = ['-m', 'pip', 'download', '--require-hashes', '--no-deps', '--only-binary=:all:', ...chosen, '--dest', wheels];
  await must(context, 'python3', [...download, '--requirement', requirements], { cwd: making });
  const wheel = readdirSync(wheels).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new InstallError('pip downloaded no wheel; the log says why.');

  listener.step('Unpacking the TensorFlow library');
  const unpacked = join(making, 'unpacked');
  await must(context, 'python3', ['-c', UNPACK, join(wheels, wheel), unpacked, HEADERS, ...Object.keys(LIBRARIES)], { cwd: making });
  mkdirSync(join(module, 'deps', 'lib'), { recursive: true });
  renameSync(join(unpacked, ...HEADERS.split('/').filter((part) => part !== '')), join(module, 'deps', 'include'));
  for (const [path, [name = '', ...links]] of Object.entries(LIBRARIES)) {
    renameSync(join(unpacked, ...path.split('/')), join(module, 'deps', 'lib', name));
    for (const link of links) symlinkSync(name, join(module, 'deps', 'lib', link));
  }

  listener.step('Building the binding');
  const { prefix, environment } = await buildingNode(context);
  // In a script of npm's, node-pre-gyp finds npm's own node-gyp.
  const build = `cd "${module}" && node-pre-gyp install --build-from-source --nodedir="${prefix}"`;
  const manifest = join(making, 'package.json');
  const plain = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, JSON.stringify({ ...(JSON.parse(plain) as object), scripts: { binding: build } }));
  await must(context, 'npm', ['run', 'binding'], { cwd: making, environment });
  writeFileSync(manifest, plain);
  for (const name of ['wheel', 'unpacked', 'requirements.txt']) rmSync(join(making, name), { recursive: true, force: true });
  rmSync(join(module, 'deps', 'include'), { recursive: true, force: true });
  rmSync(join(module, 'build'), { recursive: true, force: true });
}

async function requireTools(context: Context): Promise<void> {
  const missing: (typeof TOOLS)[number][] = [];
  for (const tool of TOOLS)
    if (!(await attempt(context, tool.command, tool.arguments, { cwd: context.making, quiet: true }))) missing.push(tool);
  if (missing.length === 0) return;
  const names = missing.map((tool) => ('shown' in tool ? tool.shown : tool.command));
  const line = `apt-get update && apt-get install -y ${missing.map(({ debian }) => debian).join(' ')}`;
  throw new InstallError(
    `Building tfjs-node needs ${names.join(', ')}, which this machine lacks. On Debian and Ubuntu install with:\n\n  sudo sh -c '${line}'\n`,
  );
}

/** A Node with its headers: the one on the PATH, else one from npm, which the binding does not depend on later. */
async function buildingNode(context: Context): Promise<{ prefix: string; environment: Record<string, string> }> {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((path) => existsSync(path));
  const prefix = found === undefined ? null : dirname(dirname(realpathSync(found)));
  if (prefix !== null && existsSync(join(prefix, 'include', 'node', 'node_api.h'))) return { prefix, environment: {} };
  const name = `node-${process.platform}-${process.arch}`;
  const place = join(context.making, 'node');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'node-for-building', version: '0.0.0', private: true }));
  await must(context, 'npm', [...NPM_INSTALL, '--ignore-scripts', `${name}@20`], { cwd: place });
  const own = join(place, 'node_modules', name);
  return { prefix: own, environment: { PATH: `${join(own, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` } };
}

/** Whether the package loads and computes, in a process of its own. */
function works(context: Context): Promise<boolean> {
  return attempt(context, process.execPath, ['-e', TRIAL, context.module], {
    cwd: context.making,
    environment: { ELECTRON_RUN_AS_NODE: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
  });
}

async function must(context: Context, command: string, args: readonly string[], options: Run): Promise<void> {
  if (!(await attempt(context, command, args, options)))
    throw new InstallError(`\`${[command, ...args].join(' ').slice(0, 120)}\` failed; the log says why.`);
}

function attempt(
  { listener }: Context,
  command: string,
  args: readonly string[],
  { cwd, environment = {}, quiet = false }: Run,
): Promise<boolean> {
  return new Promise((resolve) => {
    if (!quiet) listener.log(`$ ${[command, ...args].join(' ')}\n`);
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    const tell = (chunk: Buffer): void => {
      if (!quiet) listener.log(chunk.toString());
    };
    child.stdout.on('data', tell);
    child.stderr.on('data', tell);
    child.on('error', (error) => {
      if (!quiet) listener.log(`${error.message}\n`);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}
