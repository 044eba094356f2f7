// Shapes, slices, joins, and tensors made of numbers. TensorFlow.js: tfjs-core/src/ops/*.ts.
import { isList, UnknownArgument, type Value } from '../../api/value.ts';
import type { Operations } from '../../operations.ts';
import { isKnown, normalizeAxis, sizeOf } from '../../shape.ts';
import type { Dimension, DType, Shape, Tensor } from '../../tensor.ts';
import { literal, numbersIn, type ScriptArguments, shapeIn, toScriptTensor } from '../arguments.ts';
import { scriptError } from '../error.ts';
import { define } from '../function.ts';
import { both } from './math.ts';

const any = (a: ScriptArguments, name = 'x'): Tensor => a.tensor(name, 'string_or_numeric');
const knownShape = (x: Tensor): readonly number[] => {
  if (!isKnown(x.shape)) throw new UnknownArgument();
  return x.shape;
};

/** To a shape with at most one −1. */
function reshape(x: Tensor, shape: Shape, o: Operations): Tensor {
  const size = sizeOf(x.shape);
  if (size !== null && isKnown(shape)) {
    const known = shape.filter((d) => d !== -1).reduce((a, b) => a * b, 1);
    if (shape.includes(-1) ? known === 0 || size % known !== 0 : size !== known)
      throw scriptError(
        shape.includes(-1)
          ? `The implicit shape can't be a fractional number. Got ${size} / ${known}`
          : `Size(${size}) must match the product of shape ${shape.join(',')}`,
      );
  }
  return o.reshape(x, shape);
}
define(both('reshape'), 'x, shape', (a, o) => reshape(any(a), a.shape('shape'), o));
define('.reshapeAs', 'x, like', (a, o) => reshape(any(a), a.tensor('like').shape, o));
define('.flatten .as1D', 'x', (a, o) => reshape(any(a), [sizeOf(any(a).shape)], o));
define('.asScalar', 'x', (a, o) => {
  const x = any(a);
  const size = sizeOf(x.shape);
  if (size !== null && size !== 1) throw scriptError('The array must have only 1 element.');
  return o.reshape(x, []);
});
for (const [name, sizes] of [
  ['.as2D', 'rows, columns'],
  ['.as3D', 'rows, columns, depth'],
  ['.as4D', 'rows, columns, depth, depth2'],
] as const)
  define(name, `x, ${sizes}`, (a, o) =>
    reshape(
      any(a),
      sizes.split(', ').map((size) => a.number(size)),
      o,
    ),
  );
define(both('expandDims'), 'x, axis=0', (a, o) => o.expandDims(any(a), a.number('axis')));
define(both('squeeze'), 'x, axis=null', (a, o) => {
  const x = any(a);
  const shape = knownShape(x);
  const axes = a.axes('axis', x) ?? null;
  for (const axis of axes ?? [])
    if (shape[axis] !== 1) throw scriptError(`Can't squeeze axis ${axis} since its dim '${shape[axis]}' is not 1`);
  return o.reshape(
    x,
    shape.filter((d, i) => (axes === null ? d !== 1 : !axes.includes(i))),
  );
});
define(both('transpose'), 'x, perm=null', (a, o) => {
  const x = a.tensor('x');
  const rank = knownShape(x).length;
  const order = a.has('perm') ? a.numbers('perm') : [...Array(rank).keys()].reverse();
  if (order.length !== rank) throw scriptError(`Error in transpose: rank of input ${rank} must match length of perm ${order.join(',')}.`);
  return rank < 2 ? o.identity(x) : o.transpose(x, order);
});
define(both('reverse'), 'x, axis=null', (a, o) => {
  const x = a.tensor('x');
  return o.apply('ReverseV2', [x], { axes: a.axes('axis', x) ?? knownShape(x).map((_, i) => i) });
});
define(both('tile'), 'x, reps', (a, o) => {
  const x = any(a);
  const multiples = a.numbers('reps');
  if (x.shape && x.shape.length !== multiples.length)
    throw scriptError(`Error in transpose: rank of input ${x.shape.length} must match length of reps ${multiples.join(',')}.`);
  return o.tile(x, multiples);
});
define(both('pad'), 'x, paddings, constantValue=0', (a, o) => {
  const x = a.tensor('x');
  const paddings = a.value('paddings');
  if (!isList(paddings)) throw new UnknownArgument();
  if (x.shape?.length === 0) throw scriptError('pad(scalar) is not defined. Pass non-scalar to pad');
  return o.pad(
    x,
    paddings.map((p) => {
      const [before = 0, after = 0] = numbersIn(p);
      return [before, after] as const;
    }),
    a.number('constantValue'),
  );
});

