// The entry that VS Code's test runs ask for: runs the mocha suite inside the extension host and writes what came of every test.
// The same file runs in code-server (../run.mjs) and in a downloaded VS Code (../electron.mjs).
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { say, session } from './session.ts';
import { closeEyes, openEyes, screenshot } from './eyes.ts';
import { activation } from './activation.ts';
import { engines } from './engines.ts';
import { notebooks } from './notebooks.ts';
import { panel } from './panel.ts';
import { pictures } from './pictures.ts';
import { problems } from './problems.ts';
import { reload, reloadOnce } from './reload.ts';
import { scripts } from './scripts.ts';
import { untrusted } from './untrusted.ts';

const suites: Readonly<Record<string, readonly (() => void)[]>> = {
  trusted: [activation, problems, panel, notebooks, scripts],
  engines: [engines],
  pictures: [pictures],
  reload: [reload],
  untrusted: [untrusted],
};

interface Outcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly milliseconds: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, slow: 10_000, reporter: 'min', ...(session.only && { grep: session.only }) });
  mocha.suite.emit('pre-require', globalThis as never, '', mocha);
  mocha.suite.afterEach('screenshot of a failure', async function () {
    if (this.currentTest?.state === 'failed') await screenshot(`failed-${this.currentTest.fullTitle()}`);
  });
  for (const suite of suites[session.name] ?? []) suite();
  await openEyes();
  if (session.name === 'reload') await reloadOnce();
  const tests: Outcome[] = [];
  try {
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      const record = (test: Mocha.Runnable, state: Outcome['state'], error?: Error): void => {
        const { message = '', stack = '' } = error ?? {};
        tests.push({
          title: test.fullTitle(),
          state,
          milliseconds: test.duration ?? 0,
          ...(error && { error: stack.includes(message) ? stack : `${message}\n${stack}` }),
        });
        say(`${session.name}: ${state === 'passed' ? '✓' : '✗'} ${test.fullTitle()} ${test.duration ?? 0} ms ${error ? message : ''}`);
      };
      runner.on('pass', (test) => record(test, 'passed'));
      runner.on('fail', (test, error: Error) => record(test, 'failed', error));
      runner.on('pending', (test) => record(test, 'pending'));
    });
  } finally {
    await closeEyes();
    writeFileSync(session.report, JSON.stringify({ tests }, null, 2));
  }
  if (tests.some(({ state }) => state !== 'passed')) throw new Error('some tests failed');
}
