// Activations that are ops of their own, and their gradient ops. Gradients: TensorFlow python/ops/nn_grad.py.
import type { Operations } from '../operations.ts';
import { type Attributes, op } from '../row.ts';
import type { Shape, Tensor } from '../tensor.ts';

const one = { args: ['x'] as const, shape: ([x = null]: readonly Shape[]) => x, dtype: 'same', dependence: 'elementwise' } as const;
const two = {
  args: ['gradients', 'features'] as const,
  shape: ([gradients = null]: readonly Shape[]) => gradients,
  dtype: 'same',
  dependence: 'elementwise',
} as const;

interface Piecewise {
  /** What the gradient op reads besides the upstream gradient. */
  reads: 'x' | 'y';
  /** The gradient op's own gradient for what it reads; null: zeros (an edge, but nothing comes through). */
  second: ((c: { gradients: Tensor; features: Tensor; upstream: Tensor }, o: Operations, attributes: Attributes) => Tensor) | null;
}

/** An activation that is zero at zero, with the gradient op `<name>Grad(upstream, features)`. */
function activation(name: string, { reads, second }: Piecewise): void {
  const gradientName = `${name}Grad`;
  op(name, {
    ...one,
    zeroWhen: 'any',
    gradient: (c, o) => [o.apply(gradientName, [c.dy, c[reads]], c.attributes)],
    tangent: (c, o) => {
      const [dx] = c.tangents;
      return [dx ? o.apply(gradientName, [dx, c[reads]], c.attributes) : null];
    },
  });
  op(gradientName, {
    ...two,
    shape: ([gradients = null, features = null]) =>
      gradients && features && gradients.length > features.length ? gradients : (features ?? gradients),
    zeroWhen: [0],
    gradient: ({ gradients, features, dy, attributes }, o) => [
      o.apply(gradientName, [dy, features], attributes),
      second ? second({ gradients, features, upstream: dy }, o, attributes) : o.zerosLike(features),
    ],
    tangent: ({ gradients, features, tangents: [dGradients, dFeatures], attributes }, o) => [
      o.total([
        dGradients ? o.apply(gradientName, [dGradients, features], attributes) : null,
        dFeatures && second ? second({ gradients, features, upstream: dFeatures }, o, attributes) : null,
      ]),
    ],
  });
}

/** Below zero the derivative is the output plus a constant: its own derivative there is the upstream gradient. */
const belowZero = ({ gradients, features, upstream }: { gradients: Tensor; features: Tensor; upstream: Tensor }, o: Operations): Tensor =>
  o.select(o.less(features, 0), o.mul(upstream, gradients), o.zerosLike(upstream));

activation('Relu', { reads: 'y', second: null });
activation('Relu6', { reads: 'y', second: null });
/** Attribute `alpha`: the slope below zero. */
activation('LeakyRelu', { reads: 'x', second: null });
activation('Elu', { reads: 'y', second: belowZero });
activation('Selu', { reads: 'y', second: belowZero });

/** x / (1 + |x|). TensorFlow has no second gradient: SoftsignGrad is not registered. */
op('Softsign', {
  ...one,
  zeroWhen: 'any',
  gradient: ({ x, dy }, o) => [o.apply('SoftsignGrad', [dy, x])],
  tangent: ({ x, tangents: [dx] }, o) => [dx ? o.apply('SoftsignGrad', [dx, x]) : null],
});
const softsignSecond = (gradients: Tensor, x: Tensor, upstream: Tensor, o: Operations): Tensor => {
  const root = o.add(1, o.abs(x));
  return o.mul(o.mul(upstream, gradients), o.div(o.mul(-2, o.sign(x)), o.mul(root, o.square(root))));
};
op('SoftsignGrad', {
  ...two,
  shape: ([gradients = null, features = null]) =>
    gradients && features && gradients.length > features.length ? gradients : (features ?? gradients),
  zeroWhen: [0],
  gradient: 'missing',
  exact: ({ gradients, features, dy }, o) => [o.apply('SoftsignGrad', [dy, features]), softsignSecond(gradients, features, dy, o)],
  tangent: ({ gradients, features, tangents: [dGradients, dFeatures] }, o) => [
    o.total([
      dGradients ? o.apply('SoftsignGrad', [dGradients, features]) : null,
      dFeatures ? softsignSecond(gradients, features, dFeatures, o) : null,
    ]),
  ],
});
