// Complex numbers: their parts, and Fourier's transforms. TensorFlow: python/ops/math_grad.py, _ComplexGrad and its neighbours, and signal/fft_ops.py.
import type { Operations } from '../operations.ts';
import { type Gradient, op } from '../row.ts';
import { broadcast, OpError, show, Undetermined } from '../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../tensor.ts';

const complexOf = (dtype: DType | null | undefined): DType | null => (dtype === 'float64' ? 'complex128' : dtype ? 'complex64' : null);
export const realOf = (dtype: DType | null | undefined): DType | null =>
  dtype === 'complex128' ? 'float64' : dtype === 'complex64' ? 'float32' : (dtype ?? null);

const elementwise = {
  args: ['x'] as const,
  shape: ([x = null]: readonly Shape[]) => x,
  dependence: 'elementwise',
} as const;
const part = { ...elementwise, dtype: ([x]: readonly (DType | null)[]) => realOf(x) } as const;

op('Complex', {
  args: ['a', 'b'],
  shape: ([a = null, b = null]) => broadcast(a, b),
  dtype: ([a]) => complexOf(a),
  dependence: 'elementwise',
  zeroWhen: 'all',
  gradient: ({ a, b, dy }, o) => [o.unbroadcast(o.real(dy), a.shape), o.unbroadcast(o.imag(dy), b.shape)],
  tangent: ({ a, b, y, tangents: [da, db], directions }, o) => {
    if (!da && !db) return [null];
    const wide = (t: Tensor | null | undefined, of: Tensor): Tensor =>
      o.spread(t ? o.align(t, of.shape, y.shape) : o.full(0, [directions, ...(y.shape ?? []).map(() => 1)], of.dtype), directions, y.shape);
    return [o.complex(wide(da, a), wide(db, b))];
  },
});
op('Real', {
  ...part,
  zeroWhen: 'any',
  gradient: ({ dy }, o) => [o.complex(dy, o.scalar(0, dy.dtype))],
  tangent: ({ tangents: [dx] }, o) => [dx ? o.real(dx) : null],
});
op('Imag', {
  ...part,
  zeroWhen: 'any',
  gradient: ({ dy }, o) => [o.complex(o.scalar(0, dy.dtype), dy)],
  tangent: ({ tangents: [dx] }, o) => [dx ? o.imag(dx) : null],
});
op('Conj', {
  ...elementwise,
  dtype: 'same',
  zeroWhen: 'any',
  gradient: ({ dy }, o) => [o.conj(dy)],
  tangent: ({ tangents: [dx] }, o) => [dx ? o.conj(dx) : null],
});
op('ComplexAbs', {
  ...part,
  zeroWhen: 'any',
  gradient: ({ x, y, dy }, o) => [o.divNoNan(o.mul(o.complex(dy, o.zerosLike(dy)), x), o.complex(y, o.zerosLike(y)))],
  tangent: ({ x, y, tangents: [dx] }, o) => [dx ? o.divNoNan(o.real(o.mul(o.conj(x), dx)), y) : null],
});
op('Angle', {
  ...part,
  zeroWhen: 'never',
  gradient: ({ x, dy }, o) => {
    const z = o.reciprocal(o.complex(o.imag(x), o.real(x)));
    return [o.mul(o.neg(o.complex(dy, o.scalar(0, dy.dtype))), z)];
  },
  tangent: ({ x, tangents: [dx] }, o) => [dx ? o.imag(o.divNoNan(dx, x)) : null],
});

// ------------------------------------------------------------------------------------------------ Fourier

/** Over the last `rank` axes. `length`: how long the real numbers' axes are, which the complex ones do not say. */
interface Transform {
  readonly length: readonly Dimension[];
}

const halved = (size: Dimension): Dimension => (size === null ? null : Math.floor(size / 2) + 1);
/** How long the complex numbers' axes are. */
const complexLength = ({ length }: Transform): readonly Dimension[] => [...length.slice(0, -1), halved(length.at(-1) ?? null)];

/** The number of elements that are transformed together; null where it is not known. */
const sizeOver = (shape: Shape, rank: number): number | null =>
  shape?.slice(-rank).reduce<number | null>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
const constant = (value: number | null, dtype: DType | null, o: Operations): Tensor => o.full(value, [], dtype);
const inverse = (n: number | null): number | null => (n === null ? null : 1 / n);

