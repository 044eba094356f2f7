// Diagonals and bands of matrices. TensorFlow: python/ops/array_grad.py, _MatrixDiagV3Grad and its neighbours, and linalg_grad.py, _TridiagonalSolveGrad.
import type { Operations } from '../operations.ts';
import { ofMatrices } from '../reads.ts';
import { op } from '../row.ts';
import { broadcast } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';

const moving = { dtype: 'same', dependence: 'move', zeroWhen: 'any' } as const;

/** Diagonals from `lower` to `upper`: 0 is the main one, those above it are positive. */
export interface Diagonals {
  readonly lower: number;
  readonly upper: number;
  /** Whether those above and those below the main one begin at the right or at the left of a row that is too long for them. */
  readonly align: 'RIGHT_LEFT' | 'LEFT_RIGHT' | 'LEFT_LEFT' | 'RIGHT_RIGHT';
}
/** null where the program leaves it to the op, undefined where nobody knows it. */
interface Sized extends Diagonals {
  readonly rows: number | null | undefined;
  readonly columns: number | null | undefined;
}

/** The main diagonal, of a square matrix where it makes one. */
export const MAIN: Diagonals = { lower: 0, upper: 0, align: 'RIGHT_LEFT' };

/** How long the longest of the diagonals is. */
const longest = (rows: Dimension, columns: Dimension, { lower, upper }: Diagonals): Dimension =>
  rows === null || columns === null ? null : Math.min(rows + Math.min(upper, 0), columns - Math.max(lower, 0));
const diagonalsShape = (x: Shape, d: Diagonals): Shape => {
  if (x === null) return null;
  const each = longest(x.at(-2) ?? null, x.at(-1) ?? null, d);
  return [...x.slice(0, -2), ...(d.lower === d.upper ? [] : [d.upper - d.lower + 1]), each];
};

const plain = ({ lower, upper, align }: Diagonals): Diagonals => ({ lower, upper, align });

/** Matrices that have x on their diagonals, and zeros elsewhere. Without sizes they are square, or as small as can be. */
op<'x', Sized>('MatrixDiagV3', {
  args: ['x'],
  ...moving,
  shape: ([x = null], { lower, upper, rows, columns }) => {
    if (x === null) return null;
    const each = x.at(-1) ?? null;
    const batch = x.slice(0, lower === upper ? -1 : -2);
    const least = (gone: number): Dimension => (each === null ? null : each + gone);
    const [height, width] = [least(Math.max(-upper, 0)), least(Math.max(lower, 0))];
    if (rows === null && columns === null) return [...batch, larger(height, width), larger(height, width)];
    return [...batch, rows === null ? height : (rows ?? null), columns === null ? width : (columns ?? null)];
  },
  gradient: ({ dy, attributes }, o) => [o.apply('MatrixDiagPartV3', [dy], plain(attributes))],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('MatrixDiagV3', [dx], attributes) : null],
});
const larger = (a: Dimension, b: Dimension): Dimension => (a === null || b === null ? null : Math.max(a, b));

op<'x', Diagonals>('MatrixDiagPartV3', {
  args: ['x'],
  ...moving,
  shape: ([x = null], diagonals) => diagonalsShape(x, diagonals),
  gradient: ({ x, dy, attributes }, o) => {
    const [rows, columns] = [x.shape?.at(-2) ?? undefined, x.shape?.at(-1) ?? undefined];
    return [o.apply('MatrixDiagV3', [dy], { ...plain(attributes), rows, columns })];
  },
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('MatrixDiagPartV3', [dx], attributes) : null],
});

/** x with other numbers on its diagonals. */
op<'x' | 'diagonal', Diagonals>('MatrixSetDiagV3', {
  args: ['x', 'diagonal'],
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: 'all',
  shape: ([x = null]) => x,
  gradient: ({ diagonal, dy, attributes, needs }, o) => [
    needs[0] ? o.apply('MatrixSetDiagV3', [dy, o.full(0, diagonal.shape, dy.dtype)], attributes) : null,
    needs[1] ? o.apply('MatrixDiagPartV3', [dy], attributes) : null,
  ],
  tangent: ({ x, diagonal, tangents: [dx, dDiagonal], directions, attributes }, o) => {
    const tall = (t: Tensor): Tensor => o.full(0, t.shape && [directions, ...t.shape], t.dtype);
    if (!dx && !dDiagonal) return [null];
    return [o.apply('MatrixSetDiagV3', [dx ?? tall(x), dDiagonal ?? tall(diagonal)], attributes)];
  },
});

