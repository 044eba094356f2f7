// Which engine carries out the ops: WebAssembly with pure JavaScript beneath it, pure JavaScript alone, or a tfjs-node that the host has found.
import { backend, findBackendFactory, ready, registerBackend, setBackend } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { join } from 'node:path';
import type { EngineChoice } from '../host/protocol.ts';
import { startNative } from './native.ts';
import { embeddedKernels, Kernels, type KernelSet, SMALL } from './tfjs.ts';

export interface Engines {
  /** The kernels of the engine that was asked for; null where it is not there. */
  choose(choice: EngineChoice): Kernels | null;
  /** What did not start, in words. */
  readonly notes: readonly string[];
  /** Why tfjs-node does not start; null where it does, or was not wanted. */
  readonly nativeProblem: string | null;
}

interface Wanted {
  /** Up to how many elements pure JavaScript is preferred to WebAssembly. */
  readonly small?: number;
  /** The folder of a tfjs-node; then every kernel that it has is its own, however small the tensors are. */
  readonly native?: string | null;
}

/** Starts what is there. Before the process shuts itself in: the kernels are read from files. */
export async function startEngines(runtimeDir: string, { small = SMALL, native = null }: Wanted = {}): Promise<Engines> {
  const notes: string[] = [];
  setWasmPaths(`${join(runtimeDir, 'tfjs')}/`);
  // Naming the class keeps its module, which registers the kernels, in the bundle.
  if (!findBackendFactory('cpu')) registerBackend('cpu', () => new MathBackendCPU());
  const cpu = await start('cpu', notes);
  const wasm = await start('wasm', notes);
  if (cpu === null) throw new Error('the pure JavaScript engine does not start');
  const embedded = new Kernels(wasm ? [wasm, cpu] : [cpu], small);
  const plain = new Kernels([cpu]);
  let onNode: Kernels | null = null;
  let nativeProblem: string | null = null;
  if (native !== null) {
    try {
      onNode = new Kernels([await startNative(native), cpu], 0);
    } catch (error) {
      nativeProblem = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    }
  }
  return {
    notes,
    nativeProblem,
    choose: (choice) => {
      switch (choice) {
        case 'auto':
          return onNode ?? embedded;
        case 'wasm':
          return wasm ? embedded : null;
        case 'cpu':
          return plain;
        case 'node':
          return onNode;
      }
    },
  };
}

async function start(name: 'cpu' | 'wasm', notes: string[]): Promise<KernelSet | null> {
  try {
    if (!(await setBackend(name))) throw new Error('it refused');
    await ready();
    return embeddedKernels(name, backend());
  } catch (error) {
    notes.push(`The ${name} engine does not start: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
