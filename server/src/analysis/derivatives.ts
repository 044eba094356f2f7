// Which tensors are derivatives, of what, and of which order.
import type { Tensor } from '../../../core/tensor.ts';
import type { Derivative } from './formula.ts';
import { flatten } from './structure.ts';
import { AbstractTensor } from './tensors.ts';
import type { Value } from './values.ts';

/** Says that a tensor is what a gradient call gave. */
export function markDerivative(tensor: Tensor, order: number, derivative: Derivative): void {
  if (tensor instanceof AbstractTensor) tensor.derivative = { ...derivative, order };
}

const markOf = (tensor: Tensor): (Derivative & { readonly order: number }) | null =>
  tensor instanceof AbstractTensor ? tensor.derivative : null;

/** What the result of a call is the derivative of, by names: of a derivative, one order more of the same. */
export function derivativeOf(target: Tensor | null, root: string, source: string): Derivative {
  const inner = target && markOf(target);
  return inner ? { root: inner.root, wrt: [...inner.wrt, source] } : { root, wrt: [source] };
}

/** How many gradient calls a tensor is the result of, one inside the other. */
export const derivativeOrder = (tensor: Tensor): number =>
  markOf(tensor)?.order ??
  Math.max(
    0,
    ...(tensor.origin?.name === 'Reshape' || tensor.origin?.name === 'StridedSlice' || tensor.origin?.name === 'Identity'
      ? tensor.origin.inputs.map((t) => markOf(t)?.order ?? 0)
      : [0]),
  );

/** The order of a derivative of this: 1 for a value of the program, 2 for a derivative of one … */
export function orderOf(target: Value): number {
  const tensors = (flatten(target) ?? []).flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
  return 1 + Math.max(0, ...tensors.map(derivativeOrder));
}
