// Where a text is broken, in words for its author: at most one problem a line.
import type { Range, SyntaxProblem } from '../ir/ir.ts';
import type { Insertion } from './insertion.ts';
import type { SyntaxTree } from './tree.ts';

export function findProblems(text: string, tree: SyntaxTree, insertions: readonly Insertion[]): SyntaxProblem[] {
  const found: SyntaxProblem[] = insertions
    .filter((insertion) => insertion.message !== '')
    .map(({ at, message }) => ({ range: visible(text, { start: at, end: at }), message }));
  for (const node of tree.problems) {
    const message =
      node.type === 'block' ? 'indented block expected' : node.missing && node.type !== 'ERROR' ? missing(node.type) : 'does not parse';
    found.push({ range: visible(text, node), message });
  }
  if (tree.tooDeep) found.push({ range: visible(text, { start: 0, end: 0 }), message: 'nested too deep to be read as a whole' });
  found.sort((a, b) => a.range.start - b.range.start);
  return onePerLine(text, found);
}

function missing(type: string): string {
  if (/^[^\w\s]+$/.test(type)) return `\`${type}\` expected`;
  return type === 'identifier' ? 'name expected' : `${type.replaceAll('_', ' ')} expected`;
}

/** A range without width shows nothing: take the character before it. The range of an ERROR ends with its first line. */
function visible(text: string, { start, end }: Range): Range {
  if (start < end) {
    const newline = text.indexOf('\n', start);
    return { start, end: newline < 0 || newline <= start ? end : Math.min(end, newline) };
  }
  const before = start > 0 && text[start - 1] !== '\n' ? start - 1 : start;
  return { start: before, end: Math.min(text.length, Math.max(start, before + 1)) };
}

function onePerLine(text: string, problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const kept: SyntaxProblem[] = [];
  for (const problem of problems) {
    const last = kept[kept.length - 1];
    if (last === undefined || text.slice(last.range.start, problem.range.start).includes('\n')) kept.push(problem);
  }
  return kept;
}