/** Of axes that the transform cut to its length TensorFlow's gradient is as long as that length, and what it is put together of has other sizes. */
function refuseCut(from: Shape, to: Shape, rank: number, { eager }: Operations): void {
  const [own, made] = [from?.slice(-rank), to?.slice(-rank)];
  if (!own || !made || own.every((d, i) => d === null || made[i] == null || d <= made[i])) return;
  const [d = 0, e = 0] = [made.at(-1) ?? 0, own.at(-1) ?? 0];
  // What has one element goes with any size.
  if (d === 1 || d === e) throw new Undetermined('the gradient of a Fourier transform that cuts its input');
  throw eager.inGraph
    ? new OpError('ValueError', `Dimensions must be equal, but are ${d} and ${e}`)
    : new OpError('InvalidArgumentError', `Incompatible shapes: ${show(to)} vs. ${show(from)}`);
}

/** TensorFlow knows the gradient over one and over two axes only. */
const registered = (rank: number, gradient: Gradient<'x', Transform>) =>
  rank < 3 ? { gradient } : { gradient: 'missing' as const, exact: gradient };

for (const rank of [1, 2, 3]) {
  const suffix = rank === 1 ? '' : `${rank}D`;
  const linear = { args: ['x'] as const, dependence: 'all', zeroWhen: 'any' } as const;
  const same = ([x = null]: readonly Shape[]): Shape => x;
  op(`FFT${suffix}`, {
    ...linear,
    shape: same,
    dtype: 'same',
    gradient: ({ dy }, o) => [o.mul(o.unary(`IFFT${suffix}`, dy), constant(sizeOver(dy.shape, rank), dy.dtype, o))],
    tangent: ({ tangents: [dx] }, o) => [dx ? o.unary(`FFT${suffix}`, dx) : null],
  });
  op(`IFFT${suffix}`, {
    ...linear,
    shape: same,
    dtype: 'same',
    gradient: ({ dy }, o) => [o.mul(o.unary(`FFT${suffix}`, dy), constant(inverse(sizeOver(dy.shape, rank)), dy.dtype, o))],
    tangent: ({ tangents: [dx] }, o) => [dx ? o.unary(`IFFT${suffix}`, dx) : null],
  });
  op<'x', Transform>(`RFFT${suffix}`, {
    ...linear,
    shape: ([x = null], { length }) => x && [...x.slice(0, -rank), ...complexLength({ length })],
    dtype: ([x]) => complexOf(x),
    // Written as one op; TensorFlow builds it of an inverse transform and the terms that have no mirror image, and refuses it over three axes.
    ...registered(rank, ({ x, dy, attributes: { length } }, o) => {
      refuseCut(x.shape, length, rank, o);
      return [o.apply(`_RFFT${suffix}Grad`, [dy], { length, shape: x.shape })];
    }),
    tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply(`RFFT${suffix}`, [dx], attributes) : null],
  });
  op<'x', Transform & { shape: Shape }>(`_RFFT${suffix}Grad`, {
    ...linear,
    shape: (_, { shape }) => shape,
    dtype: ([x]) => realOf(x),
    gradient: ({ dy, attributes: { length } }, o) => [o.apply(`RFFT${suffix}`, [dy], { length })],
    tangent: ({ tangents: [dx], directions, attributes: { length, shape } }, o) => [
      dx ? o.apply(`_RFFT${suffix}Grad`, [dx], { length, shape: shape && [directions, ...shape] }) : null,
    ],
  });
  op<'x', Transform>(`IRFFT${suffix}`, {
    ...linear,
    shape: ([x = null], { length }) => x && [...x.slice(0, -rank), ...length],
    dtype: ([x]) => realOf(x),
    ...registered(rank, ({ x, dy, attributes: { length } }, o) => {
      refuseCut(x.shape, complexLength({ length }), rank, o);
      return [o.apply(`_IRFFT${suffix}Grad`, [dy], { length, shape: x.shape })];
    }),
    tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply(`IRFFT${suffix}`, [dx], attributes) : null],
  });
  op<'x', Transform & { shape: Shape }>(`_IRFFT${suffix}Grad`, {
    ...linear,
    shape: (_, { shape }) => shape,
    dtype: ([x]) => complexOf(x),
    gradient: ({ dy, attributes: { length } }, o) => [o.apply(`IRFFT${suffix}`, [dy], { length })],
    tangent: ({ tangents: [dx], directions, attributes: { length, shape } }, o) => [
      dx ? o.apply(`_IRFFT${suffix}Grad`, [dx], { length, shape: shape && [directions, ...shape] }) : null,
    ],
  });
}
