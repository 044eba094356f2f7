// Products of matrices. Gradients: TensorFlow python/ops/math_grad.py, _MatMulGrad and _BatchMatMulV2.
import type { Operations } from '../operations.ts';
import { op } from '../row.ts';
import { broadcast, OpError, show } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';

interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

function productShape(a: Shape, b: Shape, { transposeA, transposeB }: Transposed): Shape {
  if (a === null || b === null) return null;
  if (a.length < 2 || b.length < 2)
    throw new OpError('InvalidArgumentError', `In[0] and In[1] have to be matrices: got shapes ${show(a)} and ${show(b)}`);
  const [rowsA, columnsA] = lastTwo(a, transposeA);
  const [rowsB, columnsB] = lastTwo(b, transposeB);
  if (columnsA !== null && rowsB !== null && columnsA !== rowsB)
    throw new OpError('InvalidArgumentError', `Matrix size-incompatible: In[0]: ${show(a)}, In[1]: ${show(b)}`);
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return batch && [...batch, rowsA, columnsB];
}

const lastTwo = (shape: readonly Dimension[], transposed: boolean): [Dimension, Dimension] => {
  const [rows = null, columns = null] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
};

/** dA and dB of a product, for each of the four ways of transposing (TensorFlow: _MatMulGrad). */
function gradientOf(
  plainA: Tensor,
  plainB: Tensor,
  dy: Tensor,
  { transposeA, transposeB }: Transposed,
  o: Operations,
): [() => Tensor, () => Tensor] {
  const [a, b] = [o.conj(plainA), o.conj(plainB)];
  if (!transposeA && !transposeB) return [() => o.matmul(dy, b, false, true), () => o.matmul(a, dy, true, false)];
  if (!transposeA) return [() => o.matmul(dy, b), () => o.matmul(dy, a, true, false)];
  if (!transposeB) return [() => o.matmul(b, dy, false, true), () => o.matmul(a, dy)];
  return [() => o.matmul(b, dy, true, true), () => o.matmul(dy, a, true, true)];
}

/** [..., n, m] @ [..., m, p] -> [..., n, p]; the batch axes broadcast. */
op<'a' | 'b', Transposed>('MatMul', {
  args: ['a', 'b'],
  shape: ([a = null, b = null], transposed) => productShape(a, b, transposed),
  dtype: 'same',
  dependence: 'matmul',
  zeroWhen: 'any',
  gradient: ({ a, b, dy, attributes, needs }, o) => {
    const [toA, toB] = gradientOf(a, b, dy, attributes, o);
    return [needs[0] ? o.unbroadcast(toA(), a.shape) : null, needs[1] ? o.unbroadcast(toB(), b.shape) : null];
  },
  tangent: ({ a, b, y, tangents: [da, db], directions, attributes: { transposeA, transposeB } }, o) => {
    const total = o.total([
      da ? o.matmul(o.align(da, a.shape, y.shape), b, transposeA, transposeB) : null,
      db ? o.matmul(a, o.align(db, b.shape, y.shape), transposeA, transposeB) : null,
    ]);
    return [total && o.spread(total, directions, y.shape)];
  },
});

/** x [..., n] plus bias [n]. */
op('BiasAdd', {
  args: ['x', 'bias'],
  shape: ([x = null, bias = null]) => {
    const [last, size] = [x?.at(-1) ?? null, bias?.[0] ?? null];
    if (last !== null && size !== null && last !== size)
      throw new OpError(
        'InvalidArgumentError',
        `Must provide as many biases as the last dimension of the input tensor: ${show(bias)} vs. ${show(x)}`,
      );
    return x;
  },
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: 'all',
  gradient: ({ bias, dy }, o) => [dy, o.unbroadcast(dy, bias.shape)],
  tangent: ({ x, bias, y, tangents: [dx, db], directions }, o) => {
    const total = o.total([dx ?? null, db ? o.align(db, bias.shape, x.shape) : null]);
    return [total && o.spread(total, directions, y.shape)];
  },
});
