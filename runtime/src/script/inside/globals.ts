// What a script finds in its global scope beyond the language itself: console, timers, process, and refusals where others have a network.
import type { Outside, RealmOptions } from '../border.ts';
import { timers } from './timers.ts';

/** Ends the program without being an error of its own: whatever catches it meets it again at the next call. */
export const STOP: unknown = Object.freeze(Object.create(null));

export interface State {
  /** The program is to end: nothing is carried out any more. */
  stopped: boolean;
}

export function installGlobals(outside: Outside, options: RealmOptions, state: State): void {
  const { performance } = clocks(outside);
  const process = processOf(outside, options, state);
  const globals: Record<string, unknown> = {
    console: consoleOf(outside, state),
    ...timers,
    queueMicrotask: (callback: () => void) => void Promise.resolve().then(callback),
    performance,
    process,
    global: globalThis,
    ...textClasses(outside),
  };
  for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker']) globals[name] = refuse('network');
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  const unreachable = ['WebAssembly', 'SharedArrayBuffer', 'FinalizationRegistry'];
  for (const name of unreachable) delete (globalThis as Record<string, unknown>)[name];
  const noCode = refuse('way to make code out of strings');
  Object.defineProperty(globalThis, 'eval', { value: noCode, writable: false, configurable: false });
  // The program's own frames lie far below TensorFlow.js's.
  Error.stackTraceLimit = 100;
  // The engine would ask a program's own function how to write a stack, and hand it ours.
  Object.defineProperty(Error, 'prepareStackTrace', { value: undefined, writable: false, configurable: false });
}

export function refuse(what: string): () => never {
  return () => {
    const error = new Error(`A snippet run by Tape Lens has no ${what}.`);
    error.name = 'SandboxError';
    throw error;
  };
}

// ------------------------------------------------------------------------------------------------ console, clocks, process

const CONSOLE = [
  ...['log', 'info', 'debug', 'warn', 'error', 'dir', 'table', 'trace', 'assert', 'count', 'countReset'],
  ...['group', 'groupCollapsed', 'groupEnd', 'time', 'timeEnd', 'timeLog', 'dirxml'],
];

function consoleOf(outside: Outside, state: State): object {
  const nothing = (): void => {};
  const made: Record<string, unknown> = { clear: nothing, profile: nothing, profileEnd: nothing, timeStamp: nothing };
  for (const method of CONSOLE)
    made[method] = (...values: unknown[]) => {
      if (!state.stopped) outside.print(method, values);
    };
  return made;
}

const clocks = (outside: Outside) => ({
  performance: {
    now: () => outside.now(),
    timeOrigin: Date.now(),
    mark: () => ({}),
    measure: () => ({}),
    toJSON: () => ({}),
  },
});

/** As much of Node's `process` as programs ask for. */
function processOf(outside: Outside, { file, versions }: RealmOptions, state: State): object {
  const exit = (code: unknown): never => {
    state.stopped = true;
    outside.exit(Number(code ?? 0));
    throw STOP;
  };
  const high = (before?: readonly [number, number]): [number, number] => {
    const now = outside.now() / 1000;
    const [seconds, nanoseconds] = [Math.floor(now), Math.floor((now % 1) * 1e9)];
    if (!before) return [seconds, nanoseconds];
    const borrow = nanoseconds < before[1] ? 1 : 0;
    return [seconds - before[0] - borrow, nanoseconds - before[1] + borrow * 1e9];
  };
  const stream = {
    isTTY: false,
    columns: 80,
    write: (text: unknown) => {
      outside.write(String(text));
      return true;
    },
  };
  const node = versions;
  const process: Record<string, unknown> = {
    argv: ['node', file],
    env: {},
    execArgv: [],
    exitCode: undefined,
    pid: 1,
    platform: 'linux',
    arch: 'x64',
    title: 'node',
    version: `v${node}`,
    versions: { node },
    stdout: stream,
    stderr: stream,
    exit,
    abort: () => exit(1),
    cwd: () => file.replace(/[\\/][^\\/]*$/, '') || '/',
    uptime: () => outside.now() / 1000,
    hrtime: Object.assign(high, { bigint: () => BigInt(Math.round(outside.now() * 1e6)) }),
    nextTick: (callback: (...args: unknown[]) => void, ...args: unknown[]) => void Promise.resolve().then(() => callback(...args)),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    emitWarning: (warning: unknown) => outside.write(`${String(warning)}\n`),
  };
  for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'prependListener'])
    process[name] = () => process;
  process['emit'] = () => false;
  process['listenerCount'] = () => 0;
  for (const name of ['binding', 'dlopen', 'kill', 'chdir', 'getBuiltinModule']) process[name] = refuse('access to other processes');
  return process;
}

// ------------------------------------------------------------------------------------------------ text

/** Bytes go through as text, one character each. */
export function textClasses({ transcode }: Pick<Outside, 'transcode'>) {
  class TextEncoder {
    readonly encoding = 'utf-8';
    encode(text = ''): Uint8Array {
      return Uint8Array.from(transcode(String(text), 'utf8', 'latin1'), (byte) => byte.charCodeAt(0));
    }
  }
  class TextDecoder {
    readonly encoding = 'utf-8';
    decode(given?: ArrayBuffer | ArrayBufferView): string {
      if (given === undefined) return '';
      const bytes = ArrayBuffer.isView(given) ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength) : new Uint8Array(given);
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return transcode(text, 'latin1', 'utf8');
    }
  }
  return {
    TextEncoder,
    TextDecoder,
    btoa: (text: unknown) => transcode(String(text), 'latin1', 'base64'),
    atob: (text: unknown) => transcode(String(text), 'base64', 'latin1'),
  };
}
