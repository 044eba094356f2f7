// The parent's side of the runtime: keeps one warm process, puts requests to it one after the other, holds their limits, and turns every way it can end into an answer.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackBlock } from './blocks.ts';
import { describeEnding, failureOf } from './endings.ts';
import { flagLists } from './flags.ts';
import { modulesBeside } from './modules.ts';
import { filesBeside } from './scripts.ts';
import { RuntimeProcess, type Ending } from './process.ts';
import {
  DEFAULT_LIMITS,
  type ExplainRunReply,
  type ExplainRunRequest,
  type Failure,
  type FromChild,
  type HessianReply,
  type HessianRequest,
  type Host,
  type HostOptions,
  type Limits,
  type RunControl,
  type SnippetOutput,
} from './protocol.ts';
import { makeSnapshot, openSnapshot } from './snapshots.ts';

const START_LIMIT_SECONDS = 60;
/** How long a snippet may take to wind up once its answer is there. */
const WIND_UP_SECONDS = 2;
/** What the process's own deadline allows beyond ours: it only matters once there is no parent any more. */
const ORPHAN_GRACE_SECONDS = 5;
const NODE_BAD_OPTION = 9;
/** After an answer the process practises only if nothing more is asked for this long. */
const PRACTICE_PAUSE_MILLISECONDS = 1500;

type Answer = Extract<FromChild, { kind: 'hessian' | 'explain' }>;
type Outcome =
  | { readonly answer: Answer; readonly output: SnippetOutput }
  | { readonly error: Failure; readonly output: SnippetOutput; readonly warnings: readonly string[] };
type Ask =
  { readonly kind: 'hessian'; readonly request: HessianRequest } | { readonly kind: 'explain'; readonly request: ExplainRunRequest };

/** Which list of flags each node took, so that it is probed once. */
const flagsTaken = new Map<string, number>();

export function createHost(options: HostOptions): Host {
  return new SnippetHost(options);
}

class SnippetHost implements Host {
  private readonly limits: Limits;
  private readonly nodePath: string;
  private starting: Promise<RuntimeProcess> | null = null;
  private current: RuntimeProcess | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private nextId = 1;
  private closed = false;
  private idle: NodeJS.Timeout | null = null;
  private snapshotTried = false;
  /** How many requests are not answered yet. */
  private waiting = 0;
  /** Processes that have practised enough. */
  private readonly practised = new WeakSet<RuntimeProcess>();
  private practice: NodeJS.Timeout | null = null;

  constructor(private readonly options: HostOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.nodePath = options.nodePath ?? process.execPath;
  }

  async hessian(request: HessianRequest, control: RunControl = {}): Promise<HessianReply> {
    const outcome = await this.enqueue({ kind: 'hessian', request }, control);
    if ('error' in outcome) return { ok: false, ...outcome };
    const { answer, output } = outcome;
    if (answer.kind !== 'hessian') return { ok: false, error: wrongAnswer, output, warnings: [] };
    const blocks = answer.blocks?.map((row) => row.map(unpackBlock)) ?? null;
    return { ok: true, result: answer.result, blocks, output, warnings: answer.warnings };
  }

  async explain(request: ExplainRunRequest, control: RunControl = {}): Promise<ExplainRunReply> {
    const outcome = await this.enqueue({ kind: 'explain', request }, control);
    if ('error' in outcome) return { ok: false, ...outcome };
    const { answer, output } = outcome;
    if (answer.kind !== 'explain') return { ok: false, error: wrongAnswer, output, warnings: [] };
    return { ok: true, calls: answer.calls, ended: answer.ended, engine: answer.engine, output, warnings: answer.warnings };
  }

