// A process of its own that gets tfjs-node: `node install-engine.mjs FOLDER`. What it does stands on stdout, a line beginning with `step: ` for each
// thing it begins; ends with code 0, or with 1 and the reason on the last line, `failed: …`. Ending it (and its group) leaves no engine behind.
import { installEngine, InstallError } from './install.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stdout.write('failed: name the folder that tfjs-node is to be installed into\n');
  process.exit(1);
}
try {
  const { version, from } = await installEngine(folder, {
    step: (text) => process.stdout.write(`step: ${text}\n`),
    log: (text) => process.stdout.write(text),
  });
  const how = from === 'npm' ? 'with its own library' : 'built against the library of TensorFlow for Python';
  process.stdout.write(`done: tfjs-node ${version}, ${how}\n`);
} catch (error) {
  const message = error instanceof InstallError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stdout.write(`failed: ${message}\n`);
  process.exitCode = 1;
}
