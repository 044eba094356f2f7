// Which engine carries out the ops: WebAssembly with pure JavaScript beneath it, pure JavaScript alone, or the workspace's tfjs-node.
import { backend, findBackendFactory, ready, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { join } from 'node:path';
import type { EngineChoice } from '../host/protocol.ts';
import { Kernels, type NamedBackend, SMALL } from './tfjs.ts';

export interface Engines {
  /** The kernels of the engine that was asked for; null where it is not there. */
  choose(choice: EngineChoice): Kernels | null;
  /** What did not start, in words. */
  readonly notes: readonly string[];
}

/** Starts what is there; `small`: up to how many elements pure JavaScript is preferred. Before the process shuts itself in: the WebAssembly kernels are read from files. */
export async function startEngines(runtimeDir: string, small = SMALL): Promise<Engines> {
  const notes: string[] = [];
  setWasmPaths(`${join(runtimeDir, 'tfjs')}/`);
  // Naming the class keeps its module, which registers the kernels, in the bundle.
  if (!findBackendFactory('cpu')) registerBackend('cpu', () => new MathBackendCPU());
  const cpu = await start('cpu', notes);
  const wasm = await start('wasm', notes);
  if (cpu === null) throw new Error('the pure JavaScript engine does not start');
  const embedded = new Kernels(wasm ? [wasm, cpu] : [cpu], small);
  const plain = new Kernels([cpu]);
  return {
    notes,
    choose: (choice) => {
      switch (choice) {
        case 'auto':
          return embedded;
        case 'wasm':
          return wasm ? embedded : null;
        case 'cpu':
          return plain;
        case 'node':
          return null;
      }
    },
  };
}

async function start(name: 'cpu' | 'wasm', notes: string[]): Promise<NamedBackend | null> {
  try {
    if (!(await setBackend(name))) throw new Error('it refused');
    await ready();
    return { name, registered: name, backend: backend() };
  } catch (error) {
    notes.push(`The ${name} engine does not start: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
