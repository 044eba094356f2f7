// JavaScript's own globals, as far as they say something about gradients.
import { unknownCall } from '../call.ts';
import { superAttribute } from '../classes.ts';
import { callValue } from '../call.ts';
import { items } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { truth } from '../operators.ts';
import {
  type ArrayValue,
  boolean,
  type CallArguments,
  type ClassValue,
  dictionary,
  float,
  native,
  string,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from '../values.ts';
import { arrayStatic, newArray, objectStatic } from './arrays.ts';
import { isTensorFlow, tensorFlow } from './module.ts';
import { promiseStatic } from './promises.ts';

/** A global by its name; null where it is not known here. */
export function scriptGlobal(m: Machine, name: string): Value | null {
  switch (name) {
    case 'undefined':
      return UNDEFINED;
    case 'NaN':
      return float(NaN);
    case 'Infinity':
      return float(Infinity);
    case 'require':
      return native(name, (args) => required(m, args));
    case 'tf':
      return tensorFlow();
    case 'console':
    case 'Math':
    case 'Object':
    case 'Array':
    case 'Number':
    case 'Promise':
    case 'JSON':
    case 'process':
    case 'performance':
    case 'Date':
      return { kind: 'module', name: `js:${name}` };
    case 'super':
      return superObject(m);
    case 'parseFloat':
    case 'parseInt':
      return native(name, () => float(null));
    case 'String':
      return native(name, () => string(null));
    case 'Boolean':
      return native(name, (args) => {
        const decided = truth(m, args.positional[0] ?? UNDEFINED);
        return decided === null ? UNKNOWN : boolean(decided);
      });
    case 'Error':
    case 'TypeError':
    case 'RangeError':
      return errorClass(name);
    case 'Set':
      return native(name, (args) => ({ kind: 'list', type: 'set', items: args.positional[0] ? items(m, args.positional[0]) : [] }));
    default:
      return TYPED_ARRAYS.has(name) ? native(name, (args) => typedArray(m, name, args)) : null;
  }
}

/** `Math.sin`, `Object.keys`: a member of a global; what is not known is unknown. */
export function globalMember(m: Machine, object: string, name: string): Value {
  const unknown: Value = { kind: 'unknown', about: `${object}.${name}` };
  switch (object) {
    case 'console':
    case 'performance':
    case 'Date':
      return native(`${object}.${name}`, () => (object === 'console' ? UNDEFINED : float(null)));
    case 'process':
      return name === 'exit' ? unknown : name === 'memoryUsage' ? native(name, () => dictionary([])) : UNKNOWN;
    case 'Math':
      return mathMember(name) ?? unknown;
    case 'Object':
      return objectStatic(name) ?? unknown;
    case 'Array':
      return arrayStatic(m, name) ?? unknown;
    case 'Promise':
      return promiseStatic(m, name) ?? unknown;
    case 'JSON':
      return native(`JSON.${name}`, () => (name === 'stringify' ? string(null) : UNKNOWN));
    case 'Number':
      return name === 'EPSILON' ? float(Number.EPSILON) : native(`Number.${name}`, () => UNKNOWN);
    default:
      return unknown;
  }
}

/** A global called, or made with `new`. */
export function globalCall(m: Machine, object: string, args: CallArguments): Value {
  if (object === 'Array') return newArray(args);
  if (object === 'Number') {
    const [x] = args.positional;
    return x?.kind === 'number' ? x : x?.kind === 'array' ? x : float(null);
  }
  if (object === 'Date') return UNKNOWN;
  return unknownCall(m, args);
}

function required(m: Machine, args: CallArguments): Value {
  const [module] = args.positional;
  if (module?.kind !== 'string' || module.value === null) return unknownCall(m, args);
  return isTensorFlow(module.value) ? tensorFlow() : { kind: 'module', name: module.value };
}

const errorClass = (name: string): ClassValue => {
  const type: ClassValue = {
    kind: 'class',
    name,
    definition: null,
    bases: [],
    attributes: new Map(),
    native: { construct: () => undefined, attribute: (_, member) => (member === 'message' || member === 'stack' ? string(null) : null) },
    open: false,
  };
  (type as { bases: readonly ClassValue[] }).bases = [type];
  return type;
};

// ------------------------------------------------------------------------------------------------ numbers

/** Numbers that may have left TensorFlow.js: they remember where. */
function mathMember(name: string): Value | null {
  const constant = (Math as unknown as Record<string, unknown>)[name];
  if (typeof constant === 'number') return float(constant);
  if (typeof constant !== 'function') return null;
  if (name === 'random') return native('Math.random', () => float(null));
  const f = constant as (...numbers: number[]) => number;
  return native(`Math.${name}`, (args) => {
    if (args.open) return float(null);
    const arrays = args.positional.filter((v): v is ArrayValue => v.kind === 'array');
    const numbers = args.positional.map((v) =>
      v.kind === 'number' ? v.value : v.kind === 'array' && v.values?.length === 1 ? (v.values[0] ?? null) : null,
    );
    if (args.positional.some((v) => v.kind === 'unknown')) return UNKNOWN;
    const result = numbers.every((n) => n !== null) ? f(...numbers) : null;
    if (arrays.length === 0) return float(result);
    return {
      kind: 'array',
      values: result === null ? null : [result],
      shape: [],
      dtype: 'float32',
      sources: arrays.flatMap((a) => a.sources),
    };
  });
}

const TYPED_ARRAYS: ReadonlySet<string> = new Set(['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array']);

/** `new Float32Array(n)`, `Float32Array.from(list)`: numbers in a row. */
function typedArray(m: Machine, name: string, args: CallArguments): Value {
  const [given] = args.positional;
  const dtype = name.startsWith('Float') ? 'float32' : 'int32';
  const base = { kind: 'array', dtype, sources: [] } as const;
  if (given?.kind === 'number')
    return {
      ...base,
      values: given.value === null || given.value > 10_000 ? null : Array.from({ length: given.value }, () => 0),
      shape: [given.value],
    };
  const found = given ? items(m, given) : null;
  const values = found?.map((v) => (v.kind === 'number' ? v.value : null));
  if (!values) return UNKNOWN;
  return { ...base, values: values.every((v) => v !== null) ? values : null, shape: [values.length] };
}

// ------------------------------------------------------------------------------------------------ classes

/** `super(...)` and `super.method(...)` inside a method. */
function superObject(m: Machine): Value {
  const [owner, self] = m.superOf();
  if (owner?.kind !== 'class' || self?.kind !== 'instance') return UNKNOWN;
  const type: ClassValue = {
    kind: 'class',
    name: 'super',
    definition: null,
    bases: [],
    attributes: new Map(),
    native: {
      construct: () => undefined,
      attribute: (_, name) => superAttribute(m, self, owner, name),
      call: (_, args) => {
        const constructor = superAttribute(m, self, owner, 'constructor');
        return constructor.kind === 'unknown' ? UNDEFINED : callValue(m, constructor, args);
      },
    },
    open: false,
  };
  (type as { bases: readonly ClassValue[] }).bases = [type];
  return { kind: 'instance', type, attributes: new Map(), native: {} };
}
