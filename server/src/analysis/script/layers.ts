// `tf.layers.*`, `tf.sequential`, `tf.model`, `tf.input`: layers and models as the program sees them. What they compute is the core's.
import { findScriptLayer, ScriptArguments, type ScriptLayer, UNFOLLOWED } from '../../../../core/script/index.ts';
import { newTensorId, type Shape, type Tensor } from '../../../../core/tensor.ts';
import { unknownCall } from '../call.ts';
import { plainCall, toCore } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { truth } from '../operators.ts';
import {
  boolean,
  type CallArguments,
  type ClassValue,
  dictionary,
  float,
  type InstanceValue,
  list,
  native,
  string,
  type SymbolicValue,
  tensorValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
  type VariableValue,
} from '../values.ts';
import { inScope } from './disposal.ts';
import { carriedOut } from './functions.ts';

const LAYER = 'layer of TensorFlow.js';

// ------------------------------------------------------------------------------------------------ making layers

/** `tf.layers.<name>`; null where it is not known here. */
export function layerFunction(m: Machine, name: string): Value | null {
  if (name === 'input' || name === 'inputLayer')
    return native(`tf.layers.${name}`, (args) => (name === 'input' ? symbolicInput(args) : unknownCall(m, args)));
  const spec = findScriptLayer(name);
  if (!spec) return null;
  return native(`tf.layers.${name}`, (args) => newLayer(m, spec, args));
}

/** `tf.sequential`, `tf.model`, `tf.input`; null where the name is another. */
export function modelFunction(m: Machine, name: string): Value | null {
  if (name === 'input') return native('tf.input', symbolicInput);
  if (name === 'sequential') return native('tf.sequential', (args) => newModel(m, listed(field(args.positional[0], 'layers')) ?? [], null));
  if (name === 'model')
    return native('tf.model', (args) => {
      const [inputs, outputs] = [field(args.positional[0], 'inputs'), field(args.positional[0], 'outputs')];
      return inputs.kind === 'unknown' || outputs.kind === 'unknown' ? unknownCall(m, args) : newModel(m, null, { inputs, outputs });
    });
  return null;
}

/** A field of an options object; undefined where there is none. */
function field(options: Value | undefined, name: string): Value {
  if (options?.kind !== 'dictionary') return options?.kind === 'unknown' ? UNKNOWN : UNDEFINED;
  return options.entries === null ? UNKNOWN : (options.entries.get(`s${name}`)?.value ?? UNDEFINED);
}
const listed = (value: Value): readonly Value[] | null => (value.kind === 'list' ? value.items : null);
const isGiven = (value: Value): boolean => value.kind !== 'none';

const UIDS = { make: () => new Map<string, number>() };
/** `dense_Dense1`: as tfjs-layers calls its layers. */
function layerName(m: Machine, className: string): string {
  const counts = m.remember(UIDS);
  const next = (counts.get(className) ?? 0) + 1;
  counts.set(className, next);
  const snake = className
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return `${snake}_${className}${next}`;
}

function nativeClass(name: string, half: NonNullable<ClassValue['native']>): ClassValue {
  const type: ClassValue = { kind: 'class', name, definition: null, bases: [], attributes: new Map(), native: half, open: false };
  (type as { bases: readonly ClassValue[] }).bases = [type];
  return type;
}

function newLayer(m: Machine, spec: ScriptLayer, args: CallArguments): Value {
  const [options = UNDEFINED] = args.positional;
  const unfollowed = UNFOLLOWED.some((name) => isGiven(field(options, name)));
  if (args.open || options.kind === 'unknown' || (options.kind === 'dictionary' && options.entries === null) || unfollowed)
    return unknownCall(m, args);
  const name = field(options, 'name');
  const instance: InstanceValue = {
    kind: 'instance',
    type: nativeClass(LAYER, {
      construct: () => undefined,
      attribute: (self, member) => layerMember(m, self, spec, member),
    }),
    attributes: new Map<string, Value>([
      ['name', string(name.kind === 'string' ? name.value : layerName(m, spec.className))],
      ['options', options],
    ]),
    native: { built: false, variables: [] },
  };
  return instance;
}

