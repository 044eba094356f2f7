// Inverses, determinants and solutions of linear equations. TensorFlow: python/ops/linalg_grad.py. The matrices are in the last two axes, a batch before them.
import type { Operations } from '../operations.ts';
import { ofMatrices } from '../reads.ts';
import { op } from '../row.ts';
import { broadcast, OpError, show } from '../shape.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { MAIN } from './bands.ts';
import { composedTangent } from './composition.ts';

const matrix = { dtype: 'same', dependence: ofMatrices } as const;

/** A and B after one another, each turned around or not. */
const product = (a: Tensor, b: Tensor, o: Operations, turnA = false, turnB = false): Tensor => o.matmul(a, b, turnA, turnB);
/** Raises InvalidArgumentError for a matrix that is surely not square. */
export function needsSquare(x: Shape): Shape {
  const [rows = null, columns = null] = x?.slice(-2) ?? [];
  if (x && (x.length < 2 || (rows !== null && columns !== null && rows !== columns)))
    throw new OpError('InvalidArgumentError', `Input matrix must be square, got ${show(x)}`);
  return x;
}
const batchOf = (x: Shape): Shape => x && x.slice(0, -2);
/** [..] as [.., 1, 1]. */
const overMatrices = (x: Tensor, o: Operations): Tensor => o.reshape(x, x.shape && [...x.shape, 1, 1]);
const traceOf = (x: Tensor, o: Operations): Tensor => o.sum(o.apply('MatrixDiagPartV3', [x], MAIN), [-1]);

// ------------------------------------------------------------------------------------------------ inverse, determinant

op<'x', { adjoint: boolean }>('MatrixInverse', {
  args: ['x'],
  ...matrix,
  zeroWhen: 'never',
  shape: ([x = null]) => needsSquare(x),
  gradient: ({ y, dy, attributes: { adjoint } }, o) => [o.neg(product(y, product(dy, y, o, adjoint, !adjoint), o, !adjoint))],
  tangent: ({ y, tangents: [dx], attributes: { adjoint } }, o) => [
    dx ? o.neg(product(y, product(adjoint ? o.adjoint(dx) : dx, y, o), o)) : null,
  ],
});
op('MatrixDeterminant', {
  args: ['x'],
  ...matrix,
  zeroWhen: 'never',
  shape: ([x = null]) => batchOf(needsSquare(x)),
  gradient: ({ x, y, dy }, o) => [o.mul(overMatrices(o.mul(dy, y), o), o.apply('MatrixInverse', [x], { adjoint: true }))],
  tangent: ({ x, y, tangents: [dx] }, o) => [
    dx ? o.mul(y, traceOf(product(o.apply('MatrixInverse', [x], { adjoint: false }), dx, o), o)) : null,
  ],
});
/** The sign of the determinant, and the logarithm of its size. */
op('LogMatrixDeterminant', {
  args: ['x'],
  outputs: 2,
  ...matrix,
  zeroWhen: 'never',
  infiniteAtZero: [0],
  shape: ([x = null]) => [batchOf(needsSquare(x)), batchOf(x)],
  gradient: ({ x, upstream: [, dLog = x] }, o) => [o.mul(overMatrices(dLog, o), o.apply('MatrixInverse', [x], { adjoint: true }))],
  tangent: ({ x, tangents: [dx] }, o) => [null, dx ? traceOf(product(o.apply('MatrixInverse', [x], { adjoint: false }), dx, o), o) : null],
});

// ------------------------------------------------------------------------------------------------ equations

interface Solving {
  readonly adjoint: boolean;
}
function solvedShape(a: Shape, b: Shape, adjoint: boolean): Shape {
  if (a === null || b === null) return null;
  const [rows, columns] = a.slice(-2);
  const height = b.at(-2) ?? null;
  const own = (adjoint ? columns : rows) ?? null;
  if (b.length < 2 || (own !== null && height !== null && own !== height))
    throw new OpError(
      'InvalidArgumentError',
      `Input matrix and right-hand side must have the same number of rows: ${show(a)} and ${show(b)}`,
    );
  return [...(broadcast(a.slice(0, -2), b.slice(0, -2)) ?? []), (adjoint ? rows : columns) ?? null, b.at(-1) ?? null];
}

