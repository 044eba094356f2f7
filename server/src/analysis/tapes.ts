// `tf.GradientTape` in the program: its methods, and what a gradient call gives for each source.
import { callFunction } from '../../../core/function.ts';
import { OpError } from '../../../core/shape.ts';
import { GradientTape, USED_UP } from '../../../core/tape.ts';
import type { DType, Shape, Tensor, Variable } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { asTensor, literalTensor } from './convert.ts';
import type { CallError, Method, Outcome, RaiseReason, Reason, SourceFact, TapeState } from './facts.ts';
import { type Derivative, formulaOf } from './formula.ts';
import type { Machine } from './machine.ts';
import { truth, typeName } from './operators.ts';
import { raiseReason, reasonsFor, remarksOn } from './reasons.ts';
import { flatten, pack } from './structure.ts';
import { type AbstractTensor, knowledgeOf } from './tensors.ts';
import { type CallArguments, native, NONE, type TapeValue, tuple, UNKNOWN, type Value } from './values.ts';

const argument = (args: CallArguments, name: string, at: number): Value => args.keywords.get(name) ?? args.positional[at] ?? NONE;

export function newTape(m: Machine, args: CallArguments): Value {
  const persistent = truth(m, argument(args, 'persistent', 0));
  const given = argument(args, 'watch_accessed_variables', 1);
  const watchAccessedVariables = given.kind === 'none' ? true : truth(m, given);
  const unexpected = [...args.keywords.keys()].find((k) => k !== 'persistent' && k !== 'watch_accessed_variables');
  if (unexpected !== undefined) m.raise('TypeError', `GradientTape.__init__() got an unexpected keyword argument '${unexpected}'`, null);
  const value: TapeValue = {
    kind: 'tape',
    tape: new GradientTape(m.eager, { persistent: persistent ?? true, watchAccessedVariables: watchAccessedVariables ?? true }),
    creation: {
      range: args.site.range,
      argumentsRange: args.site.argumentsRange,
      name: null,
      withRange: null,
      bodyStart: null,
      firstUse: null,
      escaped: persistent === null || watchAccessedVariables === null || args.open,
      watches: [],
      recorded: [],
    },
  };
  m.tapes.push(value);
  return value;
}

export function enterTape(
  m: Machine,
  value: TapeValue,
  place: { withRange: Range; name: string | null; bodyStart: number | null },
  range: Range,
): void {
  const { creation } = value;
  creation.withRange ??= place.withRange;
  creation.name ??= place.name;
  creation.bodyStart ??= place.bodyStart;
  raising(m, range, () => value.tape.enter());
  creation.recorded.push({ from: m.eager.sequence, to: null });
}

export function exitTape(m: Machine, value: TapeValue): void {
  value.tape.exit();
  closeInterval(m, value);
}

function closeInterval(m: Machine, { creation }: TapeValue): void {
  const last = creation.recorded.at(-1);
  if (last && last.to === null) last.to = m.eager.sequence;
}

function raising<T>(m: Machine, range: Range | null, body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (e instanceof OpError) m.raise(e.type, e.message, range);
    throw e;
  }
}

export function tapeAttribute(m: Machine, object: TapeValue, name: string, range: Range): Value {
  const { tape, creation } = object;
  switch (name) {
    case 'watch':
      return native(name, (args) => watch(m, object, argument(args, 'tensor', 0), args));
    case 'gradient':
    case 'jacobian':
    case 'batch_jacobian':
      return native(name, (args) => differentiate(m, object, name, args));
    case '__enter__':
      return native(name, () => {
        enterTape(m, object, { withRange: range, name: null, bodyStart: null }, range);
        return object;
      });
    case '__exit__':
      return native(name, () => (exitTape(m, object), NONE));
    case 'stop_recording':
      return native(name, () => suspension(m, object));
    case 'reset':
      return native(name, () => {
        if (!tape.recording) m.raise('ValueError', 'Tape is not recording.', range);
        tape.reset();
        creation.watches.splice(0);
        return NONE;
      });
    case 'watched_variables':
      return native(name, () =>
        tuple(
          [...tape.state.watchedVariables]
            .sort((a, b) => m.variables.indexOf(a) - m.variables.indexOf(b))
            .map((variable) => ({ kind: 'variable', variable })),
        ),
      );
    case 'hessian':
      return m.raise('AttributeError', "'GradientTape' object has no attribute 'hessian'", range);
    default:
      return UNKNOWN;
  }
}

