// The files of a command with what is known of each, and everything that stood in the way said on standard error.
import { collectFiles, type SourceFile } from '../files.ts';
import { Lines } from '../render/positions.ts';
import type { Subject } from '../rules/rule.ts';
import type { ReadSubject } from '../subjects.ts';
import type { Terminal } from './terminal.ts';

export interface ReadFile {
  readonly file: SourceFile;
  readonly subject: Subject;
}

export interface ReadFiles {
  readonly files: readonly ReadFile[];
  /** False when something that was named could not be read or does not parse. */
  readonly complete: boolean;
}

export function readFiles(paths: readonly string[], read: ReadSubject, terminal: Terminal): ReadFiles {
  const { files, unreadable, skipped } = collectFiles(paths);
  let complete = unreadable.length === 0;
  for (const sentence of [...unreadable, ...skipped]) terminal.say(sentence);
  if (files.length === 0 && complete && skipped.length === 0) {
    terminal.say(`${paths.join(', ')}: there is no Python, JavaScript or TypeScript file here.`);
    complete = false;
  }
  const known = files.flatMap((file) => {
    const subject = subjectOf(file, read, terminal);
    if (subject === null || !sayTroubles(file, subject, terminal)) complete = false;
    return subject === null ? [] : [{ file, subject }];
  });
  return { files: known, complete };
}

export function subjectOf(file: SourceFile, read: ReadSubject, terminal: Terminal): Subject | null {
  try {
    return read(file);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    terminal.say(
      `${file.path}: Tape Lens failed on this file (${message}). That is a mistake in Tape Lens; please report it with the file.`,
    );
    return null;
  }
}

/** Syntax errors and an exhausted budget, told; false when the file does not parse. */
function sayTroubles(file: SourceFile, subject: Subject, terminal: Terminal): boolean {
  const lines = new Lines(file.text);
  const { errors } = subject.program;
  const [first] = errors;
  if (first !== undefined) {
    const { line, column } = lines.place(first.range.start);
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
    terminal.say(`${file.path}:${line}:${column}: ${first.message}${more}. Mend it and run again; the rest was read as far as it goes.`);
  }
  if (subject.facts.exhausted) {
    terminal.say(`${file.path}: this took more steps than Tape Lens takes for a file. What it says is right, but not everything is there.`);
  }
  if (subject.facts.failure !== null)
    terminal.say(
      `${file.path}: Tape Lens lost its way in this file (${subject.facts.failure.split('\n').slice(0, 2).join(' ').trim()}). What it says is right, but not everything is there. That is a mistake in Tape Lens; please report it with the file.`,
    );
  return first === undefined;
}
