// What `tf` has besides functions of tensors: variables, tapes, decorators, modules, structures.
import { Undetermined } from '../../../core/shape.ts';
import { RESIZE_METHODS, UnknownArgument } from '../../../core/api/index.ts';
import { toTensor } from '../../../core/api/value.ts';
import type { DType } from '../../../core/tensor.ts';
import { newAccumulator } from './accumulators.ts';
import { callValue } from './call.ts';
import { asTensor, callByName, guarded, plainCall, toCore, unknownTensor } from './convert.ts';
import { gradientPassedThrough, recomputeGradient } from './custom-gradient.ts';
import { kindOfCall, tracedCall } from './graph/function.ts';
import { underTrace } from './graph/traces.ts';
import { numpyFunction, pyFunction } from './graph/python-functions.ts';
import { symbolicGradients } from './graph/gradients.ts';
import { controlFunction } from './graph/control.ts';
import { dataAttribute } from './datasets.ts';
import type { Machine } from './machine.ts';
import { dtypeOf } from './numpy/arrays.ts';
import { flatten, pack } from './structure.ts';
import { newTape } from './tapes.ts';
import { truth } from './operators.ts';
import { kerasAttribute } from './keras.ts';
import { isOpen, variablesOfModule } from './tracking.ts';
import {
  argument,
  boolean,
  type CallArguments,
  type FunctionValue,
  type InstanceValue,
  list,
  native,
  type NativeValue,
  nativeClass,
  NONE,
  string,
  tensorValue,
  tuple,
  UNKNOWN,
  type Value,
  type VariableValue,
  shapeOfSizes,
  sizesOf,
} from './values.ts';

/** Whether the program builds graphs of its own: what happens in these is not followed. */
export const GRAPHS = { make: () => ({ areBuilt: false }) };

/** A value of `tf.` by its full name; null where it is not known here. */
export function tensorFlowAttribute(m: Machine, full: string): Value | null {
  switch (full) {
    case 'tf.GradientTape':
      return native(full, (args) => newTape(m, args));
    case 'tf.Variable':
      return native(full, (args) => newVariable(m, args));
    case 'tf.compat':
    case 'tf.compat.v1':
      return { kind: 'module', name: full };
    case 'tf.compat.v1.disable_eager_execution':
    case 'tf.compat.v1.disable_v2_behavior':
      return native(full, () => {
        throw new Undetermined('what a program of TensorFlow 1 does');
      });
    case 'tf.Graph':
    case 'tf.compat.v1.Graph':
      return native(full, () => {
        m.remember(GRAPHS).areBuilt = true;
        return UNKNOWN;
      });
    case 'tf.Tensor':
    case 'tf.TensorShape':
      return native(full, (args) => newShape(args));
    case 'tf.TensorSpec':
      return native(full, (args) => newSpec(args));
    case 'tf.function': {
      const isConverted = (options: CallArguments) => truth(m, options.keywords.get('autograph') ?? boolean(true)) !== false;
      return decorator(full, {
        change: (f, options) => {
          const signature = options.keywords.get('input_signature');
          return {
            ...f,
            flavour: 'tf.function',
            ...(!isConverted(options) && { unconverted: true }),
            ...(signature && signature.kind !== 'none' && { signature }),
          };
        },
        call: (object, args, options) => {
          if (m.runsFunctionsEagerly) return callValue(m, object, args);
          const tracing = { name: object.kind === 'native' ? object.name : object.type.name, isConverted: isConverted(options) };
          return underTrace(m, options, kindOfCall(m, object, args), () =>
            tracedCall(m, tracing, args, (inner) => callValue(m, object, inner)),
          );
        },
      });
    }
    case 'tf.autograph.experimental.do_not_convert':
      return decorator(full, {
        change: (f) => ({ ...f, unconverted: true }),
        call: (object, args) => m.converting(false, () => callValue(m, object, args)),
      });
    case 'tf.custom_gradient':
      return decorator(full, {
        change: (f) => ({ ...f, flavour: 'custom gradient' }),
        call: (object, args) => taintedCall(m, object, args),
      });
    case 'tf.UnconnectedGradients':
    case 'tf.image.ResizeMethod':
      return { kind: 'module', name: full };
    case 'tf.UnconnectedGradients.ZERO':
      return string('zero');
    case 'tf.UnconnectedGradients.NONE':
      return string('none');
    case 'tf.Module':
      return MODULE;
    case 'tf.__version__':
      return string('2.15.1');
    case 'tf.executing_eagerly':
      return native(full, () => boolean(m.graphDepth === 0));
    case 'tf.is_tensor':
      return native(full, (args) => boolean(args.positional[0]?.kind === 'tensor' || args.positional[0]?.kind === 'variable'));
    case 'tf.print':
    case 'tf.random.set_seed':
      return native(full, () => NONE);
    case 'tf.config.run_functions_eagerly':
      return native(full, (args) => {
        const isEager = truth(m, argument(args, 'run_eagerly', 0));
        if (isEager !== null) m.journal.set(m, 'runsFunctionsEagerly', isEager);
        return NONE;
      });
    case 'tf.config.functions_run_eagerly':
      return native(full, () => boolean(m.runsFunctionsEagerly));
    case 'tf.constant_initializer':
      return kerasAttribute(m, 'tf.keras.initializers.Constant');
    case 'tf.random_normal_initializer':
      return kerasAttribute(m, 'tf.keras.initializers.RandomNormal');
    case 'tf.random_uniform_initializer':
      return kerasAttribute(m, 'tf.keras.initializers.RandomUniform');
    case 'tf.zeros_initializer':
      return kerasAttribute(m, 'tf.keras.initializers.Zeros');
    case 'tf.ones_initializer':
      return kerasAttribute(m, 'tf.keras.initializers.Ones');
    case 'tf.nest':
      return { kind: 'module', name: full };
    case 'tf.nest.flatten':
      return native(full, (args) => list(flatten(args.positional[0] ?? UNKNOWN)));
    case 'tf.nest.map_structure':
      return native(full, (args) => mapStructure(m, args));
    case 'tf.clip_by_global_norm':
      return native(full, (args) => clipByGlobalNorm(m, args));
    case 'tf.gradients':
    case 'tf.hessians':
      return native(full, (args) => symbolicGradients(m, full === 'tf.gradients' ? 'gradients' : 'hessians', args));
    case 'tf.autodiff.ForwardAccumulator':
      return native(full, (args) => newAccumulator(m, args));
    case 'tf.recompute_grad':
      return native(full, (args) => recomputeGradient(m, args.positional[0] ?? UNKNOWN));
    case 'tf.grad_pass_through':
      return native(full, (args) => gradientPassedThrough(m, args.positional[0] ?? UNKNOWN));
    case 'tf.py_function':
      return native(full, (args) => pyFunction(m, args));
    case 'tf.numpy_function':
      return native(full, (args) => numpyFunction(m, args));
    default: {
      const resizing = full.startsWith('tf.image.ResizeMethod.') ? RESIZE_METHODS[full.slice('tf.image.ResizeMethod.'.length)] : undefined;
      if (resizing !== undefined) return string(resizing);
      return controlFunction(m, full) ?? (full.startsWith('tf.data') ? dataAttribute(m, full) : null);
    }
  }
}

