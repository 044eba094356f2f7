// How a text became another, as tree-sitter is told of it: one stretch in place of another.
import { Edit } from 'web-tree-sitter';

/** The shortest stretch that differs. Offsets and columns count UTF-16 units. */
export function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < most - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  // Never through the middle of a character.
  if (isLow(before, start) || isLow(after, start)) start--;
  if (same > 0 && (isLow(before, before.length - same) || isLow(after, after.length - same))) same--;
  const [oldEndIndex, newEndIndex] = [before.length - same, after.length - same];
  return new Edit({
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEndIndex),
    newEndPosition: pointAt(after, newEndIndex),
  });
}

const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

function pointAt(text: string, offset: number): { readonly row: number; readonly column: number } {
  let [row, from] = [0, 0];
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    row++;
    from = at + 1;
  }
  return { row, column: offset - from };
}
