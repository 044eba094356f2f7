// Keras: layers, models, losses, optimizers and initializers as the program sees them. What they compute is the core's.
import {
  Arguments,
  findFunction,
  findInitializer,
  findLayer,
  findLoss,
  initialValue,
  type LayerSpec,
  lossSignature,
  reduceLoss,
  initializerNames,
} from '../../../core/api/index.ts';
import { isFloating, type Shape, type Tensor, type Variable } from '../../../core/tensor.ts';
import { callValue, unknownCall } from './call.ts';
import { classAttribute } from './classes.ts';
import { asTensor, bindCall, callPublic, guarded, plainCall, toCore, unknownTensor } from './convert.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import { optimizerClass } from './optimizers.ts';
import { truth } from './operators.ts';
import { dtypeOf, toArray } from './numpy.ts';
import { flatten, pack } from './structure.ts';
import { uniqueVariables } from './tensorflow.ts';
import {
  boolean,
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  integer,
  list,
  native,
  NONE,
  string,
  type SymbolicValue,
  tensorValue,
  UNKNOWN,
  type Value,
  type VariableValue,
} from './values.ts';

/** A class of Keras' with its native half. */
function nativeClass(name: string, bases: readonly ClassValue[], half: NonNullable<ClassValue['native']>): ClassValue {
  const type: ClassValue = { kind: 'class', name, definition: null, bases: [], attributes: new Map(), native: half, open: false };
  (type as { bases: readonly ClassValue[] }).bases = [type, ...bases.flatMap((b) => b.bases)];
  return type;
}

const classes = new WeakMap<Machine, Map<string, ClassValue>>();

/** A value under `tf.keras`; null where it is not known here. */
export function kerasAttribute(m: Machine, full: string): Value | null {
  const short = full.replace(/^tf\.keras\.(preprocessing\.|engine\.)?/, '').replace(/^models\./, '');
  const definition = findFunction(full);
  if (definition) return native(full, (args) => callPublic(m, definition, args));
  if (
    [
      '',
      'layers',
      'models',
      'losses',
      'activations',
      'initializers',
      'optimizers',
      'backend',
      'metrics',
      'utils',
      'regularizers',
      'callbacks',
      'datasets',
      'applications',
      'optimizers.legacy',
    ].includes(short) ||
    full === 'tf.keras'
  )
    return { kind: 'module', name: full };
  let known = classes.get(m);
  if (!known) classes.set(m, (known = new Map()));
  const found = known.get(short);
  if (found) return found;
  const remember = (type: ClassValue): ClassValue => {
    known.set(short, type);
    return type;
  };
  const base = (name: string): ClassValue => kerasAttribute(m, `tf.keras.${name}`) as ClassValue;
  if (short === 'layers.Layer') return remember(layerClass(m));
  if (short === 'Model') return remember(modelClass(m, base('layers.Layer')));
  if (short === 'Sequential') return remember(sequentialClass(m, base('Model')));
  if (short === 'Input' || short === 'layers.Input') return native(full, (args) => symbolicInput(args));
  if (short === 'layers.InputLayer') return native(full, (args) => symbolicInput(args));
  if (short === 'layers.Lambda') return remember(lambdaClass(m, base('layers.Layer')));
  if (short.startsWith('layers.')) {
    const spec = findLayer(short.slice('layers.'.length));
    return spec ? remember(builtinLayer(m, spec, base('layers.Layer'))) : null;
  }
  if (short.startsWith('losses.')) {
    const spec = findLoss(short.slice('losses.'.length));
    return spec ? remember(lossValue(m, spec.name)) : null;
  }
  if (short.startsWith('initializers.')) {
    const name = short.slice('initializers.'.length);
    return initializerNames().includes(name) ? remember(initializerClass(m, name)) : null;
  }
  if (short.startsWith('optimizers.')) {
    const type = optimizerClass(m, short.split('.').at(-1) ?? '');
    return type ? remember(type) : null;
  }
  if (short === 'activations.get') return native(full, (args) => activationValue(m, args.positional[0] ?? NONE));
  if (short === 'utils.set_random_seed' || short === 'backend.clear_session' || short === 'backend.set_floatx')
    return native(full, () => NONE);
  return null;
}

