// Why a gradient is None or zero: what would have to be otherwise. The graph of everything computed is held against what the tape recorded of it.
import type { Origin, Tensor } from '../../../core/tensor.ts';
import { isDifferentiable } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import type { Outcome, RaiseReason, Reason, Remark, Step, WatchFix } from './facts.ts';
import type { Machine } from './machine.ts';
import { siteOf } from './tensors.ts';
import type { Departure, TapeValue, Value } from './values.ts';

export interface Question {
  readonly targets: readonly Tensor[];
  readonly target: Value;
  readonly source: Tensor;
  readonly sourceValue: Value;
  /** The source's text. */
  readonly name: string;
  readonly method: string;
  readonly order: number;
  readonly outcome: Outcome;
  readonly range: Range;
}

/** `tape`: null where none is asked (`tf.gradients`, `jvp`). */
export function reasonsFor(m: Machine, tape: TapeValue | null, q: Question): readonly Reason[] {
  if (q.outcome === 'zeros') return zeroReasons(q);
  if (q.sourceValue.kind === 'array') return [];
  const dtype = q.sourceValue.kind === 'variable' ? q.sourceValue.variable.value.dtype : q.source.dtype;
  if (!isDifferentiable(dtype))
    return [{ kind: 'integer-dtype', cause: siteOf(q.source), path: [], dtype: dtype ?? '', literal: literalIn(m, siteOf(q.source)) }];
  const ideal = findPath(q.targets, q.source, true);
  if (!tape)
    return ideal
      ? [{ kind: 'outside-tape', cause: siteOfOrigin(ideal[0]), path: steps(ideal), tape: null, computation: siteOfOrigin(ideal[0]) }]
      : [disconnection(m, q, q.order > 1)];
  const known = tape.tape.knows(q.source);
  const second = q.order > 1;
  const reasons: Reason[] = [];
  const first = ideal?.[0];
  const outside = first !== undefined && !whileRecording(tape, first);
  // What was computed before the tape recorded is not helped by an earlier watch.
  const late = first && !outside && tape.creation.watches.find((w) => w.id === q.source.id && w.sequence > first.sequence);
  if (late) return [watchReason(m, tape, q, second)];
  if (!known && !outside && (ideal || second)) reasons.push(watchReason(m, tape, q, second));
  if (ideal) {
    if (known || outside) reasons.push(unrecorded(m, tape, ideal, second));
    return reasons;
  }
  reasons.push(disconnection(m, q, second));
  return reasons;
}

const siteOfOrigin = (origin: Origin | undefined): Range | null => (origin?.outputs[0] ? siteOf(origin.outputs[0]) : null);
const whileRecording = ({ creation }: TapeValue, { sequence }: Origin): boolean =>
  creation.recorded.some(({ from, to }) => sequence >= from && (to === null || sequence < to));

export const raiseReason = (r: { kind: 'used-up-tape'; creation: Range; firstUse: Range | null }): RaiseReason => ({
  ...r,
  cause: r.creation,
  path: [],
});

/** Values that are silently not what was meant: none are claimed yet. */
export const remarksOn = (): readonly Remark[] => [];

// ------------------------------------------------------------------------------------------------ paths

/** Whether a gradient passes from an op's outputs to each of its inputs, as its registered gradient says. */
const passes = new WeakMap<Origin, readonly boolean[]>();
function passing(origin: Origin): readonly boolean[] {
  const known = passes.get(origin);
  if (known) return known;
  const { backward } = origin;
  const found =
    origin.passes ??
    (typeof backward === 'string'
      ? origin.inputs.map(() => backward === 'missing')
      : backward(
          origin.outputs,
          origin.inputs.map(() => true),
          origin.outputs.map(() => true),
        ).map((g) => g !== null));
  passes.set(origin, found);
  return found;
}

/** The ops from the targets back to a tensor; through edges that a gradient passes only, or through all. Null where there are none. */
export function findPath(targets: readonly Tensor[], source: Tensor, differentiable: boolean): readonly Origin[] | null {
  const from = new Map<number, Origin | null>();
  const queue: Tensor[] = [];
  for (const t of targets) {
    from.set(t.id, null);
    queue.push(t);
  }
  // From a tensor, the op that it went into on the way to the target.
  for (let at = 0; at < queue.length; at++) {
    const tensor = queue[at] as Tensor;
    if (tensor.id === source.id) return trace(from, source);
    const { origin } = tensor;
    if (!origin) continue;
    const open = differentiable ? safePassing(origin) : null;
    origin.inputs.forEach((input, i) => {
      if (from.has(input.id) || (open && (!open[i] || !isDifferentiable(input.dtype)))) return;
      from.set(input.id, origin);
      queue.push(input);
    });
  }
  return null;
}

