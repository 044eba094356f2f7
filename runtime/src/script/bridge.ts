// The process around a script's realm: what the realm asks for is done here, and the gradient calls that it tells of go to the session.
import { Console } from 'node:console';
import { builtinModules } from 'node:module';
import { formatWithOptions, inspect } from 'node:util';
import { candidatesOf, withSlashes } from '../host/scripts.ts';
import type { Failure, Snippet } from '../host/protocol.ts';
import type { OutputSink } from '../output.ts';
import type { Session } from '../session.ts';
import { OpError } from '../../../core/shape.ts';
import type { DType } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import type { Values } from '../engine/values.ts';
import { gradients } from '../hessian/trace.ts';
import type { Carried, Completed, Frame, Loaded, Outside, RealmNumbers } from './border.ts';
import { CallFailed, ScriptCall } from './calls.ts';
import type { Clock } from './clock.ts';
import { failureOf, syntaxError, syntaxFailure } from './failures.ts';
import type { Realm } from './realm.ts';
import { copied, NotReplayed, Replay } from './replay.ts';
import { declaredAt, siteAt } from './sites.ts';
import { IMPORT_META, Source, SourceError } from './source.ts';
import { callerOf, framesNow, read, written } from './stack.ts';

const TENSORFLOW = /@tensorflow\/tfjs(?:-core|-layers|-data|-converter|-node(?:-gpu)?|-backend-[\w-]+)?(?=$|[/@?])/;
const PARAMETERS = `exports, require, module, __filename, __dirname, ${IMPORT_META}`;

const STACK_OVERFLOW = /Maximum call stack size exceeded/;

/** What belongs to one run. */
export interface BridgedRun {
  readonly snippet: Snippet;
  readonly sink: OutputSink;
  readonly session: Session;
  readonly realm: Realm;
  readonly clock: Clock;
  /** Whether gradient calls are recorded, for a Hessian. */
  readonly records: boolean;
  readonly onStop: () => void;
}

export class ScriptBridge {
  readonly sources = new Map<string, Source>();
  /** How the program ended, where it did not come to its end. */
  ended: Failure | null = null;
  /** It came to an end by itself: an error, or `process.exit`. */
  private over = false;
  /** What went wrong on our side of the border. */
  error: unknown = null;
  private readonly console: Console;

  constructor(private readonly run: BridgedRun) {
    const stream = { write: (text: unknown) => this.write(String(text)) };
    this.console = new Console({
      stdout: stream as never,
      stderr: stream as never,
      ignoreErrors: false,
      inspectOptions: { customInspect: false },
    });
  }

  get file(): string {
    return withSlashes(this.run.snippet.path);
  }

  /** Nothing of it is run any more. */
  get isOver(): boolean {
    return this.over || this.run.session.stopped || this.error !== null;
  }

  end(failure: Failure): void {
    this.ended ??= failure;
    this.over = true;
  }

  readonly outside: Outside = this.guarded({
    print: (method, values) => {
      const print = (this.console as unknown as Record<string, (...args: unknown[]) => void>)[method];
      try {
        print?.(...listed(values));
      } catch (error) {
        if (STACK_OVERFLOW.test(String(error))) throw error;
        this.write('[what cannot be shown]\n');
      }
    },
    write: (text) => void this.write(String(text)),
    inspect: (value) => inspect(value, { customInspect: false }),
    format: (values) => formatWithOptions({ customInspect: false }, ...listed(values)),
    transcode: (text, from, to) => Buffer.from(String(text), from).toString(to),
    now: () => performance.now(),
    schedule: (timer, milliseconds) => this.run.clock.schedule(Number(timer), Number(milliseconds)),
    cancel: (timer) => this.run.clock.cancel(Number(timer)),
    // One more is the shield that every call from the realm goes through.
    place: (frames) => written(callerOf(framesNow(this.sources), frames + 1)),
    innermost: () => written(framesNow(this.sources).find(({ kind }) => kind === 'program')),
    declared: (place) => {
      const found = read(place, this.sources);
      return found ? declaredAt(found.source, found.place) : '';
    },
    resolve: (specifier, from) => this.resolve(specifier, from),
    load: (file) => this.load(file),
    completed: (call) => this.completed(call),
    differentiate: (frame) => this.differentiate(frame),
    carries: (kernel, elements) => this.run.session.backend.kernels.prefers(kernel, elements),
    carry: (...call) => this.carry(...call),
    ended: (thrown) => {
      if (thrown !== null && !this.run.session.stopped) this.end(failureOf(thrown, this.sources));
    },
    exit: (code) => {
      this.over = true;
      if (code !== 0)
        this.ended ??= { kind: 'snippet', message: `The snippet ended itself: process.exit(${code}).`, ...this.here(), traceback: '' };
    },
  });

