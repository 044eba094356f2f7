// A tree-sitter tree, copied once into plain objects: reading those is many times faster than asking the parser's memory for each node.
import type { Language, Tree } from 'web-tree-sitter';
import type { EarlierTree } from './earlier.ts';

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

export interface Comment {
  readonly start: number;
  readonly end: number;
}

export interface SyntaxTree {
  readonly root: SyntaxNode;
  readonly comments: readonly Comment[];
  /** Every ERROR, missing node and empty block of Python, in source order. */
  readonly problems: readonly SyntaxNode[];
  readonly tooDeep: boolean;
}

/** Levels of the tree that are read: everything that recurses over it, here or later, has room on the stack for so many. */
export const DEPTH_LIMIT = 500;

const leaf: SyntaxNode[] = [];
const extras = new Set(['comment', 'line_continuation', 'html_comment', 'hash_bang_line']);

/** Nothing inside these is read, or there is nothing inside. */
const leaves = new Set([
  ...[
    'identifier',
    'integer',
    'float',
    'true',
    'false',
    'none',
    'ellipsis',
    'string_start',
    'string_content',
    'string_end',
    'comment',
    'pass_statement',
  ],
  ...[
    'number',
    'null',
    'undefined',
    'this',
    'super',
    'property_identifier',
    'private_property_identifier',
    'shorthand_property_identifier',
  ],
  ...[
    'shorthand_property_identifier_pattern',
    'statement_identifier',
    'type_identifier',
    'predefined_type',
    'string_fragment',
    'regex',
    'escape_sequence',
  ],
]);

interface Kind {
  readonly type: string;
  readonly named: boolean;
  readonly extra: boolean;
  readonly leaf: boolean;
}

const kindsOf = new WeakMap<Language, readonly Kind[]>();
const errorKind: Kind = { type: 'ERROR', named: true, extra: false, leaf: false };

function kinds(language: Language): readonly Kind[] {
  let known = kindsOf.get(language);
  if (known === undefined) {
    known = language.types.map((type, id) => {
      const named = language.nodeTypeIsNamed(id);
      return { type, named, extra: extras.has(type), leaf: !named || leaves.has(type) };
    });
    kindsOf.set(language, known);
  }
  return known;
}

/** `position` gives an offset's place in the document, where the text that was parsed is another. */
export function copyTree(tree: Tree, position: (offset: number) => number, earlier: EarlierTree | null = null): SyntaxTree {
  const table = kinds(tree.language);
  const fields = tree.language.fields;
  const comments: Comment[] = [];
  const problems: SyntaxNode[] = [];
  let anyTooDeep = false;
  const cursor = tree.walk();
  const parents: GrowingNode[] = [];
  let root: SyntaxNode | null = null;

  for (;;) {
    const kind = table[cursor.nodeTypeId] ?? errorKind;
    const start = position(cursor.startIndex);
    const end = position(cursor.endIndex);
    let node: GrowingNode | null = null;
    if (kind.extra) {
      comments.push({ start, end });
    } else {
      const fieldId = cursor.currentFieldId;
      const missing = start === end && cursor.nodeIsMissing;
      const field = fieldId === 0 ? null : (fields[fieldId] ?? null);
      node = { type: kind.type, named: kind.named, field, start, end, children: leaf, missing, broken: false, tooDeep: false };
      const asBefore = kind.leaf ? null : (earlier?.find(node, parents.length) ?? null);
      const parent = parents[parents.length - 1];
      if (parent === undefined) root = asBefore ?? node;
      else if (parent.children === leaf) parent.children = [asBefore ?? node];
      else parent.children.push(asBefore ?? node);
      if (asBefore !== null) {
        comments.push(...(earlier?.commentsIn(asBefore) ?? []));
        node = null;
      } else if (missing || kind === errorKind) {
        problems.push(node);
        if (parent !== undefined) parent.broken = true;
      } else if (start === end && kind.type === 'block') {
        problems.push(node);
      }
    }
    if (node !== null && !kind.leaf && cursor.gotoFirstChild()) {
      if (parents.length < DEPTH_LIMIT) {
        parents.push(node);
        continue;
      }
      cursor.gotoParent();
      node.tooDeep = anyTooDeep = true;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        cursor.delete();
        return { root: root ?? { ...emptyRoot }, comments, problems, tooDeep: anyTooDeep };
      }
      parents.pop();
    }
  }
}

export const emptyRoot: SyntaxNode = {
  type: 'program',
  named: true,
  field: null,
  start: 0,
  end: 0,
  children: leaf,
  missing: false,
  broken: false,
  tooDeep: false,
};

export function childOf(node: SyntaxNode, field: string): SyntaxNode | null {
  for (const child of node.children) if (child.field === field) return child;
  return null;
}

/** Commas between the parts of a field have the field's name too. */
export function childrenOf(node: SyntaxNode, field: string): SyntaxNode[] {
  return node.children.filter((child) => child.named && child.field === field);
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
