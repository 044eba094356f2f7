// The command line, read: which command with which options, or why it cannot be understood.
import { parseArgs, type ParseArgsConfig } from 'node:util';

const engines = ['auto', 'node', 'wasm', 'cpu'] as const;
const checkFormats = ['text', 'json', 'sarif', 'github'] as const;
const explainFormats = ['text', 'json'] as const;
const hessianFormats = ['text', 'json', 'npy', 'csv', 'html'] as const;

export type Engine = (typeof engines)[number];
export type CheckFormat = (typeof checkFormats)[number];
export type ExplainFormat = (typeof explainFormats)[number];
export type HessianFormat = (typeof hessianFormats)[number];

export interface CheckCommand {
  readonly name: 'check';
  readonly format: CheckFormat;
  readonly paths: readonly string[];
}

export interface ExplainCommand {
  readonly name: 'explain';
  readonly format: ExplainFormat;
  readonly paths: readonly string[];
  /** Really run the program, on the runtime's own tape. */
  readonly run: boolean;
  readonly engine: Engine;
  readonly timeoutSeconds: number | null;
}

export interface HessianCommand {
  readonly name: 'hessian';
  readonly format: HessianFormat;
  readonly path: string;
  readonly line: number | null;
  readonly wrt: string | null;
  readonly occurrence: number | null;
  /** One element of the target in place of their sum, by its index along every axis. */
  readonly component: readonly number[] | null;
  /** Up to how many unknowns the Hessian is given whole. */
  readonly limit: number | null;
  /** The Newton step, too. */
  readonly newton: boolean;
  readonly engine: Engine;
  readonly output: string | null;
  readonly timeoutSeconds: number | null;
}

export type Command =
  | CheckCommand
  | ExplainCommand
  | HessianCommand
  | { readonly name: 'rule'; readonly code: string | null }
  | { readonly name: 'server' }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

/** A command line that cannot be carried out; the message says why and what would. */
export class UsageError extends Error {}

export const usage = `tape-lens: what TensorFlow's gradients will be, and the actual Hessian

  tape-lens check [--format ${checkFormats.join('|')}] PATH…
      problems; exit code 0: none, 1: some, 2: could not run
  tape-lens explain [--run] [--format ${explainFormats.join('|')}] [--engine ${engines.join('|')}] [--timeout S] PATH…
      what TensorFlow returns for every gradient call; --run really runs the program
  tape-lens hessian PATH[:LINE] [--wrt NAME] [--occurrence N] [--component I,J] [--newton] [--limit N]
                    [--engine ${engines.join('|')}] [--format ${hessianFormats.join('|')}] [--output FILE] [--timeout S]
      the Hessian at a gradient call; without LINE at the last second-order call
      --component: of one element of the target, not of their sum; --newton: the Newton step, too;
      --limit: up to how many unknowns the Hessian is given whole (4000)
      exit code 0: computed, 1: the program failed or never reached the call, 2: could not run
  tape-lens rule [CODE]
      what a code such as TL102 means; without CODE all of them
  tape-lens server --stdio
      the language server`;

type Options = NonNullable<ParseArgsConfig['options']>;

export function readCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case 'check':
      return readCheck(rest);
    case 'explain':
      return readExplain(rest);
    case 'hessian':
      return readHessian(rest);
    case 'rule':
      return readRule(rest);
    case 'server':
      return readServer(rest);
    case 'help':
    case '--help':
    case '-h':
      return { name: 'help' };
    case '--version':
    case '-v':
      return { name: 'version' };
    case undefined:
      throw new UsageError('Say what to do: check, explain, hessian, rule or server.');
    default:
      throw new UsageError(`There is no command '${name}': use check, explain, hessian, rule or server.`);
  }
}

function readCheck(args: readonly string[]): Command {
  const { values, positionals } = parse(args, { format: { type: 'string' }, help: { type: 'boolean', short: 'h' } });
  if (values['help'] === true) return { name: 'help' };
  return { name: 'check', format: choice('--format', values['format'], checkFormats, 'text'), paths: somePaths(positionals, 'check') };
}

