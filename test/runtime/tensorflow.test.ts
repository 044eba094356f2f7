// Python's `tensorflow` as snippets see it: how tensors print, convert, index and raise; Keras' protocol; what each gradient call gives.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, RunCall } from '../../runtime/src/host/protocol.ts';
import { failureOf, openHost, root, runPython } from './runtime.ts';

let host: Host;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host.close());

/** What a program prints, line by line; what it raises is a failure of the test. */
async function printed(text: string): Promise<string[]> {
  const reply = await runPython(host, `import tensorflow as tf\nimport numpy as np\n${text}`);
  expect(failureOf(reply)).toBeNull();
  return reply.output.text.trimEnd().split('\n');
}

async function raised(text: string) {
  return failureOf(await runPython(host, `import tensorflow as tf\n${text}`));
}

async function calls(text: string): Promise<readonly RunCall[]> {
  const reply = await runPython(host, `import tensorflow as tf\n${text}`);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.calls;
}

/** Expressions and what TensorFlow 2.15.1 and numpy 1.26 print for them. */
const PRINTED: readonly (readonly [expression: string, text: string])[] = [
  ['tf.constant([1., 2.])', 'tf.Tensor([1. 2.], shape=(2,), dtype=float32)'],
  ['tf.constant(3)', 'tf.Tensor(3, shape=(), dtype=int32)'],
  ['tf.constant(3.0)', 'tf.Tensor(3.0, shape=(), dtype=float32)'],
  ['tf.constant([True, False])', 'tf.Tensor([ True False], shape=(2,), dtype=bool)'],
  ['repr(tf.constant([[1, 2], [3, 4]]))', '<tf.Tensor: shape=(2, 2), dtype=int32, numpy=|array([[1, 2],|       [3, 4]], dtype=int32)>'],
  ['repr(tf.Variable(1.5, name="w"))', "<tf.Variable 'w:0' shape=() dtype=float32, numpy=1.5>"],
  ['tf.constant([0.1, 0.25])', 'tf.Tensor([0.1  0.25], shape=(2,), dtype=float32)'],
  ['tf.constant(1.0) / 3', 'tf.Tensor(0.33333334, shape=(), dtype=float32)'],
  ['tf.zeros([2, 3]).shape', '(2, 3)'],
  ['repr(tf.zeros([2, 3]).shape)', 'TensorShape([2, 3])'],
  ['tf.float32', "<dtype: 'float32'>"],
  ['float(tf.constant(2.0)), int(tf.constant(2)), bool(tf.constant(True))', '2.0 2 True'],
  ['f"{tf.constant(2.5).numpy():.2f}"', '2.50'],
  ['tf.constant([[1., 2.], [3., 4.]])[:, 1]', 'tf.Tensor([2. 4.], shape=(2,), dtype=float32)'],
  ['tf.range(6)[::-2]', 'tf.Tensor([5 3 1], shape=(3,), dtype=int32)'],
  ['tf.range(6)[1:3][tf.newaxis].shape', '(1, 2)'],
  ['[int(x) for x in tf.range(3)]', '[0, 1, 2]'],
  ['len(tf.zeros([4, 2]))', '4'],
  ['2 ** tf.constant(3.0)', 'tf.Tensor(8.0, shape=(), dtype=float32)'],
  ['[t.numpy().tolist() for t in tf.nn.collapse_repeated([[1, 1, 2, 2, 1], [1, 2, 3, 4, 5]], [5, 3])]', '[[[1, 2, 1], [1, 2, 3]], [3, 3]]'],
  [
    '[t.numpy().tolist() for t in tf.nn.collapse_repeated([[7, 7], [7, 8], [3, 3]], tf.constant([2, 1, 0], tf.int64))]',
    '[[[7], [7], [0]], [1, 1, 0]]',
  ],
  [
    '[7 // tf.constant(2), -7 % tf.constant(4)]',
    '[<tf.Tensor: shape=(), dtype=int32, numpy=3>, <tf.Tensor: shape=(), dtype=int32, numpy=1>]',
  ],
  ['np.array([1.0, 2.0]) * tf.constant([3.0, 4.0])', 'tf.Tensor([3. 8.], shape=(2,), dtype=float32)'],
  ['np.array([[1, 2.5], [3, 4]])', '[[1.  2.5]| [3.  4. ]]'],
  ['[np.linspace(0, 1, 3), np.arange(3).dtype]', "[array([0. , 0.5, 1. ]), dtype('int64')]"],
  ['np.array([1e-8, 1.0])', '[1.e-08 1.e+00]'],
  ['tf.nest.flatten({"b": 1, "a": [2, (3,)]})', '[2, 3, 1]'],
];

