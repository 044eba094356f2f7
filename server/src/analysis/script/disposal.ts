// Tensors that TensorFlow.js has given up: by `dispose`, or at the end of the `tidy` that they were made in.
import { newTensorId, type Tensor } from '../../../../core/tensor.ts';
import type { Machine } from '../machine.ts';
import { UNDEFINED, type Value } from '../values.ts';

/** Everything made between two ids, but for what was handed out or kept. */
interface Ended {
  readonly from: number;
  readonly to: number;
  readonly survivors: ReadonlySet<number>;
}
interface Scopes {
  readonly ended: readonly Ended[];
  readonly kept: ReadonlySet<number>;
  readonly disposed: ReadonlySet<number>;
}
const EMPTY: Scopes = { ended: [], kept: new Set(), disposed: new Set() };
const SCOPES = { make: () => new Map([['', EMPTY]]) };
/** More are not remembered: then a use of a disposed tensor is not noticed. */
const MOST = 200;

const cell = (m: Machine): Map<string, Scopes> => m.remember(SCOPES);
const read = (m: Machine): Scopes => cell(m).get('') ?? EMPTY;
const write = (m: Machine, next: Scopes): void => m.journal.put(cell(m), '', next);

export function isDisposed(m: Machine, tensor: Tensor): boolean {
  const { ended, kept, disposed } = read(m);
  if (disposed.has(tensor.id)) return true;
  return !kept.has(tensor.id) && ended.some((e) => tensor.id > e.from && tensor.id < e.to && !e.survivors.has(tensor.id));
}

/** Runs a body; the tensors that it made and does not give back are disposed of. */
export function inScope(m: Machine, body: () => Value): Value {
  const from = newTensorId();
  const value = body();
  const before = read(m);
  const variables = m.variables.map((v) => v.value.id);
  const survivors = new Set([...tensorsIn(value, 0), ...variables]);
  if (before.ended.length < MOST) write(m, { ...before, ended: [...before.ended, { from, to: newTensorId(), survivors }] });
  return value;
}

function tensorsIn(value: Value, depth: number): number[] {
  if (value.kind === 'tensor') return [value.tensor.id];
  if (depth > 4) return [];
  if (value.kind === 'list') return (value.items ?? []).flatMap((v) => tensorsIn(v, depth + 1));
  if (value.kind === 'dictionary') return [...(value.entries?.values() ?? [])].flatMap((e) => tensorsIn(e.value, depth + 1));
  return [];
}

export function keep(m: Machine, value: Value): Value {
  const before = read(m);
  write(m, { ...before, kept: new Set([...before.kept, ...tensorsIn(value, 0)]) });
  return value;
}

export function dispose(m: Machine, value: Value): Value {
  const before = read(m);
  const gone = tensorsIn(value, 0);
  if (before.disposed.size < MOST) write(m, { ...before, disposed: new Set([...before.disposed, ...gone]) });
  return UNDEFINED;
}
