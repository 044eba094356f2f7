// Memory for the dense blocks of a result, made ready while it is still being computed: the system hands memory out page by page where it is first written to, which takes longer
// than to unpack a sparse result into it.
import { newBlock } from './blocks.ts';
import type { Block, ExpectedBlock } from './protocol.ts';

const PAGE_BYTES = 4096;
/** Touched in one go; in between, messages are read. */
const SLICE_BYTES = 2 ** 18;
/** What is expected beyond this is made when it is there. */
const MOST_BYTES = 2 ** 23;

export class Room {
  private readonly blocks: Block[] = [];
  private isInUse = false;

  /** To be called once, with what will be asked for. */
  expect(blocks: readonly ExpectedBlock[]): void {
    let bytes = 0;
    for (const { size, precise } of blocks) {
      bytes += size * (precise ? 8 : 4);
      if (!(bytes <= MOST_BYTES)) break;
      this.blocks.push(newBlock(size, precise));
    }
    this.touch(0, 0);
  }

  /** Zeros for a block of so many elements. */
  take(size: number, precise: boolean): Block {
    this.isInUse = true;
    const at = this.blocks.findIndex((block) => block.length === size && block instanceof Float64Array === precise);
    return this.blocks.splice(at, at < 0 ? 0 : 1)[0] ?? newBlock(size, precise);
  }

  /** Writes to the pages of one block after the other, a slice at a time, until the first block is taken: nothing is written over what is in use. */
  private touch(number: number, from: number): void {
    const block = this.blocks[number];
    if (block === undefined || this.isInUse) return;
    const end = Math.min(block.length, from + SLICE_BYTES / block.BYTES_PER_ELEMENT);
    for (let at = from; at < end; at += PAGE_BYTES / block.BYTES_PER_ELEMENT) block[at] = 0;
    setImmediate(() => (end < block.length ? this.touch(number, end) : this.touch(number + 1, 0)));
  }
}
