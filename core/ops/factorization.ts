// Factorizations of matrices. TensorFlow: python/ops/linalg_grad.py, _QrGrad, _SelfAdjointEigV2Grad, _SvdGrad.
import type { Operations } from '../operations.ts';
import { ofMatrices } from '../reads.ts';
import { op } from '../row.ts';
import { OpError } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { MAIN } from './bands.ts';
import { needsSquare, triangle } from './linear.ts';

const product = (a: Tensor, b: Tensor, o: Operations, turnA = false, turnB = false): Tensor => o.matmul(a, b, turnA, turnB);
const diagonal = (x: Tensor, o: Operations): Tensor => o.apply('MatrixDiagV3', [x], { ...MAIN, rows: null, columns: null });
const onDiagonal = (x: Tensor, o: Operations): Tensor => o.apply('MatrixDiagPartV3', [x], MAIN);
const withDiagonal = (x: Tensor, d: Tensor, o: Operations): Tensor => o.apply('MatrixSetDiagV3', [x, d], MAIN);
const smaller = (a: Dimension, b: Dimension): Dimension => (a === null || b === null ? null : Math.min(a, b));
const sides = (x: Shape): [Dimension, Dimension] => [x?.at(-2) ?? null, x?.at(-1) ?? null];
/** Columns [..., n, from:to]. */
function columns(x: Tensor, from: number, to: number, o: Operations): Tensor {
  const rank = x.shape?.length ?? 2;
  return o.apply('StridedSlice', [x], {
    indices: Array.from({ length: rank }, (_, i) => ({
      kind: 'slice',
      start: i === rank - 1 ? from : 0,
      size: i === rank - 1 ? to - from : (x.shape?.[i] ?? null),
      step: 1,
    })),
  });
}
// ------------------------------------------------------------------------------------------------ Q·R

interface Full {
  readonly fullMatrices: boolean;
}
/** x·r⁻ᵀ, or x·r⁻¹, for an upper triangle r. */
const overTriangle = (x: Tensor, r: Tensor, o: Operations, adjoint = false): Tensor =>
  o.adjoint(o.apply('MatrixTriangularSolve', [r, o.adjoint(x)], { lower: false, adjoint }));

function qrGradient(q: Tensor, r: Tensor, dq: Tensor, dr: Tensor, o: Operations): Tensor {
  const qdq = product(q, dq, o, true);
  const rdr = product(r, dr, o, false, true);
  const skew = o.add(o.sub(qdq, o.adjoint(qdq)), o.sub(rdr, o.adjoint(rdr)));
  const first = product(q, o.add(dr, overTriangle(triangle(skew, true, o), r, o)), o);
  return o.add(first, overTriangle(o.sub(dq, product(q, qdq, o)), r, o));
}

op<'x', Full>('Qr', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null], { fullMatrices }) => {
    if (x === null) return [null, null];
    const [m, n] = sides(x);
    const inner = fullMatrices ? m : smaller(m, n);
    return [
      [...x.slice(0, -2), m, inner],
      [...x.slice(0, -2), inner, n],
    ];
  },
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [q = x, r = x], upstream: [dq = x, dr = x] }, o) => {
    const [rows, width] = [q.shape?.at(-2) ?? null, r.shape?.at(-1) ?? null];
    if (rows === null || width === null) return [o.full(null, x.shape, x.dtype)];
    if ((r.shape?.at(-2) ?? 0) > width && q.shape?.at(-2) === q.shape?.at(-1))
      throw new OpError('NotImplementedError', `QrGrad not implemented when nrows > ncols and full_matrices is true.`);
    if (rows >= width) return [qrGradient(q, r, dq, dr, o)];
    const dv = columns(dr, rows, width, o);
    const left = o.add(dq, product(columns(x, rows, width, o), dv, o, false, true));
    const toLeft = qrGradient(q, columns(r, 0, rows, o), left, columns(dr, 0, rows, o), o);
    return [o.concat([toLeft, product(q, dv, o)], -1)];
  },
  tangent: ({ x, outputs: [q = x, r = x], tangents: [dx] }, o) => {
    if (!dx) return [null, null];
    const [rows, width] = [q.shape?.at(-2) ?? 0, r.shape?.at(-1) ?? 0];
    const square = Math.min(rows, width);
    const [u, du] = rows >= width ? [r, dx] : [columns(r, 0, square, o), columns(dx, 0, square, o)];
    const moved = overTriangle(du, u, o, true);
    const inner = product(q, moved, o, true);
    const lower = o.apply('MatrixBandPart', [inner], { below: -1, above: 0 });
    const strictly = o.sub(lower, diagonal(onDiagonal(inner, o), o));
    const turn = o.sub(strictly, o.adjoint(strictly));
    const dq = o.add(o.sub(moved, product(q, inner, o)), product(q, turn, o));
    const dr = product(o.sub(inner, turn), u, o);
    if (rows >= width) return [dq, dr];
    const rest = o.sub(columns(dx, square, width, o), product(dq, columns(r, square, width, o), o));
    return [dq, o.concat([dr, product(q, rest, o, true)], -1)];
  },
});

