// Python's `dataclasses`: the `__init__` that a class's annotations stand for.
import { callValue } from './call.ts';
import { annotatedNames, classAttribute } from './classes.ts';
import { plainCall } from './convert.ts';
import type { Machine } from './machine.ts';
import {
  type CallArguments,
  callAt,
  type ClassValue,
  dictionary,
  type InstanceValue,
  native,
  type NativeValue,
  NONE,
  string,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

/** A member of the module; null where it is not known. */
export function dataclassesMember(m: Machine, name: string): Value | null {
  if (name === 'dataclass')
    return native(name, (args) => {
      const [type] = args.positional;
      return type?.kind === 'class' ? dataclass(m, type) : native(name, (inner) => dataclass(m, inner.positional[0] ?? UNKNOWN));
    });
  if (name === 'field') return native('dataclasses.field', (args) => fieldDefault(m, args));
  if (name === 'replace') return native('dataclasses.replace', (args) => replaced(m, args));
  if (name === 'astuple' || name === 'asdict')
    return native(`dataclasses.${name}`, ({ positional: [object] }) => {
      const fields = object?.kind === 'instance' ? copied(object) : null;
      if (!fields) return UNKNOWN;
      return name === 'asdict' ? dictionary(fields.map(([key, v]) => [string(key), v])) : tuple(fields.map(([, v]) => v));
    });
  return null;
}

/** `replace(object, field=…)`: another instance, made by `__init__`. */
function replaced(m: Machine, args: CallArguments): Value {
  const [object] = args.positional;
  if (object?.kind !== 'instance' || args.open) return UNKNOWN;
  const fields = fieldsOf(object.type).map((name) => [name, args.keywords.get(name) ?? object.attributes.get(name) ?? UNKNOWN] as const);
  return callValue(m, object.type, { ...args, positional: [], keywords: new Map([...fields, ...args.keywords]) });
}

/** The fields with their values copied: tensors, numbers and texts are themselves; null where a copy is another thing than what was copied. */
function copied(object: InstanceValue): readonly (readonly [string, Value])[] | null {
  const fields = fieldsOf(object.type).map((name) => [name, object.attributes.get(name) ?? UNKNOWN] as const);
  return fields.every(([, v]) => UNCHANGING.has(v.kind)) ? fields : null;
}
const UNCHANGING: ReadonlySet<Value['kind']> = new Set(['tensor', 'number', 'boolean', 'string', 'none', 'dtype', 'unknown']);

/** `field(default=…)`, `field(default_factory=…)`: what makes the default. */
function fieldDefault(m: Machine, args: CallArguments): Value {
  const factory = args.keywords.get('default_factory');
  if (factory) return native(FACTORY, () => callValue(m, factory, plainCall(m, [])));
  return args.keywords.get('default') ?? native(FACTORY, () => UNKNOWN);
}
const FACTORY = 'dataclasses.field default';

function dataclass(m: Machine, type: Value): Value {
  if (type.kind !== 'class' || type.attributes.has('__init__')) return type;
  m.journal.put(type.attributes, '__init__', initializer(m, type));
  return type;
}

function initializer(m: Machine, type: ClassValue): NativeValue {
  return native('__init__', (args) => {
    const [self, ...positional] = args.positional;
    if (self?.kind !== 'instance') return UNKNOWN;
    const fields = fieldsOf(type);
    fields.forEach((name, i) => {
      const value = positional[i] ?? args.keywords.get(name) ?? defaultOf(type, name);
      if (!value && !args.open) m.raise('TypeError', `${type.name}.__init__() missing 1 required positional argument: '${name}'`, null);
      m.journal.put(self.attributes, name, value ?? UNKNOWN);
    });
    const after = classAttribute(type, '__post_init__');
    if (after?.kind === 'function') callValue(m, { kind: 'method', self: self as InstanceValue, function: after }, plainCall(m, []));
    return NONE;
  });
}

/** The annotated names, those of the bases first. */
function fieldsOf(type: ClassValue): readonly string[] {
  return [...new Set([...type.bases].reverse().flatMap(annotatedNames))];
}

function defaultOf(type: ClassValue, name: string): Value | undefined {
  const value = classAttribute(type, name);
  return value?.kind === 'native' && value.name === FACTORY ? value.call(callAt({ start: 0, end: 0 })) : value;
}
