// Forward mode over a trace, many directions at once: every tensor with its tangents beside it.
import type { Eager } from '../../../core/eager.ts';
import { findRow, primal } from '../../../core/row.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { NoDerivative } from './trace.ts';

/**
 * The tangents [k, …shape] of the wanted tensors, from those of the leaves; null where a tensor does not depend on them. A tangent is let go once nothing needs it
 * any more.
 */
export function tangents(
  eager: Eager,
  ops: readonly Origin[],
  seeds: ReadonlyMap<number, Tensor>,
  wanted: readonly Tensor[],
  directions: number,
): (Tensor | null)[] {
  const lastUse = new Map<number, number>();
  ops.forEach((origin, at) => origin.inputs.forEach((t) => lastUse.set(t.id, at)));
  for (const t of wanted) lastUse.set(t.id, Infinity);
  const known = new Map(seeds);
  ops.forEach((origin, at) => {
    const given = origin.inputs.map((t) => known.get(t.id) ?? null);
    if (given.some((t) => t !== null)) {
      const found = tangentOf(eager, origin, given, directions);
      origin.outputs.forEach((output, i) => {
        const tangent = found[i];
        if (tangent && lastUse.has(output.id)) known.set(output.id, tangent);
      });
    }
    for (const t of origin.inputs) if (lastUse.get(t.id) === at) known.delete(t.id);
  });
  return wanted.map((t) => known.get(t.id) ?? null);
}

function tangentOf(eager: Eager, origin: Origin, given: readonly (Tensor | null)[], directions: number): readonly (Tensor | null)[] {
  if (origin.name === 'ReadVariableOp') return given;
  const row = findRow(origin.name);
  if (!row) throw new NoDerivative(origin.name);
  if (row.tangent === 'none') return origin.outputs.map(() => null);
  return row.tangent(
    Object.assign(primal(row, origin.inputs, origin.outputs, origin.attributes), { tangents: given, directions }),
    eager.operations,
  );
}
