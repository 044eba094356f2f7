// `tape.gradient`, `tape.jacobian`, `tape.batch_jacobian`. TensorFlow: python/eager/backprop.py; the checks stand in its order.
import { callLoop, callVectorized } from '../../../core/function.ts';
import { vectorizing } from '../../../core/graph.ts';
import { refuseLoopsOfRows } from '../../../core/pfor.ts';
import { isKnown, OpError, refuseNoRows } from '../../../core/shape.ts';
import { type GradientTape, LOST, USED_UP } from '../../../core/tape.ts';
import type { Shape, Tensor, Variable } from '../../../core/tensor.ts';
import type { RaiseReason } from './facts.ts';
import {
  answer,
  type Answer,
  type Call,
  CallRaise,
  gradientCall,
  NotKnown,
  outputGradientsOf,
  type Signature,
  type Source,
  sourcesOf,
  tensorsOf,
  unconnectedZero,
  walked,
} from './gradient-call.ts';
import { leftConverted } from './graph/staging.ts';
import type { Machine } from './machine.ts';
import { typeName } from './operators.ts';
import { raiseReason } from './reasons.ts';
import { closeInterval, stateOf } from './tapes.ts';
import type { GraphShape } from '../../../core/graph-shapes.ts';
import { loopRules } from './tensors.ts';
import type { CallArguments, TapeValue, Value } from './values.ts';

export type TapeMethod = 'gradient' | 'jacobian' | 'batch_jacobian';

const signature = (method: TapeMethod, sources: string, more: readonly string[]): Signature => ({
  method,
  name: `GradientTape.${method}`,
  parameters: ['target', sources, ...more],
  target: 'target',
  sources,
});
const JACOBIAN_OPTIONS = ['unconnected_gradients', 'parallel_iterations', 'experimental_use_pfor'];
const SIGNATURES: Readonly<Record<TapeMethod, Signature>> = {
  gradient: signature('gradient', 'sources', ['output_gradients', 'unconnected_gradients']),
  jacobian: signature('jacobian', 'sources', JACOBIAN_OPTIONS),
  batch_jacobian: signature('batch_jacobian', 'source', JACOBIAN_OPTIONS),
};

export function differentiate(m: Machine, object: TapeValue, method: TapeMethod, args: CallArguments): Value {
  const { tape, creation } = object;
  return gradientCall(
    m,
    args,
    SIGNATURES[method],
    stateOf(object),
    (call) => {
      if (creation.escaped) throw new NotKnown();
      const found = compute(m, object, method, call);
      creation.firstUse ??= args.site.range;
      return found;
    },
    // Whatever it gives, a tape that is not persistent is now used up; what it gave is not known.
    () => {
      if (!tape.options.persistent) creation.escaped = true;
    },
  );
}

const usedUp = ({ range, firstUse }: TapeValue['creation']) => raiseReason({ kind: 'used-up-tape', creation: range, firstUse });

function compute(m: Machine, object: TapeValue, method: TapeMethod, call: Call): Answer {
  const { tape, creation } = object;
  if (tape.state.usedUp || tape.state.phase === 'new')
    throw new CallRaise(
      'RuntimeError',
      method === 'batch_jacobian' ? USED_UP.replace('to compute', 'tocompute') : USED_UP,
      usedUp(creation),
    );
  if (tape.isAround) throw new NotKnown();
  if (method !== 'gradient') checkJacobian(m, method, tape, call);
  if (method === 'gradient' && tape.recording && !tape.options.persistent) popInside(m, object);
  const { target } = call;
  if (target.kind === 'none' && method === 'gradient')
    throw new CallRaise(
      'TypeError',
      'Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None.',
      { kind: 'none-target', cause: null, path: [] },
      target.from?.call ?? null,
    );
  const targets = tensorsOf(target);
  const sources = sourcesOf(call.sources);
  const zero = unconnectedZero(call.at('unconnected_gradients'));
  if (method !== 'gradient' && tape.recording && !tape.options.persistent) popInside(m, object);
  const outputGradients = method === 'gradient' ? outputGradientsOf(m, call.at('output_gradients')) : null;
  // What an upstream gradient of another dtype makes of the ops that it meets is theirs.
  if (
    outputGradients?.some(
      (t, i) =>
        t !== null && t.dtype !== null && targets[i]?.dtype != null && targets[i].dtype !== t.dtype && targets[i].dtype !== 'resource',
    )
  )
    throw new NotKnown();
  if (targets.some((t, i) => !outputGradients?.[i] && method === 'gradient' && tape.hasLost(t)))
    throw new CallRaise('InternalError', LOST, usedUp(creation));
  const gradients =
    method === 'gradient'
      ? walk(m, tape, targets, sources, outputGradients)
      : walked(m, () =>
          taking(m, takesOf(m, call, targets[0]), () => {
            const variable = target.kind === 'variable' ? target.variable : null;
            const all = { m, tape, method, targets, variable, sources, zero, vectorized: isVectorized(call), inGraph: m.graphDepth > 0 };
            return all.inGraph && all.vectorized === false ? loopedJacobians(all) : jacobians(all);
          }),
        );
  const found = answer(m, call, {
    targets,
    sources,
    structure: call.sources,
    gradients,
    zero: zero || method === 'batch_jacobian',
    ...(method === 'batch_jacobian' && !zero && { zeroDType: targets[0]?.dtype ?? null }),
    madeLike: method === 'gradient',
    tape: object,
    shape: (source) => (method === 'gradient' ? source.shape : jacobianShape(method, targets[0]?.shape ?? null, source.shape)),
  });
  if (!tape.options.persistent) tape.finish();
  return { ...found, unconnectedZero: zero };
}

