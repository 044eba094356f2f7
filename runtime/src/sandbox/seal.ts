// Closes the process before any snippet runs: no network, no other processes, no way to code from strings, no environment.
// Node's permission model (host/flags.ts) keeps files, child processes, workers and addons out; this closes what it leaves open.
import Module, { syncBuiltinESMExports } from 'node:module';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fileSystem from 'node:fs';
import net from 'node:net';

const refusal = (what: string): Error => Object.assign(new Error(`A snippet run by Tape Lens has no ${what}.`), { name: 'SandboxError' });

function refuse(what: string): () => never {
  return () => {
    throw refusal(what);
  };
}

/** The builtin modules that a snippet may load. The rest opens the network, other processes, or our own. */
const ALLOWED_MODULES: ReadonlySet<string> = new Set(
  [
    'assert',
    'buffer',
    'console',
    'events',
    'os',
    'path',
    'perf_hooks',
    'punycode',
    'querystring',
    'stream',
    'string_decoder',
    'timers',
    'url',
    'util',
    'util/types',
  ].concat(['assert/strict', 'crypto', 'path/posix', 'path/win32', 'stream/promises', 'timers/promises', 'zlib']),
);

interface LoaderInternals {
  _load(request: string, ...rest: unknown[]): unknown;
}

/** Before Pyodide starts: it reads the flags of open() from `process.binding`, which the permission model takes away. */
export function closeBindings(): void {
  const { constants } = fileSystem;
  fix(process, 'binding', (name: string): unknown => {
    if (name === 'constants') return { fs: { ...constants }, os: {} };
    throw refusal(`binding ${JSON.stringify(name)}`);
  });
}

/** Shuts the doors. There is no way back: what the process itself still needs must be at hand before. */
export function seal(): void {
  closeNetwork();
  closeModules();
  closeProcess();
  closeCodeGeneration();
}

function closeNetwork(): void {
  const network = refuse('network');
  for (const name of [
    'fetch',
    'WebSocket',
    'EventSource',
    'XMLHttpRequest',
    'Request',
    'BroadcastChannel',
    'Worker',
    'SharedWorker',
  ] as const) {
    Object.defineProperty(globalThis, name, { value: network, writable: false, configurable: false });
  }
  const overwrite = (target: object, names: readonly string[]): void => {
    for (const name of names)
      if (name in target) Object.defineProperty(target, name, { value: network, writable: false, configurable: false });
  };
  overwrite(net.Socket.prototype, ['connect']);
  overwrite(net.Server.prototype, ['listen']);
  overwrite(net, ['connect', 'createConnection', 'createServer', 'Server', 'Socket', 'Stream']);
  overwrite(dgram.Socket.prototype, ['bind', 'connect', 'send']);
  overwrite(dgram, ['createSocket', 'Socket']);
  overwrite(
    dns,
    Object.keys(dns).filter((name) => /^(lookup|resolve|reverse|setServers|Resolver)/.test(name)),
  );
  overwrite(dns.promises, Object.keys(dns.promises));
  syncBuiltinESMExports();
}

function closeModules(): void {
  const loader = Module as unknown as LoaderInternals;
  const load = loader._load;
  const permitted = (request: string): boolean => ALLOWED_MODULES.has(request.replace(/^node:/, ''));
  loader._load = function (request: string, ...rest: unknown[]): unknown {
    if (!permitted(request)) throw refusal(`module ${JSON.stringify(request)}`);
    return load.call(this, request, ...rest);
  };
  const builtin = process.getBuiltinModule?.bind(process) as ((name: string) => unknown) | undefined;
  if (builtin) {
    fix(process, 'getBuiltinModule', (name: string): unknown => {
      if (!permitted(name)) throw refusal(`module ${JSON.stringify(name)}`);
      return builtin(name);
    });
  }
}

/** The standard streams are sockets, and a socket's constructor opens others: snippets print through us instead. */
function closeProcess(): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  const other = refuse('access to other processes');
  for (const name of [
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    '_startProfilerIdleNotifier',
    'dlopen',
    '_linkedBinding',
    'openStdin',
    'chdir',
    'setuid',
    'setgid',
  ]) {
    if (name in process) fix(process, name, other);
  }
  const stream = Object.freeze({
    isTTY: false,
    writable: true,
    write: () => true,
    end: () => {},
    on: () => {},
    once: () => {},
    removeListener: () => {},
    emit: () => false,
  });
  for (const name of ['stdin', 'stdout', 'stderr']) fix(process, name, stream);
  fix(process, 'argv', Object.freeze(['node']));
  fix(process, 'execArgv', Object.freeze([]));
}

function closeCodeGeneration(): void {
  fix(Error, 'prepareStackTrace', undefined);
  const noCode = refuse('way to make code out of strings');
  // `instanceof Function` goes on working.
  const noFunction = function Function(): never {
    return noCode();
  };
  noFunction.prototype = Function.prototype;
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}].map(
    (example) => Object.getPrototypeOf(example) as object,
  );
  for (const prototype of kinds) fix(prototype, 'constructor', noFunction);
  fix(globalThis, 'eval', noCode);
  fix(globalThis, 'Function', noFunction);
}

function fix(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, configurable: false });
}
