// Softmax, losses, dropout, fused products. TensorFlow.js: tfjs-core/src/ops/*.ts, ops/losses/*.ts, ops/fused/*.ts.
import { Dictionary, UnknownArgument, type Value } from '../../api/value.ts';
import type { Operations } from '../../operations.ts';
import { isKnown, sizeOf } from '../../shape.ts';
import type { Tensor } from '../../tensor.ts';
import { ScriptArguments } from '../arguments.ts';
import type { ScriptEngine } from '../engine.ts';
import { scriptError } from '../error.ts';
import { define } from '../function.ts';
import { both } from './math.ts';
import { logSumExp, reduce } from './reductions.ts';

// ------------------------------------------------------------------------------------------------ softmax

function lastAxis(x: Tensor, given: number, what: string): number {
  const rank = x.shape?.length;
  if (rank === undefined) throw new UnknownArgument();
  const axis = given === -1 ? rank - 1 : given;
  if (axis !== rank - 1)
    throw scriptError(`${what} along a non-last dimension is not yet supported. Logits was rank ${rank} and dim was ${axis}`);
  return axis;
}
define(both('softmax'), 'logits, dim=-1', (a, _, e) => {
  const logits = a.tensor('logits', 'float32');
  lastAxis(logits, a.number('dim'), 'Softmax');
  return e.kernel('Softmax', [logits]);
});

/** A custom gradient that keeps the output. */
export function logSoftmax(logits: Tensor, axis: number, o: Operations, e: ScriptEngine): Tensor {
  return e.customGrad([logits], (save) => {
    const shifted = o.sub(logits, reduce('Max', logits, [axis], true, e));
    const value = o.sub(o.cast(shifted, 'float32'), o.log(o.sum(o.exp(shifted), [axis], true)));
    save([value]);
    return { value, gradient: (dy, [kept]) => [o.sub(dy, o.mul(o.sum(dy, [axis], true), o.exp(kept as Tensor)))] };
  });
}
define(both('logSoftmax'), 'logits, axis=-1', (a, o, e) => {
  const logits = a.tensor('logits');
  return logSoftmax(logits, lastAxis(logits, a.number('axis'), 'Log Softmax'), o, e);
});

// ------------------------------------------------------------------------------------------------ losses

type Reduction = 'none' | 'mean' | 'sum' | 'sum by nonzero weights';
const REDUCTIONS: readonly Reduction[] = ['none', 'mean', 'sum', 'sum by nonzero weights'];
const DEFAULT_REDUCTION = 3;

function weighted(losses: Tensor, weights: Tensor | null, reduction: number, o: Operations): Tensor {
  const products = weights ? o.mul(losses, weights) : losses;
  const size = sizeOf(losses.shape);
  switch (REDUCTIONS[reduction]) {
    case 'none':
      return products;
    case 'sum':
      return o.sum(products);
    case 'mean': {
      if (!weights) return o.mean(products);
      const result = o.div(o.sum(products), o.sum(weights));
      const [all, each] = [size, sizeOf(weights.shape)];
      if (all === null || each === null) throw new UnknownArgument();
      return all / each > 1 ? o.div(result, all / each) : result;
    }
    case 'sum by nonzero weights': {
      if (!weights) return o.div(o.sum(products), o.full(size, [], 'float32'));
      const wide = o.mul(weights, o.full(1, losses.shape, 'float32'));
      const present = o.cast(o.sum(o.cast(o.notEqual(wide, 0), 'int32')), 'float32');
      return o.div(o.sum(products), present);
    }
    default:
      throw scriptError(`Unknown reduction: ${reduction}`);
  }
}

