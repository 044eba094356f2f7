// How messages travel over the pipe between host and process: a length, a header in JSON, then the numbers of its typed arrays as they lie in memory.
//
//   u32 bytes of header | u32 bytes of body | header (UTF-8 JSON) | body (arrays, each aligned to 8 bytes)
//
// In the header an array stands as {"$array": [kind, offset in the body, length]}, NaN and the infinities as {"$number": "NaN"}. Unlike V8's own format, a frame from a process
// that runs strangers' code can be read without trusting it.

/** No frame is larger: a Hessian that would be is not sent whole. */
export const MAXIMUM_FRAME_BYTES = 1024 ** 3;

const ARRAY_KEY = '$array';
const NUMBER_KEY = '$number';
const constructors = { f32: Float32Array, f64: Float64Array, i32: Int32Array } as const;
type ArrayKind = keyof typeof constructors;
type NumberArray = Float32Array | Float64Array | Int32Array;

const kindOf = (value: NumberArray): ArrayKind => (value instanceof Float32Array ? 'f32' : value instanceof Float64Array ? 'f64' : 'i32');
const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;
const isNumberArray = (value: unknown): value is NumberArray =>
  value instanceof Float32Array || value instanceof Float64Array || value instanceof Int32Array;

/** The pieces of one frame, to be written one after the other. */
export function encodeFrame(message: unknown): Uint8Array[] {
  const body: Uint8Array[] = [];
  let offset = 0;
  const header = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { [NUMBER_KEY]: String(value) };
    if (!isNumberArray(value)) return value;
    const reference = { [ARRAY_KEY]: [kindOf(value), offset, value.length] };
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const padding = aligned(bytes.length) - bytes.length;
    body.push(bytes);
    if (padding > 0) body.push(new Uint8Array(padding));
    offset += bytes.length + padding;
    return reference;
  });
  const headerBytes = new TextEncoder().encode(header);
  const prefix = new Uint8Array(8);
  const view = new DataView(prefix.buffer);
  view.setUint32(0, headerBytes.length, true);
  view.setUint32(4, offset, true);
  return [prefix, headerBytes, ...body];
}

/** How long a frame is that begins with these eight bytes. Throws when it is longer than any frame may be. */
export function frameLengths(prefix: Uint8Array): { header: number; body: number } {
  const view = new DataView(prefix.buffer, prefix.byteOffset, 8);
  const header = view.getUint32(0, true);
  const body = view.getUint32(4, true);
  if (header + body > MAXIMUM_FRAME_BYTES) throw new Error(`a frame of ${header + body} bytes is larger than any may be`);
  return { header, body };
}

/** Reads a frame back. `body` is copied only where it does not lie aligned. */
export function decodeFrame(header: Uint8Array, body: Uint8Array): unknown {
  const alignedBody = body.byteOffset % 8 === 0 ? body : new Uint8Array(body);
  return JSON.parse(new TextDecoder().decode(header), (_key, value: unknown) => {
    if (isRecord(value) && NUMBER_KEY in value) return Number(value[NUMBER_KEY]);
    const reference = arrayReference(value);
    if (!reference) return value;
    const [kind, offset, length] = reference;
    const bytes = length * constructors[kind].BYTES_PER_ELEMENT;
    if (offset % 8 !== 0 || offset + bytes > alignedBody.length) throw new Error('an array of a frame lies outside its body');
    return new constructors[kind](alignedBody.buffer as ArrayBuffer, alignedBody.byteOffset + offset, length);
  });
}

function arrayReference(value: unknown): [ArrayKind, number, number] | null {
  if (!isRecord(value) || !(ARRAY_KEY in value)) return null;
  const reference = value[ARRAY_KEY];
  if (!Array.isArray(reference)) return null;
  const [kind, offset, length] = reference as unknown[];
  if (typeof kind !== 'string' || !Object.hasOwn(constructors, kind) || !isSize(offset) || !isSize(length))
    throw new Error('a frame names an array wrongly');
  return [kind as ArrayKind, offset, length];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isSize = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Puts frames together again out of what a stream delivers. */
export class FrameReader {
  private chunks: Uint8Array[] = [];
  private available = 0;
  private lengths: { header: number; body: number } | null = null;

  /** Takes the next bytes and gives back the messages that they complete. */
  push(chunk: Uint8Array): unknown[] {
    this.chunks.push(chunk);
    this.available += chunk.length;
    const messages: unknown[] = [];
    for (;;) {
      if (this.lengths === null) {
        if (this.available < 8) return messages;
        this.lengths = frameLengths(this.take(8));
      }
      const { header, body } = this.lengths;
      if (this.available < header + body) return messages;
      this.lengths = null;
      messages.push(decodeFrame(this.take(header), this.take(body)));
    }
  }

  /** The next bytes in memory of their own. */
  private take(length: number): Uint8Array {
    const out = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const first = this.chunks[0];
      if (!first) throw new Error('fewer bytes than were counted');
      const wanted = length - filled;
      if (first.length <= wanted) {
        out.set(first, filled);
        filled += first.length;
        this.chunks.shift();
      } else {
        out.set(first.subarray(0, wanted), filled);
        filled += wanted;
        this.chunks[0] = first.subarray(wanted);
      }
    }
    this.available -= length;
    return out;
  }
}
