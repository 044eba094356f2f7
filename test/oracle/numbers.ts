// Reads numbers.json: results that TensorFlow gave for a snippet, with all their elements. Format: README.md, "Numbers".
import fs from 'node:fs';

/** A tensor's elements; a block-diagonal [n, a, n, b] has its n blocks [a, b], and is exactly 0 outside them. */
export type RecordedTensor =
  | { readonly structure: 'dense'; readonly shape: readonly number[]; readonly values: Float32Array }
  | {
      readonly structure: 'block-diagonal';
      readonly shape: readonly [number, number, number, number];
      readonly blocks: readonly Float32Array[];
    };

/** `null` is Python's None; an array is a list of results. */
export type RecordedResult = RecordedTensor | null | readonly RecordedResult[];

type Stored =
  | { readonly shape: number[]; readonly values: string }
  | { readonly shape: [number, number, number, number]; readonly structure: 'block-diagonal'; readonly blocks: string[] };
type StoredResult = Stored | null | StoredResult[];

function decode(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(4 * at));
}

function read(stored: StoredResult): RecordedResult {
  if (stored === null) return null;
  if (Array.isArray(stored)) return stored.map(read);
  if ('blocks' in stored) return { structure: stored.structure, shape: stored.shape, blocks: stored.blocks.map(decode) };
  return { structure: 'dense', shape: stored.shape, values: decode(stored.values) };
}

/** The results of a folder's snippet, by name. */
export function readNumbers(folder: string): Map<string, RecordedResult> {
  const { results } = JSON.parse(fs.readFileSync(`${folder}/numbers.json`, 'utf8')) as { results: Record<string, StoredResult> };
  return new Map(Object.entries(results).map(([name, stored]) => [name, read(stored)]));
}
