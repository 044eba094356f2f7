// Named tuples: `collections.namedtuple`, `typing.NamedTuple`, and the classes that the program makes of them.
import { annotatedNames, classAttribute } from './classes.ts';
import { items } from './iterate.ts';
import type { Machine } from './machine.ts';
import {
  type CallArguments,
  type ClassValue,
  type ListValue,
  native,
  nativeClass,
  NONE,
  string,
  tuple,
  UNKNOWN,
  type Value,
} from './values.ts';

const at = (args: CallArguments, i: number): Value => args.positional[i] ?? UNKNOWN;

/** `collections.namedtuple('Point', 'x y', defaults=…)` */
export function namedTuple(m: Machine, args: CallArguments): Value {
  const names = namesIn(m, args.keywords.get('field_names') ?? at(args, 1));
  const defaults = args.keywords.get('defaults');
  const values = defaults && defaults.kind !== 'none' ? items(m, defaults) : [];
  const others = [...args.keywords.keys()].filter((k) => k !== 'field_names' && k !== 'defaults' && k !== 'module');
  if (!names || !values || others.length > 0 || args.open) return UNKNOWN;
  const type = classNamed(at(args, 0));
  names.slice(names.length - values.length).forEach((name, i) => type.attributes.set(name, values[i] ?? UNKNOWN));
  return ofNamedTuples(m, type, names);
}

/** The names as `namedtuple` takes them: words of one string, or one by one. */
function namesIn(m: Machine, given: Value): readonly string[] | null {
  if (given.kind === 'string') return given.value?.split(/[\s,]+/).filter((word) => word !== '') ?? null;
  return allStrings(items(m, given));
}

function allStrings(values: readonly Value[] | null): readonly string[] | null {
  const texts = values?.flatMap((v) => (v.kind === 'string' && v.value !== null ? [v.value] : []));
  return texts && texts.length === values?.length ? texts : null;
}

const classNamed = (title: Value): ClassValue => nativeClass((title.kind === 'string' ? title.value : null) ?? 'namedtuple');

/** `typing.NamedTuple`: called with names and types it makes a class; as a base it makes the class below it one of named tuples. */
export function typedNamedTuple(m: Machine): ClassValue {
  const base = m.remember(TYPED);
  if (base.attributes.size > 0) return base;
  base.attributes.set(
    '__new__',
    native('__new__', (args) => {
      const pairs = items(m, at(args, 2))?.map((pair) => items(m, pair)?.[0] ?? UNKNOWN) ?? null;
      const names = allStrings(pairs);
      return names ? ofNamedTuples(m, classNamed(at(args, 1)), names) : UNKNOWN;
    }),
  );
  base.attributes.set(
    '__init_subclass__',
    native('__init_subclass__', ({ positional: [type] }) => {
      if (type?.kind === 'class' && type.bases[1] === base) ofNamedTuples(m, type, annotatedNames(type));
      return NONE;
    }),
  );
  return base;
}

const TYPED = { make: () => nativeClass('NamedTuple') };

/** Methods that make a tuple behave as another kind of container; such classes are not followed. */
const CONTAINER = [
  '__getitem__',
  '__iter__',
  '__len__',
  '__contains__',
  '__bool__',
  '__eq__',
  '__getattribute__',
  '__getattr__',
  '__init__',
];

/** Gives a class what makes its instances tuples with these names. */
function ofNamedTuples(m: Machine, type: ClassValue, names: readonly string[]): ClassValue {
  const make = (maker: Value, fields: readonly Value[] | null): Value => {
    const of = maker.kind === 'class' ? maker : type;
    if (of.open || CONTAINER.some((name) => classAttribute(of, name))) return UNKNOWN;
    return { ...tuple(fields), names, of };
  };
  // A field's default stands where an instance's own value will.
  const defaults = new Map(names.map((name) => [name, type.attributes.get(name)]));
  type.attributes.set('_fields', tuple(names.map(string)));
  type.attributes.set(
    '__new__',
    native('__new__', (args) => {
      const [maker = UNKNOWN, ...positional] = args.positional;
      const fields = names.map((name, i) => positional[i] ?? args.keywords.get(name) ?? defaults.get(name));
      const known = fields.flatMap((f) => f ?? []);
      const surplus = positional.length > names.length || [...args.keywords.keys()].some((k) => !names.includes(k));
      if ((known.length < names.length || surplus) && !args.open)
        m.raise('TypeError', `${type.name}.__new__() got other arguments than its fields`, null);
      return make(maker, args.open ? null : known);
    }),
  );
  type.attributes.set(
    '_make',
    native('_make', (args) => make(type, items(m, at(args, 0)))),
  );
  return type;
}

/** What the class of a named tuple has under a name, apart from its fields. */
export const tupleClassAttribute = (value: Value, name: string): Value | undefined =>
  value.kind === 'list' && value.of ? classAttribute(value.of, name) : undefined;

/** The dictionary's entries that `_asdict` gives. */
export const namedItems = (value: ListValue): readonly (readonly [Value, Value])[] | null =>
  value.names && value.items ? value.names.map((name, i) => [string(name), value.items?.[i] ?? UNKNOWN] as const) : null;
