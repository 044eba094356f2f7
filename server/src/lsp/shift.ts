// Moves facts and problems from the text they were found in to a text that was edited since, for the time that it does not parse.
import type { Range } from '../ir/ir.ts';

/** One change between two texts: `start` to `end` of the old one became `start` to `newEnd` of the new one. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

/** The smallest single change that leads from one text to the other. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, end: before.length - same, newEnd: after.length - same };
}

/** A range in the new text. One that holds the change grows with it; one that the change cut through collapses to nothing. */
export function shiftRange(range: Range, change: Change): Range {
  const by = change.newEnd - change.end;
  if (range.end <= change.start) return range;
  if (range.start >= change.end) return { start: range.start + by, end: range.end + by };
  if (range.start <= change.start && range.end >= change.end) return { start: range.start, end: range.end + by };
  return { start: change.start, end: change.start };
}

/** A copy of plain data with every range in it shifted; `before` of a watch fix is an offset too. */
export function shiftAll<T>(data: T, change: Change): T;
export function shiftAll(data: unknown, change: Change): unknown {
  if (Array.isArray(data)) return data.map((part: unknown) => shiftAll(part, change));
  if (typeof data !== 'object' || data === null) return data;
  if (isRange(data)) return shiftRange(data, change);
  return Object.fromEntries(
    Object.entries(data).map(([key, value]: [string, unknown]) => {
      if (key === 'before' && typeof value === 'number') return [key, shiftRange({ start: value, end: value }, change).start];
      return [key, shiftAll(value, change)];
    }),
  );
}

function isRange(data: object): data is Range {
  return (
    'start' in data && 'end' in data && typeof data.start === 'number' && typeof data.end === 'number' && Object.keys(data).length === 2
  );
}
