// The trace of a program: the graph of every op behind a tensor, differentiated backwards with the mathematical gradients, and carried out again with other numbers.
import type { Eager } from '../../../core/eager.ts';
import type { Operations } from '../../../core/operations.ts';
import { primal } from '../../../core/row.ts';
import { isDifferentiable, type Origin, type Tensor } from '../../../core/tensor.ts';

/** An op on the way has no derivative that is known here. */
export class NoDerivative extends Error {
  constructor(readonly operation: string) {
    super(`the derivative of ${operation} is not supported by Tape Lens yet`);
  }
}

/** The ops between leaves and tensors, in the order they were carried out: those whose result depends on a leaf. */
export function opsBetween(leaves: ReadonlySet<number>, tensors: readonly Tensor[]): Origin[] {
  const all = new Set<Origin>();
  const stack = tensors.filter((t) => !leaves.has(t.id));
  for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
    const { origin } = tensor;
    if (!origin || all.has(origin)) continue;
    all.add(origin);
    for (const input of origin.inputs) if (!leaves.has(input.id)) stack.push(input);
  }
  const ordered = [...all].sort((a, b) => a.sequence - b.sequence);
  const dependent = new Set(leaves);
  return ordered.filter((origin) => {
    const depends = origin.inputs.some((t) => dependent.has(t.id) && isDifferentiable(t.dtype));
    if (depends) for (const output of origin.outputs) dependent.add(output.id);
    return depends;
  });
}

/** The gradient that is true: a row's `exact` where it has one; what TensorFlow refuses to differentiate is differentiated too. */
function backward(
  origin: Origin,
  upstream: readonly (Tensor | null)[],
  needs: readonly boolean[],
  o: Operations,
): readonly (Tensor | null)[] {
  const given = upstream.map((u) => u !== null);
  const filled = upstream.map((u, i) => u ?? o.zerosConstant(origin.outputs[i] as Tensor));
  const { row } = origin;
  if (row?.withoutDerivative?.some((i) => needs[i])) throw new NoDerivative(origin.name);
  const exact = row?.exact ?? (typeof row?.gradient === 'function' ? row.gradient : undefined);
  if (exact && row) {
    const c = Object.assign(primal(row, origin.inputs, origin.outputs, origin.attributes), {
      dy: filled[0] as Tensor,
      upstream: filled,
      needs,
      given,
    });
    return exact(c, o);
  }
  if (origin.backward === 'none') return origin.inputs.map(() => null);
  if (origin.backward === 'missing') throw new NoDerivative(origin.name);
  return origin.backward(filled, needs, given);
}

/**
 * The gradients of Σ targets in the leaves, by reverse mode over the trace; null where a leaf does not reach the targets. `weights`: the targets' upstream gradients; null
 * stands for ones. The ops it takes are part of the trace, too.
 */
export function gradients(
  eager: Eager,
  targets: readonly Tensor[],
  leaves: readonly Tensor[],
  weights: readonly (Tensor | null)[] = [],
): (Tensor | null)[] {
  const o = eager.operations;
  const ids = new Set(leaves.map((t) => t.id));
  const ops = opsBetween(ids, targets);
  const known = new Set(ids);
  for (const origin of ops) for (const output of origin.outputs) known.add(output.id);
  const partials = new Map<number, Tensor[]>();
  const give = (tensor: Tensor, gradient: Tensor) => partials.set(tensor.id, [...(partials.get(tensor.id) ?? []), gradient]);
  targets.forEach((target, i) => known.has(target.id) && give(target, weights[i] ?? o.onesLikeConstant(target)));
  const total = (tensor: Tensor): Tensor | null => {
    const list = partials.get(tensor.id);
    return list ? o.addN(list) : null;
  };
  for (const origin of ops.reverse()) {
    const upstream = origin.outputs.map(total);
    if (upstream.every((u) => u === null)) continue;
    const needs = origin.inputs.map((t) => known.has(t.id));
    const found = eager.onBehalfOf(origin, () => backward(origin, upstream, needs, o));
    found.forEach((gradient, i) => {
      const input = origin.inputs[i];
      if (gradient && input && known.has(input.id)) give(input, gradient);
    });
  }
  return leaves.map(total);
}
