// Keras layers as the program sees them: built at their first call, weights tracked through attributes. What they compute is the core's.
import { findLayer, firstValue, initialValue, isSettable, type LayerSpec, penalty } from '../../../core/api/index.ts';
import { LayerObject, type Value as CoreValue } from '../../../core/api/value.ts';
import { type DType, isFloating, type Shape, type Tensor, type Variable } from '../../../core/tensor.ts';
import type { FunctionDefinition } from '../ir/ir.ts';
import { attribute } from './attributes.ts';
import { building } from './building.ts';
import { callValue, unknownCall } from './call.ts';
import { classAttribute, instantiate } from './classes.ts';
import { asTensor, bindCall, fromCore, guarded, plainCall, toCore, unknownTensor } from './convert.ts';
import { items } from './iterate.ts';
import { activationValue, kerasAttribute } from './keras.ts';
import { coreArguments, nativeClass } from './keras-classes.ts';
import { nodeOf } from './keras-models.ts';
import { nameLayer } from './keras-names.ts';
import { isSymbolic, symbolicLayer } from './keras-symbols.ts';
import type { Machine } from './machine.ts';
import { dtypeOf, toArray } from './numpy/arrays.ts';
import { truth } from './operators.ts';
import { isMetric, isModel, isOpen, isTrainable, layersIn, ownVariables, variablesOf } from './tracking.ts';
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
  tensorValue,
  UNKNOWN,
  type Value,
  type VariableValue,
} from './values.ts';

export const dimensions = (value: Value): Shape => {
  if (value.kind === 'number') return [value.value];
  if (value.kind === 'shape') return value.shape;
  return value.kind === 'list' && value.items ? value.items.map((v) => (v.kind === 'number' ? v.value : null)) : null;
};

// ------------------------------------------------------------------------------------------------ the base class

export const layerClass = (m: Machine): ClassValue =>
  nativeClass('Layer', [], {
    construct: (instance, args) => construct(m, instance, args),
    attribute: (instance, name) => layerAttribute(m, instance, name),
    call: (instance, args) => callSubclass(m, instance, args),
  });

/** A layer of no more use than to be there. */
export function standInLayer(m: Machine, name: string): InstanceValue {
  const base = kerasAttribute(m, 'tf.keras.layers.Layer') as ClassValue;
  return {
    kind: 'instance',
    type: nativeClass(name, [base], { construct: () => undefined, attribute: () => null }),
    attributes: new Map(),
    native: { built: true },
  };
}

function construct(m: Machine, instance: InstanceValue, args: CallArguments): void {
  nameLayer(m, instance, args);
  const trainable = args.keywords.get('trainable');
  if (trainable) m.journal.put(instance.attributes, 'trainable', trainable);
  const dtype = dtypeOf(args.keywords.get('dtype')) ?? m.floatx;
  m.journal.set(instance, 'native', { ...instance.native, dtype });
  const input = declaredShape(args);
  if (input !== undefined) m.journal.put(instance.attributes, '_declared_shape', { kind: 'shape', shape: input });
}

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

const dtypeOfLayer = (m: Machine, instance: InstanceValue): DType => instance.native.dtype ?? m.floatx;

/** What a call is told of training: by its own argument, else by the call that it is inside. */
function trainingOf(m: Machine, given: Value | undefined): Value {
  if (given && given.kind !== 'none') return given;
  return m.training.at(-1) ?? boolean(false);
}
/** Runs a call whose inner layers are told the same of training. */
export function withTraining<T>(m: Machine, training: Value | undefined, body: () => T): T {
  if (!training || training.kind === 'none') return body();
  const outer = m.training;
  m.training = [...outer, training];
  try {
    return body();
  } finally {
    m.training = outer;
  }
}

