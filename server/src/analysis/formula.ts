// A derivative as a formula in the program's own names: `dy/dx = 3·w·x²`.
import type { Tensor } from '../../../core/tensor.ts';
import type { Machine } from './machine.ts';

/** Null where it cannot be written. */
export function formulaOf(m: Machine, gradient: Tensor, names: { readonly target: string | null; readonly source: string; readonly order: number }): string | null {
  void m;
  void gradient;
  void names;
  return null;
}
