// What holds for every program: a node stands inside its parent, a name is the text that it stands for, statements come in order.
import type { Program, Range } from '../../server/src/ir/ir.ts';

interface Found {
  readonly kind: string;
  readonly range: Range;
}

function isNode(value: object): value is Found {
  return 'kind' in value && typeof value.kind === 'string' && 'range' in value;
}

/** Every node of a program with the nearest node around it; `argument`s, `parameter`s and clauses with a range count too. */
export function nodesOf(program: Program): { node: Found; parent: Range; path: string }[] {
  const found: { node: Found; parent: Range; path: string }[] = [];
  const visit = (value: unknown, parent: Range, path: string): void => {
    if (Array.isArray(value)) {
      for (const element of value) visit(element, parent, path);
    } else if (typeof value === 'object' && value !== null) {
      let around = parent;
      if ('range' in value) {
        const node: Found = isNode(value) ? value : { kind: 'part', range: value.range as Range };
        found.push({ node, parent, path });
        around = node.range;
      }
      for (const [key, child] of Object.entries(value)) if (!/[rR]ange$/.test(key)) visit(child, around, `${path}.${key}`);
    }
  };
  visit(program.body, { start: 0, end: Number.POSITIVE_INFINITY }, '');
  return found;
}

/** Complaints; none for a program that is well placed. */
export function misplaced(program: Program, source: string): string[] {
  const complaints: string[] = [];
  for (const { node, parent, path } of nodesOf(program)) {
    const { start, end } = node.range;
    const text = source.slice(start, end);
    const what = `${path} ${node.kind} ${start}-${end} ${JSON.stringify(text.slice(0, 40))}`;
    if (!(start >= 0 && start <= end && end <= source.length)) complaints.push(`${what}: not in the text`);
    if (start < parent.start || end > parent.end) complaints.push(`${what}: outside ${parent.start}-${parent.end}`);
    if (text !== text.trim() && program.errors.length === 0) complaints.push(`${what}: begins or ends with white space`);
    if ('nameRange' in node && 'name' in node) {
      const nameRange = node.nameRange as Range | null;
      if (nameRange !== null && source.slice(nameRange.start, nameRange.end) !== node.name && node.name !== 'setter')
        complaints.push(`${what}: its name is elsewhere`);
    }
  }
  for (const { range, message } of program.errors) {
    if (!(range.start >= 0 && range.start <= range.end && range.end <= source.length))
      complaints.push(`error ${message} ${range.start}-${range.end}: not in the text`);
  }
  return complaints;
}

export function unknowns(program: Program, source: string): string[] {
  return nodesOf(program)
    .filter(({ node }) => node.kind.startsWith('unknown'))
    .map(({ node }) => source.slice(node.range.start, node.range.end));
}
