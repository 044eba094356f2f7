// The process that runs snippets: starts Python and the engine, shuts itself in, says hello, then answers one request after the other until nobody asks any more.
import { fstatSync, read } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Channel } from './channel.ts';
import { collectYoung } from './collect.ts';
import { Deadline } from './deadline.ts';
import type { ChildConfiguration } from './host/process.ts';
import { bootPython, closePython, type Snapshot } from './python/boot.ts';
import { limitWebAssemblyMemory, webAssemblyShare } from './sandbox/memory.ts';
import { closeBindings, seal } from './sandbox/seal.ts';

const SNAPSHOT = 4;
const readAt = promisify(read);

/**
 * How many bytes of a WebAssembly function run before V8 compiles it again, better: ten times its own. What Python does for one program is mostly over before that pays, and
 * compiling takes processors from it.
 */
const UNHURRIED_BUDGET = 20_000_000;

const began = performance.now();
const configuration = JSON.parse(process.argv[2] ?? '{}') as ChildConfiguration;
const runtimeDir = dirname(fileURLToPath(import.meta.url));
const channel = new Channel();

if (configuration.servesOnce) setFlagsFromString(`--wasm-tiering-budget=${UNHURRIED_BUDGET}`);
limitWebAssemblyMemory(webAssemblyShare(configuration.memoryBytes));
closeBindings();
// Everything else is loaded while Python's parts are read and compiled.
const [{ Service, engines }, { pyodide, from }] = await Promise.all([
  import('./service.ts').then(async ({ Service, startEngines }) => ({
    Service,
    engines: await startEngines(runtimeDir, { native: configuration.nativeEngine }),
  })),
  bootPython(runtimeDir, configuration.hasSnapshot ? readSnapshot() : null),
]);
closePython(pyodide);
const sealing = performance.now();
seal();
channel.send({
  kind: 'hello',
  python: from,
  nativeProblem: engines.nativeProblem,
  milliseconds: { node: began, python: sealing - began, seal: performance.now() - sealing },
});

const service = new Service(channel, runtimeDir, engines, pyodide);
for (let request = channel.receive(); request !== null; request = channel.receive()) {
  await service.serve(request, new Deadline(request.deadlineSeconds));
  channel.send({ kind: 'idle', id: request.id });
  collectYoung();
}
process.exit(0);

/** Read beside everything else that the start does. */
function readSnapshot(): Snapshot {
  const bytes = new Uint8Array(fstatSync(SNAPSHOT).size);
  const fill = async (): Promise<Uint8Array> => {
    for (let filled = 0; filled < bytes.length;) {
      const { bytesRead } = await readAt(SNAPSHOT, bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes;
  };
  return { size: bytes.length, bytes: fill() };
}
