// numpy: arrays are numbers that no tape follows. What is computed from a tensor remembers where it left TensorFlow.
import { broadcast, isKnown, normalizeAxes, reduce, reshape, sizeOf } from '../../../core/shape.ts';
import type { DType, Shape } from '../../../core/tensor.ts';
import type { BinaryOperator } from '../ir/ir.ts';
import { leave } from './attributes.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import {
  type ArrayValue,
  type CallArguments,
  type Departure,
  float,
  integer,
  list,
  native,
  type NativeValue,
  NONE,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

const array = (values: readonly number[] | null, shape: Shape, dtype: DType, sources: readonly Departure[] = []): ArrayValue => ({
  kind: 'array',
  values,
  shape,
  dtype,
  sources,
});

/** A value as an array; null where it is not known to be numbers. A tensor leaves TensorFlow here. */
export function toArray(m: Machine, value: Value, operation: string): ArrayValue | null {
  if (value.kind === 'array') return value;
  if (value.kind === 'tensor' || value.kind === 'variable') return leave(m, value, operation);
  if (value.kind === 'number') return array(value.value === null ? null : [value.value], [], value.integer ? 'int64' : 'float64');
  if (value.kind === 'boolean') return array([Number(value.value)], [], 'bool');
  if (value.kind !== 'list') return null;
  const inner = items(m, value)?.map((v) => toArray(m, v, operation));
  if (!inner || inner.some((a) => a === null)) return null;
  const arrays = inner.flatMap((a) => a ?? []);
  const [first] = arrays;
  const sources = arrays.flatMap((a) => a.sources);
  const shape = first
    ? arrays.every((a) => JSON.stringify(a.shape) === JSON.stringify(first.shape)) && first.shape
      ? [arrays.length, ...first.shape]
      : null
    : [0];
  const values = arrays.every((a) => a.values) ? arrays.flatMap((a) => a.values ?? []) : null;
  const dtype = arrays.find((a) => /float/.test(a.dtype))?.dtype ?? first?.dtype ?? 'float64';
  return array(values, shape, dtype, sources);
}

const floatingResult = (dtype: DType): DType => (/float/.test(dtype) ? dtype : 'float64');

export function arithmetic(m: Machine, operator: BinaryOperator, left: Value, right: Value): Value {
  const [a, b] = [toArray(m, left, `numpy ${operator}`), toArray(m, right, `numpy ${operator}`)];
  if (!a || !b) return UNKNOWN;
  const scalar = (v: Value) => v.kind === 'number' || v.kind === 'boolean';
  const dtype =
    operator === '/'
      ? floatingResult(scalar(right) ? a.dtype : b.dtype)
      : scalar(right)
        ? mixed(a.dtype, right)
        : scalar(left)
          ? mixed(b.dtype, left)
          : /float64/.test(a.dtype + b.dtype)
            ? 'float64'
            : /float/.test(b.dtype)
              ? b.dtype
              : a.dtype;
  const sources = [...a.sources, ...b.sources];
  let shape: Shape = null;
  try {
    shape = operator === '@' ? null : broadcast(a.shape, b.shape);
  } catch {
    return UNKNOWN;
  }
  const apply = ARITHMETIC[operator];
  const values =
    apply &&
    a.values &&
    b.values &&
    isKnown(shape) &&
    (a.values.length === 1 || b.values.length === 1 || a.values.length === b.values.length)
      ? Array.from({ length: sizeOf(shape) ?? 0 }, (_, i) =>
          apply(a.values?.[a.values.length === 1 ? 0 : i] ?? NaN, b.values?.[b.values.length === 1 ? 0 : i] ?? NaN),
        )
      : null;
  return array(values, shape, dtype, sources);
}
const mixed = (dtype: DType, other: Value): DType =>
  other.kind === 'number' && !other.integer && !/float/.test(dtype) ? 'float64' : dtype;
const ARITHMETIC: Readonly<Partial<Record<BinaryOperator, (x: number, y: number) => number>>> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '**': (x, y) => x ** y,
  '%': (x, y) => x - y * Math.floor(x / y),
  '//': (x, y) => Math.floor(x / y),
};

export function arrayAttribute(m: Machine, object: ArrayValue, name: string): Value | null {
  const method = NUMPY[name];
  switch (name) {
    case 'shape':
      return object.shape ? tuple(object.shape.map((d) => integer(d))) : { kind: 'shape', shape: null };
    case 'ndim':
      return integer(object.shape?.length ?? null);
    case 'size':
      return integer(sizeOf(object.shape));
    case 'dtype':
      return { kind: 'dtype', dtype: object.dtype };
    case 'T':
      return {
        ...object,
        shape: object.shape && [...object.shape].reverse(),
        values: (object.shape?.length ?? 9) < 2 ? object.values : null,
      };
    case 'astype':
      return native(name, (args) => array(object.values, object.shape, dtypeOf(args.positional[0]) ?? object.dtype, object.sources));
    case 'item':
    case 'copy':
    case 'flatten':
    case 'ravel':
      return native(name, () =>
        name === 'item' ? { ...object, shape: [] } : name === 'copy' ? object : { ...object, shape: [sizeOf(object.shape)] },
      );
    case 'tolist':
      return native(name, () =>
        object.values && object.shape?.length === 1 ? list(object.values.map((v) => ({ ...object, values: [v], shape: [] }))) : list(null),
      );
    case 'reshape':
      return native(name, (args) =>
        reshaped(
          object,
          args.positional.length === 1 && args.positional[0]?.kind === 'list' ? (args.positional[0].items ?? []) : args.positional,
        ),
      );
    default:
      return method ? native(name, (args) => method(m, { ...args, positional: [object, ...args.positional] })) : null;
  }
}

