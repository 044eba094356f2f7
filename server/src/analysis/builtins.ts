// Python's built-in functions and exceptions, as far as they say something about gradients.
import { attribute, leave, setNamed } from './attributes.ts';
import { callValue, unknownCall } from './call.ts';
import { callByName, plainCall } from './convert.ts';
import { isGraphDataset, isGraphTest } from './graph/autograph.ts';
import { anyItem, items } from './iterate.ts';
import { type Machine, NORMAL, ProgramRaise } from './machine.ts';
import { binaryOperation, compareValues, truth, typeName } from './operators.ts';
import { scriptGlobal } from './script/globals.ts';
import { drained, iteratorOf, mapped, pull } from './streams.ts';
import { knowledgeOf } from './tensors.ts';
import {
  boolean,
  type CallArguments,
  type ClassValue,
  dictionary,
  float,
  integer,
  type InstanceValue,
  isSlices,
  list,
  type ListValue,
  native,
  nativeClass,
  NONE,
  string,
  tuple,
  UNKNOWN,
  type Value,
  tensorValue,
} from './values.ts';

const EXCEPTIONS = new Set([
  'BaseException',
  'Exception',
  'ValueError',
  'TypeError',
  'AttributeError',
  'RuntimeError',
  'LookupError',
  'KeyError',
  'IndexError',
  'NameError',
  'ImportError',
  'ModuleNotFoundError',
  'NotImplementedError',
  'ZeroDivisionError',
  'AssertionError',
  'StopIteration',
  'ArithmeticError',
  'OSError',
  'FileNotFoundError',
  'KeyboardInterrupt',
  'SystemExit',
  'OverflowError',
  'RecursionError',
]);

/** An iterator over items, or over any number of what `element` gives. */
const iterator = (found: readonly Value[] | null, element?: () => Value): ListValue => ({
  kind: 'list',
  type: 'iterator',
  items: found,
  ...(element && { element }),
});

export function builtin(m: Machine, name: string): Value | null {
  // What the front end calls the marks of static methods and getters.
  const isMark = name === 'staticmethod' || name === 'property';
  if (m.language === 'script' && !isMark) return scriptGlobal(m, name);
  if (EXCEPTIONS.has(name)) return exceptionClass(name);
  const f = FUNCTIONS[name];
  if (f) return native(name, (args) => f(m, args));
  if (name === '__name__') return string('__main__');
  if (name === '__file__') return string(null);
  if (name === 'Ellipsis') return { kind: 'ellipsis' };
  if (name === 'object') return OBJECT;
  return null;
}

const OBJECT = nativeClass('object');
export const exceptionClass = (name: string): ClassValue => nativeClass(name);

type Builtin = (m: Machine, args: CallArguments) => Value;
const at = (args: CallArguments, i: number): Value => args.positional[i] ?? UNKNOWN;
const numberOf = (v: Value): number | null =>
  v.kind === 'number'
    ? v.value
    : v.kind === 'boolean'
      ? Number(v.value)
      : v.kind === 'tensor'
        ? (knowledgeOf(v.tensor).values?.[0] ?? null)
        : v.kind === 'array'
          ? v.values?.length === 1
            ? (v.values[0] ?? null)
            : null
          : null;

/** `float(x)` of a tensor: the number leaves TensorFlow, and remembers where it was. */
function scalarOf(m: Machine, value: Value, operation: string, whole: boolean): Value {
  if (value.kind === 'none')
    return m.raise(
      'TypeError',
      `${operation}() argument must be a string or a real number, not 'NoneType'`,
      null,
      value.from?.call ?? null,
    );
  if (isSlices(value)) return m.raise('TypeError', `${operation}() argument must be a string or a real number, not 'IndexedSlices'`, null);
  if (isGraphTest(m, value)) return callByName(m, 'tf.cast', value, { kind: 'dtype', dtype: whole ? 'int32' : 'float32' });
  if (value.kind === 'tensor' || value.kind === 'variable') {
    const left = leave(m, value, `${operation}()`);
    return {
      ...left,
      shape: [],
      values: left.values?.length === 1 ? left.values.map((v) => (whole ? Math.trunc(v) : v)) : null,
      dtype: whole ? 'int32' : 'float32',
    };
  }
  if (value.kind === 'array') return { ...value, shape: [], values: value.values?.length === 1 ? value.values : null };
  const n = numberOf(value);
  return (whole ? integer : float)(n === null ? null : whole ? Math.trunc(n) : n);
}

