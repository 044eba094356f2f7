// Keras' pooling, padding, cropping and upsampling. Source: Keras 2.15, layers/pooling/ and layers/reshaping/.
import type { Arguments } from '../api/function.ts';
import { pool } from '../api/pooling.ts';
import { isList, UnknownArgument, type Value } from '../api/value.ts';
import { perAxis } from '../api/windows.ts';
import { resize, sidesOf } from '../api/images.ts';
import type { Operations } from '../operations.ts';
import { isKnown } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { layer, needsRank, only } from './layer.ts';

const tuple = (one: string, rank: number): string => (rank === 1 ? one : `(${Array.from({ length: rank }, () => one).join(', ')})`);
const channelsLast = (config: Arguments): void => {
  if (config.text('data_format') === 'channels_first') throw new UnknownArgument();
};

for (const rank of [1, 2, 3])
  for (const [long, short, kind] of [
    ['MaxPooling', 'MaxPool', 'MaxPool'],
    ['AveragePooling', 'AvgPool', 'AvgPool'],
  ] as const)
    layer(`${long}${rank}D ${short}${rank}D`, {
      signature: `pool_size=${tuple('2', rank)}, strides=None, padding="valid", data_format=None`,
      call: (inputs, { config }, o) => {
        channelsLast(config);
        needsRank(only(inputs).shape, kind === 'MaxPool' ? `max_pooling${rank}d` : `average_pooling${rank}d`, { exactly: rank + 2 });
        const window = perAxis(o, config.value('pool_size'), rank, 'pool_size');
        const strides = config.has('strides') ? perAxis(o, config.value('strides'), rank, 'strides') : window;
        return pool(
          only(inputs),
          kind,
          { window, strides, padding: config.text('padding')?.toLowerCase() === 'same' ? 'SAME' : 'VALID' },
          o,
        );
      },
    });

/** Pooling to a point: a mean or a maximum over all places. */
for (const rank of [1, 2, 3])
  for (const [long, short, row] of [
    ['GlobalAveragePooling', 'GlobalAvgPool', 'Mean'],
    ['GlobalMaxPooling', 'GlobalMaxPool', 'Max'],
  ] as const) {
    const masks = rank === 1 && row === 'Mean';
    layer(`${long}${rank}D ${short}${rank}D`, {
      signature: 'data_format=None, keepdims=False',
      // The mean over time lets a mask in, and none out.
      ...(masks && { callSignature: 'mask=None, training=None', mask: () => null }),
      call: (inputs, { config, args }, o) => {
        const first = config.text('data_format') === 'channels_first' ? 2 : 1;
        const axes = Array.from({ length: rank }, (_, i) => i + first);
        if (masks && args.has('mask')) return maskedMean(only(inputs), args.tensor('mask'), first, config.boolean('keepdims'), o);
        return o.apply(row, [only(inputs)], { axes, keepDims: config.boolean('keepdims') });
      },
    });
  }
/** Over the steps that count. */
function maskedMean(x: Tensor, mask: Tensor, steps: number, keepDims: boolean, o: Operations): Tensor {
  const weights = o.expandDims(o.cast(mask, x.dtype), steps === 1 ? 2 : 1);
  const sum = (t: Tensor): Tensor => o.apply('Sum', [t], { axes: [steps], keepDims });
  return o.div(sum(o.mul(x, weights)), sum(weights));
}

// ------------------------------------------------------------------------------------------------ padding, cropping

/** `1`, `(1, 2)` per axis, or `((1, 2), (0, 1))`: before and after, per axis. */
function sides(o: Operations, value: Value, rank: number): readonly (readonly [number, number])[] {
  if (!isList(value)) return perAxis(o, value, rank, 'padding').map((n) => [n, n] as const);
  if (rank === 1) {
    const [before = 0, after = before] = perAxis(o, value, 2, 'padding');
    return [[before, after]];
  }
  return value.map((entry) => {
    const [before = 0, after = before] = isList(entry) ? perAxis(o, entry, 2, 'padding') : perAxis(o, entry, 1, 'padding');
    return [before, after] as const;
  });
}

for (const rank of [1, 2, 3]) {
  layer(`ZeroPadding${rank}D`, {
    signature: `padding=${tuple('1', rank)}, data_format=None`,
    call: (inputs, { config }, o) => {
      channelsLast(config);
      needsRank(only(inputs).shape, `zero_padding${rank}d`, { exactly: rank + 2 });
      return o.pad(only(inputs), [[0, 0], ...sides(o, config.value('padding'), rank), [0, 0]]);
    },
  });
  const cropping = rank === 1 ? '(1, 1)' : tuple(rank === 2 ? '(0, 0)' : '(1, 1)', rank);
  layer(`Cropping${rank}D`, {
    signature: `cropping=${cropping}, data_format=None`,
    call: (inputs, { config }, o) => {
      channelsLast(config);
      const x = only(inputs);
      needsRank(x.shape, `cropping${rank}d`, { exactly: rank + 2 });
      const cut = [[0, 0] as const, ...sides(o, config.value('cropping'), rank), [0, 0] as const];
      return o.apply('StridedSlice', [x], {
        indices: cut.map(([before, after], i) => {
          const d = x.shape?.[i] ?? null;
          return { kind: 'slice', start: before, size: d === null ? null : Math.max(0, d - before - after), step: 1 };
        }),
      });
    },
  });
}

// ------------------------------------------------------------------------------------------------ upsampling

/** Every element of an axis several times (Keras: backend.repeat_elements). */
export function repeatElements(x: Tensor, times: number, axis: number, o: Operations): Tensor {
  if (!isKnown(x.shape)) throw new UnknownArgument();
  const wide = o.expandDims(x, axis + 1);
  const tiled = o.tile(
    wide,
    (wide.shape ?? []).map((_, i) => (i === axis + 1 ? times : 1)),
  );
  return o.reshape(
    tiled,
    x.shape.map((d, i) => (i === axis ? d * times : d)),
  );
}
for (const rank of [1, 3])
  layer(`UpSampling${rank}D`, {
    signature: `size=${tuple('2', rank)}, data_format=None`,
    call: (inputs, { config }, o) => {
      channelsLast(config);
      const times = perAxis(o, config.value('size'), rank, 'size');
      return times.reduce((y, n, i) => repeatElements(y, n, i + 1, o), only(inputs));
    },
  });
layer('UpSampling2D', {
  signature: 'size=(2, 2), data_format=None, interpolation="nearest"',
  call: (inputs, { config }, o) => {
    channelsLast(config);
    const x = only(inputs);
    const times = perAxis(o, config.value('size'), 2, 'size');
    const size = sidesOf(x).map((side, i) => side * (times[i] ?? 1));
    return resize(x, size, config.text('interpolation') ?? 'nearest', false, o);
  },
});
