// numpy's functions: shapes, dtypes and, of small arrays, the numbers. Whatever they give is no tensor, and remembers which tensors its numbers were.
import { broadcast, isKnown, normalizeAxes, normalizeAxis, reduce, sizeOf } from '../../../../core/shape.ts';
import type { DType, Shape } from '../../../../core/tensor.ts';
import { items } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { type CallArguments, float, list, native, NONE, UNKNOWN, type Value } from '../values.ts';
import { at, first, type Function, numberOf, shapeOf } from './arguments.ts';
import {
  array,
  arithmetic,
  cast,
  combine,
  commonDtype,
  dtypeOf,
  floatingResult,
  MOST_VALUES,
  promoted,
  reshaped,
  toArray,
} from './arrays.ts';
import { generatorMethod, RANDOM } from './random.ts';

// ------------------------------------------------------------------------------------------------ element by element

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
  sinh: Math.sinh,
  cosh: Math.cosh,
  log1p: Math.log1p,
  expm1: Math.expm1,
  floor: Math.floor,
  ceil: Math.ceil,
  arctan: Math.atan,
  arcsin: Math.asin,
  arccos: Math.acos,
  deg2rad: (x) => (x * Math.PI) / 180,
  rad2deg: (x) => (x * 180) / Math.PI,
};
/** Those that give the dtype they are given. */
const KEEPING: Readonly<Record<string, (x: number) => number>> = {
  abs: Math.abs,
  absolute: Math.abs,
  square: (x) => x * x,
  sign: Math.sign,
  negative: (x) => -x,
  copy: (x) => x,
};

const elementwise =
  (name: string, f: ((x: number) => number) | null, dtype: (d: DType) => DType): Function =>
  (m, args) => {
    const x = first(m, args, name);
    return x ? array(f && x.values && x.values.map(f), x.shape, dtype(x.dtype), x.sources) : UNKNOWN;
  };

const operation =
  (operator: Parameters<typeof arithmetic>[1]): Function =>
  (m, args) =>
    arithmetic(m, operator, args.positional[0] ?? UNKNOWN, args.positional[1] ?? UNKNOWN);

/** Two arrays, element by element. */
const pairwise =
  (name: string, f: ((x: number, y: number) => number) | null, dtype: (together: DType) => DType): Function =>
  (m, args) => {
    const [a, b] = [first(m, args, name), toArray(m, args.positional[1] ?? UNKNOWN, `np.${name}`)];
    if (!a || !b) return UNKNOWN;
    const shape = broadcastOf(a.shape, b.shape);
    return shape === undefined ? UNKNOWN : array(f && combine(a, b, shape, f), shape, dtype(promoted(a, b)), [...a.sources, ...b.sources]);
  };
const bool = (): DType => 'bool';

function broadcastOf(a: Shape, b: Shape): Shape | undefined {
  try {
    return broadcast(a, b);
  } catch {
    return undefined;
  }
}

// ------------------------------------------------------------------------------------------------ along axes

const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;
const varianceOf = (values: readonly number[]): number => meanOf(values.map((v) => (v - meanOf(values)) ** 2));

const reduction =
  (name: string, f: ((values: readonly number[]) => number) | null, dtype: (d: DType) => DType = (d) => d): Function =>
  (m, args) => {
    const x = first(m, args, name);
    if (!x) return UNKNOWN;
    const axis = at(args, 'axis', 1);
    const keeps = args.keywords.get('keepdims');
    const kept = keeps?.kind === 'boolean' && keeps.value;
    const given = axis.kind === 'none' ? (x.shape?.map((_, i) => i) ?? null) : (shapeOf(axis)?.map((d) => d ?? NaN) ?? null);
    if (x.shape === null || given === null || given.some(Number.isNaN) || (keeps && keeps.kind !== 'boolean'))
      return array(null, null, dtype(x.dtype), x.sources);
    try {
      const shape = reduce(x.shape, normalizeAxes(given, x.shape.length), kept);
      const whole = axis.kind === 'none' && f && x.values && x.values.length > 0 ? [f(x.values)] : null;
      return array(whole, shape, dtype(x.dtype), x.sources);
    } catch {
      return UNKNOWN;
    }
  };

