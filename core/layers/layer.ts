// Keras layers as a table: configuration, weights and calls, written out of ops. The class protocol (names, tracking, building) is each skin's.
import { type Arguments, callFunction, findFunction } from '../api/function.ts';
import { bindDefaults } from '../api/signature.ts';
import { Callable, isVariable, UnknownArgument, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { Dimension, DType, Shape, Tensor, Variable } from '../tensor.ts';
import { findFunctionObject, initialValue, penalty } from './objects.ts';

export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  /** A name, or what `tf.keras.initializers` gives. */
  readonly initializer: Value;
  /** Where its first value is put together along its one axis: how long each part is, and what it starts with. */
  readonly parts?: readonly { readonly size: number; readonly initializer: Value }[];
  readonly trainable: boolean;
  /** None, a name, or what `tf.keras.regularizers` gives. */
  readonly regularizer?: Value;
  /** The argument that says what an optimizer makes of it after a step. */
  readonly constraint?: string;
}

export interface LayerCall {
  readonly config: Arguments;
  /** By their names in `build`: variables, or tensors that the program has put in their places. */
  readonly weights: ReadonlyMap<string, Variable | Tensor>;
  /** Undefined where it is not known. */
  readonly training: boolean | undefined;
  /** What the call was given besides, by `callSignature`. */
  readonly args: Arguments;
  readonly dtype: DType;
  /** Gives a weight a new value, which no tape sees. */
  readonly assign: (weight: Variable, value: Tensor) => void;
}

/** The masks of a layer's outputs, one of each or one alone, of its inputs and theirs. None where nothing is masked. */
export type MaskRule = (inputs: readonly Tensor[], masks: readonly (Tensor | null)[], config: Arguments, o: Operations) => Value;

export interface LayerSpec {
  /** The class name. */
  readonly name: string;
  /** The constructor's signature, in Python. */
  readonly signature: string;
  /** What a call takes after its input, in Python: `training=None` unless it says more. */
  readonly callSignature?: string;
  /** The weights for inputs of these shapes. */
  readonly build?: (config: Arguments, inputs: readonly Shape[], args: Arguments) => readonly WeightSpec[];
  /** One input, or with `many` a list of them, or either. Gives a tensor, or a list. */
  readonly call: (inputs: readonly Tensor[], c: LayerCall, o: Operations) => Value;
  readonly many?: true | 'or one';
  /** A layer that is frozen does not train, whatever it is told. */
  readonly frozenWithLayer?: true;
  /** Which steps of its outputs count (Keras: `compute_mask`): as its input says, or by a rule. A layer without it lets no mask through. */
  readonly mask?: 'passed on' | MaskRule;
  /** False for layers that take integer inputs as they are (`Embedding`); the others cast floating inputs to the layer's dtype. */
  readonly autocast?: boolean;
  /** What an object has besides its arguments and weights: a cell's `state_size`. */
  readonly attributes?: (config: Arguments) => Readonly<Record<string, Value>>;
  /** Layers that are made anew from one that is an argument, one argument of theirs turned around where `turned` names it. */
  readonly copies?: readonly { readonly name: string; readonly of: string; readonly turned?: string }[];
  /** The arguments that may be set on the object, where these are others than those of most layers. */
  readonly settable?: readonly string[];
}

const layers = new Map<string, LayerSpec>();
/** `names`: the class name, then others for the same class. */
export const layer = (names: string, spec: Omit<LayerSpec, 'name'>): void => {
  const [first = '', ...others] = names.split(' ');
  const made = { ...spec, name: first };
  for (const name of [first, ...others]) layers.set(name, made);
};
export const findLayer = (name: string): LayerSpec | undefined => layers.get(name);
/** By all their names. */
export const namedLayers = (): readonly (readonly [string, LayerSpec])[] => [...layers];

// ------------------------------------------------------------------------------------------------ what layers are written with

export const only = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
export const has = (c: LayerCall, name: string): boolean => c.weights.has(name);
/** Whether the bias is added: `use_bias` is read at every call. */
export function usesBias(c: LayerCall): boolean {
  if (!c.config.has('use_bias')) return has(c, 'bias');
  const asked = c.config.boolean('use_bias');
  if (asked && !has(c, 'bias')) throw new UnknownArgument();
  return asked;
}
/** A weight's value, read under the tapes. */
export function read(c: LayerCall, name: string, o: Operations): Tensor {
  const found = c.weights.get(name);
  if (!found) throw new UnknownArgument();
  return isVariable(found) ? o.eager.read(found) : found;
}
/** A weight that the layer gives new values. */
export function variable(c: LayerCall, name: string): Variable {
  const found = c.weights.get(name);
  if (!found || !isVariable(found)) throw new UnknownArgument();
  return found;
}

// ------------------------------------------------------------------------------------------------ what is set on a layer