function reshaped(object: ArrayValue, dims: readonly Value[]): Value {
  const target = dims.map((d) => (d.kind === 'number' ? d.value : null));
  try {
    return { ...object, shape: reshape(object.shape, target) };
  } catch {
    return UNKNOWN;
  }
}

export function dtypeOf(value: Value | undefined): DType | null {
  if (!value) return null;
  if (value.kind === 'dtype') return value.dtype;
  if (value.kind === 'string') return value.value as DType | null;
  if (value.kind !== 'native') return null;
  if (/^np\.(float|int|bool)/.test(value.name)) return value.name.slice(3) as DType;
  return ({ float: 'float64', int: 'int64', bool: 'bool' } as Readonly<Record<string, DType>>)[value.name] ?? null;
}

export function subscriptArray(m: Machine, object: ArrayValue, index: Value): Value {
  if (object.shape === null) return array(null, null, object.dtype, object.sources);
  if (index.kind === 'number' && index.value !== null)
    return items(m, object)?.at(index.value) ?? array(null, object.shape.slice(1), object.dtype, object.sources);
  // The shape by way of a tensor of the same shape.
  return array(null, null, object.dtype, object.sources);
}

// ------------------------------------------------------------------------------------------------ functions

type Function = (m: Machine, args: CallArguments) => Value;

const unaryNames: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sinh: Math.sinh,
  cosh: Math.cosh,
  abs: Math.abs,
  absolute: Math.abs,
  square: (x) => x * x,
  log1p: Math.log1p,
  expm1: Math.expm1,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  arctan: Math.atan,
  arcsin: Math.asin,
  arccos: Math.acos,
  negative: (x) => -x,
};

const elementwise =
  (name: string, f: (x: number) => number): Function =>
  (m, args) => {
    const x = toArray(m, args.positional[0] ?? UNKNOWN, `np.${name}`);
    return x
      ? array(
          x.values && x.values.map(f),
          x.shape,
          name === 'abs' || name === 'square' || name === 'sign' || name === 'negative' ? x.dtype : floatingResult(x.dtype),
          x.sources,
        )
      : UNKNOWN;
  };

const reduction =
  (name: string, f: (values: readonly number[]) => number, dtype: (d: DType) => DType = (d) => d): Function =>
  (m, args) => {
    const x = toArray(m, args.positional[0] ?? UNKNOWN, `np.${name}`);
    if (!x) return UNKNOWN;
    const axis = args.keywords.get('axis') ?? args.positional[1] ?? NONE;
    if (axis.kind === 'none') return array(x.values && [f(x.values)], [], dtype(x.dtype), x.sources);
    if (axis.kind !== 'number' || axis.value === null || x.shape === null) return array(null, null, dtype(x.dtype), x.sources);
    return array(null, reduce(x.shape, normalizeAxes([axis.value], x.shape.length), false), dtype(x.dtype), x.sources);
  };
const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function filled(value: number | null): Function {
  return (_, args) => {
    const shape = shapeOf(args.positional[0] ?? args.keywords.get('shape') ?? UNKNOWN);
    const size = sizeOf(shape);
    const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]) ?? 'float64';
    return array(value !== null && size !== null && size <= 512 ? Array.from({ length: size }, () => value) : null, shape, dtype);
  };
}
function shapeOf(value: Value): Shape {
  if (value.kind === 'number') return [value.value];
  if (value.kind === 'shape') return value.shape;
  if (value.kind === 'list' && value.items) return value.items.map((v) => (v.kind === 'number' ? v.value : null));
  return null;
}
/** Random arrays by their `size` argument, or by positional sizes. */
const random =
  (sizes: 'positional' | 'size'): Function =>
  (_, args) => {
    const given =
      sizes === 'positional' ? list(args.positional) : (args.keywords.get('size') ?? args.positional[2] ?? args.positional[0] ?? tuple([]));
    return array(null, shapeOf(given), 'float64');
  };

const fromLike =
  (name: string, value: number | null): Function =>
  (m, args) => {
    const x = toArray(m, args.positional[0] ?? UNKNOWN, `np.${name}`);
    return x ? array(value === null ? null : x.values && x.values.map(() => value), x.shape, x.dtype) : UNKNOWN;
  };

