// Kernels that TensorFlow.js has no gradient for and that no row carries: of what they give only the shape is said. A gradient that has to pass one raises.
import type { Operations } from '../../operations.ts';
import type { DType, Shape, Tensor } from '../../tensor.ts';
import { kernel } from '../kernel.ts';

/** Attributes: `shape` and `dtype` of the output; the inputs are the tensors that it is made of. */
const opaque = (_: readonly Tensor[], attributes: Readonly<Record<string, unknown>>, o: Operations): readonly Tensor[] => [
  o.full(null, (attributes['shape'] as Shape | undefined) ?? null, (attributes['dtype'] as DType | undefined) ?? 'float32'),
];

for (const name of [
  'Einsum',
  'GatherNd',
  'ScatterNd',
  'TensorScatterUpdate',
  'SparseToDense',
  'DepthToSpace',
  'Diag',
  'MatrixBandPart',
  'Unique',
  'SearchSorted',
  'LowerBound',
  'UpperBound',
  'Multinomial',
  'Bincount',
  'DenseBincount',
  'FlipLeftRight',
  'RotateWithOffset',
  'Transform',
  'CropAndResize',
  'MaxPoolWithArgmax',
  'Complex',
  'Real',
  'Imag',
  'FFT',
  'IFFT',
])
  kernel(name, [], { forward: opaque, gradient: null });
kernel('TopK', ['x'], { forward: 'TopKV2', gradient: null });