function activationValue(m: Machine, value: Value): Value {
  if (value.kind !== 'string' || value.value === null) return value;
  const definition = findFunction(`tf.keras.activations.${value.value}`);
  return definition ? native(`tf.keras.activations.${value.value}`, (args) => callPublic(m, definition, args)) : UNKNOWN;
}

// ------------------------------------------------------------------------------------------------ layers

const COMMON = new Set(['name', 'dtype', 'input_shape', 'trainable', 'input_dim', 'batch_input_shape', 'dynamic', 'weights', 'batch_size']);

const withoutCommon = (args: CallArguments): CallArguments => ({
  ...args,
  keywords: new Map([...args.keywords].filter(([k]) => !COMMON.has(k))),
});

/** The shape that a first layer declares: `input_shape=(3,)`. */
function declaredShape(args: CallArguments): Shape | undefined {
  const shape = args.keywords.get('input_shape');
  const dim = args.keywords.get('input_dim');
  const batch = args.keywords.get('batch_input_shape');
  if (batch) return dimensions(batch);
  if (shape) {
    const rest = dimensions(shape);
    return rest && [null, ...rest];
  }
  return dim ? [null, dim.kind === 'number' ? dim.value : null] : undefined;
}
const dimensions = (value: Value): Shape => {
  if (value.kind === 'number') return [value.value];
  if (value.kind === 'shape') return value.shape;
  return value.kind === 'list' && value.items ? value.items.map((v) => (v.kind === 'number' ? v.value : null)) : null;
};

const layerClass = (m: Machine): ClassValue =>
  nativeClass('Layer', [], {
    construct: (instance, args) => setTrainable(m, instance, args),
    attribute: (instance, name) => layerAttribute(m, instance, name),
    call: (instance, args) => callSubclass(m, instance, args),
  });

function setTrainable(m: Machine, instance: InstanceValue, args: CallArguments): void {
  const trainable = args.keywords.get('trainable');
  if (trainable) m.journal.put(instance.attributes, 'trainable', trainable);
}

function builtinLayer(m: Machine, spec: LayerSpec, layer: ClassValue): ClassValue {
  return nativeClass(spec.name, [layer], {
    construct: (instance, args) => {
      setTrainable(m, instance, args);
      const values = bindCall(spec.signature, withoutCommon(args));
      const input = declaredShape(args);
      const regularizers = values ? [...values].some(([k, v]) => /regularizer|constraint/.test(k) && v.kind !== 'none') : false;
      m.journal.set(instance, 'native', {
        config: values ?? new Map(),
        built: false,
        extra: undefined,
        layer: undefined,
        variables: [],
        layers: values && !regularizers ? undefined : [UNKNOWN],
      });
      if (input !== undefined) m.journal.put(instance.attributes, '_declared_shape', { kind: 'shape', shape: input });
    },
    attribute: (instance, name) => builtinAttribute(m, instance, name, spec),
    call: (instance, args) => callBuiltin(m, instance, spec, args),
  });
}

const weightsOf = (instance: InstanceValue): readonly VariableValue[] => instance.native.variables ?? [];

/** Makes the weights for an input shape, once. */
function build(m: Machine, instance: InstanceValue, spec: LayerSpec, input: Shape): void {
  if (instance.native.built) return;
  const config = new Arguments(new Map([...(instance.native.config ?? [])].map(([k, v]) => [k, toCore(m, v)])), m.operations);
  const weights = m.eager.pause(() =>
    (spec.build?.(config, input) ?? []).map((w): VariableValue => {
      const value = guarded(m, () => tensorValue(initialValue(w.initializer, w.shape, 'float32', m.operations)));
      const tensor = value.kind === 'tensor' && value.tensor.dtype !== null ? value.tensor : m.backend.opaque(w.shape, 'float32');
      return { kind: 'variable', variable: m.newVariable(tensor, w.trainable, w.name) };
    }),
  );
  m.journal.set(instance, 'native', { ...instance.native, built: true, variables: weights });
}

