// Whether TensorFlow's own second derivative is another one than the mathematical one, and what makes it so.
import { findRow } from '../../../core/row.ts';
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { NumericTensor, valuesOf } from '../engine/backend.ts';
import { type Data, product } from '../engine/values.ts';
import type { GradientCall, Session } from '../session.ts';
import type { SecondDerivative } from './derivative.ts';
import type { Matrix } from './matrix.ts';
import { isOnceOnly, isStopped, originsBehind, PY_FUNCTION } from './respected.ts';

/** Relative to the largest number, past what rounding makes of the same derivative. */
const APART = 1e-3;

/** A call, and what the program's own tape gave for it, where it was carried out. */
interface Answered {
  readonly call: GradientCall;
  readonly results: readonly (Tensor | null)[] | null;
}

/**
 * A sentence where TensorFlow would give other numbers for a derivative of a derivative; null where it gives the same, or where that cannot be told. Compared are sums over the
 * target, which one walk of the program's own tape gives: only where some op on the way has a gradient in TensorFlow that is not the mathematical one.
 */
export function differenceFromTensorflow(
  session: Session,
  { call, results }: Answered,
  h: SecondDerivative,
  matrix: Matrix,
): string | null {
  const cause = causeOf([...h.ops, ...originsBehind(call.targets)]);
  if (cause === null || call.derivativeOf === null || call.weights || h.question.examples !== null) return null;
  const theirs = sumsIn(h, call, results ? sumsOver(call, results) : sumsByTensorflow(session, call));
  if (theirs === null) return null;
  const ours = new Float64Array(h.columns);
  const sizes = new Float64Array(h.columns);
  matrix.forEach((_, column, value) => {
    ours[column] = (ours[column] as number) + value;
    sizes[column] = (sizes[column] as number) + Math.abs(value);
  });
  const apart = ours.map((value, i) => value - (theirs[i] as number));
  // Sums that cancel, as those of a softmax do, are apart by their rounding alone: what is apart is held against what they are sums of.
  if (!(largestOf(apart) > APART * largestOf(sizes))) return null;
  return `TensorFlow's own numbers are not these, by ${(largestOf(apart) / (largestOf(ours) || 1)).toPrecision(2)} of the largest: ${cause}.`;
}

const largestOf = (numbers: Float64Array): number => numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

type Sums = readonly (Data | null)[];

/** For each source; null where the call was another one. */
function sumsOver({ method, targets }: GradientCall, results: readonly (Tensor | null)[]): Sums | null {
  if (method !== 'gradient' && (method !== 'jacobian' || targets.length !== 1)) return null;
  const rows = method === 'gradient' ? 1 : product((targets[0]?.shape ?? []).map((d) => d ?? 0));
  return results.map((result) => {
    if (!(result instanceof NumericTensor)) return null;
    const { data } = valuesOf(result);
    const sums = new Float64Array(data.length / rows);
    for (let i = 0; i < data.length; i++) sums[i % sums.length] = (sums[i % sums.length] as number) + (data[i] as number);
    return sums;
  });
}

/** Of a call that is not carried out: the tape is walked once. */
function sumsByTensorflow(session: Session, { tape, targets, sources }: GradientCall): Sums | null {
  if (tape === null || tape.state.usedUp || tape.state.phase === 'new' || targets.some((t) => t === null)) return null;
  const outer = session.eager.tapes;
  session.eager.tapes = [];
  try {
    const found = tape.walk(
      targets.filter((t) => t !== null),
      sources.map((s) => s.tensor),
      null,
    );
    return found.map((part) => (part instanceof NumericTensor ? valuesOf(part).data : null));
  } catch {
    return null;
  } finally {
    session.eager.tapes = outer;
  }
}

/** Laid end to end as the Hessian's columns are; null where one is not known. */
function sumsIn(h: SecondDerivative, { sources }: GradientCall, sums: Sums | null): Float64Array | null {
  const parts = h.question.columns.map((column) => sums?.[sources.indexOf(column)] ?? null);
  const numbers = parts.flatMap((part) => (part ? [...part] : []));
  return numbers.length === h.columns ? Float64Array.from(numbers) : null;
}

function causeOf(ops: readonly Origin[]): string | null {
  const stops = ops.some(({ name, attributes }) => name === 'StopGradient' && attributes['internal'] === true);
  if (stops) return 'inside, it stops a gradient that the mathematical derivative has, as in tf.nn.moments';
  if (ops.some(isOnceOnly)) return `a ${PY_FUNCTION} is not differentiated twice`;
  const wrong = ops.find((origin) => findRow(origin.name)?.exact !== undefined && !isStopped(origin));
  return wrong ? `its gradient of ${wrong.name} is not the mathematical one` : null;
}
