// What `tf.keras` has under its names: classes, functions, modules.
import { findFunction, findFunctionObject, findLayer, initializerNames } from '../../../core/api/index.ts';
import { callPublic, unknownTensor } from './convert.ts';
import { nativeClass } from './keras-classes.ts';
import { functionClass, initializerClass, lossBase, lossClass } from './keras-objects.ts';
import { builtinLayer, lambdaClass, layerClass } from './keras-layers.ts';
import { forgetNames, nameLayer } from './keras-names.ts';
import { modelClass, sequentialClass } from './keras-models.ts';
import { symbolicInput } from './keras-symbols.ts';
import { attribute } from './attributes.ts';
import { callValue } from './call.ts';
import { kerasDataset } from './datasets.ts';
import type { Machine } from './machine.ts';
import { dtypeOf } from './numpy/arrays.ts';
import { optimizerClass, optimizerNamed } from './optimizers.ts';
import { type CallArguments, callAt, type ClassValue, float, native, NONE, string, tensorValue, UNKNOWN, type Value } from './values.ts';

const CLASSES = { make: () => new Map<string, ClassValue>() };

/** Modules that have something in them which is known, or that are passed through. */
const MODULES: ReadonlySet<string> = new Set([
  '',
  'layers',
  'layers.experimental',
  'models',
  'losses',
  'activations',
  'initializers',
  'optimizers',
  'optimizers.legacy',
  'optimizers.schedules',
  'backend',
  'metrics',
  'utils',
  'regularizers',
  'constraints',
  'callbacks',
  'datasets',
  'applications',
]);

/** A value under `tf.keras`; null where it is not known here. */
export function kerasAttribute(m: Machine, full: string): Value | null {
  const short = full
    .replace(/^tf\.keras\.?(preprocessing\.|engine\.)?/, '')
    .replace(/^models\.|layers\.experimental\.preprocessing\./, (prefix) => (prefix === 'models.' ? '' : 'layers.'));
  const definition = findFunction(full);
  if (definition) return native(full, (args) => callPublic(m, definition, args));
  if (MODULES.has(short) || full === 'tf.keras.models') return { kind: 'module', name: full };
  const known = m.remember(CLASSES);
  const found = known.get(short);
  if (found) return found;
  const type = classNamed(m, short);
  if (type) {
    known.set(short, type);
    return type;
  }
  return functionNamed(m, full, short);
}

function classNamed(m: Machine, short: string): ClassValue | null {
  const base = (name: string): ClassValue => kerasAttribute(m, `tf.keras.${name}`) as ClassValue;
  if (short === 'layers.Layer') return layerClass(m);
  if (short === 'Model') return modelClass(m, base('layers.Layer'));
  if (short === 'Sequential') return sequentialClass(m, base('Model'));
  if (short === 'layers.Lambda') return lambdaClass(m, base('layers.Layer'));
  if (short === 'losses.Loss') return lossBase(m, (instance, args) => callValue(m, attribute(m, instance, 'call', args.site.range), args));
  const [module = '', name = ''] = short.split(/\.(?=[^.]*$)/);
  switch (module) {
    case 'layers': {
      const spec = findLayer(name);
      return spec ? builtinLayer(m, spec, base('layers.Layer')) : null;
    }
    case 'losses':
      return lossClass(m, name);
    case 'initializers':
      return initializerNames().includes(name) ? initializerClass(m, name) : null;
    case 'regularizers':
    case 'constraints':
      return functionClass(m, module, name);
    case 'metrics':
      return /^[A-Z]/.test(name) ? metricClass(m, name, base('layers.Layer')) : null;
    case 'optimizers':
      return optimizerClass(m, name);
    case 'optimizers.legacy':
      return optimizerClass(m, name, true);
    default:
      return null;
  }
}

/**
 * A metric gathers numbers in variables of its own, and what it says is read from these: of Keras' own metrics no gradient reaches what they were given. What a class of the
 * program says is not followed.
 */
