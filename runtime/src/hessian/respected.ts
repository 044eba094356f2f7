// What a program itself says of its derivatives, which the true one respects: gradients of its own, stopped gradients, numbers that left TensorFlow.
import { isPassedOn } from '../../../core/graph-shapes.ts';
import { isProgramsOwn, type Origin, type Tensor } from '../../../core/tensor.ts';
import type { GradientCall, Session, Where } from '../session.ts';

export const PY_FUNCTION = 'tf.py_function';

/** The program stops a gradient, and not TensorFlow for it. */
export const isStopped = ({ name, attributes }: Origin): boolean => name === 'StopGradient' && attributes['internal'] !== true;

/** Neither a read variable nor a call of a function, nor what goes over its boundary. */
export const hasOwnGradient = (origin: Origin): boolean => isProgramsOwn(origin) && !isPassedOn(origin);

/** What goes into a `tf.py_function` or comes out of one, which TensorFlow's tapes see as one op that has only a first derivative. */
export const isOnceOnly = ({ attributes }: Origin): boolean => attributes['of'] === PY_FUNCTION;

/** A sentence for each, along the way to a call's target. */
export function respectedOn(session: Session, call: GradientCall): string[] {
  const origins = originsBehind(targetsOf(call)).sort((a, b) => a.sequence - b.sequence);
  const at = ({ place }: { readonly place?: number | undefined }): string => lineOf(session.placeOf(place ?? 0));
  const said = origins.flatMap((origin) => [
    ...(isStopped(origin) ? [`${origin.attributes['by'] ?? 'tf.stop_gradient'}${at(origin)} makes a constant of what it is given.`] : []),
    ...(hasOwnGradient(origin) ? [`The gradient of your own tf.custom_gradient ${origin.name}${at(origin)} is taken as it is.`] : []),
    ...origin.inputs.flatMap((t) => {
      const left = session.leftTensorFlow.get(t);
      return left ? [`${left.by}${at(left)} takes numbers out of TensorFlow: what is made of them is a constant.`] : [];
    }),
  ]);
  return [...new Set(said)];
}

function targetsOf({ targets, derivativeOf }: GradientCall): (Tensor | null)[] {
  return [...targets, ...(derivativeOf?.parts.flatMap(({ call }) => targetsOf(call)) ?? [])];
}

const lineOf = (where: Where | null): string =>
  where === null ? '' : ` (line ${where.line}${where.file === undefined ? '' : ` of ${where.file}`})`;

/** All that tensors were made of. */
export function originsBehind(tensors: readonly (Tensor | null)[]): Origin[] {
  const found = new Set<Origin>();
  const stack = tensors.filter((t) => t !== null);
  for (let tensor = stack.pop(); tensor; tensor = stack.pop()) {
    const { origin } = tensor;
    if (!origin || found.has(origin)) continue;
    found.add(origin);
    stack.push(...origin.inputs);
  }
  return [...found];
}
