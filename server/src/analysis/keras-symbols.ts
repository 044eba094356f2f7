// KerasTensors: what `Input` gives, what calling layers and functions on it gives.
import type { Shape } from '../../../core/tensor.ts';
import { callValue } from './call.ts';
import { plainCall } from './convert.ts';
import { dimensions } from './keras-layers.ts';
import type { Machine } from './machine.ts';
import { dtypeOf } from './numpy/arrays.ts';
import { flatten, knownLeaves, pack } from './structure.ts';
import { type CallArguments, type InstanceValue, list, NONE, type SymbolicValue, tensorValue, UNKNOWN, type Value } from './values.ts';

let symbols = 0;
export const symbol = (shape: Shape, dtype: SymbolicValue['dtype'], origin: SymbolicValue['origin']): SymbolicValue => ({
  kind: 'symbolic',
  id: symbols++,
  shape,
  dtype,
  origin,
});

export const isSymbolic = (value: Value): boolean => knownLeaves(value).some((v) => v.kind === 'symbolic');

export function symbolicInput(m: Machine, args: CallArguments): Value {
  const whole = args.keywords.get('batch_shape') ?? args.keywords.get('batch_input_shape');
  const shape = args.keywords.get('shape') ?? args.keywords.get('input_shape') ?? args.positional[0] ?? NONE;
  const batch = args.keywords.get('batch_size') ?? args.positional[1] ?? NONE;
  const rest = shape.kind === 'none' ? [] : dimensions(shape);
  const dtype = dtypeOf(args.keywords.get('dtype')) ?? m.floatx;
  if (whole) return symbol(dimensions(whole), dtype, null);
  return symbol(rest && [batch.kind === 'number' ? batch.value : null, ...rest], dtype, null);
}

/** A call of a layer on symbolic tensors: its weights are made, its output's shape found by running it aside. */
export const symbolicLayer = (m: Machine, layer: InstanceValue, args: CallArguments): Value => symbolicResult(m, layer, args);

/** A function of TensorFlow's on symbolic tensors becomes a layer; one of TensorFlow.js' does not. */
export function symbolicCall(m: Machine, f: Value & { kind: 'native' }, args: CallArguments): Value | null {
  return m.language === 'python' && f.name.startsWith('tf.') && !args.open ? symbolicResult(m, f, args) : null;
}

function symbolicResult(m: Machine, layer: Value, args: CallArguments): Value {
  const names = [...args.keywords.keys()];
  const inputs = list([...args.positional, ...args.keywords.values()]);
  const leaves = flatten(inputs);
  if (!leaves) return UNKNOWN;
  const count = args.positional.length;
  const stand = pack(
    inputs,
    leaves.map((v) => (v.kind === 'symbolic' ? tensorValue(m.backend.opaque(v.shape, v.dtype)) : v)),
  );
  const tapes = m.eager.tapes;
  m.eager.tapes = [];
  let result: Value;
  try {
    result = m.eager.pause(() => callValue(m, layer, callOn(m, stand, count, names)));
  } finally {
    m.eager.tapes = tapes;
  }
  const make = (v: Value, output: number): Value =>
    v.kind === 'tensor' ? symbol(v.tensor.shape, v.tensor.dtype ?? m.floatx, { layer, inputs, count, names, output }) : v;
  const output = result.kind === 'list' && result.items ? { ...result, items: result.items.map(make) } : make(result, 0);
  // What `layer.input` and `layer.output` are: those of its first call.
  if (layer.kind === 'instance' && !layer.native.node)
    m.journal.set(layer, 'native', { ...layer.native, node: { input: argumentsAsGiven(inputs, count), output } });
  return output;
}

const argumentsAsGiven = (inputs: Value, count: number): Value => {
  const given = inputs.kind === 'list' ? (inputs.items ?? []).slice(0, count || undefined) : [];
  return given.length === 1 ? (given[0] ?? UNKNOWN) : list(given);
};

/** The arguments of a call, from what they have become in a list. */
export function callOn(m: Machine, inputs: Value, count: number, names: readonly string[]): CallArguments {
  const values = inputs.kind === 'list' ? (inputs.items ?? []) : [];
  return { ...plainCall(m, values.slice(0, count)), keywords: new Map(names.map((name, i) => [name, values[count + i] ?? UNKNOWN])) };
}