// ------------------------------------------------------------------------------------------------ parts

/** Begins and sizes of a slice for every axis: what is left out goes to the end. */
define(both('slice'), 'x, begin, size=null', (a, o) => {
  const x = any(a);
  const shape = knownShape(x);
  if (shape.length === 0) throw scriptError('Slicing scalar is not possible');
  const given = a.numbers('begin');
  const begin = shape.map((_, i) => given[i] ?? 0);
  const sizes = a.has('size') ? a.numbers('size') : [];
  const size = shape.map((d, i) => {
    const s = sizes[i] ?? -1;
    return s === -1 ? d - (begin[i] ?? 0) : s;
  });
  shape.forEach((d, i) => {
    if ((begin[i] ?? 0) + (size[i] ?? 0) > d)
      throw scriptError(
        `Error in slice${shape.length}D: begin[${i}] + size[${i}] (${(begin[i] ?? 0) + (size[i] ?? 0)}) would overflow input.shape[${i}] (${d})`,
      );
  });
  return o.slice(x, begin, size);
});
define(both('concat'), 'tensors, axis=0', (a, o) => concatenated(a.tensors('tensors'), a.number('axis'), o));
for (const rank of [1, 2, 3, 4])
  define(`concat${rank}d`, 'tensors, axis=0', (a, o) => concatenated(a.tensors('tensors'), a.number('axis'), o));
export function concatenated(list: readonly Tensor[], axis: number, o: Operations): Tensor {
  const [first] = list;
  if (!first) throw scriptError('Pass at least one tensor to concat');
  if (list.length === 1) return o.identity(first);
  if (first.shape === null) throw new UnknownArgument();
  return o.concat(list, normalizeAxis(axis, first.shape.length));
}
define('stack', 'tensors, axis=0', (a, o) => stacked(a.tensors('tensors'), a.number('axis'), o));
define('.stack', 'x, more, axis=0', (a, o) => {
  const more = a.value('more');
  return stacked([a.tensor('x'), ...(isList(more) ? a.tensors('more') : [a.tensor('more')])], a.number('axis'), o);
});
function stacked(list: readonly Tensor[], axis: number, o: Operations): Tensor {
  if (list.length === 0) throw scriptError('Pass at least one tensor to tf.stack');
  return o.stack(list, axis);
}
define(both('unstack'), 'x, axis=0', (a, o) => {
  const x = any(a);
  const shape = knownShape(x);
  const axis = normalizeAxis(a.number('axis'), shape.length);
  return o.unstack(x, axis, shape[axis] ?? 0);
});
define(both('split'), 'x, numOrSizeSplits, axis=0', (a, o) => {
  const x = a.tensor('x');
  const shape = knownShape(x);
  const axis = normalizeAxis(a.number('axis'), shape.length);
  const total = shape[axis] ?? 0;
  const given = a.value('numOrSizeSplits');
  const sizes = isList(given)
    ? numbersIn(given).map((s, _, all) => (s === -1 ? total - all.filter((t) => t !== -1).reduce((p, q) => p + q, 0) : s))
    : Array.from({ length: a.number('numOrSizeSplits') }, () => total / a.number('numOrSizeSplits'));
  if (sizes.some((s) => !Number.isInteger(s))) throw scriptError('Number of splits must evenly divide the axis.');
  return o.eager.apply('SplitV', [x], { axis, sizes });
});
define(both('gather'), 'x, indices, axis=0, batchDims=0', (a, o) => {
  const x = a.tensor('x');
  if (a.number('batchDims') !== 0) throw new UnknownArgument();
  return o.apply('GatherV2', [x, a.tensor('indices', 'int32')], { axis: normalizeAxis(a.number('axis'), knownShape(x).length) });
});
define(both('unsortedSegmentSum'), 'x, segmentIds, numSegments', (a, _, e) =>
  e.kernel('UnsortedSegmentSum', [a.tensor('x'), a.tensor('segmentIds', 'int32')], { count: a.number('numSegments') }),
);

// ------------------------------------------------------------------------------------------------ of numbers

