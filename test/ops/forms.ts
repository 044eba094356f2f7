// The forms of the recorded op table that our rows and public functions can express, written as the table writes them.
import '../../core/api/index.ts';
import { callFunction, findFunction } from '../../core/api/function.ts';
import { bindDefaults, parametersOf } from '../../core/api/signature.ts';
import { DTypeValue, Integer, isTensor, type Value } from '../../core/api/value.ts';
import { Arguments } from '../../core/api/function.ts';
import { findLayer, findLoss, reduceLoss } from '../../core/layers/layer.ts';
import type { Operations } from '../../core/operations.ts';
import { isKnown } from '../../core/shape.ts';
import type { DType, Tensor, Variable } from '../../core/tensor.ts';
import { type Domain, generic } from './generic.ts';

export class Tensorflow {
  constructor(readonly o: Operations) {}

  /** A public function with positional arguments, the others at their defaults; the first of several results. */
  call(name: string, ...args: readonly Value[]): Tensor {
    const [first] = this.list(name, ...args);
    if (!first) throw new Error(`${name} gave nothing`);
    return first;
  }
  list(name: string, ...args: readonly Value[]): readonly Tensor[] {
    const definition = findFunction(name);
    if (!definition) throw new Error(`no public function ${name}`);
    const result = callFunction(definition, bindDefaults(definition.signature, args), this.o);
    return (Array.isArray(result) ? (result as readonly Value[]) : [result]).filter(isTensor);
  }
  constant(shape: readonly number[], domain: Domain = 'any', seed = 5): Tensor {
    return this.o.eager.backend.constant(generic(shape, seed, domain), shape, 'float32');
  }
  integers(...values: readonly number[]): Tensor {
    return this.o.vector(values);
  }
  /** `tf.keras.layers.X(…)(x)`, with generic weights. */
  layer(name: string, config: readonly Value[], x: Tensor, training = false): Tensor {
    const spec = findLayer(name);
    if (!spec) throw new Error(`no layer ${name}`);
    const bound = new Arguments(bindDefaults(spec.signature, config), this.o);
    const weights = (spec.build?.(bound, x.shape) ?? []).map(({ name: weight, shape, trainable }, i): [string, Variable] => {
      if (!isKnown(shape)) throw new Error(`${name}: a weight of an unknown shape`);
      const handle = this.o.eager.backend.constant([0], [], 'resource');
      return [weight, { handle, value: this.constant(shape, 'any', 7 + i), trainable, name: weight }];
    });
    return spec.call([x], { config: bound, weights: new Map(weights), training }, this.o);
  }
  /** `tf.keras.losses.X()(y_true, y_pred)`. */
  loss(name: string, labels: Value, prediction: Tensor): Tensor {
    const spec = findLoss(name);
    if (!spec) throw new Error(`no loss ${name}`);
    return reduceLoss(this.call(spec.function, labels, prediction), null, 'auto', this.o);
  }
}

export interface UnaryForm {
  readonly shape: readonly number[];
  readonly domain: Domain;
  readonly f: (x: Tensor, tf: Tensorflow) => Tensor;
}
export interface BinaryForm {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly domains: readonly [Domain, Domain];
  readonly f: (a: Tensor, b: Tensor, tf: Tensorflow) => Tensor;
}

const i = (value: number): Integer => new Integer(value);
const ints = (...values: readonly number[]): Value => values.map(i);
const dtype = (name: DType): Value => new DTypeValue(name);

// ------------------------------------------------------------------------------------------------ of one tensor

