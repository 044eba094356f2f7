// The child's end of the pipe: blocking reads and writes, so that nothing of a snippet runs between requests, and what it prints is on its way at once.
import { readSync, writeSync } from 'node:fs';
import { decodeFrame, encodeFrame, frameLengths } from './host/frames.ts';
import type { FromChild, ToChild } from './host/protocol.ts';

const PIPE = 3;

/** Up to so many bytes, copying them together takes less time than writing them one after the other. */
const SMALL_FRAME = 2 ** 19;

function inFewPieces(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return bytes > SMALL_FRAME ? pieces : [Buffer.concat(pieces, bytes)];
}

export class Channel {
  send(message: FromChild): void {
    for (const piece of inFewPieces(encodeFrame(message))) {
      let written = 0;
      while (written < piece.length) written += this.write(piece.subarray(written));
    }
  }

  /** Waits for the next request; null when there is no parent any more. */
  receive(): ToChild | null {
    const prefix = this.read(8);
    if (prefix === null) return null;
    const lengths = frameLengths(prefix);
    const header = this.read(lengths.header);
    const body = this.read(lengths.body);
    return header === null || body === null ? null : (decodeFrame(header, body) as ToChild);
  }

  private read(length: number): Uint8Array | null {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      let read = 0;
      try {
        read = readSync(PIPE, bytes, filled, length - filled, null);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') continue;
        return null;
      }
      if (read === 0) return null;
      filled += read;
    }
    return bytes;
  }

  private write(piece: Uint8Array): number {
    try {
      return writeSync(PIPE, piece);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      // Nobody listens any more.
      process.exit(0);
    }
  }
}
