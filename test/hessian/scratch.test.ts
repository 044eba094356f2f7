// Memory that is handed out again: never while anything lies in it, and never with numbers that were to be zero.
import { describe, expect, it } from 'vitest';
import { scratch } from '../../runtime/src/engine/scratch.ts';
import { allocate, room } from '../../runtime/src/engine/values.ts';

const SIZE = 10_000;

describe('lent memory', () => {
  it('comes again once it is swept, and is zero where zeros are asked for', () => {
    scratch.opened(() => {
      const first = room(SIZE, 'float32').fill(7);
      scratch.sweep([]);
      const second = allocate(SIZE, 'float32');
      expect(second.buffer).toBe(first.buffer);
      expect(second.every((value: number) => value === 0)).toBe(true);
    });
  });

  it('stays with what is used', () => {
    scratch.opened(() => {
      const used = room(SIZE, 'float32').fill(7);
      scratch.sweep([used.subarray(5, 10)]);
      const other = allocate(SIZE, 'float32');
      expect(other.buffer).not.toBe(used.buffer);
      expect(used[0]).toBe(7);
    });
  });

  it('is new where what is made outlives the pass', () => {
    const outside = room(SIZE, 'float32');
    const [inside, kept] = scratch.opened(() => [room(SIZE, 'float32'), scratch.closed(() => room(SIZE, 'float32'))] as const);
    scratch.opened(() => {
      const again = [room(SIZE, 'float32').buffer, room(SIZE, 'float32').buffer];
      expect(again).toContain(inside.buffer);
      expect(again).not.toContain(kept.buffer);
      expect(again).not.toContain(outside.buffer);
    });
  });

  it('comes back where a pass ends by an error', () => {
    expect(() =>
      scratch.opened(() => {
        room(SIZE, 'float32');
        throw new Error('half-way');
      }),
    ).toThrow('half-way');
    expect(scratch.isOpen).toBe(false);
  });
});
