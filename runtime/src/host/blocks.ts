// Packs a block of numbers for the way and unpacks it again: mostly zeros travel as positions and values.
import type { Block, PackedBlock } from './protocol.ts';

/** Below this share of nonzeros, positions and values are shorter than the whole block. */
const SPARSE_SHARE = 0.4;

export const newBlock = (size: number, precise: boolean): Block => (precise ? new Float64Array(size) : new Float32Array(size));

export function packBlock(rows: number, columns: number, values: Block): PackedBlock {
  let nonzeros = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) nonzeros++;
  if (nonzeros === 0) return { kind: 'zero', rows, columns };
  if (nonzeros > values.length * SPARSE_SHARE) return { kind: 'dense', rows, columns, values };
  const positions = new Int32Array(nonzeros);
  const kept = values instanceof Float32Array ? new Float32Array(nonzeros) : new Float64Array(nonzeros);
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === undefined || value === 0) continue;
    positions[at] = i;
    kept[at++] = value;
  }
  return { kind: 'coordinates', rows, columns, positions, values: kept };
}

/** Gives it back where it is whole; it comes from a process that runs strangers' code. */
export function checkBlock<T extends PackedBlock>(packed: T): T {
  const size = packed.rows * packed.columns;
  if (packed.kind === 'dense' && packed.values.length !== size)
    throw new Error(`a block of ${packed.rows}×${packed.columns} came with ${packed.values.length} numbers`);
  if (packed.kind === 'coordinates') {
    const { positions, values } = packed;
    if (positions.length !== values.length) throw new Error(`${positions.length} positions came with ${values.length} numbers`);
    for (let i = 0; i < positions.length; i++) {
      const position = positions[i];
      if (position === undefined || position < 0 || position >= size) throw new Error('a position lies outside its block');
    }
  }
  return packed;
}

/** Of a block that is whole. `zeros` gives one of so many elements, float64 or float32. */
export function unpackBlock(packed: PackedBlock, zeros: (size: number, precise: boolean) => Block = newBlock): Block {
  const size = packed.rows * packed.columns;
  switch (packed.kind) {
    case 'zero':
      return zeros(size, false);
    case 'dense':
      return packed.values;
    case 'coordinates': {
      const block = zeros(size, packed.values instanceof Float64Array);
      const { positions, values } = packed;
      for (let i = 0; i < positions.length; i++) block[positions[i] ?? 0] = values[i] ?? 0;
      return block;
    }
  }
}
