// Keras layers, losses and initializers as tables: configuration, weights and calls, written out of ops. The class protocol (names, tracking, building) is each skin's.
import { Arguments, callFunction, findFunction } from '../api/function.ts';
import { bindDefaults } from '../api/signature.ts';
import { Callable, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import type { DType, Shape, Tensor, Variable } from '../tensor.ts';

export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  /** A name, or what `tf.keras.initializers` gives. */
  readonly initializer: Value;
  readonly trainable: boolean;
}

export interface LayerCall {
  readonly config: Arguments;
  /** By their names in `build`. */
  readonly weights: ReadonlyMap<string, Variable>;
  readonly training: boolean;
}

export interface LayerSpec {
  readonly name: string;
  /** The constructor's signature, in Python. */
  readonly signature: string;
  /** The weights for an input of this shape (for a layer of many inputs, the first's). */
  readonly build?: (config: Arguments, input: Shape) => readonly WeightSpec[];
  /** One input, or with `many` a list of them. */
  readonly call: (inputs: readonly Tensor[], c: LayerCall, o: Operations) => Tensor;
  readonly many?: boolean;
  /** False for layers that take integer inputs as they are (`Embedding`); the others cast floating inputs to the layer's dtype. */
  readonly autocast?: boolean;
}

const layers = new Map<string, LayerSpec>();
export const layer = (name: string, spec: Omit<LayerSpec, 'name'>): void => void layers.set(name, { ...spec, name });
/** By class name: `Dense`. */
export const findLayer = (name: string): LayerSpec | undefined => layers.get(name);
export const allLayers = (): readonly LayerSpec[] => [...layers.values()];

/** Applies what an `activation=` argument says: None, a name, or a function. */
export function activate(activation: Value, x: Tensor, o: Operations): Tensor {
  if (activation === null) return x;
  const definition = typeof activation === 'string' ? findFunction(`tf.keras.activations.${activation}`) : undefined;
  if (definition) return callFunction(definition, bindDefaults(definition.signature, [x]), o) as Tensor;
  if (activation instanceof Callable) return activation.call([x]) as Tensor;
  throw new OpError(
    'ValueError',
    `Unknown activation function: '${String(activation)}'. Please ensure you are using a \`keras.utils.custom_object_scope\``,
  );
}

// ------------------------------------------------------------------------------------------------ initializers

export interface InitializerSpec {
  readonly name: string;
  readonly signature: string;
  readonly make: (config: Arguments, shape: Shape, dtype: DType, o: Operations) => Tensor;
}
const initializers = new Map<string, InitializerSpec>();
/** `names`: the class name first, then the short name. */
export const initializer = (names: readonly string[], spec: Omit<InitializerSpec, 'name'>): void => {
  for (const name of names) initializers.set(name, { ...spec, name: names[0] ?? '' });
};
export const findInitializer = (name: string): InitializerSpec | undefined => initializers.get(name);
export const allInitializers = (): readonly InitializerSpec[] => [...new Set(initializers.values())];
export const initializerNames = (): readonly string[] => [...initializers.keys()];

/** The first value of a weight. */
export function initialValue(given: Value, shape: Shape, dtype: DType, o: Operations): Tensor {
  if (given instanceof Callable) return given.call([shape as Value]) as Tensor;
  const spec = typeof given === 'string' ? findInitializer(given) : undefined;
  if (!spec) throw new OpError('ValueError', `Unknown initializer: '${String(given)}'.`);
  return spec.make(new Arguments(bindDefaults(spec.signature, []), o), shape, dtype, o);
}

// ------------------------------------------------------------------------------------------------ losses as classes

export interface LossSpec {
  /** `MeanSquaredError`. */
  readonly name: string;
  /** The function that it wraps: `tf.keras.losses.mean_squared_error`. */
  readonly function: string;
  /** The constructor's arguments besides `reduction` and `name`, which are the function's too. */
  readonly extra: string;
}
const losses = new Map<string, LossSpec>();
export const lossClass = (name: string, functionName: string, extra = ''): void =>
  void losses.set(name, { name, function: `tf.keras.losses.${functionName}`, extra });
export const findLoss = (name: string): LossSpec | undefined => losses.get(name);
export const allLosses = (): readonly LossSpec[] => [...losses.values()];
export const lossSignature = (spec: LossSpec): string => [spec.extra, 'reduction="auto"', 'name=None'].filter(Boolean).join(', ');

/** Weighs the losses of single examples and reduces them as Keras 2.15 does. */
export function reduceLoss(losses: Tensor, sampleWeight: Tensor | null, reduction: string, o: Operations): Tensor {
  const weighted = o.mul(losses, sampleWeight ?? 1);
  if (reduction === 'none') return weighted;
  const total = o.sum(weighted);
  if (reduction === 'sum') return total;
  const count = losses.shape?.reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
  return o.divNoNan(total, o.full(count, [], losses.dtype));
}