function range(m: Machine, args: CallArguments): Value {
  if (args.positional.some((v) => isGraphTest(m, v))) return callByName(m, 'tf.range', ...args.positional);
  const wrong = args.positional.find((v) => v.kind === 'none' || v.kind === 'string' || (v.kind === 'number' && !v.integer));
  if (wrong && !args.open)
    m.raise(
      'TypeError',
      `'${typeName(wrong)}' object cannot be interpreted as an integer`,
      null,
      wrong.kind === 'none' ? (wrong.from?.call ?? null) : null,
    );
  const numbers = args.positional.map(numberOf);
  if (numbers.some((n) => n === null) || args.open) return iterator(null);
  const [first = 0, second, step = 1] = numbers as number[];
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (count > 100_000) return iterator(null);
  return { kind: 'list', type: 'list', items: Array.from({ length: count }, (_, i) => integer(from + i * step)) };
}

/** min, max: of tensors by TensorFlow's comparison of single values; of numbers as they are. */
function extreme(m: Machine, args: CallArguments, operator: '<' | '>'): Value {
  const all = args.positional.length === 1 ? items(m, at(args, 0)) : args.positional;
  if (!all || all.length === 0 || args.keywords.size > 0) return UNKNOWN;
  return all.slice(1).reduce<Value>((best, x) => {
    if (best.kind === 'unknown') return best;
    const wins = truth(m, compareValues(m, operator, x, best, m.position.site ?? { start: 0, end: 0 }));
    return wins === null ? UNKNOWN : wins ? x : best;
  }, all[0] ?? UNKNOWN);
}

