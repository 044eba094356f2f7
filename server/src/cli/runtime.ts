// The process that runs snippets, as the command line uses it: where it lies, what it is given, and how its failures are told.
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHost } from '../../../runtime/src/host/host.ts';
import type { Failure, FailureKind, Host, Snippet, SnippetLanguage, SnippetOutput } from '../../../runtime/src/host/protocol.ts';
import type { SourceFile } from '../files.ts';
import type { DocumentLanguage } from '../syntax/parser.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** The folder of the bundle: beside it lie the runtime, the page and the rules. */
export const bundleFolder = dirname(fileURLToPath(import.meta.url));

export function openRuntime(terminal: Terminal): Host {
  const isVerbose = (process.env['TAPE_LENS_LOG'] ?? '') !== '';
  return createHost({
    distDir: bundleFolder,
    workspaceDir: process.cwd(),
    cacheDir: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'tape-lens'),
    servesOnce: true,
    log: (line) => {
      if (isVerbose) terminal.say(line);
    },
  });
}

export function snippetOf(file: SourceFile): Snippet {
  return { path: resolve(file.path), text: file.text, language: snippetLanguages[file.language] };
}

const snippetLanguages: Readonly<Record<DocumentLanguage, SnippetLanguage>> = {
  python: 'python',
  notebook: 'python',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  typescript: 'typescript',
  typescriptreact: 'typescript',
};

/** What the snippet printed goes to standard error: the answer is ours. */
export function sayOutput(output: SnippetOutput, terminal: Terminal): void {
  if (output.text !== '') terminal.say(output.text.replace(/\n$/, ''));
  if (output.droppedBytes > 0) terminal.say(`… and ${output.droppedBytes} bytes more, which were not kept.`);
}

/** Where, what, and what to do next. */
export function sayFailure(file: SourceFile, failure: Failure, terminal: Terminal): void {
  const place = failure.line === undefined ? file.path : `${shownPath(file, failure)}:${failure.line}`;
  const type = failure.type === undefined ? '' : `${failure.type}: `;
  const next = nextSteps[failure.kind];
  terminal.say(`${place}: ${type}${failure.message}${next === null ? '' : ` ${next}`}`);
}

function shownPath(file: SourceFile, failure: Failure): string {
  return failure.file === undefined || resolve(failure.file) === resolve(file.path) ? file.path : failure.file;
}

/** Beyond what the runtime's own message says. */
const nextSteps: Readonly<Record<FailureKind, string | null>> = {
  snippet: null,
  unreached: 'Name another call with PATH:LINE.',
  timeout: null,
  memory: null,
  cancelled: null,
  unsupported: null,
  crashed: null,
  engine: 'Use --engine auto.',
};

/** The program failed, or never came to the call: 1. It could not be run: 2. */
export function failureCode(kind: FailureKind): number {
  return kind === 'crashed' || kind === 'engine' || kind === 'cancelled' ? exitCode.couldNotRun : exitCode.found;
}
