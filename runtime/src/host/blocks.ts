// A block of numbers as it came on its way, checked and unpacked: mostly zeros travel as positions and values.
import type { Block, PackedBlock } from './protocol.ts';

export const newBlock = (size: number, precise: boolean): Block => (precise ? new Float64Array(size) : new Float32Array(size));

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
