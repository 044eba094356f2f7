// Stack traces of a running script: which frames are the program's own, and where in its text they are.
import type { Where } from '../session.ts';
import { REALM_FILE } from './realm.ts';
import type { Place, Source } from './source.ts';

/** The files of the program that were loaded, the program itself first. */
export type Sources = ReadonlyMap<string, Source>;

export interface Frame {
  readonly kind: 'program' | 'realm' | 'other';
  readonly file: string;
  /** In the text that runs. */
  readonly place: Place;
  /** What stands before the place: a function's name, or nothing. */
  readonly name: string;
}

const DEEPEST = 100;

/** The frames from here outwards; native ones, which have no place, are left out. */
export function framesNow(sources: Sources): Frame[] {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = before;
  return framesOf(stack, sources);
}

export function framesOf(stack: string, sources: Sources): Frame[] {
  return stack.split('\n').flatMap((text): Frame[] => {
    const [, rest = '', line = '', column = ''] = /^ {4}at (.*):(\d+):(\d+)\)?$/.exec(text) ?? [];
    if (rest === '') return [];
    const place = { line: Number(line), column: Number(column) };
    for (const file of [REALM_FILE, ...sources.keys()]) {
      const name = nameBefore(rest, file);
      if (name !== null) return [{ kind: file === REALM_FILE ? 'realm' : 'program', file, place, name }];
    }
    return [{ kind: 'other', file: '', place, name: '' }];
  });
}

/** `f (FILE` and `FILE` alone. */
function nameBefore(text: string, file: string): string | null {
  if (!text.endsWith(file)) return null;
  const before = text.slice(0, -file.length);
  if (before === '' || before === 'async ') return '';
  if (!before.endsWith(' (')) return null;
  // The program itself is a function of ours without a name.
  return before.endsWith('<anonymous> (') ? '' : before.slice(0, -2);
}

/** Where the program called a function of ours that has `depth` of the realm's frames above it; null where something else called it. */
export function callerOf(frames: readonly Frame[], depth: number): Frame | null {
  const first = frames.findIndex(({ kind }) => kind === 'realm');
  if (first < 0 || frames.slice(first, first + depth).some(({ kind }) => kind !== 'realm')) return null;
  const caller = frames[first + depth];
  return caller?.kind === 'program' ? caller : null;
}

/** Where the program was when it came to a stack trace, as it crosses the border; ''. */
export const innermostOf = (stack: unknown, sources: Sources): string =>
  written(typeof stack === 'string' ? framesOf(stack, sources).find(({ kind }) => kind === 'program') : null);

/** A place as it crosses the border. */
export const written = (frame: Frame | null | undefined): string =>
  frame ? `${frame.place.line},${frame.place.column},${frame.file}` : '';

export function read(text: string, sources: Sources): { readonly source: Source; readonly place: Place } | null {
  const [, line, column, file = ''] = /^(\d+),(\d+),([\s\S]*)$/.exec(text) ?? [];
  const source = sources.get(file);
  return source ? { source, place: source.original({ line: Number(line), column: Number(column) }) } : null;
}

/** The line of a place that has crossed the border. */
export function whereOf(text: string, sources: Sources): Where | null {
  const found = read(text, sources);
  if (!found) return null;
  const [program] = sources.keys();
  const { file } = found.source;
  return { line: found.place.line, ...(file !== program && { file }) };
}
