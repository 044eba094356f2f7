// A script's modules: TensorFlow.js, the files beside it, and the few of Node's own that need no machine.
import type { Loaded, Outside } from '../border.ts';
import { refuse } from './globals.ts';

interface Module {
  readonly file: string;
  readonly loaded: Loaded;
  readonly module: { exports: unknown };
  done: Promise<unknown> | null | 'new';
}

export class Modules {
  private readonly modules = new Map<string, Module>();

  constructor(
    private readonly outside: Outside,
    private readonly tensorflow: unknown,
    private readonly builtins: ReadonlyMap<string, unknown>,
  ) {}

  /** Runs a file and what it imports. A promise where something of it waits at its top level. */
  evaluate(file: string): Promise<unknown> | null {
    const module = this.moduleOf(file);
    if (module.done !== 'new') return module.done;
    module.done = null;
    const waits = module.loaded.imports.flatMap((found) => {
      const path = found.startsWith('file:') ? found.slice(5) : null;
      const done = path === null ? null : this.evaluate(path);
      return done ? [done] : [];
    });
    const body = () => this.runBody(module);
    if (waits.length > 0) module.done = Promise.all(waits).then(body);
    else {
      const result = body();
      module.done = module.loaded.waits ? (result as Promise<unknown>) : null;
    }
    return module.done;
  }

  private moduleOf(file: string): Module {
    const known = this.modules.get(file);
    if (known) return known;
    const loaded = this.outside.load(file);
    const made: Module = { file, loaded, module: { exports: {} }, done: 'new' };
    this.modules.set(file, made);
    return made;
  }

  private runBody({ file, loaded, module }: Module): unknown {
    if (loaded.json !== null) {
      module.exports = JSON.parse(loaded.json);
      return undefined;
    }
    const folder = file.replace(/[\\/][^\\/]*$/, '') || '/';
    const require = Object.assign((specifier: unknown) => this.require(String(specifier), file), { main: undefined, cache: {} });
    const meta = { url: `file://${file}`, filename: file, dirname: folder, main: true };
    return loaded.body?.call(module.exports, module.exports, require, module, file, folder, meta);
  }

  private require(specifier: string, from: string): unknown {
    const found = this.outside.resolve(specifier, from);
    const [, kind = '', name = ''] = /^(\w+):([\s\S]*)$/.exec(found) ?? [];
    switch (kind) {
      case 'file':
        void this.evaluate(name);
        return this.moduleOf(name).module.exports;
      case 'tensorflow':
        return this.tensorflow;
      case 'builtin': {
        const builtin = this.builtins.get(name);
        return builtin ?? refuse(`module ${JSON.stringify(specifier)}`)();
      }
      case 'missing':
        return missing(name);
      default:
        throw new Error(found);
    }
  }
}

/** A package that is not here: the program goes on until it uses something of it. */
function missing(sentence: string): unknown {
  const use = (): never => {
    const error = new Error(sentence) as Error & { code: string };
    error.code = 'MODULE_NOT_FOUND';
    throw error;
  };
  return new Proxy(function () {}, {
    get: (_, key) => (key === '__esModule' ? true : typeof key === 'symbol' ? undefined : use()),
    apply: use,
    construct: use,
  });
}