const joined =
  (
    name: string,
    place: (shapes: readonly (readonly (number | null)[])[], axis: number) => Shape,
    axisOf: (args: CallArguments) => number | null,
  ): Function =>
  (m, args) => {
    const parts = items(m, args.positional[0] ?? UNKNOWN)?.map((v) => toArray(m, v, `np.${name}`));
    if (!parts?.every((p) => p !== null)) return UNKNOWN;
    const dtype = parts.map((p) => p.dtype).reduce(commonDtype, parts[0]?.dtype ?? 'float64');
    const shapes = parts.map((p) => p.shape);
    const axis = axisOf(args);
    const shape = axis !== null && shapes.every((s) => s !== null) && shapes[0] ? place(shapes, axis) : null;
    return array(
      null,
      shape,
      dtype,
      parts.flatMap((p) => p.sources),
    );
  };
const concatenated = (shapes: readonly (readonly (number | null)[])[], axis: number): Shape => {
  const [one = []] = shapes;
  const along = axis < 0 ? axis + one.length : axis;
  const total = shapes.reduce<number | null>((n, s) => (n === null || s[along] === null ? null : n + (s[along] ?? 0)), 0);
  return one.map((d, i) => (i === along ? total : d));
};
const stacked = (shapes: readonly (readonly (number | null)[])[], axis: number): Shape => {
  const [one = []] = shapes;
  const along = axis < 0 ? axis + one.length + 1 : axis;
  return [...one.slice(0, along), shapes.length, ...one.slice(along)];
};
const asRows = (shapes: readonly (readonly (number | null)[])[]): (readonly (number | null)[])[] =>
  shapes.map((s) => (s.length < 2 ? [1, s[0] ?? 1] : s));
const axisArgument =
  (place: number) =>
  (args: CallArguments): number | null => {
    const axis = at(args, 'axis', place);
    return axis.kind === 'none' ? 0 : numberOf(axis);
  };

// ------------------------------------------------------------------------------------------------ new arrays

function filled(value: number | null): Function {
  return (_, args) => {
    const shape = shapeOf(at(args, 'shape', 0));
    const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]) ?? 'float64';
    return array(repeated(value, shape), shape, dtype);
  };
}
function repeated(value: number | null, shape: Shape): readonly number[] | null {
  const size = isKnown(shape) ? sizeOf(shape) : null;
  return value !== null && size !== null && size <= MOST_VALUES ? Array.from({ length: size }, () => value) : null;
}

const like =
  (name: string, value: number | null): Function =>
  (m, args) => {
    const x = first(m, args, name);
    return x ? array(repeated(value, x.shape), x.shape, dtypeOf(args.keywords.get('dtype')) ?? x.dtype) : UNKNOWN;
  };

function made(m: Machine, args: CallArguments, operation: string): Value {
  const x = toArray(m, args.positional[0] ?? UNKNOWN, operation);
  const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]);
  return x ? (dtype ? cast(x, dtype) : { ...x }) : UNKNOWN;
}

/** Evenly spaced numbers, or their powers. */
const spaced =
  (f: (x: number) => number): Function =>
  (_, args) => {
    const [a, b] = [numberOf(args.positional[0] ?? NONE), numberOf(args.positional[1] ?? NONE)];
    const given = at(args, 'num', 2);
    const count = given.kind === 'none' ? 50 : numberOf(given);
    const dtype = dtypeOf(args.keywords.get('dtype')) ?? 'float64';
    const known = a !== null && b !== null && count !== null && count <= MOST_VALUES && !args.keywords.has('endpoint');
    return array(known ? Array.from({ length: count }, (_x, i) => f(a + ((b - a) * i) / Math.max(count - 1, 1))) : null, [count], dtype);
  };

