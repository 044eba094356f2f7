// Which variables modules, layers and models track, in TensorFlow's order. Sources: TensorFlow, python/module/module.py, _flatten_module; Keras, engine/base_layer.py and training.py.
import type { Variable } from '../../../core/tensor.ts';
import type { Machine } from './machine.ts';
import { truth } from './operators.ts';
import { flatten } from './structure.ts';
import { type InstanceValue, TRUE, type Value, type VariableValue } from './values.ts';

const isA = (value: Value, name: string): value is InstanceValue =>
  value.kind === 'instance' && value.type.bases.some((c) => c.name === name && c.native);
export const isLayer = (value: Value): value is InstanceValue => isA(value, 'Layer');
/** Metrics are layers whose variables nobody here knows. */
export const isMetric = (value: Value): boolean => isA(value, 'Metric');
export const isModel = (value: Value): boolean => isA(value, 'Model');
const isModule = (value: Value): value is InstanceValue => isA(value, 'Module') || isLayer(value);

// ------------------------------------------------------------------------------------------------ what is inside

/** A layer's own variables, in the order it got them. */
export const ownVariables = (layer: InstanceValue): readonly VariableValue[] => layer.native.variables ?? [];

/** Layers, and what has layers in it, in the order a layer got them. */
const childrenOf = (layer: InstanceValue): readonly Value[] => [...(layer.native.layers ?? []), ...(layer.native.tracked ?? [])];

