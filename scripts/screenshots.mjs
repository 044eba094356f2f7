// `npm run screenshots`: takes the README's pictures anew, in a real workbench, into images/.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, requireCommands, runTask } from './setup.mjs';
import { root } from './sources.mjs';

const NAMES = ['problems', 'quick-fix', 'panel'];

await runTask(async () => {
  prepare();
  requireCommands(['chromium', 'g++', 'make', 'python3'], 'The workbench');
  const { output, picturesSession, runWorkbench } = await import('../test/workbench/run.mjs');
  const { failed } = await runWorkbench([picturesSession]);
  for (const failure of failed) console.error(failure);
  if (failed.length > 0) return 1;
  for (const name of NAMES) copyFileSync(join(output, `${name}.png`), join(root, 'images', `${name}.png`));
  console.log(`Took ${NAMES.map((name) => `images/${name}.png`).join(', ')}.`);
  return 0;
});
