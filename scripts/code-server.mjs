// A real VS Code workbench out of npm packages alone: code-server (VS Code 1.100) and the Node 20 that it needs, in .cache/code-server.
// Its own install script downloads from GitHub; this does the same from the npm registry and builds its native modules here.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, SetupError } from './setup.mjs';
import { root } from './sources.mjs';

const VERSION = '4.100.3';
const RIPGREP = '1.18.0';
const NODE_MAJOR = 20;
/** Raised when the steps below change, so that what an older version of them made is made anew. */
const RECIPE = 1;

const folder = join(root, '.cache', 'code-server');
const marker = join(folder, 'ready.json');
const description = { code: VERSION, ripgrep: RIPGREP, recipe: RECIPE, platform: `${process.platform}-${process.arch}` };

/** Makes it ready where it is not yet (about a minute), and gives the program to run. */
export function prepareCodeServer() {
  if (process.platform !== 'linux') {
    throw new SetupError('The workbench tests run in code-server on Linux. Elsewhere use: npm run test:electron');
  }
  if (!isReady()) {
    console.log(`Setting up code-server ${VERSION} in .cache/code-server (once, about a minute) …`);
    const making = `${folder}.making`;
    rmSync(making, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(making, { recursive: true });
    install(making);
    writeFileSync(join(making, 'ready.json'), JSON.stringify({ ...description, node: ownNode(making) === null ? 'system' : 'npm' }));
    renameSync(making, folder);
  }
  return { node: nodeOf(folder), entry: join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js') };
}

function isReady() {
  if (!existsSync(marker)) return false;
  const made = JSON.parse(readFileSync(marker, 'utf8'));
  const isSame = Object.entries(description).every(([key, value]) => made[key] === value);
  return isSame && (made.node === 'npm' ? ownNode(folder) !== null : systemNode() !== null);
}

function install(place) {
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'workbench', version: '0.0.0', private: true }));
  const node = systemNode() === null ? [`node-linux-${process.arch}@${NODE_MAJOR}`] : [];
  const ripgrep = `@vscode/ripgrep-linux-${process.arch}@${RIPGREP}`;
  npm(place, ['install', '--ignore-scripts', '--save-exact', `code-server@${VERSION}`, ripgrep, ...node]);
  const server = join(place, 'node_modules', 'code-server');
  const code = join(server, 'lib', 'vscode');
  npm(code, ['install', '--ignore-scripts', '--omit=dev']);
  npm(join(code, 'extensions'), ['install', '--ignore-scripts', '--omit=dev']);
  buildNative(place, join(place, 'node_modules', 'argon2'), ['node-pre-gyp', 'install', '--build-from-source']);
  for (const name of ['@vscode/spdlog', 'native-watchdog', 'node-pty']) buildNative(place, join(code, 'node_modules', name), null);
  // What its install script links.
  const search = join(code, 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(search, { recursive: true });
  cpSync(join(place, 'node_modules', '@vscode', `ripgrep-linux-${process.arch}`, 'bin', 'rg'), join(search, 'rg'));
  for (const modules of [code, join(code, 'extensions')]) {
    if (existsSync(join(modules, 'node_modules')) && !existsSync(join(modules, 'node_modules.asar')))
      symlinkSync('node_modules', join(modules, 'node_modules.asar'));
  }
}

/** Builds a native module for the Node that will run code-server, with that Node's own headers: nothing is downloaded. */
function buildNative(place, module, preGyp) {
  const node = nodeOf(place);
  const prefix = dirname(dirname(node));
  const environment = { npm_config_nodedir: prefix, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` };
  const failure = `Building ${module} failed (see above). It needs g++, make and python3: apt-get update && apt-get install -y g++ make python3`;
  const gyp = join(npmFolder(), 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  if (preGyp === null)
    run(node, [gyp, 'rebuild', `--nodedir=${prefix}`, '--loglevel=error'], failure, { environment, cwd: module, quiet: true });
  else {
    const binary = join(place, 'node_modules', '@mapbox', 'node-pre-gyp', 'bin', preGyp[0]);
    const gypOption = { npm_config_node_gyp: gyp };
    run(node, [binary, ...preGyp.slice(1), `--nodedir=${prefix}`, '--loglevel=error'], failure, {
      environment: { ...environment, ...gypOption },
      cwd: module,
      quiet: true,
    });
  }
}

/** npm's own folder, whose node-gyp is used. */
function npmFolder() {
  const beside = [
    process.env.npm_execpath ? dirname(dirname(process.env.npm_execpath)) : null,
    join(dirname(dirname(process.execPath)), 'lib', 'node_modules', 'npm'),
    '/usr/share/nodejs/npm',
    '/usr/lib/node_modules/npm',
  ];
  const found = beside.find(
    (candidate) => candidate !== null && existsSync(join(candidate, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')),
  );
  if (found === undefined) throw new SetupError("npm's folder with its node-gyp was not found: run this by `npm test`.");
  return found;
}

function nodeOf(place) {
  const node = ownNode(place) ?? systemNode();
  if (node === null) throw new SetupError(`code-server ${VERSION} needs Node ${NODE_MAJOR}, which is not there.`);
  return node;
}

function ownNode(place) {
  const packages = join(place, 'node_modules');
  if (!existsSync(packages)) return null;
  const name = readdirSync(packages).find((entry) => entry.startsWith('node-linux-'));
  return name === undefined ? null : join(packages, name, 'bin', 'node');
}

/** The Node that runs now, where it is of the right version and has its headers beside it. */
function systemNode() {
  const isRight = Number(process.versions.node.split('.')[0]) === NODE_MAJOR;
  return isRight && existsSync(join(dirname(dirname(process.execPath)), 'include', 'node', 'node.h')) ? process.execPath : null;
}

function npm(cwd, args) {
  run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], `npm ${args.slice(-2).join(' ')} failed (see above).`, {
    cwd,
    quiet: true,
  });
}
