// Which trace a call of a `tf.function` has: it is traced once for every kind of arguments, and finds Python as it was then whenever it is called again.
// TensorFlow: python/eager/polymorphic_function (polymorphic_function.py, tracing_compilation.py), core/function/trace_type.
import type { Shape, Tensor } from '../../../../core/tensor.ts';
import type { Bookmark, Delta } from '../journal.ts';
import type { Machine } from '../machine.ts';
import { Names } from '../names.ts';
import { flatten } from '../structure.ts';
import type { Value } from '../values.ts';

/** One function for one kind of arguments. */
interface Trace {
  /** Where the program stood when it was traced. */
  readonly start: number;
  /** Where it stood afterwards; lost where the program has gone back behind that. */
  readonly end: Bookmark;
  /** What tracing it changed. */
  readonly changed: Delta;
}

interface Traces {
  readonly known: Map<object, Map<string, Trace>>;
  readonly identities: WeakMap<object, number>;
  identified: number;
}

const TRACES = { make: (): Traces => ({ known: new Map(), identities: new WeakMap(), identified: 0 }) };

/** Runs a function's body for a call: as it is, where nothing like it was called before, else where it was traced. `kind` null: it is not known what it is like. */
export function underTrace(m: Machine, owner: object, kind: string | null, run: () => Value): Value {
  if (kind === null || m.speculative) return run();
  const { known } = m.remember(TRACES);
  const traces = known.get(owner) ?? new Map<string, Trace>();
  known.set(owner, traces);
  const trace = traces.get(kind);
  if (trace && !trace.end.isLost) return asTraced(m, trace, run);
  return traces.size === 0
    ? firstTraced(m, (start) => kept(m, traces, kind, start, run))
    : kept(m, traces, kind, m.journal.mark(), () => withoutNew(m, run));
}

function kept(m: Machine, traces: Map<string, Trace>, kind: string, start: number, run: () => Value): Value {
  const found = run();
  traces.set(kind, { start, end: m.journal.bookmark(), changed: m.journal.since(start) });
  return found;
}

/** A first trace that makes variables is thrown away, and nothing of it is carried out. */
function firstTraced(m: Machine, trace: (start: number) => Value): Value {
  const [start, count] = [m.journal.mark(), m.variables.length];
  const found = trace(start);
  if (m.variables.length === count) return found;
  m.journal.apply(chosen(m.journal.before(start), (place, key) => !isPythons(place, key)));
  return withoutNew(m, () => trace(m.journal.mark()));
}

function withoutNew(m: Machine, run: () => Value): Value {
  const count = m.variables.length;
  const found = run();
  if (m.variables.length > count)
    m.raise('ValueError', 'tf.function only supports singleton tf.Variables created on the first call.', null);
  return found;
}

/** Of Python nothing but what the function gives is left of a call that traces nothing. */
function asTraced(m: Machine, { start, changed }: Trace, run: () => Value): Value {
  const { journal } = m;
  const then = pythons(journal.before(start));
  const now = journal.now(then);
  journal.apply(then);
  const mark = journal.mark();
  try {
    return run();
  } finally {
    journal.apply(pythons(journal.before(mark), changed));
    journal.apply(now);
  }
}

/** What is Python's of a state: names that there were, attributes, what is in lists and dictionaries; not what is in variables. `of`: of these places alone. */
const pythons = (state: Delta, of?: Delta): Delta =>
  chosen(
    state,
    (place, key, exists) =>
      (exists || !(place instanceof Names)) && isPythons(place, key) && (of?.get(place)?.has(key) ?? of === undefined),
  );

function chosen(state: Delta, choose: (place: object, key: string, exists: boolean) => boolean): Delta {
  const part: Delta = new Map();
  for (const [place, keys] of state) {
    const entries = [...keys].filter(([key, { exists }]) => choose(place, key, exists));
    if (entries.length > 0) part.set(place, new Map(entries));
  }
  return part;
}

const IN_PYTHON: ReadonlySet<string> = new Set(['items', 'entries', 'native']);
const isPythons = (place: object, key: string): boolean => place instanceof Map || IN_PYTHON.has(key);

// ------------------------------------------------------------------------------------------------ kinds

/** What two calls have in common that share a trace; null where that is not known. `shapes`: what an `input_signature` says of some. */
export function kindOf(m: Machine, given: readonly (readonly [string, Value])[], shapes?: ReadonlyMap<Tensor, Shape>): string | null {
  const aliases = new Map<object, number>();
  const kinds = given.map(([name, value]) => {
    const kind = kindOfValue(m, value, aliases, shapes);
    return kind === null ? null : `${name}=${kind}`;
  });
  return kinds.includes(null) ? null : kinds.join(',');
}

function kindOfValue(m: Machine, value: Value, aliases: Map<object, number>, shapes?: ReadonlyMap<Tensor, Shape>): string | null {
  const all = (values: readonly Value[]): string | null => {
    const kinds = values.map((v) => kindOfValue(m, v, aliases, shapes));
    return kinds.includes(null) ? null : kinds.join(',');
  };
  switch (value.kind) {
    case 'unknown':
    case 'shape':
    case 'symbolic':
      return null;
    case 'none':
      return 'None';
    case 'number':
    case 'boolean':
      return value.value === null ? null : `${Number(value.value)}`;
    case 'string':
      return value.value === null ? null : JSON.stringify(value.value);
    case 'dtype':
      return value.dtype;
    case 'tensor':
      return kindOfTensor(value.tensor, shapes?.get(value.tensor) ?? value.tensor.shape);
    case 'array':
      return value.shape && `tensor ${value.dtype} ${value.shape.join('x')}`;
    case 'variable': {
      const { variable } = value;
      if (!aliases.has(variable)) aliases.set(variable, aliases.size);
      const kind = kindOfTensor(variable.value, variable.value.shape);
      return kind && `variable ${kind} ${variable.trainable} ${aliases.get(variable)}`;
    }
    case 'list':
    case 'dictionary': {
      const leaves = value.kind === 'list' && (value.type === 'set' || value.type === 'iterator') ? undefined : flatten(value);
      if (leaves === undefined) return identity(m, value);
      if (leaves === null) return null;
      const kinds =
        value.kind === 'list'
          ? all(value.items ?? [])
          : all([...(value.entries ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, entry]) => [entry.key, entry.value]));
      return kinds === null ? null : `${value.kind === 'list' ? value.type : 'dict'}(${kinds})`;
    }
    default:
      return identity(m, value);
  }
}

const kindOfTensor = ({ dtype, indexedSlices }: Tensor, shape: Shape): string | null =>
  shape === null || dtype === null ? null : `tensor ${dtype} ${shape.map((d) => d ?? 'None').join('x')}${indexedSlices ? ' slices' : ''}`;

/** Objects are told apart as they are. */
function identity(m: Machine, value: object): string {
  const traces = m.remember(TRACES);
  const known = traces.identities.get(value) ?? ++traces.identified;
  traces.identities.set(value, known);
  return `#${known}`;
}
