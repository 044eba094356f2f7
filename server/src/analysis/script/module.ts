// What the modules of TensorFlow.js hold.
import { findScriptFunction } from '../../../../core/script/index.ts';
import { callValue, unknownCall } from '../call.ts';
import { plainCall } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { dictionary, float, native, string, UNDEFINED, UNKNOWN, type CallArguments, type Value } from '../values.ts';
import { inScope, keep, dispose } from './disposal.ts';
import { callFunctionOf } from './functions.ts';
import { customGrad, gradientFunction, variableGrads } from './gradients.ts';
import { layerFunction, modelFunction } from './layers.ts';
import { optimizer } from './optimizers.ts';
import { newVariable } from './variables.ts';

/** Every package that is TensorFlow.js, whatever engine it brings. */
const PACKAGE = /^@tensorflow\/tfjs(-core|-node|-node-gpu|-layers|-backend-\w+|-converter|-data)?(\/dist\/.*)?$/;
/** The whole of it: `tf`. */
const WHOLE = '@tensorflow/tfjs';
/** Parts of it that are objects of functions: `tf.losses`. */
const PARTS: ReadonlySet<string> = new Set([
  'losses',
  'layers',
  'train',
  'fused',
  'image',
  'linalg',
  'math',
  'initializers',
  'metrics',
  'signal',
  'spectral',
]);

export const isTensorFlow = (module: string): boolean => PACKAGE.test(module);

/** `module.name`, for a module that is imported or required. */
export function scriptModule(m: Machine, module: string, name: string): Value {
  if (module.startsWith('tf:')) return member(m, `${module.slice(3)}.${name}`);
  return isTensorFlow(module) ? member(m, name) : { kind: 'unknown', about: `${module}.${name}` };
}

/** A browser's global `tf`. */
export const tensorFlow = (): Value => ({ kind: 'module', name: WHOLE });

/** `tf.<name>`. */
function member(m: Machine, name: string): Value {
  if (name === 'default') return tensorFlow();
  if (PARTS.has(name)) return { kind: 'module', name: `tf:${name}` };
  const definition = findScriptFunction(name);
  if (definition) return native(`tf.${name}`, (args) => callFunctionOf(m, definition, args.positional, args));
  const found = MEMBERS[name];
  if (found) return native(`tf.${name}`, (args) => found(m, args));
  const gradient = gradientFunction(m, name);
  if (gradient) return gradient;
  const part = name.indexOf('.');
  const [first, second] = [name.slice(0, part), name.slice(part + 1)];
  if (first === 'layers') return layerFunction(m, second) ?? { kind: 'unknown', about: `tf.${name}` };
  if (first === 'train') return optimizer(m, second) ?? { kind: 'unknown', about: `tf.${name}` };
  if (name === 'Reduction') return REDUCTION;
  return modelFunction(m, name) ?? { kind: 'unknown', about: `tf.${name}` };
}

const REDUCTION = dictionary(['NONE', 'MEAN', 'SUM', 'SUM_BY_NONZERO_WEIGHTS'].map((name, i) => [string(name), float(i)] as const));

const promise = (value: Value): Value => ({ kind: 'promise', value });

const MEMBERS: Readonly<Record<string, (m: Machine, args: CallArguments) => Value>> = {
  variable: newVariable,
  variableGrads: (m, args) => variableGrads(m, args),
  customGrad: (m, args) => customGrad(m, args),
  /** `tf.tidy(f)` and `tf.tidy(name, f)`. */
  tidy: (m, args) => {
    const f = args.positional.find((v) => v.kind !== 'string') ?? UNKNOWN;
    return inScope(m, () => callValue(m, f, plainCall(m, [])));
  },
  keep: (m, args) => keep(m, args.positional[0] ?? UNKNOWN),
  dispose: (m, args) => dispose(m, args.positional[0] ?? UNKNOWN),
  print: () => UNDEFINED,
  ready: () => promise(UNDEFINED),
  nextFrame: () => promise(UNDEFINED),
  setBackend: () => promise({ kind: 'boolean', value: true }),
  getBackend: () => string(null),
  enableProdMode: () => UNDEFINED,
  enableDebugMode: () => UNDEFINED,
  disableDeprecationWarnings: () => UNDEFINED,
  disposeVariables: (m, args) => {
    m.variables = [];
    return args.positional.length === 0 ? UNDEFINED : unknownCall(m, args);
  },
};
