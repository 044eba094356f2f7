// The names of layers: those given, and those that Keras makes of the class and a count. Source: Keras, backend.py, unique_object_name.
import type { Machine } from './machine.ts';
import { type CallArguments, type InstanceValue, integer, type Value } from './values.ts';

/** How many of each name were made. */
const COUNTS = { make: () => new Map<string, Value>() };

export function nameLayer(m: Machine, instance: InstanceValue, args: CallArguments): void {
  const given = args.keywords.get('name');
  const name =
    given && given.kind !== 'none' ? (given.kind === 'string' ? given.value : null) : args.open ? null : nextName(m, instance.type.name);
  m.journal.set(instance, 'native', { ...instance.native, name });
}

function nextName(m: Machine, type: string): string | null {
  const base = snakeCase(type);
  const made = m.remember(COUNTS);
  const before = made.get(base) ?? integer(0);
  const count = before.kind === 'number' ? before.value : null;
  m.journal.put(made, base, integer(count === null ? null : count + 1));
  return count === null ? null : count === 0 ? base : `${base}_${count}`;
}

/** Names start anew: `tf.keras.backend.clear_session()`. */
export function forgetNames(m: Machine): void {
  const made = m.remember(COUNTS);
  for (const name of made.keys()) m.journal.put(made, name, integer(0));
}

/** Source: Keras, utils/generic_utils.py, to_snake_case. */
function snakeCase(name: string): string {
  const spaced = name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return spaced.startsWith('_') ? `private${spaced}` : spaced;
}
