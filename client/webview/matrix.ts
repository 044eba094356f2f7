// The blocks as one matrix with named rows and columns, and what can be said of its numbers in one pass.
import type { Block, HessianResult, NamedShape, PackedBlock } from '../../runtime/src/host/protocol.ts';
import { unpackBlock } from '../../runtime/src/host/blocks.ts';
import { sizeOf } from './packing.ts';

/** A variable's stretch of an axis. */
export interface Stretch {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly size: number;
}

export interface Axis {
  readonly size: number;
  readonly stretches: readonly Stretch[];
}

export interface Matrix {
  readonly rows: Axis;
  readonly columns: Axis;
  /** Row-major; made when they are first asked for. */
  readonly values: Block;
  readonly statistics: Statistics;
}

export interface Statistics {
  /** Largest finite magnitude. */
  readonly largest: number;
  readonly smallestValue: number;
  readonly largestValue: number;
  readonly nonZeros: number;
  /** NaN and infinities. */
  readonly notFinite: number;
}

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export function assemble(result: HessianResult, blocks: readonly (readonly PackedBlock[])[]): Matrix {
  const rows = axisOf(result.rows);
  const columns = axisOf(result.columns);
  let values: Block | null = null;
  return {
    rows,
    columns,
    get values() {
      return (values ??= valuesOf(rows, columns, blocks));
    },
    statistics: statisticsOf(blocks.flat()),
  };
}

function valuesOf(rows: Axis, columns: Axis, blocks: readonly (readonly PackedBlock[])[]): Block {
  const only = blocks.length === 1 && blocks[0]?.length === 1 ? blocks[0][0] : undefined;
  return only ? unpackBlock(only) : joinBlocks(rows, columns, blocks);
}

export function valueAt(matrix: Matrix, cell: Cell): number {
  return matrix.values[cell.row * matrix.columns.size + cell.column] ?? Number.NaN;
}

/** `xs[3, 17]`: the variable and the place in it that an index of the axis stands for. */
export function nameAt(axis: Axis, index: number): string {
  const stretch = stretchAt(axis, index);
  return stretch ? `${stretch.name}${placeIn(stretch, index)}` : String(index);
}

/** `[3, 17]`, or nothing for a scalar. */
export function placeIn(stretch: Stretch, index: number): string {
  if (stretch.shape.length === 0) return '';
  let rest = index - stretch.start;
  const place: number[] = [];
  for (const extent of [...stretch.shape].reverse()) {
    place.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return `[${place.join(', ')}]`;
}

export function stretchAt(axis: Axis, index: number): Stretch | undefined {
  return axis.stretches.find((stretch) => index >= stretch.start && index < stretch.start + stretch.size);
}

/** Whether entry (i, j) and entry (j, i) are of the same pair of numbers. */
export function hasSameAxes(matrix: Matrix): boolean {
  const key = (axis: Axis): string => JSON.stringify(axis.stretches.map(({ name, shape }) => [name, shape]));
  return key(matrix.rows) === key(matrix.columns);
}

/** The next cell in reading order that is not zero, from `cell` on (or back, with step -1); null when there is no other. */
export function nextNonZero(matrix: Matrix, cell: Cell | null, step: 1 | -1): Cell | null {
  const { values, columns } = matrix;
  const from = cell ? cell.row * columns.size + cell.column : step === 1 ? -1 : values.length;
  for (let index = from + step; index >= 0 && index < values.length; index += step) {
    if (values[index] !== 0) return { row: Math.floor(index / columns.size), column: index % columns.size };
  }
  return null;
}

function axisOf(shapes: readonly NamedShape[]): Axis {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const { name, shape } of shapes) {
    const size = sizeOf(shape);
    stretches.push({ name, shape, start, size });
    start += size;
  }
  return { size: start, stretches };
}

function joinBlocks(rows: Axis, columns: Axis, blocks: readonly (readonly PackedBlock[])[]): Block {
  const isDouble = blocks.some((row) => row.some((block) => block.kind !== 'zero' && block.values instanceof Float64Array));
  const values = isDouble ? new Float64Array(rows.size * columns.size) : new Float32Array(rows.size * columns.size);
  rows.stretches.forEach((rowStretch, rowIndex) => {
    columns.stretches.forEach((columnStretch, columnIndex) => {
      const packed = blocks[rowIndex]?.[columnIndex];
      if (!packed || packed.kind === 'zero') return;
      const block = unpackBlock(packed);
      for (let row = 0; row < rowStretch.size; row++) {
        const line = block.subarray(row * columnStretch.size, (row + 1) * columnStretch.size);
        values.set(line, (rowStretch.start + row) * columns.size + columnStretch.start);
      }
    });
  });
  return values;
}

function statisticsOf(blocks: readonly PackedBlock[]): Statistics {
  let smallestValue = Infinity;
  let largestValue = -Infinity;
  let nonZeros = 0;
  let notFinite = 0;
  for (const block of blocks) {
    // What a packed block does not list is zero.
    if (block.kind !== 'dense' && block.rows * block.columns > 0) {
      smallestValue = Math.min(smallestValue, 0);
      largestValue = Math.max(largestValue, 0);
    }
    if (block.kind === 'zero') continue;
    const { values } = block;
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? 0;
      if (value !== 0) nonZeros++;
      // An infinity less itself, like NaN, is not zero.
      if (value - value !== 0) notFinite++;
      else {
        if (value < smallestValue) smallestValue = value;
        if (value > largestValue) largestValue = value;
      }
    }
  }
  if (smallestValue > largestValue) smallestValue = largestValue = 0;
  return { largest: Math.max(Math.abs(smallestValue), Math.abs(largestValue)), smallestValue, largestValue, nonZeros, notFinite };
}
