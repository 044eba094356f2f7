// Keras models: subclassed, functional and sequential.
import type { Tensor } from '../../../core/tensor.ts';
import { callValue, unknownCall } from './call.ts';
import { plainCall, unknownTensor } from './convert.ts';
import { items } from './iterate.ts';
import { nativeClass } from './keras-classes.ts';
import { callSubclass, dimensions, withTraining } from './keras-layers.ts';
import { nameLayer } from './keras-names.ts';
import { conformed, Evaluation, layersBetween } from './keras-network.ts';
import { isSymbolic, symbol, symbolicLayer } from './keras-symbols.ts';
import { trainingAttribute } from './keras-training.ts';
import { isLayer } from './tracking.ts';
import type { Machine } from './machine.ts';
import { flatten } from './structure.ts';
import { type CallArguments, type ClassValue, type InstanceValue, list, native, NONE, UNKNOWN, type Value } from './values.ts';

export function modelClass(m: Machine, layer: ClassValue): ClassValue {
  return nativeClass('Model', [layer], {
    construct: (instance, args) => {
      nameLayer(m, instance, args);
      const inputs = args.keywords.get('inputs') ?? args.positional[0];
      const outputs = args.keywords.get('outputs') ?? args.positional[1];
      if (!inputs || !outputs) return;
      const layers = layersBetween(m, inputs, outputs) ?? [UNKNOWN];
      m.journal.set(instance, 'native', { ...instance.native, functional: { inputs, outputs }, layers, built: true });
    },
    attribute: (instance, name) => modelAttribute(m, instance, name) ?? trainingAttribute(m, instance, name),
    call: (instance, args) => (instance.native.functional ? callFunctional(m, instance, args) : callSubclass(m, instance, args)),
  });
}

function modelAttribute(m: Machine, instance: InstanceValue, name: string): Value | null {
  switch (name) {
    case 'layers':
      return list(layersOf(instance));
    case 'input':
    case 'output':
    case 'inputs':
    case 'outputs': {
      const which = name.startsWith('in') ? 'input' : 'output';
      const found = networkOf(m, instance)?.[`${which}s`] ?? nodeOf(m, instance, which);
      return name === which ? found : list(flatten(found));
    }
    case 'get_layer':
      return native(name, (args) => layerNamed(m, layersOf(instance), args));
    default:
      return null;
  }
}

const layersOf = (model: InstanceValue): readonly Value[] =>
  model.native.layers ?? [...model.attributes.values()].filter((v) => v.kind === 'instance' && isLayer(v));

function layerNamed(m: Machine, layers: readonly Value[], args: CallArguments): Value {
  const index = args.keywords.get('index') ?? args.positional[1];
  if (index?.kind === 'number') return index.value === null ? UNKNOWN : (layers[index.value] ?? UNKNOWN);
  const name = args.keywords.get('name') ?? args.positional[0];
  const names = layers.map((l) => (l.kind === 'instance' ? l.native.name : null) ?? null);
  if (name?.kind !== 'string' || name.value === null) return UNKNOWN;
  const found = layers[names.indexOf(name.value)];
  if (found || names.includes(null)) return found ?? UNKNOWN;
  return m.raise('ValueError', `No such layer: ${name.value}. Existing layers are: [${names.map((n) => `'${n}'`).join(', ')}].`, null);
}

/** `layer.input` and `layer.output`: those of its first call on KerasTensors. */
export function nodeOf(m: Machine, layer: InstanceValue, which: 'input' | 'output'): Value {
  if (!layer.native.node && layer.native.inferred) networkOf(m, layer.native.inferred.model);
  return layer.native.node?.[which] ?? UNKNOWN;
}

function callFunctional(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const { functional } = instance.native;
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
  if (!functional || isSymbolic(given)) return symbolicLayer(m, instance, args);
  const [names, values] = [flatten(functional.inputs), flatten(given)];
  if (!names || !values || names.length !== values.length) return unknownTensor(m);
  const known = new Map<number, Value>();
  names.forEach((n, i) => {
    if (n.kind === 'symbolic') known.set(n.id, conformed(m, instance, values[i] ?? UNKNOWN, n));
  });
  const training = args.keywords.get('training') ?? args.positional[1] ?? m.training.at(-1);
  return withTraining(m, training, () => new Evaluation(m, known, training).of(functional.outputs));
}

// ------------------------------------------------------------------------------------------------ sequential

export function sequentialClass(m: Machine, model: ClassValue): ClassValue {
  return nativeClass('Sequential', [model], {
    construct: (instance, args) => {
      nameLayer(m, instance, args);
      m.journal.set(instance, 'native', { ...instance.native, layers: [] });
      const given = args.positional[0] ?? args.keywords.get('layers') ?? NONE;
      const found = given.kind === 'none' ? [] : items(m, given);
      if (found === null) m.journal.set(instance, 'native', { ...instance.native, layers: [UNKNOWN] });
      else for (const layer of found) add(m, instance, layer);
    },
    attribute: (instance, name) => sequentialAttribute(m, instance, name),
    call: (instance, args) => callSequential(m, instance, args),
  });
}