function popInside(m: Machine, object: TapeValue): void {
  object.tape.exit();
  closeInterval(m, object);
}

const walk = (
  m: Machine,
  tape: GradientTape,
  targets: readonly Tensor[],
  sources: readonly Source[],
  outputGradients: readonly (Tensor | null)[] | null,
): (Tensor | null)[] =>
  walked(m, () =>
    tape.walk(
      targets,
      sources.map((s) => s.tensor),
      outputGradients,
    ),
  );

/** Gradients taken in a loop that is turned into one op. Some things inside cannot be turned, and TensorFlow raises; which ones is not told. */
function vectorized<T>({ m, tape, method, sources, ...asked }: Jacobians, body: () => T): T {
  const tensors = sources.map((s) => s.tensor);
  const wants = (inputs: readonly Tensor[]): boolean => asked.vectorized !== true || tape.leadsTo(inputs, tensors);
  m.graphDepth++;
  m.vectorizing++;
  try {
    const { found, obstacles } = vectorizing(m.eager, wants, body);
    if (obstacles.control || (obstacles.python && m.takes !== 1)) throw new NotKnown();
    if (obstacles.loopsOfRows && tape.options.persistent) {
      if (asked.vectorized === null) throw new NotKnown();
      refuseLoopsOfRows(method);
    }
    return found;
  } finally {
    m.graphDepth--;
    m.vectorizing--;
  }
}

/** Whether the rows are made all at once; null where that is not known. */
function isVectorized(call: Call): boolean | null {
  const usePfor = call.at('experimental_use_pfor');
  return usePfor.kind === 'none' ? true : usePfor.kind === 'boolean' ? usePfor.value : null;
}

/** Outside of a graph AutoGraph converts the function of all rows. */
function asConverted<T>({ vectorized, inGraph }: Jacobians, body: () => T): T {
  if (inGraph) return body();
  try {
    return body();
  } catch (e) {
    const outside = leftConverted(e);
    if (outside !== e && vectorized === null) throw new NotKnown();
    throw outside;
  }
}

/** How often a Jacobian takes the gradient of an op: vectorised, for the row that stands for all and in the loop that is made of it; else once a row. null where that is not known. */
function takesOf(m: Machine, call: Call, target: Tensor | undefined): number | null {
  const vectorized = isVectorized(call);
  if (vectorized === true) return 2;
  if (vectorized === null || m.graphDepth > 0) return null;
  const shape = target?.shape ?? null;
  return shape === null || shape.includes(null) ? null : shape.reduce((size: number, d) => size * (d ?? 0), 1);
}

function taking<T>(m: Machine, takes: number | null, body: () => T): T {
  const before = m.takes;
  m.takes = takes;
  try {
    return body();
  } finally {
    m.takes = before;
  }
}

/** Whether a `recompute_grad` inside is in the way of the Jacobian's own gradient is not known here. */
function differentiable<T>(body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof OpError && e.type === 'NotImplementedError') throw new NotKnown();
    throw e;
  }
}

