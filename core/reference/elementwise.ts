// Reference kernels that work element by element: a line an op, the inputs broadcast.
import type { Numbers } from '../backend.ts';
import type { Attributes } from '../row.ts';
import { erf, erfc } from './erf.ts';
import { betainc, igamma, igammaByA, lgamma } from './gamma.ts';
import { SPECIAL_OF_ONE, SPECIAL_OF_TWO } from './special.ts';
import { broadcastPlaces, countOf, type Input, type Kernel, type Kernels, type Output, store } from './kernel.ts';

const truth = (condition: boolean): number => (condition ? 1 : 0);

/** Half goes to the even neighbour. */
function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  if (floor % 2 === 0) return floor;
  return floor === -1 ? -0 : floor + 1;
}

/** C's pow, where JavaScript's gives NaN for 1 to a power that is NaN or infinite. */
const power = (a: number, b: number): number => {
  if (b === 2) return a * a;
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : Math.pow(a, b);
};

/** The remainder with the sign of the divisor. */
function floorMod(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

const bitsSet = (x: number): number => Array.from((x >>> 0).toString(2)).filter((bit) => bit === '1').length;
/** The neighbour of a in the direction of b: the same bits, one more or one less. */
function nextSingle(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  if (a === b) return b;
  if (Math.fround(a) !== a) return nextDouble(a, b);
  if (a === 0) return Math.sign(b) * 2 ** -149;
  const float = Float32Array.of(a);
  const bits = new Int32Array(float.buffer);
  bits[0] = (bits[0] as number) + (b > a === a > 0 ? 1 : -1);
  return float[0] as number;
}
function nextDouble(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  if (a === b) return b;
  if (a === 0) return Math.sign(b) * Number.MIN_VALUE;
  const double = Float64Array.of(a);
  const bits = new BigInt64Array(double.buffer);
  bits[0] = (bits[0] as bigint) + (b > a === a > 0 ? 1n : -1n);
  return double[0] as number;
}

export const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 };

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Neg: (x) => -x,
  Square: (x) => x * x,
  Exp: Math.exp,
  Expm1: Math.expm1,
  Log: Math.log,
  Log1p: Math.log1p,
  Sin: Math.sin,
  Cos: Math.cos,
  Tan: Math.tan,
  Sinh: Math.sinh,
  Cosh: Math.cosh,
  Tanh: Math.tanh,
  Asin: Math.asin,
  Acos: Math.acos,
  Atan: Math.atan,
  Asinh: Math.asinh,
  Acosh: Math.acosh,
  Atanh: Math.atanh,
  Erf: erf,
  Erfc: erfc,
  Abs: Math.abs,
  Sign: Math.sign,
  Sqrt: Math.sqrt,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Reciprocal: (x) => 1 / x,
  Sigmoid: sigmoid,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  Softsign: (x) => x / (1 + Math.abs(x)),
  Relu: (x) => (x < 0 ? 0 : x),
  Relu6: (x) => (x < 0 ? 0 : x > 6 ? 6 : x),
  Elu: (x) => (x < 0 ? Math.expm1(x) : x),
  Selu: (x) => SELU.scale * (x < 0 ? SELU.alpha * Math.expm1(x) : x),
  Floor: Math.floor,
  Ceil: Math.ceil,
  Round: roundToEven,
  Rint: roundToEven,
  ZerosLike: () => 0,
  OnesLike: () => 1,
  IsNan: (x) => truth(Number.isNaN(x)),
  IsInf: (x) => truth(x === Infinity || x === -Infinity),
  IsFinite: (x) => truth(Number.isFinite(x)),
  LogicalNot: (x) => truth(x === 0),
  Cast: (x) => x,
  Invert: (x) => ~x,
  PopulationCount: bitsSet,
  ...SPECIAL_OF_ONE,
};

