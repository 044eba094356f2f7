// TensorFlow.js's forward kernels, called one by one without its tape: nothing is left behind.
// Numbers stay in JavaScript's memory and are copied in and out where a backend keeps its own, so that nothing has to be freed by hand.
import { getKernel, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { EngineName } from '../host/protocol.ts';
import { OutOfMemory } from './memory.ts';
import type { Values } from './values.ts';

export type Inputs = Readonly<Record<string, Values>> | readonly Values[];

/** The kernels of one backend. */
export interface KernelSet {
  readonly name: EngineName;
  has(kernel: string): boolean;
  /** The kernel's first output. Only for a kernel that it has. */
  run(kernel: string, inputs: Inputs, attributes: object): Values;
}

/** Up to this many elements the copies cost more than a faster kernel saves. */
export const SMALL = 2048;

export class Kernels {
  private readonly small: KernelSet;
  /** Kernels that the first set lacks, or has wrong, and that were asked for since this was emptied. */
  readonly passedOver = new Set<string>();

  /** The last set has every kernel, and takes what the ones before it lack, and what is small. */
  constructor(
    private readonly sets: readonly KernelSet[],
    private readonly smallest = SMALL,
  ) {
    const last = sets.at(-1);
    if (!last) throw new Error('an engine needs a backend');
    this.small = last;
  }

  /** What carries out most of the work. */
  get name(): EngineName {
    return (this.sets[0] ?? this.small).name;
  }

  /** Whether something else than the last set carries this out. */
  prefers(kernel: string, elements: number): boolean {
    return this.chosen(kernel, elements) !== this.small;
  }

  private chosen(kernel: string, elements: number): KernelSet {
    return (elements > this.smallest ? this.sets.find((candidate) => candidate.has(kernel)) : undefined) ?? this.small;
  }

  run(kernel: string, inputs: Inputs, attributes: object = {}): Values {
    const elements = listOf(inputs).reduce((sum, x) => sum + x.data.length, 0);
    const set = this.chosen(kernel, elements);
    if (!set.has(kernel)) throw new Error(`TensorFlow.js has no kernel ${kernel}`);
    if (elements > this.smallest && this.sets[0]?.has(kernel) === false) this.passedOver.add(kernel);
    return set.run(kernel, inputs, attributes);
  }
}

export const listOf = (inputs: Inputs): readonly Values[] =>
  Array.isArray(inputs) ? (inputs as readonly Values[]) : Object.values(inputs);

/** A backend's tensors under the names that the kernel has for its inputs. */
export const namedAs = <T>(inputs: Inputs, tensors: readonly T[]): readonly T[] | Record<string, T | undefined> =>
  Array.isArray(inputs) ? tensors : Object.fromEntries(Object.keys(inputs).map((key, i) => [key, tensors[i]]));

/** TensorFlow.js has no float64. */
export type EngineData = Float32Array | Int32Array | Uint8Array;
export type EngineStorage = 'float32' | 'int32' | 'bool';

interface StorageBackend extends KernelBackend {
  write(values: EngineData, shape: number[], dtype: EngineStorage): object;
  readSync(dataId: object): EngineData;
  disposeData(dataId: object, force?: boolean): boolean;
}

/** Kernels that WebAssembly and tfjs-node have, but that lose NaN: pure JavaScript carries them out. */
export const LOSES_NAN: ReadonlySet<string> = new Set(['Maximum', 'Minimum', 'Relu6']);

/** The kernels of a backend that is bundled with us: without TensorFlow.js's engine, so no scopes and no tensors either. */
export function embeddedKernels(name: 'wasm' | 'cpu', started: KernelBackend): KernelSet {
  const backend = started as StorageBackend;
  refuseNoMemory(started as Partial<WasmBackend>);
  return {
    name,
    has: (kernel) => getKernel(kernel, name) !== undefined && !(name === 'wasm' && LOSES_NAN.has(kernel)),
    run: (kernel, inputs, attributes) => {
      const definition = getKernel(kernel, name);
      if (!definition) throw new Error(`TensorFlow.js has no kernel ${kernel}`);
      const infos: TensorInfo[] = [];
      try {
        for (const x of listOf(inputs)) infos.push(write(backend, x));
        const outputs = definition.kernelFunc({ inputs: namedAs(inputs, infos) as never, attrs: attributes as never, backend });
        const [output] = (Array.isArray(outputs) ? outputs : [outputs]) as TensorInfo[];
        if (!output) throw new Error(`the kernel ${kernel} gave nothing back`);
        infos.push(output);
        return { data: backend.readSync(output.dataId), shape: output.shape, storage: output.dtype as EngineStorage };
      } finally {
        for (const info of infos) backend.disposeData(info.dataId, true);
      }
    },
  };
}

/** WebAssembly's kernels take 0, which is what there is when nothing is left, for a place like any other. */
function refuseNoMemory({ wasm }: Partial<WasmBackend>): void {
  if (!wasm) return;
  const { _malloc: allocate } = wasm;
  wasm._malloc = (bytes) => {
    const place = allocate(bytes);
    if (place === 0 && bytes > 0) throw new OutOfMemory();
    return place;
  };
}

interface WasmBackend {
  readonly wasm: { _malloc: (bytes: number) => number };
}

function write(backend: StorageBackend, x: Values): TensorInfo {
  const { data, storage } = engineNumbers(x);
  const dimensions = [...x.shape];
  return { dataId: backend.write(data, dimensions, storage), shape: dimensions, dtype: storage };
}

/** The numbers as an engine takes them. */
export function engineNumbers({ data, storage }: Values): { readonly data: EngineData; readonly storage: EngineStorage } {
  if (storage === 'float64' || storage === 'complex64' || data instanceof Float64Array)
    throw new Error(`TensorFlow.js has no ${storage} here`);
  return { data, storage };
}
