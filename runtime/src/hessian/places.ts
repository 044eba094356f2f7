// Where elements come from and go to, and what flows along a trace: what both ways of finding a sparsity pattern are made of.
import type { Eager } from '../../../core/eager.ts';
import { type Reads, readsOf } from '../../../core/reads.ts';
import { findRow } from '../../../core/row.ts';
import { isKnown } from '../../../core/shape.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { product } from '../engine/values.ts';

export const shapeOf = (t: Tensor): readonly number[] => (isKnown(t.shape) ? t.shape : []);
export const sizeOf = (t: Tensor): number => product(shapeOf(t));

/** One op that something flows through, to one of its outputs. */
export interface Step<S> {
  readonly origin: Origin;
  /** What is known of each input; null where it does not depend on the leaves. */
  readonly given: readonly (S | null)[];
  readonly output: number;
  readonly reads: Reads;
}

/** Carries something from the leaves along the ops to the wanted tensors; null where a tensor does not depend on them. */
export function flow<S>(
  ops: readonly Origin[],
  leaves: ReadonlyMap<number, S>,
  wanted: readonly Tensor[],
  through: (step: Step<S>) => S,
): (S | null)[] {
  const known = new Map(leaves);
  for (const origin of ops) {
    const given = origin.inputs.map((t) => known.get(t.id) ?? null);
    if (given.every((s) => s === null)) continue;
    const row = findRow(origin.name);
    if (row?.tangent === 'none') continue;
    origin.outputs.forEach((y, output) => {
      const [first] = given;
      if (origin.name === 'ReadVariableOp' && first) known.set(y.id, first);
      else known.set(y.id, through({ origin, given, output, reads: readsAt(origin, output) }));
    });
  }
  return wanted.map((t) => known.get(t.id) ?? null);
}

/** An op without a row (the program's own gradient) may read everything. */
function readsAt(origin: Origin, output: number): Reads {
  const row = findRow(origin.name);
  const shapes = origin.inputs.map(shapeOf);
  return row ? readsOf(row, shapes, shapeOf(origin.outputs[output] as Tensor), origin.attributes) : shapes.map((s) => s.map(() => 'all'));
}

/** Of a move: for every element of an output, 1 + its place in the given inputs laid end to end; 0 where it is from none of them. */
export function placesMoved(eager: Eager, { origin, given, output }: Step<unknown>): Int32Array {
  let next = 1;
  const inputs = origin.inputs.map((t, i) => {
    const isGiven = given[i] !== null;
    if (!isGiven && !isFloating(t)) return t;
    const places = new Int32Array(sizeOf(t));
    if (isGiven) for (let k = 0; k < places.length; k++) places[k] = next++;
    return eager.backend.constant(places, shapeOf(t), 'int32');
  });
  const row = findRow(origin.name);
  const outputs = row ? eager.backend.run(row, inputs, { ...origin.attributes, value: 0 }) : [];
  return numbersOf(eager, outputs[output]);
}

/** Of an op that adds: for every element of the first input, 1 + the place in the output that it is added to; 0 where it goes nowhere. */
export function placesAdded(eager: Eager, { origin, output }: Step<unknown>): Int32Array {
  if (typeof origin.backward !== 'function') return new Int32Array(0);
  const upstream = origin.outputs.map((y, i) =>
    eager.backend.constant(
      i === output ? Int32Array.from({ length: sizeOf(y) }, (_, k) => k + 1) : new Int32Array(sizeOf(y)),
      shapeOf(y),
      'int32',
    ),
  );
  const [found] = origin.backward(
    upstream,
    origin.inputs.map((_, i) => i === 0),
    origin.outputs.map((_, i) => i === output),
  );
  return numbersOf(eager, found ?? undefined);
}

/** Through a chain of moves: for every element of the targets, 1 + its place in the sources laid end to end; 0 where it is from none of them. */
export function placesThrough(eager: Eager, moves: readonly Origin[], sources: readonly Tensor[], targets: readonly Tensor[]): Int32Array {
  let next = 1;
  const known = new Map<number, Int32Array>();
  for (const source of sources)
    known.set(
      source.id,
      Int32Array.from({ length: sizeOf(source) }, () => next++),
    );
  for (const origin of moves) {
    const given = origin.inputs.map((t) => known.get(t.id) ?? null);
    const joined = new Int32Array(1 + given.reduce((sum, places) => sum + (places?.length ?? 0), 0));
    let at = 1;
    for (const places of given)
      if (places) {
        joined.set(places, at);
        at += places.length;
      }
    origin.outputs.forEach((y, output) =>
      known.set(
        y.id,
        placesMoved(eager, { origin, given, output, reads: 'move' }).map((place) => joined[place] as number),
      ),
    );
  }
  const all = targets.map((t) => known.get(t.id) ?? new Int32Array(sizeOf(t)));
  const out = new Int32Array(all.reduce((sum, places) => sum + places.length, 0));
  let at = 0;
  for (const places of all) {
    out.set(places, at);
    at += places.length;
  }
  return out;
}

const isFloating = ({ dtype }: Tensor): boolean => dtype === 'float32' || dtype === 'float64';

function numbersOf(eager: Eager, tensor: Tensor | undefined): Int32Array {
  const numbers = tensor ? eager.backend.valueOf(tensor) : null;
  return numbers instanceof Int32Array ? numbers : Int32Array.from(numbers ?? []);
}
