// What it means for a request that its process has ended: one clear sentence, and what to do next.
import type { Failure, Limits } from './protocol.ts';
import type { Ending } from './process.ts';

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

export function failureOf(ending: Ending, limits: Limits): Failure {
  if (ending.by === 'itself') {
    if (outOfMemory(ending.errors)) return memoryFailure(limits);
    return { kind: 'crashed', message: describeEnding(ending, limits.timeoutSeconds) };
  }
  switch (ending.reason) {
    case 'timeout':
      return {
        kind: 'timeout',
        message: `The snippet did not finish in ${limits.timeoutSeconds} s and was stopped. If it is meant to take longer, raise the limit (--timeout, or the setting); otherwise look for a loop without an end.`,
      };
    case 'memory':
      return memoryFailure(limits);
    case 'cancelled':
    case 'closed':
      return { kind: 'cancelled', message: 'Cancelled.' };
  }
}

const memoryFailure = (limits: Limits): Failure => ({
  kind: 'memory',
  message: `The snippet needed more than ${megabytes(limits.memoryBytes)} of memory and was stopped. Use smaller tensors, or fewer of them at once.`,
});

const outOfMemory = (errors: string): boolean => /heap out of memory|Allocation failed|Array buffer allocation failed/.test(errors);

/** How a process ended, for the log and for messages. */
export function describeEnding(ending: Ending, limitSeconds: number): string {
  if (ending.by === 'us')
    return ending.reason === 'timeout' ? `It was not ready after ${limitSeconds} s.` : `It was ended (${ending.reason}).`;
  const how = ending.signal ? `by signal ${ending.signal}` : ending.code === null ? 'before it ran' : `with exit code ${ending.code}`;
  const last = lastWords(ending.errors);
  return `The process that runs snippets ended ${how}${last ? `: ${last}` : ''}. The next request starts a new one.`;
}

/** The line of its error output that says most. */
function lastWords(errors: string): string {
  const lines = errors.split('\n').map((line) => line.trim());
  return (lines.find((line) => /^(\w*Error|FATAL ERROR)\b/.test(line)) ?? lines.filter((line) => line !== '').at(-1) ?? '').slice(0, 300);
}