/** `with tape.stop_recording():` as an object with `__enter__` and `__exit__`. */
function suspension(m: Machine, object: TapeValue): Value {
  if (object.tape.state.phase === 'new' || object.tape.state.usedUp)
    m.raise('RuntimeError', 'Trying to stop recording a tape which is not recording.', null);
  const enter = native('__enter__', () => {
    raising(m, null, () => {
      if (!object.tape.recording) throw new OpError('ValueError', 'Tape is not recording.');
      object.tape.suspend();
    });
    closeInterval(m, object);
    return NONE;
  });
  const exit = native('__exit__', () => {
    if (!object.tape.state.usedUp) {
      object.tape.resume();
      object.creation.recorded.push({ from: m.eager.sequence, to: null });
    }
    return NONE;
  });
  return {
    kind: 'instance',
    type: { kind: 'class', name: 'stop_recording', definition: null, bases: [], attributes: new Map(), native: null, open: false },
    attributes: new Map([
      ['__enter__', enter],
      ['__exit__', exit],
    ]),
    native: {},
  };
}

function watch(m: Machine, object: TapeValue, target: Value, args: CallArguments): Value {
  const flat = flatten(target);
  if (flat === null) {
    object.creation.escaped = true;
    return NONE;
  }
  for (const value of flat) {
    if (value.kind === 'unknown') {
      object.creation.escaped = true;
      continue;
    }
    if (value.kind === 'variable') raising(m, args.site.range, () => object.tape.watchVariable(value.variable));
    else if (value.kind === 'tensor') {
      raising(m, args.site.range, () => object.tape.watch(value.tensor));
      (value.tensor as AbstractTensor).release();
    } else if (
      value.kind === 'number' ||
      value.kind === 'array' ||
      value.kind === 'none' ||
      value.kind === 'string' ||
      value.kind === 'boolean'
    ) {
      const text =
        value.kind === 'number' && value.value !== null
          ? value.integer
            ? String(value.value)
            : floatText(value.value)
          : value.kind === 'none'
            ? 'None'
            : '…';
      m.raise(
        'ValueError',
        `Passed in object ${text} of type '${typeName(value)}', not tf.Tensor or tf.Variable or ExtensionType.`,
        args.site.range,
        value.kind === 'none' ? (value.from?.call ?? null) : null,
      );
    } else continue;
    const id = value.kind === 'tensor' ? value.tensor.id : value.variable.handle.id;
    object.creation.watches.push({
      id,
      site: args.site.range,
      sequence: m.eager.sequence,
      name: m.source(args.site.positional[0] ?? args.site.range),
    });
  }
  return NONE;
}

const floatText = (n: number): string => (Number.isInteger(n) ? `${n}.0` : String(n));

// ------------------------------------------------------------------------------------------------ gradient calls

interface Source {
  readonly value: Value;
  /** What the tape knows it by; null where the source is no tensor. */
  readonly tensor: Tensor;
  readonly shape: Shape;
  readonly dtype: DType | null;
}

/** A target or source as a tape knows it, or what TensorFlow says of it. */
function identity(value: Value): { readonly tensor: Tensor } | { readonly type: string; readonly message: string } | null {
  switch (value.kind) {
    case 'tensor':
      return { tensor: value.tensor };
    case 'variable':
      return { tensor: value.variable.handle };
    case 'none':
      return { type: 'TypeError', message: 'Cannot convert the argument `type_value`: None to a TensorFlow DType.' };
    case 'number':
    case 'boolean':
      return { type: 'AttributeError', message: `'${typeName(value)}' object has no attribute 'dtype'` };
    case 'array':
      return {
        type: 'AttributeError',
        message: `'numpy.${value.shape?.length === 0 ? value.dtype : 'ndarray'}' object has no attribute '_id'`,
      };
    case 'string':
    case 'list':
      return {
        type: 'TypeError',
        message: `Cannot convert the argument \`type_value\`: ${value.kind === 'string' ? (value.value ?? 'str') : `<${value.type}>`} to a TensorFlow DType.`,
      };
    case 'instance':
      return value.type.open || value.native.extra
        ? null
        : { type: 'AttributeError', message: `'${value.type.name}' object has no attribute '_id'` };
    case 'symbolic':
      return { type: 'AttributeError', message: "'KerasTensor' object has no attribute '_id'" };
    default:
      return null;
  }
}