function metricClass(m: Machine, name: string, layer: ClassValue): ClassValue {
  if (name !== 'Metric') {
    const gathered = (): Value => tensorValue(m.backend.opaque(null, null));
    return nativeClass(name, [kerasAttribute(m, 'tf.keras.metrics.Metric') as ClassValue], {
      construct: (metric, args) => nameLayer(m, metric, args),
      attribute: (_, attribute) => (attribute === 'result' ? native(attribute, gathered) : null),
      call: (metric) => (metric.type.definition === null ? gathered() : unknownTensor(m)),
    });
  }
  return nativeClass(name, [layer], {
    construct: (metric, args) => nameLayer(m, metric, args),
    attribute: (_, attribute) => {
      if (attribute === 'result') return native(attribute, () => unknownTensor(m));
      return /^(update|reset)_states?$/.test(attribute) ? native(attribute, () => NONE) : null;
    },
    call: () => unknownTensor(m),
  });
}

function functionNamed(m: Machine, full: string, short: string): Value | null {
  const data = /^datasets\.(\w+)(\.load_data)?$/.exec(short);
  if (data?.[1]) return data[2] ? kerasDataset(data[1]) : { kind: 'module', name: full };
  const first = (args: CallArguments): Value => args.positional[0] ?? args.keywords.get('identifier') ?? NONE;
  switch (short) {
    case 'Input':
    case 'layers.Input':
    case 'layers.InputLayer':
      return native(full, (args) => symbolicInput(m, args));
    case 'activations.get':
      return native(full, (args) => (first(args).kind === 'none' ? activationValue(m, string('linear')) : activationValue(m, first(args))));
    case 'optimizers.get':
      return native(full, (args) => optimizerNamed(m, first(args)));
    case 'losses.get':
    case 'initializers.get':
    case 'regularizers.get':
    case 'constraints.get':
      return native(full, (args) => objectNamed(m, short.split('.')[0] ?? '', first(args)));
    case 'losses.Reduction':
      return { kind: 'module', name: full };
    case 'losses.Reduction.NONE':
    case 'losses.Reduction.SUM':
    case 'losses.Reduction.AUTO':
    case 'losses.Reduction.SUM_OVER_BATCH_SIZE':
      return string((short.split('.').at(-1) ?? '').toLowerCase());
    case 'backend.set_floatx':
      return native(full, (args) => {
        const dtype = dtypeOf(args.positional[0] ?? args.keywords.get('value'));
        if (dtype) m.journal.set(m, 'floatx', dtype);
        return NONE;
      });
    case 'backend.floatx':
      return native(full, () => string(m.floatx));
    case 'backend.epsilon':
      return native(full, () => float(1e-7));
    case 'backend.image_data_format':
      return native(full, () => string('channels_last'));
    case 'backend.clear_session':
      return native(full, () => (forgetNames(m), NONE));
    case 'utils.set_random_seed':
      return native(full, () => NONE);
    default:
      return null;
  }
}

export function activationValue(m: Machine, value: Value): Value {
  if (value.kind !== 'string' || value.value === null) return value;
  const definition = findFunction(`tf.keras.activations.${value.value}`);
  return definition ? native(`tf.keras.activations.${value.value}`, (args) => callPublic(m, definition, args)) : UNKNOWN;
}

/** A loss by its name. */
export const lossNamed = (m: Machine, value: Value): Value => objectNamed(m, 'losses', value);

/** `tf.keras.losses.get('mse')`: an object, or a function, by its name. */
function objectNamed(m: Machine, module: string, value: Value): Value {
  if (value.kind !== 'string') return value;
  if (value.value === null) return UNKNOWN;
  const found = kerasAttribute(m, `tf.keras.${module}.${value.value}`);
  if (found?.kind !== 'class') return found ?? UNKNOWN;
  const makes = module !== 'losses' && (module === 'initializers' || findFunctionObject(module as 'regularizers', value.value));
  return makes ? callValue(m, found, callAt({ start: 0, end: 0 })) : found;
}
