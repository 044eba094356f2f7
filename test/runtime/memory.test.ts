// Memory that is not there: WebAssembly's kernels would write to place 0 as to any other.
import { type KernelBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOutOfMemory } from '../../runtime/src/engine/memory.ts';
import { embeddedKernels } from '../../runtime/src/engine/tfjs.ts';

const KERNEL = 'OfThisTest';
let free = 0;
let next = 1;
const held = new Set<object>();

/** A backend with room for so many bytes. */
const backend = {
  wasm: { _malloc: (bytes: number): number => (bytes > free ? 0 : ((free -= bytes), next++)) },
  write(values: Float32Array): object {
    const dataId = { place: this.wasm._malloc(values.byteLength) };
    held.add(dataId);
    return dataId;
  },
  readSync: () => new Float32Array(1),
  disposeData: (dataId: object) => held.delete(dataId),
};

beforeAll(() =>
  registerKernel({
    kernelName: KERNEL,
    backendName: 'wasm',
    kernelFunc: () => ({ dataId: backend.write(new Float32Array(1)), shape: [1], dtype: 'float32' }),
  }),
);
afterAll(() => unregisterKernel(KERNEL, 'wasm'));

const kernels = embeddedKernels('wasm', backend as unknown as KernelBackend);
const numbers = { data: new Float32Array(4), shape: [4], storage: 'float32' } as const;
const run = (bytes: number): unknown => {
  free = bytes;
  try {
    return kernels.run(KERNEL, [numbers, numbers], {});
  } catch (error) {
    return error;
  }
};

it('an input or an output that there is no room for raises, and everything else is given back', () => {
  for (const bytes of [0, 16, 32]) expect(isOutOfMemory(run(bytes)), `${bytes} bytes`).toBe(true);
  expect(run(36)).toMatchObject({ shape: [1] });
  expect(held.size).toBe(0);
});