describe('tensors', () => {
  it.each(PRINTED)('%s prints as TensorFlow prints it', async (expression, text) => {
    expect((await printed(`print(${expression})`)).join('|')).toBe(text);
  });

  it('bind arguments as Python does', async () => {
    expect(await raised('tf.reduce_sum()')).toMatchObject({
      type: 'TypeError',
      line: 2,
      message: "reduce_sum() missing 1 required positional argument: 'input_tensor'",
    });
    expect(await raised('tf.tanh(1.0, nam="a")')).toMatchObject({
      type: 'TypeError',
      message: expect.stringContaining("unexpected keyword argument 'nam'"),
    });
  });

  it('raise what TensorFlow raises', async () => {
    expect(await raised('tf.constant([1., 2.]) + tf.constant([1., 2., 3.])')).toMatchObject({ type: 'InvalidArgumentError', line: 2 });
    expect(await raised('tf.constant([1., 2.])[5]')).toMatchObject({
      type: 'InvalidArgumentError',
      message: expect.stringContaining('out of bounds'),
    });
    expect(await raised('tf.Variable([1., 2.]).assign([1.])')).toMatchObject({
      type: 'ValueError',
      message: expect.stringContaining('Shape mismatch'),
    });
  });

  it('say by name and line what is not supported', async () => {
    expect(await raised('x = 1\ntf.edit_distance(x)')).toMatchObject({
      kind: 'unsupported',
      line: 3,
      message: 'tensorflow.edit_distance is not supported by Tape Lens yet',
    });
    expect(await raised('from tensorflow.keras.layers import Nothing')).toMatchObject({
      kind: 'unsupported',
      line: 2,
      message: 'tensorflow.keras.layers.Nothing is not supported by Tape Lens yet',
    });
    expect(await raised('import numpy as np\nnp.nothing')).toMatchObject({
      kind: 'unsupported',
      line: 3,
      message: 'numpy.nothing is not supported by Tape Lens yet',
    });
  });

  it('do not go on in a handler of theirs where nobody knows whether TensorFlow raises', async () => {
    const text = 'x = tf.constant([1.0, 2.0])\ntry:\n    tf.edit_distance(x)\nexcept Exception:\n    pass\nprint("on")';
    expect(await raised(text)).toMatchObject({ kind: 'unsupported', line: 4 });
  });

  it('draw other numbers each run, and the same with a seed', async () => {
    const draw = (seed: string) => printed(`${seed}\nprint(tf.random.normal([3]).numpy(), tf.random.uniform([]).numpy())`);
    expect(await draw('')).not.toEqual(await draw(''));
    expect(await draw('tf.random.set_seed(1)')).toEqual(await draw('tf.random.set_seed(1)'));
  });
});

