// Reference kernels of complex numbers, which are kept as pairs: real part, imaginary part. Linear ops are those of real numbers, on each part.
import type { Attributes } from '../row.ts';
import { isComplex } from '../tensor.ts';
import { broadcastPlaces, countOf, type Input, type Kernel, type Kernels, type Output } from './kernel.ts';
import { transform } from './fourier.ts';

type Pair = readonly [number, number];

/** Ops that are linear in all their complex inputs together: they act on the real and on the imaginary parts alike. */
const LINEAR: ReadonlySet<string> = new Set(
  (
    'Identity _AsSlices _AsList _FromList _IntoList StopGradient Reshape ExpandDims Squeeze BroadcastTo Fill Transpose Slice ReverseV2 StridedSlice StridedSliceGrad PadV2 Tile ConcatV2 Pack Unpack SplitV ' +
    'GatherV2 _GatherSlices _GatherGrad _GatherLast _ScatterLast MatrixDiagV3 MatrixDiagPartV3 MatrixSetDiagV3 MatrixBandPart Sum Mean Cumsum _SumTo Neg AddV2 Sub AddN ' +
    '_AddSlices ZerosLike SelectV2 MirrorPad MirrorPadGrad Roll ReverseSequence GatherNd ScatterNd'
  ).split(' '),
);
/** Ops that are linear in each of two inputs. */
const BILINEAR: ReadonlySet<string> = new Set(['Mul', 'MatMul', 'Einsum']);

const real = (x: Input): Input => ({ ...x, values: every(x, 0), dtype: 'float64' });
const imaginary = (x: Input): Input => ({ ...x, values: every(x, 1), dtype: 'float64' });
function every(x: Input, part: 0 | 1): Float64Array {
  const out = new Float64Array(x.values.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = x.values[2 * i + part] as number;
  return out;
}
function paired(re: ArrayLike<number>, im: ArrayLike<number>): Float64Array {
  const out = new Float64Array(2 * re.length);
  for (let i = 0; i < re.length; i++) {
    out[2 * i] = re[i] as number;
    out[2 * i + 1] = im[i] as number;
  }
  return out;
}

/** Carries out an op that has complex inputs or outputs; null where there is no kernel for them. `plain`: the kernel of real numbers. */
export function evaluateComplex(
  name: string,
  plain: Kernel | undefined,
  inputs: readonly Input[],
  attributes: Attributes,
  outputs: readonly Output[],
): Float64Array[] | null {
  const own = Object.hasOwn(COMPLEX, name) ? COMPLEX[name] : undefined;
  if (own) return own(inputs, attributes, outputs) as Float64Array[] | null;
  if (!plain) return null;
  const realOutputs = outputs.map((output) => ({ ...output, dtype: 'float64' as const }));
  const run = (list: readonly Input[]) => plain(list, attributes, realOutputs);
  const split = (part: (x: Input) => Input) => inputs.map((x) => (isComplex(x.dtype) ? part(x) : x));
  if (LINEAR.has(name)) return together(run(split(real)), run(split(imaginary)), (a, b) => [a, b]);
  const [a, b] = inputs;
  if (!BILINEAR.has(name) || !a || !b || !isComplex(a.dtype) || !isComplex(b.dtype)) return null;
  const [rr, ii, ri, ir] = [
    run([real(a), real(b)]),
    run([imaginary(a), imaginary(b)]),
    run([real(a), imaginary(b)]),
    run([imaginary(a), real(b)]),
  ];
  const re = rr && ii && rr.map((list, n) => Float64Array.from(list, (v, i) => v - (ii[n]?.[i] as number)));
  const im = ri && ir && ri.map((list, n) => Float64Array.from(list, (v, i) => v + (ir[n]?.[i] as number)));
  return together(re ?? null, im ?? null, (x, y) => [x, y]);
}
function together(
  re: readonly ArrayLike<number>[] | null,
  im: readonly ArrayLike<number>[] | null,
  pair: (re: ArrayLike<number>, im: ArrayLike<number>) => [ArrayLike<number>, ArrayLike<number>],
): Float64Array[] | null {
  if (!re || !im) return null;
  return re.map((list, n) => paired(...pair(list, im[n] ?? [])));
}

// ------------------------------------------------------------------------------------------------ arithmetic

const multiply = ([a, b]: Pair, [c, d]: Pair): Pair => [a * c - b * d, a * d + b * c];
function divide([a, b]: Pair, [c, d]: Pair): Pair {
  const below = c * c + d * d;
  return [(a * c + b * d) / below, (b * c - a * d) / below];
}
const exp = ([a, b]: Pair): Pair => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];
const log = ([a, b]: Pair): Pair => [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
function sqrt([a, b]: Pair): Pair {
  const size = Math.hypot(a, b);
  const re = Math.sqrt((size + a) / 2);
  const im = Math.sqrt(Math.max(0, (size - a) / 2));
  return [re, b < 0 ? -im : im];
}
const scaled = ([a, b]: Pair, by: number): Pair => [a * by, b * by];
const sin = ([a, b]: Pair): Pair => [Math.sin(a) * Math.cosh(b), Math.cos(a) * Math.sinh(b)];
const cos = ([a, b]: Pair): Pair => [Math.cos(a) * Math.cosh(b), -Math.sin(a) * Math.sinh(b)];
const sinh = ([a, b]: Pair): Pair => [Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b)];
const cosh = ([a, b]: Pair): Pair => [Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b)];
const tanh = (z: Pair): Pair => divide(sinh(z), cosh(z));
const ONE: Pair = [1, 0];
const plus = ([a, b]: Pair, [c, d]: Pair): Pair => [a + c, b + d];
const minus = ([a, b]: Pair, [c, d]: Pair): Pair => [a - c, b - d];
const isZero = ([a, b]: Pair): boolean => a === 0 && b === 0;