function callBuiltin(m: Machine, instance: InstanceValue, spec: LayerSpec, args: CallArguments): Value {
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
  const symbols = flatten(given);
  if (symbols?.some((v) => v.kind === 'symbolic')) return symbolicLayer(m, instance, given);
  const inputs = spec.many ? items(m, given)?.map((v) => layerInput(m, v, spec)) : [layerInput(m, given, spec)];
  if (!inputs || inputs.some((t) => t === null) || instance.native.layers) return unknownTensor(m);
  const tensors = inputs.flatMap((t) => t ?? []);
  const training = truth(m, args.keywords.get('training') ?? args.positional[1] ?? boolean(false));
  return guarded(m, () => {
    build(m, instance, spec, tensors[0]?.shape ?? null);
    const config = new Arguments(new Map([...(instance.native.config ?? [])].map(([k, v]) => [k, toCore(m, v)])), m.operations);
    const weights = new Map<string, Variable>(weightsOf(instance).map((v) => [v.variable.name, v.variable]));
    if (training === null && /Dropout|Noise/.test(spec.name))
      return tensorValue(m.backend.opaque(tensors[0]?.shape ?? null, 'float32', { tainted: true }));
    return tensorValue(spec.call(tensors, { config, weights, training: training === true }, m.operations));
  });
}

/** A layer's input as a tensor of its dtype. */
function layerInput(m: Machine, value: Value, spec: LayerSpec): Tensor | null {
  if (value.kind === 'none')
    return m.raise(
      'ValueError',
      "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
      null,
      value.from?.call ?? null,
    );
  const tensor = asTensor(m, value.kind === 'list' ? (toArray(m, value, 'list') ?? value) : value);
  if (!tensor || spec.autocast === false || tensor.dtype === null || tensor.dtype === 'float32') return tensor;
  return isFloating(tensor.dtype) || spec.name === 'Dense' ? m.operations.cast(tensor, 'float32') : tensor;
}

function builtinAttribute(m: Machine, instance: InstanceValue, name: string, spec: LayerSpec): Value | null {
  const weight = weightsOf(instance).find((v) => v.variable.name === name);
  if (weight) return weight;
  if (name === 'activation') return activationValue(m, instance.native.config?.get('activation') ?? NONE);
  if (name === 'build')
    return native(name, (args) => {
      build(m, instance, spec, dimensions(args.positional[0] ?? args.keywords.get('input_shape') ?? UNKNOWN));
      return NONE;
    });
  return instance.native.config?.get(name) ?? null;
}

function layerAttribute(m: Machine, instance: InstanceValue, name: string): Value | null {
  switch (name) {
    case 'trainable_variables':
    case 'trainable_weights':
      return list(isTrainable(m, instance) ? allVariables(m, instance, true) : []);
    case 'non_trainable_variables':
    case 'non_trainable_weights': {
      const all = allVariables(m, instance, false);
      const trainable = isTrainable(m, instance) ? allVariables(m, instance, true) : [];
      return list(all.filter((v) => !trainable.some((t) => t.variable === v.variable)));
    }
    case 'weights':
    case 'variables':
      return list(allVariables(m, instance, false));
    case 'trainable':
      return boolean(true);
    case 'name':
      return string(null);
    case 'built':
      return boolean(instance.native.built === true);
    case 'losses':
      return list([]);
    case 'get_weights':
      return native(name, () => list(allVariables(m, instance, false).map((v) => toArray(m, v, 'get_weights()') ?? UNKNOWN)));
    case 'set_weights':
      return native(name, (args) => {
        const given = items(m, args.positional[0] ?? UNKNOWN);
        allVariables(m, instance, false).forEach((v, i) => {
          const tensor = given?.[i] ? asTensor(m, given[i]) : null;
          m.assign(
            v.variable,
            tensor && tensor.dtype === v.variable.value.dtype ? tensor : m.backend.opaque(v.variable.value.shape, v.variable.value.dtype),
          );
        });
        return NONE;
      });
    case 'add_weight':
      return native(name, (args) => addWeight(m, instance, args));
    case 'call':
    case '__call__':
      return native(name, (args) => instance.type.bases.find((c) => c.native?.call)?.native?.call?.(instance, args) ?? UNKNOWN);
    case 'build':
    case 'add_loss':
    case 'add_metric':
    case 'summary':
    case 'compile':
    case 'reset_states':
      return native(name, () => NONE);
    case 'count_params':
      return native(name, () => integer(null));
    case 'predict':
      return native(name, (args) => {
        m.metUnknown = true;
        const tensor = asTensor(m, args.positional[0] ?? UNKNOWN);
        return tensor
          ? {
              kind: 'array',
              values: null,
              shape: null,
              dtype: 'float32',
              sources: [{ tensor, operation: 'model.predict', site: args.site.range }],
            }
          : UNKNOWN;
      });
    case 'fit':
    case 'train_on_batch':
    case 'evaluate':
    case 'load_weights':
      return native(name, (args) => {
        for (const v of allVariables(m, instance, false))
          m.assign(v.variable, m.backend.opaque(v.variable.value.shape, v.variable.value.dtype));
        return unknownCall(m, args);
      });
    default:
      return null;
  }
}

