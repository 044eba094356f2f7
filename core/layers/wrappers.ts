// Keras layers around a layer. Source: Keras 2.15, layers/rnn/bidirectional.py and time_distributed.py.
import { isList, isTensor, LayerObject, UnknownArgument, type Value } from '../api/value.ts';
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
  callSignature: 'training=None, mask=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    if (x.shape === null) throw new UnknownArgument();
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
  copies: [
    { name: 'forward_layer', of: 'layer' },
    { name: 'backward_layer', of: 'layer', turned: 'go_backwards' },
  ],
  call: (inputs, c, o) => {
    if (c.args.has('initial_state') || c.args.has('mask') || inputs.length > 1) throw new UnknownArgument();
    const forward = inner(c, 'forward_layer');
    const [there, back] = [forward, inner(c, 'backward_layer')].map((one) => all(one.run([only(inputs)], c.training)));
    if (!there || !back) throw new UnknownArgument();
    const sequences = forward.attribute('return_sequences');
    if (typeof sequences !== 'boolean') throw new UnknownArgument();
    const [y, ...states] = there as [Tensor, ...Tensor[]];
    const [mirrored, ...mirroredStates] = back as [Tensor, ...Tensor[]];
    const turned = sequences ? o.apply('ReverseV2', [mirrored], { axes: [1] }) : mirrored;
    const merged = merge(c.config.value('merge_mode'), y, turned, o);
    const rest = [...states, ...mirroredStates];
    return rest.length > 0 ? [...(isList(merged) ? merged : [merged]), ...rest] : merged;
  },
});
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
