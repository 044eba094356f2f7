// Special functions. TensorFlow: python/ops/math_grad.py, special_math_ops.py.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { broadcast } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { broadcasting, gradients, tangents } from './binary.ts';
import { type One, smooth } from './unary.ts';

/** Another function of the same input. */
const of =
  (name: string, sign: 1 | -1 = 1) =>
  ({ x }: One, o: Operations): Tensor =>
    sign === 1 ? o.unary(name, x) : o.neg(o.unary(name, x));

// ------------------------------------------------------------------------------------------------ gamma and its kin

smooth('Lgamma', of('Digamma'), 'infinite');
smooth('Digamma', ({ x }, o) => polygamma(1, x, o), 'infinite');
export const polygamma = (order: number, x: Tensor, o: Operations): Tensor => o.binary('Polygamma', o.scalar(order, x.dtype), x);
/** The n-th derivative of the digamma function; n is a whole number. */
op('Polygamma', {
  ...broadcasting,
  zeroWhen: 'never',
  infiniteAtZero: [1],
  gradient: gradients(
    () => null,
    ({ a, b, dy }, o) => o.mul(dy, o.binary('Polygamma', o.add(a, 1), b)),
  ),
  withoutDerivative: [0],
  tangent: tangents(
    () => null,
    ({ a, b }, d, o) => o.mul(d, o.binary('Polygamma', o.add(a, 1), b)),
  ),
});
/** Σ (q + k)⁻ˢ, of s and q. */
op('Zeta', {
  ...broadcasting,
  zeroWhen: 'never',
  infiniteAtZero: [0, 1],
  gradient: gradients(
    () => null,
    ({ a, b, dy }, o) => o.mul(dy, o.mul(o.neg(a), o.binary('Zeta', o.add(a, 1), b))),
  ),
  withoutDerivative: [0],
  tangent: tangents(
    () => null,
    ({ a, b }, d, o) => o.mul(d, o.mul(o.neg(a), o.binary('Zeta', o.add(a, 1), b))),
  ),
});

/** xᵃ⁻¹·e⁻ˣ/Γ(a). */
const density = (a: Tensor, x: Tensor, o: Operations): Tensor => {
  const power = o.sub(o.add(o.neg(x), o.mul(o.sub(a, 1), o.log(x))), o.unary('Lgamma', a));
  return o.exp(power);
};
for (const [name, sign] of [
  ['Igamma', 1],
  ['Igammac', -1],
] as const) {
  const signed = (t: Tensor, o: Operations): Tensor => (sign === 1 ? t : o.neg(t));
  op(name, {
    ...broadcasting,
    zeroWhen: 'never',
    infiniteAtZero: [0],
    gradient: gradients(
      ({ a, b, dy }, o) => signed(o.mul(dy, o.binary('IgammaGradA', a, b)), o),
      ({ a, b, dy }, o) => signed(o.mul(dy, density(a, b, o)), o),
    ),
    tangent: tangents(
      ({ a, b }, d, o) => signed(o.mul(d, o.binary('IgammaGradA', a, b)), o),
      ({ a, b }, d, o) => signed(o.mul(d, density(a, b, o)), o),
    ),
  });
}
/** The derivative of the regularized lower incomplete gamma function by its first argument, and (`_IgammaByA`) the one of any order. */
const byA = (order: number, a: Tensor, x: Tensor, o: Operations): Tensor => o.apply('_IgammaByA', [a, x], { order });
/** What the density's logarithm gives the n-th derivative of it by a, over the density: complete Bell polynomials of log x − ψ(a), −ψ′(a), … */
function bell(order: number, a: Tensor, x: Tensor, o: Operations): Tensor {
  const terms = Array.from({ length: order }, (_, n) => (n === 0 ? o.sub(o.log(x), o.unary('Digamma', a)) : o.neg(polygamma(n, a, o))));
  const found: Tensor[] = [];
  for (let n = 0; n < order; n++) {
    let choices = 1;
    let total: Tensor | null = null;
    for (let i = 0; i <= n; i++) {
      const before = found[n - i - 1];
      const part = o.mul(choices, before ? o.mul(before, terms[i] as Tensor) : (terms[i] as Tensor));
      total = total ? o.add(total, part) : part;
      choices = (choices * (n - i)) / (i + 1);
    }
    found.push(total as Tensor);
  }
  return found.at(-1) as Tensor;
}
const toA = (order: number) => ({
  gradient: gradients(
    ({ a, b, dy }, o) => o.mul(dy, byA(order + 1, a, b, o)),
    ({ a, b, dy }, o) => o.mul(dy, o.mul(density(a, b, o), bell(order, a, b, o))),
  ),
  tangent: tangents(
    ({ a, b }, d, o) => o.mul(d, byA(order + 1, a, b, o)),
    ({ a, b }, d, o) => o.mul(d, o.mul(density(a, b, o), bell(order, a, b, o))),
  ),
});
op('IgammaGradA', {
  ...broadcasting,
  zeroWhen: 'never',
  infiniteAtZero: [0],
  gradient: 'missing',
  exact: toA(1).gradient,
  tangent: toA(1).tangent,
});
op<'a' | 'b', { order: number }>('_IgammaByA', {
  ...broadcasting,
  zeroWhen: 'never',
  infiniteAtZero: [0],
  gradient: (c, o) => toA(c.attributes.order).gradient(c, o),
  tangent: (c, o) => toA(c.attributes.order).tangent(c, o),
});

