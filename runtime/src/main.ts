// The process that runs snippets: starts Python and the engine, shuts itself in, says hello, then answers one request after the other until nobody asks any more.
import { fstatSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { Channel } from './channel.ts';
import type { ChildConfiguration } from './host/process.ts';
import type { Failure, ToChild } from './host/protocol.ts';
import { startEngines } from './engine/choose.ts';
import { Recorder } from './explain.ts';
import { OutputSink } from './output.ts';
import { UnsupportedOp } from './engine/backend.ts';
import { computeHessian } from './hessian/hessian.ts';
import { predictedOutcome } from './hessian/outcome.ts';
import { NoDerivative } from './hessian/trace.ts';
import { Bridge } from './python/bridge.ts';
import { CallPicker } from './pick.ts';
import { bootPython, closePython } from './python/boot.ts';
import { runPython } from './python/run.ts';
import { Session } from './session.ts';
import { limitWebAssemblyMemory, webAssemblyShare } from './sandbox/memory.ts';
import { closeBindings, seal } from './sandbox/seal.ts';

const SNAPSHOT = 4;

const began = performance.now();
const configuration = JSON.parse(process.argv[2] ?? '{}') as ChildConfiguration;
const runtimeDir = dirname(fileURLToPath(import.meta.url));
const channel = new Channel();

limitWebAssemblyMemory(webAssemblyShare(configuration.memoryBytes));
closeBindings();
const [engines, { pyodide, from }] = await Promise.all([
  startEngines(runtimeDir),
  bootPython(runtimeDir, configuration.hasSnapshot ? readSnapshot() : null),
]);
closePython(pyodide);
const sealing = performance.now();
seal();
channel.send({
  kind: 'hello',
  python: from,
  milliseconds: { node: began, python: sealing - began, seal: performance.now() - sealing },
});

for (let request = channel.receive(); request !== null; request = channel.receive()) {
  await answerWithin(request);
  channel.send({ kind: 'idle', id: request.id });
}
process.exit(0);

/** The parent ends whoever is late. Should there be no parent any more, this ends the process all the same. */
async function answerWithin(request: ToChild): Promise<void> {
  let answer: Promise<void> = Promise.resolve();
  Object.defineProperty(globalThis, '__answer', { value: () => (answer = serve(request)), configurable: true });
  try {
    runInThisContext('globalThis.__answer()', { timeout: Math.ceil(request.deadlineSeconds * 1000) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') process.abort();
    throw error;
  }
  await answer;
}

async function serve(request: ToChild): Promise<void> {
  const { id } = request;
  const sink = new OutputSink({
    text: (text) => channel.send({ kind: 'output', id, text }),
    dropped: (bytes) => channel.send({ kind: 'dropped', id, bytes }),
  });
  const fail = (error: Failure): void => channel.send({ kind: 'failure', id, error, warnings: [] });
  try {
    const choice = request.request.engine ?? 'auto';
    const kernels = engines.choose(choice);
    if (kernels === null) return fail({ kind: 'engine', message: noEngine(choice) });
    if (request.kind === 'explain') {
      const recorder = new Recorder();
      const ended = runPython(pyodide, request.request, sink, new Bridge(new Session(kernels, recorder)));
      channel.send({ kind: 'explain', id, calls: recorder.calls(), ended, engine: kernels.name, warnings: engines.notes });
    } else {
      const picker = new CallPicker(request.request);
      const session = new Session(kernels, picker);
      const began = performance.now();
      const ended = runPython(pyodide, request.request, sink, new Bridge(session));
      const { picked } = picker;
      if (picked === null) return fail(ended ?? picker.unreached());
      const computed = computeHessian(session, picked, {
        wrt: request.request.wrt,
        engine: kernels.name,
        tensorflow: picker.outcome ?? predictedOutcome(session, picked),
        notes: ended ? [`After this call the program ended with ${ended.type ?? 'an error'}: ${ended.message}`] : [],
        milliseconds: { run: performance.now() - began },
        onProgress: (progress) => channel.send({ kind: 'progress', id, progress }),
      });
      if (typeof computed === 'string')
        return fail({ kind: 'unreached', message: computed, file: request.request.path, line: picked.position.line });
      channel.send({ kind: 'hessian', id, result: computed.result, blocks: computed.blocks, warnings: engines.notes });
    }
  } catch (error) {
    sink.end();
    if (error instanceof NoDerivative || error instanceof UnsupportedOp) return fail({ kind: 'unsupported', message: error.message });
    // Python itself has come to an end (`os.abort()`, `os._exit()`, a fault): this process is of no more use.
    fail({
      kind: 'crashed',
      message: `Python ended in the middle of the snippet: ${error instanceof Error ? error.message : String(error)}`,
    });
    process.exit(0);
  }
}

const noEngine = (choice: string): string =>
  choice === 'node'
    ? 'tfjs-node is not in this workspace. Install it with `npm install @tensorflow/tfjs-node`, or choose the engine `auto`.'
    : `The ${choice} engine does not start here. Choose the engine \`auto\`.`;

function readSnapshot(): Uint8Array {
  const bytes = new Uint8Array(fstatSync(SNAPSHOT).size);
  for (let filled = 0; filled < bytes.length;) {
    const read = readSync(SNAPSHOT, bytes, filled, bytes.length - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes;
}
