// The table of how rows are carried out, and what its entries are written with.
import { evaluate } from '../../../core/reference/evaluate.ts';
import type { Attributes } from '../../../core/row.ts';
import { OpError } from '../../../core/shape.ts';
import type { DType } from '../../../core/tensor.ts';
import type { Kernels } from './tfjs.ts';
import { empty, room, storageOf, unwritten, type Values } from './values.ts';

/** `shapes` and `dtypes`: of the outputs, as the row says them. */
export interface Call {
  readonly kernels: Kernels;
  readonly inputs: readonly Values[];
  readonly attributes: Attributes;
  readonly shapes: readonly (readonly number[])[];
  readonly dtypes: readonly DType[];
}
type Carry = (call: Call) => Values | Values[];

const table = new Map<string, Carry>();
export const carry = (names: string, how: Carry): void => {
  for (const name of names.split(' ')) table.set(name, how);
};

/** Rows that TensorFlow.js has no kernel for, or a worse one: the reference kernels, in double precision. */
export const carryByReference = (names: string): void => {
  for (const name of names.split(' ')) table.set(name, (call) => byReference(name, call));
};

const DTYPES: Readonly<Record<Values['storage'], DType>> = {
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  bool: 'bool',
  complex64: 'complex64',
};

export function byReference(name: string, { inputs, attributes, shapes, dtypes }: Call): Values[] {
  const found = evaluate(
    name,
    inputs.map(({ data, shape, storage }) => ({ values: data, shape, dtype: DTYPES[storage] })),
    attributes,
    shapes.map((shape, i) => ({ shape, dtype: dtypes[i] ?? 'float32' })),
  );
  if (!found) throw new OpError('InvalidArgumentError', `${name}: these inputs have no result`);
  return found.map((values, i) => {
    const storage = storageOf(dtypes[i] ?? 'float32');
    const data = room(values.length, storage);
    data.set(values);
    return { data, shape: shapes[i] ?? [], storage };
  });
}

export const findCarry = (name: string): Carry | undefined => table.get(name);

export const NOTHING: Values = { data: new Float32Array(0), shape: [0], storage: 'float32' };
export const first = ({ inputs }: Call): Values => inputs[0] ?? NOTHING;
export const second = ({ inputs }: Call): Values => inputs[1] ?? NOTHING;
export const shapeOf = ({ shapes }: Call): readonly number[] => shapes[0] ?? [];
export const numbers = (value: unknown): number[] => (Array.isArray(value) ? (value as number[]) : []);

export function filled(shape: readonly number[], value: number, storage: Values['storage']): Values {
  if (value === 0) return empty(shape, storage);
  const out = unwritten(shape, storage);
  if (storage === 'complex64') out.data.forEach((_, i) => (out.data[i] = i % 2 === 0 ? value : 0));
  else out.data.fill(value);
  return out;
}
