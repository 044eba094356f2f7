// Arithmetic of shapes in which sizes, or even ranks, may be unknown. A contradiction is an OpError, as TensorFlow raises it.
import type { Dimension, Shape } from './tensor.ts';

/** What TensorFlow raises when an op is given inputs that it cannot take. */
export class OpError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
    this.name = type;
  }
}

/** What no kernel does: found where the op is carried out, even in a graph. */
export class KernelError extends OpError {}

/** What an op cannot take is found while a graph is made, where shapes and dtypes are wrong and not numbers. */
export function whileTracing(failure: { readonly type: string; readonly message: string }): {
  readonly type: string;
  readonly message: string;
} {
  if (failure.type !== 'InvalidArgumentError' || failure instanceof KernelError) return failure;
  return { ...failure, type: /expected to be an? \w+ tensor but is an? /.test(failure.message) ? 'TypeError' : 'ValueError' };
}

/** What TensorFlow does here hangs on more than is modelled: nothing is claimed from here on. `what` is a noun. */
export class Undetermined extends Error {
  constructor(what: string) {
    super(`what TensorFlow makes of ${what} is not known to Tape Lens`);
  }
}

export const isKnown = (shape: Shape): shape is readonly number[] => shape !== null && shape.every((d) => d !== null);

/** The number of elements; null where it is not known. */
export const sizeOf = (shape: Shape): number | null => (isKnown(shape) ? shape.reduce((a, b) => a * b, 1) : null);

/** Whether both are wholly known and equal. */
export const surelyEqual = (a: Shape, b: Shape): boolean => isKnown(a) && isKnown(b) && sameLengths(a, b);
/** Whether both have sizes that are known not to be the same. */
export const surelyDifferent = (a: Shape, b: Shape): boolean =>
  a !== null && b !== null && (a.length !== b.length || a.some((d, i) => d !== null && b[i] != null && d !== b[i]));
const sameLengths = (a: readonly Dimension[], b: readonly Dimension[]): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

export const show = (shape: Shape): string => (shape === null ? '<unknown>' : `[${shape.map((d) => d ?? '?').join(',')}]`);

/** What `tape.jacobian` raises, eagerly and without pfor, of a target without elements: a loop without rounds gives nothing of the sources' shapes. */
export function refuseNoRows(target: Shape, sources: readonly Shape[]): void {
  if (sources.length > 1)
    throw new OpError('ValueError', `Could not pack sequence. Structure had ${sources.length} atoms, but flat_sequence had 1 items.`);
  const [source] = sources;
  if (target && source && source.length > 0)
    throw new OpError(
      'ValueError',
      `Tensor's shape ${inTuple(target)} is not compatible with supplied shape ${inTuple([...target, ...source])}.`,
    );
}
const inTuple = (shape: readonly Dimension[]): string => `(${shape.map((d) => d ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;

function broadcastDimension(a: Dimension, b: Dimension): Dimension | undefined {
  if (a === b) return a;
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === null) return b;
  if (b === null) return a;
  return undefined;
}

/** NumPy's rule. Raises InvalidArgumentError when the shapes cannot be broadcast together. */
export function broadcast(a: Shape, b: Shape): Shape {
  if (a === null || b === null) return null;
  const rank = Math.max(a.length, b.length);
  const out: Dimension[] = [];
  for (let i = 0; i < rank; i++) {
    const left = i < rank - a.length ? 1 : (a[i - rank + a.length] ?? null);
    const right = i < rank - b.length ? 1 : (b[i - rank + b.length] ?? null);
    const d = broadcastDimension(left, right);
    if (d === undefined) throw new OpError('InvalidArgumentError', `Incompatible shapes: ${show(a)} vs. ${show(b)}`);
    out.push(d);
  }
  return out;
}

/** Joins what two sources say of one shape. */
export function merge(a: Shape, b: Shape): Shape {
  if (a === null) return b;
  if (b === null) return a;
  return a.length === b.length ? a.map((d, i) => d ?? b?.[i] ?? null) : null;
}

/** The axis counted from 0; throws when it is out of range. */
export function normalizeAxis(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (at < 0 || at >= rank)
    throw new OpError('InvalidArgumentError', `Invalid reduction dimension (${axis} for input with ${rank} dimension(s))`);
  return at;
}

/** All axes of a rank, or the given ones counted from 0. */
export const normalizeAxes = (axes: readonly number[] | null, rank: number): number[] =>
  axes === null ? Array.from({ length: rank }, (_, i) => i) : axes.map((a) => normalizeAxis(a, rank));

/** The shape after reducing over axes (null: over all of them); unknown axes (undefined) give an unknown shape. */
export function reduce(shape: Shape, axes: readonly number[] | null | undefined, keepDims: boolean): Shape {
  if (axes === undefined) return null;
  if (axes === null && !keepDims) return [];
  if (shape === null) return null;
  const gone = new Set(normalizeAxes(axes, shape.length));
  return keepDims ? shape.map((d, i) => (gone.has(i) ? 1 : d)) : shape.filter((_, i) => !gone.has(i));
}

/** What a reshape to `target` (with at most one -1) gives; null entries are sizes that are not known. */
export function reshape(from: Shape, target: readonly Dimension[] | null): Shape {
  if (target === null) return null;
  const total = sizeOf(from);
  const known = sizeOf(target.filter((d) => d !== -1));
  if (total !== null && known !== null && (target.includes(-1) ? known === 0 || total % known !== 0 : total !== known))
    throw new OpError('InvalidArgumentError', `Input to reshape is a tensor with ${total} values, but the requested shape has ${known}`);
  const hole = total !== null && known !== null && known > 0 ? total / known : null;
  return target.map((d) => (d === -1 ? hole : d));
}
