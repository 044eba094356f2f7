// Runs one Python snippet to its end, and says how that was.
import type { PyodideInterface } from 'pyodide';
import { OpError } from '../../../core/shape.ts';
import type { Failure, FailureKind, Snippet } from '../host/protocol.ts';
import type { OutputSink } from '../output.ts';
import type { Session } from '../session.ts';
import { Bridge } from './bridge.ts';
import { tracedBorder } from './graphs.ts';

type RunProgram = (
  text: string,
  path: string,
  modules: string,
  write: (text: string) => boolean,
  drop: (count: number) => void,
  border: unknown,
  ended: (ending: string, describe: () => string) => void,
) => string;

interface Description {
  readonly kind: FailureKind;
  readonly type: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly traceback: string;
}

/** Python, ready to run one program after the other. */
export class PythonRunner {
  private readonly program: RunProgram;
  private sink: OutputSink | null = null;

  constructor(pyodide: PyodideInterface) {
    // Text that does not come by way of sys.stdout (os.write, faulthandler).
    const raw = { write: (bytes: Uint8Array) => (this.sink?.write(new TextDecoder().decode(bytes)), bytes.length) };
    pyodide.setStdout(raw);
    pyodide.setStderr(raw);
    this.program = (pyodide.pyimport('_tape_lens.program') as { readonly run: RunProgram }).run;
  }

  /** Null when the program came to its end, or was stopped where it was to be. `onEnd` is told the same while everything of the program is still there, and what an error of its functions means. */
  run(
    snippet: Snippet,
    sink: OutputSink,
    session: Session,
    onEnd: (ended: Failure | null, failureOf: (error: unknown) => Failure | null) => void = () => {},
  ): Failure | null {
    this.sink = sink;
    session.files = [snippet.path, ...Object.keys(snippet.modules ?? {})];
    // What `onEnd` raises is not Python's.
    const problems: unknown[] = [];
    const end = (ending: string, describe: () => string): void => {
      session.stopped = false;
      sink.flush();
      try {
        onEnd(parsed(ending), (error) => (error instanceof OpError && error.type === 'PythonError' ? parsed(describe()) : null));
      } catch (error) {
        problems.push(error);
      }
    };
    try {
      const ending = this.program(
        snippet.text,
        snippet.path,
        JSON.stringify(snippet.modules ?? {}),
        (text) => sink.write(text),
        (count) => sink.drop(count),
        tracedBorder(new Bridge(session), session),
        end,
      );
      const [problem] = problems;
      if (problem !== undefined) throw problem;
      return parsed(ending);
    } finally {
      sink.end();
    }
  }
}

function parsed(json: string): Failure | null {
  const description = JSON.parse(json) as Description | null;
  if (description === null) return null;
  const { kind, type, message, file, line, traceback } = description;
  return { kind, type, message, traceback, ...(file !== null && { file }), ...(line !== null && { line }) };
}