/** Raised inside a gradient call: it goes into the facts, then on into the program. */
class CallRaise extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly reason: RaiseReason | null,
    readonly fromCall: number | null = null,
  ) {
    super(message);
  }
}
/** The call's outcome cannot be told. */
class NotKnown extends Error {}

const SIGNATURES = {
  gradient: ['target', 'sources', 'output_gradients', 'unconnected_gradients'],
  jacobian: ['target', 'sources', 'unconnected_gradients', 'parallel_iterations', 'experimental_use_pfor'],
  batch_jacobian: ['target', 'source', 'unconnected_gradients', 'parallel_iterations', 'experimental_use_pfor'],
} as const;

function differentiate(m: Machine, object: TapeValue, method: 'gradient' | 'jacobian' | 'batch_jacobian', args: CallArguments): Value {
  m.step(10);
  const names: readonly string[] = SIGNATURES[method];
  const at = (name: string): Value => argument(args, name, names.indexOf(name));
  const rangeOf = (name: string): Range | null => args.site.keywords.get(name) ?? args.site.positional[names.indexOf(name)] ?? null;
  const sourcesName = method === 'batch_jacobian' ? 'source' : 'sources';
  const [targetRange, sourcesRange] = [rangeOf('target'), rangeOf(sourcesName)];
  const site = m.recorder.site(args.site.range, method as Method, targetRange, sourcesRange);
  const certain = m.uncertain === 0 && !m.speculative;
  const tapeState = stateOf(object);
  const target = at('target');
  const order = orderOf(target);
  const record = (
    outcome: 'returns' | 'raises' | 'unknown',
    error: CallError | null,
    sources: readonly SourceFact[],
    unconnectedZero = false,
  ) => m.recorder.add(site, { outcome, error, sources, order, tape: tapeState, unconnectedZero, certain });
  try {
    const unexpected = [...args.keywords.keys()].find((k) => !names.includes(k));
    if (unexpected !== undefined)
      throw new CallRaise('TypeError', `GradientTape.${method}() got an unexpected keyword argument '${unexpected}'`, null);
    if (args.open || object.creation.escaped) throw new NotKnown();
    const { result, facts, unconnectedZero } = compute(m, object, method, {
      target,
      sources: at(sourcesName),
      outputGradients: at('output_gradients'),
      unconnected: at('unconnected_gradients'),
      usePfor: at('experimental_use_pfor'),
      site,
      range: args.site.range,
      targetRange,
      sourcesRange,
      order,
    });
    record('returns', null, facts, unconnectedZero);
    object.creation.firstUse ??= args.site.range;
    return result;
  } catch (e) {
    if (e instanceof NotKnown) {
      record('unknown', null, []);
      // Whatever it gives, a tape that is not persistent is now used up; what it gave is not known.
      m.metUnknown = true;
      if (!object.tape.options.persistent) object.creation.escaped = true;
      return UNKNOWN;
    }
    if (!(e instanceof CallRaise)) throw e;
    if (m.speculative) record('unknown', null, []);
    else record('raises', { type: e.type, message: e.message, reason: e.reason }, []);
    return m.raise(e.type, e.message, args.site.range, e.fromCall);
  }
}

/** 1 for a value of the program, 2 for a derivative of one … */
function orderOf(target: Value): number {
  const tensors = (flatten(target) ?? []).flatMap((v) => (v.kind === 'tensor' ? [v.tensor] : []));
  return 1 + Math.max(0, ...tensors.map(derivativeOrder));
}
const orders = new WeakMap<Tensor, number>();
const derivatives = new WeakMap<Tensor, Derivative>();
/** Says that a tensor is what a gradient call gave. */
export function markDerivative(tensor: Tensor, order: number, derivative: Derivative): void {
  orders.set(tensor, order);
  derivatives.set(tensor, derivative);
}
/** What the result of a call is the derivative of, by names: of a derivative, one order more of the same. */
export function derivativeOf(target: Tensor | null, root: string, source: string): Derivative {
  const inner = target ? derivatives.get(target) : undefined;
  return inner ? { root: inner.root, wrt: [...inner.wrt, source] } : { root, wrt: [source] };
}
/** How many gradient calls a tensor is the result of, one inside the other. */
export const derivativeOrder = (tensor: Tensor): number =>
  orders.get(tensor) ??
  Math.max(
    0,
    ...(tensor.origin?.name === 'Reshape' || tensor.origin?.name === 'StridedSlice' || tensor.origin?.name === 'Identity'
      ? tensor.origin.inputs.map((t) => orders.get(t) ?? 0)
      : [0]),
  );