const NUMPY: Readonly<Record<string, Function>> = {
  ...Object.fromEntries(Object.entries(unaryNames).map(([name, f]) => [name, elementwise(name, f)])),
  sum: reduction('sum', sumOf),
  mean: reduction('mean', (v) => sumOf(v) / v.length, floatingResult),
  max: reduction('max', (v) => Math.max(...v)),
  min: reduction('min', (v) => Math.min(...v)),
  amax: reduction('amax', (v) => Math.max(...v)),
  amin: reduction('amin', (v) => Math.min(...v)),
  prod: reduction('prod', (v) => v.reduce((a, b) => a * b, 1)),
  std: reduction('std', () => NaN, floatingResult),
  var: reduction('var', () => NaN, floatingResult),
  array: (m, args) => made(m, args, 'np.array'),
  asarray: (m, args) => made(m, args, 'np.asarray'),
  zeros: filled(0),
  ones: filled(1),
  empty: filled(null),
  zeros_like: fromLike('zeros_like', 0),
  ones_like: fromLike('ones_like', 1),
  eye: (_, args) => {
    const n = args.positional[0]?.kind === 'number' ? args.positional[0].value : null;
    return array(
      n !== null && n * n <= 512 ? Array.from({ length: n * n }, (_x, i) => (i % (n + 1) === 0 ? 1 : 0)) : null,
      [n, n],
      'float64',
    );
  },
  linspace: (_, args) => {
    const [a, b, c] = [args.positional[0], args.positional[1], args.positional[2] ?? args.keywords.get('num') ?? integer(50)].map((v) =>
      v?.kind === 'number' ? v.value : null,
    );
    if (a === null || a === undefined || b === null || b === undefined || c === null || c === undefined)
      return array(null, [c ?? null], 'float64');
    return array(
      c <= 512 ? Array.from({ length: c }, (_x, i) => a + ((b - a) * i) / Math.max(c - 1, 1)) : null,
      [c],
      dtypeOf(args.keywords.get('dtype')) ?? 'float64',
    );
  },
  arange: (_, args) => {
    const numbers = args.positional.map((v) => (v.kind === 'number' ? v.value : null));
    const integral = args.positional.every((v) => v.kind === 'number' && v.integer);
    const dtype = dtypeOf(args.keywords.get('dtype')) ?? (integral ? 'int64' : 'float64');
    if (numbers.some((n) => n === null)) return array(null, [null], dtype);
    const [first = 0, second, step = 1] = numbers as number[];
    const [from, to] = second === undefined ? [0, first] : [first, second];
    const count = Math.max(0, Math.ceil((to - from) / step));
    return array(count <= 512 ? Array.from({ length: count }, (_x, i) => from + i * step) : null, [count], dtype);
  },
  'random.randn': random('positional'),
  'random.rand': random('positional'),
  'random.normal': random('size'),
  'random.uniform': random('size'),
  'random.random': (_, args) => array(null, shapeOf(args.positional[0] ?? args.keywords.get('size') ?? tuple([])), 'float64'),
  'random.seed': () => NONE,
  'random.set_state': () => NONE,
  ...Object.fromEntries(
    (['float16', 'float32', 'float64', 'int32', 'int64'] as const).map((dtype): [string, Function] => [
      `${dtype}()`,
      (m, args) => {
        const x = toArray(m, args.positional[0] ?? float(0), `np.${dtype}`);
        return x ? array(x.values, x.shape, dtype, x.sources) : UNKNOWN;
      },
    ]),
  ),
};

function made(m: Machine, args: CallArguments, operation: string): Value {
  const x = toArray(m, args.positional[0] ?? UNKNOWN, operation);
  const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]);
  return x ? { ...x, dtype: dtype ?? x.dtype } : UNKNOWN;
}

/** `np.<name>`. */
export function numpyAttribute(m: Machine, name: string): Value | null {
  if (name === 'pi') return float(Math.PI);
  if (name === 'e') return float(Math.E);
  if (name === 'inf' || name === 'Inf') return float(Infinity);
  if (name === 'nan') return float(NaN);
  if (name === 'newaxis') return NONE;
  if (name === 'random' || name === 'linalg' || name === 'testing') return { kind: 'module', name: `numpy.${name}` };
  const scalar = NUMPY[`${name}()`];
  if (scalar) return { ...numpyFunction(m, name, scalar), name: `np.${name}` };
  const f = NUMPY[name];
  if (f) return numpyFunction(m, name, f);
  // A function of numpy's that is not known here: whatever it gives, it is not a tensor.
  return native(`np.${name}`, (args) => {
    m.metUnknown = true;
    const sources = args.positional.flatMap((v) => toArray(m, v, `np.${name}`)?.sources ?? []);
    return sources.length > 0 ? array(null, null, 'float64', sources) : UNKNOWN;
  });
}

const numpyFunction = (m: Machine, name: string, f: Function): NativeValue => ({
  kind: 'native',
  name: `np.${name}`,
  call: (args) => f(m, args),
});