describe('Keras', () => {
  it('names layers and weights, counts and orders them', async () => {
    const text = `
from tensorflow import keras
model = keras.Sequential([keras.layers.Dense(3, activation='relu', input_shape=(2,)), keras.layers.Dense(1)])
print([layer.name for layer in model.layers], [w.name for w in model.weights], model.count_params())
print(model(tf.ones([5, 2])).shape)
model.layers[0].trainable = False
print(len(model.trainable_variables), len(model.weights))
`;
    expect(await printed(text)).toEqual([
      "['dense', 'dense_1'] ['dense/kernel:0', 'dense/bias:0', 'dense_1/kernel:0', 'dense_1/bias:0'] 13",
      '(5, 1)',
      '2 4',
    ]);
  });

  it('takes models given as classes and as graphs of calls', async () => {
    const text = `
class Own(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(4, activation=tf.nn.tanh)
        self.scale = self.add_weight(name='scale', shape=(), initializer='ones')
    def call(self, x, training=False):
        return self.first(x) * self.scale
own = Own()
print(own(tf.ones([2, 3])).shape, len(own.trainable_variables))
a = tf.keras.Input(shape=(3,))
b = tf.keras.layers.Dense(2)(a)
c = tf.keras.layers.Add()([b, b])
model = tf.keras.Model(a, c)
print(c.shape, model(tf.ones([7, 3])).shape, len(model.weights))
`;
    expect(await printed(text)).toEqual(['(2, 4) 3', '(None, 2) (7, 2) 2']);
  });

  it('trains with fit, whose gradients are those of its variables', async () => {
    const text = `
m = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer='zeros')])
m.compile(tf.keras.optimizers.SGD(0.1), 'mse', metrics=['mae'])
data = tf.data.Dataset.from_tensor_slices((tf.ones([6, 2]), tf.ones([6, 1]))).batch(4)
history = m.fit(data, epochs=2, verbose=0)
print([round(v, 3) for v in history.history['mae']], sorted(history.history), len(data))
print(m.evaluate(tf.ones([4, 2]), tf.ones([4]), verbose=0, return_dict=True).keys())
`;
    expect(await printed(text)).toEqual(["[0.8, 0.128] ['loss', 'mae'] 2", "dict_keys(['loss', 'mae'])"]);
    expect((await calls(text)).map((call) => [call.method, call.target, call.sources.map((s) => s.name)])).toEqual([
      ['gradient', 'the loss', ['dense/kernel', 'dense/bias']],
    ]);
  });

  it('makes layers and models anew from what they say of themselves', async () => {
    const text = `
K = tf.keras.layers
x = tf.constant([[0.1, 0.2]])
seq = tf.keras.Sequential([K.Dense(3, activation='tanh', kernel_initializer='ones', input_shape=(2,)), K.Dense(1, use_bias=False, kernel_initializer='ones')])
copy = tf.keras.models.clone_model(seq)
copy.set_weights([w * 2.0 for w in seq.get_weights()])
a = tf.keras.Input([2])
net = tf.keras.Model(a, K.Add()([K.Dense(2, kernel_initializer='ones')(a), a * 2.0]))
twin = tf.keras.models.clone_model(net)
class Plain(K.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor
    def call(self, x):
        return x * self.factor
both = K.Bidirectional.from_config(K.Bidirectional(K.SimpleRNN(1, kernel_initializer='ones', recurrent_initializer='ones')).get_config())
plain = Plain.from_config(Plain(5.0).get_config())
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    models = [copy, twin, plain]
    sums = [tf.reduce_sum(m(x) ** 2) for m in models] + [tf.reduce_sum(both(x[None]))]
print([round(float(tf.reduce_sum(tape.gradient(s, x))), 4) for s in sums])
print(tape.gradient(sums[0], seq.trainable_variables), len(twin.trainable_variables))
`;
    expect(await printed(text)).toEqual(['[110.0599, 9.6, 15.0, 3.6605]', '[None, None, None] 2']);
  });

  it('learns a mean and a variance of data', async () => {
    const text = `
data = np.array([[1.0, 5.0], [2.0, 1.0], [4.0, 3.0]], dtype=np.float32)
norm, one = tf.keras.layers.Normalization(), tf.keras.layers.Normalization(axis=None)
norm.adapt(data)
one.adapt(tf.data.Dataset.from_tensor_slices(data).batch(2))
x = tf.Variable([[1.5, 2.5]])
with tf.GradientTape(persistent=True) as tape:
    y = [tf.reduce_sum(layer(x) ** 3) for layer in (norm, one)]
print([round(float(tf.reduce_sum(tape.gradient(v, x))), 4) for v in y], len(norm.weights))
print(tf.keras.utils.to_categorical([0, 2], 3).tolist(), np.cumprod(np.array([1.0, 2.0, 3.0])).tolist())
`;
    expect(await printed(text)).toEqual(['[1.246, 1.2578] 3', '[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]] [1.0, 2.0, 6.0]']);
  });

  it('counts what is right and wrong above thresholds', async () => {
    const text = `
M = tf.keras.metrics
y, p = tf.constant([[0.0], [1.0], [1.0], [0.0]]), tf.constant([[0.1], [0.4], [1.8], [0.7]])
for kind in (M.AUC, M.Precision, M.Recall, M.TruePositives, M.FalseNegatives):
    m = kind()
    m.update_state(y, p)
    m.update_state(y, 1.0 - p, sample_weight=tf.constant([1.0, 2.0, 3.0, 4.0]))
    print(m.name, round(float(m.result()), 4))
model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation='sigmoid', kernel_initializer='ones')])
model.compile('sgd', 'binary_crossentropy', metrics=[M.AUC(), M.Precision(), 'accuracy'])
h = model.fit(np.array([[1.0, 2.0], [0.3, 0.1], [0.2, -1.0]], dtype=np.float32), np.array([1.0, 0.0, 1.0]), epochs=2, verbose=0, batch_size=2, shuffle=False)
print({k: [round(float(v), 4) for v in vs] for k, vs in h.history.items()})
`;
    expect(await printed(text)).toEqual([
      'auc 0.449',
      'precision 0.6',
      'recall 0.4286',
      'true_positives 3.0',
      'false_negatives 4.0',
      "{'loss': [0.7116, 0.7099], 'auc_1': [0.5, 0.5], 'precision_1': [0.5, 0.5], 'accuracy': [0.3333, 0.3333]}",
    ]);
  });

  it('puts functions and operators between the layers of a network, in the order of Keras', async () => {
    const lines = await printed(`
a = tf.keras.Input((3,))
h = tf.keras.layers.Dense(4)(a)
k = tf.keras.Model(a, tf.nn.relu(h * 2.0)[:, 1:] + 1.0)
print([layer.name for layer in k.layers])
print(k.layers[2].output.shape, k(tf.zeros([2, 3])))
`);
    expect(lines[0]).toBe("['input_1', 'dense', 'tf.math.multiply', 'tf.nn.relu', 'tf.__operators__.getitem', 'tf.__operators__.add']");
    expect(lines[1]).toContain('(None, 4) tf.Tensor(');
  });

  it('trains with an optimizer', async () => {
    const text = `
w = tf.Variable(0.0)
optimizer = tf.keras.optimizers.SGD(0.1)
for _ in range(50):
    with tf.GradientTape() as tape:
        loss = tf.keras.losses.MeanSquaredError()(tf.constant([3.0]), tf.stack([w]))
    optimizer.apply_gradients([(tape.gradient(loss, w), w)])
print(round(float(w), 3))
`;
    expect(await printed(text)).toEqual(['3.0']);
  });

  it('has losses that give what TensorFlow 2.15.1 gives', async () => {
    const expected: Readonly<Record<string, number>> = {
      BinaryCrossentropy: 0.45814517,
      BinaryFocalCrossentropy: 0.091106236,
      CategoricalCrossentropy: 0.45814535,
      CategoricalFocalCrossentropy: 0.022776566,
      CategoricalHinge: 0.7,
      CosineSimilarity: -0.8386246,
      Hinge: 0.85,
      Huber: 0.0725,
      KLDivergence: 0.45814386,
      LogCosh: 0.069991276,
      MeanAbsoluteError: 0.35,
      MeanAbsolutePercentageError: 175000030.0,
      MeanSquaredError: 0.145,
      MeanSquaredLogarithmicError: 0.0728762,
      Poisson: 0.7290726,
      SparseCategoricalCrossentropy: 1.1512926,
      SquaredHinge: 0.995,
    };
    const lines = await printed(`
Loss = tf.keras.losses.Loss
for name in dir(tf.keras.losses):
    one = getattr(tf.keras.losses, name)
    if isinstance(one, type) and issubclass(one, Loss) and one is not Loss:
        labels = tf.constant([0, 1]) if 'Sparse' in name else tf.constant([[0.0, 1.0], [1.0, 0.0]])
        print(name, float(one()(labels, tf.constant([[0.2, 0.8], [0.5, 0.5]]))))`);
    const found = Object.fromEntries(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]));
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) expect((found[name] ?? NaN) / value, name).toBeCloseTo(1, 5);
  });

  it('draws orthogonal and scaled weights, and starts the forget gate with ones', async () => {
    const [square, wide, tall, bias, identity, scaled] = await printed(`
orthogonal = tf.keras.initializers.Orthogonal(gain=2.0)
a, b, c = orthogonal([3, 3]), orthogonal([2, 5]), orthogonal([2, 3, 2])
c = tf.reshape(c, [6, 2])
apart = lambda product, size: float(tf.reduce_max(tf.abs(product - 4.0 * tf.eye(size)))) < 1e-5
print(apart(a @ tf.transpose(a), 3))
print(apart(b @ tf.transpose(b), 2))
print(apart(tf.transpose(c) @ c, 2))
layer = tf.keras.layers.LSTM(2)
layer.build([None, 4, 3])
print(layer.weights[2].numpy().tolist())
print(tf.keras.initializers.Identity(3.0)([2, 3]).numpy().tolist())
drawn = tf.keras.initializers.VarianceScaling(2.0, 'fan_out', 'untruncated_normal', seed=1)([50, 400])
print(0.0045 < float(tf.math.reduce_variance(drawn)) < 0.0055)`);
    expect([square, wide, tall]).toEqual(['True', 'True', 'True']);
    expect(bias).toBe('[0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]');
    expect(identity).toBe('[[3.0, 0.0, 0.0], [0.0, 3.0, 0.0]]');
    expect(scaled).toBe('True');
  });

  it('makes the weights of a model from a shape, and of a model that starts with an embedding at once', async () => {
    expect(
      await printed(`
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(3)
        self.last = tf.keras.layers.Dense(1)
    def call(self, x):
        return self.last(self.first(x))

model = Net()
model.build([None, 2])
print([tuple(w.shape) for w in model.weights])
model = tf.keras.Sequential([tf.keras.layers.Embedding(5, 3, input_length=4), tf.keras.layers.GRU(2), tf.keras.layers.Dense(1)])
print([tuple(w.shape) for w in model.weights])`),
    ).toEqual(['[(2, 3), (3,), (3, 1), (1,)]', '[(5, 3), (3, 6), (2, 6), (2, 6), (2, 1), (1,)]']);
  });
});