function safePassing(origin: Origin): readonly boolean[] {
  try {
    return passing(origin);
  } catch {
    return origin.inputs.map(() => true);
  }
}

/** The ops on the way, from the source to the target. */
function trace(from: ReadonlyMap<number, Origin | null>, source: Tensor): readonly Origin[] {
  const path: Origin[] = [];
  for (let origin = from.get(source.id) ?? null; origin;) {
    path.push(origin);
    const next: Tensor | undefined = origin.outputs.find((o) => from.has(o.id));
    origin = next ? (from.get(next.id) ?? null) : null;
  }
  return path;
}

const steps = (path: readonly Origin[]): readonly Step[] => {
  const found: Step[] = [];
  for (const origin of path) {
    const site = origin.outputs[0] ? siteOf(origin.outputs[0]) : null;
    if (site && found.at(-1)?.range !== site) found.push({ range: site, message: `through ${publicName(origin.name)}` });
  }
  return found.slice(0, 5);
};

// ------------------------------------------------------------------------------------------------ reasons

function watchReason(m: Machine, tape: TapeValue, q: Question, second: boolean): Reason {
  const { creation } = tape;
  const late = creation.watches.find((w) => w.id === q.source.id);
  const base = { cause: creation.withRange ? creation.range : null, path: [], watch: watchFix(m, tape, q), tape: creation.name };
  if (late) return { kind: 'late-watch', ...base, watchRange: late.site };
  return { kind: second ? 'outer-tape-not-watching' : 'unwatched-tensor', ...base };
}

/** Where `watch` can be written: what the source's text means exists before the tape's block. */
function watchFix(m: Machine, { creation }: TapeValue, q: Question): WatchFix | null {
  const { name, bodyStart } = creation;
  if (name === null || bodyStart === null || !/^[A-Za-z_][\w.]*(\[[^\]]*\])?$/.test(q.name)) return null;
  const from = creation.recorded[0]?.from ?? 0;
  const bound = m.bindings.get(q.name)?.some((b) => b.id === q.source.id && b.sequence <= from);
  const made = q.source.origin ? q.source.origin.sequence < from : (siteOf(q.source)?.start ?? Infinity) < bodyStart;
  const exists = /^\w+$/.test(q.name) ? bound : made;
  return exists ? { tape: name, source: q.name, before: bodyStart } : null;
}

/** The tape knows the source, and a path exists: some op on it was carried out while the tape did not record. */
function unrecorded(m: Machine, { tape, creation }: TapeValue, path: readonly Origin[], second: boolean): Reason {
  const missing = path.find((origin) => !origin.outputs.some((o) => tape.knows(o)));
  const site = missing?.outputs[0] ? siteOf(missing.outputs[0]) : null;
  const kind = second && site && isGradientCall(m, site) ? 'inner-gradient-outside-outer-tape' : 'outside-tape';
  return { kind, cause: site, path: steps(path), tape: creation.name, computation: site };
}

