// A place where a derivative is asked for, by whatever means: what it is given, what it gives for each source, and the facts that are made of it.
import { OpError, whileTracing } from '../../../core/shape.ts';
import type { DType, Shape, Tensor, Variable } from '../../../core/tensor.ts';
import type { Range } from '../ir/ir.ts';
import { asTensor, literalTensor } from './convert.ts';
import { derivativeOf, markDerivative, orderOf } from './derivatives.ts';
import type { CallError, Method, Outcome, RaiseReason, Reason, SourceFact, TapeState } from './facts.ts';
import { formulaOf } from './formula.ts';
import { type Machine, ProgramRaise } from './machine.ts';
import { typeName } from './operators.ts';
import { type Question, reasonsFor, remarksOn } from './reasons.ts';
import { flatten, pack } from './structure.ts';
import { type AbstractTensor, knowledgeOf } from './tensors.ts';
import { classAttribute } from './classes.ts';
import { isLayer } from './tracking.ts';
import { argument, type CallArguments, type InstanceValue, NONE, string, type TapeValue, UNKNOWN, type Value } from './values.ts';

/** Raised inside a gradient call: it goes into the facts, then on into the program. */
export class CallRaise extends Error {
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
export class NotKnown extends Error {}

/** How a method is called. */
export interface Signature {
  readonly method: Method;
  /** How Python names it in its own complaints. */
  readonly name: string;
  readonly parameters: readonly string[];
  readonly target: string;
  readonly sources: string;
}

/** One call while it is looked at. */
export interface Call {
  readonly method: Method;
  readonly site: number;
  readonly range: Range;
  readonly at: (name: string) => Value;
  readonly target: Value;
  readonly sources: Value;
  readonly targetRange: Range | null;
  readonly sourcesRange: Range | null;
  readonly order: number;
}

export interface Answer {
  readonly result: Value;
  readonly facts: readonly SourceFact[];
  readonly unconnectedZero: boolean;
}

/** Left out it means None everywhere; None itself is refused. */
const UNCONNECTED = 'unconnected_gradients';

/** Looks at one call: what `body` finds, or raises, goes into the facts and on into the program. `lost` is told when nothing can be said. */
export function gradientCall(
  m: Machine,
  args: CallArguments,
  { method, name, parameters, ...roles }: Signature,
  tape: TapeState | null,
  body: (call: Call) => Answer,
  lost: () => void = () => undefined,
): Value {
  m.step(10);
  const isGiven = (parameter: string): boolean => args.keywords.has(parameter) || parameters.indexOf(parameter) < args.positional.length;
  const at = (parameter: string): Value =>
    parameter === UNCONNECTED && !isGiven(parameter) ? string('none') : argument(args, parameter, parameters.indexOf(parameter));
  const rangeOf = (parameter: string): Range | null =>
    args.site.keywords.get(parameter) ?? args.site.positional[parameters.indexOf(parameter)] ?? null;
  const [targetRange, sourcesRange] = [rangeOf(roles.target), rangeOf(roles.sources)];
  const site = m.recorder.site(args.site.range, method, targetRange, sourcesRange);
  const certain = m.uncertain === 0 && !m.speculative;
  const target = at(roles.target);
  const order = orderOf(target) + (method === 'hessians' ? 1 : 0);
  const record = (
    outcome: 'returns' | 'raises' | 'unknown',
    error: CallError | null,
    sources: readonly SourceFact[],
    unconnectedZero = false,
  ) => m.recorder.add(site, { outcome, error, sources, order, tape, unconnectedZero, certain });
  try {
    const unexpected = [...args.keywords.keys()].find((k) => !parameters.includes(k));
    if (unexpected !== undefined) throw new CallRaise('TypeError', `${name}() got an unexpected keyword argument '${unexpected}'`, null);
    if (args.open) throw new NotKnown();
    const count = args.positional.length;
    if (count > parameters.length)
      throw new CallRaise('TypeError', `${name}() takes too many positional arguments: ${count} were given`, null);
    const twice = parameters.slice(0, count).find((parameter) => args.keywords.has(parameter));
    if (twice !== undefined) throw new CallRaise('TypeError', `${name}() got multiple values for argument '${twice}'`, null);
    const call = { method, site, range: args.site.range, at, target, sources: at(roles.sources), targetRange, sourcesRange, order };
    const { result, facts, unconnectedZero } = body(call);
    record('returns', null, facts, unconnectedZero);
    return result;
  } catch (e) {
    if (e instanceof NotKnown) {
      record('unknown', null, []);
      m.metUnknown = true;
      lost();
      return UNKNOWN;
    }
    if (e instanceof ProgramRaise) {
      // A gradient function of the program's own raised.
      const { type, message } = e.exception;
      record(m.speculative ? 'unknown' : 'raises', m.speculative ? null : { type, message, reason: null }, []);
    }
    if (!(e instanceof CallRaise)) throw e;
    if (m.speculative) record('unknown', null, []);
    else record('raises', { type: e.type, message: e.message, reason: e.reason }, []);
    return m.raise(e.type, e.message, args.site.range, e.fromCall);
  }
}

// ------------------------------------------------------------------------------------------------ what is given

export interface Source {
  readonly value: Value;
  /** What a tape knows it by. */
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
      return value.value === null ? null : takenFor(value, isDTypeNumber(Number(value.value)));
    case 'array':
      return {
        type: 'AttributeError',
        message: `'numpy.${value.shape?.length === 0 ? value.dtype : 'ndarray'}' object has no attribute '_id'`,
      };
    case 'string':
      return value.value === null ? null : takenFor(value, DTYPE_NAMES.has(value.value));
    case 'instance':
      return ofInstance(value);
    case 'dtype':
      return takenFor(value, true);
    case 'list':
    case 'function':
    case 'class':
    case 'tape':
    case 'shape':
    case 'spec':
    case 'slice':
      return takenFor(value, false);
    case 'symbolic':
      return { type: 'AttributeError', message: "'KerasTensor' object has no attribute '_id'" };
    default:
      return null;
  }
}

