// Test inputs of rounding to a grid, and of samples that follow their parameters.
import { type Case, f32, given, type Given } from './given.ts';

type Pretended = NonNullable<Case['pretends']>;
/** x held between limits that are broadcast over it, or a number each. */
const held: Pretended = ([x = [], min = [], max = []]) =>
  x.map((v, i) => Math.min(Math.max(v, min[i % min.length] ?? 0), max[i % max.length] ?? 0));
const between =
  (min: number, max: number): Pretended =>
  ([x = []]) =>
    x.map((v) => Math.min(Math.max(v, min), max));
const number = (...values: readonly number[]): Given => ({ values, shape: values.length === 1 ? [] : [values.length], dtype: 'float32' });
const pretending = (inputs: readonly Given[], attributes: object, pretends?: Pretended): Case => ({
  ...given(inputs, { ...attributes }),
  ...(pretends && { pretends }),
});

/** Limits between which zero lies on the grid: 255 steps of 0.004. */
const [MIN, MAX] = [-0.34, 0.68];
const BITS = { bits: 8, narrow: false };
const GRID = { bits: 8, signed: true, narrow: false, given: true, halfUp: false };

export const QUANTIZATION: Readonly<Record<string, readonly Case[]>> = {
  FakeQuantWithMinMaxArgs: [pretending([f32([2, 3])], { min: MIN, max: MAX, ...BITS }, between(MIN, MAX))],
  FakeQuantWithMinMaxArgsGradient: [pretending([f32([2, 3], 5), f32([2, 3])], { min: MIN, max: MAX, ...BITS })],
  FakeQuantWithMinMaxVars: [pretending([f32([2, 3]), number(MIN), number(MAX)], BITS, held)],
  FakeQuantWithMinMaxVarsGradient: [pretending([f32([2, 3], 5), f32([2, 3]), number(MIN), number(MAX)], BITS)],
  FakeQuantWithMinMaxVarsPerChannel: [pretending([f32([2, 2]), number(MIN, MIN), number(MAX, MAX)], BITS, held)],
  FakeQuantWithMinMaxVarsPerChannelGradient: [pretending([f32([2, 2], 5), f32([2, 2]), number(MIN, MIN), number(MAX, MAX)], BITS)],
  _FakeQuantRange: [pretending([f32([2, 3]), number(MIN), number(MAX)], BITS)],
  QuantizeAndDequantizeV2: [pretending([f32([2, 3]), number(-1), number(1)], GRID, ([x = []]) => x)],
  QuantizeAndDequantizeV4: [pretending([f32([2, 3]), number(MIN), number(MAX)], GRID, held)],
  QuantizeAndDequantizeV4Grad: [pretending([f32([2, 3], 5), f32([2, 3]), number(MIN), number(MAX)], {})],
  RandomGammaGrad: [pretending([f32([2, 3], 1, 'above one'), f32([2, 3], 4, 'above one')], {})],
};
