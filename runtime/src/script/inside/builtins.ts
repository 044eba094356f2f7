// Node's modules that a script may ask for, as far as they need nothing of the machine.
import type { Outside } from '../border.ts';
import { textClasses } from './globals.ts';
import { timers } from './timers.ts';

/** By name, without `node:`. */
export function builtinModules(outside: Outside): ReadonlyMap<string, unknown> {
  const { performance, process, console } = globalThis as unknown as Record<string, unknown>;
  const inspect = (value: unknown) => outside.inspect(value);
  const util = {
    inspect,
    format: (...values: unknown[]) => outside.format(values),
    promisify,
    isDeepStrictEqual: sameAll,
    types: {},
    ...textClasses(outside),
  };
  const assert = assertions(inspect);
  const waits = {
    setTimeout: (milliseconds?: number, value?: unknown) => new Promise((resolve) => timers.setTimeout(resolve, milliseconds, value)),
    setImmediate: (value?: unknown) => new Promise((resolve) => timers.setImmediate(resolve, value)),
  };
  const modules: Record<string, unknown> = {
    assert,
    'assert/strict': assert,
    console,
    path,
    'path/posix': path,
    perf_hooks: { performance },
    process,
    timers,
    'timers/promises': waits,
    util,
  };
  return new Map(Object.entries(modules).map(([name, module]) => [name, withDefault(module)]));
}

const withDefault = (module: unknown): unknown => {
  if ((typeof module !== 'object' && typeof module !== 'function') || module === null) return module;
  if (!('default' in module)) Object.defineProperty(module, 'default', { value: module, enumerable: false });
  return module;
};

function promisify(f: (...args: unknown[]) => void): (...args: unknown[]) => Promise<unknown> {
  if ((f as unknown) === timers.setTimeout)
    return (milliseconds, value) => new Promise((resolve) => timers.setTimeout(resolve, milliseconds, value));
  return (...args) =>
    new Promise((resolve, reject) => f(...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))));
}

// ------------------------------------------------------------------------------------------------ assert

function assertions(inspect: (value: unknown) => string): object {
  class AssertionError extends Error {
    readonly code = 'ERR_ASSERTION';
    override readonly name = 'AssertionError';
    constructor(
      message: string,
      readonly actual: unknown,
      readonly expected: unknown,
    ) {
      super(message);
    }
  }
  const check = (holds: boolean, message: unknown, otherwise: () => string, actual?: unknown, expected?: unknown): void => {
    if (holds) return;
    if (message instanceof Error) throw message;
    throw new AssertionError(message === undefined ? otherwise() : String(message), actual, expected);
  };
  const comparison =
    (holds: (a: unknown, b: unknown) => boolean, says: string) =>
    (actual: unknown, expected: unknown, message?: unknown): void =>
      check(holds(actual, expected), message, () => `Expected ${inspect(actual)} ${says} ${inspect(expected)}`, actual, expected);
  const ok = (value: unknown, message?: unknown): void =>
    check(Boolean(value), message, () => 'The expression evaluated to a falsy value', value, true);
  const throws = (f: () => unknown, ...rest: unknown[]): void => {
    try {
      f();
    } catch {
      return;
    }
    check(false, rest.at(-1), () => 'Missing expected exception.');
  };
  const strict = {
    equal: comparison(Object.is, 'to be'),
    strictEqual: comparison(Object.is, 'to be'),
    notEqual: comparison((a, b) => !Object.is(a, b), 'not to be'),
    notStrictEqual: comparison((a, b) => !Object.is(a, b), 'not to be'),
    deepEqual: comparison(sameAll, 'to equal'),
    deepStrictEqual: comparison(sameAll, 'to equal'),
    notDeepEqual: comparison((a, b) => !sameAll(a, b), 'not to equal'),
    notDeepStrictEqual: comparison((a, b) => !sameAll(a, b), 'not to equal'),
    throws,
    ok,
    fail: (message?: unknown) => check(false, message, () => 'Failed'),
    AssertionError,
  };
  return Object.assign(ok, strict, { strict });
}

function sameAll(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([key, value]) => key in b && sameAll(value, (b as Record<string, unknown>)[key]));
}

// ------------------------------------------------------------------------------------------------ path

const normalize = (text: string): string => {
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.' && !(part === '..' && text.startsWith('/'))) parts.push(part);
  }
  return (text.startsWith('/') ? '/' : '') + parts.join('/') || '.';
};

const path = {
  sep: '/',
  normalize,
  join: (...parts: string[]) => normalize(parts.filter((part) => part !== '').join('/')),
  resolve: (...parts: string[]) => normalize(parts.reduce((base, part) => (part.startsWith('/') ? part : `${base}/${part}`), '/')),
  dirname: (text: string) => text.replace(/\/[^/]*\/?$/, '') || (text.startsWith('/') ? '/' : '.'),
  basename: (text: string, ending = '') => {
    const name = text.replace(/\/+$/, '').split('/').at(-1) ?? '';
    return ending !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
  },
  extname: (text: string) => /[^/.](\.[^/.]*)$/.exec(text)?.[1] ?? '',
  isAbsolute: (text: string) => text.startsWith('/'),
};
