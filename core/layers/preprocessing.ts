// Keras layers that prepare images and features, without what they draw at random. Source: Keras 2.15, layers/preprocessing/.
import { crop, resize, sidesOf, smartResize } from '../api/images.ts';
import { UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { layer, only } from './layer.ts';

layer('Resizing', {
  signature: 'height, width, interpolation="bilinear", crop_to_aspect_ratio=False',
  call: (inputs, { config, dtype }, o) => {
    const method = (config.text('interpolation') ?? 'bilinear').toLowerCase();
    const x = o.cast(only(inputs), method === 'nearest' ? dtype : 'float32');
    const size = [config.number('height'), config.number('width')] as const;
    return o.cast(config.boolean('crop_to_aspect_ratio') ? smartResize(x, size, method, o) : resize(x, size, method, false, o), dtype);
  },
});
layer('CenterCrop', {
  signature: 'height, width',
  call: (inputs, { config, dtype }, o) => {
    const x = o.cast(only(inputs), dtype);
    const [height, width] = [config.number('height'), config.number('width')];
    const [rows, columns] = sidesOf(x);
    if (rows < height || columns < width) return o.cast(smartResize(x, [height, width], 'bilinear', o), dtype);
    return crop(x, Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2), height, width, o);
  },
});

// ------------------------------------------------------------------------------------------------ categories

/** How often each of so many categories comes along the last axis; nothing is differentiated through what category a number is. */
function encoded(indices: Tensor, mode: string, depth: number, dtype: Tensor['dtype'], o: Operations): Tensor {
  if (mode === 'int') return indices;
  const rank = indices.shape?.length ?? null;
  if (rank === null) throw new UnknownArgument();
  const alone =
    mode === 'one_hot'
      ? indices.shape?.at(-1) === 1
        ? indices
        : o.expandDims(indices, rank)
      : rank === 0
        ? o.expandDims(indices, 0)
        : indices;
  const hot = o.apply('OneHot', [o.cast(alone, 'int64')], { depth, dtype, on: 1, off: 0 });
  const counts = o.sum(hot, [(alone.shape?.length ?? 1) - 1]);
  return mode === 'count' ? counts : o.minimum(counts, 1);
}
layer('CategoryEncoding', {
  signature: 'num_tokens=None, output_mode="multi_hot", sparse=False',
  autocast: false,
  call: (inputs, { config, dtype }, o) =>
    encoded(only(inputs), config.text('output_mode') ?? 'multi_hot', config.number('num_tokens'), dtype, o),
});
layer('Discretization', {
  signature: 'bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode="int", sparse=False',
  call: (inputs, { config, dtype }, o) => {
    const x = only(inputs);
    const boundaries = config.tensor('bin_boundaries', null, 'float32');
    const count = boundaries.shape?.[0] ?? null;
    if (count === null || x.shape === null) throw new UnknownArgument();
    const above = o.cast(o.greaterEqual(o.expandDims(x, x.shape.length), o.cast(boundaries, x.dtype)), 'int64');
    return encoded(o.sum(above, [x.shape.length]), config.text('output_mode') ?? 'int', count + 1, dtype, o);
  },
});
