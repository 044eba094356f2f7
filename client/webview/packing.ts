// How the numbers travel to the page: packed, because a Hessian of 2,400 × 2,400 has often no more than 57,600 numbers that are not zero.
import type { Block, PackedBlock } from '../../runtime/src/host/protocol.ts';

/** Above this share of numbers that are not zero, positions cost more than they save. */
const COORDINATES_UP_TO = 0.4;

export function packBlock(values: Block, rows: number, columns: number): PackedBlock {
  let count = 0;
  for (let index = 0; index < values.length; index++) if (values[index] !== 0) count++;
  if (count === 0) return { kind: 'zero', rows, columns };
  if (count > values.length * COORDINATES_UP_TO) return { kind: 'dense', rows, columns, values };
  const positions = new Int32Array(count);
  const kept = values instanceof Float64Array ? new Float64Array(count) : new Float32Array(count);
  let next = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value === 0) continue;
    positions[next] = index;
    kept[next] = value;
    next++;
  }
  return { kind: 'coordinates', rows, columns, positions, values: kept };
}

export function unpackBlock(block: PackedBlock): Block {
  if (block.kind === 'dense') return block.values;
  const size = block.rows * block.columns;
  if (block.kind === 'zero') return new Float32Array(size);
  const values = block.values instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  for (let index = 0; index < block.positions.length; index++) values[block.positions[index] ?? 0] = block.values[index] ?? 0;
  return values;
}

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
