// Python's `dataclasses`: the `__init__` that a class's annotations stand for.
import { callValue } from './call.ts';
import { classAttribute } from './classes.ts';
import { plainCall } from './convert.ts';
import type { Machine } from './machine.ts';
import {
  type CallArguments,
  callAt,
  type ClassValue,
  type InstanceValue,
  native,
  type NativeValue,
  NONE,
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
  return null;
}

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
  const names = [...type.bases].reverse().flatMap((c) => {
    const annotated = c.attributes.get('__annotations__');
    return annotated?.kind === 'list'
      ? (annotated.items ?? []).flatMap((v) => (v.kind === 'string' && v.value !== null ? [v.value] : []))
      : [];
  });
  return [...new Set(names)];
}

function defaultOf(type: ClassValue, name: string): Value | undefined {
  const value = classAttribute(type, name);
  return value?.kind === 'native' && value.name === FACTORY ? value.call(callAt({ start: 0, end: 0 })) : value;
}
