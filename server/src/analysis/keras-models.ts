// Keras models: subclassed, functional and sequential.
import { callValue, unknownCall } from './call.ts';
import { plainCall, unknownTensor } from './convert.ts';
import { items } from './iterate.ts';
import { nativeClass } from './keras-classes.ts';
import { callSubclass, dimensions, isLayer, makesWeights, withTraining } from './keras-layers.ts';
import { castLike, Evaluation, evaluateSymbolic, isSymbolic, layersBetween, symbol, symbolicLayer } from './keras-symbols.ts';
import type { Machine } from './machine.ts';
import { flatten } from './structure.ts';
import { type CallArguments, type ClassValue, type InstanceValue, list, native, NONE, UNKNOWN, type Value } from './values.ts';

export function modelClass(m: Machine, layer: ClassValue): ClassValue {
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

function callFunctional(m: Machine, instance: InstanceValue, args: CallArguments): Value {
  const { functional } = instance.native;
  const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
  if (!functional || isSymbolic(given)) return symbolicLayer(m, instance, args);
  const [names, values] = [flatten(functional.inputs), flatten(given)];
  if (!names || !values || names.length !== values.length) return unknownTensor(m);
  const known = new Map<number, Value>();
  names.forEach((n, i) => {
    if (n.kind === 'symbolic') known.set(n.id, castLike(m, values[i] ?? UNKNOWN, n));
  });
  const training = args.keywords.get('training') ?? args.positional[1] ?? m.training.at(-1);
  return withTraining(m, training, () => evaluateSymbolic(m, functional.outputs, new Evaluation(known, training)));
}

export function sequentialClass(m: Machine, model: ClassValue): ClassValue {
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
      const given = args.positional[0] ?? args.keywords.get('inputs') ?? UNKNOWN;
      const training = args.keywords.get('training') ?? args.positional[1];
      const layers = instance.native.layers ?? [];
      if (layers.length === 0 && !instance.attributes.has('_input_shape')) return unknownCall(m, args);
      const value = withTraining(m, training, () =>
        layers.reduce((x, layer) => callValue(m, layer, { ...plainCall(m, [x]), site: args.site }), given),
      );
      m.journal.set(instance, 'native', { ...instance.native, built: true });
      return value;
    },
  });
}

const isBuilt = (instance: InstanceValue): boolean =>
  instance.native.built === true ||
  (instance.native.layers ?? []).every((l) => l.kind !== 'instance' || l.native.built === true || !makesWeights(l));

/** With a declared input shape the weights exist at once. */
function buildSequential(m: Machine, instance: InstanceValue): void {
  const declared = instance.attributes.get('_input_shape');
  if (declared?.kind !== 'shape') return;
  let value: Value = symbol(declared.shape, m.floatx, null);
  for (const layer of instance.native.layers ?? []) value = callValue(m, layer, plainCall(m, [value]));
  m.journal.set(instance, 'native', { ...instance.native, built: true });
}
