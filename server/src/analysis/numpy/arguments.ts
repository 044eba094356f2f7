// Arguments of numpy's functions.
import type { Shape } from '../../../../core/tensor.ts';
import type { Machine } from '../machine.ts';
import { type ArrayValue, type CallArguments, NONE, UNKNOWN, type Value } from '../values.ts';
import { toArray } from './arrays.ts';

export type Function = (m: Machine, args: CallArguments) => Value;

export const at = (args: CallArguments, name: string, place: number): Value => args.keywords.get(name) ?? args.positional[place] ?? NONE;
export const numberOf = (value: Value): number | null => (value.kind === 'number' ? value.value : null);
export const first = (m: Machine, args: CallArguments, name: string): ArrayValue | null =>
  toArray(m, args.positional[0] ?? UNKNOWN, `np.${name}`);

/** A size or a shape as an argument. */
export function shapeOf(value: Value): Shape {
  if (value.kind === 'number') return [value.value];
  if (value.kind === 'shape') return value.shape;
  if (value.kind === 'list' && value.items) return value.items.map(numberOf);
  return null;
}
