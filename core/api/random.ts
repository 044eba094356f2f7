// `tf.random`. TensorFlow: python/ops/random_ops.py, stateless_random_ops.py.
import type { Operations } from '../operations.ts';
import { broadcast } from '../shape.ts';
import { type DType, isFloating, type Shape, type Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';

type Seed = number | readonly number[] | null;
/** Of an op with state: a number, or none. Of one without: both its numbers, which have to be given. */
export function seedOf(a: Arguments, stateless: boolean): Seed {
  if (stateless) return a.numbers('seed') ?? [];
  return a.has('seed') ? (a.optionalNumber('seed') ?? null) : null;
}
const draw = (row: string, shape: Shape, dtype: DType, seed: Seed, o: Operations): Tensor =>
  o.eager.apply(row, [], { shape, dtype, seed })[0] as Tensor;
/** Numbers between 0 and 1. */
export const uniform = (shape: Shape, dtype: DType, seed: Seed, o: Operations): Tensor => draw('RandomUniform', shape, dtype, seed, o);
const dtypeOf = (a: Arguments): DType => a.dtype('dtype', 'float32') ?? 'float32';

for (const stateless of [false, true]) {
  const prefix = stateless ? 'tf.random.stateless_' : 'tf.random.';
  const seed = stateless ? 'seed, ' : '';
  const end = stateless ? 'name=None, alg="auto_select"' : 'seed=None, name=None';
  for (const [name, row] of [
    ['normal', 'RandomStandardNormal'],
    ['truncated_normal', 'TruncatedNormal'],
  ] as const)
    define(`${prefix}${name}`, `shape, ${seed}mean=0.0, stddev=1.0, dtype=tf.float32, ${end}`, (a, o) => {
      const dtype = dtypeOf(a);
      const noise = draw(row, a.shape('shape'), dtype, seedOf(a, stateless), o);
      return o.add(o.mul(noise, a.tensor('stddev', null, dtype)), a.tensor('mean', null, dtype));
    });
  define(`${prefix}uniform`, `shape, ${seed}minval=0, maxval=None, dtype=tf.float32, ${end}`, (a, o) => {
    const dtype = dtypeOf(a);
    const noise = draw('RandomUniform', a.shape('shape'), isFloating(dtype) ? dtype : 'float32', seedOf(a, stateless), o);
    if (!isFloating(dtype)) {
      const [low, high] = [a.optionalNumber('minval') ?? 0, a.optionalNumber('maxval') ?? 1];
      return o.cast(o.floor(o.add(o.mul(noise, high - low), low)), dtype);
    }
    const low = a.tensor('minval', null, dtype);
    const high = a.has('maxval') ? a.tensor('maxval', null, dtype) : o.scalar(1, dtype);
    return o.add(o.mul(noise, o.sub(high, low)), low);
  });
  define(
    `${prefix}gamma`,
    `shape, ${stateless ? 'seed, ' : ''}alpha, beta=None, dtype=tf.float32, ${stateless ? 'name=None' : 'seed=None, name=None'}`,
    (a, o) => {
      const dtype = dtypeOf(a);
      const alpha = a.tensor('alpha', null, dtype);
      const beta = a.has('beta') ? a.tensor('beta', null, dtype) : o.scalar(1, dtype);
      const wide = o.apply('BroadcastTo', [alpha], { shape: broadcast(alpha.shape, beta.shape) });
      const whole = a.shape('shape');
      const shape = stateless && whole && wide.shape ? whole.slice(0, whole.length - wide.shape.length) : whole;
      const samples = o.apply('RandomGamma', [wide], { shape, dtype, seed: seedOf(a, stateless) });
      return o.maximum(o.scalar(dtype === 'float64' ? 2 ** -1022 : 2 ** -126, dtype), o.div(samples, beta));
    },
  );
  define(
    `${prefix}poisson`,
    `shape, ${stateless ? 'seed, ' : ''}lam, dtype=tf.${stateless ? 'int32' : 'float32'}, ${stateless ? 'name=None' : 'seed=None, name=None'}`,
    (a, o) => {
      const rate = a.floating('lam');
      const whole = a.shape('shape');
      const shape = stateless && whole && rate.shape ? whole.slice(0, whole.length - rate.shape.length) : whole;
      return o.apply('RandomPoissonV2', [rate], { shape, dtype: a.dtype('dtype', 'float32'), seed: seedOf(a, stateless) });
    },
  );
  define(
    `${prefix}categorical`,
    `logits, num_samples, ${stateless ? 'seed, dtype=tf.int64, name=None' : 'dtype=None, seed=None, name=None'}`,
    (a, o) =>
      o.apply('Multinomial', [a.tensor('logits')], {
        count: a.optionalNumber('num_samples') ?? null,
        dtype: a.dtype('dtype', 'int64'),
        seed: seedOf(a, stateless),
      }),
  );
}
define('tf.random.shuffle', 'value, seed=None, name=None', (a, o) =>
  o.apply('RandomShuffle', [a.tensor('value')], { seed: seedOf(a, false) }),
);
define('tf.random.experimental.stateless_shuffle', 'value, seed, alg="auto_select", name=None', () => {
  throw new UnknownArgument();
});