function readExplain(args: readonly string[]): Command {
  const { values, positionals } = parse(args, {
    format: { type: 'string' },
    run: { type: 'boolean' },
    engine: { type: 'string' },
    timeout: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values['help'] === true) return { name: 'help' };
  return {
    name: 'explain',
    format: choice('--format', values['format'], explainFormats, 'text'),
    paths: somePaths(positionals, 'explain'),
    run: values['run'] === true,
    engine: choice('--engine', values['engine'], engines, 'auto'),
    timeoutSeconds: positive('--timeout', values['timeout'], false),
  };
}

function readHessian(args: readonly string[]): Command {
  const { values, positionals } = parse(args, {
    format: { type: 'string' },
    wrt: { type: 'string' },
    occurrence: { type: 'string' },
    component: { type: 'string' },
    limit: { type: 'string' },
    newton: { type: 'boolean' },
    engine: { type: 'string' },
    output: { type: 'string', short: 'o' },
    timeout: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values['help'] === true) return { name: 'help' };
  const [place, ...more] = positionals;
  if (place === undefined || more.length > 0) throw new UsageError('hessian takes one file: tape-lens hessian PATH[:LINE]');
  return {
    name: 'hessian',
    format: choice('--format', values['format'], hessianFormats, 'text'),
    ...readPlace(place),
    wrt: text(values['wrt']),
    occurrence: positive('--occurrence', values['occurrence'], true),
    component: indices('--component', values['component']),
    limit: positive('--limit', values['limit'], true),
    newton: values['newton'] === true,
    engine: choice('--engine', values['engine'], engines, 'auto'),
    output: text(values['output']),
    timeoutSeconds: positive('--timeout', values['timeout'], false),
  };
}

function readRule(args: readonly string[]): Command {
  const { values, positionals } = parse(args, { help: { type: 'boolean', short: 'h' } });
  if (values['help'] === true) return { name: 'help' };
  if (positionals.length > 1) throw new UsageError('rule takes one code: tape-lens rule TL102');
  return { name: 'rule', code: positionals[0] ?? null };
}

function readServer(args: readonly string[]): Command {
  const { values, positionals } = parse(args, { stdio: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values['help'] === true) return { name: 'help' };
  if (positionals.length > 0 || values['stdio'] !== true) throw new UsageError('The server speaks over stdio: tape-lens server --stdio');
  return { name: 'server' };
}

/** `a.py:12` is line 12 of a.py; a colon with anything else after it is part of the path. */
function readPlace(place: string): { path: string; line: number | null } {
  const found = /^(.+):(\d+)$/.exec(place);
  if (!found) return { path: place, line: null };
  const [, path = place, digits = ''] = found;
  const line = Number(digits);
  if (line < 1) throw new UsageError(`'${place}': lines count from 1.`);
  return { path, line };
}

function parse(args: readonly string[], options: Options): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // parseArgs explains itself in several sentences; the first names the option.
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message.split('. ')[0] ?? message}.`.replace('..', '.'));
  }
}

function choice<T extends string>(option: string, given: unknown, allowed: readonly T[], otherwise: T): T {
  if (given === undefined) return otherwise;
  const found = allowed.find((value) => value === given);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(', ')}, not '${String(given)}'.`);
  return found;
}

function positive(option: string, given: unknown, whole: boolean): number | null {
  if (given === undefined) return null;
  const value = Number(given);
  const isGood = given !== '' && Number.isFinite(value) && value > 0 && (!whole || Number.isInteger(value));
  if (!isGood) throw new UsageError(`${option} is a positive ${whole ? 'whole number' : 'number of seconds'}, not '${String(given)}'.`);
  return value;
}

/** `3` or `0,2`: an index along every axis. */
function indices(option: string, given: unknown): readonly number[] | null {
  if (given === undefined) return null;
  const list = String(given)
    .split(',')
    .map((part) => part.trim());
  if (!list.every((part) => /^\d+$/.test(part)))
    throw new UsageError(`${option} is an index along every axis, such as 3 or 0,2, not '${String(given)}'.`);
  return list.map(Number);
}

function somePaths(paths: readonly string[], command: string): readonly string[] {
  if (paths.length === 0) throw new UsageError(`${command} needs a file or a folder: tape-lens ${command} PATH…`);
  return paths;
}

function text(given: unknown): string | null {
  return typeof given === 'string' ? given : null;
}
