// Test inputs of linear algebra, of diagonals and bands, and of complex numbers.
import { type Diagonals, MAIN } from '../../../core/ops/bands.ts';
import { c64, type Case, f32, given, type Given } from './given.ts';

/** Matrices whose diagonal outweighs the rest: they have inverses, and made symmetric they are positive definite. */
const dominant = (shape: readonly number[], seed = 1): Given => {
  const plain = f32(shape, seed);
  const size = shape.at(-1) ?? 1;
  const isDiagonal = (i: number): boolean => i % size === Math.floor(i / size) % size;
  return { ...plain, values: plain.values.map((x, i) => (isDiagonal(i) ? size + x + 0.3 * (i % size) : x)) };
};
const symmetric = (inputs: readonly Given[], attributes: object = {}): Case => ({ ...given(inputs, { ...attributes }), symmetric: true });
const turns = [false, true];
const bands = (lower: number, upper: number, align: Diagonals['align'] = 'RIGHT_LEFT'): Diagonals => ({ lower, upper, align });
const sized = (diagonals: Diagonals, rows: number | null = null, columns: number | null = null) => ({ ...diagonals, rows, columns });

export const LINEAR: Readonly<Record<string, readonly Case[]>> = {
  MatrixDiagV3: [
    given([f32([3])], sized(MAIN)),
    given([f32([2, 3])], sized(MAIN)),
    given([f32([2, 3])], sized(bands(1, 1))),
    given([f32([3])], sized(bands(-2, -2), 5, 4)),
    given([f32([2, 3, 4])], sized(bands(-1, 1))),
    given([f32([3, 4])], sized(bands(-1, 1, 'LEFT_RIGHT'), 4, 5)),
  ],
  MatrixDiagPartV3: [
    given([f32([3, 3])], MAIN as never),
    given([f32([2, 3, 3])], MAIN as never),
    given([f32([2, 3])], MAIN as never),
    given([f32([2, 4, 3])], { ...bands(-1, 2) }),
    given([f32([4, 5])], { ...bands(-2, 1, 'LEFT_RIGHT') }),
    given([f32([3, 4])], { ...bands(2, 2) }),
  ],
  MatrixSetDiagV3: [
    given([f32([3, 3]), f32([3], 4)], { ...MAIN }),
    given([f32([2, 3, 4]), f32([2, 3], 4)], { ...bands(1, 1) }),
    given([f32([2, 3, 4]), f32([2, 2, 3], 4)], { ...bands(-1, 0) }),
  ],
  MatrixBandPart: [
    given([f32([3, 3])], { below: 0, above: -1 }),
    given([f32([2, 3, 4])], { below: 1, above: 1 }),
    given([f32([4, 3])], { below: -1, above: 0 }),
  ],
  TridiagonalMatMul: [
    given([f32([1, 4]), f32([1, 4], 3), f32([1, 4], 5), f32([4, 2], 7)]),
    given([f32([2, 1, 3]), f32([2, 1, 3], 3), f32([2, 1, 3], 5), f32([2, 3, 2], 7)]),
  ],
  TridiagonalSolve: [given([f32([3, 4]), f32([4, 2], 7)]), given([f32([2, 3, 3], 5), f32([2, 3, 2], 7)])],
  Cross: [given([f32([3]), f32([3], 4)]), given([f32([2, 3]), f32([2, 3], 4)])],

  MatrixInverse: turns.flatMap((adjoint) => [given([dominant([3, 3])], { adjoint }), given([dominant([2, 2, 2])], { adjoint })]),
  MatrixDeterminant: [given([f32([3, 3])]), given([f32([2, 2, 2])])],
  LogMatrixDeterminant: [given([f32([3, 3])]), given([f32([2, 2, 2])])],
  MatrixSolve: turns.flatMap((adjoint) => [
    given([dominant([3, 3]), f32([3, 2], 5)], { adjoint }),
    given([dominant([2, 2, 2]), f32([2, 2, 1], 5)], { adjoint }),
  ]),
  MatrixTriangularSolve: turns.flatMap((adjoint) =>
    turns.flatMap((lower) => [
      given([dominant([3, 3]), f32([3, 2], 5)], { adjoint, lower }),
      given([dominant([2, 2]), f32([3, 2, 2], 5)], { adjoint, lower }),
      given([dominant([2, 2, 2]), f32([2, 1], 5)], { adjoint, lower }),
    ]),
  ),
  MatrixSolveLs: [
    given([f32([4, 2]), f32([4, 3], 5)], { regularizer: 0, fast: true }),
    given([f32([4, 2]), f32([4, 1], 5)], { regularizer: 0.3, fast: true }),
    given([f32([2, 4]), f32([2, 3], 5)], { regularizer: 0, fast: true }),
    given([f32([2, 2, 3]), f32([2, 2, 1], 5)], { regularizer: 0.3, fast: true }),
  ],
  Cholesky: [symmetric([dominant([3, 3])]), symmetric([dominant([2, 2, 2])])],
  MatrixSquareRoot: [given([dominant([3, 3])]), given([dominant([2, 2, 2])])],
  Lu: [given([f32([3, 3])]), given([f32([2, 2, 2])])],

  Qr: [
    given([f32([3, 3])], { fullMatrices: false }),
    given([f32([4, 2])], { fullMatrices: false }),
    given([f32([2, 2, 4])], { fullMatrices: false }),
    given([f32([3, 3])], { fullMatrices: true }),
  ],
  SelfAdjointEigV2: turns.flatMap((vectors) => [symmetric([f32([3, 3])], { vectors }), symmetric([f32([2, 2, 2])], { vectors })]),
  Svd: [
    given([f32([3, 3])], { vectors: true, fullMatrices: false }),
    given([f32([2, 4, 2])], { vectors: true, fullMatrices: false }),
    given([f32([2, 4])], { vectors: true, fullMatrices: false }),
    given([f32([3, 3])], { vectors: false, fullMatrices: false }),
    given([f32([2, 3])], { vectors: true, fullMatrices: true }),
  ],

  Complex: [given([f32([2, 3]), f32([2, 3], 4)]), given([f32([2, 3]), f32([3], 4)]), given([f32([]), f32([2], 4)])],
  ...Object.fromEntries(['Real', 'Imag', 'Conj', 'ComplexAbs', 'Angle'].map((name) => [name, [given([c64([2, 3])]), given([c64([])])]])),
  ...Object.fromEntries(
    [1, 2, 3].flatMap((rank) => {
      const shape = [2, 4, 3].slice(3 - rank);
      const halved = shape.map((d, i) => (i === rank - 1 ? Math.floor(d / 2) + 1 : d));
      const suffix = rank === 1 ? '' : `${rank}D`;
      const even = { shape: [...shape.slice(0, -1), 4], halved: [...shape.slice(0, -1), 3] };
      const real = [given([f32([2, ...shape])], { length: shape }), given([f32(even.shape)], { length: even.shape })];
      const complex = [given([c64([2, ...halved])], { length: shape }), given([c64(even.halved)], { length: even.shape })];
      return [
        [`FFT${suffix}`, [given([c64([2, ...shape])])]],
        [`IFFT${suffix}`, [given([c64([2, ...shape])])]],
        [`RFFT${suffix}`, real],
        [`IRFFT${suffix}`, complex],
        [`_RFFT${suffix}Grad`, [given([c64(even.halved)], { length: even.shape, shape: even.shape })]],
        [`_IRFFT${suffix}Grad`, [given([f32(even.shape)], { length: even.shape, shape: even.halved })]],
      ] as [string, Case[]][];
    }),
  ),
};
