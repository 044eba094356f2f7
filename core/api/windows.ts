// How public functions say where windows lie: `strides=2`, `strides=[1, 2, 2, 1]`, `padding="SAME"`. TensorFlow: python/ops/nn_ops.py, _get_sequence and convert_padding.
import { OpError } from '../shape.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import type { Padding } from '../windows.ts';
import type { Arguments } from './function.ts';
import { isList, toShape, UnknownArgument, type Value } from './value.ts';
import type { Operations } from '../operations.ts';

/** Channels come last; other layouts are for GPUs, and nothing is said of them. */
export function channelsLast(a: Arguments): void {
  const format = a.text('data_format');
  if (format !== null && !/^N(H|W|D)/.test(format)) throw new UnknownArgument();
}

/** One number per spatial axis, from one for all, one per axis, or one per axis of the image. */
export function perAxis(o: Operations, value: Value, rank: number, name: string): readonly number[] {
  if (value === null) return Array.from({ length: rank }, () => 1);
  const list = toShape(o, value);
  if (list === null || list.some((n) => n === null)) throw new UnknownArgument();
  const numbers = list.map((n) => n ?? 1);
  if (numbers.length === rank) return numbers;
  if (numbers.length === 1) return Array.from({ length: rank }, () => numbers[0] ?? 1);
  if (numbers.length !== rank + 2)
    throw new OpError(
      'ValueError',
      `${name} should be of length 1, ${rank} or ${rank + 2}. Received: ${name}=[${numbers.join(', ')}] of length ${numbers.length}`,
    );
  // Windows over examples or channels are for nobody.
  if (numbers[0] !== 1 || numbers.at(-1) !== 1) throw new UnknownArgument();
  return numbers.slice(1, -1);
}

/** "SAME", "VALID", or `[[0, 0], [before, after], …, [0, 0]]`. */
export function paddingOf(a: Arguments, name = 'padding'): Padding {
  const value = a.value(name);
  if (typeof value === 'string') {
    if (value === 'SAME' || value === 'VALID') return value;
    const upper = value.toUpperCase();
    if (upper === 'SAME' || upper === 'VALID') return upper;
  }
  if (!isList(value)) throw new UnknownArgument();
  const pairs = value.map((pair) => {
    const [before, after] = a.axesIn(pair);
    if (before === undefined || after === undefined) throw new UnknownArgument();
    return [before, after] as const;
  });
  return pairs.slice(1, -1);
}

/** Makes all axes before the image's own one batch, and afterwards several again (nn_ops.py, squeeze_batch_dims). */
export function withOneBatch(x: Tensor, rank: number, o: Operations, body: (x: Tensor) => Tensor): Tensor {
  const { shape } = x;
  if (shape === null || shape.length === rank + 2) return body(x);
  const own: Shape = shape.slice(-rank - 1);
  const batch = shape.slice(0, -rank - 1);
  const size = batch.reduce<Dimension>((n, d) => (n === null || d === null ? null : n * d), 1);
  const y = body(o.reshape(x, [size, ...own]));
  return o.reshape(y, y.shape && [...batch, ...y.shape.slice(1)]);
}