const isTrainable = (m: Machine, instance: InstanceValue): boolean =>
  truth(m, instance.attributes.get('trainable') ?? boolean(true)) !== false;

/** Own weights first, then those of the layers in its attributes, in the order they were set. */
export function allVariables(m: Machine, instance: InstanceValue, trainableOnly: boolean, seen = new Set<Value>()): VariableValue[] {
  if (seen.has(instance)) return [];
  seen.add(instance);
  if (trainableOnly && !isTrainable(m, instance)) return [];
  const own = weightsOf(instance).filter((v) => !trainableOnly || v.variable.trainable);
  const nested = [...(instance.native.layers ?? []), ...(instance.type.native ? [] : [...instance.attributes.values()])];
  return uniqueVariables([...own, ...nested.flatMap((v) => variablesOf(m, v, trainableOnly, seen))]);
}

function variablesOf(m: Machine, value: Value, trainableOnly: boolean, seen: Set<Value>): VariableValue[] {
  if (value.kind === 'variable') return trainableOnly && !value.variable.trainable ? [] : [value];
  if (value.kind === 'list') return (value.items ?? []).flatMap((v) => variablesOf(m, v, trainableOnly, seen));
  if (value.kind === 'dictionary') return [...(value.entries?.values() ?? [])].flatMap((e) => variablesOf(m, e.value, trainableOnly, seen));
  return value.kind === 'instance' && isLayer(value) ? allVariables(m, value, trainableOnly, seen) : [];
}

const isLayer = (value: InstanceValue): boolean => value.type.bases.some((c) => c.name === 'Layer' && c.native);

function addWeight(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const get = (name: string, at: number): Value => args.keywords.get(name) ?? args.positional[at] ?? NONE;
  const shape = get('shape', 1).kind === 'none' ? [] : dimensions(get('shape', 1));
  const dtype = dtypeOf(args.keywords.get('dtype')) ?? 'float32';
  const trainable = truth(m, args.keywords.get('trainable') ?? boolean(true));
  const initializer = get('initializer', 3);
  const name = get('name', 0);
  return guarded(m, () => {
    const value = m.eager.pause(() =>
      initialValue(initializer.kind === 'none' ? 'glorot_uniform' : toCore(m, initializer), shape, dtype, m.operations),
    );
    const variable: VariableValue = {
      kind: 'variable',
      variable: m.newVariable(value, trainable !== false, name.kind === 'string' ? (name.value ?? 'w') : 'w'),
    };
    m.journal.set(instance, 'native', { ...instance.native, variables: [...weightsOf(instance), variable] });
    return variable;
  });
}

