// The modules that lie beside a Python snippet: read here and sent along, because the process that runs it reads no files.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAXIMUM_FILES = 200;
const MAXIMUM_BYTES = 4 * 1024 * 1024;
const IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+([^#\n]*)|import[ \t]+([^#\n]+))/gm;

/** Text of every module that the snippet, or a module of it, imports from its own folder. */
export function modulesBeside(path: string, text: string): Readonly<Record<string, string>> {
  const folder = dirname(path);
  const found: Record<string, string> = {};
  const pending = [{ text, folder: '' }];
  let bytes = 0;
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    for (const name of importedNames(entry.text, entry.folder)) {
      for (const file of candidates(folder, name)) {
        if (found[file] !== undefined || file === path || Object.keys(found).length >= MAXIMUM_FILES) continue;
        const source = read(file);
        if (source === null || (bytes += source.length) > MAXIMUM_BYTES) continue;
        found[file] = source;
        pending.push({ text: source, folder: file.endsWith('__init__.py') ? name : name.split('.').slice(0, -1).join('.') });
      }
    }
  }
  return found;
}

/** Dotted names, relative ones made whole. `from a import b` may mean the module a.b. */
function importedNames(text: string, folder: string): string[] {
  const names: string[] = [];
  for (const [, from, what = '', plain = ''] of text.matchAll(IMPORT)) {
    const last = (item: string): string => item.replace(/[()]/g, '').trim().split(/\s+/)[0] ?? '';
    if (from === undefined) names.push(...plain.split(',').map(last));
    else {
      const base = from.startsWith('.') ? [folder, from.replace(/^\.+/, '')].filter(Boolean).join('.') : from;
      names.push(base, ...what.split(',').map((item) => [base, last(item)].filter(Boolean).join('.')));
    }
  }
  return names.filter((name) => /^\w+(\.\w+)*$/.test(name));
}

/** A module, with the packages around it. */
function candidates(folder: string, name: string): string[] {
  const parts = name.split('.');
  const packages = parts.map((_, i) => join(folder, ...parts.slice(0, i + 1), '__init__.py'));
  return [...packages, join(folder, ...parts.slice(0, -1), `${parts.at(-1) ?? ''}.py`)];
}

function read(file: string): string | null {
  // Most of what is looked for is not there, and an exception takes ten times as long as a look.
  if (!existsSync(file)) return null;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