function sequentialAttribute(m: Machine, instance: InstanceValue, name: string): Value | null {
  switch (name) {
    case 'add':
      return native(name, (args) => (add(m, instance, args.positional[0] ?? args.keywords.get('layer') ?? UNKNOWN), NONE));
    case 'pop':
      return native(name, () => (pop(m, instance), NONE));
    case 'build':
      return native(name, (args) => {
        const shape = dimensions(args.positional[0] ?? args.keywords.get('input_shape') ?? UNKNOWN);
        if (!instance.native.functional) connect(m, instance, symbol(shape, m.floatx, null));
        return NONE;
      });
    default:
      return null;
  }
}

/** Adds a layer; where what comes in is known, so is what goes out, and the weights are made. */
function add(m: Machine, model: InstanceValue, layer: Value): void {
  const before = model.native.layers ?? [];
  const { functional } = model.native;
  if (layer.kind !== 'symbolic') m.journal.set(model, 'native', { ...model.native, layers: [...before, layer] });
  if (functional) extend(m, model, functional.inputs, callValue(m, layer, plainCall(m, [functional.outputs])));
  else if (before.length === 0) {
    const input = layer.kind === 'symbolic' ? layer : declaredInput(m, layer);
    if (input) connect(m, model, input);
  }
}

function pop(m: Machine, model: InstanceValue): void {
  const layers = (model.native.layers ?? []).slice(0, -1);
  m.journal.set(model, 'native', { ...model.native, layers });
  const [last, { functional }] = [layers.at(-1), model.native];
  if (functional) extend(m, model, functional.inputs, last?.kind === 'instance' ? nodeOf(m, last, 'output') : functional.inputs);
}

/** The input that a first layer declares, or the first layer of a first model; null where it declares none. */
function declaredInput(m: Machine, layer: Value): Value | null {
  if (layer.kind !== 'instance') return null;
  const declared = layer.attributes.get('_declared_shape');
  if (declared?.kind === 'shape') return symbol(declared.shape, m.floatx, null);
  const inputs = layer.native.functional?.inputs;
  if (inputs?.kind === 'symbolic') return symbol(inputs.shape, inputs.dtype, null);
  const [first] = isLayer(layer) ? (layer.native.layers ?? []) : [];
  return first ? declaredInput(m, first) : null;
}

const extend = (m: Machine, model: InstanceValue, inputs: Value, outputs: Value): void =>
  m.journal.set(model, 'native', { ...model.native, functional: { inputs, outputs }, built: true });

/** Makes the network of a model's layers, one after the other. */
function connect(m: Machine, model: InstanceValue, input: Value): void {
  extend(
    m,
    model,
    input,
    (model.native.layers ?? []).reduce<Value>((x, layer) => callValue(m, layer, plainCall(m, [x])), input),
  );
}

/** The network of a functional or sequential model, made now where the shape of the inputs came with the calls. */
function networkOf(m: Machine, model: InstanceValue): InstanceValue['native']['functional'] {
  const { functional, inferred } = model.native;
  if (!functional && inferred?.model === model) connect(m, model, symbol(inferred.shape, inferred.dtype, null));
  return model.native.functional;
}

function callSequential(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
  const training = args.keywords.get('training') ?? args.positional[1];
  const layers = instance.native.layers ?? [];
  if (layers.length === 0 && !instance.native.functional) return unknownCall(m, args);
  if (isSymbolic(given)) return symbolicLayer(m, instance, args);
  const declared = instance.native.inferred ? undefined : instance.native.functional?.inputs;
  const input = declared?.kind === 'symbolic' ? conformed(m, instance, given, declared) : given;
  const value = withTraining(m, training, () =>
    layers.reduce((x, layer) => callValue(m, layer, { ...plainCall(m, [x]), site: args.site }), input),
  );
  if (given.kind === 'tensor') infer(m, instance, given.tensor);
  m.journal.set(instance, 'native', { ...instance.native, built: true });
  return value;
}

/** Keeps the shape that a model without a declared input is called on; of several, what they have in common. */
function infer(m: Machine, model: InstanceValue, { shape, dtype }: Tensor): void {
  const { functional, inferred } = model.native;
  if (functional && !inferred) return;
  const before = inferred?.shape;
  const common = before && shape && before.length === shape.length ? before.map((d, i) => (d === shape[i] ? d : null)) : shape;
  if (before && common && before.every((d, i) => d === common[i])) return;
  const next = { model, shape: common, dtype: dtype ?? m.floatx };
  m.journal.set(model, 'native', { ...model.native, functional: undefined, inferred: next });
  for (const layer of model.native.layers ?? [])
    if (layer.kind === 'instance' && (!layer.native.node || layer.native.inferred?.model === model))
      m.journal.set(layer, 'native', { ...layer.native, inferred: next, node: undefined });
}
