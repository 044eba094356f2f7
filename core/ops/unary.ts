// Elementwise functions of one tensor. Gradients: TensorFlow python/ops/math_grad.py.
import type { Operations } from '../operations.ts';
import { op, type Primal } from '../row.ts';
import { keepSlices } from '../slices.ts';
import { isComplex, type Tensor } from '../tensor.ts';

export type One = Primal<'x', unknown>;

/** What every elementwise op of one input has in common. */
export const elementwise = {
  args: ['x'] as const,
  shape: ([x = null]: readonly (readonly (number | null)[] | null)[]) => x,
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: 'never',
} as const;

/** TensorFlow conjugates what a gradient reads; real numbers stay what they are. */
const conjugated = (c: One, o: Operations): One =>
  c.y.dtype !== null && isComplex(c.y.dtype) ? { ...c, x: o.conj(c.x), y: o.conj(c.y) } : c;

/** What a function is at zero; finite: a number other than zero. */
type AtZero = 'zero' | 'infinite' | 'finite';
const atZero = (value: AtZero) =>
  ({ zeroWhen: value === 'zero' ? 'any' : 'never', infiniteAtZero: value === 'infinite' ? [0] : [] }) as const;

/** A function whose gradient is dy times a derivative that TensorFlow writes in the input or the output. */
export function smooth(name: string, derivative: (c: One, o: Operations) => Tensor, value: AtZero = 'finite'): void {
  op(name, {
    ...elementwise,
    ...atZero(value),
    gradient: (c, o) => [o.mul(c.dy, derivative(conjugated(c, o), o))],
    tangent: ({ tangents: [dx], ...c }, o) => [dx ? o.mul(dx, derivative(c as One, o)) : null],
  });
}

op('Neg', {
  ...elementwise,
  zeroWhen: 'any',
  gradient: ({ dy }, o) => [keepSlices(dy, o, o.neg)],
  tangent: ({ tangents: [dx] }, o) => [dx ? o.neg(dx) : null],
});
/** A gradient that TensorFlow keeps as an IndexedSlices of other rows than those that are at hand here. */
op('_AsSlices', {
  ...elementwise,
  dependence: 'move',
  zeroWhen: 'any',
  indexedSlices: true,
  gradient: ({ dy }) => [dy],
  tangent: ({ tangents: [dx = null] }) => [dx],
});
op('Identity', {
  ...elementwise,
  dependence: 'move',
  zeroWhen: 'any',
  gradient: ({ dy }) => [dy],
  tangent: ({ tangents: [dx = null] }) => [dx],
});

smooth('Square', ({ x }, o) => o.mul(x, 2), 'zero');
smooth('Exp', ({ y }) => y);
smooth('Expm1', ({ x }, o) => o.exp(x), 'zero');
smooth('Log', ({ x }, o) => o.reciprocal(x), 'infinite');
smooth('Log1p', ({ x }, o) => o.reciprocal(o.add(1, x)), 'zero');
smooth('Sin', ({ x }, o) => o.cos(x), 'zero');
smooth('Cos', ({ x }, o) => o.neg(o.sin(x)));
smooth('Tan', ({ x }, o) => o.square(o.reciprocal(o.cos(x))), 'zero');
smooth('Sinh', ({ x }, o) => o.cosh(x), 'zero');
smooth('Cosh', ({ x }, o) => o.sinh(x));
smooth('Asin', ({ x }, o) => o.reciprocal(o.sqrt(o.sub(1, o.square(x)))), 'zero');
smooth('Acos', ({ x }, o) => o.neg(o.reciprocal(o.sqrt(o.sub(1, o.square(x))))));
smooth('Atan', ({ x }, o) => o.reciprocal(o.add(1, o.square(x))), 'zero');
smooth('Atanh', ({ x }, o) => o.reciprocal(o.sub(1, o.square(x))), 'zero');
smooth('Erf', ({ x }, o) => o.mul(2 / Math.sqrt(Math.PI), o.exp(o.neg(o.square(x)))), 'zero');
smooth('Erfc', ({ x }, o) => o.mul(-2 / Math.sqrt(Math.PI), o.exp(o.neg(o.square(x)))));
smooth('Abs', ({ x }, o) => o.sign(x), 'zero');
smooth('Softplus', ({ x }, o) => o.sigmoid(x));

/** Asinh and Acosh divide by a function of the output. */
for (const [name, inner] of [
  ['Asinh', 'cosh'],
  ['Acosh', 'sinh'],
] as const)
  op(name, {
    ...elementwise,
    ...atZero(name === 'Asinh' ? 'zero' : 'infinite'),
    gradient: ({ y, dy }, o) => [o.div(dy, o[inner](o.conj(y)))],
    tangent: ({ y, tangents: [dx] }, o) => [dx ? o.div(dx, o[inner](y)) : null],
  });

// ------------------------------------------------------------------------------------------------ gradients that are ops themselves