function layerAttribute(m: Machine, instance: InstanceValue, name: string): Value | null {
  if (/^(trainable_|non_trainable_)?(variables|weights)$|^get_weights$/.test(name)) refuseWeights(m, instance);
  switch (name) {
    case 'trainable_variables':
    case 'trainable_weights':
      return list(isTrainable(m, instance) && isOpen(instance) ? null : variablesOf(m, instance, 'trainable'));
    case 'non_trainable_variables':
    case 'non_trainable_weights':
    case 'weights':
    case 'variables':
      if (isOpen(instance) || layersIn(instance).some(isMetric)) return list(null);
      return list(variablesOf(m, instance, name.startsWith('non_') ? 'non-trainable' : 'all'));
    case 'trainable':
      return boolean(true);
    case 'name':
      return string(instance.native.name ?? null);
    case 'input':
    case 'output':
      return nodeOf(m, instance, name);
    case 'dtype':
    case 'compute_dtype':
      return string(dtypeOfLayer(m, instance));
    case 'built':
      return boolean(instance.native.built === true);
    case 'losses':
      return lossesOf(m, instance);
    case 'get_weights':
      return native(name, () => list(variablesOf(m, instance, 'all').map((v) => toArray(m, v, 'get_weights()') ?? UNKNOWN)));
    case 'set_weights':
      return native(name, (args) => setWeights(m, instance, args));
    case 'add_weight':
    case 'add_variable':
      return native(name, (args) => addWeight(m, instance, args));
    case 'call':
    case '__call__':
      return native(name, (args) => instance.type.bases.find((c) => c.native?.call)?.native?.call?.(instance, args) ?? UNKNOWN);
    case 'add_loss':
      return native(name, () => (m.journal.set(instance, 'native', { ...instance.native, losses: 'unknown' }), NONE));
    case 'build':
      return native(name, () => {
        if (!instance.type.native) m.journal.set(instance, 'native', { ...instance.native, built: true });
        return NONE;
      });
    case 'add_metric':
    case 'reset_states':
      return native(name, () => NONE);
    case 'count_params':
      return native(name, () => integer(null));
    case 'adapt':
      return native(name, (args) => {
        forgetWeights(m, instance);
        return unknownCall(m, args);
      });
    default:
      return null;
  }
}

/** A model of a class that says itself how it is built, as a Sequential does, has no weights before. Keras 2.15: engine/training.py, _assert_weights_created. */
function refuseWeights(m: Machine, instance: InstanceValue): void {
  const unbuilt = layersIn(instance).find((layer) => isModel(layer) && saysHowToBuild(layer) && !hasWeights(layer));
  if (unbuilt)
    m.raise(
      'ValueError',
      `Weights for model '${unbuilt.native.name ?? 'sequential'}' have not yet been created. Weights are created when the model is first called on inputs or \`build()\` is called with an \`input_shape\`.`,
      null,
    );
}

const saysHowToBuild = ({ type }: InstanceValue): boolean => (type.native ? type.name === 'Sequential' : type.attributes.has('build'));

const hasWeights = ({ type, native: { built, layers } }: InstanceValue): boolean =>
  built === true ||
  (type.native !== null && (layers ?? []).every((l) => l.kind !== 'instance' || l.native.built === true || !makesWeights(l)));

function setWeights(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const given = items(m, args.positional[0] ?? UNKNOWN);
  variablesOf(m, instance, 'all').forEach(({ variable }, i) => {
    const tensor = given?.[i] ? asTensor(m, given[i]) : null;
    const fits = tensor && tensor.dtype === variable.value.dtype;
    m.assign(variable, fits ? tensor : m.backend.opaque(variable.value.shape, variable.value.dtype));
  });
  return NONE;
}

/** Nobody knows what they are from here on. */
export function forgetWeights(m: Machine, instance: InstanceValue): void {
  for (const { variable } of variablesOf(m, instance, 'all'))
    m.assign(variable, m.backend.opaque(variable.value.shape, variable.value.dtype));
}

// ------------------------------------------------------------------------------------------------ weights and losses

/** What the regularizers say of the weights now; a list that is not known where a layer adds losses of its own. */
function lossesOf(m: Machine, instance: InstanceValue): Value {
  const layers = layersIn(instance);
  if (layers.some((l) => l.native.losses === 'unknown')) return list(null);
  return list(
    layers.flatMap((l) =>
      [...(l.native.regularizers ?? [])].map(([variable, regularizer]) =>
        guarded(m, () => tensorValue(penalty(regularizer, m.eager.read(variable), m.operations))),
      ),
    ),
  );
}