/** TensorFlow's kernels give 0 for an upstream gradient of 0, whatever the output is (core/kernels/cwise_ops_gradients.h). */
const unlessZero = (dy: number, value: number): number => (dy === 0 ? 0 : value);

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  DivNoNan: (a, b) => (b === 0 ? 0 : a / b),
  Pow: power,
  Maximum: (a, b) => Math.max(a, b),
  Minimum: (a, b) => Math.min(a, b),
  SquaredDifference: (a, b) => (a - b) * (a - b),
  Atan2: Math.atan2,
  Xdivy: (a, b) => (a === 0 ? 0 : a / b),
  Xlogy: (a, b) => (a === 0 ? 0 : a * Math.log(b)),
  Xlog1py: (a, b) => (a === 0 ? 0 : a * Math.log1p(b)),
  MulNoNan: (a, b) => (b === 0 ? 0 : a * b),
  TruncateDiv: (a, b) => Math.trunc(a / b),
  TruncateMod: (a, b) => a % b,
  BitwiseAnd: (a, b) => a & b,
  BitwiseOr: (a, b) => a | b,
  BitwiseXor: (a, b) => a ^ b,
  LeftShift: (a, b) => a << b,
  RightShift: (a, b) => a >> b,
  Igamma: (a, x) => igamma(a, x, false),
  Igammac: (a, x) => igamma(a, x, true),
  IgammaGradA: (a, x) => igammaByA(1, a, x),
  RandomGammaGrad: (a, x) => (x === 0 && a > 0 ? 0 : -igammaByA(1, a, x) * Math.exp(x + lgamma(a) - (a - 1) * Math.log(x))),
  ...SPECIAL_OF_TWO,
  FloorDiv: (a, b) => Math.floor(a / b),
  FloorMod: floorMod,
  Less: (a, b) => truth(a < b),
  LessEqual: (a, b) => truth(a <= b),
  Greater: (a, b) => truth(a > b),
  GreaterEqual: (a, b) => truth(a >= b),
  Equal: (a, b) => truth(a === b),
  NotEqual: (a, b) => truth(a !== b),
  LogicalAnd: (a, b) => truth(a !== 0 && b !== 0),
  LogicalOr: (a, b) => truth(a !== 0 || b !== 0),
  BiasAdd: (x, bias) => x + bias,
  TanhGrad: (y, dy) => dy * (1 - y * y),
  SigmoidGrad: (y, dy) => dy * y * (1 - y),
  ReciprocalGrad: (y, dy) => unlessZero(dy, -dy * y * y),
  SqrtGrad: (y, dy) => unlessZero(dy, (dy * 0.5) / y),
  RsqrtGrad: (y, dy) => unlessZero(dy, -0.5 * dy * y * y * y),
  // A product, so that NaN and infinities are NaN where the input was cut off (TensorFlow: core/kernels/relu_op_functor.h).
  ReluGrad: (dy, x) => dy * (x > 0 ? 1 : 0),
  Relu6Grad: (dy, x) => dy * (x > 0 && x < 6 ? 1 : 0),
  EluGrad: (dy, y) => (y < 0 ? dy * (y + 1) : dy),
  SeluGrad: (dy, y) => (y < 0 ? dy * (y + SELU.scale * SELU.alpha) : dy * SELU.scale),
  SoftsignGrad: (dy, x) => dy / (1 + Math.abs(x)) ** 2,
};

const slopeOf = (attributes: Attributes): number => (typeof attributes['alpha'] === 'number' ? attributes['alpha'] : 0.2);

/** Applies f to each element of the one input. */
function each({ values }: Input, output: Output, f: (x: number) => number): Float64Array {
  const out = new Float64Array(countOf(output.shape));
  for (let i = 0; i < out.length; i++) out[i] = f(values[i] as number);
  return store(out, output.dtype);
}

