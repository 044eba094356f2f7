// Test inputs of convolutions, pooling, patches and normalization.
import { evaluate } from '../../../core/reference/evaluate.ts';
import type { Attributes } from '../../../core/row.ts';
import type { DType } from '../../../core/tensor.ts';
import type { Padding, Windows } from '../../../core/windows.ts';
import { type Case, f32, given, type Given, int } from './given.ts';

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

export const WINDOWS: Readonly<Record<string, readonly Case[]>> = {
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
};
