// The files that a script imports from beside it: found and read here and sent along, because the process that runs it reads no files.
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const MAXIMUM_FILES = 200;
const MAXIMUM_BYTES = 4 * 1024 * 1024;
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
const IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"])(\.{1,2}(?:\/[^'"\n]*)?)\1/g;

/** Text of every file that the program, or a file of it, imports by a relative path. */
export function filesBeside(path: string, text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const pending = [{ path: withSlashes(path), text }];
  let bytes = 0;
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    for (const [, , specifier = ''] of entry.text.matchAll(IMPORT)) {
      for (const file of candidatesOf(specifier, entry.path)) {
        if (found[file] !== undefined || file === withSlashes(path)) break;
        const source = Object.keys(found).length < MAXIMUM_FILES ? read(file) : null;
        if (source === null) continue;
        if ((bytes += source.length) > MAXIMUM_BYTES) return found;
        found[file] = source;
        pending.push({ path: file, text: source });
        break;
      }
    }
  }
  return found;
}

/** The files that a relative specifier may mean, the likeliest first: as it stands, with an extension, TypeScript's `./a.js` for `a.ts`, a folder's index. */
export function candidatesOf(specifier: string, from: string): readonly string[] {
  const path = posix.join(posix.dirname(withSlashes(from)), specifier);
  const typed = /\.([mc]?)jsx?$/.exec(path);
  const twins = typed ? [`.${typed[1]}ts`, '.tsx'].map((extension) => path.slice(0, typed.index) + extension) : [];
  const exact = EXTENSIONS.some((extension) => path.endsWith(extension)) ? [path] : [];
  return [...exact, ...EXTENSIONS.map((extension) => path + extension), ...twins, ...EXTENSIONS.map((e) => posix.join(path, `index${e}`))];
}

export const withSlashes = (path: string): string => path.replaceAll('\\', '/');

function read(file: string): string | null {
  // Most of what is looked for is not there, and an exception takes ten times as long as a look.
  if (!existsSync(file)) return null;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
