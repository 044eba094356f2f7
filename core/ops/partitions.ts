// Rows dealt out and put together again, many tensors at once, checks, and what is counted, searched or shuffled. TensorFlow: python/ops/data_flow_grad.py, array_grad.py.
import { op } from '../row.ts';
import { merge, OpError, show } from '../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../tensor.ts';
import { intoLast, outOfLast } from './directions.ts';

/** `sizes`: how many rows each part gets, which the partitions say. */
op<'x' | 'partitions', { sizes: readonly Dimension[] }>('DynamicPartition', {
  args: ['x', 'partitions'],
  outputs: ({ sizes }) => sizes.length,
  shape: ([x = null, partitions = null], { sizes }) => {
    const parts = sizes.map((size) => x && partitions && [size, ...x.slice(partitions.length)]);
    return parts.length === 1 ? (parts[0] ?? null) : parts;
  },
  dtype: ([x = null], { sizes }) => sizes.map(() => x),
  dependence: 'move',
  zeroWhen: [0],
  gradient: ({ x, partitions, upstream, attributes }, o) => {
    const count = partitions.shape?.reduce<Dimension>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
    const places = o.reshape(
      o.apply('Range', [o.scalar(0, 'int32'), o.scalar(count ?? 0, 'int32'), o.scalar(1, 'int32')], { count }),
      partitions.shape,
    );
    const parts = o.eager.apply('DynamicPartition', [places, partitions], attributes);
    const together = o.apply('DynamicStitch', [...parts, ...upstream], { rows: count });
    return [o.reshape(together, x.shape), null];
  },
  tangent: ({ partitions, tangents: [dx], attributes }, o) =>
    dx
      ? o.eager.apply('DynamicPartition', [intoLast(dx, o), partitions], attributes).map((part) => outOfLast(part, o))
      : attributes.sizes.map(() => null),
});

/** The first half of the inputs says where the rows of the second half go; of rows for one place the last counts. */
op<'list…', { rows: Dimension }>('DynamicStitch', {
  args: ['list…'],
  dtype: (dtypes) => dtypes[dtypes.length / 2] ?? null,
  dependence: 'move',
  zeroWhen: 'all',
  shape: (shapes, { rows }) => {
    const half = shapes.length / 2;
    const first = shapes[half] ?? null;
    const places = shapes[0] ?? null;
    return first && places && [rows, ...first.slice(places.length)];
  },
  gradient: ({ inputs, dy }, o) => {
    const half = inputs.length / 2;
    return inputs.map((_, i) => (i < half ? null : o.apply('GatherV2', [dy, inputs[i - half] as Tensor], { axis: 0 })));
  },
  tangent: ({ inputs, tangents, directions, attributes }, o) => {
    const half = inputs.length / 2;
    const wide = inputs.slice(half).map((t, i) => {
      const given = tangents[half + i];
      return given ? intoLast(given, o) : o.full(0, t.shape && [...t.shape, directions], t.dtype);
    });
    return [outOfLast(o.apply('DynamicStitch', [...inputs.slice(0, half), ...wide], attributes), o)];
  },
});

/** Several tensors passed on as one op. */
op<'list…', { count: number }>('IdentityN', {
  args: ['list…'],
  outputs: ({ count }) => count,
  shape: (shapes) => (shapes.length === 1 ? (shapes[0] ?? null) : shapes),
  dtype: (dtypes) => dtypes,
  dependence: 'all',
  zeroWhen: 'never',
  gradient: ({ upstream }) => upstream,
  tangent: ({ tangents }) => tangents,
});