// ------------------------------------------------------------------------------------------------ eigenvalues

/** x/(x² + 10⁻²⁰), as _SafeReciprocal. */
const safeReciprocal = (x: Tensor, o: Operations): Tensor => o.mul(x, o.reciprocal(o.add(o.mul(x, x), 1e-20)));
/** 1/(e_j − e_i) off the diagonal, 0 on it. */
const gaps = (e: Tensor, o: Operations): Tensor =>
  withDiagonal(safeReciprocal(o.sub(o.expandDims(e, -2), o.expandDims(e, -1)), o), o.zerosLike(e), o);

/** Eigenvalues in rising order and their vectors in columns, of symmetric matrices (only the lower triangle is read); without `vectors`, zeros for them. */
op<'x', { vectors: boolean }>('SelfAdjointEigV2', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null], { vectors }) => [needsSquare(x) && (x?.slice(0, -1) ?? null), vectors ? x : [0]],
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [e = x, own = x], upstream: [de = x, dv = x], attributes: { vectors } }, o) => {
    const v = vectors ? own : (o.eager.apply('SelfAdjointEigV2', [x], { vectors: true })[1] as Tensor);
    const middle = vectors ? o.add(diagonal(de, o), o.mul(gaps(e, o), product(v, dv, o, true))) : diagonal(de, o);
    const whole = product(v, product(middle, v, o, false, true), o);
    const lower = triangle(o.add(whole, o.adjoint(whole)), true, o);
    return [withDiagonal(lower, o.mul(0.5, onDiagonal(lower, o)), o)];
  },
  tangent: ({ x, outputs: [e = x, own = x], tangents: [dx], attributes: { vectors } }, o) => {
    if (!dx) return [null, null];
    const v = vectors ? own : (o.eager.apply('SelfAdjointEigV2', [x], { vectors: true })[1] as Tensor);
    // The kernel reads the lower triangle alone.
    const lower = triangle(dx, true, o);
    const symmetric = withDiagonal(o.add(lower, o.adjoint(lower)), onDiagonal(dx, o), o);
    const inner = product(v, product(symmetric, v, o), o, true);
    return [onDiagonal(inner, o), vectors ? product(v, o.mul(gaps(e, o), inner), o) : null];
  },
});

/** What of VᴴdV turns eigenvectors and does not stretch them. */
function turning(e: Tensor, v: Tensor, inner: Tensor, o: Operations): Tensor {
  const stretch = diagonal(o.cast(o.real(onDiagonal(inner, o)), inner.dtype), o);
  return o.mul(o.conj(gaps(e, o)), o.sub(inner, product(product(v, v, o, true), stretch, o)));
}
/** Of any matrix, as complex numbers. */
op<'x', { vectors: boolean }>('Eig', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null], { vectors }) => [needsSquare(x) && (x?.slice(0, -1) ?? null), vectors ? x : [0]],
  dtype: ([x = null]) => {
    const complex = x === 'float64' || x === 'complex128' ? 'complex128' : 'complex64';
    return [complex, complex];
  },
  dependence: ofMatrices,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [e = x, own = x], upstream: [de = x, dv = x], attributes: { vectors } }, o) => {
    const v = vectors ? own : (o.eager.apply('Eig', [x], { vectors: true })[1] as Tensor);
    const vt = o.adjoint(v);
    const middle = vectors ? o.add(diagonal(de, o), turning(e, v, product(vt, dv, o), o)) : diagonal(de, o);
    return [o.cast(o.apply('MatrixSolve', [vt, product(middle, vt, o)], { adjoint: false }), x.dtype)];
  },
  tangent: 'none',
});

// ------------------------------------------------------------------------------------------------ singular values