/** A module's attributes by name. */
const attributesOf = (module: InstanceValue): readonly Value[] =>
  [...module.attributes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

const insideOf = (module: InstanceValue): readonly Value[] => (isLayer(module) ? childrenOf(module) : attributesOf(module));

/** Whether there may be variables inside of which nothing is known. */
export function isOpen(module: InstanceValue): boolean {
  const seen = new Set<Value>();
  const openIn = (value: Value): boolean => {
    if (seen.has(value)) return false;
    if (value.kind === 'unknown') return true;
    seen.add(value);
    if (value.kind === 'list') return value.items === null || value.items.some(openIn);
    if (value.kind === 'dictionary') return value.entries === null || [...value.entries.values()].some((e) => openIn(e.value));
    return isModule(value) && (value.type.open || value.native.uncertain === true || insideOf(value).some(openIn));
  };
  return openIn(module);
}

/** Every layer below a value, itself included. */
export function layersIn(value: Value, seen = new Set<Value>()): InstanceValue[] {
  if (seen.has(value)) return [];
  seen.add(value);
  if (value.kind === 'list') return (value.items ?? []).flatMap((v) => layersIn(v, seen));
  if (value.kind === 'dictionary') return [...(value.entries?.values() ?? [])].flatMap((e) => layersIn(e.value, seen));
  return isLayer(value) ? [value, ...childrenOf(value).flatMap((v) => layersIn(v, seen))] : [];
}

// ------------------------------------------------------------------------------------------------ variables

function unique(found: readonly VariableValue[]): VariableValue[] {
  return [...new Map(found.map((v) => [v.variable.handle.id, v])).values()];
}

/** The layers that give a model's outputs: a list that Keras keeps, and that stands before the list of all layers. */
function outputLayersOf(model: InstanceValue): readonly Value[] {
  const { functional, inferred, layers = [] } = model.native;
  if (!functional) return inferred?.model === model ? layers.slice(-1) : [];
  return (flatten(functional.outputs) ?? []).flatMap((v) => (v.kind === 'symbolic' && v.origin ? [v.origin.layer] : []));
}

/** A module's variables: its own first, then those of the modules inside. */
export function variablesOfModule(module: InstanceValue, seen = new Set<Value>()): VariableValue[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const leaves = isLayer(module)
    ? [
        ...ownVariables(module).filter((v) => !v.variable.trainable),
        ...ownVariables(module),
        ...outputLayersOf(module),
        ...childrenOf(module).flatMap((v) => flatten(v) ?? []),
      ]
    : attributesOf(module).flatMap((v) => flatten(v) ?? []);
  const own = leaves.flatMap((v) => (v.kind === 'variable' ? [v] : []));
  return unique([...own, ...leaves.flatMap((v) => (isModule(v) ? variablesOfModule(v, seen) : []))]);
}

export const isTrainable = (m: Machine, layer: InstanceValue): boolean => truth(m, layer.attributes.get('trainable') ?? TRUE) !== false;

type Kind = 'trainable' | 'non-trainable' | 'all';

/** A layer's variables of a kind. A model names those of its layers first, a layer its own. */
export function variablesOf(m: Machine, layer: InstanceValue, kind: Kind, running: readonly Value[] = []): VariableValue[] {
  if (running.includes(layer)) return [];
  const below = (of: Kind): VariableValue[] => childrenOf(layer).flatMap((v) => variablesIn(m, v, of, [...running, layer]));
  const [own, frozen] = [ownVariables(layer).filter((v) => v.variable.trainable), ownVariables(layer).filter((v) => !v.variable.trainable)];
  const trains = isTrainable(m, layer);
  switch (kind) {
    case 'trainable':
      if (!trains) return [];
      return unique(isModel(layer) ? [...below(kind), ...own] : [...own, ...below(kind)]);
    case 'non-trainable':
      if (isModel(layer)) return unique(trains ? [...below(kind), ...frozen] : [...below('trainable'), ...own, ...below(kind), ...frozen]);
      return unique(trains ? [...frozen, ...below(kind)] : [...own, ...frozen, ...below('all')]);
    case 'all':
      if (isModel(layer)) return unique([...below(kind), ...own, ...frozen]);
      return unique([...variablesOf(m, layer, 'trainable', running), ...variablesOf(m, layer, 'non-trainable', running)]);
  }
}

/** The variables of a layer, or of layers in a structure. */
function variablesIn(m: Machine, value: Value, kind: Kind, running: readonly Value[]): VariableValue[] {
  if (isLayer(value)) return variablesOf(m, value, kind, running);
  if (isModule(value)) return variablesOfModule(value).filter((v) => isOfKind(v.variable, kind));
  const leaves = value.kind === 'list' || value.kind === 'dictionary' ? (flatten(value) ?? []) : [];
  const variables = leaves.flatMap((v) => (v.kind === 'variable' && isOfKind(v.variable, kind) ? [v] : []));
  return [...leaves.flatMap((v) => (v.kind === 'instance' ? variablesIn(m, v, kind, running) : [])), ...variables];
}
const isOfKind = (variable: Variable, kind: Kind): boolean => kind === 'all' || variable.trainable === (kind === 'trainable');

// ------------------------------------------------------------------------------------------------ keeping track

/** Keeps what a layer's new attribute has in it. */
export function trackAttribute(m: Machine, object: InstanceValue, name: string, value: Value): void {
  if (!isLayer(object)) return;
  if (name === 'trainable') {
    const nested = [...(object.native.layers ?? []), ...object.attributes.values()];
    for (const layer of nested) if (isLayer(layer)) m.journal.put(layer.attributes, 'trainable', value);
    return;
  }
  const before = object.attributes.get(name);
  const { tracked = [], variables = [] } = object.native;
  const isElsewhere = [...object.attributes].some(([other, v]) => other !== name && v === before);
  const left = before && !isElsewhere ? tracked.filter((v) => v !== before) : tracked;
  // A variable takes the place of the one that was there; anything else leaves the place empty.
  const kept =
    before?.kind !== 'variable'
      ? variables
      : value.kind === 'variable'
        ? variables.map((v) => (v === before ? value : v))
        : variables.filter((v) => v !== before || isElsewhere);
  const found = (flatten(value) ?? []).flatMap((v) => (v.kind === 'variable' ? [v] : []));
  const isTracked = value.kind === 'unknown' || value.kind === 'list' || value.kind === 'dictionary' || isModule(value);
  const next = isTracked && !left.includes(value) ? [...left, value] : left;
  // Two ways through the program that track the same leave the same state.
  if (next.length === tracked.length && kept === variables && found.length === 0 && next.every((v, i) => v === tracked[i])) return;
  m.journal.set(object, 'native', { ...object.native, tracked: next, variables: unique([...kept, ...found]) });
}
