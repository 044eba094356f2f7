// Keras layers of several inputs, and the functions of the same names. Source: Keras 2.15, layers/merging/.
import { type Arguments, define } from '../api/function.ts';
import { l2Normalize } from '../api/neural.ts';
import { UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import { normalizeAxis, OpError } from '../shape.ts';
import type { Dimension, Tensor } from '../tensor.ts';
import { layer, type MaskRule, product } from './layer.ts';

type Combine = (list: readonly Tensor[], o: Operations, config: Arguments) => Tensor;

/** A step counts where it does in every input. */
const inAll: MaskRule = (_, masks, __, o) => {
  const given = masks.filter((mask) => mask !== null);
  return given.length === 0 ? null : given.reduce((a, b) => o.logicalAnd(a, b));
};

function merging(name: string, combine: Combine, signature = '', mask: MaskRule = inAll): void {
  layer(name, { signature, many: true, mask, call: (inputs, { config }, o) => combine(inputs, o, config) });
  const parameters = ['inputs', signature, 'name=None', '**kwargs'].filter((part) => part !== '').join(', ');
  define(`tf.keras.layers.${name.toLowerCase()}`, parameters, (a, o) => combine(a.tensors('inputs'), o, a));
}
const fold = (list: readonly Tensor[], step: (a: Tensor, b: Tensor) => Tensor): Tensor => list.slice(1).reduce(step, list[0] as Tensor);
merging('Add', (list, o) => fold(list, o.add));
merging('Subtract', (list, o) => fold(list, o.sub));
merging('Multiply', (list, o) => fold(list, o.mul));
merging('Maximum', (list, o) => fold(list, o.maximum));
merging('Minimum', (list, o) => fold(list, o.minimum));
merging('Average', (list, o) => o.div(fold(list, o.add), list.length));
merging(
  'Concatenate',
  (list, o, config) => o.concat(list, config.number('axis')),
  'axis=-1',
  (inputs, masks, config, o) => {
    if (masks.every((mask) => mask === null)) return null;
    const wide = inputs.map((x, i) => {
      const mask = masks[i] ?? null;
      if (mask === null) return o.cast(o.onesLike(x), 'bool');
      return (mask.shape?.length ?? 0) < (x.shape?.length ?? 0) ? o.expandDims(mask, -1) : mask;
    });
    return o.apply('All', [o.concat(wide, config.number('axis'))], { axes: [(inputs[0]?.shape?.length ?? 1) - 1], keepDims: false });
  },
);

merging(
  'Dot',
  ([first, second], o, config) => {
    if (!first || !second || first.shape === null || second.shape === null) throw new UnknownArgument();
    const given = config.axesIn(config.value('axes'));
    const axes = [first, second].map((t, i) => normalizeAxis(given[i] ?? given[0] ?? 0, t.shape?.length ?? 0));
    const [x, y] = [first, second].map((t, i) => (config.boolean('normalize') ? l2Normalize(t, [axes[i] ?? 0], 1e-12, o) : t));
    const result = batchDot(x as Tensor, y as Tensor, axes[0] ?? 1, axes[1] ?? 1, o);
    return result.shape?.length === 1 ? o.expandDims(result, 1) : result;
  },
  'axes, normalize=False',
  () => null,
);

/** Keras' backend.batch_dot: a product of matrices per example, over one axis of each. */
export function batchDot(x: Tensor, y: Tensor, axisX: number, axisY: number, o: Operations): Tensor {
  if (x.shape === null || y.shape === null) throw new UnknownArgument();
  const [d, e] = [x.shape[axisX] ?? null, y.shape[axisY] ?? null];
  if (d !== null && e !== null && d !== e)
    throw new OpError('ValueError', `Cannot do batch_dot on inputs with axes=[${axisX}, ${axisY}]. (${d} != ${e}).`);
  const moved = (t: Tensor, from: number, to: number): Tensor => {
    const order = Array.from({ length: t.shape?.length ?? 0 }, (_, i) => i).filter((i) => i !== from);
    order.splice(to, 0, from);
    return order.every((axis, i) => axis === i) ? t : o.transpose(t, order);
  };
  const [wideX, wideY] = [x.shape.length === 2 ? o.expandDims(x, 1) : x, y.shape.length === 2 ? o.expandDims(y, 2) : y];
  const rankX = wideX.shape?.length ?? 3;
  const left = moved(wideX, x.shape.length === 2 ? axisX + 1 : axisX, rankX - 1);
  const right = moved(wideY, axisY, 1);
  const [batch = null, ...middle] = left.shape?.slice(0, -1) ?? [];
  const trailing = right.shape?.slice(2) ?? [];
  const flat = (t: Tensor, shape: readonly Dimension[]) => (t.shape && t.shape.length > 3 ? o.reshape(t, shape) : t);
  const result = o.matmul(flat(left, [batch, product(middle), d]), flat(right, [batch, e, product(trailing)]));
  const shaped = middle.length > 1 || trailing.length > 1 ? o.reshape(result, [batch, ...middle, ...trailing]) : result;
  if (x.shape.length === 2) return o.apply('Squeeze', [shaped], { axes: [1] });
  return y.shape.length === 2 ? o.apply('Squeeze', [shaped], { axes: [-1] }) : shaped;
}
