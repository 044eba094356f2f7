// What the process that runs snippets does with a request: runs the program with everyone who is to be told of it, and answers.
import type { PyodideInterface } from 'pyodide';
import type { Channel } from './channel.ts';
import type { Deadline } from './deadline.ts';
import type { Engines } from './engine/choose.ts';
import { Recorder } from './explain.ts';
import { computeHessian } from './hessian/hessian.ts';
import { type Failure, ORPHAN_GRACE_SECONDS, type Progress, type ToChild } from './host/protocol.ts';
import { OutputSink } from './output.ts';
import { CallPicker } from './pick.ts';
import { ranOnTapes, type RanProgram, unsupported } from './program.ts';
import { PythonRunner } from './python/run.ts';
import { Session } from './session.ts';

export { startEngines } from './engine/choose.ts';

/** Estimates that can be cut short are, when this much is left for the checks and the answer. */
const TO_ANSWER_SECONDS = 2;

interface Run {
  readonly sink: OutputSink;
  readonly session: Session;
  readonly deadline: Deadline;
  /** Called where the program has ended, or is ended at the call that was asked for, before it winds up: it may take its time over that, and may be asked for its functions. */
  readonly onStop: (program: RanProgram) => void;
}

interface Answer {
  readonly session: Session;
  readonly picker: CallPicker;
  readonly program: RanProgram;
  readonly fail: (error: Failure) => void;
  readonly began: number;
  readonly deadline: Deadline;
}

export class Service {
  private readonly python: PythonRunner;

  constructor(
    private readonly channel: Channel,
    private readonly runtimeDir: string,
    private readonly engines: Engines,
    pyodide: PyodideInterface,
  ) {
    this.python = new PythonRunner(pyodide);
  }

  async serve(request: ToChild, deadline: Deadline): Promise<void> {
    const { id } = request;
    const sink = new OutputSink({
      text: (text) => this.channel.send({ kind: 'output', id, text }),
      dropped: (bytes) => this.channel.send({ kind: 'dropped', id, bytes }),
    });
    const fail = (error: Failure): void => this.channel.send({ kind: 'failure', id, error, warnings: [] });
    const choice = request.request.engine ?? 'auto';
    const kernels = this.engines.choose(choice);
    if (kernels === null) return fail({ kind: 'engine', message: noEngine(choice) });
    try {
      if (request.kind === 'explain') {
        const recorder = new Recorder();
        const calls = once(() => recorder.calls());
        const session = new Session(kernels, recorder);
        const { ended } = await this.run(request, { sink, session, deadline, onStop: calls });
        this.channel.send({ kind: 'explain', id, calls: calls(), ended, engine: kernels.name, warnings: this.engines.notes });
      } else {
        const picker = new CallPicker(request.request);
        const session = new Session(kernels, picker);
        const answer = once((program: RanProgram) => this.answerHessian(request, { session, picker, program, fail, began, deadline }));
        const began = performance.now();
        const ran = await this.run(request, { sink, session, deadline, onStop: answer });
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

  /** Runs the program. What only scripts need is loaded with the first of them. */
  private async run({ kind, request }: ToChild, { sink, session, deadline, onStop }: Run): Promise<RanProgram> {
    if (request.language === 'python')
      return ranOnTapes(
        session,
        deadline.within(() => this.python.run(request, sink, session, (...ended) => onStop(ranOnTapes(session, ...ended)))),
      );
    const { runScript } = await import('./script/run.ts');
    return runScript({ runtimeDir: this.runtimeDir, snippet: request, sink, session, deadline, records: kind === 'hessian', onStop });
  }

  /** Gives the Hessian at the call that was picked, or says why there is none. */
  private answerHessian(
    { id, request }: Extract<ToChild, { kind: 'hessian' }>,
    { session, picker, program, fail, began, deadline }: Answer,
  ): void {
    const { picked, outcome } = picker;
    const { ended, tensorflow, notes, failureOf } = program;
    if (picked === null) return fail(ended ?? picker.unreached());
    const { kernels } = session.backend;
    const milliseconds = { run: performance.now() - began };
    const told = () => ({ tensorflow: tensorflow(picked, outcome), notes: [...notes(picked), ...endingNote(ended, outcome)] });
    try {
      const computed = computeHessian(session, picked, {
        ...request,
        engine: kernels.name,
        told,
        results: picker.results,
        milliseconds,
        onProgress: paced(began, (progress) => this.channel.send({ kind: 'progress', id, progress })),
        onExpected: (blocks) => this.channel.send({ kind: 'expected', id, blocks }),
        onMatrix: (blocks, fits) => this.channel.send({ kind: 'matrix', id, blocks, fits }),
        onPart: (result, eigenvectors) => this.channel.send({ kind: 'part', id, result, eigenvectors }),
        isLate: () => deadline.milliseconds < 1000 * (ORPHAN_GRACE_SECONDS + TO_ANSWER_SECONDS),
      });
      if (typeof computed === 'string') {
        // A call that is wrong in itself raises when it is asked for: then that is the failure.
        told();
        fail({ kind: 'unreached', message: computed, file: request.path, line: picked.position.line });
      } else this.channel.send({ kind: 'hessian', id, ...computed, warnings: this.engines.notes });
    } catch (error) {
      const failure = failureOf(error);
      if (failure === null) throw error;
      fail(failure);
    }
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

/** Tells of progress at most so often: what is done sooner is not worth a message. */
const PROGRESS_MILLISECONDS = 50;

function paced(began: number, tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = began;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_MILLISECONDS) return;
    last = now;
    tell(progress);
  };
}

/** How the program went on after the call; not what the call itself raised. */
function endingNote(ended: Failure | null, outcome: CallPicker['outcome']): string[] {
  if (ended === null || (outcome?.outcome === 'raises' && outcome.reason?.endsWith(ended.message) === true)) return [];
  return [`After this call the program ended with ${ended.type ?? 'an error'}: ${ended.message}`];
}

const noEngine = (choice: string): string => `The ${choice} engine does not start here. Choose the engine \`auto\`.`;
