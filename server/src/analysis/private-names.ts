// Private names: what a class's body writes as `__x` is `_Class__x`.
import type { ClassDefinition, Statement } from '../ir/ir.ts';

const isPrivate = (name: string): boolean => name.startsWith('__') && !name.endsWith('__') && !name.includes('.');

const known = new WeakMap<ClassDefinition, readonly Statement[]>();

/** The body of a class with its private names as Python keeps them; the same one each time, as functions are known by their definitions. */
export function bodyOf(definition: ClassDefinition, written: string): readonly Statement[] {
  const before = known.get(definition);
  if (before) return before;
  const body = mangled(definition.body, definition.name, written);
  known.set(definition, body);
  return body;
}

function mangled(body: readonly Statement[], className: string, written: string): readonly Statement[] {
  const prefix = className.replace(/^_+/, '');
  if (prefix === '' || !/(?<!\w)__\w*?[a-zA-Z0-9](?:_?)(?!\w)/.test(written)) return body;
  const renamed = (name: string): string => (isPrivate(name) ? `_${prefix}${name}` : name);
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== 'object' || node === null) return node;
    const made: Record<string, unknown> = {};
    const { kind } = node as { readonly kind?: string };
    // A class within has private names of its own.
    if (kind === 'class statement' || kind === 'class') return node;
    const isNamed = kind === undefined || kind === 'name' || kind === 'attribute';
    for (const [key, value] of Object.entries(node)) {
      if (key === 'range') made[key] = value;
      else if ((key === 'name' || key === 'keyword') && typeof value === 'string') made[key] = isNamed ? renamed(value) : value;
      else if (key === 'names' && kind === 'scope') made[key] = (value as readonly string[]).map(renamed);
      else made[key] = copy(value);
    }
    return made;
  };
  return copy(body) as readonly Statement[];
}