const FUNCTIONS: Readonly<Record<string, Builtin>> = {
  print: () => NONE,
  len: (m, args) => {
    const value = at(args, 0);
    if (value.kind === 'none') return m.raise('TypeError', "object of type 'NoneType' has no len()", null, value.from?.call ?? null);
    if (isSlices(value)) return m.raise('TypeError', "object of type 'IndexedSlices' has no len()", null);
    // AutoGraph asks for the size of what has a shape.
    if (value.kind === 'variable' && m.language === 'python' && m.graphDepth === 0)
      return m.raise('TypeError', "object of type 'ResourceVariable' has no len()", null);
    if (value.kind === 'tensor') {
      const { shape } = value.tensor;
      const known = m.graphDepth > 0 ? m.eager.graphShapes.of(value.tensor) : shape;
      // AutoGraph gives a tensor where TensorFlow does not know the size.
      if (known !== shape && typeof known?.[0] !== 'number') return tensorValue(m.backend.opaque([], 'int32'));
      return integer(shape?.[0] ?? null);
    }
    if (value.kind === 'array') return integer(value.shape?.[0] ?? null);
    if (value.kind === 'string') return integer(value.value?.length ?? null);
    if (value.kind === 'instance' && value.native.dataset) return integer(value.native.dataset.count);
    if (value.kind === 'instance') {
      const counts = attribute(m, value, '__len__', args.site.range);
      return counts.kind === 'method' ? callValue(m, counts, plainCall(m, [])) : integer(null);
    }
    return integer(items(m, value)?.length ?? null);
  },
  range,
  enumerate: (m, args) => {
    if (isGraphDataset(m, at(args, 0)))
      return callValue(m, attribute(m, at(args, 0), 'enumerate', args.site.range), { ...args, positional: args.positional.slice(1) });
    const start = numberOf(args.keywords.get('start') ?? args.positional[1] ?? integer(0));
    const state = { at: start };
    const element = () => tuple([integer(null), anyItem(m, at(args, 0))]);
    const pairs = mapped(m, [at(args, 0)], ([v = UNKNOWN]) => {
      const index = integer(state.at);
      m.journal.set(state, 'at', state.at === null ? null : state.at + 1);
      return tuple([index, v]);
    });
    return { ...pairs, element };
  },
  zip: (m, args) => {
    const isAllDatasets = args.positional.length > 0 && args.positional.every((v) => isGraphDataset(m, v));
    if (isAllDatasets) return callByName(m, 'tf.data.Dataset.zip', tuple(args.positional));
    if (args.open) return iterator(null);
    if (args.positional.length === 0) return iterator([]);
    const { positional } = args;
    return { ...mapped(m, positional, (row) => tuple(row)), element: () => tuple(positional.map((v) => anyItem(m, v))) };
  },
  map: (m, args) => {
    const [f = UNKNOWN, ...columns] = args.positional;
    if (args.open || columns.length === 0) return iterator(null);
    return mapped(m, columns, (row) => callValue(m, f, plainCall(m, row)));
  },
  filter: (m, args) => {
    const [f = UNKNOWN, source = UNKNOWN] = args.positional;
    return mapped(m, [source], ([v = UNKNOWN]) => {
      const kept = truth(m, f.kind === 'none' ? v : callValue(m, f, plainCall(m, [v])));
      return kept === null ? null : kept ? v : undefined;
    });
  },
  list: (m, args) => list(args.positional.length === 0 ? [] : items(m, at(args, 0))),
  tuple: (m, args) => tuple(args.positional.length === 0 ? [] : items(m, at(args, 0))),
  set: (m, args) => ({ kind: 'list', type: 'set', items: args.positional.length === 0 ? [] : items(m, at(args, 0)) }),
  sorted: (m, args) => {
    const found = items(m, at(args, 0));
    const keys = found?.map(numberOf);
    if (!found || args.keywords.size > 0 || !keys?.every((k) => k !== null)) return list(found && found.length <= 1 ? found : null);
    return list(
      found
        .map((v, i) => [v, keys[i] ?? 0] as const)
        .sort((a, b) => a[1] - b[1])
        .map(([v]) => v),
    );
  },
  reversed: (m, args) => {
    const found = items(m, at(args, 0));
    return iterator(found && [...found].reverse());
  },
  dict: (m, args) => {
    const keywords = [...args.keywords].map(([k, v]) => [string(k), v] as const);
    if (args.positional.length === 0) return args.open ? { kind: 'dictionary', entries: null } : dictionary(keywords);
    const first = at(args, 0);
    if (first.kind === 'dictionary')
      return first.entries ? dictionary([...[...first.entries.values()].map((e) => [e.key, e.value] as const), ...keywords]) : first;
    const pairs = items(m, first)?.map((p) => items(m, p));
    if (!pairs || pairs.some((p) => p?.length !== 2)) return { kind: 'dictionary', entries: null };
    return dictionary([...pairs.map((p) => [p?.[0] ?? UNKNOWN, p?.[1] ?? UNKNOWN] as const), ...keywords]);
  },
  sum: (m, args) => {
    const found = items(m, at(args, 0));
    const start = args.keywords.get('start') ?? args.positional[1] ?? integer(0);
    const here = m.position.site ?? { start: 0, end: 0 };
    return found ? found.reduce<Value>((total, v) => binaryOperation(m, '+', total, v, here), start) : UNKNOWN;
  },
  min: (m, args) => extreme(m, args, '<'),
  max: (m, args) => extreme(m, args, '>'),
  abs: (m, args) => {
    const value = at(args, 0);
    if (isSlices(value)) return m.raise('TypeError', "bad operand type for abs(): 'IndexedSlices'", null);
    if (value.kind === 'tensor' || value.kind === 'variable') return callByName(m, 'tf.abs', value);
    if (value.kind === 'none') return m.raise('TypeError', "bad operand type for abs(): 'NoneType'", null, value.from?.call ?? null);
    return value.kind === 'number' ? { ...value, value: value.value === null ? null : Math.abs(value.value) } : UNKNOWN;
  },
  round: (m, args) => {
    const value = at(args, 0);
    if (isSlices(value)) return m.raise('TypeError', "type IndexedSlices doesn't define __round__ method", null);
    if (value.kind === 'tensor' || value.kind === 'variable') return callByName(m, 'tf.round', value);
    return value.kind === 'number' && args.positional.length === 1 && args.keywords.size === 0
      ? integer(value.value === null ? null : halfToEven(value.value))
      : UNKNOWN;
  },
  pow: (m, args) => binaryOperation(m, '**', at(args, 0), at(args, 1), m.position.site ?? { start: 0, end: 0 }),
  divmod: (m, args) => {
    const here = m.position.site ?? { start: 0, end: 0 };
    return tuple([binaryOperation(m, '//', at(args, 0), at(args, 1), here), binaryOperation(m, '%', at(args, 0), at(args, 1), here)]);
  },
  float: (m, args) =>
    args.positional.length === 0
      ? float(0)
      : at(args, 0).kind === 'string'
        ? float(floatOf(m, at(args, 0)))
        : scalarOf(m, at(args, 0), 'float', false),
  int: (m, args) =>
    args.positional.length === 0
      ? integer(0)
      : at(args, 0).kind === 'string'
        ? integer(args.positional.length === 1 ? wholeOf(m, at(args, 0)) : null)
        : scalarOf(m, at(args, 0), 'int', true),
  bool: (m, args) => {
    const decided = truth(m, at(args, 0));
    return decided === null ? UNKNOWN : boolean(decided);
  },
  str: (_, args) =>
    string(
      args.positional[0]?.kind === 'string'
        ? args.positional[0].value
        : args.positional[0]?.kind === 'number' && args.positional[0].integer && args.positional[0].value !== null
          ? String(args.positional[0].value)
          : null,
    ),
  repr: () => string(null),
  format: () => string(null),
  id: () => integer(null),
  hash: () => integer(null),
  input: () => string(null),
  open: (m, args) => unknownCall(m, args),
  iter: (m, args) => (args.positional.length === 1 ? iteratorOf(m, at(args, 0)) : unknownCall(m, args)),
  next: (m, args) => {
    const value = at(args, 0);
    if (value.kind !== 'list' || value.type !== 'iterator') return nextOf(m, value);
    const item = pull(m, value);
    if (item === null) return anyItem(m, value);
    return item === 'end' ? (args.positional[1] ?? m.raise('StopIteration', '', null)) : item;
  },
  all: (m, args) => quantified(m, at(args, 0), false),
  any: (m, args) => quantified(m, at(args, 0), true),
  isinstance: (m, args) => isInstance(m, at(args, 0), at(args, 1)),
  callable: (_, args) => (at(args, 0).kind === 'function' || at(args, 0).kind === 'native' ? boolean(true) : UNKNOWN),
  hasattr: (m, args) => {
    const name = at(args, 1);
    if (name.kind !== 'string' || name.value === null) return UNKNOWN;
    const value = at(args, 0);
    if (value.kind === 'none') return boolean(false);
    try {
      return attribute(m, value, name.value, args.site.range).kind === 'unknown' ? UNKNOWN : boolean(true);
    } catch (e) {
      if (!(e instanceof ProgramRaise) || e.exception.type !== 'AttributeError') throw e;
      return boolean(false);
    }
  },
  getattr: (m, args) => {
    const name = at(args, 1);
    if (name.kind !== 'string' || name.value === null || at(args, 0).kind === 'none') return UNKNOWN;
    try {
      return attribute(m, at(args, 0), name.value, args.site.range);
    } catch (e) {
      const otherwise = args.positional[2];
      if (!(e instanceof ProgramRaise) || e.exception.type !== 'AttributeError' || !otherwise) throw e;
      return otherwise;
    }
  },
  setattr: (m, args) => {
    setNamed(m, at(args, 0), at(args, 1), at(args, 2));
    return NONE;
  },
  delattr: (m, args) => {
    setNamed(m, at(args, 0), at(args, 1), UNKNOWN);
    return NONE;
  },
  type: (_, args) =>
    at(args, 0).kind === 'instance'
      ? (at(args, 0) as InstanceValue).type
      : { kind: 'native', name: `type ${typeName(at(args, 0))}`, call: () => UNKNOWN },
  super: (m, args) => superObject(m, args),
  staticmethod: (_, args) => withFlavour(at(args, 0), 'static'),
  classmethod: (_, args) => withFlavour(at(args, 0), 'class'),
  property: (_, args) => {
    const [get = args.keywords.get('fget') ?? UNKNOWN, set = args.keywords.get('fset')] = args.positional;
    const made = withFlavour(get, 'property');
    return made.kind === 'function' && set && set.kind !== 'none' ? { ...made, setter: set } : made;
  },
};