/** Layers and models that the program defines: `build` once, then `call`. */
function callSubclass(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const call = classAttribute(instance.type, 'call');
  if (call?.kind !== 'function') return unknownCall(m, args);
  const given = args.positional[0] ?? UNKNOWN;
  if (flatten(given)?.some((v) => v.kind === 'symbolic')) return symbolicLayer(m, instance, given);
  const converted = given.kind === 'array' || given.kind === 'number' ? asTensor(m, given) : null;
  const input = converted ? tensorValue(converted.dtype === 'float64' ? m.operations.cast(converted, 'float32') : converted) : given;
  const builder = classAttribute(instance.type, 'build');
  if (!instance.native.built && builder?.kind === 'function') {
    const shape: Value = input.kind === 'tensor' ? { kind: 'shape', shape: input.tensor.shape } : UNKNOWN;
    m.eager.pause(() => callValue(m, { kind: 'method', self: instance, function: builder }, plainCall(m, [shape])));
  }
  m.journal.set(instance, 'native', { ...instance.native, built: true });
  const accepts = (name: string) =>
    call.definition.parameters.some((p) => p.kind === 'keywords' || (p.target.kind === 'name' && p.target.name === name));
  const keywords = new Map([...args.keywords].filter(([k]) => k !== 'training' || accepts('training')));
  return callValue(
    m,
    { kind: 'method', self: instance, function: call },
    { ...args, positional: [input, ...args.positional.slice(1)], keywords },
  );
}

// ------------------------------------------------------------------------------------------------ models

function modelClass(m: Machine, layer: ClassValue): ClassValue {
  return nativeClass('Model', [layer], {
    construct: (instance, args) => {
      const inputs = args.keywords.get('inputs') ?? args.positional[0];
      const outputs = args.keywords.get('outputs') ?? args.positional[1];
      if (!inputs || !outputs) return;
      const found = layersBetween(inputs, outputs);
      m.journal.set(instance, 'native', { ...instance.native, functional: { inputs, outputs }, layers: found ?? [UNKNOWN], built: true });
    },
    attribute: (instance, name) => modelAttribute(instance, name),
    call: (instance, args) => (instance.native.functional ? callFunctional(m, instance, args) : callSubclass(m, instance, args)),
  });
}

function modelAttribute(instance: InstanceValue, name: string): Value | null {
  const { functional } = instance.native;
  switch (name) {
    case 'layers':
      return functional || instance.native.layers
        ? list(instance.native.layers ?? [])
        : list([...instance.attributes.values()].filter((v) => v.kind === 'instance' && isLayer(v)));
    case 'input':
    case 'inputs':
      return functional ? (name === 'inputs' ? list(flatten(functional.inputs)) : functional.inputs) : UNKNOWN;
    case 'output':
    case 'outputs':
      return functional ? (name === 'outputs' ? list(flatten(functional.outputs)) : functional.outputs) : UNKNOWN;
    case 'get_layer':
      return native(name, (args) => {
        const index = args.keywords.get('index');
        if (index?.kind === 'number' && index.value !== null) return instance.native.layers?.at(index.value) ?? UNKNOWN;
        return UNKNOWN;
      });
    case 'optimizer':
    case 'loss':
      return UNKNOWN;
    default:
      return null;
  }
}

/** The layers on the way from inputs to outputs, in the order of first use; null where the graph is not known. */
function layersBetween(inputs: Value, outputs: Value): Value[] | null {
  const stop = new Set((flatten(inputs) ?? []).map((v) => (v.kind === 'symbolic' ? v.id : -1)));
  const found: Value[] = [];
  const seen = new Set<number>();
  const visit = (value: Value): boolean => {
    if (value.kind !== 'symbolic') return value.kind !== 'unknown';
    if (seen.has(value.id)) return true;
    seen.add(value.id);
    if (stop.has(value.id) || value.origin === null) return true;
    const known = (flatten(value.origin.inputs) ?? [UNKNOWN]).every(visit);
    if (value.origin.layer.kind === 'instance' && !found.includes(value.origin.layer)) found.push(value.origin.layer);
    return known;
  };
  return (flatten(outputs) ?? [UNKNOWN]).every(visit) ? found : null;
}

function callFunctional(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const { functional } = instance.native;
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
  if (!functional || flatten(given)?.some((v) => v.kind === 'symbolic')) return symbolicLayer(m, instance, given);
  const [names, values] = [flatten(functional.inputs), flatten(given)];
  if (!names || !values || names.length !== values.length) return unknownTensor(m);
  const known = new Map<number, Value>();
  names.forEach((n, i) => {
    const value = values[i] ?? UNKNOWN;
    if (n.kind === 'symbolic') known.set(n.id, castTo(m, value, n));
  });
  const training = args.keywords.get('training') ?? args.positional[1];
  return evaluateSymbolic(m, functional.outputs, known, training);
}