/** What a decorator makes of a function, and what a call gives of anything else that can be called. */
interface Decorating {
  readonly change: (f: FunctionValue, options: CallArguments) => FunctionValue;
  readonly call: (object: InstanceValue | NativeValue, args: CallArguments, options: CallArguments) => Value;
}

function newShape(args: CallArguments): Value {
  const given = argument(args, 'dims', 0);
  if (given.kind === 'shape') return given;
  const sizes = given.kind === 'number' ? [given] : given.kind === 'list' ? given.items : null;
  if (args.open || !sizes?.every((v) => v.kind === 'none' || v.kind === 'number')) return UNKNOWN;
  return shapeOfSizes(sizes);
}

/** A shape of which something is not known here is no spec. */
function newSpec(args: CallArguments): Value {
  const given = argument(args, 'shape', 0);
  const type = argument(args, 'dtype', 1);
  const sizes =
    given.kind === 'shape' ? sizesOf(given) : given.kind === 'list' ? given.items : given.kind === 'number' ? [given] : undefined;
  const dtype = type.kind === 'none' ? 'float32' : dtypeOf(type);
  if (args.open || dtype === null) return UNKNOWN;
  if (given.kind === 'none') return { kind: 'spec', shape: null, dtype };
  const isSize = (v: Value): boolean => v.kind === 'none' || (v.kind === 'number' && v.value !== null);
  if (!sizes?.every(isSize)) return UNKNOWN;
  return { kind: 'spec', shape: sizes.map((v) => (v.kind === 'number' ? v.value : null)), dtype };
}

