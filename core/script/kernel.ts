// A kernel of TensorFlow.js: the row (or composition) that gives its numbers, and the gradient that TensorFlow.js has registered for it.
import type { Operations } from '../operations.ts';
import type { Attributes, Upstream } from '../row.ts';
import type { Tensor } from '../tensor.ts';

/** What gradients of other kernels are called through, by kernels' names. */
interface Kernels {
  kernel(name: string, inputs: readonly Tensor[], attributes?: Attributes): Tensor;
}

/** One thunk per input, each called only where that input is a function of x; undefined where TensorFlow.js's gradient says nothing of the input. */
export type KernelGradient<A extends string = string> = (
  c: Upstream<A, Attributes>,
  o: Operations,
  k: Kernels,
) => readonly ((() => Tensor) | undefined)[];

export interface Kernel {
  /** As TensorFlow.js registers it, and names it in its errors. */
  readonly name: string;
  /** The inputs' names there; a kernel of a list of tensors has none. */
  readonly inputs: readonly string[];
  /** The row's name, or a composition of ops that the tape does not see. Attributes are the row's. */
  readonly forward: string | ((inputs: readonly Tensor[], attributes: Attributes, o: Operations) => readonly Tensor[]);
  /** null: none is registered, and a gradient that has to pass raises. */
  readonly gradient: KernelGradient | null;
  /** Its gradient reads the output. */
  readonly savesOutput: boolean;
}

const kernels = new Map<string, Kernel>();
const byRow = new Map<string, Kernel>();

interface Definition<A extends string> {
  readonly forward: Kernel['forward'];
  readonly gradient: KernelGradient<A> | null;
  readonly savesOutput?: boolean;
}

/** Adds a kernel. `inputs`: names in order, separated by spaces; '' for a list of tensors. */
export function kernel<const A extends string>(name: string, inputs: readonly A[], definition: Definition<A>): void {
  if (kernels.has(name)) throw new Error(`two kernels ${name}`);
  const made: Kernel = {
    name,
    inputs,
    forward: definition.forward,
    gradient: definition.gradient as KernelGradient | null,
    savesOutput: definition.savesOutput === true,
  };
  kernels.set(name, made);
  if (typeof made.forward === 'string' && !byRow.has(made.forward)) byRow.set(made.forward, made);
}

export const findKernel = (name: string): Kernel | undefined => kernels.get(name);
export const kernelOfRow = (row: string): Kernel | undefined => byRow.get(row);
export const allKernels = (): readonly Kernel[] => [...kernels.values()];