/** A·X = B, or Aᵀ·X = B. */
op<'a' | 'b', Solving>('MatrixSolve', {
  args: ['a', 'b'],
  ...matrix,
  zeroWhen: [1],
  shape: ([a = null, b = null], { adjoint }) => solvedShape(needsSquare(a), b, adjoint),
  gradient: ({ a, y, dy, attributes: { adjoint } }, o) => {
    const toB = o.apply('MatrixSolve', [a, dy], { adjoint: !adjoint });
    return [o.neg(adjoint ? product(y, toB, o, false, true) : product(toB, y, o, false, true)), toB];
  },
  tangent: ({ a, y, tangents: [da, db], directions, attributes }, o) => {
    const right = o.total([db ?? null, da ? o.neg(product(da, y, o, attributes.adjoint)) : null]);
    return [right && o.apply('MatrixSolve', [o.broadcastTo(o.expandDims(a, 0), a.shape && [directions, ...a.shape]), right], attributes)];
  },
});

interface Triangular extends Solving {
  readonly lower: boolean;
}
/** Of A only its lower, or its upper, triangle counts. */
op<'a' | 'b', Triangular>('MatrixTriangularSolve', {
  args: ['a', 'b'],
  ...matrix,
  zeroWhen: [1],
  shape: ([a = null, b = null], { adjoint }) => solvedShape(needsSquare(a), b, adjoint),
  gradient: ({ a, b, y, dy, attributes: { adjoint, lower } }, o) => {
    const toB = o.apply('MatrixTriangularSolve', [a, dy], { lower, adjoint: !adjoint });
    const toA = o.neg(adjoint ? product(y, toB, o, false, true) : product(toB, y, o, false, true));
    return [o.unbroadcast(triangle(toA, lower, o), a.shape), o.unbroadcast(toB, b.shape)];
  },
  tangent: ({ a, b, y, tangents: [da, db], directions, attributes }, o) => {
    const turned = da ? triangle(o.align(da, a.shape, y.shape), attributes.lower, o) : null;
    const moved = turned ? o.neg(product(turned, y, o, attributes.adjoint)) : null;
    const right = o.total([db ? o.align(db, b.shape, y.shape) : null, moved]);
    return [right && o.apply('MatrixTriangularSolve', [a, o.spread(right, directions, y.shape)], attributes)];
  },
});
export const triangle = (x: Tensor, lower: boolean, o: Operations): Tensor =>
  o.apply('MatrixBandPart', [x], lower ? { below: -1, above: 0 } : { below: 0, above: -1 });

interface LeastSquares {
  readonly regularizer: number;
  readonly fast: boolean;
}
/** The square matrix of the normal equations, (AᵀA or AAᵀ) + λ. */
function gramian(a: Tensor, regularizer: number, tall: boolean, o: Operations): Tensor {
  const square = tall ? product(a, a, o, true) : product(a, a, o, false, true);
  if (regularizer === 0) return square;
  const diagonal = o.apply('MatrixDiagPartV3', [square], MAIN);
  return o.apply('MatrixSetDiagV3', [square, o.add(diagonal, o.full(regularizer, diagonal.shape, diagonal.dtype))], MAIN);
}
const isTall = (a: Tensor): boolean => (a.shape?.at(-2) ?? 0) >= (a.shape?.at(-1) ?? 0);
const solveCholesky = (chol: Tensor, b: Tensor, o: Operations): Tensor => {
  const half = o.apply('MatrixTriangularSolve', [chol, b], { lower: true, adjoint: false });
  return o.apply('MatrixTriangularSolve', [chol, half], { lower: true, adjoint: true });
};

/** The X for which ‖A·X − B‖² + λ‖X‖² is least; of many, the smallest. The slow algorithm has no gradient. */
op<'a' | 'b', LeastSquares>('MatrixSolveLs', {
  args: ['a', 'b'],
  ...matrix,
  zeroWhen: [1],
  shape: ([a = null, b = null]) => a && b && [...a.slice(0, -2), a.at(-1) ?? null, b.at(-1) ?? null],
  gradient: ({ a, b, y, dy, attributes: { regularizer } }, o) => {
    const chol = o.unary('Cholesky', gramian(a, regularizer, isTall(a), o));
    if (isTall(a)) {
      const z = solveCholesky(chol, dy, o);
      const xz = product(y, z, o, false, true);
      return [o.add(o.neg(product(a, o.add(xz, o.adjoint(xz)), o)), product(b, z, o, false, true)), product(a, z, o)];
    }
    const toB = solveCholesky(chol, product(a, dy, o), o);
    const inner = solveCholesky(chol, b, o);
    const first = o.neg(product(toB, product(inner, a, o, true), o));
    const rest = o.sub(dy, product(a, toB, o, true));
    return [o.add(first, product(inner, rest, o, false, true)), toB];
  },
  refuses: ({ fast }) => (fast ? null : new OpError('ValueError', 'Gradient not defined for fast=False')),
  tangent: ({ inputs, tangents, directions, attributes: { regularizer } }, o) =>
    composedTangent(inputs, tangents, directions, o, ([a, b]) => {
      if (!a || !b) return [];
      const solve = (right: Tensor) => o.apply('MatrixSolve', [gramian(a, regularizer, isTall(a), o), right], { adjoint: false });
      return [isTall(a) ? solve(product(a, b, o, true)) : product(a, solve(b), o, true)];
    }),
});

