// `tf.linalg` beyond products: inverses, equations, factorizations, functions of matrices, norms. TensorFlow: python/ops/linalg_ops.py, linalg/linalg_impl.py.
import type { Operations } from '../operations.ts';
import { MAIN } from '../ops/bands.ts';
import { identityLike, needsSquare } from '../ops/linear.ts';
import { OpError } from '../shape.ts';
import { type DType, isComplex, type Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { isList, numberIn, UnknownArgument } from './value.ts';

const solving = (a: Arguments): { adjoint: boolean } => ({ adjoint: a.boolean('adjoint') });

define('tf.linalg.inv', 'input, adjoint=False, name=None', (a, o) => o.apply('MatrixInverse', [a.tensor('input')], solving(a)));
define('tf.linalg.det', 'input, name=None', (a, o) => o.unary('MatrixDeterminant', a.tensor('input')));
define('tf.linalg.slogdet', 'input, name=None', (a, o) => o.eager.apply('LogMatrixDeterminant', [a.tensor('input')]), [
  'sign',
  'log_abs_determinant',
]);
define('tf.linalg.logdet', 'matrix, name=None', (a, o) => {
  const chol = o.unary('Cholesky', a.tensor('matrix'));
  return o.mul(2, o.sum(o.log(o.real(o.apply('MatrixDiagPartV3', [chol], MAIN))), [-1]));
});

// ------------------------------------------------------------------------------------------------ equations

define('tf.linalg.solve', 'matrix, rhs, adjoint=False, name=None', (a, o) =>
  o.apply('MatrixSolve', a.matching('matrix', 'rhs'), solving(a)),
);
define('tf.linalg.triangular_solve', 'matrix, rhs, lower=True, adjoint=False, name=None', (a, o) =>
  o.apply('MatrixTriangularSolve', a.matching('matrix', 'rhs'), { lower: a.boolean('lower'), ...solving(a) }),
);
const solveCholesky = (chol: Tensor, right: Tensor, o: Operations): Tensor => {
  const half = o.apply('MatrixTriangularSolve', [chol, right], { lower: true, adjoint: false });
  return o.apply('MatrixTriangularSolve', [chol, half], { lower: true, adjoint: true });
};
define('tf.linalg.cholesky_solve', 'chol, rhs, name=None', (a, o) => {
  const [chol, right] = a.matching('chol', 'rhs') as [Tensor, Tensor];
  return solveCholesky(chol, right, o);
});
define('tf.linalg.lstsq', 'matrix, rhs, l2_regularizer=0.0, fast=True, name=None', (a, o) => {
  const [matrix, right] = a.inOrder('matrix', 'rhs') as [Tensor, Tensor];
  const regularizer = a.number('l2_regularizer');
  if (!a.boolean('fast')) return o.apply('MatrixSolveLs', [matrix, right], { regularizer, fast: false });
  const [rows = null, columns = null] = matrix.shape?.slice(-2) ?? [];
  if (rows === null || columns === null) throw new UnknownArgument();
  const tall = rows >= columns;
  const square = tall ? o.matmul(matrix, matrix, true) : o.matmul(matrix, matrix, false, true);
  const chol = o.unary('Cholesky', regularizer === 0 ? square : o.add(square, o.mul(regularizer, identityLike(square, o))));
  return tall ? solveCholesky(chol, o.matmul(matrix, right, true), o) : o.matmul(matrix, solveCholesky(chol, right, o), true);
});

// ------------------------------------------------------------------------------------------------ factorizations

define('tf.linalg.cholesky', 'input, name=None', (a, o) => o.unary('Cholesky', a.tensor('input')));
define('tf.linalg.sqrtm', 'input, name=None', (a, o) => o.unary('MatrixSquareRoot', a.tensor('input')));
define('tf.linalg.logm', 'input, name=None', (a, o) => {
  const x = a.tensor('input');
  if (x.dtype !== null && !isComplex(x.dtype))
    throw new OpError(
      'InvalidArgumentError',
      `Value for attr 'T' of ${x.dtype} is not in the list of allowed values: complex64, complex128`,
    );
  return o.unary('MatrixLogarithm', x);
});
define(
  'tf.linalg.qr',
  'input, full_matrices=False, name=None',
  (a, o) => o.eager.apply('Qr', [a.tensor('input')], { fullMatrices: a.boolean('full_matrices') }),
  ['q', 'r'],
);
define('tf.linalg.eigh', 'tensor, name=None', (a, o) => o.eager.apply('SelfAdjointEigV2', [a.tensor('tensor')], { vectors: true }));
define('tf.linalg.eigvalsh', 'tensor, name=None', (a, o) => o.apply('SelfAdjointEigV2', [a.tensor('tensor')], { vectors: false }));
define('tf.linalg.eig', 'tensor, name=None', (a, o) => o.eager.apply('Eig', [a.tensor('tensor')], { vectors: true }));
define('tf.linalg.eigvals', 'tensor, name=None', (a, o) => o.apply('Eig', [a.tensor('tensor')], { vectors: false }));
define('tf.linalg.svd', 'tensor, full_matrices=False, compute_uv=True, name=None', (a, o) => {
  const vectors = a.boolean('compute_uv');
  const found = o.eager.apply('Svd', [a.tensor('tensor')], { vectors, fullMatrices: a.boolean('full_matrices') });
  return vectors ? found : (found[0] as Tensor);
});
define('tf.linalg.lu', 'input, output_idx_type=tf.int32, name=None', (a, o) => o.eager.apply('Lu', [a.tensor('input')]), ['lu', 'p']);
const unitLower = (lu: Tensor, o: Operations): Tensor => {
  const lower = o.apply('MatrixBandPart', [lu], { below: -1, above: 0 });
  return o.apply('MatrixSetDiagV3', [lower, o.full(1, lu.shape && lu.shape.slice(0, -1), lu.dtype)], MAIN);
};
function solveLu(lu: Tensor, order: Tensor, right: Tensor, o: Operations): Tensor {
  if (lu.shape?.length !== 2 || right.shape?.length !== 2) throw new UnknownArgument();
  const sorted = o.apply('GatherV2', [right, order], { axis: 0 });
  const half = o.apply('MatrixTriangularSolve', [unitLower(lu, o), sorted], { lower: true, adjoint: false });
  return o.apply('MatrixTriangularSolve', [lu, half], { lower: false, adjoint: false });
}
define('tf.linalg.lu_solve', 'lower_upper, perm, rhs, validate_args=False, name=None', (a, o) =>
  solveLu(a.tensor('lower_upper'), a.tensor('perm'), a.tensor('rhs'), o),
);
define('tf.linalg.lu_matrix_inverse', 'lower_upper, perm, validate_args=False, name=None', (a, o) => {
  const lu = a.tensor('lower_upper');
  return solveLu(lu, a.tensor('perm'), identityLike(lu, o), o);
});
define('tf.linalg.lu_reconstruct', 'lower_upper, perm, validate_args=False, name=None', (a, o) => {
  const lu = a.tensor('lower_upper');
  if (lu.shape?.length !== 2) throw new UnknownArgument();
  const whole = o.matmul(unitLower(lu, o), o.apply('MatrixBandPart', [lu], { below: 0, above: -1 }));
  return o.apply('GatherV2', [whole, o.unary('InvertPermutation', a.tensor('perm'))], { axis: 0 });
});

/** The distance from 1 to the next number. */
const epsilonOf = (dtype: DType | null): number =>
  dtype === 'float64' || dtype === 'complex128' ? 2 ** -52 : dtype === 'float16' ? 2 ** -10 : 2 ** -23;
const sidesOf = (x: Tensor): [number, number] => {
  const [rows = null, columns = null] = x.shape?.slice(-2) ?? [];
  if (rows === null || columns === null) throw new UnknownArgument();
  return [rows, columns];
};
define('tf.linalg.matrix_rank', 'a, tol=None, validate_args=False, name=None', (a, o) => {
  const x = a.tensor('a');
  const s = o.apply('Svd', [x], { vectors: false, fullMatrices: false });
  const limit = a.has('tol') ? a.tensor('tol', null, x.dtype) : o.mul(epsilonOf(x.dtype) * Math.max(...sidesOf(x)), o.max(s, [-1], true));
  return o.sum(o.cast(o.greater(s, limit), 'int32'), [-1]);
});
define('tf.linalg.pinv', 'a, rcond=None, validate_args=False, name=None', (a, o) => {
  const x = a.tensor('a');
  const relative = a.has('rcond') ? a.tensor('rcond', null, x.dtype) : o.scalar(10 * Math.max(...sidesOf(x)) * epsilonOf(x.dtype), x.dtype);
  const [s, u, v] = o.eager.apply('Svd', [x], { vectors: true, fullMatrices: false }) as [Tensor, Tensor, Tensor];
  const cutoff = o.mul(relative, o.max(s, [-1]));
  const kept = o.select(o.greater(s, o.expandDims(cutoff, -1)), s, Infinity);
  return o.matmul(o.div(v, o.expandDims(kept, -2)), u, false, true);
});

// ------------------------------------------------------------------------------------------------ the exponential

/** Padé's approximations as the numerator is made of: coefficients from the constant on. */
const PADE: Readonly<Record<number, readonly number[]>> = {
  3: [120, 60, 12, 1],
  5: [30240, 15120, 3360, 420, 30, 1],
  7: [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1],
  9: [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1],
  13: [
    6.476475253248e16, 3.238237626624e16, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640,
    1323241920, 40840800, 960960, 16380, 182, 1,
  ],
};
/** The odd and the even part. */
function pade(x: Tensor, degree: number, o: Operations): [Tensor, Tensor] {
  const b = PADE[degree] ?? [];
  const squared = o.matmul(x, x);
  const powers = [identityLike(x, o), squared];
  for (let n = 2; n <= (degree - 1) / 2; n++) powers.push(o.matmul(powers.at(-1) as Tensor, squared));
  const sum = (from: 0 | 1): Tensor => {
    const terms = powers.flatMap((power, n) => (b[2 * n + from] === undefined ? [] : [o.mul(b[2 * n + from] as number, power)]));
    return terms.reduceRight((total, term) => o.add(total, term));
  };
  return [o.matmul(x, sum(1)), sum(0)];
}
define('tf.linalg.expm', 'input, name=None', (a, o) => {
  const x = a.tensor('input');
  needsSquare(x.shape);
  if (x.shape === null) throw new UnknownArgument();
  const matrix = o.reshape(x, [-1, ...x.shape.slice(-2)]);
  const size = o.reshape(o.max(o.sum(o.abs(matrix), [1]), [-1]), [matrix.shape?.[0] ?? null, 1, 1]);
  const double = x.dtype === 'float64';
  const largest = double ? 5.371920351148152 : 3.92572478313866;
  const squarings = o.maximum(o.floor(o.div(o.log(o.div(size, largest)), o.log(o.scalar(2, size.dtype)))), 0);
  const degrees = double ? [3, 5, 7, 9, 13] : [3, 5, 7];
  const limits = double
    ? [0.01495585217958292, 0.253939833006323, 0.9504178996162932, 2.097847961257068]
    : [0.4258730016922831, 1.880152677804762];
  const scaled = o.div(matrix, o.cast(o.pow(2, squarings), matrix.dtype));
  const parts = degrees.map((degree, i) => pade(i === degrees.length - 1 ? scaled : matrix, degree, o));
  const chosen = (which: 0 | 1): Tensor =>
    limits.reduceRight(
      (rest, limit, i) => o.select(o.less(size, limit), (parts[i] as [Tensor, Tensor])[which], rest),
      (parts.at(-1) as [Tensor, Tensor])[which],
    );
  const [odd, even] = [chosen(0), chosen(1)];
  let result = o.apply('MatrixSolve', [o.add(o.neg(odd), even), o.add(odd, even)], { adjoint: false });
  // How often the result is squared is in the numbers: where they are not known, once stands for any number of times.
  const rounds = o.eager.backend.valueOf(squarings);
  const most = rounds ? Array.from(rounds).reduce((m, v) => Math.max(m, v), 0) : 1;
  for (let i = 0; i < most; i++) result = o.select(o.less(i, squarings), o.matmul(result, result), result);
  return o.reshape(result, x.shape);
});

// ------------------------------------------------------------------------------------------------ norms

/** ‖tensor‖ along axes (null: all of it), as python/ops/linalg_ops.py, norm_v2, composes it. */
export function norm(
  x: Tensor,
  order: number | 'euclidean' | 'fro',
  axes: readonly number[] | null,
  keepDims: boolean,
  o: Operations,
): Tensor {
  const ofMatrices = axes?.length === 2;
  const reduced = (name: string, t: Tensor, along: readonly number[] | null): Tensor => o.apply(name, [t], { axes: along, keepDims: true });
  const result = (): Tensor => {
    if (order === 2 && ofMatrices) return spectral(x, axes, o);
    if (order === 'euclidean' || order === 'fro' || order === 2) return o.sqrt(reduced('Sum', o.mul(x, o.conj(x)), axes));
    const sizes = absolute(x, o);
    const [first, last] = [axes && axes.slice(0, 1), axes && axes.slice(-1)];
    if (order === 1) {
      const sums = reduced('Sum', sizes, first);
      return ofMatrices ? reduced('Max', sums, last) : sums;
    }
    if (order === Infinity) return reduced('Max', ofMatrices ? reduced('Sum', sizes, last) : sizes, first);
    return o.pow(reduced('Sum', o.pow(sizes, order), axes), 1 / order);
  };
  const found = result();
  return keepDims ? found : o.apply('Squeeze', [found], { axes: axes ?? found.shape?.map((_, i) => i) ?? null });
}
/** The largest singular value, over the two axes. */
function spectral(x: Tensor, axes: readonly number[], o: Operations): Tensor {
  const rank = x.shape?.length;
  if (rank === undefined) throw new UnknownArgument();
  const own = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const order = [...Array.from({ length: rank }, (_, i) => i).filter((i) => !own.includes(i)), ...own];
  const singular = o.apply('Svd', [o.transpose(x, order)], { vectors: false, fullMatrices: false });
  const largest = o.expandDims(o.max(o.abs(singular), [-1], true), -1);
  return o.transpose(
    largest,
    order.map((_, i) => order.indexOf(i)),
  );
}
export const absolute = (x: Tensor, o: Operations): Tensor =>
  x.dtype !== null && isComplex(x.dtype) ? o.unary('ComplexAbs', x) : o.abs(x);

function orderOf(a: Arguments, ofMatrices: boolean): number | 'euclidean' | 'fro' {
  const given = a.value('ord');
  const order = typeof given === 'string' ? given : numberIn(given);
  const allowed: readonly unknown[] = ofMatrices ? ['euclidean', 'fro', 1, 2, Infinity] : ['euclidean'];
  if (order === null) throw new UnknownArgument();
  if (!allowed.includes(order) && (ofMatrices || typeof order !== 'number' || order <= 0))
    throw new OpError('ValueError', `'ord' must be a supported ${ofMatrices ? 'matrix' : 'vector'} norm, got ${order}`);
  return order as number | 'euclidean' | 'fro';
}
/** Axes of a norm: None, one, or a pair for a matrix. */
function axesOf(a: Arguments, x: Tensor): readonly number[] | null {
  const given = a.value('axis');
  if (isList(given) && given.length !== 2)
    throw new OpError('ValueError', `'axis' must be None, an integer, or a tuple of 2 unique integers, got ${given.length} axes`);
  const axes = a.axes('axis', x);
  if (axes === undefined) throw new UnknownArgument();
  return axes;
}
define('tf.norm tf.linalg.norm', 'tensor, ord="euclidean", axis=None, keepdims=None, name=None', (a, o) => {
  const x = a.tensor('tensor');
  const axes = axesOf(a, x);
  return norm(x, orderOf(a, axes?.length === 2), axes, a.boolean('keepdims'), o);
});
define('tf.linalg.normalize', 'tensor, ord="euclidean", axis=None, name=None', (a, o) => {
  const x = a.tensor('tensor');
  const axes = axesOf(a, x);
  const size = o.cast(norm(x, orderOf(a, axes?.length === 2), axes, true, o), x.dtype);
  return [o.div(x, size), size];
});
