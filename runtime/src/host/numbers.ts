// The numbers of a Hessian as they came: arrays are made of them when somebody asks.
import { checkBlock, unpackBlock } from './blocks.ts';
import type { Block, FromChild, HessianNumbers, PackedBlock } from './protocol.ts';
import type { Room } from './room.ts';

export const NO_NUMBERS: HessianNumbers = { packed: null, blocks: null, sparse: null };

export class Numbers implements HessianNumbers {
  readonly packed: readonly (readonly PackedBlock[])[] | null;
  readonly sparse: readonly (readonly PackedBlock[])[] | null;
  private arrays: readonly (readonly Block[])[] | null = null;

  /** Throws where a block is not whole. */
  constructor(
    { blocks, fits }: Extract<FromChild, { kind: 'matrix' }>,
    private readonly room: Room,
  ) {
    const whole = blocks.map((row) => row.map(checkBlock));
    this.packed = fits ? whole : null;
    this.sparse = fits ? null : whole;
  }

  get blocks(): readonly (readonly Block[])[] | null {
    const zeros = (size: number, precise: boolean): Block => this.room.take(size, precise);
    return (this.arrays ??= this.packed?.map((row) => row.map((block) => unpackBlock(block, zeros))) ?? null);
  }
}