/** Applies f to two inputs, broadcast to the output's shape. */
function eachOfTwo(first: Input, second: Input, output: Output, f: (a: number, b: number) => number): Float64Array {
  const out = new Float64Array(countOf(output.shape));
  const [a, b] = [operand(first, output), operand(second, output)];
  if (a.places === null && b.places === null)
    for (let i = 0; i < out.length; i++) out[i] = f(a.values[i * a.step] as number, b.values[i * b.step] as number);
  else for (let i = 0; i < out.length; i++) out[i] = f(at(a, i), at(b, i));
  return store(out, output.dtype);
}

/** The same with three. */
function eachOfThree(inputs: readonly [Input, Input, Input], output: Output, f: (a: number, b: number, c: number) => number): Float64Array {
  const out = new Float64Array(countOf(output.shape));
  const [a, b, c] = [operand(inputs[0], output), operand(inputs[1], output), operand(inputs[2], output)];
  for (let i = 0; i < out.length; i++) out[i] = f(at(a, i), at(b, i), at(c, i));
  return store(out, output.dtype);
}

/** What an element of the output reads: the one at a place, or every `step`th. */
interface Operand {
  readonly values: Numbers;
  readonly places: Int32Array | null;
  readonly step: number;
}
const operand = ({ values, shape }: Input, output: Output): Operand =>
  values.length === 1 ? { values, places: null, step: 0 } : { values, places: broadcastPlaces(shape, output.shape), step: 1 };

const at = ({ values, places, step }: Operand, i: number): number => values[places ? (places[i] as number) : i * step] as number;

const DIVIDING: ReadonlySet<string> = new Set(['FloorDiv', 'FloorMod', 'TruncateDiv', 'TruncateMod']);
/** TensorFlow raises at an integer divided by zero. */
const dividesByZero = (name: string, { dtype, values }: Input): boolean =>
  DIVIDING.has(name) && /int/.test(dtype) && values.some((v: number) => v === 0);

const ofOne =
  (f: (x: number, attributes: Attributes) => number): Kernel =>
  ([x], attributes, [output]) =>
    x && output ? [each(x, output, (v) => f(v, attributes))] : null;
const ofTwo =
  (f: (a: number, b: number, attributes: Attributes) => number): Kernel =>
  ([a, b], attributes, [output]) =>
    a && b && output ? [eachOfTwo(a, b, output, (v, w) => f(v, w, attributes))] : null;
const ofThree =
  (f: (a: number, b: number, c: number) => number): Kernel =>
  ([a, b, c], _, [output]) =>
    a && b && c && output ? [eachOfThree([a, b, c], output, f)] : null;

const tables: Record<string, Kernel> = {};
for (const [name, f] of Object.entries(UNARY)) tables[name] = ([x], _, [output]) => (x && output ? [each(x, output, f)] : null);
for (const [name, f] of Object.entries(BINARY))
  tables[name] = ([a, b], _, [output]) => (a && b && output && !dividesByZero(name, b) ? [eachOfTwo(a, b, output, f)] : null);

const addAll: Kernel = (inputs, _, [output]) => {
  if (!output) return null;
  const out = new Float64Array(countOf(output.shape));
  for (const { values } of inputs) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (values[i] as number);
  return [store(out, output.dtype)];
};

export const ELEMENTWISE: Kernels = {
  ...tables,
  SelectV2: ofThree((condition, a, b) => (condition !== 0 ? a : b)),
  ClipByValue: ofThree((a, low, high) => Math.min(Math.max(a, low), high)),
  Betainc: ofThree(betainc),
  _IgammaByA: ofTwo((a, x, { order }) => igammaByA(Number(order), a, x)),
  NextAfter: ([a, b], _, [output]) =>
    a && b && output ? [eachOfTwo(a, b, output, output.dtype === 'float64' ? nextDouble : nextSingle)] : null,
  LeakyRelu: ofOne((x, attributes) => (x > 0 ? x : slopeOf(attributes) * x)),
  LeakyReluGrad: ofTwo((dy, x, attributes) => (x > 0 ? dy : slopeOf(attributes) * dy)),
  AddN: addAll,
  _AddSlices: addAll,
};