const optionsOf = (instance: InstanceValue): Value => instance.attributes.get('options') ?? UNDEFINED;

function configOf(m: Machine, instance: InstanceValue, spec: ScriptLayer): ScriptArguments {
  const options = optionsOf(instance);
  const entries = options.kind === 'dictionary' && options.entries ? [...options.entries.values()] : [];
  const bound = new Map(entries.map((e) => [e.key.kind === 'string' ? (e.key.value ?? '') : '', toCore(m, e.value)]));
  return new ScriptArguments(spec.name, bound, m.operations);
}

/** `inputShape`, `batchInputShape`, `inputDim`: what a first layer says of its input, the batch's size unknown. */
function declaredShape(options: Value): Shape | undefined {
  const sizes = (value: Value): (number | null)[] | undefined =>
    value.kind === 'list' ? value.items?.map((v) => (v.kind === 'number' ? v.value : null)) : undefined;
  const whole = sizes(field(options, 'batchInputShape'));
  if (whole) return whole;
  const rest = sizes(field(options, 'inputShape'));
  if (rest) return [null, ...rest];
  const dim = field(options, 'inputDim');
  return dim.kind === 'number' ? [null, dim.value] : undefined;
}

/** Makes the weights for an input's shape, once. */
function build(m: Machine, instance: InstanceValue, spec: ScriptLayer, input: Shape): void {
  if (instance.native.built) return;
  const name = instance.attributes.get('name');
  const trainable = field(optionsOf(instance), 'trainable');
  const weights = (spec.build?.(configOf(m, instance, spec), input) ?? []).map((w): VariableValue => {
    const value = m.backend.opaque(w.shape, 'float32');
    const full = `${name?.kind === 'string' ? name.value : ''}/${w.name}`;
    return {
      kind: 'variable',
      variable: m.newVariable(value, w.trainable && !(isGiven(trainable) && truth(m, trainable) === false), full),
    };
  });
  m.journal.set(instance, 'native', { ...instance.native, built: true, variables: weights });
}

// ------------------------------------------------------------------------------------------------ calling layers