const on = (shape: readonly number[], f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => ({ shape, domain, f });
const vector = (f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => on([4], f, domain);
const matrix = (f: UnaryForm['f'], domain: Domain = 'any'): UnaryForm => on([3, 3], f, domain);
const positive = (f: UnaryForm['f']): UnaryForm => vector(f, 'positive');

const DENSE = (activation: string) => on([4, 3], (x, tf) => tf.layer('Dense', [i(2), activation], x));
const SEQUENTIAL = (hidden: string, last: string) =>
  on([4, 3], (x, tf) => tf.layer('Dense', [i(1), last], tf.layer('Dense', [i(5), hidden], x)));
const LOSS = (name: string, domain: Domain = 'positive') =>
  on([3, 4], (x, tf) => tf.loss(name, tf.constant([3, 4], domain === 'weights' ? 'weights' : 'positive', 9), x), domain);

const WRITTEN_UNARY: Readonly<Record<string, UnaryForm>> = {
  'x + 1': vector((x, tf) => tf.o.add(x, 1)),
  'x - c': vector((x, tf) => tf.o.sub(x, tf.constant([4]))),
  '2 * x': vector((x, tf) => tf.o.mul(2, x)),
  'x / 2': vector((x, tf) => tf.o.div(x, 2)),
  'x + x': vector((x, tf) => tf.o.add(x, x)),
  'tf.add_n': vector((x, tf) => tf.call('tf.add_n', [x, x, x])),
  'tf.reshape': matrix((x, tf) => tf.call('tf.reshape', x, ints(-1))),
  'tf.transpose': matrix((x, tf) => tf.call('tf.transpose', x)),
  'tf.expand_dims': vector((x, tf) => tf.call('tf.expand_dims', x, i(0))),
  'tf.squeeze': on([4, 1], (x, tf) => tf.call('tf.squeeze', x)),
  'x[1:3]': vector((x, tf) => tf.o.apply('StridedSlice', [x], { indices: [{ kind: 'slice', start: 1, size: 2, step: 1 }] })),
  'x[0]': vector((x, tf) => tf.o.apply('StridedSlice', [x], { indices: [{ kind: 'index', at: 0 }] })),
  'x[..., tf.newaxis]': vector((x, tf) =>
    tf.o.apply('StridedSlice', [x], { indices: [{ kind: 'slice', start: 0, size: 4, step: 1 }, { kind: 'new axis' }] }),
  ),
  'tf.slice': vector((x, tf) => tf.call('tf.slice', x, ints(1), ints(2))),
  'tf.concat': vector((x, tf) => tf.call('tf.concat', [x, x], i(0))),
  'tf.stack': vector((x, tf) => tf.call('tf.stack', [x, x])),
  'tf.unstack': matrix((x, tf) => tf.call('tf.unstack', x)),
  'tf.split': vector((x, tf) => tf.call('tf.split', x, i(2))),
  'tf.gather': vector((x, tf) => tf.call('tf.gather', x, tf.integers(0, 2, 2))),
  'tf.nn.embedding_lookup': matrix((x, tf) => tf.call('tf.nn.embedding_lookup', x, tf.integers(0, 2, 2))),
  'tf.tile': vector((x, tf) => tf.call('tf.tile', x, ints(2))),
  'tf.pad': vector((x, tf) => tf.call('tf.pad', x, [ints(1, 2)])),
  'tf.broadcast_to': vector((x, tf) => tf.call('tf.broadcast_to', x, ints(3, 4))),
  'tf.repeat': vector((x, tf) => tf.call('tf.repeat', x, i(2))),
  'tf.reverse': vector((x, tf) => tf.call('tf.reverse', x, ints(0))),
  'tf.roll': vector((x, tf) => tf.call('tf.roll', x, i(1), i(0))),
  'tf.linalg.diag_part': matrix((x, tf) => tf.call('tf.linalg.diag_part', x)),
  'tf.linalg.trace': matrix((x, tf) => tf.call('tf.linalg.trace', x)),
  'tf.reduce_any(x>0)': vector((x, tf) => tf.call('tf.reduce_any', tf.o.greater(x, 0))),
  'tf.nn.moments': vector((x, tf) => tf.list('tf.nn.moments', x, ints(0))[1] ?? x),
  'tf.clip_by_norm': vector((x, tf) => tf.call('tf.clip_by_norm', x, 1)),
  'tf.math.xlogy(x,x)': positive((x, tf) => tf.call('tf.math.xlogy', x, x)),
  'x**2': vector((x, tf) => tf.o.pow(x, 2)),
  'x**3': vector((x, tf) => tf.o.pow(x, 3)),
  'x**1': vector((x, tf) => tf.o.pow(x, 1)),
  'x**0.5': positive((x, tf) => tf.o.pow(x, 0.5)),
  'x**0': vector((x, tf) => tf.o.pow(x, 0)),
  'tf.pow(x,2.)': vector((x, tf) => tf.call('tf.pow', x, 2)),
  '2.**x': vector((x, tf) => tf.o.pow(2, x)),
  'x**x': positive((x, tf) => tf.o.pow(x, x)),
  'x*x': vector((x, tf) => tf.o.mul(x, x)),
  '1/x': vector((x, tf) => tf.o.div(1, x)),
  'x/x': vector((x, tf) => tf.o.div(x, x)),
  'tf.math.squared_difference(x,1)': vector((x, tf) => tf.call('tf.math.squared_difference', x, 1)),
  'tf.math.divide_no_nan(1,x)': vector((x, tf) => tf.call('tf.math.divide_no_nan', 1, x)),
  'x % 0.3 (floormod)': vector((x, tf) => tf.call('tf.math.floormod', x, 0.3)),
  'x // 0.3 (floordiv)': vector((x, tf) => tf.call('tf.math.floordiv', x, 0.3)),
  'tf.math.atan2(x,1)': vector((x, tf) => tf.call('tf.math.atan2', x, 1)),
  'tf.math.abs(mixed)': vector((x, tf) => tf.call('tf.math.abs', x)),
  'tf.maximum(x,0)': vector((x, tf) => tf.call('tf.maximum', x, 0)),
  'tf.minimum(x,0)': vector((x, tf) => tf.call('tf.minimum', x, 0)),
  'tf.clip_by_value': vector((x, tf) => tf.call('tf.clip_by_value', x, -0.5, 0.5)),
  'tf.where(x>0,x,0)': vector((x, tf) => tf.call('tf.where', tf.o.greater(x, 0), x, 0)),
  'tf.where(x>0,x*x,x)': vector((x, tf) => tf.call('tf.where', tf.o.greater(x, 0), tf.o.mul(x, x), x)),
  'tf.where(x>0,1.,0.)': vector((x, tf) => tf.call('tf.where', tf.o.greater(x, 0), 1, 0)),
  'tf.cast float64': vector((x, tf) => tf.call('tf.cast', x, dtype('float64'))),
  'tf.cast float16': vector((x, tf) => tf.call('tf.cast', x, dtype('float16'))),
  'tf.cast int32': vector((x, tf) => tf.call('tf.cast', x, dtype('int32'))),
  'tf.cast int32->float32': vector((x, tf) => tf.call('tf.cast', tf.call('tf.cast', x, dtype('int32')), dtype('float32')), 'wide'),
  'tf.cast bool->float': vector((x, tf) => tf.call('tf.cast', tf.call('tf.cast', x, dtype('bool')), dtype('float32'))),
  'tf.argmax->cast float': vector((x, tf) => tf.call('tf.cast', tf.call('tf.argmax', tf.o.neg(x)), dtype('float32'))),
  'tf.argsort->gather': vector((x, tf) => tf.call('tf.gather', x, tf.call('tf.argsort', x))),
  'tf.one_hot(argmax)': vector((x, tf) => tf.call('tf.one_hot', tf.call('tf.argmax', x), i(4))),
  'tf.greater -> cast': vector((x, tf) => tf.call('tf.cast', tf.call('tf.greater', x, 0), dtype('float32'))),
  'tf.equal -> cast': vector((x, tf) => tf.call('tf.cast', tf.call('tf.equal', x, 0), dtype('float32'))),
  'tf.shape->float': vector((x, tf) => tf.call('tf.cast', tf.call('tf.shape', x), dtype('float32'))),
  'tf.size->float': vector((x, tf) => tf.call('tf.cast', tf.call('tf.size', x), dtype('float32'))),
  'tf.fill([3],x[0])': vector((x, tf) =>
    tf.call('tf.fill', ints(3), tf.o.apply('StridedSlice', [x], { indices: [{ kind: 'index', at: 0 }] })),
  ),
  'tf.range(x)': on([], (x, tf) => tf.call('tf.range', x), 'above one'),
  'tf.linspace(x,1)': on([], (x, tf) => tf.call('tf.linspace', x, 1, i(5))),
  'tf.constant(x)': vector((x, tf) => tf.call('tf.constant', x)),
  'tf.Variable(x)': vector((x, tf) => tf.o.eager.backend.detach(x)),
  'keras Embedding(int cast)': vector(
    (x, tf) => tf.layer('Embedding', [i(8), i(2)], tf.call('tf.cast', tf.o.abs(x), dtype('int32'))),
    'wide',
  ),
  'tf.random.normal(mean=x)': vector((x, tf) => tf.call('tf.random.normal', ints(4), x)),
  'tf.random.uniform(maxval=x)': vector((x, tf) => tf.call('tf.random.uniform', ints(4), 0, x)),
  'x + stop_gradient(round(x)-x) (STE)': vector((x, tf) => tf.o.add(x, tf.call('tf.stop_gradient', tf.o.sub(tf.call('tf.round', x), x)))),
  'python if': vector((x, tf) => tf.o.mul(x, x)),
  'tf.nn.leaky_relu': vector((x, tf) => tf.call('tf.nn.leaky_relu', x)),
  'keras mish': vector((x, tf) => tf.call('tf.keras.activations.mish', x)),
  'keras hard_sigmoid': vector((x, tf) => tf.call('tf.keras.activations.hard_sigmoid', x)),
  'keras exponential': vector((x, tf) => tf.call('tf.keras.activations.exponential', x)),
  'keras linear': vector((x, tf) => tf.call('tf.keras.activations.linear', x)),
  'keras gelu(approx)': vector((x, tf) => tf.call('tf.keras.activations.gelu', x, true)),
  'tf.nn.softmax': matrix((x, tf) => tf.call('tf.nn.softmax', x)),
  'tf.nn.log_softmax': matrix((x, tf) => tf.call('tf.nn.log_softmax', x)),
  'tf.nn.softmax(axis=0)': matrix((x, tf) => tf.call('tf.nn.softmax', x, i(0))),
  'tf.sparse softmax xent(logits)': matrix((x, tf) => tf.call('tf.nn.sparse_softmax_cross_entropy_with_logits', tf.integers(0, 2, 1), x)),
  'tf.nn.softmax_cross_entropy_with_logits(logits)': matrix((x, tf) =>
    tf.call('tf.nn.softmax_cross_entropy_with_logits', tf.constant([3, 3], 'weights'), x),
  ),
  'tf.nn.softmax_cross_entropy_with_logits(labels)': matrix((x, tf) =>
    tf.call('tf.nn.softmax_cross_entropy_with_logits', x, tf.constant([3, 3])),
  ),
  'tf.nn.sigmoid_cross_entropy_with_logits(logits)': matrix((x, tf) =>
    tf.call('tf.nn.sigmoid_cross_entropy_with_logits', tf.constant([3, 3], 'weights'), x),
  ),
  'tf.nn.bias_add(x,c)': matrix((x, tf) => tf.call('tf.nn.bias_add', x, tf.constant([3]))),
  'tf.nn.dropout': vector((x, tf) => tf.call('tf.nn.dropout', x, 0.5)),
  'keras Dense(linear)': DENSE('linear'),
  'keras Dense(relu)': DENSE('relu'),
  'keras Dense(tanh)': DENSE('tanh'),
  'keras Sequential linear': SEQUENTIAL('linear', 'linear'),
  'keras Sequential relu': SEQUENTIAL('relu', 'linear'),
  'keras Sequential tanh': SEQUENTIAL('tanh', 'linear'),
  'keras Sequential relu + sigmoid out': SEQUENTIAL('relu', 'sigmoid'),
  'keras PReLU': on([2, 4], (x, tf) => tf.layer('PReLU', [], x)),
  'keras GlobalAveragePooling2D': on([2, 3, 3, 2], (x, tf) => tf.layer('GlobalAveragePooling2D', [], x)),
  'keras Dropout(training)': on([2, 4], (x, tf) => tf.layer('Dropout', [0.5], x, true)),
  'keras GaussianNoise(training)': on([2, 4], (x, tf) => tf.layer('GaussianNoise', [0.5], x, true)),
  'keras loss MeanSquaredError': LOSS('MeanSquaredError'),
  'keras loss MeanAbsoluteError': LOSS('MeanAbsoluteError'),
  'keras loss Huber': LOSS('Huber'),
  'keras loss LogCosh': LOSS('LogCosh'),
  'keras loss CategoricalCrossentropy': LOSS('CategoricalCrossentropy', 'weights'),
  'keras loss BinaryCrossentropy': LOSS('BinaryCrossentropy'),
  'keras loss KLDivergence': LOSS('KLDivergence', 'weights'),
  'keras loss Hinge': on([3, 4], (x, tf) =>
    tf.loss('Hinge', tf.o.eager.backend.constant([1, -1, 1, 1, -1, -1, 1, 1, -1, 1, 1, -1], [3, 4], 'float32'), x),
  ),
  'keras loss SquaredHinge': on([3, 4], (x, tf) =>
    tf.loss('SquaredHinge', tf.o.eager.backend.constant([1, -1, 1, 1, -1, -1, 1, 1, -1, 1, 1, -1], [3, 4], 'float32'), x),
  ),
  'keras loss CosineSimilarity': LOSS('CosineSimilarity'),
  'keras loss Poisson': LOSS('Poisson'),
  'keras loss MeanSquaredLogarithmicError': LOSS('MeanSquaredLogarithmicError'),
  'keras loss SparseCategoricalCrossentropy(from_logits)': on([3, 4], (x, tf) =>
    reduceLoss(tf.call('tf.keras.losses.sparse_categorical_crossentropy', tf.integers(0, 2, 1), x, true), null, 'auto', tf.o),
  ),
  'keras loss SparseCategoricalCrossentropy(probs)': on(
    [3, 4],
    (x, tf) => tf.loss('SparseCategoricalCrossentropy', tf.integers(0, 2, 1), x),
    'weights',
  ),
  'tf.linalg.matmul(x,C)': matrix((x, tf) => tf.call('tf.linalg.matmul', x, tf.constant([3, 3]))),
  'tf.matmul(x,x^T)': matrix((x, tf) => tf.call('tf.matmul', x, x, false, true)),
  'x @ x': matrix((x, tf) => tf.o.matmul(x, x)),
  'tf.tensordot(x,C)': matrix((x, tf) => tf.call('tf.tensordot', x, tf.constant([3, 3]), i(1))),
  'tf.linalg.matvec(A,x)': on([3], (x, tf) => tf.call('tf.linalg.matvec', tf.constant([3, 3]), x)),
  'python sum(x*x)': vector((x, tf) => {
    const parts = tf.o.unstack(tf.o.mul(x, x), 0, 4);
    return parts.reduce((sum, part) => tf.o.add(sum, part), tf.o.scalar(0));
  }),
  'python abs(x)': vector((x, tf) => tf.o.abs(x)),
  'python round(x)': vector((x, tf) => tf.call('tf.round', x)),
  'tf.feature: tf.math.softplus(-relu)': vector((x, tf) => tf.call('tf.math.softplus', tf.o.neg(tf.o.relu(x)))),
  'tf.math.is_nan->where': vector((x, tf) => tf.call('tf.where', tf.call('tf.math.is_nan', x), tf.o.zerosLike(x), tf.o.mul(x, x))),
  'tf.linalg.norm(axis=-1)': matrix((x, tf) => tf.call('tf.linalg.norm', x, 'euclidean', i(-1))),
  'tf.reduce_max(axis)': matrix((x, tf) => tf.call('tf.reduce_max', x, i(0))),
};
/** Functions of one tensor that are only defined, or only of interest, on part of the line. */
const NAMED_DOMAINS: Readonly<Record<string, Domain>> = {
  'tf.sqrt': 'positive',
  'tf.math.log': 'positive',
  'tf.math.log1p': 'positive',
  'tf.math.rsqrt': 'positive',
  'tf.acosh': 'above one',
};

export function unaryForm(key: string): UnaryForm | null {
  const written = WRITTEN_UNARY[key];
  if (written) return written;
  // The table shortens some names.
  const name = findFunction(key) ? key : key.replace(/^tf\./, 'tf.math.');
  const definition = findFunction(name);
  if (
    !definition ||
    parametersOf(definition.signature)
      .slice(1)
      .some((p) => p.value === undefined)
  )
    return null;
  return vector((x, tf) => tf.call(name, x), NAMED_DOMAINS[key]);
}

// ------------------------------------------------------------------------------------------------ of two tensors

/** Recorded with a above b everywhere: what is larger, and what is clipped, is part of the answer. */
const both = (f: BinaryForm['f'], domain?: Domain, a: readonly number[] = [4], b: readonly number[] = a): BinaryForm => ({
  a,
  b,
  domains: domain ? [domain, domain] : ['upper', 'lower'],
  f,
});
const DENSE_OF_TWO = (activation: string) =>
  both(
    (a, b, tf) => tf.call(activation.startsWith('tf.') ? activation : `tf.keras.activations.${activation}`, tf.o.matmul(a, b)),
    'any',
    [4, 3],
    [3, 2],
  );
const MLP = (activation: string) => (a: Tensor, b: Tensor, tf: Tensorflow) =>
  tf.o.matmul(tf.call(`tf.keras.activations.${activation}`, tf.o.matmul(a, b)), tf.constant([5, 1], 'any', 8));
const MSE = (y: Tensor, tf: Tensorflow): Tensor => tf.o.mean(tf.o.square(tf.o.sub(y, 0.3)));

const WRITTEN_BINARY: Readonly<Record<string, BinaryForm>> = {
  'a + b': both((a, b, tf) => tf.o.add(a, b)),
  'a - b': both((a, b, tf) => tf.o.sub(a, b)),
  'a * b': both((a, b, tf) => tf.o.mul(a, b)),
  'a / b': both((a, b, tf) => tf.o.div(a, b)),
  'a // b': both((a, b, tf) => tf.o.floorDiv(a, b)),
  'a % b': both((a, b, tf) => tf.o.binary('FloorMod', a, b)),
  'a ** b': both((a, b, tf) => tf.o.pow(a, b)),
  'tf.atan2': both((a, b, tf) => tf.call('tf.math.atan2', a, b)),
  'tf.where(a>b,a,b)': both((a, b, tf) => tf.call('tf.where', tf.o.greater(a, b), a, b)),
  'tf.where(a>0.5,b,0)': both((a, b, tf) => tf.call('tf.where', tf.o.greater(a, 0.5), b, 0)),
  'tf.concat square': both((a, b, tf) => tf.o.square(tf.call('tf.concat', [a, b], i(0)))),
  'tf.stack': both((a, b, tf) => tf.call('tf.stack', [a, b])),
  'tf.tensordot dot': both((a, b, tf) => tf.call('tf.tensordot', a, b, i(1))),
  'exp(a*b)': both((a, b, tf) => tf.o.exp(tf.o.mul(a, b))),
  'a*tf.stop_gradient(b)': both((a, b, tf) => tf.o.mul(a, tf.call('tf.stop_gradient', b))),
  'sin(a)+sin(b) (separable)': both((a, b, tf) => tf.o.add(tf.o.sin(a), tf.o.sin(b))),
  'a*a*b': both((a, b, tf) => tf.o.mul(tf.o.mul(a, a), b)),
  'a*b+b': both((a, b, tf) => tf.o.add(tf.o.mul(a, b), b)),
  'tf.nn.relu(a*b)': both((a, b, tf) => tf.o.relu(tf.o.mul(a, b))),
  'tf.tanh(a*b)': both((a, b, tf) => tf.o.tanh(tf.o.mul(a, b))),
  'tf.nn.leaky_relu(a*b)': both((a, b, tf) => tf.call('tf.nn.leaky_relu', tf.o.mul(a, b))),
  'tf.abs(a-b)': both((a, b, tf) => tf.o.abs(tf.o.sub(a, b))),
  'tf.sign(a)*b': both((a, b, tf) => tf.o.mul(tf.o.sign(a), b)),
  'tf.round(a)*b': both((a, b, tf) => tf.o.mul(tf.call('tf.round', a), b)),
  'tf.clip_by_value(a,b,1)': both((a, b, tf) => tf.call('tf.clip_by_value', a, b, 1)),
  'tf.nn.bias_add': both((a, b, tf) => tf.call('tf.nn.bias_add', a, b), 'any', [2, 3], [3]),
  'tf.linspace': both((a, b, tf) => tf.call('tf.linspace', a, b, i(5)), 'any', []),
  'tf.random.normal(mean=a,stddev=b)': both((a, b, tf) => tf.call('tf.random.normal', ints(4), a, b)),
  'tf.random.uniform(a,b)': both((a, b, tf) => tf.call('tf.random.uniform', ints(4), a, b)),
  'lerp a+(b-a)*t': both((a, b, tf) => tf.o.add(a, tf.o.mul(tf.o.sub(b, a), 0.3))),
  'mse keras': both((a, b, tf) => tf.loss('MeanSquaredError', a, b)),
  'mae keras': both((a, b, tf) => tf.loss('MeanAbsoluteError', a, b)),
  'huber keras': both((a, b, tf) => tf.loss('Huber', a, b)),
  'kld keras': both((a, b, tf) => tf.loss('KLDivergence', a, b)),
  'binary_crossentropy keras (y_true=a,y_pred=b)': both((a, b, tf) => tf.loss('BinaryCrossentropy', a, b)),
  'softmax xent(labels=a,logits=b)': both(
    (a, b, tf) => tf.call('tf.nn.softmax_cross_entropy_with_logits', tf.call('tf.nn.softmax', a), b),
    'any',
    [2, 3],
  ),
  'sigmoid xent(labels=a,logits=b)': both((a, b, tf) => tf.call('tf.nn.sigmoid_cross_entropy_with_logits', a, b)),
  'cosine_similarity keras': both((a, b, tf) => tf.loss('CosineSimilarity', a, b)),
  'tf.math.reduce_logsumexp(stack)': both((a, b, tf) => tf.call('tf.math.reduce_logsumexp', tf.call('tf.stack', [a, b]), i(0))),
  'scalar a * b': both((a, b, tf) => tf.o.mul(a, b), undefined, []),
  'scalar a / b': both((a, b, tf) => tf.o.div(a, b), undefined, []),
  'scalar a ** b': both((a, b, tf) => tf.o.pow(a, b), undefined, []),
  'scalar a + b': both((a, b, tf) => tf.o.add(a, b), undefined, []),
  'vector a * scalar b': both((a, b, tf) => tf.o.mul(a, b), undefined, [3], []),
  'vector a / scalar b': both((a, b, tf) => tf.o.div(a, b), undefined, [3], []),
  'vector a + scalar b': both((a, b, tf) => tf.o.add(a, b), undefined, [3], []),
  'tf.matmul(a,b)': both((a, b, tf) => tf.call('tf.matmul', a, b), 'any', [3, 3]),
  'tf.matmul(a,b,transpose_b)': both((a, b, tf) => tf.call('tf.matmul', a, b, false, true), 'any', [3, 3]),
  'batch tf.matmul': both((a, b, tf) => tf.call('tf.matmul', a, b), 'any', [2, 3, 3]),
  'tf.linalg.matvec': both((a, b, tf) => tf.call('tf.linalg.matvec', a, b), 'any', [3, 3], [3]),
  'tf.tensordot': both((a, b, tf) => tf.call('tf.tensordot', a, b, i(1)), 'any', [3, 3]),
  'tf.gather(params=a) * b': both((a, b, tf) => tf.o.mul(tf.call('tf.gather', a, tf.integers(0, 2, 2)), b), 'any', [4], [3]),
  'tf.gather(square(a)) * b': both((a, b, tf) => tf.o.mul(tf.call('tf.gather', tf.o.square(a), tf.integers(0, 2, 2)), b), 'any', [4], [3]),
  'Dense(x=a,kernel=b,linear)': DENSE_OF_TWO('linear'),
  'Dense(x=a,kernel=b,relu)': DENSE_OF_TWO('relu'),
  'Dense(x=a,kernel=b,tanh)': DENSE_OF_TWO('tanh'),
  'Dense(x=a,kernel=b,sigmoid)': DENSE_OF_TWO('sigmoid'),
  'Dense(x=a,kernel=b,softmax)': DENSE_OF_TWO('softmax'),
  'Dense(x=a,kernel=b,elu)': DENSE_OF_TWO('elu'),
  'Dense(x=a,kernel=b,gelu)': DENSE_OF_TWO('gelu'),
  'Dense(x=a,kernel=b,swish)': DENSE_OF_TWO('swish'),
  'Dense(x=a,kernel=b,leaky_relu)': DENSE_OF_TWO('tf.nn.leaky_relu'),
  'Dense(x=a,kernel=b,softplus)': DENSE_OF_TWO('softplus'),
  '2-layer relu MLP (x=a,W1=b)': both(MLP('relu'), 'any', [4, 3], [3, 5]),
  '2-layer tanh MLP (x=a,W1=b)': both(MLP('tanh'), 'any', [4, 3], [3, 5]),
  'mse(relu MLP) (x=a,W1=b)': both((a, b, tf) => MSE(MLP('relu')(a, b, tf), tf), 'any', [4, 3], [3, 5]),
  'mse(linear) (x=a,W=b)': both((a, b, tf) => MSE(tf.o.matmul(a, b), tf), 'any', [4, 3], [3, 1]),
  'softmax-xent(linear) (x=a,W=b)': both(
    (a, b, tf) => tf.call('tf.nn.sparse_softmax_cross_entropy_with_logits', tf.integers(0, 1, 1, 0), tf.o.matmul(a, b)),
    'any',
    [4, 3],
    [3, 2],
  ),
  'Embedding lookup (table=a) . b': both(
    (a, b, tf) => tf.o.mul(tf.call('tf.nn.embedding_lookup', a, tf.integers(0, 2, 2)), b),
    'any',
    [4, 2],
    [3, 2],
  ),
};

export function binaryForm(key: string): BinaryForm | null {
  const written = WRITTEN_BINARY[key];
  if (written) return written;
  const definition = findFunction(key);
  if (
    !definition ||
    parametersOf(definition.signature)
      .slice(2)
      .some((p) => p.value === undefined)
  )
    return null;
  return both((a, b, tf) => tf.call(key, a, b));
}