interface Request {
  readonly target: Value;
  readonly sources: Value;
  readonly outputGradients: Value;
  readonly unconnected: Value;
  readonly usePfor: Value;
  readonly site: number;
  readonly range: Range;
  readonly targetRange: Range | null;
  readonly sourcesRange: Range | null;
  readonly order: number;
}

function compute(
  m: Machine,
  object: TapeValue,
  method: 'gradient' | 'jacobian' | 'batch_jacobian',
  q: Request,
): { result: Value; facts: SourceFact[]; unconnectedZero: boolean } {
  const { tape, creation } = object;
  const usedUp = (): CallRaise =>
    new CallRaise(
      'RuntimeError',
      method === 'batch_jacobian' ? USED_UP.replace('to compute', 'tocompute') : USED_UP,
      raiseReason({ kind: 'used-up-tape', creation: creation.range, firstUse: creation.firstUse }),
    );
  if (tape.state.usedUp || tape.state.phase === 'new') throw usedUp();
  if (method !== 'gradient') checkJacobian(m, method, tape, q);
  if (method === 'gradient' && tape.recording && !tape.options.persistent) popInside(m, object);
  if (q.target.kind === 'none' && method === 'gradient')
    throw new CallRaise(
      'TypeError',
      'Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be differentiated, but received None.',
      { kind: 'none-target', cause: null, path: [] },
      q.target.from?.call ?? null,
    );
  const targets = tensorsOf(q.target);
  const sources = sourcesOf(q.sources);
  const zero = unconnectedZero(q.unconnected);
  if (method !== 'gradient' && tape.recording && !tape.options.persistent) popInside(m, object);
  const outputGradients = method === 'gradient' ? outputGradientsOf(m, q.outputGradients) : null;
  const found =
    method === 'gradient'
      ? walk(tape, targets, sources, outputGradients)
      : jacobians(m, tape, method, targets, q.target.kind === 'variable' ? q.target.variable : null, sources);
  const facts: SourceFact[] = [];
  const leaves: Value[] = [];
  const tainted = targets.some((t) => knowledgeOf(t).tainted);
  sources.forEach((source, i) => {
    const gradient = found[i] ?? null;
    let outcome: Outcome = gradient === null ? (tainted ? 'unknown' : 'none') : valueOutcome(gradient);
    if (source.dtype === null && source.tensor.dtype === null && outcome !== 'value') outcome = 'unknown';
    const shape = method === 'gradient' ? source.shape : jacobianShape(method, targets[0]?.shape ?? null, source.shape);
    const reasons: readonly Reason[] =
      outcome === 'none' || outcome === 'zeros'
        ? reasonsFor(m, object, {
            targets,
            target: q.target,
            source: source.tensor,
            sourceValue: source.value,
            name: sourceName(m, q, sources, i),
            method,
            order: q.order,
            outcome,
            range: q.range,
          })
        : [];
    const returnsZero = outcome === 'none' && (zero || method === 'batch_jacobian');
    const fact: SourceFact = {
      name: sourceName(m, q, sources, i),
      range: q.sourcesRange,
      outcome: returnsZero ? 'zeros' : outcome,
      reasons,
      shape: outcome === 'none' && !returnsZero ? null : shape,
      dtype: outcome === 'none' && !returnsZero ? null : source.dtype,
      formula:
        gradient && method === 'gradient' && outcome !== 'unknown' && targets.length === 1
          ? formulaOf(m, gradient, derivativeOf(targetOf(q), rootOf(m, q), sourceName(m, q, sources, i)))
          : null,
      remarks: remarksOn(),
    };
    facts.push(fact);
    leaves.push(
      leafOf(m, {
        outcome,
        gradient,
        returnsZero,
        shape,
        source,
        method,
        from: { call: q.site, source: i },
        order: q.order,
        derivative: derivativeOf(targetOf(q), rootOf(m, q), sourceName(m, q, sources, i)),
      }),
    );
  });
  if (!tape.options.persistent) tape.finish();
  return { result: pack(q.sources, leaves), facts, unconnectedZero: zero };
}

