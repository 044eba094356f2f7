// The parent's side of the runtime: keeps one warm process, puts requests to it one after the other, holds their limits, and turns every way it can end into an answer.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeEnding, failureOf } from './endings.ts';
import { findEngines, nameOf, planEngine, type Plan } from './engines.ts';
import { flagLists } from './flags.ts';
import { modulesBeside } from './modules.ts';
import { NO_NUMBERS, Numbers } from './numbers.ts';
import { filesBeside } from './scripts.ts';
import { Practice } from './practice.ts';
import { yieldToMainThread } from './priority.ts';
import { RuntimeProcess, type Ending } from './process.ts';
import {
  DEFAULT_LIMITS,
  type ExplainRunReply,
  type ExplainRunRequest,
  type EngineChoice,
  type Failure,
  type FromChild,
  type HessianAnswer,
  type HessianControl,
  type HessianNumbers,
  type HessianReply,
  type HessianRequest,
  type Host,
  type HessianResult,
  type HostOptions,
  type Limits,
  type NativeEngine,
  ORPHAN_GRACE_SECONDS,
  type RunControl,
  type SnippetOutput,
} from './protocol.ts';
import { Room } from './room.ts';
import { makeSnapshot, openSnapshot } from './snapshots.ts';

const START_LIMIT_SECONDS = 60;
/** How long a snippet may take to wind up once its answer is there. */
const WIND_UP_SECONDS = 2;
const NODE_BAD_OPTION = 9;
/** After an answer the process practises only if nothing more is asked for this long. */
const PRACTICE_PAUSE_MILLISECONDS = 1500;

type Answer = Extract<FromChild, { kind: 'hessian' | 'explain' }>;
type Part = Extract<FromChild, { kind: 'part' }>;
/** What the host says of every result: why this engine, and what its sandbox leaves open. */
type Circumstances = Pick<HessianResult, 'engineReason' | 'weakness'>;
type Answered = { readonly answer: Answer; readonly numbers: HessianNumbers; readonly output: SnippetOutput } & Circumstances;
type Failed = { readonly error: Failure; readonly output: SnippetOutput; readonly warnings: readonly string[] };
type Outcome = Answered | Failed;
type Ask =
  { readonly kind: 'hessian'; readonly request: HessianRequest } | { readonly kind: 'explain'; readonly request: ExplainRunRequest };

/** What a request may run on, once its engine is settled. */
type Ready = Exclude<Plan, { kind: 'none' }>;

/** A process with what it was started for. */
interface Started {
  readonly process: RuntimeProcess;
  /** The folder of the tfjs-node that it has loaded; null for the embedded engine. */
  readonly native: string | null;
  readonly weakness: string | null;
}

/** Which list of flags each node took, so that it is probed once. */
const flagsTaken = new Map<string, number>();

export function createHost(options: HostOptions): Host {
  return new SnippetHost(options);
}

class SnippetHost implements Host {
  private readonly limits: Limits;
  private readonly nodePath: string;
  private starting: Promise<Started> | null = null;
  private current: RuntimeProcess | null = null;
  private started: Started | null = null;
  /** Engines that did not start or were not allowed, by folder, and why. */
  private readonly refused = new Map<string, string>();
  private readonly allowed = new Set<string>();
  private queue: Promise<unknown> = Promise.resolve();
  private nextId = 1;
  private closed = false;
  private idle: NodeJS.Timeout | null = null;
  private snapshotTried = false;
  /** How many requests are not answered yet. */
  private waiting = 0;
  /** How far each process has practised. */
  private readonly practices = new WeakMap<RuntimeProcess, Practice>();
  private practice: NodeJS.Timeout | null = null;

  constructor(private readonly options: HostOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.nodePath = options.nodePath ?? process.execPath;
  }

  async hessian(request: HessianRequest, control: HessianControl = {}): Promise<HessianReply> {
    const outcome = await this.enqueue({ kind: 'hessian', request }, control);
    if ('error' in outcome) return { ok: false, ...outcome };
    const { answer, output } = outcome;
    return answer.kind === 'hessian' ? answerOf(answer, outcome) : { ok: false, error: wrongAnswer, output, warnings: [] };
  }

  async explain(request: ExplainRunRequest, control: RunControl = {}): Promise<ExplainRunReply> {
    const outcome = await this.enqueue({ kind: 'explain', request }, control);
    if ('error' in outcome) return { ok: false, ...outcome };
    const { answer, output, engineReason } = outcome;
    if (answer.kind !== 'explain') return { ok: false, error: wrongAnswer, output, warnings: [] };
    return { ok: true, calls: answer.calls, ended: answer.ended, engine: answer.engine, engineReason, output, warnings: answer.warnings };
  }

