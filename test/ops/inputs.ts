// Test inputs for every row: made from what the row says of itself where it works element by element, written down where it has attributes.
import type { Index } from '../../core/ops/arrays.ts';
import { evaluate } from '../../core/reference/evaluate.ts';
import type { Attributes, Row } from '../../core/row.ts';
import type { DType } from '../../core/tensor.ts';
import type { Padding, Windows } from '../../core/windows.ts';
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
const square = (strides: number, padding: Padding, dilations = 1) => ({
  strides: [strides, strides],
  padding,
  dilations: [dilations, dilations],
});
const EXPLICIT: Padding = [
  [1, 0],
  [0, 2],
];
const CONVOLUTIONS: readonly { image: readonly number[]; filter: readonly number[]; result: readonly number[]; windows: Windows }[] = [
  { image: [2, 4, 4, 2], filter: [3, 2, 2, 3], result: [2, 4, 4, 3], windows: square(1, 'SAME') },
  { image: [1, 5, 4, 2], filter: [2, 2, 2, 1], result: [1, 2, 2, 1], windows: square(2, 'VALID') },
  { image: [1, 5, 5, 1], filter: [2, 3, 1, 2], result: [1, 3, 1, 2], windows: square(1, 'VALID', 2) },
  { image: [1, 3, 3, 1], filter: [2, 2, 1, 2], result: [1, 3, 4, 2], windows: square(1, EXPLICIT) },
];
const VOLUMES: readonly (typeof CONVOLUTIONS)[number][] = [
  {
    image: [2, 3, 2, 3, 1],
    filter: [2, 1, 2, 1, 2],
    result: [2, 2, 2, 3, 2],
    windows: { strides: [2, 1, 1], padding: 'SAME', dilations: [1, 1, 1] },
  },
];
const DEPTHWISE: readonly (typeof CONVOLUTIONS)[number][] = [
  { image: [2, 4, 4, 2], filter: [3, 2, 2, 2], result: [2, 4, 4, 4], windows: square(1, 'SAME') },
  { image: [1, 5, 4, 3], filter: [2, 2, 3, 1], result: [1, 2, 2, 3], windows: square(2, 'VALID') },
  { image: [1, 5, 5, 2], filter: [2, 2, 2, 3], result: [1, 3, 3, 6], windows: square(1, 'VALID', 2) },
];
const convolutions = (name: string, backprop: readonly [string, string], list: typeof CONVOLUTIONS): Record<string, readonly Case[]> => ({
  [name]: list.map(({ image, filter, windows }) => given([f32(image), f32(filter, 5)], { ...windows })),
  [backprop[0]]: list.map(({ image, filter, result, windows }) => given([f32(filter), f32(result, 5)], { ...windows, shape: image })),
  [backprop[1]]: list.map(({ image, filter, result, windows }) => given([f32(image), f32(result, 5)], { ...windows, shape: filter })),
});
const pool = (rank: number, window: number, strides: number, padding: Padding) => ({
  window: Array.from({ length: rank }, () => window),
  strides: Array.from({ length: rank }, () => strides),
  padding,
});
const POOLS: readonly { image: readonly number[]; pooled: readonly number[]; pooling: Attributes }[] = [
  { image: [2, 4, 4, 2], pooled: [2, 2, 2, 2], pooling: pool(2, 2, 2, 'VALID') },
  { image: [1, 5, 4, 1], pooled: [1, 5, 4, 1], pooling: pool(2, 3, 1, 'SAME') },
  { image: [1, 5, 3, 2], pooled: [1, 3, 2, 2], pooling: pool(2, 2, 2, 'SAME') },
];
const SOLIDS: typeof POOLS = [{ image: [2, 3, 2, 4, 1], pooled: [2, 2, 1, 2, 1], pooling: pool(3, 2, 2, 'SAME') }];
/** An op's own numbers as another's inputs. */
const pooled = (
  name: string,
  image: Given,
  pooling: Attributes,
  shape: readonly number[],
  dtypes: readonly DType[] = ['float32'],
): Given[] => {
  const shapes = dtypes.map((_, i) => (i === 0 ? shape : shape));
  const found = evaluate(
    name,
    [image],
    pooling,
    shapes.map((s, i) => ({ shape: s, dtype: dtypes[i] ?? 'float32' })),
  );
  return (found ?? []).map((values, i) => ({ values: Array.from(values), shape: shapes[i] ?? [], dtype: dtypes[i] ?? 'float32' }));
};
const pools = (name: string, average: boolean, list: typeof POOLS): Record<string, readonly Case[]> =>
  average
    ? {
        [name]: list.map(({ image, pooling }) => given([f32(image)], pooling)),
        [`${name}Grad`]: list.map(({ image, pooled: shape, pooling }) => given([f32(shape)], { ...pooling, shape: image })),
      }
    : {
        [name]: list.map(({ image, pooling }) => given([f32(image)], pooling)),
        [`${name}Grad`]: list.map(({ image, pooled: shape, pooling }) =>
          given([f32(image), ...pooled(name, f32(image), pooling, shape), f32(shape, 9)], pooling),
        ),
        [`${name}GradGrad`]: list.map(({ image, pooled: shape, pooling }) =>
          given([f32(image), ...pooled(name, f32(image), pooling, shape), f32(image, 9)], pooling),
        ),
      };