/** An op whose registered gradient is another op, `<name>Grad(y, dy)`, with a gradient of its own. */
function throughOutput(
  name: string,
  gradientName: string,
  derivative: (y: Tensor, o: Operations) => Tensor,
  second: (c: { y: Tensor; dy: Tensor; upstream: Tensor }, o: Operations) => Tensor,
  value: { readonly function: AtZero; readonly gradient: 'infinite' | 'finite' },
  /** The gradient's gradient in the upstream one; mostly the same op again. */
  again: (c: { y: Tensor; upstream: Tensor }, o: Operations) => Tensor = ({ y, upstream }, o) => o.apply(gradientName, [y, upstream]),
): void {
  op(name, {
    ...elementwise,
    ...atZero(value.function),
    gradient: ({ y, dy }, o) => [o.apply(gradientName, [o.conj(y), dy])],
    tangent: ({ y, tangents: [dx] }, o) => [dx ? o.mul(dx, derivative(y, o)) : null],
  });
  op(gradientName, {
    args: ['out', 'gradients'],
    shape: ([out = null]) => out,
    dtype: 'same',
    dependence: 'elementwise',
    zeroWhen: [1],
    infiniteAtZero: value.gradient === 'infinite' ? [0] : [],
    gradient: ({ out, gradients, dy }, o) => [
      second({ y: o.conj(out), dy: o.conj(gradients), upstream: dy }, o),
      again({ y: o.conj(out), upstream: dy }, o),
    ],
    tangent: ({ out, gradients, tangents: [dOut, dGradients] }, o) => [
      o.total([
        dOut ? second({ y: out, dy: gradients, upstream: dOut }, o) : null,
        dGradients ? o.mul(dGradients, derivative(out, o)) : null,
      ]),
    ],
  });
}

throughOutput(
  'Tanh',
  'TanhGrad',
  (y, o) => o.sub(1, o.square(y)),
  ({ y, dy, upstream }, o) => o.mul(o.mul(o.mul(upstream, -2), dy), y),
  { function: 'zero', gradient: 'finite' },
);
throughOutput(
  'Sigmoid',
  'SigmoidGrad',
  (y, o) => o.mul(y, o.sub(1, y)),
  ({ y, dy, upstream }, o) => {
    const product = o.mul(upstream, dy);
    return o.sub(product, o.mul(o.mul(2, product), y));
  },
  { function: 'finite', gradient: 'finite' },
);
throughOutput(
  'Reciprocal',
  'ReciprocalGrad',
  (y, o) => o.neg(o.square(y)),
  ({ y, dy, upstream }, o) => o.mul(o.mul(o.mul(upstream, -2), dy), y),
  { function: 'infinite', gradient: 'finite' },
);
throughOutput(
  'Sqrt',
  'SqrtGrad',
  (y, o) => o.div(0.5, y),
  ({ y, dy, upstream }, o) => o.mul(o.neg(o.div(upstream, y)), o.apply('SqrtGrad', [y, dy])),
  { function: 'zero', gradient: 'infinite' },
  ({ y, upstream }, o) => o.mul(0.5, o.div(upstream, y)),
);
throughOutput(
  'Rsqrt',
  'RsqrtGrad',
  (y, o) => o.mul(-0.5, o.mul(y, o.square(y))),
  ({ y, dy, upstream }, o) => o.mul(o.mul(o.mul(-1.5, upstream), dy), o.square(y)),
  { function: 'infinite', gradient: 'finite' },
);

// ------------------------------------------------------------------------------------------------ piecewise constant

op('Sign', {
  ...elementwise,
  zeroWhen: 'any',
  gradient: ({ x }, o) => [o.zerosConstant(x)],
  tangent: 'none',
});
/** Registered in TensorFlow with a gradient that returns None. */
for (const name of ['Floor', 'Ceil', 'Round', 'Rint'])
  op(name, {
    ...elementwise,
    zeroWhen: 'any',
    gradient: ({ inputs }) => inputs.map(() => null),
    tangent: 'none',
  });

op('ZerosLike', { ...elementwise, alwaysZero: true, gradient: 'none', tangent: 'none' });
op('OnesLike', { ...elementwise, gradient: 'none', tangent: 'none' });
/**
 * `internal`: one that TensorFlow adds by itself (`nn.moments`), which the true derivative does not have. `by`: a function that takes the numbers out and makes a tensor of them
 * again (`tf.constant` of a variable).
 */
op<'x', { internal?: boolean; by?: string }>('StopGradient', {
  ...elementwise,
  zeroWhen: 'any',
  unrecorded: true,
  gradient: 'none',
  exact: ({ dy, attributes }) => [attributes.internal ? dy : null],
  tangent: ({ tangents: [dx = null], attributes }) => [attributes.internal ? dx : null],
});
for (const name of ['IsNan', 'IsInf', 'IsFinite']) op(name, { ...elementwise, dtype: 'bool', gradient: 'missing', tangent: 'none' });
op('LogicalNot', { ...elementwise, dtype: 'bool', gradient: 'none', tangent: 'none' });
op('Invert', { ...elementwise, gradient: 'none', tangent: 'none' });
op('PopulationCount', { ...elementwise, dtype: 'uint8', gradient: 'none', tangent: 'none' });
/** `dtype`: what to cast to. Differentiable between floating and complex dtypes only. */
op<'x', { dtype: 'float32' | 'int32' }>('Cast', {
  ...elementwise,
  dtype: (_, { dtype }) => dtype,
  zeroWhen: 'any',
  gradient: ({ x, y, dy }, o) => [castsThrough(x) && castsThrough(y) ? keepSlices(dy, o, (rows) => o.cast(rows, x.dtype)) : null],
  tangent: ({ x, y, tangents: [dx], attributes }, o) => [dx && castsThrough(x) && castsThrough(y) ? o.cast(dx, attributes.dtype) : null],
});
const castsThrough = ({ dtype }: Tensor): boolean => dtype === null || /^(float|bfloat|complex)/.test(dtype);
