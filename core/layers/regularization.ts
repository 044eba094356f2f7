// Keras layers that do something in training alone. Source: Keras 2.15, layers/regularization/.
import type { Arguments } from '../api/function.ts';
import { dropout } from '../api/neural.ts';
import { UnknownArgument } from '../api/value.ts';
import type { Operations } from '../operations.ts';
import type { Dimension, Shape, Tensor } from '../tensor.ts';
import { type LayerCall, layer, only, trains } from './layer.ts';

const noise = (row: string, shape: Shape, x: Tensor, o: Operations): Tensor =>
  o.eager.apply(row, [], { shape, dtype: x.dtype ?? 'float32', seed: null })[0] as Tensor;

/** The shape that the random numbers have: 1 where they are shared. */
function noiseShape(c: LayerCall, x: Tensor): Shape {
  if (!c.config.has('noise_shape')) return x.shape;
  const given = c.config.value('noise_shape');
  if (!Array.isArray(given) || x.shape === null) throw new UnknownArgument();
  return x.shape.map((d, i): Dimension => ((given as readonly unknown[])[i] === null ? d : (c.config.axesIn(given)[i] ?? d)));
}

layer('Dropout', {
  mask: 'passed on',
  signature: 'rate, noise_shape=None, seed=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    return trains(c) ? dropout(x, c.config.number('rate'), o, noiseShape(c, x)) : o.identity(x);
  },
});
/** Whole channels are dropped. */
for (const rank of [1, 2, 3])
  layer(`SpatialDropout${rank}D`, {
    mask: 'passed on',
    signature: rank === 1 ? 'rate, seed=None' : 'rate, data_format=None, seed=None',
    call: (inputs, c, o) => {
      const x = only(inputs);
      if (!trains(c)) return o.identity(x);
      const last = c.config.has('data_format') && c.config.text('data_format') === 'channels_first' ? 1 : (x.shape?.length ?? 2) - 1;
      return dropout(x, c.config.number('rate'), o, x.shape && x.shape.map((d, i) => (i === 0 || i === last ? d : 1)));
    },
  });
layer('GaussianNoise', {
  mask: 'passed on',
  signature: 'stddev, seed=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    return trains(c) ? o.add(x, o.mul(noise('RandomStandardNormal', x.shape, x, o), c.config.number('stddev'))) : x;
  },
});
layer('GaussianDropout', {
  mask: 'passed on',
  signature: 'rate, seed=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    const rate = c.config.number('rate');
    if (!(rate > 0 && rate < 1) || !trains(c)) return x;
    const spread = Math.sqrt(rate / (1 - rate));
    return o.mul(x, o.add(o.mul(noise('RandomStandardNormal', x.shape, x, o), spread), 1));
  },
});
layer('AlphaDropout', {
  mask: 'passed on',
  signature: 'rate, noise_shape=None, seed=None',
  call: (inputs, c, o) => {
    const x = only(inputs);
    const rate = c.config.number('rate');
    if (!(rate > 0 && rate < 1) || !trains(c)) return x;
    const alpha = -1.6732632423543772 * 1.0507009873554805;
    const kept = o.cast(o.greaterEqual(noise('RandomUniform', noiseShape(c, x), x, o), rate), x.dtype);
    const a = ((1 - rate) * (1 + rate * alpha ** 2)) ** -0.5;
    const mixed = o.add(o.mul(x, kept), o.mul(alpha, o.sub(1, kept)));
    return o.add(o.mul(a, mixed), -a * alpha * rate);
  },
});
/** What it adds to the losses is its activity regularizer's. */
layer('ActivityRegularization', { mask: 'passed on', signature: 'l1=0.0, l2=0.0', call: (inputs) => only(inputs) });
/** At which steps something differs from the value that stands for nothing. */
const seen = (x: Tensor, config: Arguments, keepDims: boolean, o: Operations): Tensor =>
  o.apply('Any', [o.notEqual(x, config.number('mask_value'))], { axes: x.shape === null ? undefined : [x.shape.length - 1], keepDims });
layer('Masking', {
  signature: 'mask_value=0.0',
  mask: (inputs, _, config, o) => seen(only(inputs), config, false, o),
  call: (inputs, { config }, o) => o.mul(only(inputs), o.cast(seen(only(inputs), config, true, o), only(inputs).dtype)),
});