  private write(text: string): boolean {
    return this.isOver || this.run.sink.write(text);
  }

  /** Remembers what went wrong here before it ends the program. */
  private guarded(outside: Outside): Outside {
    const guard =
      (f: (...args: unknown[]) => unknown) =>
      (...args: unknown[]): unknown => {
        try {
          return f(...args);
        } catch (error) {
          if (!this.over && !STACK_OVERFLOW.test(String(error))) this.error ??= error;
          throw error;
        }
      };
    return Object.fromEntries(Object.entries(outside).map(([name, f]) => [name, guard(f as never)])) as unknown as Outside;
  }

  private here(): { file?: string; line?: number } {
    const found = read(this.outside.innermost(), this.sources);
    return found ? { file: found.source.file, line: found.place.line } : {};
  }

  // ---------------------------------------------------------------------------------------------- modules

  private textOf(file: string): string | null {
    if (file === this.file) return this.run.snippet.text;
    const { modules = {} } = this.run.snippet;
    return Object.hasOwn(modules, file) ? (modules[file] ?? null) : null;
  }

  private resolve(specifier: string, from: string): string {
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      const found = candidatesOf(specifier, from).find((file) => this.textOf(file) !== null);
      return found ? `file:${found}` : `Cannot find module '${specifier}' imported from ${from}`;
    }
    if (TENSORFLOW.test(specifier)) return 'tensorflow:';
    const name = specifier.replace(/^node:/, '');
    if (specifier.startsWith('node:') || builtinModules.includes(name)) return `builtin:${name}`;
    return `missing:The package ${specifier} is not here: a snippet run by Tape Lens imports TensorFlow.js and the files beside it.`;
  }

  private load(file: string): Loaded {
    const text = this.textOf(file) ?? '';
    if (file.endsWith('.json')) return { body: null, json: text, waits: false, imports: [] };
    const language = file === this.file ? this.run.snippet.language : /\.[mc]?tsx?$/.test(file) ? 'typescript' : 'javascript';
    try {
      const source = new Source(file, text, language);
      this.sources.set(file, source);
      const imports = source.imports.map((specifier) => this.resolve(specifier, file));
      return { ...this.compile(source), json: null, imports };
    } catch (error) {
      this.end(
        error instanceof SourceError
          ? syntaxError(file, error.line, error.message)
          : syntaxFailure(error as { message: string; stack?: string }, file),
      );
      throw error;
    }
  }

  /** One that waits at its top level is an async function. */
  private compile({ code, file }: Source): { readonly body: Loaded['body']; readonly waits: boolean } {
    const compiled = (kind: string): Loaded['body'] =>
      this.run.realm.compile(`(${kind} (${PARAMETERS}) {`, code, '\n})', file) as Loaded['body'];
    try {
      return { body: compiled('function'), waits: false };
    } catch (error) {
      if (!/\bawait\b/.test(code)) throw error;
      return { body: compiled('async function'), waits: true };
    }
  }

  // ---------------------------------------------------------------------------------------------- kernels

  private carry(...[kernel, names, inputs, attributes]: Parameters<Outside['carry']>): Carried | null {
    const values = inputs.map(({ numbers, shape, dtype }) => copied(numbers, shape, dtype as DType));
    const isList = names.every((name, i) => name === String(i));
    const given = isList ? values : Object.fromEntries(names.map((name, i) => [name, values[i] as Values]));
    try {
      const { data, shape, storage } = this.run.session.backend.kernels.run(kernel, given, attributes);
      return { numbers: data, shape, dtype: storage };
    } catch (error) {
      // The engine itself is broken.
      if (error instanceof WebAssembly.RuntimeError) throw error;
      return null;
    }
  }

  // ---------------------------------------------------------------------------------------------- gradient calls

  private completed(told: Completed): 'stop' | 'continue' {
    const found = read(told.place, this.sources);
    if (!found) return 'continue';
    // Another file's lines would be taken for this one's.
    if (found.source.file !== this.file) return 'continue';
    const site = siteAt(found.source, found.place);
    const counted = { method: told.method, position: site.position };
    const call = new ScriptCall(this.run.session, this.sources, this.whole(told), site, this.run.session.count(counted));
    const goesOn = this.run.session.arrive(call);
    if (call.given.thrown) this.run.session.raised(call, call.given.thrown);
    else this.run.session.returned(call, told.returned ? call.given.gradients : []);
    if (goesOn) return 'continue';
    // What it printed goes before the answer.
    this.run.sink.end();
    this.run.onStop();
    return 'stop';
  }

  /** Where TensorFlow.js threw in the middle of a function, the function is run again, with our gradients in it. */
  private whole(told: Completed): Completed {
    const { frame, thrown } = told;
    if (!this.run.records || thrown === null || frame === null || frame.value !== null) return told;
    if (!frame.entries.some(({ kind }) => kind === 'gradients')) return told;
    try {
      return { ...told, frame: frame.again() };
    } catch {
      // It is the program's own error: there is nothing to differentiate.
      this.error = null;
      return told;
    }
  }

  /** What the trace of a call left out, or took as the program has it. */
  notes(call: ScriptCall): string[] {
    const { reads, customs } = call.followed;
    const at = (place: string | null): string => {
      const found = place === null ? null : read(place, this.sources);
      return found ? ` (line ${found.place.line})` : '';
    };
    return [
      ...reads.map(
        ({ method, place }) => `${method}()${at(place)} takes numbers out of TensorFlow.js: what is made of them is a constant.`,
      ),
      ...customs.map(
        ({ name, place }) => `The gradient of your own tf.customGrad${name === '' ? '' : ` ${name}`}${at(place)} is taken as it is.`,
      ),
    ].filter((note, i, all) => all.indexOf(note) === i);
  }

  /** What an error of ours means to the program, and where in it. */
  failureOf(error: unknown): Failure | null {
    const place = error instanceof NotReplayed || error instanceof CallFailed ? error.place : null;
    const found = place === null ? null : read(place, this.sources);
    const where = found ? { file: found.source.file, line: found.place.line } : {};
    if (error instanceof NotReplayed) return { kind: 'unsupported', message: error.message, ...where };
    if (error instanceof OpError) return { kind: 'unsupported', message: `Tape Lens cannot carry this program out: ${error.message}` };
    // Where it was thrown, or, where that is not the program's own, the call.
    if (error instanceof CallFailed) return { ...where, ...failureOf(JSON.stringify(error.thrown), this.sources) };
    return null;
  }

  private differentiate(frame: Frame): readonly RealmNumbers[] {
    const { target, weight, sources } = new Replay(this.run.session, this.sources).frame(frame);
    return gradients(this.run.session.eager, [target], sources, [weight]).map((gradient, i) => {
      const like = gradient ?? sources[i];
      const { data } = valuesOf(like as NonNullable<typeof like>);
      return gradient ? data : new Float32Array(data.length);
    });
  }
}

const listed = (values: readonly unknown[]): unknown[] => Array.from({ length: values.length }, (_, i) => values[i]);
