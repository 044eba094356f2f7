// TensorFlow.js's forward kernels, called one by one without its engine: no tape, no scopes, nothing left behind.
// Numbers stay in JavaScript's memory and are copied in and out where a backend keeps its own, so that nothing has to be freed by hand.
import { getKernel, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import type { EngineName } from '../host/protocol.ts';
import type { Values } from './values.ts';

type Inputs = Readonly<Record<string, Values>> | readonly Values[];

type EngineData = Float32Array | Int32Array | Uint8Array;
type EngineStorage = 'float32' | 'int32' | 'bool';
interface StorageBackend extends KernelBackend {
  write(values: EngineData, shape: number[], dtype: EngineStorage): object;
  readSync(dataId: object): EngineData;
  disposeData(dataId: object, force?: boolean): boolean;
}

export interface NamedBackend {
  readonly name: EngineName;
  /** As TensorFlow.js registers it. */
  readonly registered: string;
  readonly backend: KernelBackend;
}

/** Up to this many elements the copies cost more than a faster kernel saves. */
export const SMALL = 2048;

/** Kernels that a backend has, but that lose NaN: the backends after it carry them out. */
const WRONG: Readonly<Record<string, ReadonlySet<string>>> = { wasm: new Set(['Maximum', 'Minimum', 'Relu6']) };

const can = (kernel: string, { registered }: NamedBackend): boolean =>
  getKernel(kernel, registered) !== undefined && WRONG[registered]?.has(kernel) !== true;

export class Kernels {
  private readonly small: NamedBackend;

  /** The last backend has every kernel, and takes what the ones before it lack or get wrong, and what is small. */
  constructor(
    private readonly backends: readonly NamedBackend[],
    private readonly smallest = SMALL,
  ) {
    const last = backends.at(-1);
    if (!last) throw new Error('an engine needs a backend');
    this.small = last;
  }

  /** What carries out most of the work. */
  get name(): EngineName {
    return (this.backends[0] ?? this.small).name;
  }

  /** Whether something faster than the last backend would carry this out. */
  prefers(kernel: string, elements: number): boolean {
    return elements > this.smallest && this.backends.find((b) => can(kernel, b)) !== this.small;
  }

  run(kernel: string, inputs: Inputs, attributes: object = {}): Values {
    const list: readonly Values[] = Array.isArray(inputs) ? (inputs as readonly Values[]) : Object.values(inputs);
    const elements = list.reduce((sum, x) => sum + x.data.length, 0);
    const { registered, backend: chosen } =
      (elements > this.smallest ? this.backends.find((b) => can(kernel, b)) : undefined) ?? this.small;
    const definition = getKernel(kernel, registered);
    if (!definition) throw new Error(`TensorFlow.js has no kernel ${kernel}`);
    const backend = chosen as StorageBackend;
    const infos = list.map((x) => write(backend, x));
    const named = Array.isArray(inputs) ? infos : Object.fromEntries(Object.keys(inputs).map((key, i) => [key, infos[i]]));
    const outputs = definition.kernelFunc({ inputs: named as never, attrs: attributes as never, backend });
    const [output] = (Array.isArray(outputs) ? outputs : [outputs]) as TensorInfo[];
    if (!output) throw new Error(`the kernel ${kernel} gave nothing back`);
    const read = { data: backend.readSync(output.dataId), shape: output.shape, storage: output.dtype as EngineStorage };
    for (const info of [...infos, output]) backend.disposeData(info.dataId, true);
    return read;
  }
}

function write(backend: StorageBackend, { data, shape, storage }: Values): TensorInfo {
  if (storage === 'float64' || data instanceof Float64Array) throw new Error('TensorFlow.js has no float64');
  const dimensions = [...shape];
  return { dataId: backend.write(data, dimensions, storage), shape: dimensions, dtype: storage };
}