const UNARY: Readonly<Record<string, (z: Pair) => Pair>> = {
  Conj: ([a, b]) => [a, -b],
  OnesLike: () => ONE,
  Square: (z) => multiply(z, z),
  Exp: exp,
  Log: log,
  Log1p: (z) => log(plus(z, ONE)),
  Expm1: (z) => minus(exp(z), ONE),
  Sqrt: sqrt,
  Rsqrt: (z) => divide(ONE, sqrt(z)),
  Reciprocal: (z) => divide(ONE, z),
  Sin: sin,
  Cos: cos,
  Tan: (z) => divide(sin(z), cos(z)),
  Sinh: sinh,
  Cosh: cosh,
  Tanh: tanh,
  Sigmoid: (z) => divide(ONE, plus(ONE, exp(scaled(z, -1)))),
  Sign: (z) => (isZero(z) ? z : scaled(z, 1 / Math.hypot(...z))),
};
/** As C++ has it: only the real part of the exponent counts. */
const powerOfZero = ([re]: Pair): Pair => (re < 0 ? [Infinity, NaN] : re === 0 ? [NaN, NaN] : [0, 0]);

const BINARY: Readonly<Record<string, (a: Pair, b: Pair) => Pair>> = {
  RealDiv: divide,
  DivNoNan: (a, b) => (isZero(b) ? [0, 0] : divide(a, b)),
  Xdivy: (a, b) => (isZero(a) ? [0, 0] : divide(a, b)),
  Xlogy: (a, b) => (isZero(a) ? [0, 0] : multiply(a, log(b))),
  Pow: (a, b) => (isZero(a) ? powerOfZero(b) : isZero(b) ? ONE : exp(multiply(b, log(a)))),
  SquaredDifference: (a, b) => {
    const d = minus(a, b);
    return multiply([d[0], -d[1]], d);
  },
  SqrtGrad: (y, dy) => divide(scaled(dy, 0.5), y),
  ReciprocalGrad: (y, dy) => scaled(multiply(dy, multiply(y, y)), -1),
  RsqrtGrad: (y, dy) => scaled(multiply(dy, multiply(y, multiply(y, y))), -0.5),
  TanhGrad: (y, dy) => multiply(dy, minus(ONE, multiply(y, y))),
  SigmoidGrad: (y, dy) => multiply(dy, multiply(y, minus(ONE, y))),
};
const TESTS: Readonly<Record<string, (a: Pair, b: Pair) => boolean>> = {
  Equal: (a, b) => a[0] === b[0] && a[1] === b[1],
  NotEqual: (a, b) => a[0] !== b[0] || a[1] !== b[1],
};

