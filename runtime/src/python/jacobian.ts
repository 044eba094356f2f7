// `tape.jacobian` and `tape.batch_jacobian`: one row at a time, by the tape's own gradient under an upstream gradient that picks the row.
import type { Eager } from '../../../core/eager.ts';
import { callFunction } from '../../../core/function.ts';
import { isKnown, OpError, show } from '../../../core/shape.ts';
import { type GradientTape, USED_UP } from '../../../core/tape.ts';
import type { DType, Tensor } from '../../../core/tensor.ts';
import { isZero, NumericTensor, valuesOf } from '../engine/backend.ts';
import { empty, product, storageOf, type Values } from '../engine/values.ts';
import type { Source } from '../session.ts';

interface JacobianOptions {
  readonly unconnectedZero: boolean;
  /** Of each example alone: target [b, ...] by source [b, ...]. */
  readonly batch: boolean;
}

/** One Jacobian per source, of the shape target + source; null for None. TensorFlow: python/eager/backprop.py, GradientTape.jacobian. */
export function jacobian(
  eager: Eager,
  tape: GradientTape,
  asked: Tensor,
  sources: readonly Source[],
  options: JacobianOptions,
): (Tensor | null)[] {
  if (tape.state.usedUp || tape.state.phase === 'new')
    throw new OpError('RuntimeError', options.batch ? USED_UP.replace('to compute', 'tocompute') : USED_UP);
  // TensorFlow reshapes the target under the tape: a target that the tape does not know stays unknown, even where it is a source itself.
  const target = tape.whileRecording(() => eager.operations.identity(asked));
  if (!isKnown(target.shape)) throw new OpError('ValueError', `the target's shape ${show(target.shape)} is not known`);
  if (options.batch) checkBatch(target, sources);
  tape.begin();
  const found = vectorized(eager, () =>
    options.batch ? batchJacobian(eager, tape, target, sources) : fullJacobian(eager, tape, target, sources),
  );
  if (!tape.options.persistent) tape.finish();
  const { shape } = target;
  return found.map((gradient, i) => {
    const source = sources[i];
    if (gradient || !source || !options.unconnectedZero) return gradient;
    return eager.operations.full(0, [...shape, ...shapeOf(source)], target.dtype);
  });
}

/** TensorFlow makes all rows in one vectorised function: to the tapes outside they are one Call. */
function vectorized(eager: Eager, body: () => (Tensor | null)[]): (Tensor | null)[] {
  if (eager.tapes.length === 0) return body();
  const present: boolean[] = [];
  const whole = callFunction(eager, 'jacobian', [], () =>
    body().filter((gradient): gradient is Tensor => {
      present.push(gradient !== null);
      return gradient !== null;
    }),
  );
  let at = 0;
  return present.map((there) => (there ? (whole[at++] ?? null) : null));
}

/** Where no tape looks on, only the first row is made at once (it says what is connected, and raises what there is to raise); the others when someone reads a number. */
function fullJacobian(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  const shape = dimensionsOf(target);
  const size = shape.reduce((a, b) => a * b, 1);
  if (size === 0) return sources.map(() => null);
  const first = rowAt(eager, tape, target, sources, [0]);
  // What is connected does not depend on the row.
  if (first.every((gradient) => gradient === null)) return first;
  const { state } = tape;
  let rows: (Tensor | null)[][] | null = null;
  const allRows = (): (Tensor | null)[][] =>
    (rows ??= [first, ...Array.from({ length: size - 1 }, (_, i) => rowAt(eager, tape, target, sources, [i + 1]))]);
  /** As the tape and everything around it stood at the call. */
  const then = <T>(body: () => T): T => {
    const [now, tapes] = [tape.state, eager.tapes];
    [tape.state, eager.tapes] = [state, []];
    try {
      return body();
    } finally {
      [tape.state, eager.tapes] = [now, tapes];
    }
  };
  /** A combination of all rows with numbers drawn at random is zero where all of them are. */
  const combined = (): (Tensor | null)[] =>
    weighted(
      eager,
      tape,
      target,
      sources,
      Float32Array.from({ length: size }, () => 1 + Math.random()),
    );
  const dtype = target.dtype ?? 'float32';
  return sources.map((source, s) => {
    if (!first[s]) return null;
    const whole = [...shape, ...shapeOf(source)];
    if (eager.tapes.length > 0)
      return eager.operations.reshape(
        eager.operations.stack(
          allRows().map((row) => rowOf(eager, row[s] ?? null, source, dtype)),
          0,
        ),
        whole,
      );
    return new NumericTensor(
      {
        shape: whole,
        compute: () =>
          joined(
            then(allRows).map((row) => row[s] ?? null),
            whole,
            dtype,
          ),
        isZero: () => {
          const one = then(combined)[s];
          return !one || isZero(one);
        },
      },
      dtype,
    );
  });
}

const rowOf = (eager: Eager, row: Tensor | null, source: Source, dtype: DType): Tensor =>
  row ?? eager.operations.full(0, shapeOf(source), dtype);

/** Rows one after the other; one that is not connected is zeros. */
function joined(rows: readonly (Tensor | null)[], shape: readonly number[], dtype: DType): Values {
  const out = empty(shape, storageOf(dtype));
  const width = out.data.length / Math.max(rows.length, 1);
  rows.forEach((row, i) => row && out.data.set(valuesOf(row).data, i * width));
  return out;
}

function checkBatch(target: Tensor, [source]: readonly Source[]): void {
  const [to, from] = [dimensionsOf(target), source ? shapeOf(source) : []];
  if (to.length === 0) throw new OpError('IndexError', 'list index out of range');
  for (const shape of [to, from])
    if (shape.length < 2)
      throw new OpError('ValueError', `Shape (${shape.join(', ')}${shape.length === 1 ? ',' : ''}) must have rank at least 2`);
  if (to[0] !== from[0])
    throw new OpError('ValueError', `Need first dimension of target shape (${to[0]}) and source shape (${from[0]}) to match.`);
}

/** TensorFlow never gives None here: what is not connected is zeros. */
function batchJacobian(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[]): (Tensor | null)[] {
  const { operations } = eager;
  const [source] = sources;
  const from = source ? shapeOf(source) : [];
  const [examples = 0, ...rest] = dimensionsOf(target);
  const width = rest.reduce((a, b) => a * b, 1);
  const columns = Array.from({ length: width }, (_, i) => {
    const [gradient] = rowAt(
      eager,
      tape,
      target,
      sources,
      Array.from({ length: examples }, (_, e) => e * width + i),
    );
    return gradient ?? operations.full(0, from, target.dtype);
  });
  return [operations.reshape(operations.stack(columns, 1), [examples, ...rest, ...from.slice(1)])];
}

/** The gradients of the sum of some of the target's elements. */
function rowAt(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[], places: readonly number[]): (Tensor | null)[] {
  const upstream = new Float32Array(product(dimensionsOf(target)));
  for (const place of places) upstream[place] = 1;
  return weighted(eager, tape, target, sources, upstream);
}

/** The gradients of a weighted sum of the target's elements. */
function weighted(eager: Eager, tape: GradientTape, target: Tensor, sources: readonly Source[], weights: Float32Array): (Tensor | null)[] {
  return tape.walk(
    [target],
    sources.map((s) => s.tensor),
    [eager.backend.constant(weights, dimensionsOf(target), target.dtype ?? 'float32')],
  );
}

const dimensionsOf = ({ shape }: Tensor): number[] => (shape ?? []).map((d) => d ?? 0);
const shapeOf = ({ variable, tensor }: Source): number[] => dimensionsOf(variable?.value ?? tensor);
