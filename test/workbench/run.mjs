// The workbench tests in code-server and Chromium: packs the extension, installs it into an empty profile, opens the workbench with the
// mocha suite (suite/) in its extension host, and reads what came of it. `npm test -- test/workbench` runs this alone.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareCodeServer } from '../../scripts/code-server.mjs';
import { engineFolder, prepareEngine } from '../../scripts/engine.mjs';
import { makePackage } from '../../scripts/package.mjs';
import { root } from '../../scripts/sources.mjs';

export const here = dirname(fileURLToPath(import.meta.url));
/** Reports and screenshots of the last run. */
export const output = join(root, 'out', 'workbench');
const SESSION_LIMIT_MILLISECONDS = 10 * 60_000;
/** What the suite's own words begin with, among all else that the extension host logs. */
const SAID = 'workbench: ';
const CHROMIUM = '/usr/bin/chromium';
const CHROMIUM_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever the workbench may ask of the network beyond this machine, it does not get: the extension has to work offline.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--window-size=1440,900',
];

/** Of every session, in the user's settings. */
export const settings = {
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.hover.delay': 50,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
};

/** Each has a workbench of its own; the suite knows by the name what to run. */
export const sessions = [
  { name: 'trusted', settings: {} },
  { name: 'reload', settings: {} },
  { name: 'engines', settings: {}, hasNative: true },
  { name: 'untrusted', settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' } },
];

/** Takes the README's pictures; no part of the tests. */
export const picturesSession = {
  name: 'pictures',
  settings: {
    'breadcrumbs.enabled': false,
    'chat.commandCenter.enabled': false,
    'editor.minimap.enabled': false,
    'editor.fontSize': 14,
    'tapeLens.engine': 'wasm',
    'window.commandCenter': false,
    'workbench.activityBar.location': 'hidden',
    'workbench.layoutControl.enabled': false,
    'workbench.statusBar.visible': false,
  },
};

/** Runs sessions and gives what came of every test. */
export async function runWorkbench(chosen = sessions) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const server = prepareCodeServer();
  if (chosen.some(({ hasNative }) => hasNative)) prepareEngine();
  const extension = join(output, 'tape-lens.vsix');
  await makePackage(extension);
  const suite = await bundleSuite();
  const passed = [];
  const failed = [];
  for (const session of chosen) {
    const outcome = await runSession(session, { server, extension, suite });
    passed.push(...outcome.passed);
    failed.push(...outcome.failed);
  }
  return { passed: passed.length, failed };
}

