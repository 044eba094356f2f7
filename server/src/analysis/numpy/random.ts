// `numpy.random`: its functions, and the generators that have them as methods. Numbers are drawn as the program runs; here they have shapes.
import { broadcast } from '../../../../core/shape.ts';
import type { DType, Shape } from '../../../../core/tensor.ts';
import { list, NONE, UNKNOWN, type Value } from '../values.ts';
import { array, dtypeOf, toArray } from './arrays.ts';
import { at, first, type Function, numberOf, shapeOf } from './arguments.ts';
import type { Machine } from '../machine.ts';

/** A distribution with so many parameters before its `size`: without one, a number for each of theirs. */
const distribution =
  (parameters: number, dtype: DType = 'float64', names: readonly string[] = []): Function =>
  (m, args) => {
    const size = at(args, 'size', parameters);
    const type = dtypeOf(args.keywords.get('dtype')) ?? dtype;
    if (size.kind !== 'none') return array(null, shapeOf(size), type);
    const given = [...args.positional.slice(0, parameters), ...names.flatMap((n) => args.keywords.get(n) ?? [])];
    return array(null, shapeTogether(m, given), type);
  };

function shapeTogether(m: Machine, values: readonly Value[]): Shape {
  try {
    return values.map((v) => toArray(m, v, 'np.random')?.shape ?? null).reduce<Shape>(broadcast, []);
  } catch {
    return null;
  }
}

/** `rand(2, 3)`, `randn(2, 3)`: the sizes one by one. */
const bySizes: Function = (_, args) => array(null, shapeOf(list(args.positional)), 'float64');

const DISTRIBUTIONS: Readonly<Record<string, Function>> = {
  normal: distribution(2, 'float64', ['loc', 'scale']),
  uniform: distribution(2, 'float64', ['low', 'high']),
  laplace: distribution(2, 'float64', ['loc', 'scale']),
  logistic: distribution(2, 'float64', ['loc', 'scale']),
  gumbel: distribution(2, 'float64', ['loc', 'scale']),
  lognormal: distribution(2, 'float64', ['mean', 'sigma']),
  gamma: distribution(2, 'float64', ['shape', 'scale']),
  beta: distribution(2, 'float64', ['a', 'b']),
  exponential: distribution(1, 'float64', ['scale']),
  chisquare: distribution(1, 'float64', ['df']),
  standard_t: distribution(1, 'float64', ['df']),
  standard_gamma: distribution(1, 'float64', ['shape']),
  poisson: distribution(1, 'int64', ['lam']),
  geometric: distribution(1, 'int64', ['p']),
  binomial: distribution(2, 'int64', ['n', 'p']),
  standard_normal: distribution(0),
  standard_exponential: distribution(0),
  standard_cauchy: distribution(0),
  random: distribution(0),
  multivariate_normal: (m, args) => {
    const mean = toArray(m, at(args, 'mean', 0), 'np.random.multivariate_normal');
    const size = at(args, 'size', 2);
    const before = size.kind === 'none' ? [] : shapeOf(size);
    return array(null, mean?.shape && before ? [...before, ...mean.shape] : null, 'float64');
  },
  permutation: (m, args) => {
    const x = first(m, args, 'random.permutation');
    const count = numberOf(args.positional[0] ?? NONE);
    return count !== null ? array(null, [count], 'int64') : x ? array(null, x.shape, x.dtype, x.sources) : UNKNOWN;
  },
  choice: (m, args) => {
    const from = args.positional[0] ?? UNKNOWN;
    const x = from.kind === 'number' ? null : first(m, args, 'random.choice');
    const size = at(args, 'size', 1);
    if (from.kind !== 'number' && !x) return UNKNOWN;
    const shape = size.kind === 'none' ? [] : shapeOf(size);
    return array(null, shape && [...shape, ...(x?.shape?.slice(1) ?? [])], x?.dtype ?? 'int64', x?.sources);
  },
  shuffle: (m, args) => {
    const [given] = args.positional;
    if (given?.kind === 'array') m.journal.set(given, 'values', null);
    else if (given?.kind === 'list') m.journal.set(given, 'items', null);
    return NONE;
  },
};

/** What the module and `RandomState` have, and a `Generator` has not. */
const LEGACY: Readonly<Record<string, Function>> = {
  rand: bySizes,
  randn: bySizes,
  randint: distribution(2, 'int64', ['low', 'high']),
  random_sample: distribution(0),
  sample: distribution(0),
  ranf: distribution(0),
  seed: () => NONE,
  set_state: () => NONE,
};
/** What a `Generator` alone has. */
const MODERN: Readonly<Record<string, Function>> = { integers: distribution(2, 'int64', ['low', 'high']) };

const generator =
  (kind: 'Generator' | 'RandomState'): Function =>
  () => ({ kind: 'module', name: `numpy.random.${kind}` });

const MAKERS: Readonly<Record<string, Function>> = {
  RandomState: generator('RandomState'),
  default_rng: generator('Generator'),
  Generator: generator('Generator'),
};

const METHODS: Readonly<Record<string, Readonly<Record<string, Function>>>> = {
  Generator: { ...DISTRIBUTIONS, ...MODERN },
  RandomState: { ...DISTRIBUTIONS, ...LEGACY },
};

/** Functions of the module, by their names in numpy. */
export const RANDOM: Readonly<Record<string, Function>> = Object.fromEntries(
  Object.entries({ ...DISTRIBUTIONS, ...LEGACY, ...MAKERS }).map(([name, f]) => [`random.${name}`, f]),
);

/** `rng.<name>`: what a generator draws; null where the name is no method of a generator's. */
export function generatorMethod(m: Machine, name: string): Function | null {
  const [, kind = '', method = ''] = /^random\.(Generator|RandomState)\.(\w+)$/.exec(name) ?? [];
  const own = METHODS[kind];
  if (!own) return null;
  if (Object.hasOwn(own, method)) return own[method] ?? null;
  // What only the other kind has is a mistake that programs make.
  if (kind === 'Generator' && Object.hasOwn(LEGACY, method))
    m.raise('AttributeError', `'numpy.random._generator.Generator' object has no attribute '${method}'`, null);
  if (kind === 'RandomState' && Object.hasOwn(MODERN, method))
    m.raise('AttributeError', `'numpy.random.mtrand.RandomState' object has no attribute '${method}'`, null);
  return null;
}
