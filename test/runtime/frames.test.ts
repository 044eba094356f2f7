// The pipe's frames: what goes in comes out, however the stream cuts it; what is broken is refused.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { checkBlock, unpackBlock } from '../../runtime/src/host/blocks.ts';
import { encodeFrame, FrameReader } from '../../runtime/src/host/frames.ts';
import type { PackedBlock } from '../../runtime/src/host/protocol.ts';
import { packBlock } from '../webview/results.ts';

const joined = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

describe('frames', () => {
  it('bring numbers and words back as they were', () => {
    const message = {
      kind: 'x',
      words: 'é\u{1f600}',
      odd: new Float32Array([1, NaN, -0]),
      big: new Float64Array([1e300]),
      at: new Int32Array([7]),
      none: null,
    };
    expect(new FrameReader().push(joined(encodeFrame(message)))).toEqual([message]);
  });

  it('may be cut anywhere', () => {
    const messages = [{ a: new Float32Array([1, 2, 3]) }, { b: 'x' }, { c: new Int32Array([]) }];
    const bytes = joined(messages.flatMap((message) => encodeFrame(message)));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), (cuts) => {
        const reader = new FrameReader();
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const read = places.slice(1).flatMap((end, i) => reader.push(bytes.slice(places[i], end)));
        expect(read).toEqual(messages);
      }),
    );
  });

  it('that claim too much are refused before any memory is taken', () => {
    const bytes = new Uint8Array(8).fill(0xff);
    expect(() => new FrameReader().push(bytes)).toThrow(/larger than any may be/);
  });

  it('whose arrays lie outside are refused', () => {
    const header = new TextEncoder().encode('{"$array":["f64",0,99]}');
    const prefix = new Uint8Array(new Uint32Array([header.length, 8]).buffer);
    expect(() => new FrameReader().push(joined([prefix, header, new Uint8Array(8)]))).toThrow(/outside/);
  });
});

describe('blocks', () => {
  it('come back whole, whether packed or not', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), fc.constant(NaN), fc.double()), { minLength: 12, maxLength: 12 }), (numbers) => {
        const values = new Float64Array(numbers.map((n) => (Object.is(n, -0) ? 0 : n)));
        expect([...unpackBlock(packBlock(3, 4, values))]).toEqual([...values]);
      }),
    );
  });

  it.each<[string, PackedBlock]>([
    ['too few numbers', { kind: 'dense', rows: 2, columns: 2, values: new Float32Array(3) }],
    ['a position before it', { kind: 'coordinates', rows: 2, columns: 2, positions: Int32Array.of(-1), values: Float32Array.of(1) }],
    ['a position behind it', { kind: 'coordinates', rows: 2, columns: 2, positions: Int32Array.of(4), values: Float32Array.of(1) }],
    [
      'a position without a number',
      { kind: 'coordinates', rows: 2, columns: 2, positions: Int32Array.of(0, 1), values: Float32Array.of(1) },
    ],
  ])('with %s are refused', (_what, block) => {
    expect(() => checkBlock(block)).toThrow(/came with|outside/);
  });

  it('travel short where they are mostly zero', () => {
    const values = new Float32Array(2400 * 24);
    values[5] = 2;
    expect(packBlock(2400, 24, values)).toEqual({
      kind: 'coordinates',
      rows: 2400,
      columns: 24,
      positions: new Int32Array([5]),
      values: new Float32Array([2]),
    });
  });
});
