// Moves of blocks: between space, depth and batch, around an end, mirrored beyond an edge, reversed up to a length. TensorFlow: python/ops/array_grad.py.
import { op } from '../row.ts';
import { OpError } from '../shape.ts';
import type { Dimension, Shape } from '../tensor.ts';
import { intoBatch, intoLast, outOfBatch, outOfLast } from './directions.ts';

const moving = { args: ['x'] as const, dtype: 'same', dependence: 'move', zeroWhen: 'any' } as const;
const over = (d: Dimension, by: number): Dimension => (d === null ? null : d / by);
const times = (d: Dimension, by: number): Dimension => (d === null ? null : d * by);

/** Along each axis, by how far; what leaves at the end comes back in at the beginning. */
op<'x', { shifts: readonly number[]; axes: readonly number[] }>('Roll', {
  ...moving,
  shape: ([x = null]) => x,
  gradient: ({ dy, attributes: { shifts, axes } }, o) => [o.apply('Roll', [dy], { shifts: shifts.map((s) => -s), axes })],
  tangent: ({ tangents: [dx], attributes: { shifts, axes } }, o) => [
    dx ? o.apply('Roll', [dx], { shifts, axes: axes.map((a) => a + 1) }) : null,
  ],
});

/** The first `lengths[b]` elements along an axis are turned around, for each b of the batch axis. */
op<'x' | 'lengths', { axis: number; batch: number }>('ReverseSequence', {
  args: ['x', 'lengths'],
  dtype: ([x = null]) => x,
  dependence: 'move',
  zeroWhen: [0],
  shape: ([x = null]) => x,
  gradient: ({ lengths, dy, attributes }, o) => [o.apply('ReverseSequence', [dy, lengths], attributes), null],
  tangent: ({ lengths, tangents: [dx], attributes: { axis, batch } }, o) => [
    dx ? o.apply('ReverseSequence', [dx, lengths], { axis: axis + 1, batch: batch + 1 }) : null,
  ],
});

interface Mirror {
  readonly paddings: readonly (readonly [number, number])[];
  /** Whether the edge itself is repeated. */
  readonly symmetric: boolean;
}
const widened = (x: Shape, { paddings }: Mirror, sign: 1 | -1): Shape =>
  x && x.map((d, i) => (d === null ? null : d + sign * ((paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0))));
const unmoved = (mirror: Mirror): Mirror => ({ ...mirror, paddings: [[0, 0], ...mirror.paddings] });
op<'x', Mirror>('MirrorPad', {
  ...moving,
  shape: ([x = null], mirror) => {
    x?.forEach((d, i) => {
      const most = d === null ? Infinity : d - (mirror.symmetric ? 0 : 1);
      if (Math.max(...(mirror.paddings[i] ?? [0])) > most)
        throw new OpError('InvalidArgumentError', `paddings must be no greater than ${most}, got ${mirror.paddings[i]?.join(', ')}`);
    });
    return widened(x, mirror, 1);
  },
  gradient: ({ dy, attributes }, o) => [o.apply('MirrorPadGrad', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('MirrorPad', [dx], unmoved(attributes)) : null],
});
op<'x', Mirror>('MirrorPadGrad', {
  args: ['x'],
  dtype: 'same',
  dependence: 'adds',
  zeroWhen: 'any',
  shape: ([x = null], mirror) => widened(x, mirror, -1),
  gradient: ({ dy, attributes }, o) => [o.apply('MirrorPad', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? o.apply('MirrorPadGrad', [dx], unmoved(attributes)) : null],
});

// ------------------------------------------------------------------------------------------------ space, depth, batch

/** Blocks of `size` by `size` in the middle axes of [n, h, w, c]. */
interface Block {
  readonly size: number;
}
op<'x', Block>('SpaceToDepth', {
  ...moving,
  shape: ([x = null], { size }) =>
    x && [x[0] ?? null, over(x[1] ?? null, size), over(x[2] ?? null, size), times(x[3] ?? null, size * size)],
  gradient: ({ dy, attributes }, o) => [o.apply('DepthToSpace', [dy], attributes)],
  tangent: ({ tangents: [dx], directions, attributes }, o) => [
    dx ? outOfBatch(o.apply('SpaceToDepth', [intoBatch(dx, o)], attributes), directions, o) : null,
  ],
});
op<'x', Block>('DepthToSpace', {
  ...moving,
  shape: ([x = null], { size }) =>
    x && [x[0] ?? null, times(x[1] ?? null, size), times(x[2] ?? null, size), over(x[3] ?? null, size * size)],
  gradient: ({ dy, attributes }, o) => [o.apply('SpaceToDepth', [dy], attributes)],
  tangent: ({ tangents: [dx], directions, attributes }, o) => [
    dx ? outOfBatch(o.apply('DepthToSpace', [intoBatch(dx, o)], attributes), directions, o) : null,
  ],
});

/** Blocks along the axes after the first, which are padded first, or cropped last. */
interface Blocks {
  readonly block: readonly number[];
  readonly paddings: readonly (readonly [number, number])[];
}
const count = ({ block }: Blocks): number => block.reduce((a, b) => a * b, 1);
const margin = ({ paddings }: Blocks, i: number): number => (paddings[i]?.[0] ?? 0) + (paddings[i]?.[1] ?? 0);
op<'x', Blocks>('SpaceToBatchND', {
  ...moving,
  shape: ([x = null], blocks) => {
    if (x === null) return null;
    const inner = blocks.block.map((size, i) => {
      const whole = x[i + 1] ?? null;
      if (whole !== null && (whole + margin(blocks, i)) % size !== 0)
        throw new OpError(
          'InvalidArgumentError',
          `padded_shape[${i}]=${whole + margin(blocks, i)} is not divisible by block_shape[${i}]=${size}`,
        );
      return whole === null ? null : (whole + margin(blocks, i)) / size;
    });
    return [times(x[0] ?? null, count(blocks)), ...inner, ...x.slice(1 + inner.length)];
  },
  gradient: ({ dy, attributes }, o) => [o.apply('BatchToSpaceND', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? outOfLast(o.apply('SpaceToBatchND', [intoLast(dx, o)], attributes), o) : null],
});
op<'x', Blocks>('BatchToSpaceND', {
  ...moving,
  shape: ([x = null], blocks) => {
    if (x === null) return null;
    const inner = blocks.block.map((size, i) => {
      const d = x[i + 1] ?? null;
      return d === null ? null : d * size - margin(blocks, i);
    });
    return [over(x[0] ?? null, count(blocks)), ...inner, ...x.slice(1 + inner.length)];
  },
  gradient: ({ dy, attributes }, o) => [o.apply('SpaceToBatchND', [dy], attributes)],
  tangent: ({ tangents: [dx], attributes }, o) => [dx ? outOfLast(o.apply('BatchToSpaceND', [intoLast(dx, o)], attributes), o) : null],
});
