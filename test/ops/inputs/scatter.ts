// Test inputs of rows by lists of places, of segments, and of blocks.
import { type Case, f32, given, int } from './given.ts';

const ROWS = int([2, 0], [2, 1]);
const PLACES = int([0, 1, 2, 2], [2, 2]);
/** x, the places, and what they pick of it. */
const PICKED = [
  { x: [4, 3], indices: ROWS, picked: [2, 3] },
  { x: [3, 4], indices: PLACES, picked: [2] },
  { x: [3, 2, 2], indices: int([1, 1, 0, 0], [1, 2, 2]), picked: [1, 2, 2] },
];
const SEGMENTS: readonly (readonly [readonly number[], readonly number[], number])[] = [
  [[5, 2], [0, 0, 1, 3, 3], 4],
  [[4], [0, 0, 0, 1], 2],
];
const sorted = SEGMENTS.map(([shape, ids, rows]) => given([f32(shape), int(ids)], { rows }));
const unsorted = [
  given([f32([4, 2]), int([1, 0, 1, 0])], { rows: 2 }),
  given([f32([5]), int([2, -1, 2, 0, 0])], { rows: 3 }),
  given([f32([2, 3, 2]), int([1, 0, 1, 0, 1, 1], [2, 3])], { rows: 2 }),
];
/** Without segments that nothing is in, and without rows that are left out: of an infinite number there is no difference. */
const full = unsorted.slice(0, 1).concat(unsorted.slice(2));

const mirror = (symmetric: boolean, ...paddings: readonly (readonly [number, number])[]) => ({ symmetric, paddings });
const IMAGE = f32([2, 4, 4, 1]);
const BATCHED = {
  block: [2, 2],
  paddings: [
    [0, 0],
    [1, 1],
  ],
};

export const SCATTER: Readonly<Record<string, readonly Case[]>> = {
  GatherNd: PICKED.map(({ x, indices }) => given([f32(x), indices])),
  ScatterNd: PICKED.map(({ x, indices, picked }) => given([f32(picked), indices], { shape: x })).concat([
    given([f32([3, 2]), int([1, 1, 0], [3, 1])], { shape: [3, 2] }),
  ]),
  TensorScatterUpdate: PICKED.map(({ x, indices, picked }) => given([f32(x), indices, f32(picked, 4)])),
  TensorScatterAdd: PICKED.map(({ x, indices, picked }) => given([f32(x), indices, f32(picked, 4)])),
  TensorScatterSub: PICKED.map(({ x, indices, picked }) => given([f32(x), indices, f32(picked, 4)])),
  TensorScatterMax: PICKED.map(({ x, indices, picked }) => given([f32(x), indices, f32(picked, 4)])),
  TensorScatterMin: PICKED.map(({ x, indices, picked }) => given([f32(x), indices, f32(picked, 4)])),

  SegmentSum: sorted,
  SegmentMean: sorted,
  SegmentMax: sorted.slice(1),
  SegmentMin: sorted.slice(1),
  SegmentProd: sorted.slice(1),
  UnsortedSegmentSum: unsorted,
  UnsortedSegmentMax: full,
  UnsortedSegmentMin: full,
  UnsortedSegmentProd: full,

  Roll: [given([f32([5])], { shifts: [2], axes: [0] }), given([f32([3, 4])], { shifts: [1, -1], axes: [0, 1] })],
  ReverseSequence: [
    given([f32([3, 4]), int([1, 3, 2])], { axis: 1, batch: 0 }),
    given([f32([4, 2, 2]), int([2, 4])], { axis: 0, batch: 1 }),
  ],
  MirrorPad: [given([f32([4])], mirror(false, [1, 2])), given([f32([3, 4])], mirror(true, [1, 3], [4, 0]))],
  MirrorPadGrad: [given([f32([7])], mirror(false, [1, 2])), given([f32([7, 8])], mirror(true, [1, 3], [4, 0]))],
  SpaceToDepth: [given([IMAGE], { size: 2 })],
  DepthToSpace: [given([f32([1, 2, 2, 8])], { size: 2 })],
  SpaceToBatchND: [given([IMAGE], BATCHED), given([f32([2, 4, 3])], { block: [2], paddings: [[1, 1]] })],
  BatchToSpaceND: [given([f32([8, 2, 3, 1])], BATCHED), given([f32([4, 3, 3])], { block: [2], paddings: [[1, 1]] })],

  DynamicPartition: [
    given([f32([4, 2]), int([0, 1, 0, 2])], { sizes: [2, 1, 1] }),
    given([f32([2, 2, 3]), int([1, 0, 1, 1], [2, 2])], { sizes: [1, 3] }),
  ],
  DynamicStitch: [
    given([int([0, 3]), int([2, 1]), f32([2, 3]), f32([2, 3], 4)], { rows: 4 }),
    given([int([0, 2], [2, 1]), int([1]), f32([2, 1, 2]), f32([1, 2], 4)], { rows: 3 }),
  ],
  IdentityN: [given([f32([2]), f32([3, 1], 4)], { count: 2 })],
  EnsureShape: [given([f32([2, 3])], { shape: [2, 3] })],
  CheckNumerics: [given([f32([2, 3])], { message: 'x' })],

  InvertPermutation: [given([int([2, 0, 1])])],
  SearchSorted: [true, false].map((right) => given([f32([2, 3], 1, 'lower'), f32([2, 4], 3)], { right, dtype: 'int32' })),
  Where: [given([{ values: [1, 0, 0, 1, 1, 0], shape: [2, 3], dtype: 'bool' }], { count: 3 })],
  Unique: [
    given([int([3, 1, 3, 7])], { count: 3, dtype: 'int32', counts: false }),
    given([int([3, 1, 3, 7])], { count: 3, dtype: 'int64', counts: true }),
  ],
  InTopKV2: [given([f32([2, 4]), int([1, 3])], { count: 2 })],
  DenseBincount: [
    given([int([1, 3, 1])], { size: 5, dtype: 'int32', binary: false }),
    given([int([1, 3, 1]), f32([3])], { size: 3, dtype: 'float32', binary: false }),
  ],
  HistogramFixedWidth: [given([f32([6]), { values: [-1, 1], shape: [2], dtype: 'float32' }], { bins: 3, dtype: 'int32' })],
  Bitcast: [given([f32([3])], { dtype: 'int32' })],
};
