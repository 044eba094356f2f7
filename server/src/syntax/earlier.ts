// The copy of a tree from before an edit: what the edit left as it was is taken over from it, instead of being asked of the parser's memory again.
import type { Edit } from 'web-tree-sitter';
import type { Comment, SyntaxNode, SyntaxTree } from './tree.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A node of the earlier tree beside one that is being copied; its children before `next` have been passed. */
interface Counterpart {
  readonly node: SyntaxNode;
  next: number;
}

export class EarlierTree {
  private readonly touched: readonly Stretch[];
  /** By how much everything behind the edit has moved. */
  private readonly shift: number;
  /** Of the nodes around the one that is being copied, outermost first; null where there was no such node. */
  private readonly around: (Counterpart | null)[] = [];
  private nextComment = 0;

  /** `changed`: where tree-sitter says that the structure is another now. All places but `copy`'s are of the new text. */
  constructor(
    private readonly copy: SyntaxTree,
    private readonly edit: Edit,
    changed: readonly Stretch[],
  ) {
    this.shift = edit.newEndIndex - edit.oldEndIndex;
    this.touched = [{ start: edit.startIndex, end: edit.newEndIndex }, ...changed];
  }

  /** The node with all that is in it, where it is as it was; null where it has to be copied. To be asked of every node that has children, in order. */
  find(node: SyntaxNode, depth: number): SyntaxNode | null {
    const was = depth === 0 ? this.copy.root : this.childOf(this.around[depth - 1] ?? null, node);
    if (was !== null && this.isUntouched(node)) return moved(was, node.start - was.start);
    this.around[depth] = was && { node: was, next: 0 };
    return null;
  }

  /** The comments in a node that was found. */
  commentsIn({ start, end }: SyntaxNode): readonly Comment[] {
    const { comments } = this.copy;
    const by = this.shiftAt(start);
    const found: Comment[] = [];
    for (; this.nextComment < comments.length; this.nextComment++) {
      const comment = comments[this.nextComment];
      if (comment === undefined || comment.start + by >= end) break;
      if (comment.start + by >= start) found.push({ start: comment.start + by, end: comment.end + by });
    }
    return found;
  }

  private childOf(parent: Counterpart | null, node: SyntaxNode): SyntaxNode | null {
    if (parent === null) return null;
    const start = node.start - this.shiftAt(node.start);
    const end = node.end - this.shiftAt(node.end);
    const { children } = parent.node;
    while ((children[parent.next]?.start ?? Infinity) < start) parent.next++;
    for (let at = parent.next; children[at]?.start === start; at++) {
      const child = children[at];
      if (child?.end === end && child.type === node.type && child.field === node.field) {
        // It may be moved, and then no longer says where it was.
        parent.next = at + 1;
        return child;
      }
    }
    return null;
  }

  private isUntouched({ start, end }: SyntaxNode): boolean {
    return this.touched.every((stretch) => end < stretch.start || start > stretch.end);
  }

  private shiftAt(offset: number): number {
    return offset >= this.edit.newEndIndex ? this.shift : 0;
  }
}

interface Movable {
  start: number;
  end: number;
  readonly children: readonly Movable[];
}

/** In place: nobody has the earlier copy any more. */
function moved(node: SyntaxNode, by: number): SyntaxNode {
  if (by !== 0) move(node, by);
  return node;
}

function move(node: Movable, by: number): void {
  node.start += by;
  node.end += by;
  for (const child of node.children) move(child, by);
}
