// Forms of images, windows over them, and signals.
import type { Tensor } from '../../../core/tensor.ts';
import { type BinaryForm, both, dtype, i, ints, on, type Tensorflow, type UnaryForm } from './tensorflow.ts';

const IMAGE = [1, 4, 4, 3];
const image = (f: UnaryForm['f']): UnaryForm => on(IMAGE, f, 'positive');
const resized = (method: string, size: readonly [number, number] = [6, 5]): UnaryForm =>
  image((x, tf) => tf.call('tf.image.resize', x, ints(...size), method));
const box = (tf: Tensorflow): Tensor => tf.o.eager.backend.constant([0.1, 0.1, 0.8, 0.7], [1, 4], 'float32');

const SMALL = [1, 4, 4, 2];
const CUBE = [1, 3, 3, 3, 2];
const complex = (x: Tensor, tf: Tensorflow): Tensor => tf.call('tf.cast', x, dtype('complex64'));
const pool = (name: string, shape: readonly number[]): UnaryForm => on(shape, (x, tf) => tf.call(name, x, i(2), i(1), 'VALID'));
const batch = (training: boolean): UnaryForm =>
  on(SMALL, (x, tf) => {
    const [scale, offset, mean, variance] = [3, 4, 5].map((seed) => tf.constant([2], 'any', seed)).concat(tf.constant([2], 'positive', 6));
    const inputs = [x, scale, offset, mean, variance].filter((t) => t !== undefined);
    return tf.o.apply('FusedBatchNormV3', inputs, { epsilon: 0.001, training, averaging: 1 });
  });

export const IMAGES: Readonly<Record<string, UnaryForm>> = {
  'tf.image.resize bilinear': resized('bilinear'),
  'tf.image.resize nearest': resized('nearest'),
  'tf.image.resize bicubic': resized('bicubic'),
  'tf.image.resize area': resized('area'),
  'tf.image.resize lanczos3': resized('lanczos3'),
  'tf.image.crop_and_resize(image)': image((x, tf) => tf.call('tf.image.crop_and_resize', x, box(tf), ints(0), ints(2, 3))),
  'tf.image.rgb_to_hsv': image((x, tf) => tf.call('tf.image.rgb_to_hsv', x)),
  'tf.image.hsv_to_rgb': image((x, tf) => tf.call('tf.image.hsv_to_rgb', x)),
  'tf.image.adjust_contrast': image((x, tf) => tf.call('tf.image.adjust_contrast', x, 1.3)),
  'tf.image.adjust_saturation': image((x, tf) => tf.call('tf.image.adjust_saturation', x, 0.7)),
  'tf.image.ssim': on([1, 12, 12, 1], (x, tf) => tf.call('tf.image.ssim', x, tf.constant([1, 12, 12, 1], 'positive', 9), 1), 'positive'),
  'tf.image.extract_patches': image((x, tf) =>
    tf.call('tf.image.extract_patches', x, ints(1, 2, 2, 1), ints(1, 1, 1, 1), ints(1, 1, 1, 1), 'VALID'),
  ),
  'tf.image.sobel_edges': image((x, tf) => tf.call('tf.image.sobel_edges', x)),
  'tf.image.total_variation': image((x, tf) => tf.call('tf.image.total_variation', x)),

  'tf.nn.conv2d(x,K)': on(SMALL, (x, tf) => tf.call('tf.nn.conv2d', x, tf.constant([2, 2, 2, 3]), i(1), 'SAME')),
  'tf.nn.conv2d(x,K) relu': on(SMALL, (x, tf) => tf.o.relu(tf.call('tf.nn.conv2d', x, tf.constant([2, 2, 2, 3]), i(1), 'SAME'))),
  'tf.nn.conv2d_transpose': on(SMALL, (x, tf) =>
    tf.call('tf.nn.conv2d_transpose', x, tf.constant([2, 2, 3, 2]), ints(1, 4, 4, 3), i(1), 'SAME'),
  ),
  'tf.nn.depthwise_conv2d': on(SMALL, (x, tf) => tf.call('tf.nn.depthwise_conv2d', x, tf.constant([2, 2, 2, 2]), ints(1, 1, 1, 1), 'SAME')),
  'tf.nn.conv1d': on([1, 5, 2], (x, tf) => tf.call('tf.nn.conv1d', x, tf.constant([2, 2, 3]), i(1), 'SAME')),
  'tf.nn.conv3d': on(CUBE, (x, tf) => tf.call('tf.nn.conv3d', x, tf.constant([2, 2, 2, 2, 1]), ints(1, 1, 1, 1, 1), 'SAME')),
  'tf.nn.max_pool2d': pool('tf.nn.max_pool2d', SMALL),
  'tf.nn.avg_pool2d': pool('tf.nn.avg_pool2d', SMALL),
  'tf.nn.max_pool3d': pool('tf.nn.max_pool3d', CUBE),
  'tf.nn.avg_pool3d': pool('tf.nn.avg_pool3d', CUBE),
  'tf.nn.max_pool_with_argmax': pool('tf.nn.max_pool_with_argmax', SMALL),
  'tf.nn.fractional_max_pool': on(SMALL, (x, tf) => tf.call('tf.nn.fractional_max_pool', x, [1, 1.5, 1.5, 1])),
  'tf.nn.dilation2d': on(SMALL, (x, tf) =>
    tf.call('tf.nn.dilation2d', x, tf.constant([2, 2, 2]), ints(1, 1, 1, 1), 'SAME', 'NHWC', ints(1, 1, 1, 1)),
  ),
  'fused_batch_norm training': batch(true),
  'fused_batch_norm inference': batch(false),
  'tf.nn.batch_normalization': on([4, 3], (x, tf) =>
    tf.call(
      'tf.nn.batch_normalization',
      x,
      tf.constant([3]),
      tf.constant([3], 'positive', 6),
      tf.constant([3], 'any', 7),
      tf.constant([3], 'any', 8),
      0.001,
    ),
  ),

  'tf.signal.rfft abs': on([8], (x, tf) => tf.call('tf.abs', tf.call('tf.signal.rfft', x))),
  'tf.signal.fft real': on([8], (x, tf) => tf.call('tf.math.real', tf.call('tf.signal.fft', complex(x, tf)))),
  'tf.signal.stft abs': on([16], (x, tf) => tf.call('tf.abs', tf.call('tf.signal.stft', x, i(8), i(4)))),
};