function callLayer(m: Machine, instance: InstanceValue, spec: ScriptLayer, given: Value, training: boolean): Value {
  const inputs = spec.many ? listed(given) : [given.kind === 'list' && given.items?.length === 1 ? (given.items[0] ?? UNKNOWN) : given];
  if (inputs?.some((v) => v.kind === 'symbolic')) return symbolicCall(m, instance, spec, given, inputs);
  const tensors = inputs?.map((v) => (v.kind === 'tensor' ? v.tensor : v.kind === 'variable' ? v.variable.value : null));
  if (!tensors || tensors.some((t) => t === null)) {
    m.metUnknown = true;
    return UNKNOWN;
  }
  const known = tensors.flatMap((t) => t ?? []);
  return inScope(m, () =>
    carriedOut(m, (engine) => {
      build(m, instance, spec, known[0]?.shape ?? null);
      const weights = new Map(
        (instance.native.variables ?? []).map(({ variable }) => [variable.name.replace(/^.*\//, ''), variable.value]),
      );
      return tensorValue(spec.call(known, { config: configOf(m, instance, spec), weights, training }, m.operations, engine));
    }),
  );
}

function symbolicInput(args: CallArguments): Value {
  const [options] = args.positional;
  const shape = field(options, 'shape');
  const whole = field(options, 'batchShape');
  const sizes = listed(whole) ?? listed(shape);
  if (!sizes) return UNKNOWN;
  const dims = sizes.map((v) => (v.kind === 'number' ? v.value : null));
  return { kind: 'symbolic', id: newTensorId(), shape: listed(whole) ? dims : [null, ...dims], dtype: 'float32', origin: null };
}

/** The shape comes of calling the layer on a tensor of which nothing else is known. */
function symbolicCall(m: Machine, instance: InstanceValue, spec: ScriptLayer, given: Value, inputs: readonly Value[]): Value {
  const stand = (v: Value): Tensor | null =>
    v.kind === 'symbolic' ? m.backend.opaque(v.shape && v.shape.map((d) => d ?? 1), v.dtype) : null;
  const tensors = inputs.map(stand);
  if (tensors.some((t) => t === null)) return UNKNOWN;
  const known = tensors.flatMap((t) => t ?? []);
  return carriedOut(m, (engine) => {
    build(m, instance, spec, known[0]?.shape ?? null);
    const weights = new Map((instance.native.variables ?? []).map(({ variable }) => [variable.name.replace(/^.*\//, ''), variable.value]));
    const y = engine.unrecorded(() =>
      spec.call(known, { config: configOf(m, instance, spec), weights, training: false }, m.operations, engine),
    );
    const [, ...rest] = y.shape ?? [];
    return {
      kind: 'symbolic',
      id: newTensorId(),
      shape: y.shape && [null, ...rest],
      dtype: 'float32',
      origin: { layer: instance, inputs: given, count: 1, names: [], output: 0 },
    } satisfies SymbolicValue;
  });
}

const weightObject = ({ variable }: VariableValue): Value =>
  dictionary([
    [string('val'), { kind: 'variable', variable }],
    [string('name'), string(variable.name)],
    [string('trainable'), boolean(variable.trainable)],
    [string('shape'), list(variable.value.shape && variable.value.shape.map((d) => float(d)))],
    [string('read'), native('read', () => ({ kind: 'variable', variable }))],
  ]);

const trainingOf = (m: Machine, options: Value | undefined): boolean => truth(m, field(options, 'training')) === true;

function layerMember(m: Machine, instance: InstanceValue, spec: ScriptLayer, name: string): Value | null {
  if (name === 'apply' || name === 'call')
    return native(name, (args) => callLayer(m, instance, spec, args.positional[0] ?? UNKNOWN, trainingOf(m, args.positional[1])));
  if (name === 'build')
    return native(name, (args) => {
      const shape = listed(args.positional[0] ?? UNKNOWN)?.map((v) => (v.kind === 'number' ? v.value : null)) ?? null;
      return carriedOut(m, () => (build(m, instance, spec, shape), UNDEFINED));
    });
  return weightMember(m, name, () => instance.native.variables ?? []);
}

/** What layers and models say of their weights. */
function weightMember(m: Machine, name: string, all: () => readonly VariableValue[]): Value | null {
  const trainable = () => all().filter((v) => v.variable.trainable);
  if (name === 'weights') return list(all().map(weightObject));
  if (name === 'trainableWeights') return list(trainable().map(weightObject));
  if (name === 'nonTrainableWeights')
    return list(
      all()
        .filter((v) => !v.variable.trainable)
        .map(weightObject),
    );
  if (name === 'getWeights')
    return native(name, (args) => {
      const only = args.positional[0] ? truth(m, args.positional[0]) : false;
      return only === null ? UNKNOWN : list(only ? trainable() : all());
    });
  if (name === 'setWeights')
    return native(name, () => {
      for (const { variable } of all()) m.assign(variable, m.backend.opaque(variable.value.shape, variable.value.dtype));
      return UNDEFINED;
    });
  if (name === 'trainable') return boolean(true);
  if (name === 'dispose') return native(name, () => UNDEFINED);
  return null;
}

// ------------------------------------------------------------------------------------------------ models

interface Graph {
  readonly inputs: Value;
  readonly outputs: Value;
}

function newModel(m: Machine, layers: readonly Value[] | null, graph: Graph | null): Value {
  const instance: InstanceValue = {
    kind: 'instance',
    type: nativeClass('model of TensorFlow.js', {
      construct: () => undefined,
      attribute: (self, name) => modelMember(m, self, name),
    }),
    attributes: new Map(),
    native: { layers: [], ...(graph && { functional: graph }) },
  };
  for (const layer of layers ?? []) add(m, instance, layer);
  return instance;
}

/** Adds a layer; the first says what the input is, and with it every layer is built. */
function add(m: Machine, model: InstanceValue, layer: Value): void {
  const before = model.native.layers ?? [];
  m.journal.set(model, 'native', { ...model.native, layers: [...before, layer] });
  if (layer.kind !== 'instance') return;
  const declared = before.length === 0 ? declaredShape(optionsOf(layer)) : model.attributes.get('output shape');
  const shape = declared && 'kind' in declared ? (declared.kind === 'shape' ? declared.shape : undefined) : declared;
  if (!shape) return;
  const start: SymbolicValue = { kind: 'symbolic', id: newTensorId(), shape, dtype: 'float32', origin: null };
  const after = callPart(m, layer, start, false);
  if (after.kind === 'symbolic') m.journal.put(model.attributes, 'output shape', { kind: 'shape', shape: after.shape });
}

function callPart(m: Machine, part: Value, given: Value, training: boolean): Value {
  if (part.kind !== 'instance') {
    m.metUnknown = true;
    return UNKNOWN;
  }
  const apply = part.type.native?.attribute(part, 'apply');
  if (apply?.kind !== 'native') return UNKNOWN;
  const options = dictionary([[string('training'), boolean(training)]]);
  return apply.call(plainCall(m, [given, options]));
}

function callModel(m: Machine, model: InstanceValue, given: Value, training: boolean): Value {
  const { functional } = model.native;
  if (!functional)
    return (model.native.layers ?? []).reduce<Value>((x, layer) => (x.kind === 'unknown' ? x : callPart(m, layer, x, training)), given);
  const known = new Map<number, Value>();
  const starts = functional.inputs.kind === 'list' ? (functional.inputs.items ?? []) : [functional.inputs];
  const values = functional.inputs.kind === 'list' ? (listed(given) ?? []) : [given];
  starts.forEach((s, i) => s.kind === 'symbolic' && known.set(s.id, values[i] ?? UNKNOWN));
  const valueOf = (v: Value): Value => {
    if (v.kind === 'list') return { ...v, items: v.items && v.items.map(valueOf) };
    if (v.kind !== 'symbolic') return v;
    const found = known.get(v.id);
    if (found) return found;
    const made = v.origin ? callPart(m, v.origin.layer, valueOf(v.origin.inputs), training) : UNKNOWN;
    known.set(v.id, made);
    return made;
  };
  return valueOf(functional.outputs);
}

function partsOf(model: InstanceValue): readonly InstanceValue[] {
  const found = new Set<InstanceValue>();
  const visit = (v: Value): void => {
    if (v.kind === 'list') v.items?.forEach(visit);
    else if (v.kind === 'symbolic' && v.origin) {
      visit(v.origin.inputs);
      if (v.origin.layer.kind === 'instance') found.add(v.origin.layer);
    }
  };
  for (const layer of model.native.layers ?? []) if (layer.kind === 'instance') found.add(layer);
  if (model.native.functional) visit(model.native.functional.outputs);
  return [...found];
}
const variablesOf = (part: InstanceValue): readonly VariableValue[] =>
  part.native.functional || part.native.layers ? partsOf(part).flatMap(variablesOf) : (part.native.variables ?? []);

const promise = (value: Value): Value => ({ kind: 'promise', value });

function modelMember(m: Machine, model: InstanceValue, name: string): Value | null {
  switch (name) {
    case 'add':
      return native(name, (args) => (add(m, model, args.positional[0] ?? UNKNOWN), UNDEFINED));
    case 'apply':
    case 'call':
      return native(name, (args) => callModel(m, model, args.positional[0] ?? UNKNOWN, trainingOf(m, args.positional[1])));
    case 'predict':
    case 'predictOnBatch':
      return native(name, (args) => inScope(m, () => predicted(m, callModel(m, model, args.positional[0] ?? UNKNOWN, false))));
    case 'layers':
      return list(partsOf(model));
    case 'compile':
    case 'summary':
      return native(name, () => UNDEFINED);
    case 'fit':
    case 'fitDataset':
    case 'trainOnBatch':
      return native(name, () => {
        for (const { variable } of variablesOf(model)) m.assign(variable, m.backend.opaque(variable.value.shape, variable.value.dtype));
        return promise(UNKNOWN);
      });
    case 'outputs':
    case 'inputs':
      return model.native.functional ? model.native.functional[name] : UNKNOWN;
    default:
      return weightMember(m, name, () => variablesOf(model));
  }
}

/** The batches' predictions are joined again. */
const predicted = (m: Machine, value: Value): Value =>
  value.kind === 'tensor' ? carriedOut(m, () => tensorValue(m.operations.identity(value.tensor))) : value;