describe('gradient calls', () => {
  it('are told by place, method, names and values', async () => {
    const text =
      'x = tf.Variable([1., 2.])\nwith tf.GradientTape() as t:\n    y = x * x\ng = t.gradient(y, {"a": x, "b": tf.constant(1.)})\n';
    expect(await calls(text)).toEqual([
      {
        line: 5,
        column: 5,
        endLine: 5,
        endColumn: 50,
        method: 'gradient',
        target: 'y',
        outcome: 'returns',
        executions: 1,
        sources: [
          { name: 'x', outcome: 'value', reason: null, shape: [2], dtype: 'float32', values: [2, 4] },
          { name: 'tf.constant(1.)', outcome: 'none', reason: null, shape: null, dtype: null },
        ],
      },
    ]);
  });

  it('that raise are told with what they raise', async () => {
    const [call] = await calls('t = tf.GradientTape()\ntry:\n    t.gradient(tf.constant(1.), tf.Variable(1.))\nexcept RuntimeError: pass');
    expect(call).toMatchObject({ outcome: 'raises', error: { type: 'RuntimeError', message: expect.stringContaining('non-persistent') } });
  });

  it('are mixed where runs differ', async () => {
    const [call] = await calls(
      'for c in (True, False):\n    x = tf.constant(2.)\n    with tf.GradientTape() as t:\n        if c: t.watch(x)\n        y = x * x\n    t.gradient(y, x)',
    );
    expect(call).toMatchObject({ executions: 2, outcome: 'returns', sources: [{ outcome: 'mixed' }] });
  });

  it('give Jacobians, also of each example alone', async () => {
    const [whole, batch] = await calls(
      'x = tf.Variable([[1., 2.], [3., 4.]])\nwith tf.GradientTape(persistent=True) as t:\n    y = x * x\nt.jacobian(y, x)\nt.batch_jacobian(y, x)',
    );
    expect(whole?.sources[0]?.values).toEqual([2, 0, 0, 0, 0, 4, 0, 0, 0, 0, 6, 0, 0, 0, 0, 8]);
    expect(batch?.sources[0]).toMatchObject({ shape: [2, 2, 2], values: [2, 0, 0, 4, 6, 0, 0, 8] });
  });

  it('across a tf.function give zeros where eager code gives None', async () => {
    const program = (decorator: string) =>
      `x = tf.Variable(2.)\nw = tf.constant(3.)\n${decorator}\ndef f(x): return w * x\nwith tf.GradientTape() as o:\n    with tf.GradientTape() as i:\n        y = f(x)\n    g = i.gradient(y, x)\no.gradient(g, x)`;
    const second = async (decorator: string) => (await calls(program(decorator)))[1]?.sources[0]?.outcome;
    expect(await second('')).toBe('none');
    expect(await second('@tf.function')).toBe('zeros');
  });

  it("go through the program's own gradient", async () => {
    const text = `
@tf.custom_gradient
def clipped(x):
    def grad(dy):
        return tf.minimum(dy, 0.5)
    return x * 3.0, grad
x = tf.Variable(2.0)
with tf.GradientTape() as t:
    y = clipped(x)
t.gradient(y, x)`;
    expect((await calls(text))[0]?.sources[0]?.values).toEqual([0.5]);
  });

  it('keep NaN and infinities', async () => {
    const [call] = await calls('x = tf.Variable([0., -1.])\nwith tf.GradientTape() as t:\n    y = tf.sqrt(x)\nt.gradient(y, x)');
    expect(call?.sources[0]?.values).toEqual([Infinity, NaN]);
  });

  // One tensor of 64 KB left behind by each of 10,000 steps would be 640 MB, beside the 300 MB that a process has.
  it('hold a constant number of tensors over a long loop', { timeout: 240_000 }, async () => {
    const text = `
w = tf.Variable(tf.ones([128, 128]))
for _ in range(10000):
    with tf.GradientTape() as t:
        y = tf.reduce_sum(w * w)
    w.assign(w - 0.001 * t.gradient(y, w))
print(w.shape)
`;
    const small = openHost({ limits: { memoryBytes: 700 * 2 ** 20 } });
    const reply = await runPython(small, `import tensorflow as tf${text}`, 200);
    await small.close();
    expect(failureOf(reply)).toBeNull();
  });
});