/** TensorFlow asks whether a gradient can pass, and takes what is no tensor for a dtype: a number or a name may be one. TensorFlow: python/eager/backprop_util.py, IsTrainable. */
const takenFor = (value: Value, isDType: boolean): { readonly type: string; readonly message: string } =>
  isDType
    ? { type: 'AttributeError', message: `'${typeName(value)}' object has no attribute '_id'` }
    : { type: 'TypeError', message: `Cannot convert the argument \`type_value\`: <${typeName(value)}> to a TensorFlow DType.` };

/** The numbers of TensorFlow's dtypes, and of references to them. TensorFlow: core/framework/types.proto. */
const isDTypeNumber = (n: number): boolean => {
  const plain = n > 100 ? n - 100 : n;
  return Number.isInteger(plain) && ((plain >= 1 && plain <= 25) || plain === 29 || plain === 30);
};
const DTYPE_NAMES: ReadonlySet<string> = new Set(
  'half float16 float float32 double float64 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string complex64 complex128 resource variant'.split(
    ' ',
  ),
);

/** Keras's layers have a dtype, most other objects have none. */
function ofInstance(value: InstanceValue): { readonly type: string; readonly message: string } | null {
  if (value.native.dataset)
    return { type: 'ValueError', message: `Type ${value.type.name} is not supported as a gradient source or gradient target.` };
  if (value.native.tensorArray) return takenFor(value, false);
  const { type, native, attributes }: InstanceValue = value;
  if (isLayer(value)) return takenFor(value, true);
  const isOther = type.open || type.native || native.extra || attributes.has('dtype') || classAttribute(type, 'dtype') !== undefined;
  return isOther ? null : takenFor(value, false);
}

/** TensorFlow goes through dictionaries by sorted keys. */
function refuseMixedKeys(value: Value): void {
  if (value.kind === 'list') value.items?.forEach(refuseMixedKeys);
  if (value.kind !== 'dictionary' || value.entries === null) return;
  const kinds = new Set([...value.entries.values()].map(({ key }) => (key.kind === 'boolean' ? 'number' : key.kind)));
  if (kinds.has('string') && kinds.has('number'))
    throw new CallRaise('TypeError', "'<' not supported between instances of 'str' and 'int'", null);
  for (const entry of value.entries.values()) refuseMixedKeys(entry.value);
}