/** The nearest whole number; of two that are as near, the even one. */
function halfToEven(x: number): number {
  const below = Math.floor(x);
  const over = x - below;
  return over < 0.5 || (over === 0.5 && below % 2 === 0) ? below : below + 1;
}

/** The whole number that a text is; where that is not known, it may be none. */
function wholeOf(m: Machine, v: Value): number | null {
  if (v.kind === 'string' && v.value !== null && /^\s*[-+]?\d+\s*$/.test(v.value)) return Number(v.value);
  if (v.kind === 'string' && v.value !== null && /[a-z]/i.test(v.value))
    m.raise('ValueError', `invalid literal for int() with base 10: '${v.value}'`, null);
  m.metUnknown = true;
  return null;
}

function floatOf(m: Machine, v: Value): number | null {
  const text = v.kind === 'string' ? v.value?.trim().toLowerCase() : undefined;
  if (text !== undefined && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(text)) return Number(text);
  const special = text === undefined ? undefined : { inf: Infinity, '-inf': -Infinity, nan: NaN }[text];
  if (special === undefined) m.metUnknown = true;
  return special ?? null;
}

/** Of an instance, a dataset's iterator, or something unknown. */
function nextOf(m: Machine, value: Value): Value {
  const here = m.position.site ?? { start: 0, end: 0 };
  const step = value.kind === 'instance' && !value.native.dataset ? attribute(m, value, '__next__', here) : null;
  return step?.kind === 'method' ? callValue(m, step, plainCall(m, [])) : anyItem(m, value);
}

