// Private names: what a class's body writes as `__x` is `_Class__x`.
import type { Statement } from '../../ir/ir.ts';

const isPrivate = (name: string): boolean => name.startsWith('__') && !name.endsWith('__') && !name.includes('.');

/** The body of a class with its private names as Python keeps them. */
export function mangled(body: readonly Statement[], className: string, written: string): readonly Statement[] {
  const prefix = className.replace(/^_+/, '');
  if (prefix === '' || !/(?<!\w)__\w*?[a-zA-Z0-9](?:_?)(?!\w)/.test(written)) return body;
  const renamed = (name: string): string => (isPrivate(name) ? `_${prefix}${name}` : name);
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (typeof node !== 'object' || node === null) return node;
    const made: Record<string, unknown> = {};
    const { kind } = node as { readonly kind?: string };
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