/** A functional model casts its inputs to the dtype they were declared with. */
function castTo(m: Machine, value: Value, like: SymbolicValue): Value {
  const tensor = asTensor(m, value);
  if (!tensor) return UNKNOWN;
  return tensorValue(
    tensor.dtype !== null && isFloating(tensor.dtype) && isFloating(like.dtype) ? m.operations.cast(tensor, like.dtype) : tensor,
  );
}

function evaluateSymbolic(m: Machine, value: Value, known: Map<number, Value>, training: Value | undefined): Value {
  if (value.kind === 'list' && value.items) return { ...value, items: value.items.map((v) => evaluateSymbolic(m, v, known, training)) };
  if (value.kind === 'dictionary' && value.entries) {
    const leaves = flatten(value) ?? [];
    return pack(
      value,
      leaves.map((v) => evaluateSymbolic(m, v, known, training)),
    );
  }
  if (value.kind !== 'symbolic') return value;
  const found = known.get(value.id);
  if (found) return found;
  if (value.origin === null) return UNKNOWN;
  const input = evaluateSymbolic(m, value.origin.inputs, known, training);
  const { layer } = value.origin;
  const call = plainCall(m, layer.kind === 'native' && input.kind === 'list' ? (input.items ?? []) : [input]);
  const result = callValue(
    m,
    layer,
    training && layer.kind === 'instance' ? { ...call, keywords: new Map([['training', training]]) } : call,
  );
  const output = result.kind === 'list' && result.items ? (result.items[value.origin.output] ?? UNKNOWN) : result;
  known.set(value.id, output);
  return output;
}

function sequentialClass(m: Machine, model: ClassValue): ClassValue {
  const add = (instance: InstanceValue, layer: Value) => {
    m.journal.set(instance, 'native', {
      ...instance.native,
      extra: undefined,
      layers: [...(instance.native.layers ?? []), ...(layer.kind === 'symbolic' ? [] : [layer])],
    });
    const declared =
      layer.kind === 'symbolic' ? layer.shape : layer.kind === 'instance' ? layer.attributes.get('_declared_shape') : undefined;
    const shape = Array.isArray(declared)
      ? declared
      : declared && 'kind' in declared && declared.kind === 'shape'
        ? declared.shape
        : undefined;
    const first = (instance.native.layers ?? []).length <= 1;
    if (shape !== undefined && first) m.journal.put(instance.attributes, '_input_shape', { kind: 'shape', shape });
    buildSequential(m, instance);
  };
  return nativeClass('Sequential', [model], {
    construct: (instance, args) => {
      m.journal.set(instance, 'native', { layers: [] });
      const given = args.positional[0] ?? args.keywords.get('layers') ?? NONE;
      const found = given.kind === 'none' ? [] : items(m, given);
      if (found === null) m.journal.set(instance, 'native', { layers: [UNKNOWN] });
      else for (const layer of found) add(instance, layer);
    },
    attribute: (instance, name) => {
      if (name === 'add') return native(name, (args) => (add(instance, args.positional[0] ?? args.keywords.get('layer') ?? UNKNOWN), NONE));
      if (name === 'pop')
        return native(
          name,
          () => (m.journal.set(instance, 'native', { ...instance.native, layers: (instance.native.layers ?? []).slice(0, -1) }), NONE),
        );
      if (name === 'layers') return list(instance.native.layers ?? []);
      if (name === 'build')
        return native(name, (args) => {
          m.journal.put(instance.attributes, '_input_shape', {
            kind: 'shape',
            shape: dimensions(args.positional[0] ?? args.keywords.get('input_shape') ?? UNKNOWN),
          });
          buildSequential(m, instance);
          return NONE;
        });
      if (/^(trainable_|non_trainable_)?(variables|weights)$/.test(name) && !isBuilt(instance))
        return m.raise(
          'ValueError',
          "Weights for model 'sequential' have not yet been created. Weights are created when the model is first called on inputs or `build()` is called with an `input_shape`.",
          null,
        );
      return null;
    },
    call: (instance, args) => {
      let value = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
      const training = args.keywords.get('training') ?? args.positional[1];
      const layers = instance.native.layers ?? [];
      if (layers.length === 0 && !instance.attributes.has('_input_shape')) return unknownCall(m, args);
      for (const layer of layers) {
        const call = { ...plainCall(m, [value]), site: args.site };
        value = callValue(
          m,
          layer,
          training && layer.kind === 'instance' ? { ...call, keywords: new Map([['training', training]]) } : call,
        );
      }
      m.journal.set(instance, 'native', { ...instance.native, built: true });
      return value;
    },
  });
}

