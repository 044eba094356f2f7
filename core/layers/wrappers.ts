// Keras layers around a layer. Source: Keras 2.15, layers/rnn/bidirectional.py and time_distributed.py.
import { isList, isTensor, LayerObject, UNKNOWN, UnknownArgument, type Value } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import type { Tensor } from '../tensor.ts';
import { type LayerCall, layer, only, product } from './layer.ts';

function inner(c: LayerCall, name: string): LayerObject {
  const value = c.config.value(name);
  if (!(value instanceof LayerObject)) throw new UnknownArgument();
  return value;
}

/** The same layer at every time: the times go into the batch. */
layer('TimeDistributed', {
  signature: 'layer',
  mask: 'passed on',
  callSignature: 'training=None, mask=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    // Step by step, then.
    if (x.shape === null || c.args.has('mask')) throw new UnknownArgument();
    const [batch = null, times = null, ...rest] = x.shape;
    const y = inner(c, 'layer').run([o.reshape(x, [product([batch, times]), ...rest])], c.training);
    if (!isTensor(y)) throw new UnknownArgument();
    return o.reshape(y, y.shape && [batch, times, ...y.shape.slice(1)]);
  },
});

/** A recurrent layer and its mirror image. */
layer('Bidirectional', {
  many: 'or one',
  signature: 'layer, merge_mode="concat", weights=None, backward_layer=None',
  callSignature: 'initial_state=None, mask=None, training=None',
  mask: (_, [mask = null], config) => {
    const forward = config.value('forward_layer');
    const [sequences, states] = ['return_sequences', 'return_state'].map((name) =>
      forward instanceof LayerObject ? forward.attribute(name) : UNKNOWN,
    );
    if (typeof sequences !== 'boolean' || typeof states !== 'boolean') throw new UnknownArgument();
    const own = sequences ? mask : null;
    // States have no steps.
    return config.value('merge_mode') === null ? [own, own] : own;
  },
  copies: [
    { name: 'forward_layer', of: 'layer' },
    { name: 'backward_layer', of: 'layer', turned: 'go_backwards' },
  ],
  call: (inputs, c, o) => {
    if (c.config.has('weights') || c.args.has('initial_state') || inputs.length > 1) throw new UnknownArgument();
    const forward = inner(c, 'forward_layer');
    const mask = c.args.has('mask') ? c.args.tensor('mask') : null;
    const [there, back] = [forward, inner(c, 'backward_layer')].map((one) => all(one.run([only(inputs)], c.training, mask)));
    if (!there || !back) throw new UnknownArgument();
    const sequences = forward.attribute('return_sequences');
    if (typeof sequences !== 'boolean') throw new UnknownArgument();
    const [y, ...states] = there as [Tensor, ...Tensor[]];
    const [mirrored, ...mirroredStates] = back as [Tensor, ...Tensor[]];
    const turned = sequences ? o.apply('ReverseV2', [mirrored], { axes: [1] }) : mirrored;
    // Of sequences it asks its layers for zeros at steps that do not count.
    const shown = (t: Tensor): Tensor => (mask && sequences ? zeroWhereMasked(t, mask, o) : t);
    const merged = merge(c.config.value('merge_mode'), shown(y), shown(turned), o);
    const rest = [...states, ...mirroredStates];
    return rest.length > 0 ? [...(isList(merged) ? merged : [merged]), ...rest] : merged;
  },
});
function zeroWhereMasked(t: Tensor, mask: Tensor, o: Operations): Tensor {
  const wide = o.expandDims(o.cast(mask, 'bool'), -1);
  return o.select(wide, t, o.zerosLike(t));
}
function all(value: Value): Tensor[] {
  const list = isList(value) ? value : [value];
  if (!list.every(isTensor)) throw new UnknownArgument();
  return [...list];
}
function merge(mode: Value, y: Tensor, mirrored: Tensor, o: Operations): Value {
  switch (mode) {
    case 'concat':
      return o.concat([y, mirrored], -1);
    case 'sum':
      return o.add(y, mirrored);
    case 'ave':
      return o.div(o.add(y, mirrored), 2);
    case 'mul':
      return o.mul(y, mirrored);
    case null:
      return [y, mirrored];
    default:
      throw new UnknownArgument();
  }
}
