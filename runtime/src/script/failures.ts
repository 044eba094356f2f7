// What is said of an exception that ended a script: type, message, and the frames that are the program's own, in the text as it was written.
import { RAN_OUT, saysOutOfMemory } from '../engine/memory.ts';
import type { Failure } from '../host/protocol.ts';
import type { Thrown } from './border.ts';
import { framesOf, type Sources } from './stack.ts';

export function failureOf(json: string, sources: Sources): Failure {
  const { type, message, stack } = JSON.parse(json) as Thrown;
  const frames = framesOf(stack, sources).filter(({ kind }) => kind === 'program');
  const placed = frames.flatMap(({ file, place, name }) => {
    const source = sources.get(file);
    return source ? [{ file, name, ...source.original(place) }] : [];
  });
  const [first] = placed;
  const isMemory = saysOutOfMemory(type, message);
  const said = isMemory ? RAN_OUT : message + namespaceHint(message, sources);
  const lines = placed.map(
    ({ file, name, line, column }) => `    at ${name === '' ? '' : `${name} (`}${file}:${line}:${column}${name === '' ? '' : ')'}`,
  );
  return {
    kind: isMemory ? 'memory' : 'snippet',
    message: said,
    ...(type !== '' && { type }),
    ...(first && { file: first.file, line: first.line }),
    traceback: [type === '' ? message : `${type}: ${message}`, ...lines].join('\n'),
  };
}

/** Only the types of a namespace are stripped, so that its values are not there. */
function namespaceHint(message: string, sources: Sources): string {
  const [, name] = /^([\w$]+) is not defined$/.exec(message) ?? [];
  const declared = name !== undefined && new RegExp(`^\\s*(?:export\\s+)?(?:namespace|module)\\s+${name.replace(/\$/g, '\\$')}\\b`, 'm');
  return declared && [...sources.values()].some(({ text }) => declared.test(text))
    ? '. Namespaces of TypeScript are taken for types: make a const object or a module of it'
    : '';
}

/** V8 does not compile the text: it names the line, and shows it with a mark below. */
export function syntaxFailure(error: { readonly message: string; readonly stack?: string }, file: string): Failure {
  const stack = error.stack ?? '';
  const line = stack.startsWith(`${file}:`) ? Number(/^\d+/.exec(stack.slice(file.length + 1))?.[0] ?? 1) : 1;
  return syntaxError(file, line, error.message);
}

export const syntaxError = (file: string, line: number, message: string): Failure => ({
  kind: 'snippet',
  type: 'SyntaxError',
  message: `${message}. The program does not parse: mend this line and run it again.`,
  file,
  line,
  traceback: `SyntaxError: ${message}\n    at ${file}:${line}`,
});
