// Offsets to lines and columns as people count them: both from 1, columns in UTF-16 code units. An end column is the one after the last character.
import type { Range } from '../ir/ir.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Span extends Place {
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the lines of a text start; kept so that many offsets are looked up in one text. */
export class Lines {
  private readonly starts: number[] = [0];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  place(offset: number): Place {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }

  span(range: Range): Span {
    const start = this.place(range.start);
    const end = this.place(range.end);
    return { ...start, endLine: end.line, endColumn: end.column };
  }

  /** A line's text without its line ending. */
  line(number: number): string {
    const start = this.starts[number - 1] ?? this.text.length;
    const next = this.starts[number];
    return this.text.slice(start, next === undefined ? this.text.length : next - 1).replace(/\r$/, '');
  }
}