function addWeight(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const get = (name: string, at: number): Value => args.keywords.get(name) ?? args.positional[at] ?? NONE;
  const shape = get('shape', 1).kind === 'none' ? [] : dimensions(get('shape', 1));
  const dtype = dtypeOf(get('dtype', 2)) ?? dtypeOfLayer(m, instance);
  const trainable = truth(m, args.keywords.get('trainable') ?? boolean(true));
  const initializer = get('initializer', 3);
  const regularizer = get('regularizer', 4);
  const name = get('name', 0);
  return guarded(m, () => {
    const value = m.eager.pause(() =>
      initialValue(initializer.kind === 'none' ? 'glorot_uniform' : toCore(m, initializer), shape, dtype, m.operations),
    );
    const variable: VariableValue = {
      kind: 'variable',
      variable: m.newVariable(value, trainable !== false, name.kind === 'string' ? (name.value ?? 'w') : 'w'),
    };
    keepWeights(
      m,
      instance,
      [...ownVariables(instance), variable],
      regularizer.kind === 'none' ? [] : [[variable.variable, toCore(m, regularizer)]],
    );
    return variable;
  });
}

function keepWeights(
  m: Machine,
  instance: InstanceValue,
  variables: readonly VariableValue[],
  regularizers: readonly (readonly [Variable, CoreValue])[],
): void {
  m.journal.set(instance, 'native', {
    ...instance.native,
    variables,
    regularizers: new Map([...(instance.native.regularizers ?? []), ...regularizers]),
  });
}

// ------------------------------------------------------------------------------------------------ layers of the table

const COMMON = new Set([
  'name',
  'dtype',
  'input_shape',
  'trainable',
  'input_dim',
  'batch_input_shape',
  'dynamic',
  'weights',
  'batch_size',
  'autocast',
]);

export function builtinLayer(m: Machine, spec: LayerSpec, base: ClassValue): ClassValue {
  return nativeClass(spec.name, [base], {
    construct: (instance, args) => {
      construct(m, instance, args);
      const keywords = new Map([...args.keywords].filter(([k]) => !COMMON.has(k) || spec.signature.includes(`${k}=`)));
      const values = bindCall(spec.signature, { ...args, keywords });
      const config = values && withCopies(m, spec, values);
      m.journal.set(instance, 'native', {
        ...instance.native,
        config: config ?? undefined,
        built: false,
        variables: [],
        layers: config ? innerLayers(config, spec) : [UNKNOWN],
        losses: config?.has('activity_regularizer') && config.get('activity_regularizer')?.kind !== 'none' ? 'unknown' : undefined,
      });
    },
    attribute: (instance, name) => builtinAttribute(m, instance, name, spec),
    call: (instance, args) =>
      instance.attributes.has('call') ? callPatched(m, instance, spec, args) : callBuiltin(m, instance, spec, args),
    assign: (instance, name, value) => configure(m, instance, spec, name, value),
  });
}

/** `layer.activation = ...`: Keras reads it off the layer. Where it keeps what the constructor made of it, nothing more is known of what the layer does. */
function configure(m: Machine, instance: InstanceValue, spec: LayerSpec, name: string, value: Value): void {
  const { config } = instance.native;
  const isWeight = instance.attributes.get(name)?.kind === 'variable';
  const isKnown = isWeight ? isTensorLike(value) : isSettable(spec, name) && !(name.endsWith('activation') && value.kind === 'string');
  if (name === 'activity_regularizer') m.journal.set(instance, 'native', { ...instance.native, losses: 'unknown' });
  else if (!config?.has(name) ? isWeight && !isKnown : !isKnown)
    m.journal.set(instance, 'native', { ...instance.native, config: undefined });
  else if (config?.has(name)) m.journal.set(instance, 'native', { ...instance.native, config: new Map([...config, [name, value]]) });
}
const isTensorLike = (value: Value): boolean => value.kind === 'tensor' || value.kind === 'variable';

/** The layers among a layer's arguments; where it has copies of one, the copies are the ones it uses, in their order. */
function innerLayers(config: ReadonlyMap<string, Value>, spec: LayerSpec): readonly Value[] | undefined {
  const { copies = [] } = spec;
  const isOther = (name: string): boolean => !copies.some((copy) => copy.of === name || copy.name === name);
  const others = [...config].filter(([name]) => isOther(name)).map(([, value]) => value);
  const used = [...copies.map(({ name }) => config.get(name) ?? NONE), ...others];
  const found = used.filter((v) => layersIn(v).length > 0);
  return found.length > 0 ? found : undefined;
}

