// Whether a Hessian is the same for every input: whether what its columns are made of depends on what it is differentiated by.
import type { Session } from '../session.ts';
import type { Columns } from './columns.ts';
import type { SecondDerivative } from './derivative.ts';
import { floats } from './matrix.ts';
import { opsBetween } from './trace.ts';

/** Read off the ops of one product: it is constant where nothing of the inputs but the direction comes into it. A Hessian of zeros is not called so. */
export function isConstant({ backend }: Session, h: SecondDerivative, { isZero, directions }: Columns): boolean {
  if (isZero || directions === 0) return false;
  const seeds = floats(h.columns, h.like).fill(1);
  // Only the ops are of interest, none of the numbers.
  const tangents = backend.lazily(() => h.tangentsAlong(seeds, 1));
  const products = tangents.filter((tangent) => tangent !== null);
  return opsBetween(new Set(h.leaves.map(({ tensor }) => tensor.id)), products).length === 0;
}