/** The regularized incomplete beta function of a, b and x. */
op('Betainc', {
  args: ['a', 'b', 'x'],
  shape: ([a = null, b = null, x = null]) => broadcast(broadcast(a, b), x),
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: 'never',
  infiniteAtZero: [0, 1],
  withoutDerivative: [0, 1],
  gradient: ({ a, b, x, dy }, o) => [null, null, o.unbroadcast(o.mul(dy, betaDensity(a, b, x, o)), x.shape)],
  tangent: ({ a, b, x, y, tangents: [, , dx], directions }, o) => [
    dx ? o.spread(o.mul(o.align(dx, x.shape, y.shape), betaDensity(a, b, x, o)), directions, y.shape) : null,
  ],
});
const betaDensity = (a: Tensor, b: Tensor, x: Tensor, o: Operations): Tensor => {
  const logBeta = o.sub(o.add(o.unary('Lgamma', a), o.unary('Lgamma', b)), o.unary('Lgamma', o.add(a, b)));
  const powers = o.add(o.binary('Xlog1py', o.sub(b, 1), o.neg(x)), o.binary('Xlogy', o.sub(a, 1), x));
  return o.exp(o.sub(powers, logBeta));
};

// ------------------------------------------------------------------------------------------------ error functions and integrals

smooth('Erfinv', ({ y }, o) => o.mul(Math.sqrt(Math.PI) / 2, o.exp(o.square(y))), 'zero');
smooth('Ndtri', ({ y }, o) => o.mul(Math.sqrt(2 * Math.PI), o.exp(o.div(o.square(y), 2))), 'infinite');
smooth('Dawsn', ({ x, y }, o) => o.sub(1, o.mul(o.mul(2, x), y)), 'zero');
smooth('Expint', ({ x }, o) => o.div(o.exp(x), x), 'infinite');
smooth('FresnelCos', ({ x }, o) => o.cos(o.mul(Math.PI / 2, o.square(x))), 'zero');
smooth('FresnelSin', ({ x }, o) => o.sin(o.mul(Math.PI / 2, o.square(x))), 'zero');
smooth('Spence', ({ x }, o) => o.select(o.equal(x, 1), o.neg(o.onesLike(x)), o.div(o.log(x), o.sub(1, x))));

// ------------------------------------------------------------------------------------------------ Bessel functions

/** A value of its own where x is 0. */
const at0 = (x: Tensor, value: number, otherwise: Tensor, o: Operations): Tensor =>
  o.select(o.equal(x, 0), o.scalar(value, x.dtype), otherwise);
smooth('BesselI0', of('BesselI1'));
smooth('BesselI0e', ({ x, y }, o) => o.sub(o.unary('BesselI1e', x), o.mul(o.sign(x), y)));
smooth('BesselI1', ({ x, y }, o) => at0(x, 1, o.sub(o.unary('BesselI0', x), o.div(y, x)), o), 'zero');
smooth('BesselI1e', ({ x, y }, o) => at0(x, 0.5, o.sub(o.unary('BesselI0e', x), o.mul(y, o.add(o.sign(x), o.reciprocal(x)))), o), 'zero');
smooth('BesselK0', of('BesselK1', -1), 'infinite');
smooth('BesselK0e', ({ x, y }, o) => o.sub(y, o.unary('BesselK1e', x)), 'infinite');
smooth('BesselK1', ({ x, y }, o) => o.sub(o.neg(o.unary('BesselK0', x)), o.div(y, x)), 'infinite');
smooth('BesselK1e', ({ x, y }, o) => o.sub(o.mul(y, o.sub(1, o.reciprocal(x))), o.unary('BesselK0e', x)), 'infinite');
smooth('BesselJ0', of('BesselJ1', -1));
smooth('BesselJ1', ({ x, y }, o) => at0(x, 0.5, o.sub(o.unary('BesselJ0', x), o.div(y, x)), o), 'zero');
smooth('BesselY0', of('BesselY1', -1), 'infinite');
smooth('BesselY1', ({ x, y }, o) => o.sub(o.unary('BesselY0', x), o.div(y, x)), 'infinite');
