// Memory that is made ready for a result: what is handed out is zeros of the right kind, and nobody writes to it any more.
import { describe, expect, it } from 'vitest';
import { unpackBlock } from '../../runtime/src/host/blocks.ts';
import { Room } from '../../runtime/src/host/room.ts';

const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('room for a result', () => {
  it('hands out what was expected, each block once', async () => {
    const room = new Room();
    room.expect([
      { size: 500_000, precise: false },
      { size: 300_000, precise: true },
    ]);
    await aWhile();
    const [single, double, another] = [room.take(500_000, false), room.take(300_000, true), room.take(500_000, false)];
    expect(single).toBeInstanceOf(Float32Array);
    expect(double).toBeInstanceOf(Float64Array);
    expect([single.length, double.length, another.length]).toEqual([500_000, 300_000, 500_000]);
    expect(another).not.toBe(single);
    for (const block of [single, double, another]) expect(block.every((x) => x === 0)).toBe(true);
  });

  it('leaves alone what is in use, though it was not done with it', async () => {
    const room = new Room();
    room.expect([{ size: 2_000_000, precise: false }]);
    const block = room.take(2_000_000, false).fill(1);
    await aWhile();
    expect(block.every((x) => x === 1)).toBe(true);
  });

  it('gives blocks that nobody expected, and makes none that are too large', () => {
    const room = new Room();
    room.expect([
      { size: 2 ** 40, precise: true },
      { size: NaN, precise: false },
    ]);
    expect([...room.take(3, true)]).toEqual([0, 0, 0]);
  });

  it('is where a block is unpacked', () => {
    const room = new Room();
    const packed = { kind: 'coordinates', rows: 2, columns: 2, positions: Int32Array.of(3), values: Float32Array.of(5) } as const;
    expect([...unpackBlock(packed, (size, precise) => room.take(size, precise))]).toEqual([0, 0, 0, 5]);
  });
});
