// Which of the analyzer's calls is the one that a run came to.
import type { ExplainedCall } from './explain.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

/** By where it begins, or, for `a.b(c)` in a script, which an engine places at the `b`, by where it ends. */
export function foretoldAt(
  call: Place & { readonly endLine?: number; readonly endColumn?: number },
  calls: readonly ExplainedCall[],
): ExplainedCall | undefined {
  return (
    calls.find(({ line, column }) => line === call.line && column === call.column) ??
    calls.find(({ endLine, endColumn }) => endLine === call.endLine && endColumn === call.endColumn)
  );
}