const at = (x: Input, i: number): Pair => [x.values[2 * i] as number, x.values[2 * i + 1] as number];

/** Applies f to two inputs, broadcast to the output's shape. */
function each(a: Input, b: Input, output: Output, put: (i: number, a: Pair, b: Pair) => void): void {
  const [atA, atB] = [broadcastPlaces(a.shape, output.shape), broadcastPlaces(b.shape, output.shape)];
  const count = countOf(output.shape);
  for (let i = 0; i < count; i++) put(i, at(a, atA ? (atA[i] as number) : i), at(b, atB ? (atB[i] as number) : i));
}

const tables: Record<string, Kernel> = {};
for (const [name, f] of Object.entries(UNARY))
  tables[name] = ([x]) => {
    if (!x) return null;
    const out = new Float64Array(x.values.length);
    for (let i = 0; i < out.length / 2; i++) out.set(f(at(x, i)), 2 * i);
    return [out];
  };
for (const [name, f] of Object.entries(BINARY))
  tables[name] = ([a, b], _, [output]) => {
    if (!a || !b || !output) return null;
    const out = new Float64Array(2 * countOf(output.shape));
    each(a, b, output, (i, p, q) => out.set(f(p, q), 2 * i));
    return [out];
  };
for (const [name, f] of Object.entries(TESTS))
  tables[name] = ([a, b], _, [output]) => {
    if (!a || !b || !output) return null;
    const out = new Float64Array(countOf(output.shape));
    each(a, b, output, (i, p, q) => (out[i] = f(p, q) ? 1 : 0));
    return [out];
  };

/** One number of each pair. */
const parts =
  (f: (z: Pair) => number): Kernel =>
  ([x]) =>
    x ? [Float64Array.from({ length: x.values.length / 2 }, (_, i) => f(at(x, i)))] : null;

const COMPLEX: Kernels = {
  ...tables,
  Complex: ([a, b], _, [output]) => {
    if (!a || !b || !output) return null;
    const [atA, atB] = [broadcastPlaces(a.shape, output.shape), broadcastPlaces(b.shape, output.shape)];
    const pick = (x: Input, places: Int32Array | null) =>
      Float64Array.from({ length: countOf(output.shape) }, (_value, i) => x.values[places ? (places[i] as number) : i] as number);
    return [paired(pick(a, atA), pick(b, atB))];
  },
  Real: parts(([a]) => a),
  Imag: parts(([, b]) => b),
  ComplexAbs: parts(([a, b]) => Math.hypot(a, b)),
  Angle: parts(([a, b]) => Math.atan2(b, a)),
  IsFinite: parts(([a, b]) => (Number.isFinite(a) && Number.isFinite(b) ? 1 : 0)),
  Cast: ([x], _, [output]) => {
    if (!x || !output) return null;
    if (isComplex(x.dtype)) return [isComplex(output.dtype) ? Float64Array.from(x.values) : every(x, 0)];
    return [paired(x.values, new Float64Array(x.values.length))];
  },
  ...transform(every, paired),
};

export const hasComplexKernel = (name: string): boolean => Object.hasOwn(COMPLEX, name);
