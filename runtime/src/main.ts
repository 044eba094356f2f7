// The process that runs snippets: starts Python and the engine, shuts itself in, says hello, then answers one request after the other until nobody asks any more.
import { fstatSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Channel } from './channel.ts';
import { Deadline } from './deadline.ts';
import type { ChildConfiguration } from './host/process.ts';
import { type EngineChoice, type Failure, ORPHAN_GRACE_SECONDS, type ToChild } from './host/protocol.ts';
import { startEngines } from './engine/choose.ts';
import type { Kernels } from './engine/tfjs.ts';
import { Recorder } from './explain.ts';
import { OutputSink } from './output.ts';
import { computeHessian } from './hessian/hessian.ts';
import { ranOnTapes, type RanProgram, unsupported } from './program.ts';
import { CallPicker } from './pick.ts';
import { Practice } from './practice.ts';
import { bootPython, closePython } from './python/boot.ts';
import { runPython } from './python/run.ts';
import { Session } from './session.ts';
import { limitWebAssemblyMemory, webAssemblyShare } from './sandbox/memory.ts';
import { closeBindings, seal } from './sandbox/seal.ts';

const SNAPSHOT = 4;
/** Estimates that can be cut short are, when this much is left for the checks and the answer. */
const TO_ANSWER_SECONDS = 2;

const began = performance.now();
const configuration = JSON.parse(process.argv[2] ?? '{}') as ChildConfiguration;
const runtimeDir = dirname(fileURLToPath(import.meta.url));
const channel = new Channel();

