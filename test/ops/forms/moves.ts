// Forms that gather, scatter, partition, sort, count and cast; and special functions with a constant beside x.
import type { Tensor } from '../../../core/tensor.ts';
import { type BinaryForm, both, dtype, i, ints, matrix, on, positive, type Tensorflow, type UnaryForm, vector } from './tensorflow.ts';

const floats = (x: Tensor, tf: Tensorflow): Tensor => tf.call('tf.cast', x, dtype('float32'));
const rows = (tf: Tensorflow, ...list: readonly number[]): Tensor => tf.o.reshape(tf.integers(...list), [list.length, 1]);
const mask = (tf: Tensorflow): Tensor => tf.o.eager.backend.constant([1, 0, 1, 1], [4], 'bool');
const PLANE = [1, 4, 4, 1];

export const MOVES: Readonly<Record<string, UnaryForm>> = {
  'tf.gather_nd': vector((x, tf) => tf.call('tf.gather_nd', x, rows(tf, 0, 2, 2))),
  'tf.boolean_mask': vector((x, tf) => tf.call('tf.boolean_mask', x, mask(tf))),
  'tf.pad REFLECT': vector((x, tf) => tf.call('tf.pad', x, [ints(1, 2)], 'REFLECT')),
  'tf.scatter_nd': vector((x, tf) => tf.call('tf.scatter_nd', rows(tf, 0, 2, 5, 2), x, ints(6))),
  'tf.tensor_scatter_nd_update(updates)': vector((x, tf) =>
    tf.call('tf.tensor_scatter_nd_update', tf.constant([6]), rows(tf, 0, 2, 5, 3), x),
  ),
  'tf.tensor_scatter_nd_update(tensor)': vector((x, tf) => tf.call('tf.tensor_scatter_nd_update', x, rows(tf, 0, 2), tf.constant([2]))),
  'tf.tensor_scatter_nd_add(tensor)': vector((x, tf) => tf.call('tf.tensor_scatter_nd_add', x, rows(tf, 0, 2), tf.constant([2]))),
  'tf.space_to_depth': on(PLANE, (x, tf) => tf.call('tf.nn.space_to_depth', x, i(2))),
  'tf.segment_sum': vector((x, tf) => tf.call('tf.math.segment_sum', x, tf.integers(0, 0, 1, 1))),
  'tf.math.unsorted_segment_sum': vector((x, tf) => tf.call('tf.math.unsorted_segment_sum', x, tf.integers(0, 1, 0, 1), i(2))),
  'tf.math.segment_max': vector((x, tf) => tf.call('tf.math.segment_max', x, tf.integers(0, 0, 1, 1))),
  'tf.math.segment_mean': vector((x, tf) => tf.call('tf.math.segment_mean', x, tf.integers(0, 0, 1, 1))),
  'tf.dynamic_partition': vector((x, tf) => tf.call('tf.dynamic_partition', x, tf.integers(0, 1, 0, 1), i(2))),
  'tf.dynamic_stitch': vector((x, tf) => tf.call('tf.dynamic_stitch', [tf.integers(0, 2, 1, 3)], [x])),
  'tf.clip_by_global_norm': vector((x, tf) => {
    const definition = tf.results('tf.clip_by_global_norm', [x], 0.5);
    return (definition[0] as readonly Tensor[])[0] ?? x;
  }),
  'tf.math.top_k values': vector((x, tf) => tf.call('tf.math.top_k', x, i(2))),
  'tf.math.in_top_k': on([3, 4], (x, tf) =>
    floats(tf.call('tf.math.in_top_k', tf.call('tf.argmin', x, i(1), dtype('int32')), x, i(1)), tf),
  ),
  'tf.searchsorted': vector((x, tf) => floats(tf.call('tf.searchsorted', tf.call('tf.sort', x), tf.constant([3])), tf)),
  'tf.histogram_fixed_width': vector((x, tf) => floats(tf.call('tf.histogram_fixed_width', x, [-1, 1], i(3)), tf)),
  'tf.math.confusion_matrix': vector((x, tf) =>
    floats(tf.call('tf.math.confusion_matrix', tf.integers(0, 1, 1, 0), tf.o.cast(tf.o.greater(x, 0), 'int32'), i(2)), tf),
  ),
  'tf.where(x>0) (indices)': vector((x, tf) => tf.call('tf.where', tf.o.greater(x, 0))),
  'tf.cast complex64': vector((x, tf) => tf.call('tf.cast', x, dtype('complex64'))),
  'tf.math.real(cast complex)': vector((x, tf) => tf.call('tf.math.real', tf.call('tf.cast', x, dtype('complex64')))),
  'tf.bitcast': vector((x, tf) => tf.call('tf.bitcast', x, dtype('int32'))),
  'tf.raw_ops.NextAfter': vector((x, tf) => tf.call('tf.math.nextafter', x, 1)),
  'tf.math.nextafter': vector((x, tf) => tf.call('tf.math.nextafter', x, 1)),
  'tf.debugging.check_numerics': vector((x, tf) => tf.call('tf.debugging.check_numerics', x, 'x')),
  'tf.ensure_shape': vector((x, tf) => tf.call('tf.ensure_shape', x, ints(4))),
  'tf.guarantee_const-like tf.constant_folding identity_n': vector((x, tf) => tf.call('tf.identity_n', [x, x])),
  'tf.quantization.quantize_and_dequantize_v2': vector((x, tf) => tf.call('tf.quantization.quantize_and_dequantize_v2', x, -1, 1, true)),

  'tf.math.multiply_no_nan(x,x)': vector((x, tf) => tf.call('tf.math.multiply_no_nan', x, x)),
  'tf.math.polyval': vector((x, tf) => tf.call('tf.math.polyval', [1, 2, 3], x)),
  'tf.math.betainc(a const)': positive((x, tf) => tf.call('tf.math.betainc', 2, 3, x)),
  'tf.math.igamma(2,x)': positive((x, tf) => tf.call('tf.math.igamma', 2, x)),
  'tf.math.zeta(2,x)': positive((x, tf) => tf.call('tf.math.zeta', 2, x)),
  'tf.math.zeta(x,2)': vector((x, tf) => tf.call('tf.math.zeta', x, 2), 'above one'),
  'tf.math.polygamma(1,x)': positive((x, tf) => tf.call('tf.math.polygamma', 1, x)),
};

