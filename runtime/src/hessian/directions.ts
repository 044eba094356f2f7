// Forward mode over a trace, many directions at once: every tensor with its tangents beside it.
import type { Eager } from '../../../core/eager.ts';
import { findRow, primal } from '../../../core/row.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { valuesOf } from '../engine/backend.ts';
import { scratch } from '../engine/scratch.ts';
import { gradients, NoDerivative } from './trace.ts';

/**
 * The tangents [k, …shape] of the wanted tensors, from those of the leaves; null where a tensor does not depend on them. A tangent is let go once nothing needs it
 * any more, and its memory with it where that is lent. `onOp` is shown what comes of every op.
 */
export function tangents(
  eager: Eager,
  ops: readonly Origin[],
  seeds: ReadonlyMap<number, Tensor>,
  wanted: readonly Tensor[],
  directions: number,
  onOp?: (origin: Origin, given: readonly (Tensor | null)[], found: readonly (Tensor | null)[]) => void,
): (Tensor | null)[] {
  const lastUse = new Map<number, number>();
  ops.forEach((origin, at) => origin.inputs.forEach((t) => lastUse.set(t.id, at)));
  for (const t of wanted) lastUse.set(t.id, Infinity);
  const known = new Map(seeds);
  ops.forEach((origin, at) => {
    const given = origin.inputs.map((t) => known.get(t.id) ?? null);
    if (given.some((t) => t !== null)) {
      const found = tangentOf(eager, origin, given, directions);
      onOp?.(origin, given, found);
      origin.outputs.forEach((output, i) => {
        const tangent = found[i];
        if (tangent && lastUse.has(output.id)) known.set(output.id, tangent);
      });
    }
    for (const t of origin.inputs) if (lastUse.get(t.id) === at) known.delete(t.id);
    if (scratch.isOpen) scratch.sweep([...known.values()].map((t) => valuesOf(t).data));
  });
  return wanted.map((t) => known.get(t.id) ?? null);
}

function tangentOf(eager: Eager, origin: Origin, given: readonly (Tensor | null)[], directions: number): readonly (Tensor | null)[] {
  if (origin.name === 'ReadVariableOp') return given;
  const row = findRow(origin.name);
  // The program's own code may keep what it is given.
  if (!row) return scratch.closed(() => eager.keepingOrigins(true, () => transposed(eager, origin, given, directions)));
  if (row.tangent === 'none') return origin.outputs.map(() => null);
  return row.tangent(
    Object.assign(primal(row, origin.inputs, origin.outputs, origin.attributes), { tangents: given, directions }),
    eager.operations,
  );
}

/**
 * Of an op that only says its gradient (`tf.custom_gradient`, `tf.customGrad`): its derivative is the transpose of the linear map from upstream gradients to gradients, which
 * reverse mode over that map gives.
 */
function transposed(eager: Eager, origin: Origin, given: readonly (Tensor | null)[], directions: number): readonly (Tensor | null)[] {
  const { backward } = origin;
  if (typeof backward !== 'function') throw new NoDerivative(origin.name);
  const { operations: o } = eager;
  const upstream = origin.outputs.map((y) => o.zerosConstant(y));
  const found = backward(
    upstream,
    given.map((t) => t !== null),
    upstream.map(() => true),
  );
  const columns = Array.from({ length: directions }, (_, k) => {
    const products = found.flatMap((gradient, i) => {
      const tangent = given[i];
      return gradient && tangent ? [o.sum(o.mul(gradient, direction(o, tangent, k)))] : [];
    });
    return products.length > 0 ? gradients(eager, [o.addN(products)], upstream) : upstream.map(() => null);
  });
  return origin.outputs.map((y, i) => {
    const list = columns.map((column) => column[i] ?? null);
    return list.every((t) => t === null) ? null : o.stack(list.map((t) => t ?? o.zerosConstant(y)));
  });
}

/** One of the directions of a tangent [k, …shape]. */
function direction(o: Eager['operations'], tangent: Tensor, k: number): Tensor {
  const shape = (tangent.shape ?? []).map((d) => d ?? 0);
  const one = o.slice(
    tangent,
    shape.map((_, axis) => (axis === 0 ? k : 0)),
    [1, ...shape.slice(1)],
  );
  return o.reshape(one, shape.slice(1));
}
