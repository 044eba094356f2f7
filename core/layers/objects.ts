// Keras' small objects as tables: initializers, regularizers, constraints and losses. Each skin makes classes of them.
import { Arguments } from '../api/function.ts';
import { bindDefaults } from '../api/signature.ts';
import { Callable, UnknownArgument, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { type DType, isFloating, type Shape, type Tensor } from '../tensor.ts';

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
  if (!spec) throw new UnknownArgument();
  return spec.make(new Arguments(bindDefaults(spec.signature, []), o), shape, dtype, o);
}

// ------------------------------------------------------------------------------------------------ functions of one tensor

/** What `tf.keras.regularizers.L2(0.01)` and `tf.keras.constraints.MaxNorm(2)` are: functions of a weight. */
export interface FunctionSpec {
  readonly name: string;
  readonly signature: string;
  readonly call: (x: Tensor, config: Arguments, o: Operations) => Tensor;
}
export type FunctionKind = 'regularizers' | 'constraints';
const functions: Readonly<Record<FunctionKind, Map<string, FunctionSpec>>> = { regularizers: new Map(), constraints: new Map() };
/** `names`: the class name first, then the short names. */
export const functionObject = (kind: FunctionKind, names: readonly string[], spec: Omit<FunctionSpec, 'name'>): void => {
  for (const name of names) functions[kind].set(name, { ...spec, name: names[0] ?? '' });
};
export const findFunctionObject = (kind: FunctionKind, name: string): FunctionSpec | undefined => functions[kind].get(name);
/** By all their names. */
export const functionObjects = (kind: FunctionKind): readonly (readonly [string, FunctionSpec])[] => [...functions[kind]];

/** What a `kernel_regularizer=` says of a weight: a name, or an object. */
export function penalty(regularizer: Value, weight: Tensor, o: Operations): Tensor {
  if (regularizer instanceof Callable) return regularizer.call([weight]) as Tensor;
  const spec = typeof regularizer === 'string' ? findFunctionObject('regularizers', regularizer) : undefined;
  if (!spec) throw new UnknownArgument();
  return spec.call(weight, new Arguments(bindDefaults(spec.signature, []), o), o);
}

// ------------------------------------------------------------------------------------------------ losses

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
export function reduceLoss(given: Tensor, sampleWeight: Tensor | null, reduction: string, o: Operations): Tensor {
  const whole = given.dtype !== null && !isFloating(given.dtype);
  const losses = whole ? o.cast(given, 'float32') : given;
  const weighted = o.mul(losses, sampleWeight ? fitting(o.cast(sampleWeight, losses.dtype), losses, o) : 1);
  const reduced = reduceWeighted(weighted, reduction, o);
  return whole ? o.cast(reduced, given.dtype) : reduced;
}
/** A last axis of 1 more or less than the losses have goes, or comes. */
function fitting(weight: Tensor, losses: Tensor, o: Operations): Tensor {
  if (!weight.shape || !losses.shape || weight.shape.length === 0) return weight;
  if (weight.shape.length - losses.shape.length === 1) return o.apply('Squeeze', [weight], { axes: [-1] });
  return losses.shape.length - weight.shape.length === 1 ? o.expandDims(weight, -1) : weight;
}
function reduceWeighted(weighted: Tensor, reduction: string, o: Operations): Tensor {
  if (reduction === 'none') return weighted;
  const total = o.sum(weighted);
  if (reduction === 'sum') return total;
  const count = weighted.shape?.reduce<number | null>((a, b) => (a === null || b === null ? null : a * b), 1) ?? null;
  return o.divNoNan(total, o.full(count, [], weighted.dtype));
}