/** The suite as one file; it runs inside the extension host, which finds mocha and playwright-core in this project's node_modules. */
export async function bundleSuite() {
  const { build } = await import('esbuild');
  const outfile = join(output, 'suite.cjs');
  await build({
    entryPoints: [join(here, 'suite', 'index.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outfile,
    external: ['vscode', 'mocha', 'playwright-core'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}

async function runSession(session, { server, extension, suite }) {
  const profile = mkdtempSync(join(tmpdir(), 'tape-lens-workbench-'));
  const workspace = makeWorkspace(join(profile, 'workspace'), session);
  const [serverPort, debuggingPort] = [await freePort(), await freePort()];
  const report = join(output, `${session.name}.json`);
  tellSuite({ name: session.name, browser: `http://127.0.0.1:${debuggingPort}`, workspace, output, report });
  const running = [];
  try {
    const environment = environmentIn(profile);
    const common = [
      '--config',
      join(profile, 'config.yaml'),
      '--user-data-dir',
      join(profile, 'data'),
      '--extensions-dir',
      join(profile, 'extensions'),
    ];
    mkdirSync(join(profile, 'data', 'User'), { recursive: true });
    writeFileSync(join(profile, 'config.yaml'), '');
    writeFileSync(join(profile, 'data', 'User', 'settings.json'), JSON.stringify({ ...settings, ...session.settings }));
    const installed = spawnSync(server.node, [server.entry, ...common, '--install-extension', extension], {
      env: environment,
      encoding: 'utf8',
    });
    if (installed.status !== 0)
      return { passed: [], failed: [`${session.name}: the package does not install: ${installed.stdout}${installed.stderr}`] };
    const bind = ['--auth', 'none', '--bind-addr', `127.0.0.1:${serverPort}`];
    const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
    running.push(spawn(server.node, [server.entry, ...common, ...bind, ...quiet, workspace], { env: environment, stdio: 'ignore' }));
    await answers(`http://127.0.0.1:${serverPort}/healthz`);
    running.push(
      spawn(
        CHROMIUM,
        [...CHROMIUM_ARGUMENTS, `--remote-debugging-port=${debuggingPort}`, `--user-data-dir=${join(profile, 'chromium')}`, 'about:blank'],
        {
          env: environment,
          stdio: 'ignore',
        },
      ),
    );
    await answers(`http://127.0.0.1:${debuggingPort}/json/version`);
    await openWorkbench(serverPort, debuggingPort, workspace, suite);
    return readReport(session.name, report);
  } catch (error) {
    return { passed: [], failed: [`${session.name}: ${error instanceof Error ? error.message : String(error)}`] };
  } finally {
    await Promise.all(running.map(end));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** The workbench's page, with the suite in its extension host; resolves once the suite has ended. */
async function openWorkbench(serverPort, debuggingPort, workspace, suite) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${debuggingPort}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('Chromium has no page');
  await page.setViewportSize({ width: 1440, height: 900 });
  let timer;
  const ended = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the suite did not end in time')), SESSION_LIMIT_MILLISECONDS);
    void page.exposeFunction('codeAutomationExit', (code) => resolve(code));
    void page.exposeFunction('codeAutomationLog', (type, values) => {
      const text = values.filter((value) => typeof value === 'string').join(' ');
      if (text.startsWith(SAID)) console.log(text.slice(SAID.length));
    });
  });
  const remote = (path) => `vscode-remote://127.0.0.1:${serverPort}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(join(here, 'host'))],
    ['extensionTestsPath', remote(suite)],
  ];
  await page.goto(`http://127.0.0.1:${serverPort}/?folder=${workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  try {
    await ended;
  } catch (error) {
    await page.screenshot({ path: join(output, 'stuck.png') });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** What the suite reads (suite/session.ts); TAPE_LENS_WORKBENCH_ONLY runs only the tests whose titles match. */
export function tellSuite(session) {
  writeFileSync(join(output, 'session.json'), JSON.stringify({ ...session, only: process.env.TAPE_LENS_WORKBENCH_ONLY }));
}

/** The examples of the repository, and what only these tests need. */
export function makeWorkspace(folder, { hasNative = false }) {
  cpSync(join(root, 'examples'), folder, { recursive: true });
  cpSync(join(here, 'workspace'), folder, { recursive: true });
  if (hasNative) symlinkSync(join(engineFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function environmentIn(profile) {
  const home = join(profile, 'home');
  mkdirSync(home, { recursive: true });
  const kept = Object.fromEntries(['PATH', 'LANG', 'TMPDIR'].flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...kept,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
}

export function readReport(name, report) {
  if (!existsSync(report)) return { passed: [], failed: [`${name}: the suite ended without a report`] };
  const { tests } = JSON.parse(readFileSync(report, 'utf8'));
  const failed = tests.filter(({ state }) => state !== 'passed').map(({ title, state, error }) => `${name}: ${title}: ${error ?? state}`);
  if (tests.length === 0 && process.env.TAPE_LENS_WORKBENCH_ONLY === undefined) failed.push(`${name}: no test ran`);
  return { passed: tests.filter(({ state }) => state === 'passed').map(({ title }) => title), failed };
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(address, seconds = 60) {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const reached = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (reached) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} does not answer`);
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runWorkbench();
  for (const failure of failed) console.log(failure);
  console.log(`${passed} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