export function tensorsOf(value: Value): Tensor[] {
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  refuseMixedKeys(value);
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

export function sourcesOf(value: Value): Source[] {
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  const tensors = tensorsOf(value);
  return flat.map((v, i) => {
    const tensor = tensors[i] as Tensor;
    const shown = v.kind === 'variable' ? v.variable.value : tensor;
    return { value: v, tensor, shape: shown.shape, dtype: shown.dtype };
  });
}

export function unconnectedZero(value: Value): boolean {
  if (value.kind === 'none') throw new CallRaise('ValueError', 'Unknown value for unconnected_gradients: None', null);
  if (value.kind !== 'string' || value.value === null) throw new NotKnown();
  if (value.value === 'zero') return true;
  if (value.value === 'none') return false;
  throw new CallRaise('ValueError', `Unknown value for unconnected_gradients: '${value.value}'`, null);
}

/** `output_gradients`, `grad_ys`: a tensor for each target; null where ones are meant. */
export function outputGradientsOf(m: Machine, value: Value, noneIsOnes = false): readonly (Tensor | null)[] | null {
  if (value.kind === 'none') return null;
  const flat = flatten(value);
  if (flat === null) throw new NotKnown();
  return flat.map((v) => {
    if (noneIsOnes && v.kind === 'none') return null;
    const tensor = v.kind === 'tensor' ? v.tensor : v.kind === 'unknown' ? null : (asTensor(m, v) ?? literalTensor(m, v, null));
    if (!tensor) throw new NotKnown();
    return tensor;
  });
}

/** A walk backwards; an op without a gradient on the way raises. */
export function walked<T>({ eager }: Machine, body: () => T): T {
  try {
    return body();
  } catch (e) {
    if (!(e instanceof OpError)) throw e;
    const operation = /(?:no entry for: |\(op type: )(\w+)/.exec(e.message)?.[1] ?? null;
    const { type, message } = eager.inGraph ? whileTracing(e) : e;
    throw new CallRaise(type, message, operation ? { kind: 'second-gradient-missing', operation, cause: null, path: [] } : null);
  }
}

// ------------------------------------------------------------------------------------------------ what is found

export interface Found {
  readonly targets: readonly Tensor[];
  readonly sources: readonly Source[];
  /** What the sources are in, to be filled with what was found. */
  readonly structure: Value;
  /** One for each source. */
  readonly gradients: readonly (Tensor | null)[];
  /** Zeros come in place of None. */
  readonly zero: boolean;
  /** Of those zeros, where it is not the source's. */
  readonly zeroDType?: DType | null;
  /** Whether these are made like the source. */
  readonly madeLike?: boolean;
  readonly tape: TapeValue | null;
  readonly shape: (source: Source) => Shape;
  /** What the reason is about, where that is not "why does this target not depend on this source". */
  readonly question?: (source: Source) => Partial<Question>;
}

/** An IndexedSlices is a value, whatever is in it, and so is what has no elements. */
const outcomeOf = (gradient: Tensor | null, tainted: boolean): Outcome => {
  if (gradient === null) return tainted ? 'unknown' : 'none';
  if (gradient.indexedSlices || gradient.shape?.includes(0)) return 'value';
  const known = knowledgeOf(gradient);
  return known.zero ? (tainted || known.tainted ? 'unknown' : 'zeros') : 'value';
};

/** Facts and values of a call, one for each source. */
export function answer(m: Machine, call: Call, found: Found): Answer {
  const tainted = found.targets.some((t) => knowledgeOf(t).tainted);
  const facts: SourceFact[] = [];
  const leaves: Value[] = [];
  found.sources.forEach((source, i) => {
    const gradient = found.gradients[i] ?? null;
    let outcome = outcomeOf(gradient, tainted);
    // What came by way of an unknown is missing from it: its own derivatives are open, too.
    if (tainted && gradient) (gradient as AbstractTensor).known = { ...knowledgeOf(gradient), tainted: true };
    if (source.dtype === null && source.tensor.dtype === null && outcome !== 'value') outcome = 'unknown';
    const name = sourceName(m, call, found, i);
    const returnsZero = outcome === 'none' && found.zero;
    const shape = found.shape(source);
    const dtype = returnsZero && found.zeroDType !== undefined ? found.zeroDType : source.dtype;
    facts.push({
      name,
      range: call.sourcesRange,
      outcome: returnsZero ? (shape?.includes(0) ? 'value' : 'zeros') : outcome,
      reasons: outcome === 'none' || outcome === 'zeros' ? reasonsOf(m, call, found, source, name, outcome) : [],
      shape: outcome === 'none' && !returnsZero ? null : shape,
      dtype: outcome === 'none' && !returnsZero ? null : dtype,
      formula: formula(m, call, found, gradient, outcome, name),
      remarks: remarksOn(),
    });
    const variable = source.value.kind === 'variable' ? source.value.variable : null;
    const instead = found.madeLike === true ? { tensor: source.tensor, variable } : null;
    leaves.push(leaf(m, call, { gradient, outcome, returnsZero, shape, dtype, name, at: i, instead }));
  });
  return { result: pack(found.structure, leaves), facts, unconnectedZero: found.zero };
}

function reasonsOf(m: Machine, call: Call, found: Found, source: Source, name: string, outcome: Outcome): readonly Reason[] {
  return reasonsFor(m, found.tape, {
    targets: found.targets,
    target: call.target,
    source: source.tensor,
    sourceValue: source.value,
    name,
    method: call.method,
    order: call.order,
    outcome,
    range: call.range,
    ...found.question?.(source),
  });
}

const FORMULAS: ReadonlySet<Method> = new Set<Method>(['gradient', 'gradients']);

function formula(m: Machine, call: Call, found: Found, gradient: Tensor | null, outcome: Outcome, name: string): string | null {
  if (!gradient || !FORMULAS.has(call.method) || outcome === 'unknown' || found.targets.length !== 1) return null;
  return formulaOf(m, gradient, derivativeOf(targetOf(call), rootOf(m, call), name));
}

const targetOf = ({ target }: Call): Tensor | null => (target.kind === 'tensor' ? target.tensor : null);
const rootOf = (m: Machine, { targetRange }: Call): string => (targetRange ? m.source(targetRange) : '');

interface Leaf {
  readonly gradient: Tensor | null;
  readonly outcome: Outcome;
  readonly returnsZero: boolean;
  readonly shape: Shape;
  readonly dtype: DType | null;
  readonly name: string;
  readonly at: number;
  /** What zeros are made like; null where they are a constant. */
  readonly instead: { readonly tensor: Tensor; readonly variable: Variable | null } | null;
}

/** What the program gets for one source. */
function leaf(m: Machine, call: Call, l: Leaf): Value {
  const from = { call: call.site, source: l.at };
  const mark = (tensor: Tensor): Value => {
    markDerivative(tensor, call.order, derivativeOf(targetOf(call), rootOf(m, call), l.name));
    return { kind: 'tensor', tensor, from };
  };
  if (l.returnsZero)
    return mark(l.instead ? m.eager.zerosInstead(l.instead.tensor, l.instead.variable) : m.operations.full(0, l.shape, l.dtype));
  if (l.gradient) return mark(l.gradient);
  return l.outcome === 'unknown' ? UNKNOWN : { ...NONE, from };
}

/** The source's text: of a list literal its element, else `sources[i]`. */
function sourceName(m: Machine, { sourcesRange }: Call, { sources, structure }: Found, i: number): string {
  const text = sourcesRange ? m.source(sourcesRange) : '';
  if (sources.length === 1 && structure.kind !== 'list' && structure.kind !== 'dictionary') return text;
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
    structure.kind === 'dictionary' &&
    structure.entries &&
    [...structure.entries.values()].every((e) => e.value.kind !== 'list' && e.value.kind !== 'dictionary')
  ) {
    const key = [...structure.entries].sort(([a], [b]) => (a < b ? -1 : 1))[i]?.[1].key;
    if (key?.kind === 'string') return `${text}['${key.value}']`;
  }
  return `${text}[${i}]`;
}