/** A tensor of the values given, in the shape given or found. */
function made(o: Operations, value: Value, shape: Shape, dtype: DType | null, rank: number | null): Tensor {
  const inferred = toScriptTensor(o, value, dtype ?? 'string_or_numeric', 'values', 'tensor');
  if (shape === null) {
    if (rank !== null && inferred.shape && inferred.shape.length !== rank)
      throw rank === 0
        ? scriptError('A non-scalar was given to tf.scalar')
        : scriptError(`tensor${rank}d() requires values to be a nested array of numbers, or a flat array with a shape`);
    return inferred;
  }
  const size = sizeOf(shape);
  const count = sizeOf(inferred.shape);
  if (size !== null && count !== null && size !== count)
    throw scriptError(`Based on the provided shape, [${shape.join(',')}], the tensor should have ${size} values but has ${count}`);
  return o.eager.backend.alias(o.reshape(inferred, shape));
}
define('tensor', 'values, shape=null, dtype=null', (a, o) =>
  made(o, a.value('values'), a.has('shape') ? a.shape('shape') : null, a.text('dtype') as DType | null, null),
);
define('tensor1d', 'values, dtype=null', (a, o) => made(o, a.value('values'), null, a.text('dtype') as DType | null, 1));
for (const rank of [2, 3, 4, 5, 6])
  define(`tensor${rank}d`, 'values, shape=null, dtype=null', (a, o) =>
    made(o, a.value('values'), a.has('shape') ? a.shape('shape') : null, a.text('dtype') as DType | null, rank),
  );
define('scalar', 'value, dtype=null', (a, o) => {
  const value = a.value('value');
  const shape = shapeIn(value);
  if (shape === undefined || shape.length > 0)
    throw scriptError('Error creating a new Scalar: value must be a primitive (number|boolean|string)');
  return literal(o, value, (a.text('dtype') as DType | null) ?? (typeof value === 'boolean' ? 'bool' : 'float32'));
});
define('zeros', "shape, dtype='float32'", (a, o) => o.full(0, a.shape('shape'), a.dtype('dtype', 'float32')));
define('ones', "shape, dtype='float32'", (a, o) => o.full(1, a.shape('shape'), a.dtype('dtype', 'float32')));
define('fill', 'shape, value, dtype=null', (a, o) => o.full(a.number('value'), a.shape('shape'), a.dtype('dtype', 'float32')));
define('eye', "numRows, numColumns=null, batchShape=null, dtype='float32'", (a, o) => {
  if (a.has('batchShape')) throw new UnknownArgument();
  const rows = a.number('numRows');
  const columns = a.optionalNumber('numColumns') ?? rows;
  const values = Array.from({ length: rows * columns }, (_, i) => Number(i % columns === Math.floor(i / columns)));
  return o.eager.backend.constant(values, [rows, columns], a.dtype('dtype', 'float32'));
});
define('linspace', 'start, stop, num', (a, o) => {
  const [start, stop, count] = [a.number('start'), a.number('stop'), a.number('num')];
  if (count <= 0) throw scriptError('The number of values should be positive.');
  const step = count === 1 ? 0 : (stop - start) / (count - 1);
  const values = Array.from({ length: count }, (_, i) => start + i * step);
  return o.eager.backend.constant(values, [count], 'float32');
});
define('range', "start, stop, step=1, dtype='float32'", (a, o) => {
  const [start, stop, step] = [a.number('start'), a.number('stop'), a.number('step')];
  if (step === 0) throw scriptError('Cannot have a step of zero');
  const by = stop < start && step === 1 ? -1 : step;
  const count = Math.max(0, Math.ceil((stop - start) / by));
  return o.eager.backend.constant(
    Array.from({ length: count }, (_, i) => start + i * by),
    [count],
    a.dtype('dtype', 'float32'),
  );
});
define(both('oneHot'), "indices, depth, onValue=1, offValue=0, dtype='int32'", (a, o) => {
  const depth = a.number('depth');
  if (depth < 2) throw scriptError(`Error in oneHot: depth must be >=2, but it is ${depth}`);
  const dtype = a.dtype('dtype', 'int32');
  return o.apply('OneHot', [a.tensor('indices', 'int32')], { depth, dtype, on: a.number('onValue'), off: a.number('offValue') });
});

// ------------------------------------------------------------------------------------------------ random

function random(row: string, a: ScriptArguments, o: Operations): Tensor {
  const dtype = a.dtype('dtype', 'float32');
  if (dtype !== 'float32') throw new UnknownArgument();
  const shape: readonly Dimension[] = a.shape('shape') ?? [];
  return o.eager.backend.detach(o.apply(row, [], { shape, dtype, seed: null }));
}
define('randomNormal', 'shape, mean=0, stdDev=1, dtype=null, seed=null', (a, o) => random('RandomStandardNormal', a, o));
define('randomStandardNormal', 'shape, dtype=null, seed=null', (a, o) => random('RandomStandardNormal', a, o));
define('truncatedNormal', 'shape, mean=0, stdDev=1, dtype=null, seed=null', (a, o) => random('TruncatedNormal', a, o));
define('randomUniform', "shape, minval=0, maxval=1, dtype='float32', seed=null", (a, o) => random('RandomUniform', a, o));
