// A tree-sitter tree, copied once into plain objects: reading those is many times faster than asking the parser's memory for each node.
import type { Tree } from 'web-tree-sitter';

/** Comments and line continuations are left out; `broken` says that a direct child is an ERROR or missing. */
export interface SyntaxNode {
  readonly type: string;
  readonly named: boolean;
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
  readonly missing: boolean;
  readonly broken: boolean;
  /** Nested too deep to be read: the children are left out. */
  readonly tooDeep: boolean;
}

interface GrowingNode extends SyntaxNode {
  children: SyntaxNode[];
  broken: boolean;
  tooDeep: boolean;
}

export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  /** Every ERROR and missing node, in source order. */
  readonly problems: readonly SyntaxNode[];
  readonly tooDeep: boolean;
}

/** Levels of the tree that are read: everything that recurses over it, here or later, has room on the stack for so many. */
export const DEPTH_LIMIT = 500;

const leaf: SyntaxNode[] = [];
const extras = new Set(['comment', 'line_continuation', 'html_comment', 'hash_bang_line']);

export function copyTree(tree: Tree, position: (offset: number) => number): SyntaxTree {
  const types = tree.language.types;
  const fields = tree.language.fields;
  const comments: { start: number; end: number }[] = [];
  const problems: SyntaxNode[] = [];
  let anyTooDeep = false;
  const cursor = tree.walk();
  const parents: GrowingNode[] = [];
  let root: SyntaxNode | null = null;

  for (;;) {
    const typeId = cursor.nodeTypeId;
    const type = types[typeId] ?? 'ERROR';
    const start = position(cursor.startIndex);
    const end = position(cursor.endIndex);
    const fieldId = cursor.currentFieldId;
    const node: GrowingNode = {
      type,
      named: type === 'ERROR' || isNamed(tree, typeId),
      field: fieldId === 0 ? null : (fields[fieldId] ?? null),
      start,
      end,
      children: leaf,
      missing: start === end && cursor.nodeIsMissing,
      broken: false,
      tooDeep: false,
    };
    const parent = parents[parents.length - 1];
    let skipped = false;
    if (extras.has(type)) {
      skipped = true;
      comments.push({ start, end });
    } else if (parent === undefined) {
      root = node;
    } else {
      if (parent.children === leaf) parent.children = [];
      parent.children.push(node);
      if (type === 'ERROR' || node.missing) parent.broken = true;
    }
    if (type === 'ERROR' || node.missing) problems.push(node);

    if (!skipped) {
      if (parents.length < DEPTH_LIMIT) {
        if (cursor.gotoFirstChild()) {
          parents.push(node);
          continue;
        }
      } else if (cursor.gotoFirstChild()) {
        cursor.gotoParent();
        node.tooDeep = anyTooDeep = true;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (parents.length === 0 || !cursor.gotoParent()) {
        cursor.delete();
        return { root: root ?? node, comments, problems, tooDeep: anyTooDeep };
      }
      parents.pop();
    }
  }
}

const namedTypes = new WeakMap<object, boolean[]>();

function isNamed(tree: Tree, typeId: number): boolean {
  const language = tree.language;
  let named = namedTypes.get(language);
  if (named === undefined) {
    named = language.types.map((_, id) => language.nodeTypeIsNamed(id));
    namedTypes.set(language, named);
  }
  return named[typeId] ?? true;
}

export function childOf(node: SyntaxNode, field: string): SyntaxNode | null {
  for (const child of node.children) if (child.field === field && child.type !== ',') return child;
  return null;
}

export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === field && child.type !== ',');
}

export function childOfType(node: SyntaxNode, type: string): SyntaxNode | null {
  for (const child of node.children) if (child.type === type) return child;
  return null;
}

export function hasToken(node: SyntaxNode, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}

export function namedChildren(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

export function rangeOf(node: SyntaxNode): { start: number; end: number } {
  return { start: node.start, end: node.end };
}
