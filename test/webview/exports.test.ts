// The files that the panel and the command line write, read back.
import { expect, test } from 'vitest';
import { unpackBlock } from '../../runtime/src/host/blocks.ts';
import { toCsv, toJson, toNpy } from '../../client/webview/exports.ts';
import { assemble, nextNonZero, valueAt } from '../../client/webview/matrix.ts';
import { fromBase64, toBase64 } from '../../client/webview/packing.ts';
import { blocksOfTwo, packBlock, packBlocks, single, three, type Example } from './results.ts';

const matrixOf = ({ result, blocks }: Example): ReturnType<typeof assemble> => assemble(result, packBlocks(result, blocks));

/** NumPy's own description of the format: magic, version, length of the head, the head as a Python dictionary, numbers. */
function readNpy(bytes: Uint8Array): { head: string; numbers: number[] } {
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, ...Buffer.from('NUMPY'), 1, 0]);
  const length = new DataView(bytes.buffer).getUint16(8, true);
  expect((10 + length) % 64).toBe(0);
  const head = Buffer.from(bytes.subarray(10, 10 + length)).toString();
  expect(head.endsWith('\n')).toBe(true);
  return { head: head.trim(), numbers: [...new Float32Array(bytes.slice(10 + length).buffer)] };
}

test('NPY: one block keeps its shape, several become one matrix', () => {
  const one = readNpy(toNpy(three.result, matrixOf(three)));
  expect(one).toEqual({ head: "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }", numbers: [4, 2, 0, 2, 0, 0, 0, 0, 0] });
  expect(readNpy(toNpy(single.result, matrixOf(single))).head).toContain("'shape': ()");
  const four = readNpy(toNpy(blocksOfTwo.result, matrixOf(blocksOfTwo)));
  expect(four.head).toContain("'shape': (8, 8)");
  expect(four.numbers.slice(22, 24)).toEqual([-2, NaN]);
});

test('JSON is that of the command line: nested by row and column shape, NaN as text', () => {
  const data: unknown = JSON.parse(toJson(blocksOfTwo.result, matrixOf(blocksOfTwo)));
  expect(data).toMatchObject({ version: 1, hessian: null, structure: 'dense', tensorflow: { rule: 'TL201' } });
  const { blocks } = data as { blocks: unknown[][] };
  // Kernel (3, 2) by bias (2,): the number at [1, 0, 1] is the sixth.
  expect(blocks[0]?.[1]).toMatchObject([
    [
      [-6, -5],
      [-4, -3],
    ],
    [
      [-2, 'NaN'],
      [0, 1],
    ],
    [
      [2, 3],
      [4, 5],
    ],
  ]);
  expect(blocks[1]?.[1]).toEqual([
    [1, 0.25],
    [0.25, 'Infinity'],
  ]);
  expect(JSON.parse(toJson(single.result, matrixOf(single)))).toMatchObject({ hessian: 18, blocks: [[18]] });
});

test('CSV quotes names with commas', () => {
  const lines = toCsv(matrixOf(blocksOfTwo)).split('\n');
  expect(lines[0]).toMatch(/^,"dense\/kernel:0\[0, 0\]",.*,dense\/bias:0\[0\],dense\/bias:0\[1\]$/);
  expect(lines[8]).toBe('dense/bias:0[1],-3,-3.5,-4,-4.5,-5,-5.5,0.25,Infinity');
  expect(lines).toHaveLength(10);
});

test('packed, in base64 and back: the same numbers', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, index) => (index % 7 === 0 ? Math.sqrt(index) : 0));
  const packed = packBlock(100, 500, values);
  expect(packed.kind).toBe('coordinates');
  expect(unpackBlock(packed)).toEqual(values);
  expect(new Float64Array(fromBase64(toBase64(values)))).toEqual(values);
});

test('the next number that is not zero, onwards and back, to the ends', () => {
  const matrix = matrixOf(three);
  expect(nextNonZero(matrix, null, 1)).toEqual({ row: 0, column: 0 });
  expect(nextNonZero(matrix, { row: 0, column: 1 }, 1)).toEqual({ row: 1, column: 0 });
  expect(nextNonZero(matrix, { row: 1, column: 0 }, 1)).toBeNull();
  expect(nextNonZero(matrix, null, -1)).toEqual({ row: 1, column: 0 });
  expect(valueAt(matrix, { row: 1, column: 0 })).toBe(2);
});
