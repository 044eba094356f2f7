// Modules: what they are called, what is in them, and what an import binds.
import { allFunctions, allLosses, findFunction, isMissing, isNamespace, namedLayers } from '../../../core/api/index.ts';
import type { DType } from '../../../core/tensor.ts';
import { exceptionClass } from './builtins.ts';
import { unknownCall } from './call.ts';
import { collectionsMember, operatorMember } from './collections.ts';
import { contextlibMember } from './contexts.ts';
import { callPublic } from './convert.ts';
import { dataclassesMember } from './dataclasses.ts';
import { functoolsMember } from './functools.ts';
import { itertoolsMember } from './itertools.ts';
import { kerasAttribute } from './keras.ts';
import type { Machine } from './machine.ts';
import { typedNamedTuple } from './named-tuples.ts';
import { bind } from './names.ts';
import { numpyAttribute } from './numpy/functions.ts';
import { globalMember } from './script/globals.ts';
import { isTensorFlow, scriptModule, tensorFlow } from './script/module.ts';
import { tensorFlowAttribute } from './tensorflow.ts';
import { float, integer, native, NONE, type Scope, UNKNOWN, type Value } from './values.ts';

/** A module by the name that our tables use: `tensorflow.keras.layers` is `tf.keras.layers`. */
function canonical(name: string): string {
  const plain = name
    .replace(/^tensorflow\.compat\.v2|^tensorflow_core|^tensorflow\.(?:_api\.v2\.)?(?=v2)/, 'tensorflow')
    .replace(/^tensorflow\.python\.keras/, 'tensorflow.keras');
  if (plain === 'tensorflow' || plain.startsWith('tensorflow.')) return `tf${plain.slice('tensorflow'.length)}`;
  if (plain === 'keras' || plain.startsWith('keras.')) return `tf.${plain}`;
  return plain;
}

/** Submodules of TensorFlow that are followed; names in others are unknown. */
const SUBMODULES = new Set([
  'math',
  'nn',
  'linalg',
  'random',
  'keras',
  'autodiff',
  'autograph',
  'autograph.experimental',
  'errors',
  'nest',
  'dtypes',
  'experimental',
  'config',
  'data',
  'data.experimental',
  'debugging',
  'image',
  'signal',
  'sparse',
  'strings',
  'raw_ops',
  'summary',
  'train',
  'function_',
  'losses',
]);

const SCALARS: ReadonlySet<string> = new Set([
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'complex64',
  'complex128',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
  'string',
]);
const SYNONYMS: Readonly<Record<string, DType>> = { half: 'float16', double: 'float64' };

/** What the program sets on modules (`tf.log = tf.math.log`), by the full name. */
export const SET_ON_MODULES = { make: () => new Map<string, Value>() };

export function moduleAttribute(m: Machine, module: string, name: string): Value {
  const own = m.remember(SET_ON_MODULES).get(`${module}.${name}`);
  if (own) return own;
  if (m.language === 'script') return module.startsWith('js:') ? globalMember(m, module.slice(3), name) : scriptModule(m, module, name);
  if (module === 'tf' || module.startsWith('tf.')) return tensorFlowMember(m, `${module}.${name}`, module, name);
  if (module === 'numpy') return numpyAttribute(m, name) ?? UNKNOWN;
  if (module.startsWith('numpy.')) return numpyAttribute(m, `${module.slice(6)}.${name}`) ?? UNKNOWN;
  if (module === 'math') return mathAttribute(m, name);
  if (module === 'functools') return functoolsMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  if (module === 'abc' && name === 'abstractmethod') return native(name, (args) => args.positional[0] ?? UNKNOWN);
  if (module === 'itertools') return itertoolsMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  if (module === 'collections') return collectionsMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  if (module === 'typing') return typingMember(m, name);
  if (module === 'operator') return operatorMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  if (module === 'contextlib') return contextlibMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  if (module === 'dataclasses') return dataclassesMember(m, name) ?? { kind: 'unknown', about: `${module}.${name}` };
  return { kind: 'unknown', about: `${module}.${name}` };
}

/** Annotations say nothing to the program as it runs. */
function typingMember(m: Machine, name: string): Value {
  if (name === 'NamedTuple') return typedNamedTuple(m);
  return { kind: 'unknown', about: `typing.${name}` };
}

function tensorFlowMember(m: Machine, full: string, module: string, name: string): Value {
  if (isMissing(module, name)) return m.raise('AttributeError', `module '${pythonName(module)}' has no attribute '${name}'`, null);
  const definition = findFunction(full);
  if (definition) return native(full, (args) => callPublic(m, definition, args));
  if (module === 'tf' || module === 'tf.dtypes') {
    if (SCALARS.has(name)) return { kind: 'dtype', dtype: name as DType };
    const synonym = SYNONYMS[name];
    if (synonym) return { kind: 'dtype', dtype: synonym };
    if (name === 'newaxis') return NONE;
  }
  if (module === 'tf.errors') return exceptionClass(name);
  if (full.startsWith('tf.keras')) return kerasAttribute(m, full) ?? { kind: 'unknown', about: full };
  const known = tensorFlowAttribute(m, full);
  if (known) return known;
  if (SUBMODULES.has(full.slice('tf.'.length)) || isNamespace(full)) return { kind: 'module', name: full };
  return { kind: 'unknown', about: full };
}

