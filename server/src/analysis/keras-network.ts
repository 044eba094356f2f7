// The network between the inputs and outputs of a functional model: its layers in Keras' order, and one evaluation of it.
import { conform, needsDeclared } from '../../../core/layers/layer.ts';
import { callValue } from './call.ts';
import { asTensor, guarded } from './convert.ts';
import { anyInput, standInLayer } from './keras-layers.ts';
import { callOn } from './keras-symbols.ts';
import type { Machine } from './machine.ts';
import { flatten, pack } from './structure.ts';
import { type InstanceValue, type SymbolicValue, tensorValue, UNKNOWN, type Value } from './values.ts';

// ------------------------------------------------------------------------------------------------ layers

/** One call of a layer. */
interface NetworkNode {
  readonly layer: InstanceValue;
  readonly parents: readonly NetworkNode[];
}

/** The layers that stand for what is not one: inputs, and functions of TensorFlow's. */
const standIns = new WeakMap<object, InstanceValue>();
function standIn(m: Machine, of: object, name: string): InstanceValue {
  const made = standIns.get(of) ?? standInLayer(m, name);
  standIns.set(of, made);
  return made;
}

/**
 * The layers between inputs and outputs, those of the inputs too, the furthest from the outputs first; null where the graph is not known.
 * Source: Keras, engine/functional.py, _map_graph_network.
 */
export function layersBetween(m: Machine, inputs: Value, outputs: Value): readonly InstanceValue[] | null {
  const [given, wanted] = [flatten(inputs), flatten(outputs)];
  if (!given || !wanted) return null;
  const starts = new Set(given.map((v) => (v.kind === 'symbolic' ? v.id : -1)));
  const nodes = new Map<object, NetworkNode>();
  const order: NetworkNode[] = [];
  const met = new Map<InstanceValue, number>();
  let known = true;
  const visit = (value: Value): NetworkNode | null => {
    known &&= value.kind !== 'unknown';
    if (value.kind !== 'symbolic') return null;
    const origin = starts.has(value.id) ? null : value.origin;
    const key = origin?.inputs ?? value;
    const before = nodes.get(key);
    if (before) return before;
    const { layer } = origin ?? {};
    const own = layer?.kind === 'instance' ? layer : standIn(m, key, layer ? 'TFOpLambda' : 'InputLayer');
    if (!met.has(own)) met.set(own, met.size);
    const leaves = origin && (flatten(origin.inputs) ?? [UNKNOWN]);
    const node = { layer: own, parents: (leaves ?? []).flatMap((v) => visit(v) ?? []) };
    nodes.set(key, node);
    order.push(node);
    return node;
  };
  for (const output of wanted) visit(output);
  if (!known) return null;
  const depths = new Map<NetworkNode, number>();
  const layerDepths = new Map<InstanceValue, number>();
  for (const node of order.reverse()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    layerDepths.set(node.layer, depth);
    for (const parent of node.parents) depths.set(parent, Math.max(depth + 1, depths.get(parent) ?? 0));
  }
  // Inputs that lead nowhere.
  for (const input of given) {
    const own = input.kind === 'symbolic' ? standIn(m, input, 'InputLayer') : null;
    if (own && !layerDepths.has(own)) {
      layerDepths.set(own, 0);
      met.set(own, -1);
    }
  }
  return [...layerDepths.keys()].sort(
    (a, b) => (layerDepths.get(b) ?? 0) - (layerDepths.get(a) ?? 0) || (met.get(a) ?? 0) - (met.get(b) ?? 0),
  );
}

// ------------------------------------------------------------------------------------------------ evaluation

/** One evaluation of a model: the values of its inputs by their ids, and what each call on the way gave. */
export class Evaluation {
  private readonly results = new Map<Value, Value>();

  constructor(
    private readonly m: Machine,
    private readonly inputs: ReadonlyMap<number, Value>,
    private readonly training: Value | undefined,
  ) {}

  /** What a symbolic value, or a structure of them, has become. */
  of(value: Value): Value {
    if (value.kind === 'list' && value.items) return { ...value, items: value.items.map((v) => this.of(v)) };
    if (value.kind === 'dictionary' && value.entries)
      return pack(
        value,
        (flatten(value) ?? []).map((v) => this.of(v)),
      );
    if (value.kind !== 'symbolic') return value;
    const given = this.inputs.get(value.id);
    if (given) return given;
    if (value.origin === null) return UNKNOWN;
    const result = this.call(value.origin);
    return result.kind === 'list' && result.items ? (result.items[value.origin.output] ?? UNKNOWN) : result;
  }

  /** A call with several outputs is made once. */
  private call({ layer, inputs, count, names }: NonNullable<SymbolicValue['origin']>): Value {
    const before = this.results.get(inputs);
    if (before) return before;
    const call = callOn(this.m, this.of(inputs), count, names);
    const { training } = this;
    const trained = training && layer.kind === 'instance' && !call.keywords.has('training');
    const result = callValue(this.m, layer, trained ? { ...call, keywords: new Map([...call.keywords, ['training', training]]) } : call);
    this.results.set(inputs, result);
    return result;
  }
}

/** An input of a functional model as it was declared: of its dtype, and with a last axis of size one or without. What is no tensor yet, or a variable, keeps its axes. */
export function conformed(m: Machine, model: InstanceValue, value: Value, declared: SymbolicValue): Value {
  return guarded(m, () => {
    const tensor = value.kind === 'unknown' ? anyInput(m, declared.dtype) : asTensor(m, value);
    if (!tensor) return UNKNOWN;
    needsDeclared(tensor.shape, declared.shape, model.native.name ?? 'model');
    return tensorValue(
      m.operations.cast(value.kind === 'variable' ? tensor : conform(tensor, declared.shape, m.operations), declared.dtype),
    );
  });
}