/** `any` and `all` ask for no more items than they need. */
function quantified(m: Machine, value: Value, decisive: boolean): Value {
  const source = iteratorOf(m, value);
  for (;;) {
    const item = pull(m, source);
    if (item === 'end') return boolean(!decisive);
    const holds = item && truth(m, item);
    if (holds === decisive) return boolean(decisive);
    if (holds !== null) continue;
    // Whether it goes on is not known: how much is left then neither.
    m.fork([() => NORMAL, () => (drained(m, source), NORMAL)]);
    m.journal.set(source, 'next', undefined);
    m.journal.set(source, 'items', null);
    return UNKNOWN;
  }
}

function withFlavour(value: Value, flavour: 'static' | 'class' | 'property'): Value {
  return value.kind === 'function' ? { ...value, flavour } : UNKNOWN;
}

/** Values of types that no class of the program makes. */
const BUILT_IN: ReadonlySet<Value['kind']> = new Set(['none', 'boolean', 'number', 'string', 'function']);

function isInstance(m: Machine, value: Value, type: Value): Value {
  if (type.kind === 'list' && type.items) {
    const found = type.items.map((t) => isInstance(m, value, t));
    if (found.some((f) => f.kind === 'boolean' && f.value)) return boolean(true);
    return found.every((f) => f.kind === 'boolean') ? boolean(false) : UNKNOWN;
  }
  if (value.kind === 'unknown') return UNKNOWN;
  if (type.kind === 'class') {
    const own = value.kind === 'instance' ? value.type : value.kind === 'list' ? value.of : undefined;
    if (own) return own.bases.includes(type) ? boolean(true) : own.open ? UNKNOWN : boolean(false);
    return type.definition && BUILT_IN.has(value.kind) ? boolean(false) : UNKNOWN;
  }
  if (type.kind !== 'native') return UNKNOWN;
  const kinds: Readonly<Record<string, boolean>> = {
    list: value.kind === 'list' && value.type === 'list',
    tuple: value.kind === 'list' && value.type === 'tuple',
    dict: value.kind === 'dictionary',
    str: value.kind === 'string',
    int: (value.kind === 'number' && value.integer) || value.kind === 'boolean',
    float: value.kind === 'number' && !value.integer,
    bool: value.kind === 'boolean',
    'tf.Tensor': value.kind === 'tensor',
    'tf.Variable': value.kind === 'variable',
  };
  const decided = kinds[type.name];
  return decided === undefined ? UNKNOWN : boolean(decided);
}

/** `super()` inside a method: an object whose attributes come from the classes after the method's own. */
function superObject(m: Machine, args: CallArguments): Value {
  const [owner, self] = args.positional.length >= 2 ? args.positional : m.superOf();
  if (owner?.kind !== 'class' || (self?.kind !== 'instance' && self?.kind !== 'class')) return UNKNOWN;
  const type: ClassValue = { kind: 'class', name: 'super', definition: null, bases: [], attributes: new Map(), native: null, open: false };
  return { kind: 'instance', type, attributes: new Map([['__self__', self]]), native: { extra: owner } };
}
