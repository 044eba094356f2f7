// `npm run test:electron`: the same suite in a downloaded VS Code, where it can be downloaded. Elsewhere `npm test` runs it in code-server.
//   npm run test:electron [-- VERSION]     1.100.3 without one; `stable` or `insiders` for the newest
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareEngine } from '../../scripts/engine.mjs';
import { prepare, runTask, SetupError } from '../../scripts/setup.mjs';
import { root } from '../../scripts/sources.mjs';
import { bundleSuite, freePort, here, makeWorkspace, output, readReport, sessions, settings, tellSuite } from './run.mjs';

await runTask(async () => {
  prepare();
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } = await import('@vscode/test-electron');
  const { makePackage } = await import('../../scripts/package.mjs');
  const code = await downloadAndUnzipVSCode({ version: process.argv[2] ?? '1.100.3', cachePath: join(root, '.cache', 'vscode') }).catch(
    (error) => {
      throw new SetupError(`VS Code cannot be downloaded here (${error.message}). \`npm test\` runs the same suite in code-server.`);
    },
  );
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const extension = join(output, 'tape-lens.vsix');
  await makePackage(extension);
  const suite = await bundleSuite();
  prepareEngine();
  let passed = 0;
  const failed = [];
  for (const session of sessions) {
    const profile = mkdtempSync(join(tmpdir(), 'tape-lens-electron-'));
    const data = join(profile, 'data');
    const extensions = join(profile, 'extensions');
    mkdirSync(join(data, 'User'), { recursive: true });
    writeFileSync(join(data, 'User', 'settings.json'), JSON.stringify({ ...settings, ...session.settings }));
    const [cli, ...cliArguments] = resolveCliArgsFromVSCodeExecutablePath(code, { reuseMachineInstall: true });
    const folders = ['--user-data-dir', data, '--extensions-dir', extensions];
    const installed = spawnSync(cli, [...cliArguments, ...folders, '--install-extension', extension], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (installed.status !== 0) {
      failed.push(`${session.name}: the package does not install: ${installed.stdout}${installed.stderr}`);
      continue;
    }
    const workspace = makeWorkspace(join(profile, 'workspace'), session);
    const port = await freePort();
    const report = join(output, `${session.name}.json`);
    tellSuite({ name: session.name, browser: `http://127.0.0.1:${port}`, workspace, output, report });
    const launchArgs = [workspace, ...folders, `--remote-debugging-port=${port}`, '--disable-gpu'];
    try {
      if (session.name === 'untrusted') await launch(code, suite, launchArgs);
      else
        await runTests({ vscodeExecutablePath: code, extensionDevelopmentPath: join(here, 'host'), extensionTestsPath: suite, launchArgs });
    } catch (error) {
      console.error(`${session.name}: ${error.message}`);
    }
    const outcome = readReport(session.name, report);
    passed += outcome.passed.length;
    failed.push(...outcome.failed);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  for (const failure of failed) console.log(failure);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
});

/** As `runTests` does, but with workspace trust, which it always turns off. */
function launch(code, suite, launchArgs) {
  const trial = [`--extensionDevelopmentPath=${join(here, 'host')}`, `--extensionTestsPath=${suite}`];
  const quiet = ['--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'];
  return new Promise((resolve, reject) => {
    const child = spawn(code, [...launchArgs, ...quiet, ...trial], { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`VS Code ended with exit code ${status}`))));
  });
}