function decorator(name: string, { change, call }: Decorating): Value {
  const apply = (value: Value, options: CallArguments): Value => {
    if (value.kind === 'function') return change(value, options);
    if (value.kind === 'method' && value.function.kind === 'function') return { ...value, function: change(value.function, options) };
    if (value.kind === 'instance' || value.kind === 'native') return native(name, (args) => call(value, args, options));
    return UNKNOWN;
  };
  return native(name, (args) => {
    const [f] = args.positional;
    if (f === undefined || f.kind === 'none') return native(name, (inner) => apply(inner.positional[0] ?? UNKNOWN, args));
    return apply(f, args);
  });
}

/** What a callable object gives is not followed across the boundary. */
function taintedCall(m: Machine, value: Value, args: CallArguments): Value {
  const result = callValue(m, value, args);
  if (m.eager.tapes.length === 0) return result;
  return result.kind === 'tensor' ? tensorValue(m.backend.opaque(result.tensor.shape, result.tensor.dtype, { tainted: true })) : UNKNOWN;
}

// ------------------------------------------------------------------------------------------------ variables

export function newVariable(m: Machine, args: CallArguments): Value {
  const named = (name: string, at: number): Value => args.keywords.get(name) ?? args.positional[at] ?? NONE;
  const given = named('initial_value', 0);
  const trainable = args.keywords.get('trainable') ?? args.positional[1] ?? NONE;
  const dtype = dtypeOf(args.keywords.get('dtype'));
  const name = args.keywords.get('name');
  const initial = given.kind === 'function' || given.kind === 'native' ? callValue(m, given, plainCall(m, [])) : given;
  const decided = trainable.kind === 'none' ? true : truth(m, trainable);
  if (given.kind === 'none')
    return m.raise(
      'ValueError',
      "Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.",
      null,
      given.from?.call ?? null,
    );
  return guarded(m, () => {
    const tensor = initialTensor(m, initial, dtype);
    if (decided === null) return UNKNOWN;
    return {
      kind: 'variable',
      variable: m.newVariable(tensor, decided, name?.kind === 'string' ? (name.value ?? 'Variable') : 'Variable'),
    };
  });
}

function initialTensor(m: Machine, initial: Value, dtype: DType | null) {
  try {
    return toTensor(m.operations, toCore(m, initial), dtype && initial.kind !== 'tensor' ? dtype : null);
  } catch (e) {
    if (e instanceof UnknownArgument) return m.backend.opaque(null, dtype);
    throw e;
  }
}

// ------------------------------------------------------------------------------------------------ structures, sorting, clipping

function mapStructure(m: Machine, args: CallArguments): Value {
  const [f = UNKNOWN, ...structures] = args.positional;
  const flat = structures.map(flatten);
  const [first] = flat;
  const [shape] = structures;
  if (!first || !shape || flat.some((x) => x === null || x.length !== first.length)) return UNKNOWN;
  return pack(
    shape,
    first.map((_, i) =>
      callValue(
        m,
        f,
        plainCall(
          m,
          flat.map((x) => x?.[i] ?? UNKNOWN),
        ),
      ),
    ),
  );
}

function clipByGlobalNorm(m: Machine, args: CallArguments): Value {
  const given = flatten(argument(args, 't_list', 0));
  const limit = asTensor(m, argument(args, 'clip_norm', 1));
  if (!given || !limit) return tuple([list(null), unknownTensor(m)]);
  const tensors = given.filter((v) => v.kind !== 'none');
  const norm = callByName(m, 'tf.linalg.global_norm', list(tensors));
  if (norm.kind !== 'tensor') return tuple([list(null), unknownTensor(m)]);
  return guarded(m, () => {
    const scale = m.operations.mul(limit, m.operations.minimum(m.operations.div(1, norm.tensor), m.operations.div(1, limit)));
    const scaled = given.map((v): Value => {
      const t = v.kind === 'none' ? null : asTensor(m, v);
      return t ? tensorValue(m.operations.identity(m.operations.mul(t, scale))) : v.kind === 'none' ? NONE : UNKNOWN;
    });
    return tuple([list(scaled), norm]);
  });
}

// ------------------------------------------------------------------------------------------------ tf.Module

function moduleMember(module: InstanceValue, name: string): Value | null {
  const variables = (isWanted: (v: VariableValue) => boolean): Value =>
    tuple(isOpen(module) ? null : variablesOfModule(module).filter(isWanted));
  if (name === 'variables') return variables(() => true);
  if (name === 'trainable_variables') return variables((v) => v.variable.trainable);
  if (name === 'non_trainable_variables') return variables((v) => !v.variable.trainable);
  if (name === 'name') return string(null);
  return null;
}

export const MODULE = nativeClass('Module', { construct: () => undefined, attribute: moduleMember });
