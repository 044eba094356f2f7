// Test inputs for every row: made from what the row says of itself where it works element by element, written down where it has attributes.
import type { Index } from '../../core/ops/arrays.ts';
import type { Attributes, Row } from '../../core/row.ts';
import type { DType } from '../../core/tensor.ts';
import { type Domain, generic } from './generic.ts';

export interface Given {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
}
export interface Case {
  readonly title: string;
  readonly inputs: readonly Given[];
  readonly attributes: Attributes;
}

const f32 = (shape: readonly number[], seed = 1, domain: Domain = 'any'): Given => ({
  values: generic(shape, seed, domain),
  shape,
  dtype: domain === 'truth' ? 'bool' : 'float32',
});
const int = (values: readonly number[], shape: readonly number[] = [values.length], dtype: DType = 'int32'): Given => ({
  values,
  shape,
  dtype,
});

const show = ({ shape, dtype }: Given): string => `${dtype === 'float32' ? '' : dtype}[${shape.join(',')}]`;
const given = (inputs: readonly Given[], attributes: Attributes = {}): Case => {
  const words = Object.entries(attributes).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return { title: [...inputs.map(show), ...words].join(' '), inputs, attributes };
};

// ------------------------------------------------------------------------------------------------ element by element

/** Where an op is defined, or is more than a straight line; all others take `any`. One entry per input. */
const DOMAINS: Readonly<Record<string, readonly Domain[]>> = {
  Log: ['positive'],
  Log1p: ['positive'],
  Sqrt: ['positive'],
  Rsqrt: ['positive'],
  Acosh: ['above one'],
  Relu6: ['wide'],
  Elu: ['wide'],
  Selu: ['wide'],
  Softplus: ['wide'],
  Floor: ['wide'],
  Ceil: ['wide'],
  Round: ['wide'],
  Rint: ['wide'],
  Erf: ['wide'],
  Erfc: ['wide'],
  LogicalNot: ['truth'],
  LogicalAnd: ['truth', 'truth'],
  LogicalOr: ['truth', 'truth'],
  Pow: ['positive', 'any'],
  Xlogy: ['any', 'positive'],
  FloorMod: ['wide', 'above one'],
  FloorDiv: ['wide', 'above one'],
  SqrtGrad: ['positive', 'any'],
  RsqrtGrad: ['positive', 'any'],
  Relu6Grad: ['any', 'wide'],
  SelectV2: ['truth', 'any', 'any'],
};
const PAIRS: readonly (readonly (readonly number[])[])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[], [2, 3]],
  [[2, 3], []],
  [[4], [2, 3, 1]],
];
const TRIPLES: readonly (readonly (readonly number[])[])[] = [
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [], [3]],
  [[3], [2, 1], [2, 3]],
  [[], [2, 3], [3]],
  [[2, 1, 3], [4, 1], []],
];

function elementwise(row: Row): readonly Case[] {
  const domains = DOMAINS[row.name] ?? [];
  const of = (shapes: readonly (readonly number[])[]): Case => given(shapes.map((shape, i) => f32(shape, 2 * i + 1, domains[i])));
  if (row.args.some((name) => name.endsWith('…')))
    return [
      of([
        [2, 3],
        [2, 3],
        [2, 3],
      ]),
    ];
  switch (row.args.length) {
    case 1:
      return [of([[2, 3]]), of([[]])];
    case 2:
      // A gradient op takes the shape of what it is the gradient of.
      return /Grad$/.test(row.name) ? PAIRS.slice(0, 1).map(of) : PAIRS.map(of);
    default:
      return TRIPLES.map(of);
  }
}

// ------------------------------------------------------------------------------------------------ written down

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
const activation = (domain: Domain): Case[] => [given([f32([2, 3], 1, domain)], { alpha: 0.3 })];
const logits = [given([f32([2, 3])]), given([f32([2, 2, 4], 3, 'wide')]), given([f32([3])])];

