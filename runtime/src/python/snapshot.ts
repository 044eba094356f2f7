// Makes the memory snapshot that Python starts from: `node snapshot.mjs OUTPUT`. Run by the build, and once by the host where the shipped one does not load.
import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeMemorySnapshot } from './packages.ts';

const output = process.argv[2];
if (output === undefined) {
  process.stderr.write('usage: snapshot.mjs OUTPUT\n');
  process.exit(2);
}
try {
  const unfinished = `${output}.${process.pid}`;
  writeFileSync(unfinished, await makeMemorySnapshot(dirname(fileURLToPath(import.meta.url))));
  // Put in place from here: who asked for it may have ended long ago.
  renameSync(unfinished, output);
} catch (error) {
  process.stderr.write(`no memory snapshot of Python: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
