// Numbers in a text: the arrays of a packed block in base64, and how many numbers a shape has.
import type { Block } from '../../runtime/src/host/protocol.ts';

/** The numbers of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Base64 of an array's bytes as they lie in memory (little-endian wherever this runs). */
export function toBase64(values: Block | Int32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const parts: string[] = [];
  // Pieces whose length is a multiple of three join without padding between them.
  for (let start = 0; start < bytes.length; start += 0x6000) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + 0x6000))));
  }
  return parts.join('');
}

export function fromBase64(text: string): ArrayBuffer {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes.buffer;
}
