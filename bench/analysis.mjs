// How long the analysis of a long script takes: parsing, facts and problems of 500 lines of recorded programs, warm, a line put in at another place each time.
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LINES = 500;

/** Programs that end normally, one after the other. */
function longScript(root) {
  const folder = path.join(root, 'test/oracle/programs');
  let text = '';
  for (const name of fs.readdirSync(folder).sort()) {
    const program = fs.readFileSync(path.join(folder, name, 'snippet.py'), 'utf8');
    if (JSON.parse(fs.readFileSync(path.join(folder, name, 'oracle.json'), 'utf8')).exception) continue;
    text += program;
    if (text.split('\n').length > LINES) return text;
  }
  return text;
}

/** Milliseconds of each round, in a process that is started as the language server is. The bundle lies beside the built command line, where the grammars are found. */
export async function analysisTimes(root, rounds) {
  const bundle = path.join(root, 'dist', 'bench-analysis.mjs');
  await build({
    stdin: {
      contents: `export { serverArguments } from './client/src/server-arguments.ts';
        export { practice } from './server/src/lsp/practice.ts';
        export { createReader } from './server/src/subjects.ts';
        export { problems } from './server/src/rules/problems.ts';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    logLevel: 'error',
  });
  try {
    const { serverArguments } = await import(pathToFileURL(bundle).href);
    const script = longScript(root);
    const child = fork(fileURLToPath(import.meta.url), [bundle, String(rounds)], { execArgv: serverArguments });
    child.send(script);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the process that analyses ended with ${code}`);
    });
    const [times] = await Promise.race([once(child, 'message'), ended]);
    return { lines: script.split('\n').length - 1, times };
  } finally {
    fs.rmSync(bundle);
  }
}

/** The rounds after the server's own practice and forty that nobody times. */
async function measure(bundle, rounds, script) {
  const { createReader, practice, problems } = await import(pathToFileURL(bundle).href);
  const read = await createReader();
  for (const step of practice((program) => problems(read({ path: 'practice', ...program })))) void step;
  const lines = script.split('\n');
  const times = [];
  for (let i = 0; i < rounds + 40; i++) {
    const text = lines.toSpliced((i * 37) % lines.length, 0, `# ${i}`).join('\n');
    const began = performance.now();
    problems(read({ path: 'long.py', text, language: 'python' }));
    if (i >= 40) times.push(performance.now() - began);
  }
  return times;
}

const [, self, bundle, rounds] = process.argv;
if (self === fileURLToPath(import.meta.url) && process.send) {
  const [script] = await once(process, 'message');
  process.send(await measure(bundle, Number(rounds), script));
  process.disconnect();
}