const windows = (name: string, a: readonly number[], b: readonly number[], ...rest: Parameters<Tensorflow['call']>[1][]): BinaryForm =>
  both((x, y, tf) => tf.call(name, x, y, ...rest), 'any', a, b);

export const IMAGES_OF_TWO: Readonly<Record<string, BinaryForm>> = {
  'tf.nn.conv2d(x=a,filter=b)': windows('tf.nn.conv2d', SMALL, [2, 2, 2, 3], i(1), 'SAME'),
  'tf.nn.conv3d(x=a,filter=b)': windows('tf.nn.conv3d', CUBE, [2, 2, 2, 2, 1], ints(1, 1, 1, 1, 1), 'SAME'),
  'tf.nn.depthwise_conv2d(a,b)': windows('tf.nn.depthwise_conv2d', SMALL, [2, 2, 2, 2], ints(1, 1, 1, 1), 'SAME'),
  'tf.nn.dilation2d(a,b)': windows('tf.nn.dilation2d', SMALL, [2, 2, 2], ints(1, 1, 1, 1), 'SAME', 'NHWC', ints(1, 1, 1, 1)),
  'tf.nn.batch_normalization(x=a,scale=b)': both(
    (x, scale, tf) =>
      tf.call('tf.nn.batch_normalization', x, tf.constant([3]), tf.constant([3], 'positive', 6), tf.constant([3], 'any', 7), scale, 0.001),
    'any',
    [4, 3],
    [3],
  ),
  'tf.nn.batch_normalization(x=a,variance=b)': both(
    (x, variance, tf) =>
      tf.call('tf.nn.batch_normalization', x, tf.constant([3]), variance, tf.constant([3], 'any', 7), tf.constant([3], 'any', 8), 0.001),
    'positive',
    [4, 3],
    [3],
  ),
  'fused_batch_norm train (x=a,scale=b)': both(
    (x, scale, tf) => {
      const [offset, mean] = [tf.constant([2], 'any', 4), tf.constant([2], 'any', 5)];
      const inputs = [x, scale, offset, mean, tf.constant([2], 'positive', 6)];
      return tf.o.apply('FusedBatchNormV3', inputs, { epsilon: 0.001, training: true, averaging: 1 });
    },
    'any',
    SMALL,
    [2],
  ),
  'tf.image.crop_and_resize(image=a,boxes=b)': both(
    (x, b, tf) =>
      tf.call(
        'tf.image.crop_and_resize',
        x,
        tf.o.mul(b, tf.o.eager.backend.constant([0.1, 0.1, 1, 1], [1, 4], 'float32')),
        ints(0),
        ints(2, 3),
      ),
    'positive',
    IMAGE,
    [1, 4],
  ),
};
