// One process that runs snippets: starting it, talking to it, watching its size, ending it. It never decides what to run.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { Flags } from './flags.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import { residentBytes } from './memory.ts';
import type { FromChild, ToChild } from './protocol.ts';

const MEMORY_CHECK_MILLISECONDS = 100;
const KEPT_ERROR_BYTES = 16 * 1024;

/** How a process ended: by our hand, for a reason, or by itself. */
export type Ending =
  | { readonly by: 'us'; readonly reason: 'timeout' | 'memory' | 'cancelled' | 'closed' }
  | { readonly by: 'itself'; readonly code: number | null; readonly signal: string | null; readonly errors: string };

export interface ProcessOptions {
  readonly nodePath: string;
  readonly flags: Flags;
  readonly entry: string;
  readonly configuration: ChildConfiguration;
  /** An open file that holds a memory snapshot; closed here once the process has it. */
  readonly snapshot: number | null;
  readonly memoryBytes: number;
}

/** What the process is told on its command line. */
export interface ChildConfiguration {
  readonly memoryBytes: number;
  readonly hasSnapshot: boolean;
  /** The folder of the tfjs-node to load. */
  readonly nativeEngine: string | null;
  /** There will be one request and no other. */
  readonly servesOnce: boolean;
}

export class RuntimeProcess {
  /** Resolves with its greeting; rejects with how it ended, when it ends before. */
  readonly ready: Promise<Extract<FromChild, { kind: 'hello' }>>;
  /** Resolves once it has ended. */
  readonly ended: Promise<Ending>;
  onMessage: (message: FromChild) => void = () => {};
  private readonly child: ChildProcess;
  private readonly pipe: Duplex;
  private reason: Extract<Ending, { by: 'us' }>['reason'] | null = null;
  private over = false;

  constructor(options: ProcessOptions) {
    const { nodePath, flags, entry, configuration, snapshot } = options;
    this.child = spawn(nodePath, [...flags.arguments, entry, JSON.stringify(configuration)], {
      env: { ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', snapshot ?? 'ignore'],
      windowsHide: true,
    });
    if (snapshot !== null) closeSync(snapshot);
    this.pipe = this.child.stdio[3] as Duplex;
    let errors = '';
    const keep = (chunk: Buffer): void => {
      errors = (errors + chunk.toString()).slice(-KEPT_ERROR_BYTES);
    };
    this.child.stdout?.on('data', keep);
    this.child.stderr?.on('data', keep);
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: string | null): void => {
        if (this.over) return;
        this.over = true;
        clearInterval(watch);
        process.off('exit', this.killNow);
        this.pipe.destroy();
        resolve(this.reason === null ? { by: 'itself', code, signal, errors } : { by: 'us', reason: this.reason });
      };
      this.child.on('close', end);
      this.child.on('error', (error) => {
        errors += error.message;
        end(null, null);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.read((hello) => resolve(hello));
      void this.ended.then(reject);
    });
    this.ready.catch(() => {});
    const watch = setInterval(() => this.checkMemory(options.memoryBytes), MEMORY_CHECK_MILLISECONDS);
    watch.unref();
    process.on('exit', this.killNow);
  }

  get alive(): boolean {
    return !this.over && this.reason === null;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  send(message: ToChild): void {
    // Corked, the pieces are one write.
    this.pipe.cork();
    for (const piece of encodeFrame(message)) this.pipe.write(piece);
    this.pipe.uncork();
  }

  /** Ends it at once, whatever it is doing. */
  kill(reason: Extract<Ending, { by: 'us' }>['reason']): void {
    this.reason ??= reason;
    this.killNow();
  }

  /** Whether it holds the editor's own process back from ending. */
  hold(held: boolean): void {
    const handles = [this.child, this.child.stdout, this.child.stderr, this.pipe] as readonly ({
      ref?: () => void;
      unref?: () => void;
    } | null)[];
    for (const handle of handles) (held ? handle?.ref : handle?.unref)?.call(handle);
  }

  private readonly killNow = (): void => {
    this.child.kill('SIGKILL');
  };

  private read(onHello: (hello: Extract<FromChild, { kind: 'hello' }>) => void): void {
    const frames = new FrameReader();
    this.pipe.on('data', (chunk: Buffer) => {
      try {
        for (const message of frames.push(chunk) as FromChild[]) {
          if (message.kind === 'hello') onHello(message);
          else this.onMessage(message);
        }
      } catch {
        // What it says cannot be read: it is broken, and ends as a crash.
        this.pipe.removeAllListeners('data');
        this.killNow();
      }
    });
    this.pipe.on('error', () => {});
  }

  private checkMemory(limit: number): void {
    if (this.child.pid === undefined || this.over) return;
    const resident = residentBytes(this.child.pid);
    if (resident !== null && resident > limit) this.kill('memory');
  }

  /** The process's own word on its size, where the system gives none. */
  checkHeartbeat(resident: number, limit: number): void {
    if (resident > limit) this.kill('memory');
  }
}