/** What lies within a band around the main diagonal; a negative width keeps all. */
op<'x', { below: number; above: number }>('MatrixBandPart', {
  args: ['x'],
  dtype: 'same',
  dependence: 'elementwise',
  zeroWhen: 'any',
  shape: ([x = null]) => x,
  gradient: ({ dy, attributes }, o) => [o.apply('MatrixBandPart', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('MatrixBandPart', [dx], attributes) : null],
});

// ------------------------------------------------------------------------------------------------ matrices of three diagonals

/** Rows of [..., n, m] one up or one down, zeros where one is missing. */
function shifted(x: Tensor, by: 1 | -1, o: Operations): Tensor {
  const { shape } = x;
  const rank = shape?.length ?? 2;
  const size = shape?.at(-2) ?? null;
  const one = (d: Dimension): Dimension => (d === null ? null : d - 1);
  const part = o.apply('StridedSlice', [x], {
    indices: Array.from({ length: rank - 1 }, (_, i) =>
      i === rank - 2
        ? { kind: 'slice', start: by === 1 ? 1 : 0, size: one(size), step: 1 }
        : { kind: 'slice', start: 0, size: shape?.[i] ?? null, step: 1 },
    ),
  });
  return o.pad(
    part,
    Array.from({ length: rank }, (_, i) => (i === rank - 2 ? (by === 1 ? [0, 1] : [1, 0]) : [0, 0])),
  );
}

/** The three diagonals [..., 1, n] and a right side [..., n, m]. */
op('TridiagonalMatMul', {
  args: ['above', 'main', 'below', 'x'],
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: [3],
  shape: (shapes) => shapes[3] ?? null,
  gradient: ({ above, main, below, x, dy }, o) => {
    const row = (t: Tensor): Tensor => o.expandDims(o.sum(o.mul(t, dy), [-1]), -2);
    const toX = o.add(
      o.add(shifted(o.mul(o.adjoint(above), dy), -1, o), o.mul(o.adjoint(main), dy)),
      shifted(o.mul(o.adjoint(below), dy), 1, o),
    );
    return [row(shifted(x, 1, o)), row(x), row(shifted(x, -1, o)), toX];
  },
  tangent: ({ above, main, below, x, tangents: [dAbove, dMain, dBelow, dx], y, directions }, o) => {
    const product = (a: Tensor, b: Tensor, c: Tensor, t: Tensor): Tensor =>
      o.add(o.add(o.mul(o.adjoint(a), shifted(t, 1, o)), o.mul(o.adjoint(b), t)), o.mul(o.adjoint(c), shifted(t, -1, o)));
    const total = o.total([
      dAbove ? o.mul(o.adjoint(dAbove), shifted(x, 1, o)) : null,
      dMain ? o.mul(o.adjoint(dMain), x) : null,
      dBelow ? o.mul(o.adjoint(dBelow), shifted(x, -1, o)) : null,
      dx ? product(above, main, below, dx) : null,
    ]);
    return [total && o.spread(total, directions, y.shape)];
  },
});

/** `diagonals` [..., 3, n]: above, main, below; the first of the last and the last of the first stand for nothing. */
op('TridiagonalSolve', {
  args: ['diagonals', 'right'],
  dtype: 'same',
  dependence: ofMatrices,
  zeroWhen: [1],
  infiniteAtZero: [0],
  shape: ([, right = null]) => right,
  gradient: ({ diagonals, y, dy }, o) => {
    const toRight = o.apply('TridiagonalSolve', [transposed(diagonals, o), dy]);
    const part = (t: Tensor): Tensor => o.sum(o.mul(toRight, t), [-1]);
    return [o.neg(o.stack([part(shifted(y, 1, o)), part(y), part(shifted(y, -1, o))], -2)), toRight];
  },
  tangent: ({ diagonals, y, tangents: [dDiagonals, dRight], directions }, o) => {
    const moved = dDiagonals ? o.neg(times(dDiagonals, y, o)) : null;
    const right = o.total([dRight ?? null, moved]);
    if (!right) return [null];
    const wide = diagonals.shape && [directions, ...diagonals.shape];
    return [o.apply('TridiagonalSolve', [o.broadcastTo(o.expandDims(diagonals, 0), wide), right])];
  },
});
const line = (diagonals: Tensor, at: number, o: Operations): Tensor => {
  const rank = diagonals.shape?.length ?? 2;
  return o.apply('StridedSlice', [diagonals], {
    indices: Array.from({ length: rank - 1 }, (_, i) =>
      i === rank - 2 ? { kind: 'index', at } : { kind: 'slice', start: 0, size: diagonals.shape?.[i] ?? null, step: 1 },
    ),
  });
};
function times(diagonals: Tensor, x: Tensor, o: Operations): Tensor {
  const [above, main, below] = [0, 1, 2].map((at) => o.expandDims(line(diagonals, at, o), -1)) as [Tensor, Tensor, Tensor];
  return o.add(o.add(o.mul(above, shifted(x, 1, o)), o.mul(main, x)), o.mul(below, shifted(x, -1, o)));
}
function transposed(diagonals: Tensor, o: Operations): Tensor {
  const [above, main, below] = [0, 1, 2].map((at) => line(diagonals, at, o)) as [Tensor, Tensor, Tensor];
  const move = (t: Tensor, by: 1 | -1) => o.apply('Squeeze', [shifted(o.expandDims(t, -1), by, o)], { axes: [-1] });
  return o.stack([move(below, 1), main, move(above, -1)], -2);
}

// ------------------------------------------------------------------------------------------------ vectors in space

op('Cross', {
  args: ['a', 'b'],
  shape: ([a = null, b = null]) => broadcast(a, b),
  dtype: 'same',
  dependence: 'last axis',
  zeroWhen: 'any',
  gradient: ({ a, b, dy }, o) => [o.apply('Cross', [b, dy]), o.apply('Cross', [dy, a])],
  tangent: ({ a, b, tangents: [da, db], directions }, o) => {
    const wide = (t: Tensor): Tensor => o.broadcastTo(o.expandDims(t, 0), t.shape && [directions, ...t.shape]);
    return [o.total([da ? o.apply('Cross', [da, wide(b)]) : null, db ? o.apply('Cross', [wide(a), db]) : null])];
  },
});
