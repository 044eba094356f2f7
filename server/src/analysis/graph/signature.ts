// `input_signature`: what a function is given becomes tensors of the dtypes and shapes that it says. TensorFlow: core/function/polymorphism, python/framework/tensor.py (TensorSpec.cast).
import * as core from '../../../../core/api/value.ts';
import { OpError, show } from '../../../../core/shape.ts';
import type { Shape, Tensor } from '../../../../core/tensor.ts';
import { toCore } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { type CallArguments, dictionary, type FunctionValue, type SpecValue, tensorValue, UNKNOWN, type Value } from '../values.ts';

/** The arguments as tensors, and which shape the graph knows of each. */
export interface Signed {
  readonly args: CallArguments;
  readonly shapes: ReadonlyMap<Tensor, Shape>;
}

/** Null where it cannot be said what the function is given. `hasSelf`: its first parameter is the instance that a method is called on, of which the signature says nothing. */
export function signed(m: Machine, f: FunctionValue, args: CallArguments, hasSelf: boolean): Signed | null {
  const specs = f.signature?.kind === 'list' ? f.signature.items : null;
  if (!specs || args.open) return null;
  const names = f.definition.parameters.slice(hasSelf ? 1 : 0).map(({ target }) => (target.kind === 'name' ? target.name : ''));
  const shapes = new Map<Tensor, Shape>();
  const cast = (value: Value, spec: Value | undefined): Value => underSpec(m, value, spec, shapes);
  return {
    args: {
      ...args,
      positional: args.positional.map((value, i) => cast(value, specs[i])),
      keywords: new Map([...args.keywords].map(([name, value]) => [name, cast(value, specs[names.indexOf(name)])])),
    },
    shapes,
  };
}

function underSpec(m: Machine, value: Value, spec: Value | undefined, shapes: Map<Tensor, Shape>): Value {
  if (spec?.kind === 'list' && value.kind === 'list' && spec.items && value.items)
    return { ...value, items: value.items.map((item, i) => underSpec(m, item, spec.items?.[i], shapes)) };
  if (spec?.kind === 'dictionary' && value.kind === 'dictionary' && spec.entries && value.entries)
    return dictionary(
      [...value.entries].map(([key, entry]) => [entry.key, underSpec(m, entry.value, spec.entries?.get(key)?.value, shapes)] as const),
    );
  if (spec === undefined) return value;
  if (spec.kind !== 'spec') return value.kind === 'tensor' ? value : UNKNOWN;
  const tensor = castTo(m, value, spec);
  if (differs(tensor, spec))
    refuse(
      m,
      `Can not cast TensorSpec(shape=${show(tensor.shape)}, dtype=tf.${tensor.dtype}, name=None) to TensorSpec(shape=${show(spec.shape)}, dtype=tf.${spec.dtype}, name=None)`,
    );
  shapes.set(tensor, spec.shape);
  return tensorValue(tensor);
}

function castTo(m: Machine, value: Value, { shape, dtype }: SpecValue): Tensor {
  if (value.kind === 'tensor') return value.tensor;
  if (value.kind === 'variable') return m.eager.read(value.variable);
  try {
    return core.toTensor(m.operations, toCore(m, value), dtype);
  } catch (e) {
    if (e instanceof OpError) return refuse(m, e.message);
    if (e instanceof core.UnknownArgument) return m.backend.opaque(shape, dtype, { tainted: true });
    throw e;
  }
}

const refuse = (m: Machine, why: string): never => m.raise('TypeError', `Binding inputs to tf.function failed due to \`${why}\`.`, null);

function differs({ shape, dtype }: Tensor, spec: SpecValue): boolean {
  if (dtype !== null && spec.dtype !== null && dtype !== spec.dtype) return true;
  if (shape === null || spec.shape === null) return false;
  return (
    shape.length !== spec.shape.length ||
    shape.some((size, axis) => size !== null && spec.shape?.[axis] != null && size !== spec.shape[axis])
  );
}
