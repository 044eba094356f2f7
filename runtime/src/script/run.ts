// Runs one script to its end, and says how that was: the program, then what it waits for, timer by timer, until nothing is left.
import type { Failure, Snippet } from '../host/protocol.ts';
import type { Deadline } from '../deadline.ts';
import type { Kernels } from '../engine/tfjs.ts';
import type { OutputSink } from '../output.ts';
import type { Session } from '../session.ts';
import { type RanProgram, unsupported } from '../program.ts';
import type { Inside } from './border.ts';
import { ScriptBridge } from './bridge.ts';
import { ScriptCall } from './calls.ts';
import { Clock } from './clock.ts';
import { failureOf } from './failures.ts';
import { Realm, REALM_FILE } from './realm.ts';
import { verdictOf } from './verdict.ts';

export interface ScriptRun {
  readonly runtimeDir: string;
  readonly snippet: Snippet;
  readonly sink: OutputSink;
  readonly session: Session;
  readonly deadline: Deadline;
  /** Whether gradient calls are recorded, for a Hessian. */
  readonly records: boolean;
  /** Called where the program is to end, before it winds up. */
  readonly onStop: (program: RanProgram) => void;
}

/** As `tf.getBackend()` names the engines. */
const BACKENDS: Readonly<Record<Kernels['name'], string>> = { node: 'tensorflow', wasm: 'wasm', cpu: 'cpu' };

export async function runScript({ runtimeDir, snippet, sink, session, deadline, records, onStop }: ScriptRun): Promise<RanProgram> {
  const realm = new Realm(runtimeDir);
  const clock = new Clock();
  const bridge: ScriptBridge = new ScriptBridge({
    ...{ snippet, sink, session, realm, clock, records },
    onStop: () => onStop(ranScript(bridge, session)),
  });
  const { name } = session.backend.kernels;
  const options = { records, backend: BACKENDS[name], file: bridge.file, ownFile: REALM_FILE, versions: process.versions.node };
  const inside = realm.enter(bridge.outside, options);
  const listening = listenToRejections((reason) => {
    if (!bridge.isOver) bridge.end(failureOf(inside.describe(reason), bridge.sources));
  });
  try {
    await runToEnd(bridge, realm, inside, clock, deadline);
  } finally {
    listening.stop();
    sink.end();
  }
  const program = ranScript(bridge, session);
  if (bridge.error === null) return program;
  const failure = program.failureOf(bridge.error);
  if (failure === null) throw bridge.error;
  bridge.end(failure);
  return program;
}

const ranScript = (bridge: ScriptBridge, session: Session): RanProgram => ({
  get ended() {
    return bridge.ended;
  },
  tensorflow: (call, outcome) => (call instanceof ScriptCall ? verdictOf(session, call) : (outcome ?? UNKNOWN)),
  notes: (call) => (call instanceof ScriptCall ? bridge.notes(call) : []),
  failureOf: (error) => bridge.failureOf(error) ?? unsupported(error),
});

async function runToEnd(bridge: ScriptBridge, realm: Realm, inside: Inside, clock: Clock, deadline: Deadline): Promise<void> {
  realm.run(() => inside.run(bridge.file), deadline);
  await turn();
  for (let due = clock.next(); due !== null && !bridge.isOver; due = clock.next()) {
    const { timer, at } = due;
    const wait = at - performance.now();
    if (wait > 0) await pause(Math.min(wait, deadline.milliseconds + 1));
    realm.run(() => inside.fire(timer), deadline);
    await turn();
  }
  if (!bridge.isOver && inside.waits()) bridge.end(UNSETTLED);
}

const UNKNOWN = { outcome: 'unknown', rule: null, reason: null } as const;

const UNSETTLED: Failure = {
  kind: 'snippet',
  message: 'The program waits at its top level for a promise that nothing settles. Look for an `await` whose promise is never resolved.',
};

/** Rejections that nobody has handled when the program waits. What listens otherwise (Pyodide does, and throws) is held back. */
function listenToRejections(listener: (reason: unknown) => void): { stop(): void } {
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', listener);
  return {
    stop: () => {
      process.removeListener('unhandledRejection', listener);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}

/** Lets Node look after rejections. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
