// Keras initializers. Source: Keras 2.15, initializers/initializers.py.
import { numberIn } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { MAIN } from '../ops/bands.ts';
import { isKnown, OpError, sizeOf } from '../shape.ts';
import type { DType, Shape, Tensor } from '../tensor.ts';
import { initializer } from './objects.ts';

const noise = (row: string, shape: Shape, dtype: DType, seed: number | null | undefined, o: Operations): Tensor =>
  o.eager.apply(row, [], { shape, dtype, seed: seed ?? null })[0] as Tensor;

/** Fan in and fan out of a kernel: of a convolution, per position times the receptive field. */
function fans(shape: Shape): readonly [number, number] | null {
  if (!isKnown(shape)) return null;
  const [last = 1, before = last] = [...shape].reverse();
  const field = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return shape.length < 2 ? [last, last] : [before * field, last * field];
}

type Mode = 'fan_in' | 'fan_out' | 'fan_avg';
function scaled(shape: Shape, scale: number, mode: Mode): number | null {
  const found = fans(shape);
  if (!found) return null;
  const [fanIn, fanOut] = found;
  return scale / Math.max(1, mode === 'fan_in' ? fanIn : mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2);
}

type Distribution = 'uniform' | 'truncated_normal' | 'untruncated_normal';
interface Drawing {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly seed: number | null | undefined;
  readonly o: Operations;
}
/** Numbers of mean zero and this variance; null where it is not known. */
function drawn(variance: number | null, distribution: Distribution, { shape, dtype, seed, o }: Drawing): Tensor {
  if (distribution === 'uniform') {
    const limit = variance === null ? null : Math.sqrt(3 * variance);
    return o.mul(o.sub(o.mul(2, noise('RandomUniform', shape, dtype, seed, o)), 1), o.full(limit, [], dtype));
  }
  const isWhole = distribution === 'untruncated_normal';
  // The constant makes up for what truncation at two deviations takes from the variance.
  const deviation = variance === null ? null : Math.sqrt(variance) / (isWhole ? 1 : 0.87962566103423978);
  return o.mul(noise(isWhole ? 'RandomStandardNormal' : 'TruncatedNormal', shape, dtype, seed, o), o.full(deviation, [], dtype));
}

const varianceScaling = (names: readonly string[], scale: number, mode: Mode, isUniform: boolean): void =>
  initializer(names, {
    signature: 'seed=None',
    make: (config, shape, dtype, o) =>
      drawn(scaled(shape, scale, mode), isUniform ? 'uniform' : 'truncated_normal', {
        shape,
        dtype,
        seed: config.optionalNumber('seed'),
        o,
      }),
  });
varianceScaling(['GlorotUniform', 'glorot_uniform'], 1, 'fan_avg', true);
varianceScaling(['GlorotNormal', 'glorot_normal'], 1, 'fan_avg', false);
varianceScaling(['HeUniform', 'he_uniform'], 2, 'fan_in', true);
varianceScaling(['HeNormal', 'he_normal'], 2, 'fan_in', false);
varianceScaling(['LecunUniform', 'lecun_uniform'], 1, 'fan_in', true);
varianceScaling(['LecunNormal', 'lecun_normal'], 1, 'fan_in', false);
initializer(['VarianceScaling', 'variance_scaling'], {
  signature: 'scale=1.0, mode="fan_in", distribution="truncated_normal", seed=None',
  make: (config, shape, dtype, o) => {
    const distribution = config.text('distribution')?.toLowerCase();
    const kind = distribution === 'normal' ? 'truncated_normal' : (distribution as Distribution);
    const variance = scaled(shape, config.number('scale'), config.text('mode')?.toLowerCase() as Mode);
    return drawn(variance, kind, { shape, dtype, seed: config.optionalNumber('seed'), o });
  },
});

initializer(['Zeros', 'zeros'], { signature: '', make: (_, shape, dtype, o) => o.full(0, shape, dtype) });
initializer(['Ones', 'ones'], { signature: '', make: (_, shape, dtype, o) => o.full(1, shape, dtype) });
initializer(['RandomNormal', 'random_normal'], {
  signature: 'mean=0.0, stddev=0.05, seed=None',
  make: (c, shape, dtype, o) =>
    o.add(o.mul(noise('RandomStandardNormal', shape, dtype, c.optionalNumber('seed'), o), c.number('stddev')), c.number('mean')),
});
initializer(['TruncatedNormal', 'truncated_normal'], {
  signature: 'mean=0.0, stddev=0.05, seed=None',
  make: (c, shape, dtype, o) =>
    o.add(o.mul(noise('TruncatedNormal', shape, dtype, c.optionalNumber('seed'), o), c.number('stddev')), c.number('mean')),
});
initializer(['RandomUniform', 'random_uniform', 'uniform'], {
  signature: 'minval=-0.05, maxval=0.05, seed=None',
  make: (c, shape, dtype, o) =>
    o.add(
      o.mul(noise('RandomUniform', shape, dtype, c.optionalNumber('seed'), o), c.number('maxval') - c.number('minval')),
      c.number('minval'),
    ),
});
/** A number everywhere, or numbers in the weight's shape. */
initializer(['Constant', 'constant'], {
  signature: 'value=0',
  make: (c, shape, dtype, o) => {
    const value = c.value('value');
    const n = numberIn(value);
    return n === null ? o.reshape(c.tensor('value', null, dtype), shape) : o.full(n, shape, dtype);
  },
});

/** Of a matrix with as many rows as all axes but the last have places: orthogonal rows, or columns where there are fewer of them. */
initializer(['Orthogonal', 'orthogonal'], {
  signature: 'gain=1.0, seed=None',
  make: (c, shape, dtype, o) => {
    const columns = shape?.at(-1) ?? null;
    const rows = shape === null ? null : sizeOf(shape.slice(0, -1));
    if (shape !== null && shape.length < 2)
      throw new OpError('ValueError', `The tensor to initialize must be at least two-dimensional. Received: shape=(${shape.join(', ')})`);
    const isWide = rows !== null && columns !== null && rows < columns;
    const normal = noise('RandomStandardNormal', isWide ? [columns, rows] : [rows, columns], dtype, c.optionalNumber('seed'), o);
    const [q, r] = o.eager.apply('Qr', [normal], { fullMatrices: false }) as [Tensor, Tensor];
    // With the signs of the diagonal, it is drawn evenly from all orthogonal matrices.
    const even = o.mul(q, o.sign(o.eager.apply('MatrixDiagPartV3', [r], MAIN)[0] as Tensor));
    return o.mul(o.reshape(isWide ? o.transpose(even, [1, 0]) : even, shape ?? []), c.number('gain'));
  },
});
initializer(['Identity', 'identity'], {
  signature: 'gain=1.0',
  make: (c, shape, dtype, o) => {
    const [rows = null, columns = null] = shape ?? [];
    if (shape !== null && shape.length !== 2)
      throw new OpError(
        'ValueError',
        `Identity matrix initializer can only be used for 2D matrices. Received: shape=(${shape.join(', ')}) of rank ${shape.length}.`,
      );
    const ones = o.full(1, [rows !== null && columns !== null ? Math.min(rows, columns) : null], dtype);
    const zeros = o.full(0, shape, dtype);
    return o.mul(o.eager.apply('MatrixSetDiagV3', [zeros, ones], MAIN)[0] as Tensor, c.number('gain'));
  },
});
