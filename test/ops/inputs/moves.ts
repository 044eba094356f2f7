// Test inputs of rows that move elements, and of shapes and indices.
import type { Index } from '../../../core/ops/arrays.ts';
import { c64, type Case, f32, given, int } from './given.ts';

const slice = (start: number, size: number, step = 1): Index => ({ kind: 'slice', start, size, step });
const INDICES: readonly { from: readonly number[]; to: readonly number[]; indices: readonly Index[] }[] = [
  { from: [4, 3], to: [2, 3], indices: [slice(1, 2)] },
  { from: [4, 3], to: [3], indices: [{ kind: 'index', at: -1 }] },
  { from: [4, 3], to: [4, 1], indices: [slice(0, 4), { kind: 'new axis' }, { kind: 'index', at: 1 }] },
  { from: [5, 3], to: [2, 2], indices: [slice(4, 2, -2), slice(0, 2, 2)] },
  { from: [2, 3, 4], to: [1, 2, 3], indices: [{ kind: 'new axis' }, slice(0, 2), slice(2, 3, -1), { kind: 'index', at: 3 }] },
];
const gathers = [
  { from: [4, 3], to: [2, 3], indices: int([2, 0]), axis: 0 },
  { from: [4, 3], to: [2, 2, 3], indices: int([2, 0, 2, 3], [2, 2]), axis: 0 },
  { from: [2, 3, 2], to: [2, 4, 2], indices: int([2, 2, 0, 1], [4], 'int64'), axis: 1 },
  { from: [4, 3], to: [4], indices: int([1], []), axis: 1 },
];

/** With batch axes. */
const together = [
  { from: [2, 4], indices: int([1, 0, 1, 2, 2, 0], [2, 3]), axis: 1, batch: 1 },
  { from: [2, 3, 4, 2], indices: int([3, 0, 1, 1], [2, 2]), axis: 2, batch: 1 },
];

export const MOVES: Readonly<Record<string, readonly Case[]>> = {
  Reshape: [given([f32([2, 3])], { shape: [3, 2] }), given([f32([2, 3])], { shape: [-1] }), given([f32([1, 1])], { shape: [] })],
  Transpose: [
    given([f32([2, 3])], { permutation: null }),
    given([f32([2, 3, 4])], { permutation: [2, 0, 1] }),
    given([f32([2, 3, 4])], { permutation: null }),
  ],
  Identity: [given([f32([2, 3])]), given([f32([])]), given([c64([2])])],
  _AsSlices: [given([f32([2, 3])])],
  _AsList: [given([f32([2, 3])])],
  _FromList: [given([f32([2, 3])])],
  _IntoList: [given([f32([2, 3])])],
  ExpandDims: [given([f32([2, 3])], { axis: 0 }), given([f32([2, 3])], { axis: -1 }), given([f32([])], { axis: 0 })],
  Squeeze: [given([f32([1, 2, 1, 3])], { axes: null }), given([f32([1, 2, 1, 3])], { axes: [2] }), given([f32([1, 2, 1])], { axes: [-1] })],
  BroadcastTo: [given([f32([3])], { shape: [2, 3] }), given([f32([2, 1])], { shape: [4, 2, 3] }), given([f32([])], { shape: [2] })],
  ConcatV2: [
    given([f32([2, 3]), f32([1, 3], 2), f32([2, 3], 3)], { axis: 0 }),
    given([f32([2, 3]), f32([2, 1], 2)], { axis: 1 }),
    given([f32([2, 2, 3]), f32([2, 2, 2], 2)], { axis: -1 }),
  ],
  Pack: [
    given([f32([2, 3]), f32([2, 3], 2)], { axis: 0 }),
    given([f32([2, 3]), f32([2, 3], 2)], { axis: 1 }),
    given([f32([]), f32([], 2), f32([], 3)], { axis: -1 }),
  ],
  Unpack: [
    given([f32([2, 3])], { axis: 0, count: 2 }),
    given([f32([2, 3])], { axis: -1, count: 3 }),
    given([f32([3])], { axis: 0, count: 3 }),
    given([f32([1, 3])], { axis: 0, count: 1 }),
  ],
  SplitV: [
    given([f32([4, 3])], { axis: 0, sizes: [1, 3] }),
    given([f32([2, 3])], { axis: -1, sizes: [1, 1, 1] }),
    given([f32([2, 3])], { axis: 1, sizes: [3] }),
  ],
  Slice: [given([f32([4, 3])], { begin: [1, 0], size: [2, 2] }), given([f32([4, 3])], { begin: [1, 1], size: [-1, 2] })],
  StridedSlice: INDICES.map(({ from, indices }) => given([f32(from)], { indices })),
  StridedSliceGrad: INDICES.map(({ from, to, indices }) => given([f32(to)], { indices, shape: from })),
  PadV2: [
    given([f32([2, 3])], {
      paddings: [
        [1, 0],
        [2, 1],
      ],
      value: 0,
    }),
    given([f32([3])], { paddings: [[1, 2]], value: 0.7 }),
  ],
  Tile: [
    given([f32([2, 3])], { multiples: [2, 1] }),
    given([f32([2, 3])], { multiples: [1, 3] }),
    given([f32([1, 2, 2])], { multiples: [3, 2, 2] }),
  ],
  ReverseV2: [given([f32([2, 3])], { axes: [0] }), given([f32([2, 3, 2])], { axes: [0, 2] })],
  GatherV2: [
    ...gathers.map(({ from, indices, axis }) => given([f32(from), indices], { axis })),
    ...together.map(({ from, indices, ...how }) => given([f32(from), indices], how)),
  ],
  _GatherSlices: gathers
    .filter(({ axis }) => axis === 0)
    .map(({ from, to, indices, axis }) => given([f32(to), indices], { axis, shape: from })),
  _GatherGrad: [
    ...gathers.map(({ from, to, indices, axis }) => given([f32(to), indices], { axis, shape: from })),
    given([f32([2, 3]), int([1, 0, 1, 2, 2, 0], [2, 3])], { axis: 1, batch: 1, shape: [2, 4] }),
  ],
  TopKV2: [given([f32([2, 4])], { count: 2 }), given([f32([5])], { count: 5 })],
  _GatherLast: [given([f32([2, 4]), int([3, 0, 1, 1], [2, 2])]), given([f32([3, 2, 4]), int([3, 0, 1, 1], [2, 2])])],
  _ScatterLast: [
    given([f32([2, 2]), int([3, 0, 1, 1], [2, 2])], { size: 4 }),
    given([f32([3, 2, 2]), int([3, 0, 1, 1], [2, 2])], { size: 4 }),
  ],
  Fill: [given([f32([])], { shape: [2, 3] }), given([f32([])], { shape: [] })],

  Shape: [given([f32([2, 3])], { dtype: 'int32' })],
  Size: [given([f32([2, 3])], { dtype: 'int64' })],
  Rank: [given([f32([2, 3])])],
  OneHot: [
    given([int([1, 0, 5, -1])], { depth: 3, dtype: 'float32', on: 1, off: 0 }),
    given([int([1, 0, 2, 1], [2, 2])], { depth: 3, dtype: 'float32', on: 2, off: -1 }),
  ],
  Range: [given([int([2], []), int([9], []), int([3], [])], { count: 3 }), given([f32([]), f32([], 2), f32([], 3)], { count: 4 })],
  _ArgSort: [given([f32([2, 4])], { descending: false }), given([f32([5])], { descending: true })],
};