const LAYERED = [3, 4];
const keras = (name: string, config: Parameters<Tensorflow['layer']>[1], shape: readonly number[], training = false): UnaryForm =>
  on(shape, (x, tf) => tf.layer(name, config, x, training));
export const LAYERS: Readonly<Record<string, UnaryForm>> = {
  'keras BatchNormalization training (2D input)': keras('BatchNormalization', [], LAYERED, true),
  'keras BatchNormalization inference (2D input)': keras('BatchNormalization', [], LAYERED),
  'keras LayerNormalization': keras('LayerNormalization', [], LAYERED),
  'keras GroupNormalization': keras('GroupNormalization', [i(2)], LAYERED),
  'keras LSTM': keras('LSTM', [i(3)], [2, 3, 2]),
  'keras GRU': keras('GRU', [i(3)], [2, 3, 2]),
  'keras SimpleRNN': keras('SimpleRNN', [i(3)], [2, 3, 2]),
  'keras Conv2D': keras('Conv2D', [i(2), i(2)], [1, 4, 4, 2]),
  'keras SeparableConv2D': keras('SeparableConv2D', [i(2), i(2)], [1, 4, 4, 2]),
  'keras MaxPool2D': keras('MaxPooling2D', [], [1, 4, 4, 2]),
  'keras metric categorical_accuracy': matrix((x, tf) =>
    tf.call('tf.keras.metrics.categorical_accuracy', tf.constant([3, 3], 'weights'), x),
  ),
  'keras metric BinaryAccuracy': matrix((x, tf) => tf.call('tf.keras.metrics.binary_accuracy', tf.o.full(1, [3, 3], 'float32'), x)),
};

export const MOVES_OF_TWO: Readonly<Record<string, BinaryForm>> = {
  'tf.math.polygamma(2,b)': both((a, b, tf) => tf.call('tf.math.polygamma', a, b)),
  'tf.complex abs': both((a, b, tf) => tf.call('tf.abs', tf.call('tf.complex', a, b))),
  'tf.tensor_scatter_nd_update(a,b)': both((a, b, tf) => tf.call('tf.tensor_scatter_nd_update', a, rows(tf, 0, 2), b), 'any', [4], [2]),
  'tf.tensor_scatter_nd_max': both((a, b, tf) => tf.call('tf.tensor_scatter_nd_max', a, rows(tf, 0, 2), b), undefined, [4], [2]),
  'normal log_prob-like': both((a, b, tf) => tf.o.sub(tf.o.mul(-0.5, tf.o.square(tf.o.div(a, b))), tf.o.log(b))),
};