  async warm(): Promise<void> {
    const plan = await this.plan(this.options.defaultEngine ?? 'auto');
    if (plan.kind === 'none') return;
    const { process } = await this.process(plan);
    process.hold(true);
    await this.practise(process);
    if (process.alive) this.rest(process);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.idle) clearTimeout(this.idle);
    if (this.practice) clearTimeout(this.practice);
    const process = this.current ?? (await this.starting?.catch(() => null))?.process ?? null;
    // Held, so that whoever waits for this is still there when it has ended.
    process?.hold(true);
    process?.kill('closed');
    await process?.ended;
  }

  private enqueue(ask: Ask, control: HessianControl): Promise<Outcome> {
    this.waiting++;
    const outcome = this.queue.then(() => this.answer(ask, control)).finally(() => this.waiting--);
    this.queue = outcome.catch(() => {});
    return outcome;
  }

  /** Programs of our own, one after the other while nobody waits, until the process has had enough. */
  private async practise(process: RuntimeProcess): Promise<void> {
    const practice = this.practices.get(process) ?? new Practice();
    this.practices.set(process, practice);
    // On the engine that the process has: another one would be another process.
    const engine: EngineChoice = (this.started?.native ?? null) === null ? 'wasm' : 'node';
    const ask = (request: HessianRequest): Promise<HessianReply> => this.hessian({ ...request, engine });
    while (process.alive && this.waiting === 0 && !this.closed) if (!(await practice.once(ask))) return;
  }

  /** One request, from the moment that it is its turn. */
  private async answer(ask: Ask, control: HessianControl): Promise<Outcome> {
    const { signal, onProgress } = control;
    const cancelled = (): Outcome => failed({ kind: 'cancelled', message: 'Cancelled.' });
    if (signal?.aborted) return cancelled();
    if (this.closed) return failed({ kind: 'cancelled', message: 'The runtime was closed.' });
    if (this.idle) clearTimeout(this.idle);
    onProgress?.({ stage: 'starting', done: 0, total: 0 });
    let plan: Ready;
    let started: Started;
    try {
      const settled = await this.settle(ask.request.engine ?? this.options.defaultEngine ?? 'auto', onProgress);
      if ('kind' in settled) return failed(settled);
      ({ plan, started } = settled);
    } catch (error) {
      if (error instanceof StartError && error.ending.by === 'us' && error.ending.reason !== 'timeout')
        return failed(failureOf(error.ending, this.limits));
      return failed({
        kind: 'crashed',
        message: `The process that runs snippets did not start: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
    if (signal?.aborted) return cancelled();
    const { process } = started;
    process.hold(true);
    try {
      const outcome = await this.converse(process, ask, control, { engineReason: plan.reason, weakness: started.weakness });
      // What WebAssembly has grown to it keeps: the next request would begin with it.
      if (failureIn(outcome)?.kind === 'memory') process.kill('closed');
      return outcome;
    } finally {
      if (process.alive) this.rest(process);
      else this.restartSoon(plan);
    }
  }

  /** The engine for a choice and a process that has it. One that does not start is passed over from then on. */
  private async settle(
    choice: EngineChoice,
    onProgress: RunControl['onProgress'],
  ): Promise<{ readonly plan: Ready; readonly started: Started } | Failure> {
    for (;;) {
      const plan = await this.plan(choice, onProgress);
      if (plan.kind === 'none') return { kind: 'engine', message: plan.message };
      try {
        return { plan, started: await this.process(plan) };
      } catch (error) {
        if (plan.kind !== 'native' || (error instanceof StartError && error.ending.by === 'us')) throw error;
        const why = error instanceof Error ? error.message : String(error);
        this.refused.set(plan.engine.folder, `does not start (${why.replace(/\.$/, '')})`);
        this.options.log(`${nameOf(plan.engine)} does not start: ${why}`);
      }
    }
  }

  /** What there is to choose from is looked at anew each time: packages come and go. */
  private async plan(choice: EngineChoice, onProgress?: RunControl['onProgress']): Promise<Plan> {
    for (;;) {
      const plan = planEngine(choice, () => findEngines(this.options), this.refused);
      if (plan.kind !== 'native' || this.allowed.has(plan.engine.folder)) return plan;
      onProgress?.({ stage: 'asking', done: 0, total: 0 });
      if ((await this.options.allowNative?.(plan.engine)) ?? true) this.allowed.add(plan.engine.folder);
      else this.refused.set(plan.engine.folder, 'was not allowed to run');
    }
  }

  private async converse(
    process: RuntimeProcess,
    ask: Ask,
    { signal, onProgress, onNumbers, onPart, wantsArrays }: HessianControl,
    circumstances: Circumstances,
  ): Promise<Outcome> {
    const id = this.nextId++;
    const timeoutSeconds = ask.request.timeoutSeconds ?? this.limits.timeoutSeconds;
    let text = '';
    let droppedBytes = 0;
    const output = (): SnippetOutput => ({ text, droppedBytes });
    const room = new Room();
    const cancel = (): void => process.kill('cancelled');
    const timer = setTimeout(() => process.kill('timeout'), timeoutSeconds * 1000);
    signal?.addEventListener('abort', cancel, { once: true });
    let windUp: NodeJS.Timeout | null = null;
    let resolveIdle = (): void => {};
    const idle = new Promise<void>((resolve) => (resolveIdle = resolve));
    try {
      let numbers = NO_NUMBERS;
      let part: Part | null = null;
      const soFar = () => ({ numbers, output: output(), ...circumstances });
      const answered = new Promise<Outcome>((resolve) => {
        process.onMessage = (message) => {
          if (message.kind === 'heartbeat') return process.checkHeartbeat(message.residentBytes, this.limits.memoryBytes);
          if (message.kind === 'hello' || message.id !== id) return;
          switch (message.kind) {
            case 'output':
              text += message.text;
              return;
            case 'dropped':
              droppedBytes += message.bytes;
              return;
            case 'progress':
              return onProgress?.(message.progress);
            case 'expected':
              return wantsArrays ? room.expect(message.blocks) : undefined;
            case 'matrix':
              numbers = new Numbers(message, room);
              return onNumbers?.(numbers);
            case 'part':
              part = message;
              return onPart?.(answerOf(message, soFar()));
            case 'idle':
              return resolveIdle();
            case 'failure':
              return resolve(
                part ? cutShort(part, message.error, soFar()) : { ...failed(message.error, output()), warnings: message.warnings },
              );
            case 'hessian':
            case 'explain':
              return resolve({ answer: message, ...soFar() });
          }
        };
      });
      process.send({ ...withModules(ask), id, deadlineSeconds: timeoutSeconds + ORPHAN_GRACE_SECONDS } as Parameters<
        typeof process.send
      >[0]);
      onProgress?.({ stage: 'running', done: 0, total: 0 });
      const limits = { ...this.limits, timeoutSeconds };
      const outcome = await Promise.race([
        answered,
        process.ended.then((ending) => {
          const error = failureOf(ending, limits);
          return part ? cutShort(part, error, soFar()) : failed(error, output());
        }),
      ]);
      clearTimeout(timer);
      // Whoever asked has the answer now; the snippet may still be winding up, and one that will not is ended.
      this.queue = this.queue.then(async () => {
        windUp = setTimeout(() => process.kill('timeout'), WIND_UP_SECONDS * 1000);
        await Promise.race([idle, process.ended]);
        clearTimeout(windUp);
      });
      return outcome;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** The warm process where it has the engine, or a new one. Requests come one after the other, so nobody uses the one that is ended. */
  private async process(plan: Ready): Promise<Started> {
    while (this.starting) await this.starting.catch(() => null);
    const native = plan.kind === 'native' ? plan.engine.folder : null;
    if (this.started?.process.alive === true) {
      if (this.started.native === native) return this.started;
      this.started.process.kill('closed');
    }
    this.starting = this.start(plan.kind === 'native' ? plan.engine : null)
      .then((started) => (this.started = started))
      .finally(() => (this.starting = null));
    return this.starting;
  }

  private async start(native: NativeEngine | null): Promise<Started> {
    const { distDir, log } = this.options;
    const runtime = join(distDir, 'runtime');
    const entry = join(runtime, 'main.mjs');
    if (!existsSync(entry)) throw new Error(`${entry} is not there. Run \`npm run build\`, or install Tape Lens again.`);
    const version = this.nodePath === process.execPath ? process.versions.node : null;
    const heapMegabytes = Math.round(this.limits.memoryBytes / 2 ** 21);
    const lists = flagLists(version, { readable: runtime, heapMegabytes, addons: native?.readable ?? [] });
    const key = `${this.nodePath} ${native === null ? '' : 'native'}`;
    for (let index = flagsTaken.get(key) ?? 0; index < lists.length; index++) {
      const flags = lists[index];
      if (!flags) break;
      const snapshot = openSnapshot({ distDir, cacheDir: this.options.cacheDir, nodePath: this.nodePath });
      const child = new RuntimeProcess({
        nodePath: this.nodePath,
        flags,
        entry,
        configuration: {
          memoryBytes: this.limits.memoryBytes,
          hasSnapshot: snapshot !== null,
          nativeEngine: native?.folder ?? null,
          servesOnce: this.options.servesOnce === true,
        },
        snapshot,
        memoryBytes: this.limits.memoryBytes,
      });
      this.current = child;
      const startTimer = setTimeout(() => child.kill('timeout'), START_LIMIT_SECONDS * 1000);
      try {
        const hello = await child.ready;
        flagsTaken.set(key, index);
        if (hello.nativeProblem !== null) {
          child.kill('closed');
          throw new Error(hello.nativeProblem);
        }
        const { weakness } = flags;
        if (weakness) log(`The snippet's process is confined less than it should be: ${weakness}.`);
        log(`The snippet's process ${child.pid} is ready (Python: ${hello.python}; ${JSON.stringify(hello.milliseconds)} ms).`);
        if (hello.python === 'cold') this.makeSnapshotOnce();
        child.hold(false);
        // Native code computes on threads of its own.
        if (native === null && child.pid !== undefined) yieldToMainThread(child.pid);
        return { process: child, native: native?.folder ?? null, weakness };
      } catch (thrown) {
        if (thrown instanceof Error) throw thrown;
        const ending = thrown as Ending;
        if (ending.by === 'itself' && ending.code === NODE_BAD_OPTION) continue;
        throw new StartError(ending);
      } finally {
        clearTimeout(startTimer);
      }
    }
    throw new Error(`${this.nodePath} takes none of the flags that are needed. Tape Lens needs Node 20 or later.`);
  }

  /** The shipped snapshot does not load on this node: a new one, for the next start. */
  private makeSnapshotOnce(): void {
    const { cacheDir, distDir, log } = this.options;
    if (cacheDir === undefined || this.snapshotTried) return;
    this.snapshotTried = true;
    makeSnapshot({ distDir, cacheDir, nodePath: this.nodePath }).then(
      (path) => log(`Made a memory snapshot of Python for this Node: ${path}`),
      (error: unknown) => log(`Could not make a memory snapshot of Python; every start takes a second longer. ${String(error)}`),
    );
  }

  private rest(process: RuntimeProcess): void {
    process.hold(false);
    if (this.practice) clearTimeout(this.practice);
    this.practice = setTimeout(() => void this.practise(process), PRACTICE_PAUSE_MILLISECONDS);
    this.practice.unref();
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => process.kill('closed'), this.limits.idleSeconds * 1000);
    this.idle.unref();
  }

  /** After an ending, a fresh process is made ready before anyone asks. */
  private restartSoon(plan: Ready): void {
    const timer = setTimeout(() => {
      if (!this.closed) void this.process(plan).catch((error: unknown) => this.options.log(String(error)));
    }, 50);
    timer.unref();
  }
}

