// The backends that a script finds: TensorFlow.js's own kernels in JavaScript, with the large ones handed to the engine around the realm.
import {
  type DataType,
  getKernelsForBackend,
  type KernelConfig,
  registerBackend,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Carried, Outside, RealmNumbers } from '../border.ts';

/** Names that programs choose by `tf.setBackend`. */
const NAMES = ['wasm', 'tensorflow', 'webgl', 'webgpu'];

export function startBackends(outside: Outside, chosen: string): void {
  const own = getKernelsForBackend('cpu');
  for (const name of NAMES) {
    // TensorFlow.js begins with the one of the highest priority; its own `cpu` has 1.
    registerBackend(name, () => new MathBackendCPU(), name === chosen ? 2 : 0);
    for (const kernel of own) registerKernel({ ...kernel, backendName: name, kernelFunc: handedOver(kernel, outside) });
  }
}

/** Kernels that give their input's own numbers back, several outputs, or complex numbers. */
const KEPT: ReadonlySet<string> = new Set(
  ['Cast', 'Complex', 'ExpandDims', 'Identity', 'Reshape', 'SplitV', 'TopK', 'Unique', 'Unpack', 'MaxPoolWithArgmax'].concat(
    [3, 4, 5].map((version) => `NonMaxSuppressionV${version}`),
  ),
);

type Kernel = KernelConfig['kernelFunc'];

/** Hands a kernel over where that is faster; what the engine around gives comes back as the realm's own numbers. */
function handedOver({ kernelName, kernelFunc }: KernelConfig, outside: Outside): Kernel {
  if (KEPT.has(kernelName)) return kernelFunc;
  return (call) => {
    const backend = call.backend as MathBackendCPU;
    const names = Object.keys(call.inputs);
    const infos = names.map((name) => call.inputs[name]);
    let elements = 0;
    for (const info of infos) elements += info ? info.shape.reduce((a, b) => a * b, 1) : 0;
    if (!infos.every(isPlain) || !outside.carries(kernelName, elements)) return kernelFunc(call);
    const given = infos.map((info) => carried(info, backend));
    const done = outside.carry(kernelName, names, given, call.attrs ?? {});
    if (done === null) return kernelFunc(call);
    const { numbers, shape, dtype } = done;
    const made = dtype === 'int32' ? Int32Array.from(numbers) : dtype === 'bool' ? Uint8Array.from(numbers) : new Float32Array(numbers);
    return backend.makeTensorInfo([...shape], dtype as DataType, made);
  };
}

const isPlain = (info: TensorInfo | undefined): info is TensorInfo =>
  info !== undefined && (info.dtype === 'float32' || info.dtype === 'int32' || info.dtype === 'bool');

const carried = ({ dataId, shape, dtype }: TensorInfo, backend: MathBackendCPU): Carried => ({
  numbers: backend.readSync(dataId) as RealmNumbers,
  shape,
  dtype,
});