function product(m: Machine, args: CallArguments, name: string): Value {
  const [a, b] = [first(m, args, name), toArray(m, args.positional[1] ?? UNKNOWN, `np.${name}`)];
  if (!a || !b) return UNKNOWN;
  const [p, q] = [a.shape, b.shape];
  const shape: Shape =
    p === null || q === null
      ? null
      : p.length === 0 || q.length === 0
        ? [...p, ...q]
        : p.length <= 2 && q.length <= 2
          ? [...p.slice(0, -1), ...(q.length === 1 ? [] : q.slice(-1))]
          : null;
  return array(null, shape, promoted(a, b), [...a.sources, ...b.sources]);
}

// ------------------------------------------------------------------------------------------------ the table

const table = (names: Readonly<Record<string, (x: number) => number>>, dtype: (d: DType) => DType): [string, Function][] =>
  Object.entries(names).map(([name, f]) => [name, elementwise(name, f, dtype)]);

const NUMPY: Readonly<Record<string, Function>> = {
  ...Object.fromEntries([...table(UNARY, floatingResult), ...table(KEEPING, (d) => d)]),
  isnan: elementwise('isnan', (x) => Number(Number.isNaN(x)), bool),
  isfinite: elementwise('isfinite', (x) => Number(Number.isFinite(x)), bool),
  round: elementwise('round', null, (d) => d),
  around: elementwise('around', null, (d) => d),
  cumsum: elementwise('cumsum', null, (d) => d),
  sort: elementwise('sort', null, (d) => d),
  add: operation('+'),
  subtract: operation('-'),
  multiply: operation('*'),
  divide: operation('/'),
  true_divide: operation('/'),
  floor_divide: operation('//'),
  mod: operation('%'),
  power: operation('**'),
  maximum: pairwise('maximum', Math.max, (d) => d),
  minimum: pairwise('minimum', Math.min, (d) => d),
  arctan2: pairwise('arctan2', Math.atan2, floatingResult),
  hypot: pairwise('hypot', Math.hypot, floatingResult),
  greater: pairwise('greater', (x, y) => Number(x > y), bool),
  less: pairwise('less', (x, y) => Number(x < y), bool),
  equal: pairwise('equal', (x, y) => Number(x === y), bool),
  logical_and: pairwise('logical_and', (x, y) => Number(x !== 0 && y !== 0), bool),
  logical_or: pairwise('logical_or', (x, y) => Number(x !== 0 || y !== 0), bool),
  sum: reduction('sum', sumOf),
  mean: reduction('mean', meanOf, floatingResult),
  average: reduction('average', null, floatingResult),
  median: reduction('median', null, floatingResult),
  max: reduction('max', (v) => Math.max(...v)),
  min: reduction('min', (v) => Math.min(...v)),
  amax: reduction('amax', (v) => Math.max(...v)),
  amin: reduction('amin', (v) => Math.min(...v)),
  prod: reduction('prod', (v) => v.reduce((a, b) => a * b, 1)),
  std: reduction('std', (v) => Math.sqrt(varianceOf(v)), floatingResult),
  var: reduction('var', varianceOf, floatingResult),
  all: reduction('all', (v) => Number(v.every((x) => x !== 0)), bool),
  any: reduction('any', (v) => Number(v.some((x) => x !== 0)), bool),
  argmax: reduction(
    'argmax',
    (v) => v.indexOf(Math.max(...v)),
    () => 'int64',
  ),
  argmin: reduction(
    'argmin',
    (v) => v.indexOf(Math.min(...v)),
    () => 'int64',
  ),
  argsort: elementwise('argsort', null, () => 'int64'),
  array: (m, args) => made(m, args, 'np.array'),
  asarray: (m, args) => made(m, args, 'np.asarray'),
  ascontiguousarray: (m, args) => made(m, args, 'np.ascontiguousarray'),
  zeros: filled(0),
  ones: filled(1),
  empty: filled(null),
  full: (m, args) => {
    const value = toArray(m, at(args, 'fill_value', 1), 'np.full');
    const shape = shapeOf(at(args, 'shape', 0));
    if (!value) return UNKNOWN;
    const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[2]) ?? value.dtype;
    return array(repeated(value.values?.length === 1 ? (value.values[0] ?? null) : null, shape), shape, dtype, value.sources);
  },
  zeros_like: like('zeros_like', 0),
  ones_like: like('ones_like', 1),
  empty_like: like('empty_like', null),
  eye: (_, args) => identity(args),
  identity: (_, args) => identity(args),
  linspace: spaced((x) => x),
  logspace: spaced((x) => 10 ** x),
  arange: (_, args) => {
    const numbers = args.positional.map(numberOf);
    const integral = args.positional.every((v) => v.kind === 'number' && v.integer);
    const dtype = dtypeOf(args.keywords.get('dtype')) ?? (integral ? 'int64' : 'float64');
    if (numbers.some((n) => n === null)) return array(null, [null], dtype);
    const [one = 0, second, step = 1] = numbers as number[];
    const [from, to] = second === undefined ? [0, one] : [one, second];
    const count = Math.max(0, Math.ceil((to - from) / step));
    return array(count <= MOST_VALUES ? Array.from({ length: count }, (_x, i) => from + i * step) : null, [count], dtype);
  },
  meshgrid: (m, args) => {
    const given = args.positional.map((v) => toArray(m, v, 'np.meshgrid'));
    if (given.length !== 2 || args.keywords.size > 0 || !given.every((a) => a?.shape?.length === 1)) return list(null);
    const shape = [given[1]?.shape?.[0] ?? null, given[0]?.shape?.[0] ?? null];
    return list(given.map((a) => array(null, shape, a?.dtype ?? 'float64', a?.sources)));
  },
  concatenate: joined('concatenate', concatenated, axisArgument(1)),
  stack: joined('stack', stacked, axisArgument(1)),
  vstack: joined(
    'vstack',
    (shapes) => concatenated(asRows(shapes), 0),
    () => 0,
  ),
  hstack: joined(
    'hstack',
    (shapes) => concatenated(shapes, (shapes[0]?.length ?? 1) < 2 ? 0 : 1),
    () => 0,
  ),
  reshape: (m, args) => {
    const x = first(m, args, 'reshape');
    const shape = at(args, 'newshape', 1);
    return x ? reshaped(x, shape.kind === 'list' ? (shape.items ?? [UNKNOWN]) : [shape]) : UNKNOWN;
  },
  ravel: (m, args) => {
    const x = first(m, args, 'ravel');
    return x ? { ...x, shape: [sizeOf(x.shape)] } : UNKNOWN;
  },
  transpose: (m, args) => {
    const x = first(m, args, 'transpose');
    const order = shapeOf(at(args, 'axes', 1));
    if (!x) return UNKNOWN;
    const shape = x.shape && (order ? order.map((i) => x.shape?.[i ?? 0] ?? null) : [...x.shape].reverse());
    return array((x.shape?.length ?? 9) < 2 ? x.values : null, shape, x.dtype, x.sources);
  },
  expand_dims: (m, args) => {
    const x = first(m, args, 'expand_dims');
    const axis = numberOf(at(args, 'axis', 1));
    if (!x?.shape || axis === null) return x ? array(null, null, x.dtype, x.sources) : UNKNOWN;
    const place = normalizeAxis(axis, x.shape.length + 1);
    return { ...x, shape: [...x.shape.slice(0, place), 1, ...x.shape.slice(place)] };
  },
  squeeze: (m, args) => {
    const x = first(m, args, 'squeeze');
    const axis = at(args, 'axis', 1);
    if (!x?.shape || x.shape.includes(null)) return x ? array(null, null, x.dtype, x.sources) : UNKNOWN;
    const only = axis.kind === 'none' ? null : numberOf(axis);
    const place = only === null ? null : only < 0 ? only + x.shape.length : only;
    return { ...x, shape: x.shape.filter((d, i) => d !== 1 || (place !== null && i !== place)) };
  },
  clip: (m, args) => {
    const x = first(m, args, 'clip');
    return x ? array(null, x.shape, x.dtype, x.sources) : UNKNOWN;
  },
  where: (m, args) => {
    if (args.positional.length !== 3) return UNKNOWN;
    const [test, a, b] = args.positional.map((v) => toArray(m, v, 'np.where'));
    const shape = test && a && b ? broadcastOf(broadcastOf(test.shape, a.shape) ?? null, b.shape) : undefined;
    return test && a && b && shape !== undefined ? array(null, shape, promoted(a, b), [...a.sources, ...b.sources]) : UNKNOWN;
  },
  dot: (m, args) => product(m, args, 'dot'),
  matmul: (m, args) => product(m, args, 'matmul'),
  outer: (m, args) => {
    const [a, b] = [first(m, args, 'outer'), toArray(m, args.positional[1] ?? UNKNOWN, 'np.outer')];
    return a && b ? array(null, [sizeOf(a.shape), sizeOf(b.shape)], promoted(a, b), [...a.sources, ...b.sources]) : UNKNOWN;
  },
  'linalg.norm': reduction('linalg.norm', (v) => Math.sqrt(sumOf(v.map((x) => x * x))), floatingResult),
  ...RANDOM,
  ...Object.fromEntries(
    (['float16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'bool_'] as const).map((name): [string, Function] => [
      `${name}()`,
      (m, args) => {
        const x = toArray(m, args.positional[0] ?? float(0), `np.${name}`);
        return x ? cast(x, name === 'bool_' ? 'bool' : name) : UNKNOWN;
      },
    ]),
  ),
};

