// Paddings, rolls, reversals, and moves between space, depth and batch. TensorFlow: python/ops/array_ops.py, manip_ops.py.
import { OpError } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Arguments, define } from './function.ts';
import { UnknownArgument } from './value.ts';

type Pairs = readonly (readonly [number, number])[];
/** [before, after] per axis, as an array [n, 2] has them. */
function pairs(a: Arguments, name: string): Pairs {
  const numbers = a.numbers(name);
  if (numbers === null) throw new UnknownArgument();
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i] ?? 0, numbers[2 * i + 1] ?? 0]);
}
/** Numbers that have to be known, in a list or alone. */
function numbers(a: Arguments, name: string): readonly number[] {
  const list = a.numbers(name);
  if (list === null) throw new UnknownArgument();
  return list;
}

define('tf.pad', 'tensor, paddings, mode="CONSTANT", constant_values=0, name=None', (a, o) => {
  const x = a.tensor('tensor');
  const mode = (a.text('mode') ?? '').toUpperCase();
  const paddings = pairs(a, 'paddings');
  if (mode === 'CONSTANT') return o.pad(x, paddings, a.number('constant_values'));
  if (mode !== 'REFLECT' && mode !== 'SYMMETRIC')
    throw new OpError(
      'ValueError',
      `Value of argument \`mode\` expected to be one of 'CONSTANT', 'REFLECT', or 'SYMMETRIC'. Received \`mode\` = ${mode}`,
    );
  return o.apply('MirrorPad', [x], { paddings, symmetric: mode === 'SYMMETRIC' });
});
define('tf.roll', 'input, shift, axis, name=None', (a, o) => {
  const x = a.tensor('input');
  const axes = a.axes('axis', x);
  if (!axes) throw new UnknownArgument();
  return o.apply('Roll', [x], { shifts: numbers(a, 'shift'), axes });
});
define('tf.reverse_sequence', 'input, seq_lengths, seq_axis=None, batch_axis=None, name=None', (a, o) => {
  const x = a.tensor('input');
  const axis = (name: string): number => {
    const given = a.has(name) ? a.number(name) : 0;
    return given < 0 ? given + (x.shape?.length ?? 0) : given;
  };
  return o.apply('ReverseSequence', [x, a.tensor('seq_lengths', null, 'int32')], { axis: axis('seq_axis'), batch: axis('batch_axis') });
});

for (const [name, row] of [
  ['space_to_depth', 'SpaceToDepth'],
  ['depth_to_space', 'DepthToSpace'],
] as const)
  define(`tf.nn.${name}`, 'input, block_size, data_format="NHWC", name=None', (a, o) => {
    const x = a.tensor('input');
    const size = a.number('block_size');
    const format = a.text('data_format');
    if (format === 'NHWC') return o.apply(row, [x], { size });
    if (format !== 'NCHW') throw new UnknownArgument();
    return o.transpose(o.apply(row, [o.transpose(x, [0, 2, 3, 1])], { size }), [0, 3, 1, 2]);
  });
const blocked =
  (row: string, other: string) => (a: Arguments, o: { apply: (name: string, inputs: readonly Tensor[], attributes: object) => Tensor }) =>
    o.apply(row, [a.tensor('input')], { block: numbers(a, 'block_shape'), paddings: pairs(a, other) });
define(
  'tf.space_to_batch tf.space_to_batch_nd tf.nn.space_to_batch',
  'input, block_shape, paddings, name=None',
  blocked('SpaceToBatchND', 'paddings'),
);
define('tf.batch_to_space', 'input, block_shape, crops, name=None', blocked('BatchToSpaceND', 'crops'));