describe('numbers that rounding blows up', () => {
  it('are told, but not as what TensorFlow gives', async () => {
    const [call] = await calls(`
x = tf.constant([1.25, 1.61, 3e5])
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.sin(x[:2] * 4321.7)
    z = tf.sin(x[2] * 4321.7)
g = t.gradient([y, z], x)
`);
    const [source] = call?.sources ?? [];
    expect(source?.outcome).toBe('unknown');
    expect(source?.reason).toMatch(/^a value, but rounding leaves (no digit|only .* digits?) of its numbers certain$/);
    expect(source?.values).toHaveLength(3);
  });

  it('are what they are where it does not', async () => {
    const [call] = await calls(`
x = tf.constant([1.25, 1.61])
with tf.GradientTape() as t:
    t.watch(x)
    y = tf.sin(x * 1.7)
g = t.gradient(y, x)
`);
    expect(call?.sources[0]).toMatchObject({ outcome: 'value', reason: null });
  });
});

describe('the examples', () => {
  const folder = join(root, 'examples');
  const expected: Readonly<Record<string, readonly string[]>> = {
    'cubic.py': ['value', 'value'],
    'linear_nested.py': ['value', 'none'],
    'linear_persistent.py': ['value', 'none'],
    'penalty.py': ['value', 'none', 'value none value none', 'value value value value'],
    'product.py': ['value', 'none'],
    'relu_nested.py': ['value', 'zeros'],
    'tanh_nested.py': ['value', 'value'],
    'tanh_unwatched.py': ['value', 'none'],
  };

  it('are all here', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name.endsWith('.py'))
        .sort(),
    ).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s gives what TensorFlow gives', async (name, outcomes) => {
    const path = join(folder, name);
    const reply = await host.explain({ path, text: readFileSync(path, 'utf8'), language: 'python' });
    if (!reply.ok) throw new Error(reply.error.message);
    expect(reply.calls.map((call) => call.sources.map((source) => source.outcome).join(' '))).toEqual(outcomes);
    expect(reply.ended?.type ?? null).toBe(name === 'linear_persistent.py' ? 'AttributeError' : null);
  });
});
