// Zeros that stay when ops round otherwise, and zeros that only came of how ours round.
import { describe, expect, it } from 'vitest';
import { Eager } from '../../core/eager.ts';
import type { Operations } from '../../core/operations.ts';
import type { Tensor } from '../../core/tensor.ts';
import { isZero, NumericBackend } from '../../runtime/src/engine/backend.ts';
import { movedByRounding } from '../../runtime/src/rounding.ts';
import { engines } from '../hessian/functions.ts';

type Made = (o: Operations, x: Tensor) => Tensor;

const kernels = engines.choose('auto');

function made(f: Made, numbers: readonly number[]): { readonly zeros: Tensor; readonly stay: boolean; readonly moved: number } {
  if (kernels === null) throw new Error('no engine');
  const { operations, backend } = new Eager(new NumericBackend(kernels));
  const zeros = f(operations, backend.constant(numbers, [numbers.length / 2, 2], 'float32'));
  const moved = movedByRounding(backend, [zeros]).get(zeros);
  return { zeros, stay: moved === 0, moved: moved ?? Number.NaN };
}

/** Numbers that are not short. */
const NUMBERS = [1.25, 1.61, 1.13, -1.52, -1.76, 1.39];

describe('stay', () => {
  it.each<[string, Made]>([
    ['a number against itself', (o, x) => o.sub(o.exp(x), o.exp(x))],
    ['against itself in another order', (o, x) => o.sub(o.mul(o.sin(x), x), o.mul(x, o.sin(x)))],
    [
      'against itself, negated, doubled and moved',
      (o, x) => o.sub(o.mul(o.neg(o.tanh(x)), -2), o.transpose(o.transpose(o.mul(o.tanh(x), 2)))),
    ],
    ['what is cut off', (o, x) => o.relu(o.neg(o.exp(x)))],
    ['a product with zeros', (o, x) => o.mul(o.log(o.exp(x)), 0)],
    ['what a gradient is stopped in', (o, x) => o.mul(o.stopGradient(o.exp(x)), o.zerosLike(x))],
    ['zeros with nothing behind them', (o, x) => o.zerosConstant(x)],
    ['exact differences', (o, x) => o.sub(o.sum(o.onesLike(x)), 6)],
  ])('%s', (_, f) => {
    const { zeros, stay } = made(f, NUMBERS);
    expect(isZero(zeros)).toBe(true);
    expect(stay).toBe(true);
  });

  it('numbers drawn at random are those that were drawn', () => {
    const { stay } = made((o, x) => {
      const drawn = o.apply('RandomUniform', [], { shape: x.shape, dtype: 'float32', seed: null });
      return o.sub(o.identity(drawn), drawn);
    }, NUMBERS);
    expect(stay).toBe(true);
  });
});

describe('do not stay, though they are zeros here', () => {
  it.each<[string, Made]>([
    ['what a softmax lacks of one', (o, x) => o.sub(o.sum(o.unary('Softmax', x), [1]), 1)],
    ['what the squares of a sine and a cosine lack of one', (o, x) => o.sub(o.add(o.square(o.sin(x)), o.square(o.cos(x))), 1)],
    ['the logarithm of an exponential', (o, x) => o.sub(o.log(o.exp(x)), x)],
    ['a product that is taken back', (o, x) => o.sub(o.div(o.mul(x, 0.7), 0.7), x)],
  ])('%s', (_, f) => {
    const pairs = Array.from({ length: 60 }, (_, i) => [0.31 + i / 37, 1.23 - i / 29]);
    const cancelled = pairs.filter((pair) => isZero(made(f, pair).zeros));
    expect(cancelled.length).toBeGreaterThan(5);
    expect(cancelled.filter((pair) => made(f, pair).stay)).toEqual([]);
  });
});

describe('move as far as their rounding is amplified', () => {
  it.each<[string, number, number, Made]>([
    ['a product', 1e-8, 1e-5, (o, x) => o.mul(o.mul(x, 1.7), x)],
    ['a softmax', 1e-8, 1e-5, (o, x) => o.unary('Softmax', x)],
    ['the sine of thousands', 1e-4, 1e-1, (o, x) => o.sin(o.mul(x, 4321.7))],
    ['the sine of billions', 1e-1, 2, (o, x) => o.sin(o.mul(x, 4.3217e9))],
    ['a small difference of large numbers', 1e-4, 1e-1, (o, x) => o.sub(o.add(x, 4321.7), 4321.6)],
    ['what all but overflows', Infinity, Infinity, (o, x) => o.mul(o.exp(x), (3.4028234e38 / Math.exp(1.25)) * (1 - 2e-7))],
  ])('%s', (_, least, most, f) => {
    const { moved } = made(f, NUMBERS);
    expect(moved).toBeGreaterThanOrEqual(least);
    expect(moved).toBeLessThanOrEqual(most);
  });
});