interface Pair {
  readonly labels: Tensor;
  readonly predictions: Tensor;
}
/** `extra`: parameters between the weights (or the predictions, for a first one) and the reduction. */
function loss(name: string, signature: string, body: (pair: Pair, o: Operations, a: ScriptArguments, e: ScriptEngine) => Tensor): void {
  define(`losses.${name}`, signature, (a, o, e) => {
    const [first = '', second = ''] = signature.split(', ');
    const [labels, predictions] = [a.tensor(first), a.tensor(second)];
    if (isKnown(labels.shape) && isKnown(predictions.shape) && labels.shape.join() !== predictions.shape.join())
      throw scriptError(`Error in ${name}:  Shapes ${labels.shape.join(',')} and ${predictions.shape.join(',')} must match`);
    if (labels.dtype !== 'float32' || predictions.dtype !== 'float32') throw new UnknownArgument();
    const weights = a.has('weights') ? a.tensor('weights') : null;
    return weighted(body({ labels, predictions }, o, a, e), weights, a.number('reduction'), o);
  });
}
const tail = `weights=null, reduction=${DEFAULT_REDUCTION}`;
loss('meanSquaredError', `labels, predictions, ${tail}`, ({ labels, predictions }, o) => o.squaredDifference(labels, predictions));
loss('absoluteDifference', `labels, predictions, ${tail}`, ({ labels, predictions }, o) => o.abs(o.sub(labels, predictions)));
loss('huberLoss', `labels, predictions, weights=null, delta=1.0, reduction=${DEFAULT_REDUCTION}`, ({ labels, predictions }, o, a) => {
  const error = o.abs(o.sub(predictions, labels));
  const quadratic = o.minimum(error, a.number('delta'));
  return o.add(o.mul(0.5, o.square(quadratic)), o.mul(a.number('delta'), o.sub(error, quadratic)));
});
loss('logLoss', `labels, predictions, weights=null, epsilon=1e-7, reduction=${DEFAULT_REDUCTION}`, ({ labels, predictions }, o, a) => {
  const epsilon = a.number('epsilon');
  const ones = o.neg(o.mul(labels, o.log(o.add(predictions, epsilon))));
  return o.sub(ones, o.mul(o.sub(1, labels), o.log(o.add(o.sub(1, predictions), epsilon))));
});
loss('hingeLoss', `labels, predictions, ${tail}`, ({ labels, predictions }, o) =>
  o.relu(o.sub(1, o.mul(o.sub(o.mul(2, labels), 1), predictions))),
);
loss('cosineDistance', `labels, predictions, axis, ${tail}`, ({ labels, predictions }, o, a) => {
  const product = o.mul(labels, predictions);
  return o.sub(1, o.sum(product, a.axes('axis', product) ?? null, true));
});
loss(
  'sigmoidCrossEntropy',
  `multiClassLabels, logits, weights=null, labelSmoothing=0, reduction=${DEFAULT_REDUCTION}`,
  ({ labels, predictions }, o, a) => {
    const smoothing = a.number('labelSmoothing');
    const target = smoothing > 0 ? o.add(o.mul(labels, 1 - smoothing), 0.5 * smoothing) : labels;
    const smooth = o.log1p(o.exp(o.neg(o.abs(predictions))));
    return o.add(o.sub(o.relu(predictions), o.mul(predictions, target)), smooth);
  },
);
loss(
  'softmaxCrossEntropy',
  `onehotLabels, logits, weights=null, labelSmoothing=0, reduction=${DEFAULT_REDUCTION}`,
  ({ labels, predictions }, o, a, e) => {
    const smoothing = a.number('labelSmoothing');
    const classes = labels.shape?.[1] ?? null;
    if (smoothing > 0 && classes === null) throw new UnknownArgument();
    const target = smoothing > 0 ? o.add(o.mul(labels, 1 - smoothing), smoothing / (classes ?? 1)) : labels;
    return softmaxCrossEntropy(target, predictions, o, e);
  },
);
/** A custom gradient that keeps the labels and the logarithms of the probabilities. */
function softmaxCrossEntropy(labels: Tensor, logits: Tensor, o: Operations, e: ScriptEngine): Tensor {
  const axis = (logits.shape?.length ?? 1) - 1;
  return e.customGrad([labels, logits], (save) => {
    const logarithms = o.sub(o.cast(logits, 'float32'), logSumExp(logits, [axis], true, o, e));
    save([labels, logarithms]);
    return {
      value: o.sum(o.neg(o.mul(logarithms, labels)), [axis]),
      gradient: (dy, [keptLabels = labels, kept = logits]) => {
        const wide = o.restoreAxes(dy, logits, [axis]);
        return [o.mul(wide, o.sub(keptLabels, o.exp(kept))), o.mul(wide, o.sub(o.exp(kept), keptLabels))];
      },
    };
  });
}
define('losses.computeWeightedLoss', `losses, weights=null, reduction=${DEFAULT_REDUCTION}`, (a, o) =>
  weighted(a.tensor('losses'), a.has('weights') ? a.tensor('weights') : null, a.number('reduction'), o),
);

// ------------------------------------------------------------------------------------------------ others

define('dropout', 'x, rate, noiseShape=null, seed=null', (a, o) => {
  const x = a.tensor('x');
  const rate = a.number('rate');
  if (x.dtype !== 'float32')
    throw scriptError(`x has to be a floating point tensor since it's going to be scaled, but got a ${x.dtype} tensor instead.`);
  if (rate < 0 || rate >= 1) throw scriptError(`rate must be a float in the range [0, 1), but got ${rate}.`);
  if (rate === 0) return o.identity(x);
  const noise = o.eager.backend.detach(o.apply('RandomUniform', [], { shape: x.shape, dtype: 'float32', seed: null }));
  return o.mul(x, o.div(o.floor(o.add(noise, 1 - rate)), 1 - rate));
});

/** Inside a gradient function only a linear activation is fused; all are composed of the same ops. */
define('fused.matMul', 'options', (a, o, e) => {
  const options = a.value('options');
  if (!(options instanceof Dictionary)) throw new UnknownArgument();
  const bound = new ScriptArguments('fused matMul', options.entries as ReadonlyMap<string, Value>, o);
  const [x, y] = bound.pair('a', 'b');
  const product = o.matmul(x, y, bound.boolean('transposeA'), bound.boolean('transposeB'));
  const biased = bound.has('bias') ? o.add(product, bound.tensor('bias')) : product;
  return activated(biased, bound.text('activation') ?? 'linear', e);
});
function activated(x: Tensor, activation: string, e: ScriptEngine): Tensor {
  const kernel = { relu: 'Relu', elu: 'Elu', relu6: 'Relu6', sigmoid: 'Sigmoid' }[activation];
  if (activation === 'linear') return x;
  if (!kernel) throw new UnknownArgument();
  return e.kernel(kernel, [x]);
}
