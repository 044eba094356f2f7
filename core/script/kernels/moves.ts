// Kernels that move elements. Gradients: tfjs-core/src/gradients/*_grad.ts.
import { UnknownArgument } from '../../api/value.ts';
import type { Operations } from '../../operations.ts';
import { isKnown } from '../../shape.ts';
import type { Dimension, Shape, Tensor } from '../../tensor.ts';
import { kernel } from '../kernel.ts';

const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? (value as readonly number[]) : []);
const knownShape = (shape: Shape): readonly number[] => {
  if (!isKnown(shape)) throw new UnknownArgument();
  return shape;
};

kernel('Reshape', ['x'], { forward: 'Reshape', gradient: ({ dy, x }, o) => [() => o.reshape(dy, x.shape)] });
kernel('ExpandDims', ['input'], { forward: 'ExpandDims', gradient: ({ dy, input }, o) => [() => o.reshape(dy, input.shape)] });
kernel('Transpose', ['x'], {
  forward: 'Transpose',
  gradient: ({ dy, attributes: { permutation } }, o) => {
    const order = permutation as readonly number[] | null | undefined;
    if (order === undefined) throw new UnknownArgument();
    return [() => o.transpose(dy, order && order.map((_, i) => order.indexOf(i)))];
  },
});
kernel('Concat', [], {
  forward: 'ConcatV2',
  gradient: ({ dy, inputs, attributes }, o) => {
    const axis = Number(attributes['axis']);
    const sizes = inputs.map((t): Dimension => t.shape?.at(axis) ?? null);
    if (sizes.some((s) => s === null)) throw new UnknownArgument();
    return o.eager.apply('SplitV', [dy], { axis, sizes }).map((part) => () => part);
  },
});
kernel('SplitV', ['x'], {
  forward: 'SplitV',
  gradient: ({ upstream, attributes: { axis } }, o) => [() => joined(upstream, Number(axis), o)],
});
const joined = (list: readonly Tensor[], axis: number, o: Operations): Tensor =>
  list.length === 1 && list[0] ? o.identity(list[0]) : o.concat(list, axis);
kernel('Pack', [], {
  forward: 'Pack',
  gradient: ({ dy, inputs, attributes: { axis } }, o) => o.unstack(dy, Number(axis), inputs.length).map((part) => () => part),
});
kernel('Unpack', ['value'], {
  forward: 'Unpack',
  gradient: ({ upstream, attributes: { axis } }, o) => [() => o.stack(upstream, Number(axis))],
});
kernel('Slice', ['x'], {
  forward: 'Slice',
  gradient: ({ dy, x, y, attributes: { begin } }, o) => {
    const [from, to] = [knownShape(x.shape), knownShape(y.shape)];
    return [
      () =>
        o.pad(
          dy,
          from.map((d, i) => [numbers(begin)[i] ?? 0, d - (numbers(begin)[i] ?? 0) - (to[i] ?? 0)] as const),
        ),
    ];
  },
});
kernel('StridedSlice', ['x'], { forward: 'StridedSlice', gradient: null });
kernel('PadV2', ['x'], {
  forward: 'PadV2',
  gradient: ({ dy, x, attributes: { paddings } }, o) => {
    const before = (paddings as readonly (readonly [number, number])[]).map(([first]) => first);
    return [() => o.slice(dy, before, knownShape(x.shape))];
  },
});
kernel('Reverse', ['x'], {
  forward: 'ReverseV2',
  gradient: ({ dy, attributes }, o) => [() => o.apply('ReverseV2', [dy], attributes)],
});

/** More copies than this are not added up one by one. */
const MOST_COPIES = 256;
/** Zeros of x, and every copy's gradient added to them: the zeros are an edge, so that the second derivative is zeros. */
kernel('Tile', ['x'], {
  forward: 'Tile',
  gradient: ({ dy, x, attributes }, o) => [
    () => {
      const multiples = numbers(attributes['multiples']);
      const shape = knownShape(x.shape);
      const copies = multiples.reduce((a, b) => a * b, 1);
      if (copies > MOST_COPIES) throw new UnknownArgument();
      let sum = o.zerosLike(x);
      for (let copy = 0; copy < copies; copy++) {
        let rest = copy;
        const begin = [...multiples.keys()]
          .reverse()
          .map((axis) => {
            const at = rest % (multiples[axis] ?? 1);
            rest = Math.floor(rest / (multiples[axis] ?? 1));
            return at * (shape[axis] ?? 0);
          })
          .reverse();
        sum = o.add(sum, o.slice(dy, begin, shape));
      }
      return sum;
    },
  ],
});

/** Rows of x added up by their segments: [n, …] -> [count, …]. */
kernel('UnsortedSegmentSum', ['x', 'segmentIds'], {
  forward: ([x, ids], { count }, o) => [
    o.apply('_GatherGrad', [x as Tensor, ids as Tensor], {
      axis: 0,
      shape: x?.shape ? [count as number, ...x.shape.slice(ids?.shape?.length ?? 1)] : null,
    }),
  ],
  gradient: ({ dy, segmentIds }, o) => [
    () => {
      const gathered = o.apply('GatherV2', [dy, o.maximum(segmentIds, o.zerosLike(segmentIds))], { axis: 0 });
      const rank = (gathered.shape?.length ?? 1) - (segmentIds.shape?.length ?? 1);
      let isPositive = o.greaterEqual(segmentIds, 0);
      for (let i = 0; i < rank; i++) isPositive = o.expandDims(isPositive, i + 1);
      isPositive = o.logicalAnd(isPositive, o.full(1, gathered.shape, 'bool'));
      return o.select(isPositive, gathered, o.zerosLike(gathered));
    },
    undefined,
  ],
});
kernel('GatherV2', ['x', 'indices'], {
  forward: 'GatherV2',
  gradient: ({ dy, x, indices, attributes }, o, k) => [
    () => {
      const axis = Number(attributes['axis']);
      const shape = knownShape(x.shape);
      const count = knownShape(indices.shape).reduce((a, b) => a * b, 1);
      const values = o.reshape(dy, [...shape.slice(0, axis), count, ...shape.slice(axis + 1)]);
      const order = [axis, ...shape.map((_, i) => i).filter((i) => i !== axis)];
      const back = order.map((_, i) => order.indexOf(i));
      const swap = (t: Tensor, by: readonly number[]) => (shape.length < 2 ? o.identity(t) : o.transpose(t, by));
      const sums = k.kernel('UnsortedSegmentSum', [swap(values, order), o.reshape(indices, [count])], { count: shape[axis] ?? 0 });
      return swap(sums, back);
    },
    () => indices,
  ],
});
kernel('OneHot', ['indices'], { forward: 'OneHot', gradient: ({ indices }, o) => [() => o.full(0, indices.shape, 'float32')] });
for (const name of ['Fill', 'Range'] as const) kernel(name, [], { forward: name, gradient: null });