function identity(args: CallArguments): Value {
  const n = numberOf(args.positional[0] ?? NONE);
  const values = n !== null && n * n <= MOST_VALUES ? Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)) : null;
  return array(values, [n, n], dtypeOf(args.keywords.get('dtype')) ?? 'float64');
}

/** Functions that are methods of arrays too. */
const METHODS = new Set([
  ...[
    'sum',
    'mean',
    'max',
    'min',
    'prod',
    'std',
    'var',
    'all',
    'any',
    'argmax',
    'argmin',
    'argsort',
    'dot',
    'clip',
    'squeeze',
    'round',
    'cumsum',
  ],
]);
export const numpyMethod = (name: string): Function | null => (METHODS.has(name) ? (NUMPY[name] ?? null) : null);

/** `np.<name>`. */
export function numpyAttribute(m: Machine, name: string): Value | null {
  const drawn = generatorMethod(m, name);
  if (drawn) return native(`np.${name}`, (args) => (args.open ? UNKNOWN : drawn(m, args)));
  if (name === 'pi') return float(Math.PI);
  if (name === 'e') return float(Math.E);
  if (name === 'inf' || name === 'Inf') return float(Infinity);
  if (name === 'nan') return float(NaN);
  if (name === 'newaxis') return NONE;
  if (name === 'random' || name === 'linalg' || name === 'testing') return { kind: 'module', name: `numpy.${name}` };
  const f = Object.hasOwn(NUMPY, `${name}()`) ? NUMPY[`${name}()`] : Object.hasOwn(NUMPY, name) ? NUMPY[name] : undefined;
  if (f) return native(`np.${name}`, (args) => (args.open ? UNKNOWN : f(m, args)));
  // A function of numpy's that is not known here: whatever it gives, it is not a tensor.
  return native(`np.${name}`, (args) => {
    m.metUnknown = true;
    const sources = args.positional.flatMap((v) => toArray(m, v, `np.${name}`)?.sources ?? []);
    return sources.length > 0 ? array(null, null, 'float64', sources) : UNKNOWN;
  });
}
