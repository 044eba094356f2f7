// `npm test`: sets up whatever is missing, runs every suite, and ends with one line, `N passed, N failed`.
// `npm test -- test/cli` runs a part. A skipped or unfinished test counts as failed: nothing passes without having run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepareEngine } from './engine.mjs';
import { filesUnder, root } from './sources.mjs';
import { prepare, requireCommands, runTask } from './setup.mjs';

/** What a folder of tests needs from the machine beyond Node. */
const needs = {
  'test/webview': ['chromium'],
  'test/workbench': ['chromium', 'g++', 'make', 'python3', 'pip3'],
  'test/engines': ['g++', 'make', 'python3', 'pip3'],
};

/** Tests that do not run under vitest. */
const WORKBENCH = 'test/workbench';

/** Tests that need tfjs-node, and those that run on it a second time. */
const NATIVE = 'test/engines';
const RUN_ON_NATIVE = [NATIVE, 'test/runtime', 'test/hessian', 'test/security', 'test/ops/engine.test.ts'];

/** One entry for each suite: whether it holds something of what was chosen, and `run`, which gives what came of every test. */
const suites = [
  {
    name: 'vitest',
    isChosen: (path) => ![WORKBENCH, NATIVE].some((other) => path.startsWith(other)),
    run: (chosen) => runVitest(['--exclude', `${NATIVE}/**`, ...chosen]),
  },
  { name: 'on tfjs-node', isChosen: (path) => path.startsWith(NATIVE) || NATIVE.startsWith(path), run: runOnNative },
  { name: 'workbench', isChosen: (path) => path.startsWith(WORKBENCH) || WORKBENCH.startsWith(path), run: runInWorkbench },
];

await runTask(async () => {
  const chosen = process.argv.slice(2).map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''));
  prepare();
  for (const [folder, commands] of Object.entries(needs)) {
    const isChosen = chosen.length === 0 || chosen.some((path) => path.startsWith(folder) || folder.startsWith(path));
    if (isChosen && filesUnder(join(root, folder)).length > 0) requireCommands(commands, folder);
  }
  let passed = 0;
  let failed = 0;
  for (const suite of suites) {
    if (chosen.length > 0 && !chosen.some((path) => suite.isChosen(path))) continue;
    const outcome = await suite.run(chosen);
    passed += outcome.passed;
    failed += outcome.failed.length;
    for (const failure of outcome.failed) console.log(`${suite.name}: ${failure}`);
  }
  if (passed + failed === 0) console.log(`No test ran${chosen.length > 0 ? ` for ${chosen.join(' ')}` : ''}.`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

/** Loaded late: on a fresh checkout its packages are not there before `prepare`. */
async function runInWorkbench() {
  const { runWorkbench } = await import('../test/workbench/run.mjs');
  return runWorkbench();
}

function runOnNative(chosen) {
  prepareEngine();
  return runVitest(chosen.length > 0 ? chosen : RUN_ON_NATIVE, { TAPE_LENS_TEST_ENGINE: 'node' });
}

/** `chosen`: files and folders, and options of vitest's. */
function runVitest(chosen, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tape-lens-test-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [vitest, 'run', '--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...chosen];
    const ended = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
    if (!existsSync(report))
      return { passed: 0, failed: [`ended without a report (${ended.error?.message ?? ended.signal ?? `exit ${ended.status}`})`] };
    return readReport(JSON.parse(readFileSync(report, 'utf8')), ended.status);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Counts the tests of a vitest report; a file that could not be loaded, and an error outside any test, count as one failure each. */
function readReport(report, status) {
  let passed = 0;
  const failed = [];
  for (const file of report.testResults) {
    const name = relative(root, file.name);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failed.push(`${test.status}: ${name}: ${test.fullName}`);
    }
    const fails = file.assertionResults.some((test) => test.status !== 'passed');
    if (file.assertionResults.length === 0) failed.push(`no test ran: ${name}: ${file.message || 'the file holds none'}`);
    else if (file.status === 'failed' && !fails) failed.push(`failed outside its tests: ${name}: ${file.message}`);
  }
  if (status !== 0 && failed.length === 0 && passed > 0) failed.push('an error outside any test (see above)');
  return { passed, failed };
}