function withModules(ask: Ask): Ask {
  const { request } = ask;
  if (request.modules !== undefined) return ask;
  const beside = request.language === 'python' ? modulesBeside : filesBeside;
  return { ...ask, request: { ...request, modules: beside(request.path, request.text) } } as Ask;
}

/** The process ended before it was ready. */
class StartError extends Error {
  constructor(readonly ending: Ending) {
    super(describeEnding(ending, START_LIMIT_SECONDS));
  }
}

const wrongAnswer: Failure = {
  kind: 'crashed',
  message: 'The process that runs snippets answered something else than was asked. This is a mistake in Tape Lens.',
};

/** What was found before the end is kept, and said to be only that. */
function cutShort(part: Part, error: Failure, soFar: Omit<Answered, 'answer'>): Answered {
  const notes = [...part.result.notes, `This is what was found before the end: ${error.message}`];
  return { answer: { ...part, kind: 'hessian', result: { ...part.result, notes }, newtonStep: null, warnings: [] }, ...soFar };
}

function answerOf(
  answer: Part | Extract<FromChild, { kind: 'hessian' }>,
  { numbers, output, engineReason, weakness }: Omit<Answered, 'answer'>,
): HessianAnswer {
  const { result, eigenvectors } = answer;
  const { newtonStep, warnings } = answer.kind === 'hessian' ? answer : { newtonStep: null, warnings: [] };
  return {
    ok: true,
    result: { ...result, engineReason, weakness },
    packed: numbers.packed,
    get blocks() {
      return numbers.blocks;
    },
    sparse: numbers.sparse ?? null,
    ...{ eigenvectors, newtonStep, output, warnings },
  };
}

/** What ended the program, or kept it from an answer. */
function failureIn(outcome: Outcome): Failure | null {
  if ('error' in outcome) return outcome.error;
  return 'ended' in outcome.answer ? outcome.answer.ended : null;
}

const failed = (error: Failure, output: SnippetOutput = { text: '', droppedBytes: 0 }): Failed => ({ error, output, warnings: [] });
