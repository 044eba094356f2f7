// `tf.variable`: a tensor that keeps its identity while its numbers change.
import { toScriptTensor } from '../../../../core/script/index.ts';
import { unknownCall } from '../call.ts';
import { toCore } from '../convert.ts';
import type { Machine } from '../machine.ts';
import { surelyDifferent } from './shapes.ts';
import { type CallArguments, native, string, boolean, UNDEFINED, UNKNOWN, type Value, type VariableValue } from '../values.ts';
import { carriedOut } from './functions.ts';

/** `tf.variable(initialValue, trainable=true, name, dtype)`: cut off from where its value came from. */
export function newVariable(m: Machine, args: CallArguments): Value {
  const [initial = UNKNOWN, trainable, name, dtype] = args.positional;
  if (args.open || (dtype && dtype.kind !== 'none')) return unknownCall(m, args);
  if (trainable && trainable.kind !== 'boolean' && trainable.kind !== 'none') return unknownCall(m, args);
  const named = name?.kind === 'string' ? name.value : null;
  return carriedOut(m, (engine) => {
    const value = toScriptTensor(engine.operations, toCore(m, initial), 'string_or_numeric', 'initialValue', 'variable');
    const variable = m.newVariable(value, trainable?.kind === 'boolean' ? trainable.value : true, named ?? String(newNumber(m)));
    return { kind: 'variable', variable };
  });
}

const numbers = new WeakMap<Machine, number>();
/** The number that a variable without a name is called by: the engine counts only those that have none. */
export function newNumber(m: Machine): number {
  const next = numbers.get(m) ?? 0;
  numbers.set(m, next + 1);
  return next;
}

/** What variables have beside what tensors have; null where it is nothing of theirs. */
export function variableMember(m: Machine, { variable }: VariableValue, name: string): Value | null {
  if (name === 'name') return string(variable.name);
  if (name === 'trainable') return boolean(variable.trainable);
  if (name === 'dispose') return native(name, () => ((m.variables = m.variables.filter((v) => v !== variable)), UNDEFINED));
  if (name !== 'assign') return null;
  return native(name, (args) => {
    const [given = UNKNOWN] = args.positional;
    const next = given.kind === 'tensor' ? given.tensor : given.kind === 'variable' ? given.variable.value : null;
    if (next && surelyDifferent(next.shape, variable.value.shape))
      m.raise(
        'Error',
        `shape of the new value (${next.shape?.join(',')}) and previous value (${variable.value.shape?.join(',')}) must match`,
        null,
      );
    m.assign(variable, next ?? m.backend.opaque(variable.value.shape, variable.value.dtype, { tainted: true }));
    return UNDEFINED;
  });
}