limitWebAssemblyMemory(webAssemblyShare(configuration.memoryBytes));
closeBindings();
const [engines, { pyodide, from }] = await Promise.all([
  startEngines(runtimeDir, { native: configuration.nativeEngine }),
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

const practice = new Practice((snippet, picker, sink) => {
  const session = new Session(kernelsOf('auto'), picker);
  runPython(pyodide, snippet, sink, session);
  return session;
}, kernelsOf('auto').name);

for (let request = channel.receive(); request !== null; request = channel.receive()) {
  await serve(request, new Deadline(request.deadlineSeconds));
  channel.send({ kind: 'idle', id: request.id });
}
process.exit(0);

async function serve(request: ToChild, deadline: Deadline): Promise<void> {
  const { id } = request;
  if (request.kind === 'practise') return channel.send({ kind: 'practised', id, more: practice.next() });
  const sink = new OutputSink({
    text: (text) => channel.send({ kind: 'output', id, text }),
    dropped: (bytes) => channel.send({ kind: 'dropped', id, bytes }),
  });
  const fail = (error: Failure): void => channel.send({ kind: 'failure', id, error, warnings: [] });
  const choice = request.request.engine ?? 'auto';
  const kernels = engines.choose(choice);
  if (kernels === null) return fail({ kind: 'engine', message: noEngine(choice) });
  try {
    if (request.kind === 'explain') {
      const recorder = new Recorder();
      const calls = once(() => recorder.calls());
      const session = new Session(kernels, recorder);
      const { ended } = await run(request, { sink, session, deadline, onStop: calls });
      channel.send({ kind: 'explain', id, calls: calls(), ended, engine: kernels.name, warnings: engines.notes });
    } else {
      const picker = new CallPicker(request.request);
      const session = new Session(kernels, picker);
      const answer = once((program: RanProgram) => answerHessian(request, { session, picker, program, fail, began, deadline }));
      const began = performance.now();
      const ran = await run(request, { sink, session, deadline, onStop: answer });
      deadline.within(() => answer(ran));
    }
  } catch (error) {
    sink.end();
    const failure = unsupported(error);
    if (failure) return fail(failure);
    // Python itself has come to an end (`os.abort()`, `os._exit()`, a fault), or we have: this process is of no more use.
    const what = request.request.language === 'python' ? 'Python' : 'The process that runs snippets';
    fail({
      kind: 'crashed',
      message: `${what} ended in the middle of the snippet: ${error instanceof Error ? error.message : String(error)}`,
    });
    process.exit(0);
  }
}

type Ask = Exclude<ToChild, { kind: 'practise' }>;

interface Run {
  readonly sink: OutputSink;
  readonly session: Session;
  readonly deadline: Deadline;
  /** Called where the program has ended, or is ended at the call that was asked for, before it winds up: it may take its time over that, and may be asked for its functions. */
  readonly onStop: (program: RanProgram) => void;
}

/** Runs the program. What only scripts need is loaded with the first of them. */
async function run({ kind, request }: Ask, { sink, session, deadline, onStop }: Run): Promise<RanProgram> {
  if (request.language === 'python')
    return ranOnTapes(
      session,
      deadline.within(() => runPython(pyodide, request, sink, session, (...ended) => onStop(ranOnTapes(session, ...ended)))),
    );
  const { runScript } = await import('./script/run.ts');
  return runScript({ runtimeDir, snippet: request, sink, session, deadline, records: kind === 'hessian', onStop });
}

interface Answer {
  readonly session: Session;
  readonly picker: CallPicker;
  readonly program: RanProgram;
  readonly fail: (error: Failure) => void;
  readonly began: number;
  readonly deadline: Deadline;
}

/** Gives the Hessian at the call that was picked, or says why there is none. */
function answerHessian(
  { id, request }: Extract<Ask, { kind: 'hessian' }>,
  { session, picker, program, fail, began, deadline }: Answer,
): void {
  const { picked, outcome } = picker;
  const { ended, tensorflow, notes, failureOf } = program;
  if (picked === null) return fail(ended ?? picker.unreached());
  const { kernels } = session.backend;
  const milliseconds = { run: performance.now() - began };
  try {
    const computed = computeHessian(session, picked, {
      ...request,
      engine: kernels.name,
      tensorflow: tensorflow(picked, outcome),
      results: picker.results,
      notes: [...notes(picked), ...endingNote(ended, outcome)],
      milliseconds,
      onProgress: (progress) => channel.send({ kind: 'progress', id, progress }),
      onPart: (result, eigenvectors) => channel.send({ kind: 'part', id, result, eigenvectors }),
      isLate: () => deadline.milliseconds < 1000 * (ORPHAN_GRACE_SECONDS + TO_ANSWER_SECONDS),
    });
    if (typeof computed === 'string') fail({ kind: 'unreached', message: computed, file: request.path, line: picked.position.line });
    else channel.send({ kind: 'hessian', id, ...computed, warnings: engines.notes });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    fail(failure);
  }
}

/** Does something the first time it is asked, and gives what came of it from then on. */
function once<A extends unknown[], T>(body: (...values: A) => T): (...values: A) => T {
  const made: T[] = [];
  return (...values) => {
    if (made.length === 0) made.push(body(...values));
    return made[0] as T;
  };
}

/** How the program went on after the call; not what the call itself raised. */
function endingNote(ended: Failure | null, outcome: CallPicker['outcome']): string[] {
  if (ended === null || (outcome?.outcome === 'raises' && outcome.reason?.endsWith(ended.message) === true)) return [];
  return [`After this call the program ended with ${ended.type ?? 'an error'}: ${ended.message}`];
}

function kernelsOf(choice: EngineChoice): Kernels {
  const kernels = engines.choose(choice);
  if (kernels === null) throw new Error(`the ${choice} engine does not start`);
  return kernels;
}

const noEngine = (choice: string): string => `The ${choice} engine does not start here. Choose the engine \`auto\`.`;

function readSnapshot(): Uint8Array {
  const bytes = new Uint8Array(fstatSync(SNAPSHOT).size);
  for (let filled = 0; filled < bytes.length;) {
    const read = readSync(SNAPSHOT, bytes, filled, bytes.length - filled, filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes;
}
