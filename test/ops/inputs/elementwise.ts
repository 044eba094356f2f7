// Test inputs of rows that work element by element.
import type { Row } from '../../../core/row.ts';
import type { Domain } from '../generic.ts';
import { c64, type Case, f32, given, int } from './given.ts';

/** Where an op is defined, or is more than a straight line; all others take `any`. One entry per input. */
const DOMAINS: Readonly<Record<string, readonly Domain[]>> = {
  Log: ['positive'],
  Log1p: ['positive'],
  Sqrt: ['positive'],
  Rsqrt: ['positive'],
  Acosh: ['above one'],
  Relu6: ['wide'],
  Elu: ['wide'],
  Selu: ['wide'],
  Softplus: ['wide'],
  Floor: ['wide'],
  Ceil: ['wide'],
  Round: ['wide'],
  Rint: ['wide'],
  Erf: ['wide'],
  Erfc: ['wide'],
  LogicalNot: ['truth'],
  LogicalAnd: ['truth', 'truth'],
  LogicalOr: ['truth', 'truth'],
  Pow: ['positive', 'any'],
  Xlogy: ['any', 'positive'],
  Xlog1py: ['any', 'positive'],
  TruncateMod: ['wide', 'above one'],
  TruncateDiv: ['wide', 'above one'],
  Lgamma: ['above one'],
  Digamma: ['above one'],
  Ndtri: ['positive'],
  Dawsn: ['wide'],
  Expint: ['wide'],
  FresnelCos: ['above one'],
  FresnelSin: ['above one'],
  Spence: ['positive'],
  BesselK0: ['positive'],
  BesselK0e: ['positive'],
  BesselK1: ['positive'],
  BesselK1e: ['positive'],
  BesselJ0: ['wide'],
  BesselJ1: ['wide'],
  BesselI0e: ['wide'],
  BesselI1e: ['wide'],
  BesselY0: ['above one'],
  BesselY1: ['above one'],
  Zeta: ['above one', 'above one'],
  Igamma: ['above one', 'above one'],
  Igammac: ['above one', 'above one'],
  IgammaGradA: ['above one', 'above one'],
  Betainc: ['above one', 'above one', 'positive'],
  FloorMod: ['wide', 'above one'],
  FloorDiv: ['wide', 'above one'],
  SqrtGrad: ['positive', 'any'],
  RsqrtGrad: ['positive', 'any'],
  Relu6Grad: ['any', 'wide'],
  SelectV2: ['truth', 'any', 'any'],
};
/** Of complex numbers too. Not those whose gradient TensorFlow has for real numbers only: SquaredDifference, Xlogy, Xdivy, Sign. */
const COMPLEX: ReadonlySet<string> = new Set(
  (
    'Neg AddV2 Sub Mul RealDiv DivNoNan Square Exp Log Log1p Expm1 Sqrt Rsqrt Reciprocal Sin Cos Tan Sinh Cosh Tanh Sigmoid Pow Identity ' +
    'SqrtGrad RsqrtGrad ReciprocalGrad TanhGrad SigmoidGrad'
  ).split(' '),
);
const PAIRS: readonly (readonly (readonly number[])[])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[], [2, 3]],
  [[2, 3], []],
  [[4], [2, 3, 1]],
];
const TRIPLES: readonly (readonly (readonly number[])[])[] = [
  [
    [2, 3],
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [], [3]],
  [[3], [2, 1], [2, 3]],
  [[], [2, 3], [3]],
  [[2, 1, 3], [4, 1], []],
];

/** Of a row that says of itself that it works element by element. */
export function elementwise(row: Row): readonly Case[] {
  const domains = DOMAINS[row.name] ?? [];
  const of = (shapes: readonly (readonly number[])[]): Case => given(shapes.map((shape, i) => f32(shape, 2 * i + 1, domains[i])));
  if (row.args.some((name) => name.endsWith('…')))
    return [
      of([
        [2, 3],
        [2, 3],
        [2, 3],
      ]),
    ];
  const complex = COMPLEX.has(row.name) ? [given(row.args.map((_, i) => c64([2, 3], 2 * i + 1)))] : [];
  switch (row.args.length) {
    case 1:
      return [of([[2, 3]]), of([[]]), ...complex];
    case 2:
      // A gradient op takes the shape of what it is the gradient of.
      return /Grad$/.test(row.name) ? [...PAIRS.slice(0, 1).map(of), ...complex] : [...PAIRS.map(of), ...complex];
    default:
      return TRIPLES.map(of);
  }
}

const activation = (domain: Domain): Case[] => [given([f32([2, 3], 1, domain)], { alpha: 0.3 })];

export const ELEMENTWISE: Readonly<Record<string, readonly Case[]>> = {
  Polygamma: [1, 2].map((n) => given([{ ...f32([], 1), values: [n] }, f32([2, 3], 4, 'above one')])),
  _IgammaByA: [1, 2].map((order) => given([f32([2, 3], 1, 'above one'), f32([3], 4, 'above one')], { order })),
  ClipByValue: [
    given([f32([2, 3]), f32([], 4, 'lower'), f32([3], 5, 'upper')]),
    given([f32([2, 3]), f32([2, 3], 4, 'lower'), f32([2, 3], 5, 'upper')]),
  ],
  ...Object.fromEntries(
    ['BitwiseAnd', 'BitwiseOr', 'BitwiseXor', 'LeftShift', 'RightShift'].map((name) => [name, [given([int([5, 12, -7]), int([3])])]]),
  ),
  Invert: [given([int([5, -3])])],
  PopulationCount: [given([int([5, 255])])],
  Cast: [
    given([f32([2, 3])], { dtype: 'float64' }),
    given([f32([2, 3], 1, 'wide')], { dtype: 'int32' }),
    given([f32([2, 3])], { dtype: 'bool' }),
    given([int([3, -1])], { dtype: 'float32' }),
    given([f32([4], 1, 'truth')], { dtype: 'float32' }),
  ],
  LeakyRelu: activation('wide'),
  LeakyReluGrad: [given([f32([2, 3]), f32([2, 3], 4)], { alpha: 0.3 })],
  BiasAdd: [given([f32([2, 3]), f32([3], 5)]), given([f32([2, 4, 3]), f32([3], 5)])],
};
