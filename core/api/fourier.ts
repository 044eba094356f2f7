// Fourier's transforms of `tf.signal`. TensorFlow: python/ops/signal/fft_ops.py.
import type { Operations } from '../operations.ts';
import { OpError } from '../shape.ts';
import { type Dimension, isComplex, type Shape, type Tensor } from '../tensor.ts';
import { define } from './function.ts';
import { toShape, UnknownArgument, type Value } from './value.ts';

const OF_RANK: readonly (readonly [number, string])[] = [
  [1, ''],
  [2, '2d'],
  [3, '3d'],
];

/** The last axes made as long as a transform wants them; what is longer is left to it. */
function padded(x: Tensor, wanted: readonly Dimension[], o: Operations): Tensor {
  if (x.shape === null) throw new UnknownArgument();
  if (x.shape.includes(0)) return x;
  const outer = x.shape.length - wanted.length;
  const missing = wanted.map((size, i) => {
    const own = x.shape?.[outer + i] ?? null;
    if (own === null || size === null) throw new UnknownArgument();
    return Math.max(size - own, 0);
  });
  if (missing.every((n) => n === 0)) return x;
  return o.pad(x, [...Array.from({ length: outer }, () => [0, 0] as const), ...missing.map((n) => [0, n] as const)]);
}
const halved = (size: Dimension): Dimension => (size === null ? null : Math.floor(size / 2) + 1);

/** How long the real numbers' axes are: as told, or as they are. */
function lengthOf(given: Value, x: Tensor, rank: number, own: (shape: readonly Dimension[]) => readonly Dimension[], o: Operations): Shape {
  if (x.shape !== null && x.shape.length < rank)
    throw new OpError('ValueError', `Shape (${x.shape.join(', ')}) must have rank at least ${rank}`);
  if (given !== null) return toShape(o, given);
  return x.shape && own(x.shape.slice(-rank));
}

/** The transform of real numbers over the last axes. */
export function realTransform(x: Tensor, rank: number, given: Value, o: Operations): Tensor {
  if (x.dtype !== null && x.dtype !== 'float32' && x.dtype !== 'float64')
    throw new OpError('ValueError', `RFFT requires tf.float32 or tf.float64 inputs, got: ${x.dtype}`);
  const length = lengthOf(given, x, rank, (own) => own, o);
  if (length === null) throw new UnknownArgument();
  return o.apply(`RFFT${rank === 1 ? '' : `${rank}D`}`, [padded(x, length, o)], { length });
}
/** And back. */
export function realInverse(x: Tensor, rank: number, given: Value, o: Operations): Tensor {
  if (x.dtype !== null && !isComplex(x.dtype))
    throw new OpError('ValueError', `IRFFT requires tf.complex64 or tf.complex128 inputs, got: ${x.dtype}`);
  const whole = (own: readonly Dimension[]): Dimension[] => own.map((d, i) => (i < rank - 1 || d === null ? d : Math.max(0, 2 * (d - 1))));
  const length = lengthOf(given, x, rank, whole, o);
  if (length === null) throw new UnknownArgument();
  const wide = padded(x, [...length.slice(0, -1), halved(length.at(-1) ?? null)], o);
  return o.apply(`IRFFT${rank === 1 ? '' : `${rank}D`}`, [wide], { length });
}

for (const [rank, suffix] of OF_RANK) {
  for (const inverse of ['', 'i'])
    define(`tf.signal.${inverse}fft${suffix}`, 'input, name=None', (a, o) => {
      const x = a.tensor('input');
      if (x.dtype !== null && !isComplex(x.dtype))
        throw new OpError(
          'InvalidArgumentError',
          `Value for attr 'Tcomplex' of ${x.dtype} is not in the list of allowed values: complex64, complex128`,
        );
      return o.unary(`${inverse.toUpperCase()}FFT${suffix.toUpperCase()}`, x);
    });
  define(`tf.signal.rfft${suffix}`, 'input_tensor, fft_length=None, name=None', (a, o) =>
    realTransform(a.floating('input_tensor'), rank, a.value('fft_length'), o),
  );
  define(`tf.signal.irfft${suffix}`, 'input_tensor, fft_length=None, name=None', (a, o) =>
    realInverse(a.tensor('input_tensor'), rank, a.value('fft_length'), o),
  );
}

for (const [name, sign] of [
  ['fftshift', 1],
  ['ifftshift', -1],
] as const)
  define(`tf.signal.${name}`, 'x, axes=None, name=None', (a, o) => {
    const x = a.tensor('x');
    const { shape } = x;
    if (shape === null) throw new UnknownArgument();
    const axes = a.axes('axes', x) ?? shape.map((_, axis) => axis);
    const shifts = axes.map((axis) => {
      const size = shape[axis] ?? null;
      if (size === null) throw new UnknownArgument();
      return sign * Math.floor(size / 2);
    });
    return o.apply('Roll', [x], { shifts, axes });
  });
