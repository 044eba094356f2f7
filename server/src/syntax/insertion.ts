// Text put into a document so that it parses, and the way back from offsets in the completed text to offsets in the document.

export interface Insertion {
  /** Offset in the document. */
  readonly at: number;
  readonly text: string;
  /** How many characters of the document it stands for; usually none. */
  readonly replaces?: number;
  /** What the user is told is missing there; empty for what follows from another insertion. */
  readonly message: string;
}

/** `insertions` are in order of `at`. */
export function insertAll(text: string, insertions: readonly Insertion[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { at, text: added, replaces } of insertions) {
    parts.push(text.slice(from, at), added);
    from = at + (replaces ?? 0);
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** Inserted text has no width in the document: all of it is where it was inserted. */
export function originalPosition(insertions: readonly Insertion[]): (offset: number) => number {
  if (insertions.length === 0) return (offset) => offset;
  const starts: number[] = [];
  const shifts: number[] = [];
  let shift = 0;
  for (const insertion of insertions) {
    starts.push(insertion.at + shift);
    shift += insertion.text.length - (insertion.replaces ?? 0);
    shifts.push(shift);
  }
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return offset;
    const at = insertions[low - 1]?.at ?? 0;
    return Math.max(at, offset - (shifts[low - 1] ?? 0));
  };
}