const isBuilt = (instance: InstanceValue): boolean =>
  instance.native.built === true ||
  (instance.native.layers ?? []).every(
    (l) => l.kind !== 'instance' || l.native.built === true || !l.type.bases.some((c) => c.native && findLayer(c.name)?.build),
  );

/** With a declared input shape the weights exist at once. */
function buildSequential(m: Machine, instance: InstanceValue): void {
  const declared = instance.attributes.get('_input_shape');
  if (declared?.kind !== 'shape') return;
  let value: Value = symbol(declared.shape, 'float32', null);
  for (const layer of instance.native.layers ?? []) value = callValue(m, layer, plainCall(m, [value]));
  m.journal.set(instance, 'native', { ...instance.native, built: true });
}

// ------------------------------------------------------------------------------------------------ symbolic tensors

let symbols = 0;
const symbol = (shape: Shape, dtype: SymbolicValue['dtype'], origin: SymbolicValue['origin']): SymbolicValue => ({
  kind: 'symbolic',
  id: symbols++,
  shape,
  dtype,
  origin,
});

function symbolicInput(args: CallArguments): Value {
  const shape = args.keywords.get('shape') ?? args.keywords.get('input_shape') ?? args.positional[0] ?? NONE;
  const batch = args.keywords.get('batch_size') ?? args.positional[1] ?? NONE;
  const rest = shape.kind === 'none' ? [] : dimensions(shape);
  const dtype = dtypeOf(args.keywords.get('dtype')) ?? 'float32';
  return symbol(rest && [batch.kind === 'number' ? batch.value : null, ...rest], dtype, null);
}

/** Calls a layer on symbolic tensors: its weights are made, its output's shape found by running it aside. */
function symbolicLayer(m: Machine, layer: InstanceValue, inputs: Value): Value {
  return symbolicResult(m, layer, inputs, (stand) => callValue(m, layer, plainCall(m, [stand])));
}

/** A function of TensorFlow's on symbolic tensors becomes a layer. */
export function symbolicCall(m: Machine, f: Value & { kind: 'native' }, args: CallArguments): Value | null {
  if (!f.name.startsWith('tf.') || args.keywords.size > 0) return null;
  return symbolicResult(m, f, list(args.positional), (stand) =>
    callValue(m, f, plainCall(m, stand.kind === 'list' ? (stand.items ?? []) : [stand])),
  );
}

function symbolicResult(m: Machine, layer: Value, inputs: Value, run: (stand: Value) => Value): Value {
  const leaves = flatten(inputs);
  if (!leaves) return UNKNOWN;
  const stand = pack(
    inputs,
    leaves.map((v) => (v.kind === 'symbolic' ? tensorValue(m.backend.opaque(v.shape, v.dtype)) : v)),
  );
  const tapes = m.eager.tapes;
  m.eager.tapes = [];
  let result: Value;
  try {
    result = m.eager.pause(() => run(stand));
  } finally {
    m.eager.tapes = tapes;
  }
  const make = (v: Value, output: number): Value =>
    v.kind === 'tensor' ? symbol(v.tensor.shape, v.tensor.dtype ?? 'float32', { layer, inputs, output }) : v;
  if (result.kind === 'list' && result.items) return { ...result, items: result.items.map(make) };
  return make(result, 0);
}

function lambdaClass(m: Machine, layer: ClassValue): ClassValue {
  return nativeClass('Lambda', [layer], {
    construct: (instance, args) =>
      m.journal.put(instance.attributes, 'function', args.positional[0] ?? args.keywords.get('function') ?? UNKNOWN),
    attribute: () => null,
    call: (instance, args) => {
      const given = args.positional[0] ?? UNKNOWN;
      if (flatten(given)?.some((v) => v.kind === 'symbolic')) return symbolicLayer(m, instance, given);
      return callValue(m, instance.attributes.get('function') ?? UNKNOWN, plainCall(m, [given]));
    },
  });
}