/** `Bidirectional` makes its layer anew, twice, the second one turned around. */
function withCopies(m: Machine, spec: LayerSpec, config: Map<string, Value>): Map<string, Value> | null {
  for (const { name, of, turned } of spec.copies ?? []) {
    const given = config.get(name);
    if (given && given.kind !== 'none') continue;
    const original = config.get(of);
    if (original?.kind !== 'instance' || !original.native.config || !original.type.native) return null;
    const flipped = turned === undefined ? undefined : original.native.config.get(turned);
    if (turned !== undefined && flipped?.kind !== 'boolean') return null;
    const keywords = new Map(original.native.config);
    if (turned !== undefined && flipped?.kind === 'boolean') keywords.set(turned, boolean(!flipped.value));
    config.set(name, instantiate(m, original.type, { ...plainCall(m, []), keywords }));
  }
  return config;
}

/** Makes the weights for input shapes, once. */
function build(m: Machine, instance: InstanceValue, spec: LayerSpec, inputs: readonly Shape[], call: ReadonlyMap<string, Value>): void {
  if (instance.native.built) return;
  const specs = m.eager.pause(() => spec.build?.(coreArguments(m, instance.native.config), inputs, coreArguments(m, call)) ?? []);
  const dtype = dtypeOfLayer(m, instance);
  const regularizers: (readonly [Variable, CoreValue])[] = [];
  const variables = specs.map((w): VariableValue => {
    const made = m.eager.pause(() => guarded(m, () => tensorValue(firstValue(w, dtype, m.operations))));
    const tensor = made.kind === 'tensor' && made.tensor.dtype !== null ? made.tensor : m.backend.opaque(w.shape, dtype);
    const variable = m.newVariable(tensor, w.trainable, w.name);
    if (w.regularizer !== undefined && w.regularizer !== null) regularizers.push([variable, w.regularizer]);
    return { kind: 'variable', variable };
  });
  building(m, () => {
    keepWeights(m, instance, variables, regularizers);
    m.journal.set(instance, 'native', { ...instance.native, built: true });
    for (const made of variables) m.journal.put(instance.attributes, made.variable.name, made);
  });
}

/** The weights by the names of the attributes that hold them, where the program may have put others. */
function weightsOf(instance: InstanceValue): Map<string, Variable | Tensor> {
  const weights = new Map<string, Variable | Tensor>(ownVariables(instance).map((v) => [v.variable.name, v.variable]));
  for (const [name, value] of instance.attributes)
    if (value.kind === 'variable') weights.set(name, value.variable);
    else if (value.kind === 'tensor') weights.set(name, value.tensor);
  return weights;
}

/** Layers whose `call` Keras tells of training, which a function put in its place may not take. */
const TOLD_OF_TRAINING = /Dropout|Noise|RNN|LSTM|GRU|Cell|Attention|^Random|BatchNorm|GroupNorm|Spectral|Bidirectional|TimeDistributed/;

/** A layer whose `call` the program has replaced on the object: it is built as ever, and the other function is called. */
function callPatched(m: Machine, instance: InstanceValue, spec: LayerSpec, args: CallArguments): Value {
  const given = args.positional[0] ?? UNKNOWN;
  if (isSymbolic(given)) return symbolicLayer(m, instance, args);
  const inputs = TOLD_OF_TRAINING.test(spec.name) || spec.many ? null : inputsOf(m, given, spec, dtypeOfLayer(m, instance));
  const [input] = inputs ?? [];
  if (!input || !instance.native.config) return unknownTensor(m);
  guarded(m, () => (build(m, instance, spec, [input.shape], new Map()), NONE));
  const call = instance.attributes.get('call') ?? UNKNOWN;
  const passed = { ...args, positional: [tensorValue(input), ...args.positional.slice(1)] };
  return withTraining(m, args.keywords.get('training'), () => m.converting(true, () => callValue(m, call, passed)));
}

