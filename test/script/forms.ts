// Forms of TensorFlow.js's recorded op table as functions that run on TensorFlow.js and on ours, with inputs of their domains.
import type { Domain } from '../ops/generic.ts';
import type { Surface } from './facade.ts';

export interface Form {
  readonly f: (tf: Surface, x: Surface) => Surface;
  readonly shape: readonly number[];
  readonly domain: Domain;
}

const form = (f: Form['f'], shape: readonly number[] = [2, 3], domain: Domain = 'any'): Form => ({ f, shape, domain });
const unary = (name: string, domain: Domain = 'any'): Form => form((tf, x) => tf[name](x), [2, 3], domain);
const labels = (tf: Surface): Surface =>
  tf.tensor2d([
    [0, 1, 0],
    [1, 0, 0],
  ]);
const matrix = (tf: Surface): Surface =>
  tf.tensor2d([
    [0.5, -1.2],
    [0.3, 0.8],
    [-0.7, 1.1],
  ]);

/** By the table's keys; forms of our own begin with a plus sign. */
export const FORMS: Readonly<Record<string, Form>> = {
  'x.clone()': form((_, x) => x.clone()),
  'tf.neg': unary('neg'),
  'x.add(1)': form((_, x) => x.add(1)),
  'x.sub(1)': form((_, x) => x.sub(1)),
  'x.mul(2)': form((_, x) => x.mul(2)),
  'x.mul(c)': form((tf, x) => x.mul(tf.tensor1d([1, -2, 3]))),
  'x.div(2)': form((_, x) => x.div(2)),
  'tf.addN': form((tf, x) => tf.addN([x, x.square(), x])),
  'x.add(x)': form((_, x) => x.add(x)),
  'tf.reshape': form((tf, x) => tf.reshape(x, [3, 2])),
  'tf.transpose': form((tf, x) => tf.transpose(x)),
  'tf.expandDims': form((tf, x) => tf.expandDims(x, 1)),
  'tf.squeeze': form((tf, x) => tf.squeeze(tf.expandDims(x, 1))),
  'tf.slice': form((tf, x) => tf.slice(x, [0, 1], [2, 2])),
  'tf.concat': form((tf, x) => tf.concat([x, x.mul(2)], 1)),
  'tf.stack': form((tf, x) => tf.stack([x, x.mul(2)])),
  'tf.unstack': form((tf, x) => tf.unstack(x)[1]),
  'tf.split': form((tf, x) => tf.split(x, 3, 1)[2]),
  'tf.gather': form((tf, x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32'))),
  'tf.tile': form((tf, x) => tf.tile(x, [2, 2])),
  'tf.pad': form((tf, x) =>
    tf.pad(x, [
      [1, 0],
      [0, 2],
    ]),
  ),
  'tf.broadcastTo': form((tf, x) => tf.broadcastTo(x, [4, 3]), [1, 3]),
  'tf.reverse': form((tf, x) => tf.reverse(x, 1)),
  'tf.cumsum': form((tf, x) => tf.cumsum(x, 1)),
  'tf.cumprod': form((tf, x) => tf.cumprod(x, 1)),
  'tf.unsortedSegmentSum': form((tf, x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, 0], 'int32'), 3)),
  'tf.booleanMaskAsync(n/a) -> tf.where(x>0,x,0)': form((tf, x) => tf.where(x.greater(0), x, tf.scalar(0))),
  'tf.topk values': form((tf, x) => tf.topk(x, 2).values),
  'tf.stridedSlice': form((tf, x) => tf.stridedSlice(x, [0, 0], [2, 3], [1, 2])),
  'tf.sum': unary('sum'),
  'tf.mean': unary('mean'),
  'tf.max': unary('max'),
  'tf.min': unary('min'),
  'tf.prod': unary('prod'),
  'tf.logSumExp': unary('logSumExp'),
  'tf.norm': unary('norm'),
  'tf.all': form((tf, x) => tf.all(x.toBool()).toFloat()),
  'tf.any': form((tf, x) => tf.any(x.toBool()).toFloat()),
  'tf.moments variance': form((tf, x) => tf.moments(x).variance),
  'tf.euclideanNorm': unary('euclideanNorm'),
  ...Object.fromEntries(
    'square exp sin cos tan sinh cosh tanh sigmoid atan asinh abs expm1 erf softplus logSigmoid'
      .split(' ')
      .map((name) => [`tf.${name}`, unary(name)]),
  ),
  ...Object.fromEntries('sqrt log log1p rsqrt reciprocal'.split(' ').map((name) => [`tf.${name}`, unary(name, 'positive')])),
  'tf.atanh': unary('atanh', 'positive'),
  '+asin': unary('asin', 'positive'),
  '+acos': unary('acos', 'positive'),
  'tf.acosh': unary('acosh', 'above one'),
  'x.pow(2)': form((_, x) => x.pow(2)),
  'x.pow(3)': form((_, x) => x.pow(3)),
  'x.pow(0.5)': form((_, x) => x.pow(0.5), [2, 3], 'positive'),
  "x.pow(scalar(2,'int32'))": form((tf, x) => x.pow(tf.scalar(2, 'int32'))),
  'x.mul(x)': form((_, x) => x.mul(x)),
  '1/x': form((tf, x) => tf.div(1, x), [2, 3], 'positive'),
  'tf.squaredDifference(x,1)': form((tf, x) => tf.squaredDifference(x, 1)),
  'tf.divNoNan(1,x)': form((tf, x) => tf.divNoNan(1, x), [2, 3], 'positive'),
  'x.mod(0.3)': form((_, x) => x.mod(0.3), [2, 3], 'positive'),
  'x.floorDiv(0.3)': form((_, x) => x.floorDiv(0.3), [2, 3], 'positive'),
  'tf.atan2(x,1)': form((tf, x) => tf.atan2(x, 1)),
  ...Object.fromEntries(
    'sign round floor ceil step relu relu6 elu selu leakyRelu softplus'.split(' ').map((name) => [`tf.${name} (mixed)`, unary(name)]),
  ),
  'tf.prelu': form((tf, x) => tf.prelu(x, tf.scalar(0.3))),
  'tf.maximum(x,0)': form((tf, x) => tf.maximum(x, 0)),
  'tf.minimum(x,0)': form((tf, x) => tf.minimum(x, 0)),
  'tf.clipByValue': form((tf, x) => tf.clipByValue(x, -0.5, 0.5)),
  'tf.where(x>0,x*x,x)': form((tf, x) => tf.where(x.greater(0), x.mul(x), x)),
  'tf.where(x>0,1,0)': form((tf, x) => tf.where(x.greater(0), tf.onesLike(x), tf.zerosLike(x))),
  '+where(x>=0,x*x,x)': form((tf, x) => tf.where(x.greaterEqual(0), x.mul(x), x)),
  'x.toFloat()': form((_, x) => x.toFloat()),
  'tf.argMax->toFloat': form((tf, x) => tf.argMax(x, 1).toFloat()),
  'tf.greater->cast': form((_, x) => x.greater(0).toFloat()),
  'tf.equal->cast': form((_, x) => x.equal(0).toFloat()),
  'tf.zerosLike': unary('zerosLike'),
  'tf.onesLike': unary('onesLike'),
  'tf.stopGradient-like customGrad zero': form((tf, x) =>
    tf.customGrad((y: Surface) => ({ value: y.clone(), gradFunc: (dy: Surface) => tf.zerosLike(dy) }))(x),
  ),
  'tf.customGrad (x^2, gradFunc differentiable)': form((tf, x) =>
    tf.customGrad((y: Surface, save: (kept: Surface[]) => void) => {
      save([y]);
      return { value: y.square(), gradFunc: (dy: Surface, [kept]: Surface[]) => dy.mul(kept.mul(2)) };
    })(x),
  ),
  'tf.customGrad (x^2, closes over x)': form((tf, x) =>
    tf.customGrad((y: Surface) => ({ value: y.square(), gradFunc: (dy: Surface) => dy.mul(x.mul(2)) }))(x),
  ),
  'tf.softmax': unary('softmax'),
  'tf.logSoftmax': unary('logSoftmax'),
  'tf.losses.softmaxCrossEntropy(logits)': form((tf, x) => tf.losses.softmaxCrossEntropy(labels(tf), x)),
  'tf.losses.sigmoidCrossEntropy(logits)': form((tf, x) => tf.losses.sigmoidCrossEntropy(labels(tf), x)),
  'tf.losses.meanSquaredError': form((tf, x) => tf.losses.meanSquaredError(labels(tf), x)),
  'tf.losses.absoluteDifference': form((tf, x) => tf.losses.absoluteDifference(labels(tf), x)),
  'tf.losses.huberLoss': form((tf, x) => tf.losses.huberLoss(labels(tf), x)),
  'tf.losses.logLoss': form((tf, x) => tf.losses.logLoss(labels(tf), x), [2, 3], 'positive'),
  'tf.losses.hingeLoss': form((tf, x) => tf.losses.hingeLoss(labels(tf), x)),
  'tf.losses.cosineDistance': form((tf, x) => tf.losses.cosineDistance(labels(tf), x, 1)),
  'tf.fused.matMul(relu)': form((tf, x) => tf.fused.matMul({ a: x, b: matrix(tf), activation: 'relu' })),
  'tf.matMul(x,C)': form((tf, x) => tf.matMul(x, matrix(tf))),
  'tf.matMul(x,x^T)': form((tf, x) => tf.matMul(x, x, false, true)),
  'tf.dot(x,c)': form((tf, x) => tf.dot(x, tf.tensor1d([1, -2, 3]))),
  'tf.outerProduct(x,x)': form((tf, x) => tf.outerProduct(x, x), [3]),
  'tf.tidy inside f': form((tf, x) => tf.tidy(() => x.square())),
  'f returns x itself': form((_, x) => x),
  'f ignores x (constant)': form((tf) => tf.scalar(2)),
  '+ x tanh x': form((_, x) => x.mul(x.tanh())),
  '+ exp of square': form((_, x) => x.square().exp()),
  '+ sigmoid squared': form((_, x) => x.sigmoid().square()),
  '+ norm of gradient': form((tf, x) =>
    tf
      .grad((t: Surface) => t.square().sin().sum())(x)
      .square()
      .sum(),
  ),
  '+ two-layer network': form((tf, x) => tf.matMul(tf.matMul(x, matrix(tf)).softplus(), matrix(tf), false, true).sin()),
  '+ mean by axis': form((_, x) => x.square().mean(0).sin()),
  '+ max by axis': form((_, x) => x.max(1)),
  '+ gather along axis 1': form((tf, x) => tf.gather(x.sin(), tf.tensor1d([2, 2, 0], 'int32'), 1)),
  '+ broadcast product': form((tf, x) =>
    x
      .sum(1, true)
      .mul(x)
      .div(tf.tensor1d([1, 2, 4])),
  ),
  '+ maximum of broadcast': form((tf, x) => tf.maximum(x.sum(), x)),
  '+ squared difference of broadcast': form((tf, x) => tf.squaredDifference(x, x.mean())),
  '+ pow of exponent': form((tf, x) => tf.pow(tf.tensor1d([1.5, 2, 0.5]), x)),
  '+ int path': form((tf, x) => x.mul(x.toInt().toFloat()).add(tf.scalar(1, 'int32')), [2, 3], 'positive'),
};
