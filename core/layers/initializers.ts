// Keras initializers. Source: Keras 2.15, initializers/initializers.py.
import { numberIn } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { isKnown } from '../shape.ts';
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

function varianceScaling(names: readonly string[], scale: number, mode: Mode, uniform: boolean): void {
  initializer(names, {
    signature: 'seed=None',
    make: (config, shape, dtype, o) => {
      const variance = scaled(shape, scale, mode);
      const seed = config.optionalNumber('seed');
      if (uniform) {
        const limit = variance === null ? null : Math.sqrt(3 * variance);
        return o.mul(o.sub(o.mul(2, noise('RandomUniform', shape, dtype, seed, o)), 1), o.full(limit, [], dtype));
      }
      // The constant makes up for what truncation at two deviations takes from the variance.
      return o.mul(
        noise('TruncatedNormal', shape, dtype, seed, o),
        o.full(variance === null ? null : Math.sqrt(variance) / 0.87962566103423978, [], dtype),
      );
    },
  });
}
varianceScaling(['GlorotUniform', 'glorot_uniform'], 1, 'fan_avg', true);
varianceScaling(['GlorotNormal', 'glorot_normal'], 1, 'fan_avg', false);
varianceScaling(['HeUniform', 'he_uniform'], 2, 'fan_in', true);
varianceScaling(['HeNormal', 'he_normal'], 2, 'fan_in', false);
varianceScaling(['LecunUniform', 'lecun_uniform'], 1, 'fan_in', true);
varianceScaling(['LecunNormal', 'lecun_normal'], 1, 'fan_in', false);

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