const WRITTEN: Readonly<Record<string, readonly Case[]>> = {
  Cast: [
    given([f32([2, 3])], { dtype: 'float64' }),
    given([f32([2, 3], 1, 'wide')], { dtype: 'int32' }),
    given([f32([2, 3])], { dtype: 'bool' }),
    given([int([3, -1])], { dtype: 'float32' }),
    given([f32([4], 1, 'truth')], { dtype: 'float32' }),
  ],
  LeakyRelu: activation('wide'),
  LeakyReluGrad: [given([f32([2, 3]), f32([2, 3], 4)], { alpha: 0.3 })],
  BiasAdd: [given([f32([2, 3]), f32([3], 5)]), given([f32([2, 4, 3]), f32([3], 5)])],
  MatMul: products,

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
  _SumTo: [
    given([f32([2, 3])], { shape: [3] }),
    given([f32([2, 3])], { shape: [2, 1] }),
    given([f32([2, 3])], { shape: [] }),
    given([f32([4, 2, 3])], { shape: [2, 1] }),
    given([f32([2, 3])], { shape: [1, 1] }),
    given([f32([2, 3])], { shape: [2, 3] }),
  ],

  Reshape: [given([f32([2, 3])], { shape: [3, 2] }), given([f32([2, 3])], { shape: [-1] }), given([f32([1, 1])], { shape: [] })],
  Transpose: [
    given([f32([2, 3])], { permutation: null }),
    given([f32([2, 3, 4])], { permutation: [2, 0, 1] }),
    given([f32([2, 3, 4])], { permutation: null }),
  ],
  Identity: [given([f32([2, 3])]), given([f32([])])],
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
  GatherV2: gathers.map(({ from, indices, axis }) => given([f32(from), indices], { axis })),
  _GatherSlices: gathers
    .filter(({ axis }) => axis === 0)
    .map(({ from, to, indices, axis }) => given([f32(to), indices], { axis, shape: from })),
  _GatherGrad: gathers.map(({ from, to, indices, axis }) => given([f32(to), indices], { axis, shape: from })),
  TopKV2: [given([f32([2, 4])], { count: 2 }), given([f32([5])], { count: 5 })],
  _GatherLast: [given([f32([2, 4]), int([3, 0, 1, 1], [2, 2])]), given([f32([3, 2, 4]), int([3, 0, 1, 1], [2, 2])])],
  _ScatterLast: [
    given([f32([2, 2]), int([3, 0, 1, 1], [2, 2])], { size: 4 }),
    given([f32([3, 2, 2]), int([3, 0, 1, 1], [2, 2])], { size: 4 }),
  ],
  Fill: [given([f32([])], { shape: [2, 3] }), given([f32([])], { shape: [] })],
  MatrixDiagV3: [given([f32([3])]), given([f32([2, 3])])],
  MatrixDiagPartV3: [given([f32([3, 3])]), given([f32([2, 3, 3])]), given([f32([2, 3])]), given([f32([2, 4, 3])])],

  Shape: [given([f32([2, 3])], { dtype: 'int32' })],
  Size: [given([f32([2, 3])], { dtype: 'int64' })],
  Rank: [given([f32([2, 3])])],
  OneHot: [
    given([int([1, 0, 5, -1])], { depth: 3, dtype: 'float32', on: 1, off: 0 }),
    given([int([1, 0, 2, 1], [2, 2])], { depth: 3, dtype: 'float32', on: 2, off: -1 }),
  ],
  Range: [given([int([2], []), int([9], []), int([3], [])], { count: 3 }), given([f32([]), f32([], 2), f32([], 3)], { count: 4 })],
  _ArgSort: [given([f32([2, 4])], { descending: false }), given([f32([5])], { descending: true })],

  Softmax: logits,
  LogSoftmax: logits,
  SoftmaxCrossEntropyWithLogits: [given([f32([2, 3]), f32([2, 3], 4, 'weights')]), given([f32([4], 2, 'wide'), f32([4], 4, 'weights')])],
  SparseSoftmaxCrossEntropyWithLogits: [given([f32([2, 3]), int([2, 0])]), given([f32([3, 4], 2, 'wide'), int([1, 1, 3], [3], 'int64')])],
};

/** Random rows make numbers out of nothing. */
export const isRandom = (row: Row): boolean => row.args.length === 0;

/** The test inputs of a row; none for a row that nobody has thought of. */
export const casesOf = (row: Row): readonly Case[] => WRITTEN[row.name] ?? (row.dependence === 'elementwise' ? elementwise(row) : []);
