// What a snippet prints: passed on up to a limit, only counted after it.
import { OUTPUT_LIMIT_BYTES } from './host/protocol.ts';

const CHUNK_CHARACTERS = 16 * 1024;
const FLUSH_MILLISECONDS = 100;
/** Sent at once: a program that prints little and then hangs, or is ended, has lost nothing. */
const PIECES_AT_ONCE = 64;

export interface OutputListener {
  text(text: string): void;
  dropped(bytes: number): void;
}

export class OutputSink {
  private pending = '';
  private room = OUTPUT_LIMIT_BYTES;
  private droppedBytes = 0;
  private flushed = performance.now();
  private pieces = 0;

  constructor(private readonly listener: OutputListener) {}

  /** Takes a piece of text. False when nothing more is kept: then only `drop` is worth calling. */
  write(text: string): boolean {
    const kept = text.length <= this.room ? text : text.slice(0, this.room);
    this.pending += kept;
    this.room -= kept.length;
    this.droppedBytes += text.length - kept.length;
    const now = performance.now();
    const isEarly = this.pieces++ < PIECES_AT_ONCE;
    if (isEarly || this.pending.length >= CHUNK_CHARACTERS || now - this.flushed > FLUSH_MILLISECONDS || this.room === 0) this.flush(now);
    return this.room > 0;
  }

  /** Counts what is not even handed over. */
  drop(bytes: number): void {
    this.droppedBytes += bytes;
  }

  flush(now = performance.now()): void {
    this.flushed = now;
    if (this.pending !== '') this.listener.text(this.pending);
    this.pending = '';
  }

  /** The snippet has ended: everything goes out. */
  end(): void {
    this.flush();
    if (this.droppedBytes > 0) this.listener.dropped(this.droppedBytes);
    this.droppedBytes = 0;
  }
}
