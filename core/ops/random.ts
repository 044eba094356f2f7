// Random tensors: numbers that no analysis knows. TensorFlow: python/ops/random_grad.py.
import { op } from '../row.ts';
import type { DType, Shape, Tensor } from '../tensor.ts';
import { composedTangent, exactGradient } from './composition.ts';
import type { Operations } from '../operations.ts';

/** `seed`: of the op, none, or (a list) of an op without state, which gives the same numbers whenever it is carried out. */
interface Seeded {
  readonly seed: number | readonly number[] | null;
}
interface Random extends Seeded {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Standard normal, standard normal within two deviations, uniform in [0, 1). */
for (const name of ['RandomStandardNormal', 'TruncatedNormal', 'RandomUniform'])
  op<never, Random>(name, {
    args: [],
    shape: (_, { shape }) => shape,
    dtype: (_, { dtype }) => dtype,
    dependence: 'all',
    zeroWhen: 'never',
    gradient: 'none',
    tangent: 'none',
  });

/** `shape` samples for each of the parameters. */
const sampled = ([x = null]: readonly Shape[], { shape }: { shape: Shape }): Shape => shape && x && [...shape, ...x];
/** The parameters under as many more axes as there are of samples. */
const under = (alpha: Tensor, sample: Tensor, o: Operations): Tensor => {
  const missing = (sample.shape?.length ?? 0) - (alpha.shape?.length ?? 0);
  return missing === 0 ? alpha : o.reshape(alpha, alpha.shape && [...Array.from({ length: missing }, () => 1), ...alpha.shape]);
};

/** Samples of Γ(α, 1), which follow α as their distribution does. */
op<'alpha', Random>('RandomGamma', {
  args: ['alpha'],
  shape: sampled,
  dtype: 'same',
  dependence: 'all',
  zeroWhen: 'never',
  gradient: ({ alpha, y, dy }, o) => [o.unbroadcast(o.mul(dy, o.binary('RandomGammaGrad', under(alpha, y, o), y)), alpha.shape)],
  tangent: ({ alpha, y, tangents: [dAlpha], directions }, o) => [
    dAlpha
      ? o.spread(o.mul(o.align(dAlpha, alpha.shape, y.shape), o.binary('RandomGammaGrad', under(alpha, y, o), y)), directions, y.shape)
      : null,
  ],
});
/** How fast a sample moves with α: −∂P(α, x)/∂α over the density at x. */
const implicit = ([alpha, sample]: readonly Tensor[], o: Operations): Tensor[] => {
  if (!alpha || !sample) return [];
  const power = o.sub(o.mul(o.sub(alpha, 1), o.log(sample)), o.add(sample, o.unary('Lgamma', alpha)));
  return [o.neg(o.div(o.apply('_IgammaByA', [alpha, sample], { order: 1 }), o.exp(power)))];
};
op('RandomGammaGrad', {
  args: ['alpha', 'sample'],
  shape: ([, sample = null]) => sample,
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: [1],
  infiniteAtZero: [0],
  gradient: 'missing',
  exact: ({ inputs, dy }, o) => exactGradient(inputs, [dy], o, (list) => implicit(list, o)),
  tangent: ({ inputs, tangents, directions }, o) => composedTangent(inputs, tangents, directions, o, (list) => implicit(list, o)),
});

/** Counts with a given mean: no gradient is registered. */
op<'rate', Random>('RandomPoissonV2', {
  args: ['rate'],
  shape: sampled,
  dtype: (_, { dtype }) => dtype,
  dependence: 'all',
  zeroWhen: 'never',
  gradient: 'missing',
  tangent: 'none',
});
/** Classes drawn by logits [batch, classes]. */
op<'logits', Seeded & { count: number | null; dtype: DType }>('Multinomial', {
  args: ['logits'],
  shape: ([logits = null], { count }) => logits && [logits[0] ?? null, count],
  dtype: (_, { dtype }) => dtype,
  dependence: 'all',
  zeroWhen: 'never',
  gradient: 'none',
  tangent: 'none',
});
/** The rows in another order. TensorFlow takes it for a constant. */
op<'x', Seeded>('RandomShuffle', {
  args: ['x'],
  shape: ([x = null]) => x,
  dtype: 'same',
  dependence: 'all',
  zeroWhen: 'any',
  gradient: 'none',
  withoutDerivative: [0],
  tangent: 'none',
});
