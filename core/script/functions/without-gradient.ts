// Functions whose kernels have no gradient in TensorFlow.js. TensorFlow.js: tfjs-core/src/ops/*.ts.
import { Dictionary, UnknownArgument } from '../../api/value.ts';
import type { Index } from '../../ops/arrays.ts';
import { isKnown } from '../../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../../tensor.ts';
import type { ScriptArguments } from '../arguments.ts';
import { scriptError } from '../error.ts';
import { define } from '../function.ts';
import { both } from './math.ts';

define(both('topk'), 'x, k=1, sorted=true', (a, o) => {
  const x = a.tensor('x');
  const count = a.number('k');
  const last = x.shape?.at(-1);
  if (x.shape?.length === 0) throw scriptError('topk() expects the input to be of rank 1 or higher');
  if (typeof last === 'number' && count > last)
    throw scriptError(`'k' passed to topk() must be <= the last dimension (${last}) but got ${count}`);
  const [values, indices] = o.eager.apply('TopKV2', [x], { count }) as [Tensor, Tensor];
  return new Dictionary(
    new Map([
      ['values', values],
      ['indices', indices],
    ]),
  );
});

/** The axes that the letters of an equation name, by the operands' shapes. */
function einsumShape(equation: string, operands: readonly Tensor[]): Shape {
  const [left = '', right] = equation.replaceAll(' ', '').split('->');
  const sizes = new Map<string, Dimension>();
  left.split(',').forEach((letters, i) => [...letters].forEach((letter, axis) => sizes.set(letter, operands[i]?.shape?.[axis] ?? null)));
  return right === undefined ? null : [...right].map((letter) => sizes.get(letter) ?? null);
}
define('einsum', 'equation, ...tensors', (a, _, e) => {
  const equation = a.text('equation');
  const operands = a.tensors('...tensors');
  if (equation === null) throw new UnknownArgument();
  return e.kernel('Einsum', operands, { shape: einsumShape(equation, operands) });
});

/** Begins, ends and strides for every axis; masks are not followed. */
define(
  both('stridedSlice'),
  'x, begin, end, strides=null, beginMask=0, endMask=0, ellipsisMask=0, newAxisMask=0, shrinkAxisMask=0',
  (a, o) => {
    const x = a.tensor('x', 'string_or_numeric');
    const masks = ['beginMask', 'endMask', 'ellipsisMask', 'newAxisMask', 'shrinkAxisMask'];
    const [begin, end] = [a.numbers('begin'), a.numbers('end')];
    const strides = a.has('strides') ? a.numbers('strides') : begin.map(() => 1);
    if (!isKnown(x.shape) || masks.some((mask) => a.number(mask) !== 0) || strides.some((s) => s < 1)) throw new UnknownArgument();
    const clamp = (n: number, size: number) => Math.min(size, Math.max(0, n < 0 ? n + size : n));
    const indices = x.shape.map((size, axis): Index => {
      const step = strides[axis] ?? 1;
      const [from, to] = [clamp(begin[axis] ?? 0, size), clamp(end[axis] ?? size, size)];
      return { kind: 'slice', start: from, size: Math.max(0, Math.ceil((to - from) / step)), step };
    });
    return o.apply('StridedSlice', [x], { indices });
  },
);

interface Opaque {
  readonly names: string;
  readonly signature: string;
  readonly kernel: string;
  /** The tensors that it is made of. */
  readonly inputs: readonly string[];
  readonly shape?: (inputs: readonly Tensor[], a: ScriptArguments) => Shape;
  readonly dtype?: DType;
}
const likeFirst = ([first]: readonly Tensor[]): Shape => first?.shape ?? null;
const OPAQUE: readonly Opaque[] = [
  { names: 'gatherND', signature: 'x, indices', kernel: 'GatherNd', inputs: ['x', 'indices'], shape: ([x, i]) => gatheredShape(x, i) },
  {
    names: 'scatterND',
    signature: 'indices, updates, shape',
    kernel: 'ScatterNd',
    inputs: ['indices', 'updates'],
    shape: (_, a) => a.shape('shape'),
  },
  {
    names: 'tensorScatterUpdate',
    signature: 'tensor, indices, updates',
    kernel: 'TensorScatterUpdate',
    inputs: ['tensor', 'indices', 'updates'],
    shape: likeFirst,
  },
  { names: both('depthToSpace'), signature: 'x, blockSize, dataFormat=null', kernel: 'DepthToSpace', inputs: ['x'] },
  { names: 'diag', signature: 'x', kernel: 'Diag', inputs: ['x'], shape: ([x]) => (x?.shape ? [...x.shape, ...x.shape] : null) },
  { names: 'linalg.bandPart', signature: 'a, numLower, numUpper', kernel: 'MatrixBandPart', inputs: ['a'], shape: likeFirst },
  {
    names: 'searchSorted',
    signature: 'sortedSequence, values, side=null',
    kernel: 'SearchSorted',
    inputs: ['sortedSequence', 'values'],
    dtype: 'int32',
  },
  {
    names: 'multinomial',
    signature: 'logits, numSamples, seed=null, normalized=false',
    kernel: 'Multinomial',
    inputs: ['logits'],
    dtype: 'int32',
  },
  { names: 'bincount', signature: 'x, weights, size', kernel: 'Bincount', inputs: ['x', 'weights'], shape: (_, a) => [a.number('size')] },
  { names: 'image.flipLeftRight', signature: 'image', kernel: 'FlipLeftRight', inputs: ['image'], shape: likeFirst },
  { names: 'image.transform', signature: 'image, transforms', kernel: 'Transform', inputs: ['image', 'transforms'] },
  { names: 'image.cropAndResize', signature: 'image, boxes, boxInd, cropSize', kernel: 'CropAndResize', inputs: ['image', 'boxes'] },
  { names: 'complex', signature: 'real, imag', kernel: 'Complex', inputs: ['real', 'imag'], shape: likeFirst, dtype: 'complex64' },
  { names: 'real', signature: 'input', kernel: 'Real', inputs: ['input'], shape: likeFirst },
  { names: 'imag', signature: 'input', kernel: 'Imag', inputs: ['input'], shape: likeFirst },
  { names: 'fft spectral.fft .fft', signature: 'input', kernel: 'FFT', inputs: ['input'], shape: likeFirst, dtype: 'complex64' },
  { names: 'ifft spectral.ifft .ifft', signature: 'input', kernel: 'IFFT', inputs: ['input'], shape: likeFirst, dtype: 'complex64' },
];
function gatheredShape(x: Tensor | undefined, indices: Tensor | undefined): Shape {
  const depth = indices?.shape?.at(-1) ?? null;
  return x?.shape && indices?.shape && depth !== null ? [...indices.shape.slice(0, -1), ...x.shape.slice(depth)] : null;
}
for (const { names, signature, kernel, inputs, shape, dtype } of OPAQUE)
  define(names, signature, (a, _, e) => {
    const tensors = inputs.map((name) => a.tensor(name));
    return e.kernel(kernel, tensors, { shape: shape?.(tensors, a) ?? null, dtype: dtype ?? tensors[0]?.dtype ?? 'float32' });
  });
define(both('unique'), 'x, axis=0', (a, _, e) => {
  const values = e.kernel('Unique', [a.tensor('x')], { shape: null });
  return new Dictionary(
    new Map([
      ['values', values],
      ['indices', e.kernel('Unique', [a.tensor('x')], { shape: null, dtype: 'int32' })],
    ]),
  );
});