function popInside(m: Machine, object: TapeValue): void {
  object.tape.exit();
  closeInterval(m, object);
}

const valueOutcome = (gradient: Tensor): Outcome => {
  const { zero, tainted } = knowledgeOf(gradient);
  return zero ? (tainted ? 'unknown' : 'zeros') : 'value';
};

interface Leaf {
  readonly outcome: Outcome;
  readonly gradient: Tensor | null;
  readonly returnsZero: boolean;
  readonly shape: Shape;
  readonly source: Source;
  readonly method: string;
  readonly from: { readonly call: number; readonly source: number };
  readonly order: number;
  readonly derivative: Derivative;
}

const targetOf = (q: Request): Tensor | null => (q.target.kind === 'tensor' ? q.target.tensor : null);
const rootOf = (m: Machine, q: Request): string => (q.targetRange ? m.source(q.targetRange) : '');

/** What the program gets for one source. */
function leafOf(m: Machine, l: Leaf): Value {
  const mark = (tensor: Tensor): Value => {
    markDerivative(tensor, l.order, l.derivative);
    return { kind: 'tensor', tensor, from: l.from };
  };
  if (l.returnsZero) return mark(m.operations.full(0, l.shape, l.source.dtype));
  if (l.outcome === 'unknown' && l.gradient === null) return UNKNOWN;
  if (l.gradient === null) return { kind: 'none', from: l.from };
  return mark(l.gradient);
}

/** A Jacobian is vectorised: one call of a function to the tapes outside, made of the gradients of the target's elements. */
function jacobians(
  m: Machine,
  tape: GradientTape,
  method: string,
  targets: readonly Tensor[],
  variable: Variable | null,
  sources: readonly Source[],
): (Tensor | null)[] {
  const present: number[] = [];
  // The target is reshaped under the tape: one that the tape does not know stays unknown, even where it is a source itself.
  const [asked] = targets;
  const target = asked && tape.whileRecording(() => (variable ? m.eager.read(variable) : m.operations.identity(asked)));
  const whole = callFunction(m.eager, method, [], () => {
    const upstream = target ? [m.backend.opaque(target.shape, target.dtype === 'resource' ? 'float32' : target.dtype)] : [];
    const rows = walk(tape, target ? [target] : [], sources, upstream);
    return rows.flatMap((row, i) => {
      if (!row) return [];
      present.push(i);
      return [m.operations.apply('_Part', [row], { shape: jacobianShape(method, target?.shape ?? null, sources[i]?.shape ?? null) })];
    });
  });
  const all: (Tensor | null)[] = sources.map(() => null);
  present.forEach((i, k) => (all[i] = whole[k] ?? null));
  return all;
}

function walk(
  tape: GradientTape,
  targets: readonly Tensor[],
  sources: readonly Source[],
  outputGradients: readonly (Tensor | null)[] | null,
): (Tensor | null)[] {
  try {
    return tape.walk(
      targets,
      sources.map((s) => s.tensor),
      outputGradients,
    );
  } catch (e) {
    if (!(e instanceof OpError)) throw e;
    const operation = /no entry for: (\w+)/.exec(e.message)?.[1] ?? null;
    throw new CallRaise(e.type, e.message, operation ? { kind: 'second-gradient-missing', operation, cause: null, path: [] } : null);
  }
}

function tensorsOf(value: Value): Tensor[] {
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  return flat.map((v) => {
    const known = identity(v);
    if (known === null) throw new NotKnown();
    if ('tensor' in known) return known.tensor;
    throw new CallRaise(
      known.type,
      known.message,
      v.kind === 'none' ? { kind: 'none-target', cause: null, path: [] } : { kind: 'unsupported-target', cause: null, path: [] },
      v.kind === 'none' ? (v.from?.call ?? null) : null,
    );
  });
}

function sourcesOf(value: Value): Source[] {
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  const tensors = tensorsOf(value);
  return flat.map((v, i) => {
    const tensor = tensors[i] as Tensor;
    const shown = v.kind === 'variable' ? v.variable.value : tensor;
    return { value: v, tensor, shape: shown.shape, dtype: shown.dtype };
  });
}

function unconnectedZero(value: Value): boolean {
  if (value.kind === 'none') return false;
  if (value.kind !== 'string' || value.value === null) throw new NotKnown();
  if (value.value === 'zero') return true;
  if (value.value === 'none') return false;
  throw new CallRaise('ValueError', `Unknown value for unconnected_gradients: '${value.value}'`, null);
}