interface Singular extends Full {
  readonly vectors: boolean;
}
/** Singular values, falling; and, with `vectors`, U and V in columns, of A = U·S·Vᵀ. */
op<'x', Singular>('Svd', {
  args: ['x'],
  outputs: 3,
  shape: ([x = null], { vectors, fullMatrices }) => {
    const [m, n] = sides(x);
    const least = smaller(m, n);
    const batch = x?.slice(0, -2) ?? [];
    if (x === null) return [null, null, null];
    const side = (d: Dimension): Shape => (vectors ? [...batch, d, fullMatrices ? d : least] : [0]);
    return [[...batch, least], side(m), side(n)];
  },
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: 'never',
  gradient: ({ x, outputs: [s = x, u = x, v = x], upstream: [ds = x, du = x, dv = x], attributes: { vectors, fullMatrices } }, o) => {
    if (!vectors) {
      const [, left, right] = o.eager.apply('Svd', [x], { vectors: true, fullMatrices: false }) as [Tensor, Tensor, Tensor];
      return [product(left, product(diagonal(ds, o), right, o, false, true), o)];
    }
    const [m, n] = sides(x.shape);
    if (m === null || n === null) return [o.full(null, x.shape, x.dtype)];
    if (fullMatrices && Math.abs(m - n) > 1)
      throw new OpError('NotImplementedError', `svd gradient is not implemented for abs(m - n) > 1 when full_matrices is True.`);
    const turn = m > n;
    const [left, right, dLeft, dRight] = turn ? [v, u, dv, du] : [u, v, du, dv];
    const found = svdGradient(s, left, right, ds, dLeft, dRight, Math.min(m, n), Math.max(m, n), fullMatrices, o);
    return [turn ? o.adjoint(found) : found];
  },
  tangent: ({ x, outputs: [s = x, u = x, v = x], tangents: [dx], attributes: { vectors } }, o) => {
    if (!dx) return [null, null, null];
    const [left, right] = vectors
      ? [u, v]
      : (o.eager.apply('Svd', [x], { vectors: true, fullMatrices: false }).slice(1) as [Tensor, Tensor]);
    const k = s.shape?.at(-1) ?? 0;
    const [u1, v1] = [columns(left, 0, k, o), columns(right, 0, k, o)];
    const inner = product(u1, product(dx, v1, o), o, true);
    const ds = onDiagonal(inner, o);
    if (!vectors) return [ds, null, null];
    const f = gaps(o.square(s), o);
    const scaled = (t: Tensor) => o.mul(t, o.expandDims(s, -2));
    const back = (t: Tensor) => o.mul(o.expandDims(s, -1), t);
    const du = product(u1, o.mul(f, o.add(scaled(inner), back(o.adjoint(inner)))), o);
    const dv = product(v1, o.mul(f, o.add(back(inner), scaled(o.adjoint(inner)))), o);
    const over = (t: Tensor) => o.div(t, o.expandDims(s, -2));
    const beside = (basis: Tensor, t: Tensor) => o.sub(t, product(basis, product(basis, t, o, true), o));
    return [
      ds,
      completed(left, u1, o.add(du, beside(u1, over(product(dx, v1, o)))), o),
      completed(right, v1, o.add(dv, beside(v1, over(product(dx, u1, o, true)))), o),
    ];
  },
});
/** The tangent of a whole basis from that of its first columns: the others stay orthogonal to them, and do not turn among themselves. */
function completed(basis: Tensor, first: Tensor, tangent: Tensor, o: Operations): Tensor {
  const [known, all] = [first.shape?.at(-1) ?? 0, basis.shape?.at(-1) ?? 0];
  if (known === all) return tangent;
  const others = columns(basis, known, all, o);
  return o.concat([tangent, o.neg(product(first, product(tangent, others, o, true), o))], -1);
}
/** For a matrix that is not taller than wide. */
function svdGradient(
  s: Tensor,
  u: Tensor,
  v: Tensor,
  ds: Tensor,
  du: Tensor,
  dv: Tensor,
  m: number,
  n: number,
  fullMatrices: boolean,
  o: Operations,
): Tensor {
  const matrix = diagonal(s, o);
  const f = gaps(o.square(s), o);
  const inverse = diagonal(safeReciprocal(s, o), o);
  const [v1, dv1] = [columns(v, 0, m, o), columns(dv, 0, m, o)];
  const [fu, fv] = [o.mul(f, product(u, du, o, true)), o.mul(f, product(v1, dv1, o, true))];
  const both = (t: Tensor) => o.add(t, o.adjoint(t));
  const inner = o.add(o.add(diagonal(ds, o), product(both(fu), matrix, o)), product(matrix, both(fv), o));
  const first = product(u, product(inner, v1, o, false, true), o);
  if (m === n) return first;
  const turnedGradient = o.adjoint(dv1);
  const beside = o.sub(turnedGradient, product(product(turnedGradient, v1, o), v1, o, false, true));
  const rest = fullMatrices
    ? o.sub(beside, product(product(v1, columns(dv, m, n, o), o, true), columns(v, m, n, o), o, false, true))
    : beside;
  return o.add(first, product(product(u, inverse, o), rest, o));
}

/** L and U in one matrix, and the order of the rows. No gradient is registered. */
op('Lu', {
  args: ['x'],
  outputs: 2,
  shape: ([x = null]) => [needsSquare(x), x && x.slice(0, -1)],
  dtype: ([x = null]) => [x, 'int32'],
  dependence: ofMatrices,
  zeroWhen: 'never',
  gradient: 'missing',
  tangent: 'none',
});
