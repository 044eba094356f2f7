// Test inputs of reductions and running sums.
import type { Domain } from '../generic.ts';
import { type Case, f32, given } from './given.ts';

const reductions = (domain: Domain = 'any'): Case[] => [
  given([f32([2, 3], 1, domain)], { axes: null, keepDims: false }),
  given([f32([2, 3], 1, domain)], { axes: null, keepDims: true }),
  given([f32([2, 3], 1, domain)], { axes: [0], keepDims: false }),
  given([f32([2, 3], 1, domain)], { axes: [1], keepDims: true }),
  given([f32([2, 3, 4], 1, domain)], { axes: [0, 2], keepDims: false }),
  given([f32([2, 3, 4], 1, domain)], { axes: [2, 1], keepDims: true }),
  given([f32([2, 3], 1, domain)], { axes: [], keepDims: false }),
  given([f32([], 1, domain)], { axes: null, keepDims: false }),
];
const running: Case[] = [false, true].flatMap((exclusive) =>
  [false, true].flatMap((reverse) => [
    given([f32([2, 3])], { axis: 1, exclusive, reverse }),
    given([f32([3, 2, 2])], { axis: 0, exclusive, reverse }),
  ]),
);

export const REDUCTIONS: Readonly<Record<string, readonly Case[]>> = {
  Sum: reductions(),
  Mean: reductions(),
  Max: reductions(),
  Min: reductions(),
  Prod: reductions(),
  EuclideanNorm: reductions(),
  All: reductions('truth'),
  Any: reductions('truth'),
  ArgMax: [given([f32([2, 3])], { axis: 1, dtype: 'int64' }), given([f32([3, 2, 2])], { axis: 0, dtype: 'int32' })],
  ArgMin: [given([f32([2, 3])], { axis: -1, dtype: 'int64' }), given([f32([3, 2, 2])], { axis: 1, dtype: 'int32' })],
  L2Loss: [given([f32([2, 3])])],
  Cumsum: running,
  Cumprod: running,
  CumulativeLogsumexp: running.filter(({ attributes }) => attributes['exclusive'] === false),
  _SumTo: [
    given([f32([2, 3])], { shape: [3] }),
    given([f32([2, 3])], { shape: [2, 1] }),
    given([f32([2, 3])], { shape: [] }),
    given([f32([4, 2, 3])], { shape: [2, 1] }),
    given([f32([2, 3])], { shape: [1, 1] }),
    given([f32([2, 3])], { shape: [2, 3] }),
  ],
};