const EDGES = [int([0, 2, 3, 5], [4], 'int64'), int([0, 1, 3, 4], [4], 'int64')];
const fractional = (x: readonly number[]): Given[] => [f32(x), f32([2, 3, 3, 2], 4)];
const patches = [
  { image: [2, 4, 4, 2], patched: [2, 2, 2, 8], attributes: { window: [2, 2], ...square(2, 'VALID') } },
  { image: [1, 3, 4, 1], patched: [1, 3, 4, 6], attributes: { window: [3, 2], ...square(1, 'SAME') } },
];
const batches = (training: boolean, averaging = 1): Case =>
  given([f32([2, 2, 3, 2]), f32([2], 4), f32([2], 5), f32([2], 6), f32([2], 7, 'positive')], { epsilon: 0.01, training, averaging });
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

  ...convolutions('Conv2D', ['Conv2DBackpropInput', 'Conv2DBackpropFilter'], CONVOLUTIONS),
  ...convolutions('Conv3D', ['Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'], VOLUMES),
  ...convolutions('DepthwiseConv2dNative', ['DepthwiseConv2dNativeBackpropInput', 'DepthwiseConv2dNativeBackpropFilter'], DEPTHWISE),
  ...pools('AvgPool', true, POOLS),
  ...pools('AvgPool3D', true, SOLIDS),
  ...pools('MaxPool', false, POOLS),
  ...pools('MaxPool3D', false, SOLIDS),
  MaxPoolWithArgmax: POOLS.map(({ image, pooling }) => given([f32(image)], pooling)),
  MaxPoolGradWithArgmax: POOLS.map(({ image, pooled: shape, pooling }) =>
    given([f32(image), f32(shape, 9), ...pooled('MaxPoolWithArgmax', f32(image), pooling, shape, ['float32', 'int64']).slice(1)], pooling),
  ),
  FractionalAvgPool: [false, true].map((overlapping) => given([f32([2, 5, 4, 2])], { ratio: [1, 1.5, 1.3, 1], overlapping })),
  FractionalMaxPool: [false, true].map((overlapping) => given([f32([2, 5, 4, 2])], { ratio: [1, 1.5, 1.3, 1], overlapping })),
  _FractionalAverage: [given([f32([2, 5, 4, 2]), ...EDGES], { overlapping: true })],
  FractionalAvgPoolGrad: [given([f32([2, 3, 3, 2]), ...EDGES], { overlapping: true, shape: [2, 5, 4, 2] })],
  FractionalMaxPoolGrad: [given([...fractional([2, 5, 4, 2]), f32([2, 3, 3, 2], 9), ...EDGES], { overlapping: false })],
  _FractionalChosen: [given([...fractional([2, 5, 4, 2]), f32([2, 5, 4, 2], 9), ...EDGES], { overlapping: false })],
  ExtractImagePatches: patches.map(({ image, attributes }) => given([f32(image)], attributes)),
  _ImageOfPatches: patches.map(({ image, patched, attributes }) => given([f32(patched)], { ...attributes, shape: image })),
  Dilation2D: [
    given([f32([1, 4, 4, 2]), f32([2, 2, 2], 4)], square(1, 'SAME')),
    given([f32([2, 4, 3, 1]), f32([2, 2, 1], 4)], square(1, 'VALID')),
  ],
  Dilation2DBackpropInput: [given([f32([1, 4, 4, 2]), f32([2, 2, 2], 4), f32([1, 4, 4, 2], 8)], square(1, 'SAME'))],
  Dilation2DBackpropFilter: [given([f32([1, 4, 4, 2]), f32([2, 2, 2], 4), f32([1, 3, 3, 2], 8)], square(1, 'VALID'))],
  LRN: [given([f32([1, 2, 2, 4])], { depthRadius: 1, bias: 1.2, alpha: 0.7, beta: 0.6 })],
  LRNGrad: [given([f32([1, 2, 2, 4]), f32([1, 2, 2, 4], 5), f32([1, 2, 2, 4], 8)], { depthRadius: 1, bias: 1.2, alpha: 0.7, beta: 0.6 })],
  FusedBatchNormV3: [batches(true), batches(false), batches(true, 0.3)],
  FusedBatchNormGradV3: [true, false].map((training) =>
    given([f32([2, 2, 3, 2]), f32([2, 2, 3, 2], 8), f32([2], 4), f32([2], 6), f32([2], 7, 'positive')], { epsilon: 0.01, training }),
  ),

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
  ].map(([operands, output, ...shapes]) =>
    given(
      (shapes as number[][]).map((shape, i) => f32(shape, 3 * i + 1)),
      { operands, output },
    ),
  ),

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
