// Signatures as our tables write them: names, and literals of Python or JavaScript as defaults.
import type { DType } from '../tensor.ts';
import { DTypeValue, Integer, type Value } from './value.ts';

/** Binds positional arguments to a signature whose other parameters keep their defaults. */
export function bindDefaults(signature: string, positional: readonly Value[]): Map<string, Value> {
  return new Map(
    parametersOf(signature).map(({ name, value, rest }, i) => [name, rest ? positional.slice(i) : (positional[i] ?? value ?? null)]),
  );
}

export interface ParameterSpec {
  readonly name: string;
  /** The default; undefined where there is none. */
  readonly value: Value | undefined;
  /** `*inputs`: takes all positional arguments from here on. */
  readonly rest?: boolean;
}

const parsed = new Map<string, readonly ParameterSpec[]>();
/** Reads a signature of our own tables: `x, axis=None, keepdims=False`. */
export function parametersOf(signature: string): readonly ParameterSpec[] {
  const known = parsed.get(signature);
  if (known) return known;
  const named = splitAtCommas(signature).filter((part) => !part.startsWith('**'));
  const list = named.map((part): ParameterSpec => {
    if (part.startsWith('*')) return { name: part.slice(1), value: [], rest: true };
    const at = part.indexOf('=');
    return at < 0 ? { name: part, value: undefined } : { name: part.slice(0, at), value: literalValue(part.slice(at + 1)) };
  });
  parsed.set(signature, list);
  return list;
}

/** Whether a signature takes keywords that it does not name. */
export const takesOtherKeywords = (signature: string): boolean => signature.includes('**');

/** Splits at the commas that no bracket encloses. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i <= text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === undefined || (c === ',' && depth === 0)) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

function literalValue(text: string): Value {
  if (text.startsWith('(')) return splitAtCommas(text.slice(1, -1)).map(literalValue);
  if (text === 'None' || text === 'null') return null;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (text.startsWith('tf.')) return new DTypeValue(text.slice(3) as DType);
  if (/^["']/.test(text)) return text.slice(1, -1);
  const n = Number(text);
  return /^-?\d+$/.test(text) ? new Integer(n) : n;
}
