// `npm run engine:tfjs-node`: puts tfjs-node into .engines/tfjs-node, where the command line, the tests and an extension run from here find it.
//   npm run engine:tfjs-node [-- --again]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, runTask, SetupError } from './setup.mjs';
import { root } from './sources.mjs';

export const engineFolder = join(root, '.engines', 'tfjs-node');

/** Installs it unless it is there. Takes half a minute to two minutes, most of it downloads. */
export function prepareEngine({ again = false } = {}) {
  if (!again && existsSync(join(engineFolder, 'engine.json'))) return;
  console.log('Getting tfjs-node into .engines/tfjs-node (once, a minute or two) …');
  const ended = spawnSync(process.execPath, [join(root, 'dist', 'install-engine.mjs'), engineFolder], { stdio: 'inherit' });
  if (ended.status !== 0) throw new SetupError('tfjs-node could not be installed (see above).');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runTask(() => {
    prepare();
    prepareEngine({ again: process.argv.includes('--again') });
    console.log('tfjs-node is in .engines/tfjs-node.');
    return 0;
  });
}