interface Jacobians {
  readonly m: Machine;
  readonly tape: GradientTape;
  readonly method: string;
  readonly targets: readonly Tensor[];
  readonly variable: Variable | null;
  readonly sources: readonly Source[];
  /** Zeros come in place of None. */
  readonly zero: boolean;
  readonly vectorized: boolean | null;
  readonly inGraph: boolean;
}

/**
 * Rows that are made one after the other go into arrays of the target's dtype; in a graph this is found when it runs.
 * TensorFlow: python/ops/parallel_for/control_flow_ops.py, for_loop.
 */
function checkWritten({ sources, zero, vectorized, inGraph }: Jacobians, rows: readonly (Tensor | null)[], target: Tensor): void {
  if (vectorized === true) return;
  rows.forEach((row, i) => {
    if (!row && !zero) return;
    const written = row ? row.dtype : (sources[i]?.dtype ?? null);
    if (written === target.dtype && written !== null) return;
    if (written === null || target.dtype === null || vectorized === null || inGraph) throw new NotKnown();
    throw new OpError('InvalidArgumentError', `TensorArray dtype is ${target.dtype} but Op is trying to write dtype ${written} `);
  });
}

/** The target is reshaped under the tape: one that the tape does not know stays unknown, even where it is a source itself. */
function reshapedTarget({ m, tape, targets, variable }: Jacobians): Tensor | null {
  const [asked] = targets;
  return asked ? tape.whileRecording(() => (variable ? m.eager.read(variable) : m.operations.identity(asked))) : null;
}

/** The Jacobians for which there is a gradient, each by the place of its source; what is made is told as often as it is asked for. */
function rowsOf(asked: Jacobians, target: Tensor | null): { readonly present: readonly number[]; readonly made: readonly Tensor[] } {
  const { m, tape, method, sources } = asked;
  const targets = target ? [target] : [];
  const tensors = sources.map((s) => s.tensor);
  const upstream = target ? [m.eager.picking(m.backend.opaque(target.shape, target.dtype))] : [];
  const rows = tape.walk(targets, tensors, upstream);
  if (target) checkWritten(asked, rows, target);
  const present = rows.flatMap((row, i) => (row ? [i] : []));
  const shape = (i: number): Shape => jacobianShape(method, target?.shape ?? null, sources[i]?.shape ?? null);
  return { present, made: present.map((i) => m.operations.apply('_Part', [rows[i] as Tensor], { shape: shape(i) })) };
}

const inPlaces = (count: number, present: readonly number[], found: readonly Tensor[]): (Tensor | null)[] => {
  const all = new Array<Tensor | null>(count).fill(null);
  present.forEach((i, k) => (all[i] = found[k] ?? null));
  return all;
};

/** A Jacobian is vectorised: one call of a function to the tapes outside, made of the gradients of the target's elements. Else they see each of those, row by row. */
function jacobians(asked: Jacobians): (Tensor | null)[] {
  const { m, sources } = asked;
  const target = reshapedTarget(asked);
  if (asked.vectorized === false) {
    const { shape = null } = target ?? {};
    if (!asked.inGraph && shape?.includes(0)) {
      refuseNoRows(
        shape,
        sources.map((s) => s.shape),
      );
      return sources.map(() => m.operations.full(0, shape, target?.dtype ?? null));
    }
    const { present, made } = rowsOf(asked, target);
    return inPlaces(sources.length, present, made);
  }
  let present: readonly number[] = [];
  const whole = differentiable(() =>
    callVectorized(m.eager, () => {
      // What tapes outside know of the target, they know of the call.
      if (target) m.operations.identity(target);
      const rows = walked(m, () => asConverted(asked, () => vectorized(asked, () => rowsOf(asked, target))));
      ({ present } = rows);
      return rows.made;
    }),
  );
  return inPlaces(sources.length, present, whole);
}

