// A realm for one script: a global scope, intrinsics and a TensorFlow.js of its own, so that nothing of one run is left for the next. Only primitives go in, and only through `outside`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext, Script } from 'node:vm';
import type { Deadline } from '../deadline.ts';
import type { Inside, Outside, RealmOptions } from './border.ts';

/** The name that frames of TensorFlow.js and of ours have in a realm's stack traces. */
export const REALM_FILE = 'tape-lens:tensorflow.js';

/** Compiled once; each realm evaluates it anew. */
let program: Script | null = null;
const call = new Script('(() => { const body = globalThis.__body; delete globalThis.__body; return body(); })()', { filename: REALM_FILE });

type Enter = (outside: Outside, options: RealmOptions) => Inside;

export class Realm {
  /** No prototype: through one the realm would find ours. */
  private readonly scope = Object.create(null) as Record<string, unknown>;
  private readonly context = createContext(this.scope, { codeGeneration: { strings: false, wasm: false }, microtaskMode: 'afterEvaluate' });
  private readonly enterProgram: Enter;

  constructor(runtimeDir: string) {
    program ??= new Script(readFileSync(join(runtimeDir, 'script', 'realm.js'), 'utf8'), { filename: REALM_FILE });
    this.scope['global'] = runInContext('globalThis', this.context);
    this.enterProgram = (program.runInContext(this.context) as { enter: Enter }).enter;
  }

  enter(outside: Outside, options: RealmOptions): Inside {
    return this.enterProgram(outside, options);
  }

  /** Compiles text of the program into the value that it has in the realm. `prefix` stands before it on its first line, and is not counted. */
  compile(prefix: string, code: string, suffix: string, file: string): unknown {
    return new Script(prefix + code + suffix, { filename: file, columnOffset: -prefix.length }).runInContext(this.context);
  }

  /** Runs something of the realm, and all that follows from it without waiting. */
  run(body: () => void, deadline: Deadline): void {
    this.scope['__body'] = body;
    deadline.guard((timeout) => call.runInContext(this.context, { timeout }));
  }
}
