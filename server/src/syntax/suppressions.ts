// `# tape-lens: ignore[TL101, TL203]` and `// tape-lens: ignore`: which line each one speaks for.
import type { Suppression } from '../ir/ir.ts';

const comment = /^(?:#|\/\/|\/\*)\s*tape-lens:\s*ignore(?![\w-])(?:\s*\[([^\]]*)\])?/;

/** A comment behind code speaks for its own line; one that stands alone, for the next line with something on it. */
export function findSuppressions(text: string, comments: readonly { readonly start: number; readonly end: number }[]): Suppression[] {
  const found: Suppression[] = [];
  let line = 0;
  let counted = 0;
  for (const { start, end } of comments) {
    const match = comment.exec(text.slice(start, end));
    if (match === null) continue;
    for (; counted < start; counted += 1) if (text[counted] === '\n') line += 1;
    const alone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    const codes = (match[1] ?? '').split(',').map((code) => code.trim());
    found.push({ line: alone ? nextLine(text, end, line) : line, codes: codes.filter((code) => code !== '') });
  }
  return found;
}

/** Blank lines and further comments between are passed over. */
function nextLine(text: string, from: number, line: number): number {
  let next = line;
  let at = text.indexOf('\n', from);
  while (at >= 0) {
    next += 1;
    const end = text.indexOf('\n', at + 1);
    const content = text.slice(at + 1, end < 0 ? text.length : end).trim();
    if (content !== '' && !content.startsWith('#') && !content.startsWith('//')) return next;
    at = end;
  }
  return line + 1;
}