const isGradientCall = (m: Machine, site: Range): boolean => /\.(gradient|jacobian|batch_jacobian)\s*\(/.test(m.source(site));

function disconnection(m: Machine, q: Question, second: boolean): Reason {
  const path = findPath(q.targets, q.source, false);
  if (path) {
    const cut = path.find((origin) => !isOpen(origin, path, q.source));
    const name = cut?.name ?? '';
    const site = cut?.outputs[0] ? siteOf(cut.outputs[0]) : null;
    const { by } = cut?.attributes ?? {};
    if (typeof by === 'string') return { kind: 'left-tensorflow', cause: site, path: steps(path), operation: by };
    if (name === 'StopGradient') return { kind: 'stopped-gradient', cause: site, path: steps(path), operation: 'tf.stop_gradient' };
    const inGradient = second && site !== null && isGradientCall(m, site);
    if (cut && !inGradient) return { kind: 'non-differentiable-op', cause: site, path: steps(path), operation: publicName(name) };
    return { kind: 'constant-derivative', cause: q.targets[0] ? siteOf(q.targets[0]) : null, path: steps(path), zeroIsTruth: true };
  }
  const left = departure(m, q);
  if (left) return { kind: 'left-tensorflow', cause: left.site, path: [], operation: left.operation };
  const assigned = throughAssign(m, q);
  if (assigned) return assigned;
  const rebound = reboundSource(m, q);
  if (rebound) return rebound;
  if (second) return { kind: 'constant-derivative', cause: q.targets[0] ? siteOf(q.targets[0]) : null, path: [], zeroIsTruth: true };
  return { kind: 'unconnected', cause: null, path: [] };
}

/** Whether the gradient passes through an op towards the next tensor of a path. */
function isOpen(origin: Origin, path: readonly Origin[], source: Tensor): boolean {
  if (origin.name === 'StopGradient') return false;
  const before = path[path.indexOf(origin) - 1];
  const open = safePassing(origin);
  return origin.inputs.some(
    (input, i) => (before ? before.outputs.includes(input) : input.id === source.id) && open[i] === true && isDifferentiable(input.dtype),
  );
}

/** A number taken out of TensorFlow that depends on the source, and went into the target. */
function departure(m: Machine, q: Question): Departure | null {
  const ancestors = ancestorsOf(q.targets);
  for (const t of ancestors)
    for (const d of m.departures.get(t) ?? []) if (d.tensor === q.source || findPath([d.tensor], q.source, false)) return d;
  return null;
}

export function ancestorsOf(tensors: readonly Tensor[]): Set<Tensor> {
  const seen = new Set<Tensor>(tensors);
  for (const t of seen) for (const input of t.origin?.inputs ?? []) seen.add(input);
  return seen;
}

function throughAssign(m: Machine, q: Question): Reason | null {
  const ancestors = ancestorsOf(q.targets);
  const read = new Set([...ancestors].map((t) => t.id));
  for (const a of m.assignments)
    if (read.has(a.variable.handle.id) && (a.value === q.source || findPath([a.value], q.source, false)))
      return { kind: 'state-through-assign', cause: a.site, path: [], variable: a.variable.name };
  return null;
}

/** The name meant another tensor when the target was computed. */
function reboundSource(m: Machine, q: Question): Reason | null {
  const history = m.bindings.get(q.name) ?? [];
  const earlier = history.find((b) => b.id !== q.source.id && findPath(q.targets, b.tensor, true));
  if (!earlier) return null;
  const now = [...history].reverse().find((b) => b.id === q.source.id);
  return { kind: 'rebound-source', cause: now?.range ?? null, path: [], name: q.name, rebound: now?.range ?? null };
}

function zeroReasons(q: Question): readonly Reason[] {
  if (q.order < 2) return [];
  const piecewise = [...ancestorsOf(q.targets)].find((t) => t.origin && /^(Relu6?|LeakyRelu|Sign|Abs)(Grad)?$/.test(t.origin.name));
  return [
    {
      kind: 'zero-hessian',
      cause: piecewise ? siteOf(piecewise) : null,
      path: [],
      operation: piecewise?.origin ? publicName(piecewise.origin.name.replace(/Grad$/, '')) : null,
    },
  ];
}

/** An int literal that a tensor was made of. */
function literalIn(m: Machine, site: Range | null): Range | null {
  if (!site) return null;
  const text = m.source(site);
  if (!/^[\w.]*\b(constant|Variable|convert_to_tensor|tensor(1d|2d|3d|4d|5d|6d)?|scalar|variable)\s*\(/.test(text)) return null;
  const found = /(?<![\w.])\d+(?![\w.])/.exec(text);
  return found ? { start: site.start + found.index, end: site.start + found.index + found[0].length } : null;
}

const PUBLIC: Readonly<Record<string, string>> = {
  AddV2: '+',
  Sub: '-',
  Mul: '*',
  RealDiv: '/',
  Pow: '**',
  MatMul: 'tf.matmul',
  Relu: 'relu',
  Relu6: 'relu6',
  LeakyRelu: 'leaky_relu',
  ArgMax: 'tf.argmax',
  ArgMin: 'tf.argmin',
  OneHot: 'tf.one_hot',
  Round: 'tf.round',
  Rint: 'tf.math.rint',
  Floor: 'tf.floor',
  Ceil: 'tf.math.ceil',
  Sign: 'tf.sign',
  Cast: 'tf.cast',
  Greater: '>',
  GreaterEqual: '>=',
  Less: '<',
  LessEqual: '<=',
  Equal: '==',
  NotEqual: '!=',
  FloorDiv: '//',
  ZerosLike: 'tf.zeros_like',
  OnesLike: 'tf.ones_like',
  Shape: 'tf.shape',
  Size: 'tf.size',
  StopGradient: 'tf.stop_gradient',
  ReadVariableOp: 'reading the variable',
  _ArgSort: 'tf.argsort',
};
/** What users call an op. */
export const publicName = (name: string): string =>
  PUBLIC[name] ??
  `tf.${name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/V\d$/, '')
    .toLowerCase()}`;
