// Which elements of its inputs an element of an output reads: what the sparsity of a Hessian is found from.
import type { Attributes, Row } from './row.ts';
import { normalizeAxes } from './shape.ts';

/** Along one axis of an input: all of it, or what lies at, or around, the output's own place along one of its axes. */
export type AxisReads = 'all' | Along;
export interface Along {
  /** An axis of the output. */
  readonly along: number;
  /** Without one, the place itself. */
  readonly window?: Window;
}

/** Output place i reads the input at i·stride + k·dilation − before, for k from 0 to size − 1, as far as the input reaches. */
export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  /** The other way round: i reads those places that, as outputs, would read i. */
  readonly transposed?: boolean;
}

/**
 * What a row says of itself. `elementwise`: the same place, with broadcasting; `matmul`; `reduce`: over `attributes.axes` or `axis`; `fold`: a broadcast the other way;
 * `last axis`: the whole row; `axis`: all along `attributes.axis`, the same place otherwise; `all`: everything. `move`: each output element is one element of an input that
 * is differentiated, or constant; `adds`: each element of the first input is added to one output element, or to none. These two are found by carrying the op, or its gradient,
 * out on numbers of places; inputs that nothing differentiates (indices) say where. A function says it axis by axis, for every input; null for one that is not read.
 */
export type Dependence<P = Attributes> =
  'elementwise' | 'matmul' | 'reduce' | 'fold' | 'last axis' | 'axis' | 'move' | 'adds' | 'all' | AxisDependence<P>;
export type AxisDependence<P> = (
  inputs: readonly (readonly number[])[],
  output: readonly number[],
  attributes: P,
) => readonly (readonly AxisReads[] | null)[];

/** For every input, axis by axis; or how the places are to be found. */
export type Reads = 'move' | 'adds' | readonly (readonly AxisReads[] | null)[];

/** What an output of the shape `output` reads of inputs of these shapes. */
export function readsOf(row: Row, inputs: readonly (readonly number[])[], output: readonly number[], attributes: Attributes): Reads {
  const { dependence } = row;
  if (typeof dependence === 'function') return dependence(inputs, output, attributes);
  switch (dependence) {
    case 'move':
    case 'adds':
      return dependence;
    case 'elementwise':
      return inputs.map((shape) => broadcast(shape, output));
    case 'matmul':
      return inputs.map((shape, i) => factor(shape, output, i === 0 ? 'rows' : 'columns', attributes));
    case 'reduce':
      return inputs.map((shape) => reduced(shape, output, reducedAxes(shape, attributes)));
    case 'fold':
      return inputs.map((shape) => folded(shape, output));
    case 'last axis':
      return inputs.map((shape) => samePlaceBut(shape, [shape.length - 1]));
    case 'axis':
      return inputs.map((shape) => samePlaceBut(shape, normalizeAxes([Number(attributes['axis'] ?? 0)], shape.length)));
    case 'all':
      return inputs.map((shape) => shape.map(() => 'all'));
  }
}

/** The output's own place along every axis but these, and all along these. */
export const samePlaceBut = (shape: readonly number[], all: readonly number[]): readonly AxisReads[] =>
  shape.map((_, axis) => (all.includes(axis) ? 'all' : { along: axis }));

/** A batch of matrices in the last two axes: one matrix, or what is found of it, only meets its own; the batch axes broadcast. */
export const ofMatrices = (inputs: readonly (readonly number[])[], output: readonly number[]): readonly (readonly AxisReads[])[] => {
  const batch = inputs.reduce<readonly number[]>(
    (longest, shape) => (shape.length - 2 > longest.length ? shape.slice(0, -2) : longest),
    [],
  );
  return inputs.map((shape) => [
    ...broadcast(shape.slice(0, -2), output.slice(0, batch.length)),
    ...shape.slice(-2).map(() => 'all' as const),
  ]);
};

/** An input that is broadcast to the output. */
export function broadcast(shape: readonly number[], output: readonly number[]): readonly AxisReads[] {
  const missing = output.length - shape.length;
  return shape.map((size, axis) => (size === output[axis + missing] ? { along: axis + missing } : 'all'));
}

function factor(
  shape: readonly number[],
  output: readonly number[],
  kept: 'rows' | 'columns',
  { transposeA, transposeB }: Attributes,
): readonly AxisReads[] {
  const batch = broadcast(shape.slice(0, -2), output.slice(0, -2));
  const along: AxisReads = { along: output.length - (kept === 'rows' ? 2 : 1) };
  const keptFirst = kept === 'rows' ? transposeA !== true : transposeB === true;
  return [...batch, ...(keptFirst ? [along, 'all' as const] : ['all' as const, along])];
}

const reducedAxes = (shape: readonly number[], { axes, axis }: Attributes): number[] =>
  normalizeAxes(typeof axis === 'number' ? [axis] : ((axes ?? null) as readonly number[] | null), shape.length);

function reduced(shape: readonly number[], output: readonly number[], axes: readonly number[]): readonly AxisReads[] {
  const kept = output.length === shape.length;
  let next = 0;
  return shape.map((_, axis) => {
    if (axes.includes(axis)) return 'all';
    return { along: kept ? axis : next++ };
  });
}

function folded(shape: readonly number[], output: readonly number[]): readonly AxisReads[] {
  const missing = shape.length - output.length;
  return shape.map((size, axis) => (axis >= missing && output[axis - missing] === size ? { along: axis - missing } : 'all'));
}
