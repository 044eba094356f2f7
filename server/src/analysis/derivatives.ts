// Which tensors are derivatives, of what, and of which order.
import type { Tensor } from '../../../core/tensor.ts';
import type { Derivative } from './formula.ts';
import { flatten } from './structure.ts';
import type { Value } from './values.ts';

const orders = new WeakMap<Tensor, number>();
const derivatives = new WeakMap<Tensor, Derivative>();

/** Says that a tensor is what a gradient call gave. */
export function markDerivative(tensor: Tensor, order: number, derivative: Derivative): void {
  orders.set(tensor, order);
  derivatives.set(tensor, derivative);
}

/** What the result of a call is the derivative of, by names: of a derivative, one order more of the same. */
export function derivativeOf(target: Tensor | null, root: string, source: string): Derivative {
  const inner = target ? derivatives.get(target) : undefined;
  return inner ? { root: inner.root, wrt: [...inner.wrt, source] } : { root, wrt: [source] };
}

/** How many gradient calls a tensor is the result of, one inside the other. */
export const derivativeOrder = (tensor: Tensor): number =>
  orders.get(tensor) ??
  Math.max(
    0,
    ...(tensor.origin?.name === 'Reshape' || tensor.origin?.name === 'StridedSlice' || tensor.origin?.name === 'Identity'
      ? tensor.origin.inputs.map((t) => orders.get(t) ?? 0)
      : [0]),
  );

/** The order of a derivative of this: 1 for a value of the program, 2 for a derivative of one … */
export function orderOf(target: Value): number {
  const tensors = (flatten(target) ?? []).flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
  return 1 + Math.max(0, ...tensors.map(derivativeOrder));
}