// ------------------------------------------------------------------------------------------------ roots

/** The lower triangle L with L·Lᵀ = A. */
op('Cholesky', {
  args: ['x'],
  ...matrix,
  zeroWhen: 'never',
  shape: ([x = null]) => needsSquare(x),
  gradient: ({ y, dy }, o) => {
    const inverse = o.apply('MatrixTriangularSolve', [y, identityLike(y, o)], { lower: true, adjoint: false });
    const middle = product(y, dy, o, true);
    const halved = o.apply('MatrixSetDiagV3', [middle, o.mul(0.5, o.apply('MatrixDiagPartV3', [middle], MAIN))], MAIN);
    const toX = product(product(inverse, triangle(halved, true, o), o, true), inverse, o);
    return [o.mul(o.add(toX, o.adjoint(toX)), 0.5)];
  },
  tangent: ({ y, tangents: [dx], directions }, o) => {
    if (!dx) return [null];
    const inverse = o.apply('MatrixTriangularSolve', [y, identityLike(y, o)], { lower: true, adjoint: false });
    const symmetric = o.mul(0.5, o.add(dx, o.adjoint(dx)));
    const middle = triangle(product(product(inverse, symmetric, o), inverse, o, false, true), true, o);
    const halved = o.apply('MatrixSetDiagV3', [middle, o.mul(0.5, o.apply('MatrixDiagPartV3', [middle], MAIN))], MAIN);
    return [o.spread(product(y, halved, o), directions, y.shape)];
  },
});
/** Identity matrices as many and as large as these; null of what size the analyzer does not know. */
export function identityLike(x: Tensor, o: Operations): Tensor {
  const size = x.shape?.at(-1) ?? null;
  if (size === null) return o.full(null, x.shape, x.dtype);
  const values = Array.from({ length: size * size }, (_, i) => (i % size === Math.floor(i / size) ? 1 : 0));
  return o.broadcastTo(o.eager.backend.constant(values, [size, size], x.dtype ?? 'float32'), x.shape);
}

/** S with S·S = A. Its derivative solves S·X + X·S = dA, written out as one system (TensorFlow: _MatrixSquareRootGrad). */
op('MatrixSquareRoot', {
  args: ['x'],
  ...matrix,
  zeroWhen: 'never',
  shape: ([x = null]) => needsSquare(x),
  gradient: ({ y, dy }, o) => [o.adjoint(sylvester(y, o.adjoint(dy), o))],
  tangent: ({ y, tangents: [dx], directions }, o) => {
    if (!dx) return [null];
    const wide = o.broadcastTo(o.expandDims(y, 0), y.shape && [directions, ...y.shape]);
    return [sylvester(wide, dx, o)];
  },
});
/** The solution of S·X + X·S = R: one system with the Kronecker sum of S and Sᵀ. */
function sylvester(s: Tensor, right: Tensor, o: Operations): Tensor {
  const size = s.shape?.at(-1) ?? null;
  const batch = s.shape?.slice(0, -2) ?? [];
  if (size === null) return o.reshape(right, right.shape);
  const kronecker = (a: Tensor, b: Tensor): Tensor =>
    o.reshape(o.mul(o.reshape(a, [...batch, size, 1, size, 1]), o.reshape(b, [...batch, 1, size, 1, size])), [
      ...batch,
      size * size,
      size * size,
    ]);
  const one = identityLike(s, o);
  const sum = o.add(kronecker(one, o.adjoint(s)), kronecker(s, one));
  const solved = o.apply('MatrixSolve', [sum, o.reshape(right, [...batch, size * size, 1])], { adjoint: false });
  return o.reshape(solved, right.shape);
}

for (const name of ['MatrixLogarithm'])
  op(name, { args: ['x'], ...matrix, zeroWhen: 'never', shape: ([x = null]) => needsSquare(x), gradient: 'missing', tangent: 'none' });
