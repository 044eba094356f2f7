// Results as the runtime gives them, for the page to show: their numbers are computed here.
import { Matrix } from '../../runtime/src/hessian/matrix.ts';
import { pack } from '../../runtime/src/hessian/packing.ts';
import { densePattern } from '../../runtime/src/hessian/pattern.ts';
import type { Block, HessianResult, NamedShape, PackedBlock } from '../../runtime/src/host/protocol.ts';

export interface Example {
  readonly result: HessianResult;
  readonly blocks: readonly (readonly Block[])[];
}

/** A block as it comes from the snippet's process. */
export const packBlock = (rows: number, columns: number, values: Block): PackedBlock =>
  pack(new Matrix(densePattern(rows, columns), values), [rows], [columns])[0]?.[0] as PackedBlock;

/** All of a result's. */
export function packBlocks({ rows, columns }: HessianResult, blocks: Example['blocks']): readonly (readonly PackedBlock[])[] {
  const size = (tensor: NamedShape | undefined): number => (tensor?.shape ?? []).reduce((product, extent) => product * extent, 1);
  return blocks.map((row, i) => row.map((block, k) => packBlock(size(rows[i]), size(columns[k]), block)));
}

const base: HessianResult = {
  version: 1,
  engine: 'wasm',
  engineReason: 'there is no tfjs-node here',
  weakness: null,
  call: { line: 14, column: 5 },
  target: { name: 'ys', shape: [] },
  rows: [],
  columns: [],
  structure: 'dense',
  tensorflow: { outcome: 'value', rule: null, reason: null },
  notes: [],
  checks: { asymmetry: 3.1e-8, gradient: 1.2e-4, hessian: 4.4e-4 },
  directions: 1,
  milliseconds: { run: 12.4, record: 3.2, differentiate: 1.9, check: 2.5, total: 20 },
};

function square(variables: readonly NamedShape[], rest: Partial<HessianResult>): HessianResult {
  return { ...base, rows: variables, columns: variables, ...rest };
}

/** A linear model: None in TensorFlow, and the true Hessian is zero. */
export const zero: Example = {
  result: square([{ name: 'xs', shape: [4, 3] }], {
    structure: 'zero',
    tensorflow: { outcome: 'none', rule: 'TL102', reason: '`g` is built from the weights alone: it does not depend on `xs`.' },
    notes: ['The model is linear in `xs`.'],
  }),
  blocks: [[new Float32Array(144)]],
};

/** d²(w·x³)/dx² at w = 3, x = 1. */
export const single: Example = {
  result: square([{ name: 'x', shape: [] }], { target: { name: 'y', shape: [] } }),
  blocks: [[Float32Array.of(18)]],
};

/** x₀²·x₁ + x₂ at (1, 2, 3): second derivatives by hand. */
export const three: Example = {
  result: square([{ name: 'x', shape: [3] }], { target: { name: 'y', shape: [] }, structure: 'sparse' }),
  blocks: [[Float32Array.of(4, 2, 0, 2, 0, 0, 0, 0, 0)]],
};

/** A kernel and a bias: four blocks, one of them not finite. */
export const blocksOfTwo: Example = {
  result: square(
    [
      { name: 'dense/kernel:0', shape: [3, 2] },
      { name: 'dense/bias:0', shape: [2] },
    ],
    {
      target: { name: 'loss', shape: [] },
      tensorflow: { outcome: 'raises', rule: 'TL201', reason: '`tape` is not persistent, and `gradient` has used it up in line 12.' },
      checks: { asymmetry: 0, gradient: 0.4, hessian: null },
    },
  ),
  blocks: [
    [
      Float32Array.from({ length: 36 }, (_, index) => Math.sin(index)),
      Float32Array.from({ length: 12 }, (_, index) => (index === 5 ? NaN : index - 6)),
    ],
    [Float32Array.from({ length: 12 }, (_, index) => -0.5 * index), Float32Array.of(1, 0.25, 0.25, Infinity)],
  ],
};

/** A tanh model on 100 rows of 24: blocks of 24 × 24 along the diagonal, each symmetric of its own. */
export function blockDiagonal(examples = 100, features = 24): Example {
  const size = examples * features;
  const values = new Float32Array(size * size);
  for (let example = 0; example < examples; example++) {
    for (let row = 0; row < features; row++) {
      for (let column = 0; column < features; column++) {
        const first = Math.cos(example + 1.7 * row);
        const second = Math.cos(example + 1.7 * column);
        values[(example * features + row) * size + example * features + column] = Math.sin(3 * example + 1) * first * second;
      }
    }
  }
  return {
    result: square([{ name: 'xs', shape: [examples, features] }], {
      structure: 'block-diagonal',
      directions: features,
      tensorflow: { outcome: 'value', rule: null, reason: null },
      milliseconds: { run: 41, record: 8, differentiate: 37, check: 21, total: 112 },
    }),
    blocks: [[values]],
  };
}
