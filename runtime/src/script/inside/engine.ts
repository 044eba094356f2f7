// TensorFlow.js's engine with the parts open that its types keep to themselves.
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { RealmNumbers, Ref } from '../border.ts';

export type Tensors = Tensor | Tensor[];
export interface Gradients {
  readonly value: Tensor;
  readonly grads: Tensor[];
}
export interface CustomResult {
  readonly value: Tensor;
  readonly gradFunc: (dy: Tensor, saved: Tensor[]) => Tensors;
}
export type CustomFunction = (...args: unknown[]) => CustomResult;

export interface OpenEngine {
  backendName: string;
  backend: { move(dataId: object, numbers: RealmNumbers, shape: readonly number[], dtype: string, references: number): void };
  readonly state: { tensorInfo: WeakMap<object, object>; activeTape: unknown[] | null; gradientDepth: number };
  runKernel(name: string, inputs: Record<string, Tensor>, attributes?: Record<string, unknown>): Tensors;
  gradients(f: () => Tensor, sources: Tensor[], dy?: Tensor | null, allowNoGradients?: boolean): Gradients;
  customGrad(f: CustomFunction): (...inputs: Tensor[]) => Tensor;
  readSync(dataId: object): unknown;
  makeTensor(numbers: RealmNumbers, shape: readonly number[], dtype: string): Tensor;
  tidy<T>(f: () => T): T;
  startTape(): void;
  endTape(): void;
}

export const open = engine() as unknown as OpenEngine;

/** A tensor as it is now. Its numbers are not copied: the backend makes new ones for every result. */
export function refOf(tensor: Tensor): Ref {
  let numbers: RealmNumbers | null = null;
  if (tensor.dtype !== 'string') {
    try {
      numbers = open.readSync(tensor.dataId) as RealmNumbers;
    } catch {
      // Disposed of: nothing is known of it but its name.
    }
  }
  return { id: tensor.id, shape: tensor.shape, dtype: tensor.dtype, numbers };
}

/** Makes a tensor that was disposed of usable again, with the numbers that it had. */
export function revive(tensor: Tensor, { numbers, shape, dtype }: Ref): void {
  if (!tensor.isDisposed || numbers === null) return;
  const { dataId } = tensor;
  if (!open.state.tensorInfo.has(dataId)) {
    open.backend.move(dataId, numbers, shape, dtype, 1);
    open.state.tensorInfo.set(dataId, { backend: open.backend, dtype, shape, bytes: 0 });
  }
  (tensor as unknown as { isDisposedInternal: boolean }).isDisposedInternal = false;
}
