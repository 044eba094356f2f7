// The matrix as a file: CSV, NumPy's NPY, JSON.
import type { Block, HessianResult, PackedBlock } from '../../runtime/src/host/protocol.ts';
import { nameAt, type Axis, type Matrix } from './matrix.ts';

/** A head of column names, then a line for each row beginning with its name. */
export function toCsv(matrix: Matrix): string {
  const { rows, columns, values } = matrix;
  const lines = [['', ...namesOf(columns).map(quoted)].join(',')];
  for (let row = 0; row < rows.size; row++) {
    const numbers = values.subarray(row * columns.size, (row + 1) * columns.size);
    lines.push(`${quoted(nameAt(rows, row))},${numbers.join(',')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** NumPy's format, version 1.0 (numpy/lib/format.py): one block keeps its shape, several become one matrix. */
export function toNpy(result: HessianResult, matrix: Matrix): Uint8Array {
  const [row, column] = [result.rows[0], result.columns[0]];
  const isSingle = result.rows.length === 1 && result.columns.length === 1;
  const shape = isSingle && row && column ? [...row.shape, ...column.shape] : [matrix.rows.size, matrix.columns.size];
  const tuple = shape.length === 1 ? `(${shape.join()},)` : `(${shape.join(', ')})`;
  const type = matrix.values instanceof Float64Array ? '<f8' : '<f4';
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Ten bytes come before the head; with them and the newline at its end it fills whole pieces of 64 bytes.
  const head = new TextEncoder().encode(`${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`);
  const numbers = new Uint8Array(matrix.values.buffer, matrix.values.byteOffset, matrix.values.byteLength);
  const bytes = new Uint8Array(10 + head.length + numbers.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, head.length & 255, head.length >> 8]);
  bytes.set(head, 10);
  bytes.set(numbers, 10 + head.length);
  return bytes;
}

/**
 * The JSON of `tape-lens hessian`. Where there is no matrix, `sparse` gives what is not zero of each block: row and column numbers in the block, and the values. A Newton step
 * is given for each row source, in its shape.
 */
export function toJson(
  result: HessianResult,
  matrix: Matrix | null,
  sparse: readonly (readonly PackedBlock[])[] | null = null,
  newtonStep: readonly Block[] | null = null,
): string {
  const blocks =
    matrix &&
    result.rows.map((row, rowIndex) =>
      result.columns.map((column, columnIndex) => nested([...row.shape, ...column.shape], blockOf(matrix, rowIndex, columnIndex))),
    );
  const hessian = blocks?.length === 1 && blocks[0]?.length === 1 ? (blocks[0][0] ?? null) : null;
  const whole = {
    ...result,
    blocks,
    hessian,
    ...(sparse && { sparse: sparse.map((row) => row.map(elementsOf)) }),
    ...(result.newton &&
      newtonStep && { newton: { ...result.newton, step: newtonStep.map((part, i) => nested(result.rows[i]?.shape ?? [], part)) } }),
  };
  return JSON.stringify(whole, (_key, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value));
}

/** What is not zero of a block. */
function elementsOf(block: PackedBlock): { rows: number[]; columns: number[]; values: number[] } {
  if (block.kind === 'zero') return { rows: [], columns: [], values: [] };
  const { columns } = block;
  const positions = block.kind === 'dense' ? Array.from(block.values.keys()) : Array.from(block.positions);
  return {
    rows: positions.map((at) => Math.floor(at / columns)),
    columns: positions.map((at) => at % columns),
    values: Array.from(block.values),
  };
}

type Nested = number | readonly Nested[];

function nested(shape: readonly number[], values: ArrayLike<number>): Nested {
  const build = (depth: number, start: number, size: number): Nested => {
    const extent = shape[depth];
    if (extent === undefined) return values[start] ?? Number.NaN;
    const inner = extent === 0 ? 0 : size / extent;
    return Array.from({ length: extent }, (_, index) => build(depth + 1, start + index * inner, inner));
  };
  return build(0, 0, values.length);
}

function blockOf(matrix: Matrix, rowIndex: number, columnIndex: number): number[] {
  const row = matrix.rows.stretches[rowIndex];
  const column = matrix.columns.stretches[columnIndex];
  if (!row || !column) return [];
  const numbers: number[] = [];
  for (let index = row.start; index < row.start + row.size; index++) {
    const start = index * matrix.columns.size + column.start;
    for (let place = start; place < start + column.size; place++) numbers.push(matrix.values[place] ?? Number.NaN);
  }
  return numbers;
}

function namesOf(axis: Axis): string[] {
  return Array.from({ length: axis.size }, (_, index) => nameAt(axis, index));
}

function quoted(name: string): string {
  return /[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