function outputGradientsOf(m: Machine, value: Value): readonly (Tensor | null)[] | null {
  if (value.kind === 'none') return null;
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  return flat.map((v) => {
    const tensor = v.kind === 'tensor' ? v.tensor : v.kind === 'unknown' ? null : (asTensor(m, v) ?? literalTensor(m, v, null));
    if (!tensor) throw new NotKnown();
    return tensor;
  });
}

function checkJacobian(m: Machine, method: 'jacobian' | 'batch_jacobian', tape: GradientTape, q: Request): void {
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
  const bad = shapeless(q.target);
  if (bad) throw bad;
  if (method === 'batch_jacobian') {
    const [target, source] = [shapeOf(q.target), shapeOf(q.sources)];
    const shapeReason: RaiseReason = { kind: 'jacobian-shape', cause: null, path: [] };
    if (target?.length === 0) throw new CallRaise('IndexError', 'list index out of range', shapeReason);
    for (const [value, shape] of [
      [q.target, target],
      [q.sources, source],
    ] as const) {
      const worse = shapeless(value);
      if (worse) throw worse;
      if (shape && shape.length < 2)
        throw new CallRaise(
          'ValueError',
          `Shape (${shape.map((d) => d ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''}) must have rank at least 2`,
          shapeReason,
        );
    }
    const [a, b] = [target?.[0] ?? null, source?.[0] ?? null];
    if (a !== null && b !== null && a !== b)
      throw new CallRaise(
        'ValueError',
        `Need first dimension of target shape (${tupleText(target)}) and source shape (${tupleText(source)}) to match.`,
        shapeReason,
      );
  }
  const { usePfor } = q;
  if (usePfor.kind === 'boolean' && !usePfor.value && !tape.options.persistent && m.graphDepth === 0)
    throw new CallRaise(
      'RuntimeError',
      `GradientTape must be created with persistent=True to compute the ${method} with eager execution enabled and ${method === 'jacobian' ? 'with  ' : ' with '}experimental_use_pfor set to False.`,
      { kind: 'tape-still-recording', cause: null, path: [] },
    );
}
const shapeOf = (v: Value): Shape => (v.kind === 'tensor' ? v.tensor.shape : v.kind === 'variable' ? v.variable.value.shape : null);
const tupleText = (shape: Shape): string => `(${(shape ?? []).map((d) => d ?? 'None').join(', ')}${shape?.length === 1 ? ',' : ''})`;

function jacobianShape(method: string, target: Shape, source: Shape): Shape {
  if (target === null || source === null) return null;
  return method === 'batch_jacobian' ? [...target, ...source.slice(1)] : [...target, ...source];
}

/** The source's text: of a list literal its element, else `sources[i]`. */
function sourceName(m: Machine, q: Request, sources: readonly Source[], i: number): string {
  const text = q.sourcesRange ? m.source(q.sourcesRange) : '';
  if (sources.length === 1 && q.sources.kind !== 'list' && q.sources.kind !== 'dictionary') return text;
  const inner = /^[[(](.*)[\])]$/s.exec(text)?.[1];
  const parts =
    inner === undefined || /[[({]/.test(inner)
      ? null
      : inner
          .split(',')
          .map((p) => p.trim())
          .filter((p) => p !== '');
  if (parts?.length === sources.length) return parts[i] ?? text;
  if (
    q.sources.kind === 'dictionary' &&
    q.sources.entries &&
    [...q.sources.entries.values()].every((e) => e.value.kind !== 'list' && e.value.kind !== 'dictionary')
  ) {
    const key = [...q.sources.entries].sort(([a], [b]) => (a < b ? -1 : 1))[i]?.[1].key;
    if (key?.kind === 'string') return `${text}['${key.value}']`;
  }
  return `${text}[${i}]`;
}

export function stateOf({ tape, creation }: TapeValue): TapeState {
  const { state } = tape;
  return {
    name: creation.name,
    creation: creation.range,
    creationArguments: creation.argumentsRange,
    persistent: tape.options.persistent,
    watchAccessedVariables: tape.options.watchAccessedVariables,
    watched: [...new Set([...creation.watches.map((w) => w.name), ...state.watchedVariables.map((v) => v.name)])],
    state: state.usedUp ? 'used up' : state.phase,
  };
}
