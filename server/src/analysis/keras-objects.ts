// Keras' small objects: losses, initializers, regularizers and constraints. What they compute is the core's.
import {
  findFunction,
  findFunctionObject,
  findInitializer,
  findLoss,
  type FunctionKind,
  lossSignature,
  reduceLoss,
} from '../../../core/api/index.ts';
import type { Tensor } from '../../../core/tensor.ts';
import { asTensor, bindCall, callPublic, guarded, unknownTensor } from './convert.ts';
import { coreArguments, nativeClass } from './keras-classes.ts';
import { dimensions } from './keras-layers.ts';
import type { Machine } from './machine.ts';
import { dtypeOf } from './numpy/arrays.ts';
import { type CallArguments, type ClassValue, type InstanceValue, native, NONE, tensorValue, UNKNOWN, type Value } from './values.ts';

/** An object that keeps its arguments. */
const configured = (m: Machine, instance: InstanceValue, signature: string | undefined, args: CallArguments): void => {
  const values = signature === undefined ? null : bindCall(signature, args);
  m.journal.set(instance, 'native', { config: values ?? undefined });
};
const argumentOf = (instance: InstanceValue, name: string): Value | null => instance.native.config?.get(name) ?? null;

// ------------------------------------------------------------------------------------------------ losses

export function lossClass(m: Machine, name: string): ClassValue | null {
  const spec = findLoss(name);
  if (!spec) return null;
  return nativeClass(name, [], {
    construct: (instance, args) => configured(m, instance, lossSignature(spec), args),
    attribute: (instance, attribute) =>
      attribute === 'call' ? native(attribute, (args) => lossOfExamples(m, name, instance, args)) : argumentOf(instance, attribute),
    call: (instance, args) => callLoss(m, name, instance, args),
  });
}

/** `tf.keras.losses.Loss`: `call` gives the losses of single examples, calling the object weighs and reduces them. */
export const lossBase = (m: Machine, callMethod: (instance: InstanceValue, args: CallArguments) => Value): ClassValue =>
  nativeClass('Loss', [], {
    construct: (instance, args) => configured(m, instance, 'reduction="auto", name=None', args),
    attribute: argumentOf,
    call: (instance, args) => {
      const losses = callMethod(instance, { ...args, positional: args.positional.slice(0, 2), keywords: withoutWeight(args) });
      return reduced(m, instance, losses, args);
    },
  });
const withoutWeight = (args: CallArguments): ReadonlyMap<string, Value> =>
  new Map([...args.keywords].filter(([k]) => k !== 'sample_weight'));

function lossOfExamples(m: Machine, name: string, instance: InstanceValue, args: CallArguments): Value {
  const spec = findLoss(name);
  const definition = spec && findFunction(spec.function);
  const { config } = instance.native;
  if (!definition || !config) return unknownTensor(m);
  const truth = args.positional[0] ?? args.keywords.get('y_true') ?? UNKNOWN;
  const prediction = args.positional[1] ?? args.keywords.get('y_pred') ?? UNKNOWN;
  const extras = [...config].filter(([k]) => k !== 'reduction' && k !== 'name');
  const [yTrue, yPred] = squeezed(m, truth, prediction);
  return callPublic(m, definition, { ...args, positional: [yTrue, yPred], keywords: new Map(extras) });
}
const callLoss = (m: Machine, name: string, instance: InstanceValue, args: CallArguments): Value =>
  reduced(m, instance, lossOfExamples(m, name, instance, args), args);

function reduced(m: Machine, instance: InstanceValue, losses: Value, args: CallArguments): Value {
  const weight = args.positional[2] ?? args.keywords.get('sample_weight') ?? NONE;
  const reduction = instance.native.config?.get('reduction');
  const kind = reduction?.kind === 'string' ? reduction.value : null;
  const sampleWeight = weight.kind === 'none' ? null : asTensor(m, weight);
  const tensor = asTensor(m, losses);
  if (kind === null || !tensor || (weight.kind !== 'none' && !sampleWeight)) return unknownTensor(m);
  return guarded(m, () => tensorValue(reduceLoss(tensor, sampleWeight, kind, m.operations)));
}

/** Where ranks differ by one and a last dimension is 1, it goes. */
function squeezed(m: Machine, a: Value, b: Value): [Value, Value] {
  const [x, y] = [asTensor(m, a), asTensor(m, b)];
  const [p, q] = [x?.shape ?? null, y?.shape ?? null];
  if (!x || !y || !p || !q) return [a, b];
  const squeeze = (t: Tensor) => tensorValue(m.operations.apply('Squeeze', [t], { axes: [-1] }));
  if (q.length - p.length === 1 && q.at(-1) === 1) return [a, squeeze(y)];
  if (p.length - q.length === 1 && p.at(-1) === 1) return [squeeze(x), b];
  return [a, b];
}

// ------------------------------------------------------------------------------------------------ initializers

export function initializerClass(m: Machine, name: string): ClassValue | null {
  const spec = findInitializer(name);
  if (!spec) return null;
  return nativeClass(name, [], {
    construct: (instance, args) => configured(m, instance, spec.signature, args),
    attribute: argumentOf,
    call: (instance, args) => {
      const shape = dimensions(args.positional[0] ?? args.keywords.get('shape') ?? UNKNOWN);
      const dtype = dtypeOf(args.keywords.get('dtype') ?? args.positional[1]) ?? m.floatx;
      const { config } = instance.native;
      if (!config) return unknownTensor(m, shape);
      return guarded(m, () => tensorValue(spec.make(coreArguments(m, config), shape, dtype, m.operations)));
    },
  });
}

// ------------------------------------------------------------------------------------------------ regularizers, constraints

export function functionClass(m: Machine, kind: FunctionKind, name: string): ClassValue | null {
  const spec = findFunctionObject(kind, name);
  if (!spec) return null;
  return nativeClass(spec.name, [], {
    construct: (instance, args) => configured(m, instance, spec.signature, args),
    attribute: argumentOf,
    call: (instance, args) => {
      const x = asTensor(m, args.positional[0] ?? args.keywords.get('x') ?? args.keywords.get('w') ?? UNKNOWN);
      const { config } = instance.native;
      if (!x || !config) return unknownTensor(m);
      return guarded(m, () => tensorValue(spec.call(x, coreArguments(m, config), m.operations)));
    },
  });
}