// ------------------------------------------------------------------------------------------------ losses, initializers

function lossValue(m: Machine, name: string): ClassValue {
  return nativeClass(name, [], {
    construct: (instance, args) => {
      const spec = findLoss(name);
      const values = spec ? bindCall(lossSignature(spec), args) : null;
      m.journal.set(instance, 'native', { config: values ?? undefined });
    },
    attribute: () => null,
    call: (instance, args) => callLoss(m, name, instance, args),
  });
}

function callLoss(m: Machine, name: string, instance: InstanceValue, args: CallArguments): Value {
  const spec = findLoss(name);
  const definition = spec && findFunction(spec.function);
  const { config } = instance.native;
  const [truthValue, prediction] = [
    args.positional[0] ?? args.keywords.get('y_true') ?? UNKNOWN,
    args.positional[1] ?? args.keywords.get('y_pred') ?? UNKNOWN,
  ];
  const weight = args.positional[2] ?? args.keywords.get('sample_weight') ?? NONE;
  if (!spec || !definition || !config) return unknownTensor(m);
  const extras = [...config].filter(([k]) => k !== 'reduction' && k !== 'name');
  const reduction = config.get('reduction');
  if (reduction?.kind !== 'string' || reduction.value === null) return unknownTensor(m);
  const kind = reduction.value;
  const [yTrue, yPred] = squeezed(m, truthValue, prediction);
  const losses = callPublic(m, definition, { ...args, positional: [yTrue, yPred], keywords: new Map(extras) });
  const sampleWeight = weight.kind === 'none' ? null : asTensor(m, weight);
  if (losses.kind !== 'tensor' || (weight.kind !== 'none' && !sampleWeight)) return unknownTensor(m);
  return guarded(m, () => tensorValue(reduceLoss(losses.tensor, sampleWeight, kind, m.operations)));
}

/** Where ranks differ by one and a last dimension is 1, it goes. */
function squeezed(m: Machine, a: Value, b: Value): [Value, Value] {
  const [x, y] = [asTensor(m, a), asTensor(m, b)];
  const [p, q] = [x?.shape ?? null, y?.shape ?? null];
  if (!x || !y || !p || !q) return [a, b];
  const squeeze = (t: Tensor) => tensorValue(m.operations.apply('Squeeze', [t], { axes: [-1] }));
  if (q.length - p.length === 1 && q.at(-1) === 1) return [a, squeeze(y)];
  if (p.length - q.length === 1 && p.at(-1) === 1) return [squeeze(x), b];
  return [a, b];
}

function initializerClass(m: Machine, name: string): ClassValue {
  const spec = findInitializer(name);
  return nativeClass(name, [], {
    construct: (instance, args) => {
      const values = spec ? bindCall(spec.signature, args) : null;
      m.journal.set(instance, 'native', { config: values ?? undefined });
    },
    attribute: () => null,
    call: (instance, args) => {
      const shape = dimensions(args.positional[0] ?? args.keywords.get('shape') ?? UNKNOWN);
      const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]) ?? 'float32';
      const { config } = instance.native;
      if (!spec || !config) return unknownTensor(m, shape);
      return guarded(m, () =>
        tensorValue(
          spec.make(new Arguments(new Map([...config].map(([k, v]) => [k, toCore(m, v)])), m.operations), shape, dtype, m.operations),
        ),
      );
    },
  });
}

/** An attribute that holds layers or variables is tracked: `allVariables` reads attributes, so nothing more is to be done. */
export function trackAttribute(m: Machine, object: InstanceValue, name: string, value: Value): void {
  if (name === 'trainable' && isLayer(object)) {
    const nested = [...(object.native.layers ?? []), ...object.attributes.values()];
    for (const layer of nested) if (layer.kind === 'instance' && isLayer(layer)) m.journal.put(layer.attributes, 'trainable', value);
  }
}
