// Reductions and what is made of them. TensorFlow.js: tfjs-core/src/ops/*.ts.
import { Dictionary, UnknownArgument } from '../../api/value.ts';
import type { Operations } from '../../operations.ts';
import type { Tensor } from '../../tensor.ts';
import type { ScriptArguments } from '../arguments.ts';
import type { ScriptEngine } from '../engine.ts';
import { scriptError } from '../error.ts';
import { define } from '../function.ts';
import { both } from './math.ts';

type Axes = readonly number[] | null | undefined;

export const reduce = (kernel: string, x: Tensor, axes: Axes, keepDims: boolean, e: ScriptEngine): Tensor =>
  e.kernel(kernel, [x], { axes, keepDims });

function input(a: ScriptArguments, o: Operations, wholeBooleans: boolean): Tensor {
  const x = a.tensor('x');
  if (x.dtype === 'bool' && wholeBooleans) return o.cast(x, 'int32');
  if (x.dtype !== 'float32' && x.dtype !== 'int32') throw new UnknownArgument();
  return x;
}

for (const [name, kernel] of [
  ['sum', 'Sum'],
  ['prod', 'Prod'],
] as const)
  define(both(name), 'x, axis=null, keepDims=false', (a, o, e) => {
    const x = input(a, o, true);
    return reduce(kernel, x, a.axes('axis', x), a.boolean('keepDims'), e);
  });
for (const [name, kernel] of [
  ['mean', 'Mean'],
  ['max', 'Max'],
  ['min', 'Min'],
] as const)
  define(both(name), 'x, axis=null, keepDims=false', (a, o, e) => {
    const x = input(a, o, false);
    if (kernel === 'Mean' && x.dtype !== 'float32') throw new UnknownArgument();
    return reduce(kernel, x, a.axes('axis', x), a.boolean('keepDims'), e);
  });
for (const [name, kernel] of [
  ['all', 'All'],
  ['any', 'Any'],
] as const)
  define(both(name), 'x, axis=null, keepDims=false', (a, _, e) => {
    const x = a.tensor('x', 'bool');
    return reduce(kernel, x, a.axes('axis', x), a.boolean('keepDims'), e);
  });
for (const [name, kernel] of [
  ['argMax', 'ArgMax'],
  ['argMin', 'ArgMin'],
] as const)
  define(both(name), 'x, axis=0', (a, _, e) => {
    const x = a.tensor('x');
    const axes = a.axes('axis', x);
    return e.kernel(kernel, [x], { axis: axes === undefined ? undefined : axes?.[0], dtype: 'int32' });
  });
for (const [name, kernel] of [
  ['cumsum', 'Cumsum'],
  ['cumprod', 'Cumprod'],
] as const)
  define(both(name), 'x, axis=0, exclusive=false, reverse=false', (a, _, e) => {
    const x = a.tensor('x');
    const axis = a.axes('axis', x)?.[0];
    if (axis === undefined) throw new UnknownArgument();
    return e.kernel(kernel, [x], { axis, exclusive: a.boolean('exclusive'), reverse: a.boolean('reverse') });
  });

/** log Σ exp x, shifted by a maximum whose gradient is not stopped. */
export function logSumExp(x: Tensor, axes: Axes, keepDims: boolean, o: Operations, e: ScriptEngine): Tensor {
  if (x.shape === null || axes === undefined) throw new UnknownArgument();
  const all = axes ?? x.shape.map((_, i) => i);
  const largest = reduce('Max', x, all, true, e);
  const total = o.log(reduce('Sum', o.exp(o.sub(x, largest)), all, false, e));
  const found = o.add(o.reshape(largest, total.shape), total);
  return keepDims ? o.restoreAxes(found, x, all) : found;
}
define(both('logSumExp'), 'x, axis=null, keepDims=false', (a, o, e) => {
  const x = a.tensor('x');
  return logSumExp(x, a.axes('axis', x), a.boolean('keepDims'), o, e);
});

define('moments', 'x, axis=null, keepDims=false', (a, o, e) => {
  const x = a.tensor('x');
  const axes = a.axes('axis', x);
  const mean = reduce('Mean', x, axes, a.boolean('keepDims'), e);
  const wide = a.boolean('keepDims') ? mean.shape : o.restoreAxes(mean, x, axes).shape;
  const squares = o.square(o.sub(o.apply('Cast', [x], { dtype: 'float32' }), o.reshape(mean, wide)));
  return new Dictionary(
    new Map([
      ['mean', mean],
      ['variance', reduce('Mean', squares, axes, a.boolean('keepDims'), e)],
    ]),
  );
});

function norm(x: Tensor, order: number | string, axis: Axes, o: Operations, e: ScriptEngine): Tensor {
  if (x.shape === null || axis === undefined) throw new UnknownArgument();
  if (x.shape.length === 0) return o.abs(x);
  if (x.shape.length !== 1 && axis === null) return norm(o.reshape(x, [-1]), order, axis, o, e);
  const over = (kernel: string, t: Tensor, axes: Axes): Tensor => reduce(kernel, t, axes, false, e);
  if (x.shape.length === 1 || axis?.length === 1) {
    if (order === 1) return over('Sum', o.abs(x), axis);
    if (order === Infinity) return over('Max', o.abs(x), axis);
    if (order === -Infinity) return over('Min', o.abs(x), axis);
    // The exponent is an int32 that is cast to float32 on its way.
    if (order === 'euclidean' || order === 2)
      return o.sqrt(over('Sum', o.pow(o.abs(x), o.cast(o.eager.backend.constant([2], [], 'int32'), 'float32')), axis));
    throw scriptError(`Error in norm: invalid ord value: ${order}`);
  }
  if (axis?.length === 2) {
    const [first = 0, second = 1] = axis;
    if (order === 1) return over('Max', over('Sum', o.abs(x), [first]), [second - 1]);
    if (order === Infinity) return over('Max', over('Sum', o.abs(x), [second]), [first]);
    if (order === -Infinity) return over('Min', over('Sum', o.abs(x), [second]), [first]);
    if (order === 'fro' || order === 'euclidean') return o.sqrt(over('Sum', o.square(x), axis));
    throw scriptError(`Error in norm: invalid ord value: ${order}`);
  }
  throw scriptError(`Error in norm: invalid axis: ${axis?.join(',')}`);
}
const normOf = (a: ScriptArguments, order: number | string, o: Operations, e: ScriptEngine): Tensor => {
  const x = a.tensor('x');
  const axes = a.axes('axis', x);
  const found = norm(x, order, axes, o, e);
  const wide = a.boolean('keepDims') && axes !== undefined ? o.restoreAxes(found, x, axes).shape : found.shape;
  return o.reshape(found, wide);
};
define(both('norm'), "x, ord='euclidean', axis=null, keepDims=false", (a, o, e) => {
  const order = a.value('ord');
  if (typeof order !== 'string' && typeof order !== 'number') throw new UnknownArgument();
  return normOf(a, order, o, e);
});
define(both('euclideanNorm'), 'x, axis=null, keepDims=false', (a, o, e) => normOf(a, 'euclidean', o, e));