const passing = { args: ['x'] as const, dtype: 'same', dependence: 'move', zeroWhen: 'any' } as const;
/** x, once its shape is found to be one that fits. */
op<'x', { shape: Shape }>('EnsureShape', {
  ...passing,
  shape: ([x = null], { shape }) => {
    const isOther = x && shape && (x.length !== shape.length || x.some((d, i) => d !== null && shape[i] !== null && d !== shape[i]));
    if (isOther)
      throw new OpError('InvalidArgumentError', `Shape of tensor x ${show(x)} is not compatible with expected shape ${show(shape)}.`);
    return merge(x, shape);
  },
  gradient: ({ dy }) => [dy],
  tangent: ({ tangents: [dx] }) => [dx ?? null],
});
/** x, once all of its numbers are found to be finite; its gradient is checked as well. */
op<'x', { message: string }>('CheckNumerics', {
  ...passing,
  shape: ([x = null]) => x,
  gradient: ({ dy, attributes: { message } }, o) => [
    o.apply('CheckNumerics', [dy], { message: `Not a number (NaN) or infinity (Inf) values detected in gradient. ${message}` }),
  ],
  tangent: ({ tangents: [dx] }) => [dx ?? null],
});

// ------------------------------------------------------------------------------------------------ without gradients

const silent = { zeroWhen: 'never', gradient: 'none', tangent: 'none', dependence: 'all' } as const;
op('InvertPermutation', { args: ['x'], shape: ([x = null]) => x, dtype: 'same', ...silent });
/** Where in sorted rows the values belong: before what equals them, or after. */
op<'sorted' | 'values', { right: boolean; dtype: DType }>('SearchSorted', {
  args: ['sorted', 'values'],
  shape: ([, values = null]) => values,
  dtype: (_, { dtype }) => dtype,
  ...silent,
});
/** The places of what is not zero, one a row; `count`: how many there are. */
op<'x', { count: Dimension }>('Where', {
  args: ['x'],
  shape: ([x = null], { count }) => [count, x?.length ?? null],
  dtype: 'int64',
  ...silent,
  gradient: 'missing',
});
/** The different values in the order of their first appearance, where each element stands among them, and how often each occurs. No gradient is registered. */
op<'x', { count: Dimension; dtype: DType; counts: boolean }>('Unique', {
  args: ['x'],
  outputs: ({ counts }) => (counts ? 3 : 2),
  shape: ([x = null], { count, counts }) => [[count], x, ...(counts ? [[count]] : [])],
  dtype: ([x = null], { dtype, counts }) => [x, dtype, ...(counts ? [dtype] : [])],
  ...silent,
  gradient: 'missing',
});
/** Whether the target of each row is among its `count` largest. */
op<'predictions' | 'targets', { count: number }>('InTopKV2', {
  args: ['predictions', 'targets'],
  shape: ([, targets = null]) => targets,
  dtype: 'bool',
  ...silent,
  gradient: 'missing',
});
/** How many numbers fall between limits, in bins of equal width. */
op<'x' | 'limits', { bins: number; dtype: DType }>('HistogramFixedWidth', {
  args: ['x', 'limits'],
  shape: (_, { bins }) => [bins],
  dtype: (_, { dtype }) => dtype,
  ...silent,
  gradient: 'missing',
});
/** The bits of x as another dtype of the same width. */
op<'x', { dtype: DType }>('Bitcast', {
  args: ['x'],
  shape: ([x = null]) => x,
  dtype: (_, { dtype }) => dtype,
  ...silent,
  gradient: 'missing',
});
/** How often each number below `size` occurs, or the sum of its weights. No gradient is registered. */
op<'x' | 'weights', { size: Dimension; dtype: DType; binary: boolean }>('DenseBincount', {
  args: ['x', 'weights'],
  shape: (_, { size }) => [size],
  dtype: (_, { dtype }) => dtype,
  ...silent,
  gradient: 'missing',
});

// ------------------------------------------------------------------------------------------------ strings

op('AsString', { args: ['x'], shape: ([x = null]) => x, dtype: 'string', ...silent });
op<'x', { dtype: DType }>('StringToNumber', { args: ['x'], shape: ([x = null]) => x, dtype: (_, { dtype }) => dtype, ...silent });
