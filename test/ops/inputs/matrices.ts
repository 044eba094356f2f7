// Test inputs of products of matrices, softmax and cross entropies.
import { c64, type Case, f32, given, int } from './given.ts';

const products: Case[] = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) => {
    const a = (...batch: number[]) => f32([...batch, ...(transposeA ? [3, 2] : [2, 3])], 1);
    const b = (...batch: number[]) => f32([...batch, ...(transposeB ? [4, 3] : [3, 4])], 2);
    return [
      [a(), b()],
      [a(5), b(5)],
      [a(5), b()],
      [a(), b(5)],
      [a(1), b(5)],
      [a(2, 1), b(3)],
    ].map((inputs) => given(inputs, { transposeA, transposeB }));
  }),
);
const logits = [given([f32([2, 3])]), given([f32([2, 2, 4], 3, 'wide')]), given([f32([3])])];

export const MATRICES: Readonly<Record<string, readonly Case[]>> = {
  MatMul: [
    ...products,
    ...[true, false].map((transposeA) => given([c64([3, 3]), c64([3, 3], 4)], { transposeA, transposeB: !transposeA })),
  ],
  Einsum: [
    [['ij', 'jk'], 'ik', [2, 3], [3, 4]],
    [['bij', 'bkj'], 'kbi', [2, 3, 2], [2, 4, 2]],
    [['ij', 'k'], 'ki', [2, 3], [2]],
    [['ij', 'ij'], '', [2, 3], [2, 3]],
    [['aij', 'bj'], 'abi', [1, 3, 2], [4, 2]],
    [['ij', 'ij'], 'ji', [1, 3], [2, 3]],
    [['ii', 'i'], 'i', [3, 3], [3]],
    [['iij'], 'ji', [2, 2, 3]],
    [['ii'], '', [3, 3]],
    [['ijk'], 'kj', [2, 3, 2]],
    [['i'], 'ii', [3]],
    [['ij'], '', [2, 3]],
  ]
    .map(([operands, output, ...shapes]) =>
      given(
        (shapes as number[][]).map((shape, i) => f32(shape, 3 * i + 1)),
        { operands, output },
      ),
    )
    .concat([given([c64([2, 3]), c64([3, 2], 4)], { operands: ['ij', 'jk'], output: 'ki' })]),
  Softmax: logits,
  LogSoftmax: logits,
  SoftmaxCrossEntropyWithLogits: [given([f32([2, 3]), f32([2, 3], 4, 'weights')]), given([f32([4], 2, 'wide'), f32([4], 4, 'weights')])],
  SparseSoftmaxCrossEntropyWithLogits: [given([f32([2, 3]), int([2, 0])]), given([f32([3, 4], 2, 'wide'), int([1, 1, 3], [3], 'int64')])],
};
