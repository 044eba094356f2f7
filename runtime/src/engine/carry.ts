// The table of how rows are carried out, and what its entries are written with.
import type { Attributes } from '../../../core/row.ts';
import type { Kernels } from './tfjs.ts';
import { empty, type Values } from './values.ts';

/** `shapes`: of the outputs, as the row says them. */
export interface Call {
  readonly kernels: Kernels;
  readonly inputs: readonly Values[];
  readonly attributes: Attributes;
  readonly shapes: readonly (readonly number[])[];
}
type Carry = (call: Call) => Values | Values[];

const table = new Map<string, Carry>();
export const carry = (names: string, how: Carry): void => {
  for (const name of names.split(' ')) table.set(name, how);
};

export const findCarry = (name: string): Carry | undefined => table.get(name);

export const NOTHING: Values = { data: new Float32Array(0), shape: [0], storage: 'float32' };
export const first = ({ inputs }: Call): Values => inputs[0] ?? NOTHING;
export const second = ({ inputs }: Call): Values => inputs[1] ?? NOTHING;
export const shapeOf = ({ shapes }: Call): readonly number[] => shapes[0] ?? [];
export const numbers = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : []);

export function filled(shape: readonly number[], value: number, storage: Values['storage']): Values {
  const out = empty(shape, storage);
  if (value !== 0) out.data.fill(value);
  return out;
}
