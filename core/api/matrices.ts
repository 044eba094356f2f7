// Products of matrices, diagonals and bands. TensorFlow: python/ops/math_ops.py and array_ops.py.
import { type Diagonals, MAIN } from '../ops/bands.ts';
import type { Operations } from '../operations.ts';
import { isKnown, OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { toTensor, UnknownArgument } from './value.ts';

/** How an operand enters a product. */
interface Turn {
  readonly transposed: boolean;
  readonly conjugated: boolean;
}
function turnOf(args: Arguments, operand: 'a' | 'b'): Turn {
  const [transpose, adjoint] = [args.boolean(`transpose_${operand}`), args.boolean(`adjoint_${operand}`)];
  if (transpose && adjoint) throw new OpError('ValueError', `Only one of \`transpose_${operand}\` and \`adjoint_${operand}\` can be True.`);
  return { transposed: transpose || adjoint, conjugated: adjoint };
}
const AS_IT_IS: Turn = { transposed: false, conjugated: false };
const product = (a: Tensor, turnA: Turn, b: Tensor, turnB: Turn, o: Operations): Tensor =>
  o.matmul(turnA.conjugated ? o.conj(a) : a, turnB.conjugated ? o.conj(b) : b, turnA.transposed, turnB.transposed);

define(
  'tf.matmul tf.linalg.matmul',
  'a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None, name=None',
  (args, o) => {
    const [a, b] = args.inOrder('a', 'b') as [Tensor, Tensor];
    return product(a, turnOf(args, 'a'), b, turnOf(args, 'b'), o);
  },
);
define('tf.__operators__.matmul', 'a, b, name=None', (args, o) => {
  const [a, b] = args.besideTensor('a', 'b') as [Tensor, Tensor];
  return o.matmul(a, b);
});
define('tf.linalg.matvec', 'a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None', (args, o) => {
  const [a, b] = args.separately('a', 'b') as [Tensor, Tensor];
  return o.apply('Squeeze', [product(a, turnOf(args, 'a'), o.expandDims(b, -1), AS_IT_IS, o)], { axes: [-1] });
});

/** `tf.tensordot` with the last axes of a against the first of b (an int), or with two lists of axes: transposed, reshaped and multiplied as matrices. */
define('tf.tensordot tf.linalg.tensordot', 'a, b, axes, name=None', (args, o) => {
  const [a, b] = args.separately('a', 'b') as [Tensor, Tensor];
  const shape = args.shape('axes');
  if (!isKnown(a.shape) || !isKnown(b.shape)) return o.full(null, null, a.dtype);
  const given = args.value('axes');
  const lists = Array.isArray(given) ? (given as readonly unknown[]) : null;
  const count = lists ? 0 : (shape?.[0] ?? 0);
  const pick = (i: number, rank: number, otherwise: number[]): number[] => {
    const entry = lists?.[i];
    if (entry === undefined) return otherwise;
    const list = args.axesIn(entry as never);
    return list.map((x) => (x < 0 ? x + rank : x));
  };
  if (count > a.shape.length)
    throw new OpError(
      'ValueError',
      `\`axes\` must not be larger than the number of dimensions of tensor a.  Received ${count}, vs tensor dimensions ${a.shape.length}.`,
    );
  const overA = pick(
    0,
    a.shape.length,
    Array.from({ length: count }, (_, i) => (a.shape?.length ?? 0) - count + i),
  );
  const overB = pick(
    1,
    b.shape.length,
    Array.from({ length: count }, (_, i) => i),
  );
  if (overA.length !== overB.length)
    throw new OpError('ValueError', `Different number of contraction axes \`a\` and \`b\`, ${overA.length} != ${overB.length}.`);
  const isOut = (axes: readonly number[], { length }: readonly unknown[]): boolean => axes.some((axis) => axis < 0 || axis >= length);
  if (isOut(overA, a.shape) || isOut(overB, b.shape)) throw new OpError('IndexError', 'list index out of range');
  return contract(a, b, overA, overB, o);
});

/** Sums products over pairs of axes; a has to be free axes first. */
export function contract(a: Tensor, b: Tensor, overA: readonly number[], overB: readonly number[], o: Operations): Tensor {
  const sizes = (t: Tensor, axes: readonly number[]) => axes.map((i) => t.shape?.[i] ?? null);
  const product = (list: readonly (number | null)[]) => list.reduce<number | null>((x, d) => (x === null || d === null ? null : x * d), 1);
  const freeA = (a.shape ?? []).map((_, i) => i).filter((i) => !overA.includes(i));
  const freeB = (b.shape ?? []).map((_, i) => i).filter((i) => !overB.includes(i));
  const left = o.reshape(ordered(a, [...freeA, ...overA], o), [product(sizes(a, freeA)), product(sizes(a, overA))]);
  const right = o.reshape(ordered(b, [...overB, ...freeB], o), [product(sizes(b, overB)), product(sizes(b, freeB))]);
  return o.reshape(o.matmul(left, right), [...sizes(a, freeA), ...sizes(b, freeB)]);
}
const ordered = (t: Tensor, permutation: readonly number[], o: Operations): Tensor =>
  permutation.every((p, i) => p === i) ? t : o.transpose(t, permutation);

// ------------------------------------------------------------------------------------------------ diagonals

/** `k`: one diagonal, or a pair of which the first lies lowest. */
function diagonals(a: Arguments): Diagonals {
  const k = a.axesIn(a.value('k'));
  const [lower = 0, upper = lower] = k;
  if (lower > upper)
    throw new OpError('InvalidArgumentError', `lower_diag_index must not be larger than upper_diag_index: ${lower} > ${upper}`);
  const align = a.text('align') ?? 'RIGHT_LEFT';
  if (!/^(RIGHT|LEFT)_(RIGHT|LEFT)$/.test(align)) throw new OpError('InvalidArgumentError', `Unexpected alignment: ${align}`);
  return { lower, upper, align: align as Diagonals['align'] };
}
/** What lies beside the diagonals is zero, or the result is not known. */
function paddedWithZeros(a: Arguments): void {
  if (a.optionalNumber('padding_value') !== 0) throw new UnknownArgument();
}
const given = (size: number | null | undefined): number | null | undefined => (size === -1 ? null : size);

define('tf.linalg.trace', 'x, name=None', (a, o) => o.sum(o.apply('MatrixDiagPartV3', [a.tensor('x')], MAIN), [-1]));
define('tf.linalg.diag', 'diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT"', (a, o) => {
  paddedWithZeros(a);
  const [rows, columns] = [given(a.optionalNumber('num_rows')), given(a.optionalNumber('num_cols'))];
  return o.apply('MatrixDiagV3', [a.tensor('diagonal')], { ...diagonals(a), rows, columns });
});
define('tf.linalg.diag_part', 'input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT"', (a, o) => {
  paddedWithZeros(a);
  return o.apply('MatrixDiagPartV3', [a.tensor('input')], diagonals(a));
});
define('tf.linalg.set_diag', 'input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"', (a, o) =>
  o.apply('MatrixSetDiagV3', a.matching('input', 'diagonal'), diagonals(a)),
);
define('tf.linalg.band_part', 'input, num_lower, num_upper, name=None', (a, o) =>
  o.apply('MatrixBandPart', [a.tensor('input')], { below: a.optionalNumber('num_lower'), above: a.optionalNumber('num_upper') }),
);
/** A tensor of twice the rank with x on its diagonal. */
define('tf.linalg.tensor_diag', 'diagonal, name=None', (a, o) => {
  const x = a.tensor('diagonal');
  const size = x.shape?.reduce<number | null>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
  const square = o.apply('MatrixDiagV3', [o.reshape(x, [size])], { ...MAIN, rows: null, columns: null });
  return o.reshape(square, x.shape && [...x.shape, ...x.shape]);
});
define('tf.linalg.tensor_diag_part', 'input, name=None', (a, o) => {
  const x = a.tensor('input');
  const half = x.shape?.slice(0, x.shape.length / 2) ?? null;
  const size = half?.reduce<number | null>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
  return o.reshape(o.apply('MatrixDiagPartV3', [o.reshape(x, [size, size])], MAIN), half);
});

define('tf.linalg.cross', 'a, b, name=None', (a, o) => o.apply('Cross', a.matching('a', 'b')));
define('tf.linalg.adjoint', 'matrix, name=None', (a, o) => o.adjoint(a.tensor('matrix')));

// ------------------------------------------------------------------------------------------------ matrices of three diagonals

/** The three diagonals [..., 3, n] from the format in which they are given. */
function threeDiagonals(a: Arguments, o: Operations): Tensor {
  const format = a.text('diagonals_format');
  if (format === 'compact') return a.tensor('diagonals');
  if (format === 'matrix') return o.apply('MatrixDiagPartV3', [a.tensor('diagonals')], { lower: -1, upper: 1, align: 'LEFT_RIGHT' });
  if (format !== 'sequence') throw new OpError('ValueError', `Unrecognized diagonals_format: ${format}`);
  const [above, main, below] = a.tensors('diagonals');
  if (!above || !main || !below) throw new OpError('ValueError', 'Expected diagonals to be a sequence of length 3.');
  const size = main.shape?.at(-1) ?? null;
  const padded = (t: Tensor, by: readonly [number, number]): Tensor =>
    t.shape !== null && size !== null && t.shape.at(-1) === size - 1
      ? o.pad(
          t,
          t.shape.map((_, i, all) => (i === all.length - 1 ? by : [0, 0])),
        )
      : t;
  return o.stack([padded(above, [0, 1]), main, padded(below, [1, 0])], -2);
}
define(
  'tf.linalg.tridiagonal_solve',
  'diagonals, rhs, diagonals_format="compact", transpose_rhs=False, conjugate_rhs=False, name=None, partial_pivoting=True, perturb_singular=False',
  (a, o) => {
    const diagonals = threeDiagonals(a, o);
    const given = toTensor(o, a.value('rhs'), null, diagonals.dtype);
    const right = a.boolean('conjugate_rhs') ? o.conj(given) : given;
    if (diagonals.shape === null || right.shape === null) throw new UnknownArgument();
    if (right.shape.length === diagonals.shape.length - 1)
      return o.apply('Squeeze', [o.apply('TridiagonalSolve', [diagonals, o.expandDims(right, -1)])], { axes: [-1] });
    return o.apply('TridiagonalSolve', [diagonals, a.boolean('transpose_rhs') ? turned(right, o) : right]);
  },
);
define('tf.linalg.tridiagonal_matmul', 'diagonals, rhs, diagonals_format="compact", name=None', (a, o) => {
  const diagonals = threeDiagonals(a, o);
  const right = toTensor(o, a.value('rhs'), null, diagonals.dtype);
  const [above, main, below] = o.unstack(diagonals, (diagonals.shape?.length ?? 2) - 2, 3).map((t) => o.expandDims(t, -2));
  return o.apply('TridiagonalMatMul', [above, main, below, right] as Tensor[]);
});
const turned = (x: Tensor, o: Operations): Tensor => {
  const rank = x.shape?.length ?? 2;
  return o.transpose(
    x,
    Array.from({ length: rank }, (_, i) => (i === rank - 1 ? rank - 2 : i === rank - 2 ? rank - 1 : i)),
  );
};