/** Arguments that Keras reads off the object at every call. */
const READ_AT_CALLS: readonly string[] = [
  'activation',
  'recurrent_activation',
  'use_bias',
  'rate',
  'stddev',
  'epsilon',
  'momentum',
  'alpha',
  'max_value',
  'negative_slope',
  'threshold',
  'theta',
];
/** Whether `layer.name = ...` acts as if the constructor had been given it: at the next calls, or when the weights are made. */
export const isSettable = (spec: LayerSpec, name: string): boolean =>
  spec.settable?.includes(name) ?? (READ_AT_CALLS.includes(name) || /_(initializer|regularizer|constraint)$/.test(name));

/** A trainable weight whose initializer, regularizer and constraint are arguments named after it. */
export const weight = (config: Arguments, name: string, shape: Shape, of = name): WeightSpec => ({
  name,
  shape,
  initializer: config.value(`${of}_initializer`),
  regularizer: config.value(`${of}_regularizer`),
  constraint: `${of}_constraint`,
  trainable: true,
});

/** What a weight starts with. */
export const firstValue = ({ parts, initializer, shape }: WeightSpec, dtype: DType, o: Operations): Tensor =>
  parts
    ? o.concat(
        parts.map((part) => initialValue(part.initializer, [part.size], dtype, o)),
        0,
      )
    : initialValue(initializer, shape, dtype, o);

/** Adds the bias, if there is one, and applies the activation. */
export function finish(y: Tensor, c: LayerCall, o: Operations): Tensor {
  const biased = usesBias(c) ? o.apply('BiasAdd', [y, read(c, 'bias', o)]) : y;
  return activate(c.config.value('activation'), biased, o);
}

/** Whether the call is one of training; a layer that then does something else cannot go on where that is not known. */
export function trains(c: LayerCall): boolean {
  if (c.training === undefined) throw new UnknownArgument();
  return c.training;
}

const shown = (shape: readonly Dimension[]): string => `(${shape.map((d) => d ?? 'None').join(', ')}${shape.length === 1 ? ',' : ''})`;

/** Raises ValueError for an input of too low a rank, as Keras' InputSpec does. */
export function needsRank(input: Shape, name: string, { min, exactly }: { min?: number; exactly?: number }): void {
  if (input === null) return;
  const expected = exactly === undefined ? `min_ndim=${min}` : `ndim=${exactly}`;
  if (exactly === undefined ? input.length < (min ?? 0) : input.length !== exactly)
    throw new OpError(
      'ValueError',
      `Input 0 of layer "${name}" is incompatible with the layer: expected ${expected}, found ndim=${input.length}. Full shape received: ${shown(input)}`,
    );
}

/** Raises ValueError for a model's input whose sizes are not those declared, a last axis of size one left aside. Keras 2.15: engine/input_spec.py, assert_input_compatibility. */
export function needsDeclared(input: Shape, declared: Shape, name: string): void {
  if (input === null || declared === null) return;
  const squeezed = (shape: readonly Dimension[]): readonly Dimension[] => (shape.at(-1) === 1 ? shape.slice(0, -1) : shape);
  const given = squeezed(input);
  const differs = (d: Dimension, i: number): boolean => i > 0 && d !== null && (given[i] ?? null) !== null && d !== given[i];
  if (squeezed(declared).some(differs))
    throw new OpError(
      'ValueError',
      `Input 0 of layer "${name}" is incompatible with the layer: expected shape=${shown([null, ...declared.slice(1)])}, found shape=${shown(input)}`,
    );
}

/** A model's input with the last axis of size one that it was declared with, or without. Keras 2.15: engine/functional.py, _conform_to_reference_input. */
export function conform(input: Tensor, declared: Shape, o: Operations): Tensor {
  const [rank, wanted] = [input.shape?.length, declared?.length];
  if (rank === undefined || wanted === undefined) return input;
  if (rank === wanted + 1 && input.shape?.at(-1) === 1) return o.apply('Squeeze', [input], { axes: [wanted] });
  return rank === wanted - 1 && declared?.at(-1) === 1 ? o.expandDims(input, rank) : input;
}

/** What a layer's activity regularizer says of what it gave, per example; null where it has none. */
export function activityLoss(spec: LayerSpec, config: Arguments, y: Tensor, o: Operations): Tensor | null {
  const own = spec.name === 'ActivityRegularization';
  if (!own && !config.has('activity_regularizer')) return null;
  const found = own ? findFunctionObject('regularizers', 'L1L2')?.call(y, config, o) : penalty(config.value('activity_regularizer'), y, o);
  return found ? o.div(found, o.full(y.shape?.[0] ?? null, [], found.dtype)) : null;
}

export const product = (sizes: readonly Dimension[]): Dimension =>
  sizes.reduce<Dimension>((a, b) => (a === null || b === null ? null : a * b), 1);

/** Applies what an `activation=` argument says: None, a name, or a function. */
export function activate(activation: Value, x: Tensor, o: Operations): Tensor {
  if (activation === null) return x;
  const definition = typeof activation === 'string' ? findFunction(`tf.keras.activations.${activation}`) : undefined;
  if (definition) return callFunction(definition, bindDefaults(definition.signature, [x]), o) as Tensor;
  if (activation instanceof Callable) return activation.call([x]) as Tensor;
  throw new UnknownArgument();
}
