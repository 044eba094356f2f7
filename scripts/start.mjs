// `npm start [-- FILE[:LINE]]`: sets up whatever is missing and does the main job on one file: its problems, what each gradient
// call gives, and the Hessian, with the page that shows it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import { root } from './sources.mjs';
import { prepare, runTask, SetupError } from './setup.mjs';

const example = join('examples', 'linear_persistent.py');

await runTask(() => {
  const { path, line } = readTarget(process.argv[2]);
  prepare();
  const shown = relative(process.cwd(), path) || path;
  const file = shown.startsWith('..') ? path : shown;
  const page = join('out', `${basename(path, extname(path))}.hessian.html`);
  mkdirSync(join(root, 'out'), { recursive: true });

  const checked = tapeLens('Problems', ['check', file]);
  if (checked > 1) return checked;
  const explained = tapeLens('What TensorFlow will return', ['explain', '--format', 'text', file]);
  if (explained > 1) return explained;
  return tapeLens('The Hessian', ['hessian', `${file}${line}`, '--format', 'html', '--output', page]);
});

/** FILE[:LINE], the file looked for where the user is, then in the project. */
function readTarget(argument) {
  if (argument === undefined) return { path: join(root, example), line: '' };
  const [, name, line = ''] = /^(.*?)(:\d+)?$/.exec(argument) ?? [];
  const path = [process.env.INIT_CWD ?? process.cwd(), root]
    .map((folder) => resolve(folder, name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new SetupError(`There is no file ${name}. Give a Python, JavaScript or TypeScript file: npm start -- FILE[:LINE]`);
  return { path, line };
}

/** Runs the command line under a heading; gives its exit code. */
function tapeLens(heading, args) {
  console.log(`\n${heading}   (tape-lens ${args.join(' ')})\n`);
  const ended = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: root, stdio: 'inherit' });
  return ended.status ?? 2;
}