/** In a graph, rows that are not vectorised are a loop, which reads the target and what its gradient reads. */
function loopedJacobians(asked: Jacobians): (Tensor | null)[] {
  const { m, sources } = asked;
  // A loop that gives nothing is none to TensorFlow. Recorded in test/oracle/programs/cf_jacobian_of_nothing.
  if (sources.length === 0) throw new OpError('ValueError', 'Attempting to slice scalar input.');
  const target = reshapedTarget(asked);
  const sketch = m.eager.pause(() => rowsOf(asked, target));
  const initial = sketch.made.map((row) => m.operations.zerosConstant(row));
  const found = callLoop(
    m.eager,
    'While',
    initial,
    () => {
      if (target) m.operations.identity(target);
      return rowsOf(asked, target).made;
    },
    loopRules(m.backend),
  );
  return inPlaces(sources.length, sketch.present, found);
}

function jacobianShape(method: string, target: Shape, source: Shape): Shape {
  if (target === null || source === null) return null;
  return method === 'batch_jacobian' ? [...target, ...source.slice(1)] : [...target, ...source];
}

function checkJacobian(m: Machine, method: 'jacobian' | 'batch_jacobian', tape: GradientTape, call: Call): void {
  const shapeless = (value: Value): CallRaise | null => {
    if (value.kind === 'unknown') throw new NotKnown();
    if (value.kind === 'tensor' || value.kind === 'variable') return null;
    if (value.kind === 'array') throw new NotKnown();
    const reason: RaiseReason =
      value.kind === 'none' ? { kind: 'none-target', cause: null, path: [] } : { kind: 'unsupported-target', cause: null, path: [] };
    return new CallRaise(
      'AttributeError',
      `'${typeName(value)}' object has no attribute 'shape'`,
      reason,
      value.kind === 'none' ? (value.from?.call ?? null) : null,
    );
  };
  const bad = shapeless(call.target);
  if (bad) throw bad;
  if (method === 'batch_jacobian') {
    const [target, source] = [shapeOf(m, call.target), shapeOf(m, call.sources)];
    if (target === undefined) throw new NotKnown();
    const shapeReason: RaiseReason = { kind: 'jacobian-shape', cause: null, path: [] };
    const unmatched = (): CallRaise =>
      new CallRaise(
        'ValueError',
        `Need first dimension of target shape (${tupleText(target)}) and source shape (${tupleText(source ?? null)}) to match.`,
        shapeReason,
      );
    if (target?.length === 0) throw new CallRaise('IndexError', 'list index out of range', shapeReason);
    for (const [value, shape] of [
      [call.target, target],
      [call.sources, source],
    ] as const) {
      const worse = shapeless(value);
      if (worse) throw worse;
      if (shape && shape.length < 2)
        throw new CallRaise(
          'ValueError',
          `Shape (${shape.map((d) => d ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''}) must have rank at least 2`,
          shapeReason,
        );
      // What is not known to TensorFlow is no match, of whatever rank the other is.
      if (shape === null) throw unmatched();
    }
    const [a, b] = [target?.[0] ?? null, source?.[0] ?? null];
    if (a !== null && b !== null && a !== b) throw unmatched();
    if (a === 0 && isKnown(target)) throw new CallRaise('ZeroDivisionError', 'integer division or modulo by zero', shapeReason);
  }
  const usePfor = call.at('experimental_use_pfor');
  const parallel = call.at('parallel_iterations');
  if (parallel.kind === 'number' && parallel.value !== null && parallel.value <= 1 && isVectorized(call))
    throw new CallRaise('ValueError', `Encountered an exception while vectorizing the ${method} computation.`, null);
  if (usePfor.kind === 'boolean' && !usePfor.value && !tape.options.persistent && m.graphDepth === 0)
    throw new CallRaise(
      'RuntimeError',
      `GradientTape must be created with persistent=True to compute the ${method} with eager execution enabled and ${method === 'jacobian' ? 'with  ' : ' with '}experimental_use_pfor set to False.`,
      { kind: 'tape-still-recording', cause: null, path: [] },
    );
}
/** What TensorFlow knows of a shape; undefined: that is not known. */
function shapeOf(m: Machine, v: Value): GraphShape {
  const tensor = v.kind === 'variable' ? v.variable.value : v.kind === 'tensor' ? v.tensor : null;
  if (tensor === null) return undefined;
  const shape = m.graphDepth > 0 ? m.eager.graphShapes.of(tensor) : tensor.shape;
  return shape === null && tensor.shape === null ? undefined : shape;
}
/** A shape as Python writes it. */
export const tupleText = (shape: Shape): string =>
  shape === null ? '<unknown>' : `(${shape.map((d) => d ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;