  async warm(): Promise<void> {
    const process = await this.process();
    process.hold(true);
    await this.practise(process);
    if (process.alive) this.rest(process);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.idle) clearTimeout(this.idle);
    if (this.practice) clearTimeout(this.practice);
    const process = this.current ?? (await this.starting?.catch(() => null)) ?? null;
    // Held, so that whoever waits for this is still there when it has ended.
    process?.hold(true);
    process?.kill('closed');
    await process?.ended;
  }

  private enqueue(ask: Ask, control: RunControl): Promise<Outcome> {
    this.waiting++;
    const outcome = this.queue.then(() => this.answer(ask, control)).finally(() => this.waiting--);
    this.queue = outcome.catch(() => {});
    return outcome;
  }

  /** Programs of the process's own, one after the other while nobody waits, until it has had enough. */
  private async practise(process: RuntimeProcess): Promise<void> {
    while (process.alive && !this.practised.has(process) && this.waiting === 0 && !this.closed) {
      const step = this.queue.then(() => this.practiseOnce(process));
      this.queue = step;
      if (!(await step)) this.practised.add(process);
    }
  }

  private async practiseOnce(process: RuntimeProcess): Promise<boolean> {
    if (!process.alive) return false;
    const id = this.nextId++;
    const timer = setTimeout(() => process.kill('timeout'), START_LIMIT_SECONDS * 1000);
    timer.unref();
    try {
      const done = new Promise<boolean>((resolve) => {
        let more = false;
        process.onMessage = (message) => {
          if (message.kind === 'practised' && message.id === id) more = message.more;
          if (message.kind === 'idle' && message.id === id) resolve(more);
        };
      });
      process.send({ kind: 'practise', id, deadlineSeconds: START_LIMIT_SECONDS });
      return await Promise.race([done, process.ended.then(() => false)]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** One request, from the moment that it is its turn. */
  private async answer(ask: Ask, control: RunControl): Promise<Outcome> {
    const { signal, onProgress } = control;
    const cancelled = (): Outcome => failed({ kind: 'cancelled', message: 'Cancelled.' });
    if (signal?.aborted) return cancelled();
    if (this.closed) return failed({ kind: 'cancelled', message: 'The runtime was closed.' });
    if (this.idle) clearTimeout(this.idle);
    onProgress?.({ stage: 'starting', done: 0, total: 0 });
    let process: RuntimeProcess;
    try {
      process = await this.process();
    } catch (error) {
      if (error instanceof StartError && error.ending.by === 'us' && error.ending.reason !== 'timeout')
        return failed(failureOf(error.ending, this.limits));
      return failed({
        kind: 'crashed',
        message: `The process that runs snippets did not start: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
    if (signal?.aborted) return cancelled();
    process.hold(true);
    try {
      return await this.converse(process, ask, signal, onProgress);
    } finally {
      if (process.alive) this.rest(process);
      else this.restartSoon();
    }
  }

  private async converse(
    process: RuntimeProcess,
    ask: Ask,
    signal: AbortSignal | undefined,
    onProgress: RunControl['onProgress'],
  ): Promise<Outcome> {
    const id = this.nextId++;
    const timeoutSeconds = ask.request.timeoutSeconds ?? this.limits.timeoutSeconds;
    let text = '';
    let droppedBytes = 0;
    const output = (): SnippetOutput => ({ text, droppedBytes });
    const cancel = (): void => process.kill('cancelled');
    const timer = setTimeout(() => process.kill('timeout'), timeoutSeconds * 1000);
    signal?.addEventListener('abort', cancel, { once: true });
    let windUp: NodeJS.Timeout | null = null;
    let resolveIdle = (): void => {};
    const idle = new Promise<void>((resolve) => (resolveIdle = resolve));
    try {
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
            case 'idle':
              return resolveIdle();
            case 'failure':
              return resolve({ error: message.error, output: output(), warnings: message.warnings });
            case 'hessian':
            case 'explain':
              return resolve({ answer: message, output: output() });
          }
        };
      });
      process.send({ ...withModules(ask), id, deadlineSeconds: timeoutSeconds + ORPHAN_GRACE_SECONDS } as Parameters<
        typeof process.send
      >[0]);
      onProgress?.({ stage: 'running', done: 0, total: 0 });
      const limits = { ...this.limits, timeoutSeconds };
      const outcome = await Promise.race([answered, process.ended.then((ending) => failed(failureOf(ending, limits), output()))]);
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

  /** The warm process, or a new one. */
  private async process(): Promise<RuntimeProcess> {
    if (this.current?.alive) return this.current;
    this.starting ??= this.start().finally(() => (this.starting = null));
    return this.starting;
  }

  private async start(): Promise<RuntimeProcess> {
    const { distDir, log } = this.options;
    const runtime = join(distDir, 'runtime');
    const entry = join(runtime, 'main.mjs');
    if (!existsSync(entry)) throw new Error(`${entry} is not there. Run \`npm run build\`, or install Tape Lens again.`);
    const version = this.nodePath === process.execPath ? process.versions.node : null;
    const lists = flagLists(version, { readable: runtime, heapMegabytes: Math.round(this.limits.memoryBytes / 2 ** 21), addons: [] });
    for (let index = flagsTaken.get(this.nodePath) ?? 0; index < lists.length; index++) {
      const flags = lists[index];
      if (!flags) break;
      const snapshot = openSnapshot({ distDir, cacheDir: this.options.cacheDir, nodePath: this.nodePath });
      const child = new RuntimeProcess({
        nodePath: this.nodePath,
        flags,
        entry,
        configuration: { memoryBytes: this.limits.memoryBytes, hasSnapshot: snapshot !== null, weakness: flags.weakness },
        snapshot,
        memoryBytes: this.limits.memoryBytes,
      });
      this.current = child;
      const startTimer = setTimeout(() => child.kill('timeout'), START_LIMIT_SECONDS * 1000);
      try {
        const hello = await child.ready;
        flagsTaken.set(this.nodePath, index);
        if (flags.weakness) log(`The snippet's process is confined less than it should be: ${flags.weakness}.`);
        log(`The snippet's process ${child.pid} is ready (Python: ${hello.python}; ${JSON.stringify(hello.milliseconds)} ms).`);
        if (hello.python === 'cold') this.makeSnapshotOnce();
        child.hold(false);
        return child;
      } catch (thrown) {
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
    this.idle = setTimeout(() => process.kill('closed'), this.limits.idleSeconds * 1000);
    this.idle.unref();
  }

  /** After an ending, a fresh process is made ready before anyone asks. */
  private restartSoon(): void {
    const timer = setTimeout(() => {
      if (!this.closed) void this.process().catch((error: unknown) => this.options.log(String(error)));
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

const failed = (error: Failure, output: SnippetOutput = { text: '', droppedBytes: 0 }): Outcome => ({ error, output, warnings: [] });
