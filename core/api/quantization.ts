// `tf.quantization`. TensorFlow: python/ops/array_ops.py.
import type { Operations } from '../operations.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';

define('tf.quantization.fake_quant_with_min_max_args', 'inputs, min=-6, max=6, num_bits=8, narrow_range=False, name=None', (a, o) =>
  o.apply('FakeQuantWithMinMaxArgs', [a.floating('inputs')], {
    min: a.number('min'),
    max: a.number('max'),
    bits: a.number('num_bits'),
    narrow: a.boolean('narrow_range'),
  }),
);
for (const [name, row] of [
  ['fake_quant_with_min_max_vars', 'FakeQuantWithMinMaxVars'],
  ['fake_quant_with_min_max_vars_per_channel', 'FakeQuantWithMinMaxVarsPerChannel'],
] as const)
  define(`tf.quantization.${name}`, 'inputs, min, max, num_bits=8, narrow_range=False, name=None', (a, o) =>
    o.apply(row, [a.floating('inputs'), a.floating('min'), a.floating('max')], {
      bits: a.number('num_bits'),
      narrow: a.boolean('narrow_range'),
    }),
  );

const quantize = (row: string) => (a: Arguments, o: Operations) => {
  if (a.has('axis') && a.number('axis') !== -1) throw new UnknownArgument();
  return o.apply(row, [a.floating('input'), a.floating('input_min'), a.floating('input_max')], {
    bits: a.number('num_bits'),
    signed: a.boolean('signed_input'),
    narrow: a.boolean('narrow_range'),
    given: a.boolean('range_given'),
    halfUp: a.text('round_mode') === 'HALF_UP',
  });
};
const QUANTIZE =
  'input, input_min, input_max, signed_input=True, num_bits=8, range_given=False, round_mode="HALF_TO_EVEN", name=None, narrow_range=False, axis=None';
define('tf.quantization.quantize_and_dequantize', QUANTIZE, quantize('QuantizeAndDequantizeV2'));
define('tf.quantization.quantize_and_dequantize_v2', QUANTIZE, quantize('QuantizeAndDequantizeV4'));
