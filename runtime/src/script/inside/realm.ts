// The program that a script's realm starts with: TensorFlow.js whole, its engine watched, and everything that the script finds around it. Its value is `enter`.
import './timers.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import * as core from '@tensorflow/tfjs-core';
import * as cpu from '@tensorflow/tfjs-backend-cpu';
import * as converter from '@tensorflow/tfjs-converter';
import * as data from '@tensorflow/tfjs-data';
import * as layers from '@tensorflow/tfjs-layers';
import type { Inside, Outside, RealmOptions } from '../border.ts';
import { startBackends } from './backend.ts';
import { builtinModules } from './builtins.ts';
import type { CustomFunction } from './engine.ts';
import { installGlobals, refuse, type State, STOP, textClasses } from './globals.ts';
import { Modules } from './modules.ts';
import { fire, startClock } from './timers.ts';
import { differentiated, Watch } from './watch.ts';

export function enter(around: Outside, options: RealmOptions): Inside {
  const state: State = { stopped: false };
  const outside = shielded(around, state);
  installGlobals(outside, options, state);
  startClock(outside);
  startPlatform(outside);
  startBackends(outside, options.backend);
  const watch = new Watch(outside, state, options, describe);
  const tensorflow = namespace(watch, outside);
  Object.defineProperty(globalThis, 'tf', { value: tensorflow, writable: true, configurable: true, enumerable: false });
  const modules = new Modules(outside, tensorflow, builtinModules(outside));
  let waiting = false;
  const told = (body: () => void): void => {
    try {
      body();
    } catch (error) {
      if (error !== STOP) outside.ended(describe(error));
    }
  };
  return {
    describe,
    fire: (timer) => {
      if (!state.stopped) told(() => fire(timer));
    },
    waits: () => waiting,
    run: (file) =>
      told(() => {
        const done = modules.evaluate(file);
        if (done === null) return;
        waiting = true;
        void done.then(
          () => (waiting = false),
          (error: unknown) => {
            waiting = false;
            if (error !== STOP) outside.ended(describe(error));
          },
        );
      }),
  };
}

/** What throws out there stops the program: none of its objects, an error neither, gets in here. */
function shielded(outside: Outside, state: State): Outside {
  const shield =
    (f: (...args: unknown[]) => unknown) =>
    (...args: unknown[]): unknown => {
      try {
        return f(...args);
      } catch (error) {
        if (isOverflow(error)) throw new RangeError(OVERFLOW);
        state.stopped = true;
        throw STOP;
      }
    };
  return Object.fromEntries(Object.entries(outside).map(([name, f]) => [name, shield(f as never)])) as unknown as Outside;
}

const OVERFLOW = 'Maximum call stack size exceeded';

/** Calls nothing of the error: with the stack full, that would throw another from out there. */
function isOverflow(error: unknown): boolean {
  try {
    return (error as { message?: unknown } | null)?.message === OVERFLOW;
  } catch {
    return true;
  }
}

function startPlatform(outside: Outside): void {
  const { TextEncoder, TextDecoder } = textClasses(outside);
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  core.env().setPlatform('tape-lens', {
    fetch: refuse('network'),
    now: () => outside.now(),
    encode: (text) => encoder.encode(text),
    decode: (bytes) => decoder.decode(bytes),
    isTypedArray: (value): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
      value instanceof Float32Array || value instanceof Int32Array || value instanceof Uint8Array || value instanceof Uint8ClampedArray,
  });
}

/** `tf` as programs import it: all packages in one, with the functions that ask for gradients watched. */
function namespace(watch: Watch, outside: Outside): object {
  const { variable } = core;
  const nothing = (): void => {};
  const tensorflow: Record<string, unknown> = {
    ...cpu,
    ...core,
    ...layers,
    ...converter,
    data,
    version: {
      'tfjs-core': core.version_core,
      'tfjs-backend-cpu': cpu.version_cpu,
      'tfjs-data': data.version_data,
      'tfjs-layers': layers.version_layers,
      'tfjs-converter': converter.version_converter,
      tfjs: core.version_core,
    },
    // Of the packages of other backends.
    setWasmPaths: nothing,
    setWasmPath: nothing,
    setThreadsCount: nothing,
    getThreadsCount: () => 1,
    customGrad: (f: CustomFunction) => watch.custom(f),
    variableGrads: (f: () => core.Scalar, list?: core.Variable[]) =>
      watch.apply('variableGrads', f, () => core.variableGrads(f, list), list),
    variable: (...args: Parameters<typeof variable>) => {
      const made = variable(...args);
      if (args[2] === undefined) watch.nameVariable(made, outside.declared(outside.place(1)));
      return made;
    },
  };
  for (const name of ['grad', 'grads', 'valueAndGrad', 'valueAndGrads'] as const)
    tensorflow[name] = (f: unknown) => {
      const plain = (core[name] as (f: unknown) => (...args: unknown[]) => unknown)(f);
      const watched = (...args: unknown[]): unknown => watch.apply(name, f, () => plain(...args));
      differentiated.set(watched, f);
      return watched;
    };
  const optimizer = core.Optimizer.prototype;
  const { minimize, computeGradients } = optimizer;
  optimizer.minimize = function (this: core.Optimizer, ...args) {
    return watch.apply('minimize', args[0], () => minimize.apply(this, args), args[2]);
  };
  optimizer.computeGradients = function (this: core.Optimizer, ...args) {
    return watch.apply('variableGrads', args[0], () => computeGradients.apply(this, args), args[1]);
  };
  const tensor = core.Tensor.prototype as unknown as Record<string, (this: core.Tensor, ...args: unknown[]) => unknown>;
  for (const method of ['dataSync', 'arraySync', 'bufferSync', 'data', 'array', 'buffer']) {
    const plain = tensor[method];
    if (plain)
      tensor[method] = function (...args) {
        watch.watchRead(method, this);
        return plain.apply(this, args);
      };
  }
  Object.defineProperties(tensorflow, {
    default: { value: tensorflow, enumerable: false },
    __esModule: { value: true, enumerable: false },
  });
  return tensorflow;
}

/** An exception as text; whatever was thrown. */
function describe(thrown: unknown): string {
  let [type, message, stack] = ['', '', ''];
  try {
    if (thrown instanceof Error) {
      const made = (thrown.constructor as { name?: unknown } | undefined)?.name;
      type = thrown.name !== 'Error' || typeof made !== 'string' ? String(thrown.name) : made;
      message = String(thrown.message);
      stack = String(thrown.stack);
    } else message = `The program threw ${typeof thrown === 'string' ? JSON.stringify(thrown) : String(thrown)}, which is not an Error.`;
  } catch {
    message ||= 'The program threw something that cannot be shown.';
  }
  return JSON.stringify({ type, message, stack });
}
