// `tape.jacobian` and `tape.batch_jacobian`: one row at a time, by the tape's own gradient under an upstream gradient that picks the row.
import type { Eager } from '../../../core/eager.ts';
import { callLoop, callVectorized } from '../../../core/function.ts';
import { currentGraph, vectorizing } from '../../../core/graph.ts';
import { refuseLoopsOfRows } from '../../../core/pfor.ts';
import { isKnown, OpError, refuseNoRows, show } from '../../../core/shape.ts';
import type { GradientTape } from '../../../core/tape.ts';
import { type DType, isProgramsOwn, numbersPer, type Tensor } from '../../../core/tensor.ts';
import { NumericTensor, Unsupported, valuesOf } from '../engine/backend.ts';
import { empty, product, storageOf, type Values } from '../engine/values.ts';
import type { Source } from '../session.ts';

interface JacobianOptions {
  readonly unconnectedZero: boolean;
  /** Of each example alone: target [b, ...] by source [b, ...]. */
  readonly batch: boolean;
  /** All rows in one function, which is one Call to the tapes outside. */
  readonly vectorized: boolean;
}

/** One Jacobian per source, of the shape target + source; null for None, which a batch Jacobian never gives. TensorFlow: python/eager/backprop.py, GradientTape.jacobian. */
export function jacobian(
  eager: Eager,
  tape: GradientTape,
  asked: Tensor,
  sources: readonly Source[],
  options: JacobianOptions,
): (Tensor | null)[] {
  // TensorFlow reshapes the target under the tape: a target that the tape does not know stays unknown, even where it is a source itself.
  const target = tape.whileRecording(() => eager.operations.identity(asked));
  if (!isKnown(target.shape)) throw new OpError('ValueError', `the target's shape ${show(target.shape)} is not known`);
  tape.begin();
  const rows = () => {
    if (!options.batch && !options.vectorized && currentGraph(eager) === null && product(dimensionsOf(target)) === 0)
      return noRows(eager, target, sources);
    const made = options.batch ? batchJacobian(eager, tape, target, sources) : fullJacobian(eager, tape, target, sources);
    if (!options.vectorized) checkWritten(eager, made, target, sources, options.unconnectedZero);
    return made;
  };
  const isLoop = !options.vectorized && currentGraph(eager) !== null;
  const tensors = sources.map((s) => s.tensor);
  const wants = (inputs: readonly Tensor[]): boolean => tape.leadsTo(inputs, tensors);
  const made = () =>
    options.vectorized ? vectorized(eager, tape, target, wants, options, rows) : isLoop ? looped(eager, target, rows) : rows();
  const found = made();
  if (!tape.options.persistent) tape.finish();
  const { shape } = target;
  return found.map((gradient, i) => {
    const source = sources[i];
    if (gradient || !source || !(options.unconnectedZero || options.batch)) return gradient;
    const whole = [...shape, ...shapeOf(source).slice(options.batch ? 1 : 0)];
    return eager.operations.full(0, whole, options.unconnectedZero ? dtypeOf(source) : target.dtype);
  });
}

/**
 * Rows that are made one after the other go into arrays of the target's dtype; in a graph this is found when it runs.
 * TensorFlow: python/ops/parallel_for/control_flow_ops.py, for_loop.
 */
function checkWritten(eager: Eager, made: readonly (Tensor | null)[], target: Tensor, sources: readonly Source[], zero: boolean): void {
  sources.forEach((source, i) => {
    const written = made[i] ? made[i].dtype : zero ? dtypeOf(source) : target.dtype;
    if (written === target.dtype) return;
    if (currentGraph(eager)) throw new Unsupported("a Jacobian of another dtype than the target's, without pfor, in a graph");
    throw new OpError('InvalidArgumentError', `TensorArray dtype is ${target.dtype} but Op is trying to write dtype ${written} `);
  });
}

const isWatched = ({ tapes, accumulators }: Eager): boolean => tapes.length > 0 || accumulators.length > 0;