/** What Python calls a module of TensorFlow. */
const pythonName = (module: string): string =>
  module === 'tf'
    ? 'tensorflow'
    : module.startsWith('tf.keras')
      ? module.slice('tf.'.length)
      : `tensorflow._api.v2.${module.slice('tf.'.length)}`;

/** Functions of `math` that give an integer, where numpy's give floats. */
const WHOLE: ReadonlySet<string> = new Set(['ceil', 'floor', 'trunc', 'gcd', 'lcm', 'comb', 'perm', 'factorial', 'isqrt']);

/** `math.<f>`: takes a tensor's number out of TensorFlow. */
function mathAttribute(m: Machine, name: string): Value {
  const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, inf: Infinity, nan: NaN, tau: 2 * Math.PI };
  const constant = constants[name];
  if (constant !== undefined) return float(constant);
  const f = numpyAttribute(m, name);
  return native(`math.${name}`, (args) => {
    const [first] = args.positional;
    if (first?.kind === 'none') m.raise('TypeError', 'must be real number, not NoneType', null, first.from?.call ?? null);
    if (f?.kind !== 'native') return unknownCall(m, args);
    const result = f.call(args);
    const number = first?.kind === 'number' || first?.kind === 'boolean';
    const make = WHOLE.has(name) ? integer : float;
    return number && result.kind === 'array' ? make(result.values?.[0] ?? null) : result;
  });
}

// ------------------------------------------------------------------------------------------------ imports

/** Modules that every installation of Python and TensorFlow 2.15 has. */
const PRESENT: ReadonlySet<string> = new Set(
  (
    'tf numpy abc argparse array ast asyncio atexit base64 bisect builtins calendar cmath collections concurrent contextlib copy csv ctypes ' +
    'dataclasses datetime decimal difflib dis enum errno fractions functools gc getpass glob gzip hashlib heapq html http importlib inspect io ' +
    'itertools json keyword linecache locale logging math multiprocessing numbers operator os pathlib pickle platform pprint queue random re ' +
    'secrets select shelve shlex shutil signal socket sqlite3 statistics string struct subprocess sys tempfile textwrap threading time timeit ' +
    'token tokenize traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib __future__'
  ).split(' '),
);
const isSurelyThere = (name: string): boolean => PRESENT.has(name.split('.')[0] ?? '');

/** The short names of a module's own functions. */
const functionsOf = (module: string): readonly string[] =>
  allFunctions()
    .flatMap(({ names }) => names)
    .filter((name) => name.startsWith(`${module}.`))
    .map((name) => name.slice(module.length + 1))
    .filter((name) => !name.includes('.'));
/** What `from … import *` is known to bind: of modules of Keras that programs take whole. */
function starred(module: string): readonly string[] {
  switch (module) {
    case 'tf.keras.layers':
      return [...functionsOf(module), ...namedLayers().map(([name]) => name), 'Input', 'InputLayer', 'Lambda', 'Layer'];
    case 'tf.keras.losses':
      return [...functionsOf(module), ...allLosses().map(({ name }) => name), 'Loss'];
    case 'tf.keras.models':
      return ['Model', 'Sequential'];
    default:
      return [];
  }
}

/** `import a.b as c`, `import a.b`, `from a import *`. */
export function importModule(m: Machine, module: string, alias: string | null, scope: Scope, star: boolean): void {
  const name = canonical(module);
  if (star) {
    for (const member of starred(name)) bind(m, member, moduleAttribute(m, name, member), scope);
    m.metUnknown = true;
    return;
  }
  if (m.language === 'python' && !isSurelyThere(name)) m.metUnknown = true;
  if (alias !== null) bind(m, alias, moduleValue(name), scope);
  else if (m.language === 'python') {
    const first = module.split('.')[0] ?? module;
    bind(m, first, moduleValue(canonical(first)), scope);
  }
}

/** `from module import name`. */
export function importName(m: Machine, module: string, name: string): Value {
  const from = canonical(module);
  if (m.language === 'script')
    return name === 'default' ? (isTensorFlow(from) ? tensorFlow() : moduleValue(from)) : scriptModule(m, from, name);
  if (from === '__future__') return NONE;
  if (isMissing(from, name)) return m.raise('ImportError', `cannot import name '${name}' from '${module}'`, null);
  const value = moduleAttribute(m, from, name);
  // Without the module, or this name in it, the import raises.
  if (!isSurelyThere(from) || value.kind === 'unknown') m.metUnknown = true;
  return value;
}

function moduleValue(name: string): Value {
  return { kind: 'module', name };
}
