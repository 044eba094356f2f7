// Reference kernels of rounding to a grid of few bits.
import { type Bits, nudged, type Quantized } from '../ops/quantization.ts';
import { broadcastPlaces, countOf, type Input, type Kernel, type Kernels } from './kernel.ts';

/** The limits at each element of x. */
function limitsAt(x: Input, min: Input, max: Input): (i: number) => [number, number] {
  const places = broadcastPlaces(min.shape, x.shape);
  return (i) => {
    const at = places ? (places[i] as number) : i;
    return [min.values[at] as number, max.values[at] as number];
  };
}
function onGrid(x: number, min: number, max: number, bits: Bits): number {
  if (min === max) return 0;
  const { low, high, scale } = nudged(min, max, bits);
  const single = Math.fround;
  const lines = single(single(Math.min(Math.max(x, low), high) - low) * single(1 / scale));
  return Math.floor(single(lines + 0.5)) * scale + low;
}
const bitsOf = (attributes: unknown): Bits => attributes as Bits;

const fakeQuant: Kernel = ([x, min, max], attributes) => {
  if (!x || !min || !max) return null;
  const at = limitsAt(x, min, max);
  return [Float64Array.from(x.values, (v: number, i) => onGrid(v, ...at(i), bitsOf(attributes)))];
};
/** Within, below, above: which of the three x is. */
function rangeOf(x: number, min: number, max: number, bits: Bits): 0 | 1 | 2 {
  if (min === max) return 0;
  const { low, high } = nudged(min, max, bits);
  return x < low ? 1 : x > high ? 2 : 0;
}
const fakeQuantGradient: Kernel = ([gradients, x, min, max], attributes, outputs) => {
  if (!gradients || !x || !min || !max) return null;
  const at = limitsAt(x, min, max);
  const parts = outputs.map(({ shape }) => new Float64Array(countOf(shape)));
  const places = broadcastPlaces(min.shape, x.shape);
  gradients.values.forEach((dy: number, i: number) => {
    const range = rangeOf(x.values[i] as number, ...at(i), bitsOf(attributes));
    const out = parts[range];
    const to = range === 0 ? i : places ? (places[i] as number) : i;
    if (out) out[to] = (out[to] as number) + dy;
  });
  return parts;
};

/** TensorFlow: core/kernels/quantize_and_dequantize_op.h. */
function quantized(x: Input, min: number, max: number, { bits, signed, narrow, given, halfUp }: Quantized): Float64Array {
  const values = Array.from(x.values);
  const [low, high] = given ? [min, max] : [Math.min(...values), Math.max(...values)];
  const least = signed ? -(2 ** (bits - 1)) + (narrow ? 1 : 0) : narrow ? 1 : 0;
  const most = signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1;
  const fromLow = least * low > 0 ? least / low : Infinity;
  const fromHigh = most * high > 0 ? most / high : Infinity;
  const scale = Math.min(fromLow, fromHigh);
  const [from, to] = fromLow < fromHigh ? [low, most / scale] : [least / scale, high];
  return Float64Array.from(values, (v) => {
    const scaled = (given ? Math.min(Math.max(v, from), to) : v) * scale;
    return (halfUp ? Math.floor(scaled + 0.5) : roundedToEven(scaled)) / scale;
  });
}
function roundedToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}
const quantizeAndDequantize: Kernel = ([x, min, max], attributes) =>
  x && min && max ? [quantized(x, min.values[0] as number, max.values[0] as number, attributes as unknown as Quantized)] : null;

export const QUANTIZATIONS: Kernels = {
  FakeQuantWithMinMaxArgs: ([x], attributes) => {
    const { min, max } = attributes as { min: number; max: number };
    return x ? [Float64Array.from(x.values, (v: number) => onGrid(v, min, max, bitsOf(attributes)))] : null;
  },
  FakeQuantWithMinMaxArgsGradient: ([gradients, x], attributes) => {
    const { min, max } = attributes as { min: number; max: number };
    if (!gradients || !x) return null;
    return [
      Float64Array.from(gradients.values, (dy: number, i) => (rangeOf(x.values[i] as number, min, max, bitsOf(attributes)) === 0 ? dy : 0)),
    ];
  },
  FakeQuantWithMinMaxVars: fakeQuant,
  FakeQuantWithMinMaxVarsPerChannel: fakeQuant,
  FakeQuantWithMinMaxVarsGradient: fakeQuantGradient,
  FakeQuantWithMinMaxVarsPerChannelGradient: fakeQuantGradient,
  _FakeQuantRange: ([x, min, max], attributes) => {
    if (!x || !min || !max) return null;
    const at = limitsAt(x, min, max);
    return [0, 1, 2].map((range) =>
      Float64Array.from(x.values, (v: number, i) => (rangeOf(v, ...at(i), bitsOf(attributes)) === range ? 1 : 0)),
    );
  },
  QuantizeAndDequantizeV2: quantizeAndDequantize,
  QuantizeAndDequantizeV4: quantizeAndDequantize,
  QuantizeAndDequantizeV4Grad: ([gradients, x, min, max]) => {
    if (!gradients || !x || !min || !max) return null;
    const [low = 0, high = 0] = [min.values[0], max.values[0]];
    const is = (range: number, v: number): boolean => (range === 0 ? v >= low && v <= high : range === 1 ? v < low : v > high);
    const masked = [0, 1, 2].map((range) =>
      Float64Array.from(gradients.values, (dy: number, i) => (is(range, x.values[i] as number) ? dy : 0)),
    );
    return masked.map((list, range) => (range === 0 ? list : Float64Array.of(list.reduce((a, b) => a + b, 0))));
  },
};