/** TensorFlow makes all rows in one vectorised function: to the tapes outside they are one Call. AutoGraph converts it, which changes what a missing gradient raises there. */
function vectorized(
  eager: Eager,
  tape: GradientTape,
  target: Tensor,
  wants: Eager['wants'],
  options: JacobianOptions,
  body: () => (Tensor | null)[],
): (Tensor | null)[] {
  const inGraph = currentGraph(eager) !== null;
  const rows = () => {
    try {
      const { found, obstacles } = vectorizing(eager, wants, body);
      if (obstacles.control || obstacles.python) throw new Unsupported('a vectorised Jacobian through a loop or a condition of a graph');
      if (obstacles.loopsOfRows && tape.options.persistent) refuseLoopsOfRows(options.batch ? 'batch_jacobian' : 'jacobian');
      return found;
    } catch (error) {
      if (!inGraph && error instanceof OpError && error.type === 'LookupError') throw new OpError('StagingError', error.message);
      throw error;
    }
  };
  // Nobody sees the function, unless the program makes gradients of its own in it: what it does there is done in a graph.
  if (!isWatched(eager) && !tape.reachable([target]).some(isProgramsOwn)) return rows();
  const present: boolean[] = [];
  const whole = callVectorized(eager, () => {
    // What tapes outside know of the target, they know of the call.
    eager.operations.identity(target);
    return rows().filter((gradient): gradient is Tensor => {
      present.push(gradient !== null);
      return gradient !== null;
    });
  });
  let at = 0;
  return present.map((there) => (there ? (whole[at++] ?? null) : null));
}

/** In a graph, rows that are not vectorised are a loop, which reads the target and what its gradient reads. */
function looped(eager: Eager, target: Tensor, body: () => (Tensor | null)[]): (Tensor | null)[] {
  const { backend, operations } = eager;
  const all = backend.lazily?.(body) ?? body();
  // A loop that gives nothing is none to TensorFlow. Recorded in test/oracle/programs/cf_jacobian_of_nothing.
  if (all.length === 0) throw new OpError('ValueError', 'Attempting to slice scalar input.');
  const initial = all.flatMap((gradient) => (gradient ? [operations.zerosConstant(gradient)] : []));
  let rounds = 0;
  const round = () => {
    operations.identity(target);
    return body().filter((gradient): gradient is Tensor => gradient !== null);
  };
  const found = callLoop(eager, 'While', initial, round, {
    placeholder: (tensor) => backend.alias(tensor),
    isZero: () => false,
    next: () => (rounds++ === 0 ? round : null),
  });
  let at = 0;
  return all.map((gradient) => gradient && (found[at++] ?? null));
}

/** Of a target without elements there are no rows; what is connected is still told from what is not. */
function emptyJacobian({ operations, backend }: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  const shape = dimensionsOf(target);
  const upstream = backend.constant([], shape, target.dtype ?? 'float32');
  const row = tape.walk(
    [target],
    sources.map((s) => s.tensor),
    [upstream],
  );
  return row.map((gradient, i) => {
    if (!gradient) return null;
    const source = shapeOf(sources[i] as Source);
    const none = operations.apply('StridedSlice', [operations.expandDims(gradient, 0)], {
      indices: [0, ...source].map((size) => ({ kind: 'slice' as const, start: 0, size, step: 1 })),
    });
    return operations.reshape(none, [...shape, ...source]);
  });
}

/** A loop that makes no row gives an array of nothing, of which TensorFlow does not know the rest of the shape. */
function noRows({ operations }: Eager, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  refuseNoRows(
    target.shape,
    sources.map((source) => shapeOf(source)),
  );
  return sources.map(() => operations.full(0, target.shape, target.dtype));
}

/** Where no tape looks on, only the first row is made at once (it says what is connected, and raises what there is to raise); the others when someone reads a number. */
function fullJacobian(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  const shape = dimensionsOf(target);
  const size = product(shape);
  if (size === 0) return emptyJacobian(eager, tape, target, sources);
  const rows = new Rows(eager, tape, target, sources, size, (row) => (place) => place === row);
  // What is connected does not depend on the row.
  return sources.map((source, s) => {
    const first = rows.first[s];
    if (!first) return null;
    const dtype = first.dtype ?? 'float32';
    const whole = [...shape, ...shapeOf(source)];
    if (!isWatched(eager)) return rows.later(s, whole, dtype, (list) => joined(list, whole, dtype));
    const list = rows.all().map((row) => row[s] ?? eager.operations.full(0, shapeOf(source), dtype));
    return eager.operations.reshape(eager.operations.stack(list, 0), whole);
  });
}

const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

/** The rows of a Jacobian: the gradients of the target under upstream gradients that pick elements, as the tape and everything around it stood at the call. */
class Rows {
  readonly first: readonly (Tensor | null)[];
  private made: readonly (readonly (Tensor | null)[])[] | null = null;
  private combination: readonly (Tensor | null)[] | null = null;
  private readonly state: GradientTape['state'];
  private readonly wants: Eager['wants'];

  constructor(
    private readonly eager: Eager,
    private readonly tape: GradientTape,
    private readonly target: Tensor,
    private readonly sources: readonly Source[],
    private readonly count: number,
    /** Which of the target's elements a row is made of. */
    private readonly picked: (row: number) => (place: number) => boolean,
  ) {
    this.state = tape.state;
    this.wants = eager.wants;
    this.first = this.weighted((place) => (picked(0)(place) ? 1 : 0));
  }

