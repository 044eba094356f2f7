// How far numbers depend on how an engine rounds. TensorFlow's kernels and ours differ in the last bits: where terms cancel exactly in ours (a softmax that sums to one), something may
// be left over in TensorFlow's, and the sine of a large number is another one. So every op behind the numbers is carried out again in arithmetics that round otherwise,
// and that give eigenvectors and singular vectors, which nothing but an algorithm's steps gives a sign, other ones.
import type { Backend } from '../../core/backend.ts';
import { findRow } from '../../core/row.ts';
import { isFloating, type Origin, type Tensor } from '../../core/tensor.ts';
import { NumericTensor, valuesOf } from './engine/backend.ts';
import type { Values } from './engine/values.ts';
import { workOf } from './hessian/replay.ts';
import { originsBehind } from './hessian/respected.ts';

/** Ops, and products and sums in them, that are carried out again for one result: a second or two. Numbers with more behind them are taken for what they are. */
const MOST_OPS = 20_000;
const MOST_WORK = 30_000_000;

/** What is left over in one arithmetic may cancel in another. */
const ARITHMETICS = [1, 2, 3, 4, 5, 6];

/**
 * How far the numbers of some tensors move: the largest distance, relative to a tensor's largest number, or to 1 where that is less. Constants and variables are what they are; what
 * was drawn at random, and what has a gradient of its own, is taken as it came. Empty where too much is behind them.
 */
export function movedByRounding(backend: Backend, tensors: readonly Tensor[]): ReadonlyMap<Tensor, number> {
  const moved = new Map<Tensor, number>();
  const standIns = tensors.map((tensor) => (tensor instanceof NumericTensor ? tensor.standIn : tensor));
  const ops = originsBehind(standIns).sort((a, b) => a.sequence - b.sequence);
  if (ops.length > MOST_OPS || ops.reduce((sum, origin) => sum + workOf(origin), 0) > MOST_WORK) return moved;
  for (const arithmetic of ARITHMETICS) {
    const valueOf = carriedOut(backend, ops, arithmetic);
    for (const [i, tensor] of tensors.entries()) {
      const standIn = standIns[i] as Tensor;
      moved.set(tensor, Math.max(moved.get(tensor) ?? 0, distance(valuesOf(standIn).data, valuesOf(valueOf(standIn)).data)));
    }
  }
  return moved;
}

function distance(before: Values['data'], now: Values['data']): number {
  let largest = 1;
  let furthest = 0;
  for (const [i, value] of before.entries()) {
    const other = now[i] as number;
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    if (!Object.is(value, other)) furthest = Math.max(furthest, Number.isFinite(value - other) ? Math.abs(value - other) : Infinity);
  }
  return furthest / largest;
}

function carriedOut(backend: Backend, ops: readonly Origin[], arithmetic: number): (t: Tensor) => Tensor {
  const now = new Map<Tensor, Tensor>();
  const valueOf = (t: Tensor): Tensor => now.get(t) ?? t;
  for (const { name, inputs, outputs, attributes } of ops) {
    const row = findRow(name);
    // Nothing behind it has changed.
    if (!row || 'seed' in attributes) continue;
    const given = inputs.map(valueOf);
    backend.run(row, given, attributes).forEach((output, i) => {
      const before = outputs[i];
      const signed = VECTORS[name]?.includes(i) ? signedOtherwise(backend, output, arithmetic) : output;
      if (before) now.set(before, roundedOtherwise(backend, signed, given, arithmetic));
    });
  }
  return valueOf;
}

/** Outputs whose columns are vectors of any sign, the same in all of them. */
const VECTORS: Readonly<Record<string, readonly number[]>> = { SelfAdjointEigV2: [1], Svd: [1, 2] };

/** Some columns turned around: the arithmetics between them have any two of the first three alike and unlike. */
function signedOtherwise(backend: Backend, output: Tensor, arithmetic: number): Tensor {
  if (!(output instanceof NumericTensor)) return output;
  const { data, shape } = output.values;
  const columns = shape.at(-1) ?? 1;
  const isTurned = (column: number): boolean => ((arithmetic >> (column % 3)) & 1) === 1;
  return backend.constant(
    Float64Array.from(data, (value, i) => (isTurned(i % columns) ? -value : value)),
    shape,
    output.dtype,
  );
}

/** Units in the last place up to which a number is moved. Those of 16 bits are too short to be. */
const MOST_UNITS = 8;
const UNIT = { float32: 2 ** -23, float64: 2 ** -52 };

/** The same number is moved in the same way wherever it comes up: it still cancels against itself. What is exact is not moved. */
function roundedOtherwise(backend: Backend, output: Tensor, inputs: readonly Tensor[], arithmetic: number): Tensor {
  if (output.dtype === null || !isFloating(output.dtype) || !(output instanceof NumericTensor)) return output;
  const { data, shape } = output.values;
  const given = new Set<number>();
  for (const t of inputs) if (t instanceof NumericTensor) for (const value of valuesOf(t).data) given.add(significandOf(value));
  const unit = output.dtype === 'float64' ? UNIT.float64 : UNIT.float32;
  let isMoved = false;
  const moved = Float64Array.from(data, (value) => {
    const significand = significandOf(value);
    if (isShort(value) || given.has(significand)) return value;
    isMoved = true;
    return value * (1 + unit * unitsFor(significand, arithmetic));
  });
  return isMoved ? backend.constant(moved, shape, output.dtype) : output;
}

const bits = new DataView(new ArrayBuffer(8));

/** Without sign and exponent: of a number that was only moved about, negated or scaled by a power of two it is still the same. */
function significandOf(value: number): number {
  bits.setFloat64(0, value);
  return (bits.getUint32(0) & 0xfffff) * 2 ** 32 + bits.getUint32(4);
}

/** A number of so few bits is hardly one that was rounded; nor are zero and what is not finite. */
const isShort = (value: number): boolean => {
  const scaled = value * (2 ** 41 + 1);
  return !Number.isFinite(scaled) || scaled - (scaled - value) === value;
};

/** Between `MOST_UNITS` down and as many up, and never none. */
function unitsFor(significand: number, arithmetic: number): number {
  let mixed = Math.imul((significand / 2 ** 20) ^ significand ^ Math.imul(arithmetic, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  const drawn = (mixed >>> 16) % (2 * MOST_UNITS);
  return drawn < MOST_UNITS ? drawn - MOST_UNITS : drawn - MOST_UNITS + 1;
}
