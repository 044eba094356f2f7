// Signatures as our tables write them: names, and literals of Python or JavaScript as defaults.
import type { DType } from '../tensor.ts';
import { DTypeValue, Integer, type Value } from './value.ts';

/** Binds positional arguments to a signature whose other parameters keep their defaults. */
export function bindDefaults(signature: string, positional: readonly Value[]): Map<string, Value> {
  return new Map(parametersOf(signature).map(({ name, value }, i) => [name, positional[i] ?? value ?? null]));
}

export interface ParameterSpec {
  readonly name: string;
  /** The default; undefined where there is none. */
  readonly value: Value | undefined;
}

const parsed = new Map<string, readonly ParameterSpec[]>();
/** Reads a signature of our own tables: `x, axis=None, keepdims=False`. */
export function parametersOf(signature: string): readonly ParameterSpec[] {
  const known = parsed.get(signature);
  if (known) return known;
  const list = signature
    .split(/,\s*(?![^(]*\))/)
    .filter((p) => p !== '')
    .map((part) => {
      const [name = '', literal] = part.split('=');
      return { name: name.trim(), value: literal === undefined ? undefined : literalValue(literal.trim()) };
    });
  parsed.set(signature, list);
  return list;
}

function literalValue(text: string): Value {
  if (text === 'None' || text === 'null') return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (text.startsWith('tf.')) return new DTypeValue(text.slice(3) as DType);
  if (/^["']/.test(text)) return text.slice(1, -1);
  const n = Number(text);
  return /^-?\d+$/.test(text) ? new Integer(n) : n;
}