  all(): readonly (readonly (Tensor | null)[])[] {
    const rest = Array.from({ length: this.count - 1 }, (_, i) => this.picked(i + 1));
    return (this.made ??= [this.first, ...rest.map((isPicked) => this.weighted((place) => (isPicked(place) ? 1 : 0)))]);
  }

  /** A combination of all rows, of weights that have nothing to do with each other: zero where all of them are. */
  private get combined(): readonly (Tensor | null)[] {
    return (this.combination ??=
      this.count === 1 ? this.first : this.then(() => this.weighted((place) => 1 + (((place + 1) * GOLDEN_RATIO) % 1))));
  }

  /** A tensor whose numbers are made of all rows for one source, once someone reads them. */
  later(source: number, shape: readonly number[], dtype: DType, join: (rows: readonly (Tensor | null)[]) => Values): Tensor {
    return new NumericTensor(
      {
        shape,
        compute: () => join(this.then(() => this.all()).map((row) => row[source] ?? null)),
        standIn: () => {
          const one = this.combined[source];
          return one instanceof NumericTensor ? one : new NumericTensor(empty([1], storageOf(dtype)), dtype);
        },
      },
      dtype,
    );
  }

  private then<T>(body: () => T): T {
    const { tape, eager } = this;
    const [now, tapes, wants] = [tape.state, eager.tapes, eager.wants];
    [tape.state, eager.tapes, eager.wants] = [this.state, [], this.wants];
    try {
      return body();
    } finally {
      [tape.state, eager.tapes, eager.wants] = [now, tapes, wants];
    }
  }

  /** The gradients of a weighted sum of the target's elements. */
  private weighted(weight: (place: number) => number): (Tensor | null)[] {
    const { eager, tape, target, sources } = this;
    const shape = dimensionsOf(target);
    const dtype = target.dtype ?? 'float32';
    const upstream = eager.picking(eager.backend.constant(upstreamNumbers(product(shape), dtype, weight), shape, dtype));
    return tape.walk(
      [target],
      sources.map((s) => s.tensor),
      [upstream],
    );
  }
}

/** Real ones; a complex number is two. */
function upstreamNumbers(count: number, dtype: DType, weight: (place: number) => number): Float64Array {
  const per = numbersPer(dtype);
  return Float64Array.from({ length: count * per }, (_, i) => (i % per === 0 ? weight(i / per) : 0));
}

/** Rows one after the other; one that is not connected is zeros. */
function joined(rows: readonly (Tensor | null)[], shape: readonly number[], dtype: DType): Values {
  const out = empty(shape, storageOf(dtype));
  const width = out.data.length / Math.max(rows.length, 1);
  rows.forEach((row, i) => row && out.data.set(valuesOf(row).data, i * width));
  return out;
}

/** Element i of every example at once, as no example sees another. */
function batchJacobian(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  const { operations } = eager;
  const [source] = sources;
  const from = source ? shapeOf(source) : [];
  const [examples = 0, ...rest] = dimensionsOf(target);
  const width = product(rest);
  const whole = [examples, ...rest, ...from.slice(1)];
  if (product(whole) === 0) return [operations.full(0, whole, target.dtype)];
  const rows = new Rows(eager, tape, target, sources, width, (row) => (place) => place % width === row);
  const dtype = rows.first[0]?.dtype;
  if (!dtype) return [null];
  if (!isWatched(eager)) return [rows.later(0, whole, dtype, (list) => interleaved(list, whole, dtype))];
  const columns = rows.all().map(([row]) => row ?? operations.full(0, from, dtype));
  return [operations.reshape(operations.stack(columns, 1), whole)];
}

/** The first axis of every row outermost. */
function interleaved(rows: readonly (Tensor | null)[], shape: readonly number[], dtype: DType): Values {
  const out = empty(shape, storageOf(dtype));
  const [examples = 1] = shape;
  const width = out.data.length / examples / Math.max(rows.length, 1);
  rows.forEach((row, i) => {
    if (!row) return;
    const { data } = valuesOf(row);
    for (let e = 0; e < examples; e++) out.data.set(data.subarray(e * width, (e + 1) * width), (e * rows.length + i) * width);
  });
  return out;
}

const dimensionsOf = ({ shape }: Tensor): number[] => (shape ?? []).map((d) => d ?? 0);
const dtypeOf = ({ variable, tensor }: Source): DType | null => (variable?.value ?? tensor).dtype;
const shapeOf = ({ variable, tensor }: Source): number[] => dimensionsOf(variable?.value ?? tensor);