function callBuiltin(m: Machine, instance: InstanceValue, spec: LayerSpec, args: CallArguments): Value {
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? args.keywords.get('query') ?? UNKNOWN;
  if (isSymbolic(given) || args.positional.some(isSymbolic) || [...args.keywords.values()].some(isSymbolic))
    return symbolicLayer(m, instance, args);
  const { config } = instance.native;
  const keywords = new Map([...args.keywords].filter(([k]) => k !== 'inputs' && k !== 'query'));
  const call = bindCall(spec.callSignature ?? 'training=None', { ...args, positional: args.positional.slice(1), keywords });
  const inputs = inputsOf(m, given, spec, dtypeOfLayer(m, instance));
  if (!inputs || !config || !call) return unknownTensor(m);
  const training = trainingOf(m, call.get('training'));
  const decided = spec.frozenWithLayer && !isTrainable(m, instance) ? false : truth(m, training);
  return guarded(m, () => {
    build(
      m,
      instance,
      spec,
      inputs.map((t) => t.shape),
      call,
    );
    const weights = weightsOf(instance);
    const result = withTraining(m, training, () =>
      spec.call(
        inputs,
        {
          config: coreArguments(m, config),
          weights,
          training: decided ?? undefined,
          args: coreArguments(m, call),
          dtype: dtypeOfLayer(m, instance),
          assign: (weight, value) => m.assign(weight, value),
        },
        m.operations,
      ),
    );
    return fromCore(result);
  });
}

/** The tensors that a layer is called on, of its dtype; null where they are not known. */
function inputsOf(m: Machine, given: Value, spec: LayerSpec, dtype: DType): readonly Tensor[] | null {
  const listed = given.kind === 'list' && given.items?.every((v) => v.kind === 'tensor' || v.kind === 'array' || v.kind === 'variable');
  const values = spec.many === true || (spec.many === 'or one' && listed) ? items(m, given) : [given];
  const tensors = values?.map((v) => layerInput(m, v, spec, dtype));
  return tensors && tensors.length > 0 && tensors.every((t) => t !== null) ? tensors : null;
}

/** What a layer is given where nothing is known of it: it is a tensor, or an error. */
export const anyInput = (m: Machine, dtype: DType): Tensor => m.backend.opaque(null, dtype, { tainted: true });

/** A layer's input as a tensor of its dtype. */
function layerInput(m: Machine, value: Value, spec: LayerSpec, dtype: DType): Tensor | null {
  if (value.kind === 'none')
    return m.raise(
      'ValueError',
      "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
      null,
      value.from?.call ?? null,
    );
  if (value.kind === 'unknown' && spec.autocast !== false) return anyInput(m, dtype);
  const tensor = asTensor(m, value.kind === 'list' ? (toArray(m, value, 'list') ?? value) : value);
  if (!tensor || spec.autocast === false || tensor.dtype === null || tensor.dtype === dtype) return tensor;
  return isFloating(tensor.dtype) ? m.operations.cast(tensor, dtype) : tensor;
}

function builtinAttribute(m: Machine, instance: InstanceValue, name: string, spec: LayerSpec): Value | null {
  const weight = ownVariables(instance).find((v) => v.variable.name === name);
  if (weight) return weight;
  const { config } = instance.native;
  if (name === 'activation' && config?.has(name)) {
    const given = config.get(name) ?? NONE;
    return activationValue(m, given.kind === 'none' ? string('linear') : given);
  }
  if (name === 'call') return native(name, (args) => callBuiltin(m, instance, spec, args));
  if (name === 'cell' && !config?.has('cell') && spec.attributes) return instance;
  if (name === 'build')
    return native(name, (args) => {
      build(m, instance, spec, [dimensions(args.positional[0] ?? args.keywords.get('input_shape') ?? UNKNOWN)], new Map());
      return NONE;
    });
  const more = config && spec.attributes?.(coreArguments(m, config))[name];
  if (name === 'get_initial_state' && config && spec.attributes)
    return native(name, (args) => initialState(m, fromCore(spec.attributes?.(coreArguments(m, config))['state_size'] ?? null), args));
  // The argument `weights` is not what the layer has under the name.
  return more === undefined ? (name === 'weights' ? null : (config?.get(name) ?? null)) : fromCore(more);
}

/** The states that a recurrent layer starts with: zeros for every row of its inputs. */
function initialState(m: Machine, sizes: Value, args: CallArguments): Value {
  const inputs = asTensor(m, args.keywords.get('inputs') ?? args.positional[0] ?? NONE);
  const found = sizes.kind === 'number' ? [sizes] : (items(m, sizes) ?? []);
  return list(found.map((size) => tensorValue(m.backend.fill(0, [inputs?.shape?.[0] ?? null, ...(dimensions(size) ?? [])], m.floatx))));
}

