// The files that a command is about: folders are walked, `.gitignore` is honoured, and what cannot be read is told in a sentence.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { DocumentLanguage } from './syntax/parser.ts';

export interface SourceFile {
  /** As it was given, or found below a folder that was given. */
  readonly path: string;
  readonly text: string;
  readonly language: DocumentLanguage;
}

export interface Collected {
  readonly files: readonly SourceFile[];
  /** Why something that was named could not be read, one sentence each. */
  readonly unreadable: readonly string[];
  /** What was left out below a folder, one sentence each. */
  readonly skipped: readonly string[];
}

/** By extension; DESIGN's list of what is walked. */
const languages: ReadonlyMap<string, DocumentLanguage> = new Map([
  ['.py', 'python'],
  ['.ipynb', 'notebook'],
  ['.js', 'javascript'],
  ['.mjs', 'javascript'],
  ['.cjs', 'javascript'],
  ['.jsx', 'javascriptreact'],
  ['.ts', 'typescript'],
  ['.mts', 'typescript'],
  ['.cts', 'typescript'],
  ['.tsx', 'typescriptreact'],
]);

/** Never of interest below a folder, whatever `.gitignore` says. */
const skippedFolders = new Set(['.git', 'node_modules', '__pycache__', '.venv']);

export function languageOf(path: string): DocumentLanguage | null {
  return languages.get(extname(path).toLowerCase()) ?? null;
}

export function collectFiles(paths: readonly string[]): Collected {
  const files = new Map<string, SourceFile>();
  const unreadable: string[] = [];
  const skipped: string[] = [];
  const add = (path: string, refused: string[]): void => {
    if (files.has(path)) return;
    const file = readSource(path);
    if (typeof file === 'string') refused.push(file);
    else files.set(path, file);
  };
  for (const path of paths) {
    if (kindOf(path) === 'folder') walk(path, ignoresAbove(path), (found) => add(found, skipped), unreadable);
    else add(path, unreadable);
  }
  return { files: [...files.values()], unreadable, skipped };
}

/** The file, or a sentence that says why it cannot be read. */
export function readSource(path: string): SourceFile | string {
  const kind = kindOf(path);
  if (kind === 'nothing') return `${path}: there is no such file. Check the path; it is taken from the current folder.`;
  if (kind === 'folder') return `${path}: this is a folder. Name a file in it.`;
  if (kind === 'device') return `${path}: this is a device or a pipe, not a file. Save the program as a file.`;
  const language = languageOf(path);
  if (language === null) return `${path}: this is not a file that Tape Lens reads. It reads ${[...languages.keys()].join(' ')}.`;
  if (language === 'notebook') return `${path}: notebooks are not read from the command line yet. Open it in an editor, or save it as .py.`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return `${path}: this cannot be read (${codeOf(error)}). Check its permissions.`;
  }
  const text = decode(bytes);
  if (text === null) return `${path}: this is not text in UTF-8, so it is not a program. Save it as UTF-8.`;
  return { path, text, language };
}

/** UTF-8 without its byte-order mark; null for what is binary. */
function decode(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function kindOf(path: string): 'file' | 'folder' | 'device' | 'nothing' {
  try {
    const stat = statSync(path);
    return stat.isDirectory() ? 'folder' : stat.isFile() ? 'file' : 'device';
  } catch {
    return 'nothing';
  }
}

/** One `.gitignore` and the folder that its patterns count from. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

function walk(folder: string, above: readonly IgnoreFile[], add: (path: string) => void, unreadable: string[]): void {
  const own = readIgnoreFile(folder);
  const ignores = own === null ? above : [...above, own];
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    unreadable.push(`${folder}: this folder cannot be read (${codeOf(error)}). Check its permissions.`);
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (isIgnored(path, entry.isDirectory(), ignores)) continue;
    if (entry.isDirectory() && !skippedFolders.has(entry.name)) walk(path, ignores, add, unreadable);
    else if (entry.isFile() && languageOf(entry.name) !== null) add(path);
  }
}

/** The deepest `.gitignore` with an opinion decides. */
function isIgnored(path: string, isFolder: boolean, ignores: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of [...ignores].reverse()) {
    const below = relative(folder, path).split(sep).join('/') + (isFolder ? '/' : '');
    const opinion = rules.test(below);
    if (opinion.ignored || opinion.unignored) return opinion.ignored;
  }
  return false;
}

/** The `.gitignore` files of the folders above, up to the repository's top; none outside a repository. */
function ignoresAbove(folder: string): readonly IgnoreFile[] {
  const found: IgnoreFile[] = [];
  let current = join(process.cwd(), relative(process.cwd(), folder));
  while (kindOf(join(current, '.git')) === 'nothing') {
    const parent = dirname(current);
    if (parent === current) return [];
    current = parent;
    const own = readIgnoreFile(current);
    if (own !== null) found.unshift(own);
  }
  return found;
}

function readIgnoreFile(folder: string): IgnoreFile | null {
  try {
    return { folder, rules: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : basename(String(error));
}