/** A layer as the core's layers around layers are given one. */
export function layerObject(m: Machine, instance: InstanceValue): LayerObject {
  const run = (args: readonly CoreValue[], training?: boolean, mask?: Tensor | null): CoreValue => {
    const keywords = new Map<string, Value>(training === undefined ? [] : [['training', boolean(training)]]);
    if (mask) keywords.set('mask', tensorValue(mask));
    return toCore(m, callValue(m, instance, { ...plainCall(m, args.map(fromCore)), keywords }));
  };
  const range = m.position.site ?? { start: 0, end: 0 };
  return new LayerObject(run, (name) => toCore(m, attribute(m, instance, name, range)));
}

// ------------------------------------------------------------------------------------------------ layers of the program's

/** Layers and models that the program defines: `build` once, then `call`. */
export function callSubclass(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const call = classAttribute(instance.type, 'call');
  if (call?.kind !== 'function') return unknownCall(m, args);
  const given = args.positional[0] ?? UNKNOWN;
  if (isSymbolic(given)) return symbolicLayer(m, instance, args);
  const converted = given.kind === 'array' || given.kind === 'number' ? asTensor(m, given) : given.kind === 'tensor' ? given.tensor : null;
  const dtype = dtypeOfLayer(m, instance);
  const casts = converted?.dtype && isFloating(converted.dtype) && converted.dtype !== dtype;
  const input = converted ? tensorValue(casts ? m.operations.cast(converted, dtype) : converted) : given;
  if (!instance.native.built) building(m, () => buildSubclass(m, instance, input.kind === 'tensor' ? input.tensor.shape : undefined));
  const keywords = toldOfTraining(m, call.definition, args);
  const passed = { ...args, positional: [input, ...args.positional.slice(1)], keywords };
  return withTraining(m, args.keywords.get('training'), () =>
    m.converting(true, () => callValue(m, { kind: 'method', self: instance, function: call }, passed)),
  );
}

/** The keywords of a call, with what Keras tells it of training where it takes that: None where nobody says, unless `call` has a default of its own. */
function toldOfTraining(m: Machine, { parameters }: FunctionDefinition, args: CallArguments): ReadonlyMap<string, Value> {
  const at = parameters.findIndex(({ target }) => target.kind === 'name' && target.name === 'training');
  const parameter = parameters[at];
  const isTold = parameter !== undefined || parameters.some(({ kind }) => kind === 'keywords');
  const keywords = new Map([...args.keywords].filter(([name]) => name !== 'training' || isTold));
  // The first parameter is `self`.
  const isGiven =
    (keywords.get('training') ?? NONE).kind !== 'none' || (parameter?.kind !== 'keyword only' && at > 0 && args.positional.length >= at);
  const told = m.training.at(-1) ?? (parameter?.default === null ? NONE : undefined);
  return told && isTold && !isGiven ? keywords.set('training', told) : keywords;
}

/** Calls the program's own `build`, where there is one; `undefined` is a shape of which nothing is known. */
function buildSubclass(m: Machine, instance: InstanceValue, input: Shape | undefined): void {
  const builder = classAttribute(instance.type, 'build');
  const shape: Value = input === undefined ? UNKNOWN : { kind: 'shape', shape: input };
  if (builder?.kind === 'function')
    m.eager.pause(() => callValue(m, { kind: 'method', self: instance, function: builder }, plainCall(m, [shape])));
  m.journal.set(instance, 'native', { ...instance.native, built: true });
}

export function lambdaClass(m: Machine, layer: ClassValue): ClassValue {
  return nativeClass('Lambda', [layer], {
    construct: (instance, args) => {
      construct(m, instance, args);
      m.journal.put(instance.attributes, 'function', args.positional[0] ?? args.keywords.get('function') ?? UNKNOWN);
      const extra = args.keywords.get('arguments');
      if (extra) m.journal.put(instance.attributes, 'arguments', extra);
    },
    attribute: () => null,
    call: (instance, args) => {
      const given = args.positional[0] ?? UNKNOWN;
      if (isSymbolic(given)) return symbolicLayer(m, instance, args);
      if (instance.attributes.has('arguments')) return unknownTensor(m);
      return callValue(m, instance.attributes.get('function') ?? UNKNOWN, plainCall(m, [given]));
    },
  });
}

/** Whether a layer of the table makes weights. */
export const makesWeights = (instance: InstanceValue): boolean => instance.type.bases.some((c) => c.native && findLayer(c.name)?.build);
