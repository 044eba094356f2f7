// What the server reads while nobody asks anything of it: programs of its own, until the code that reads them is compiled. The first analyses of a process take many times what later ones do.
import { rulePage } from '../render/pages.ts';
import { ruleTable } from '../rules/registry.ts';
import type { DocumentLanguage } from '../syntax/parser.ts';

export interface PracticeProgram {
  readonly text: string;
  readonly language: DocumentLanguage;
}

/** So often is each read. */
const ROUNDS = 24;

/** In milliseconds: so long has nothing been asked when it begins, or goes on. */
const REST = 1000;

/** Practises while nothing is asked; `postpone` says that something is. */
export function practiseInIdleTime(read: (program: PracticeProgram) => void): { postpone(): void } {
  const steps = practice(read);
  let isOver = false;
  let next: NodeJS.Immediate | undefined;
  const step = (): void => {
    isOver = steps.next().done === true;
    if (!isOver) next = setImmediate(step).unref();
  };
  let rest = setTimeout(step, REST).unref();
  return {
    postpone: () => {
      if (isOver) return;
      clearTimeout(rest);
      clearImmediate(next);
      rest = setTimeout(step, REST).unref();
    },
  };
}

/** Reads one program after the other. */
export function* practice(read: (program: PracticeProgram) => void): Generator<void> {
  const programs = [...pagePrograms(), ...PROGRAMS];
  for (let round = 0; round < ROUNDS; round++)
    for (const program of programs) {
      read(program);
      yield;
    }
}

const languages: Readonly<Record<string, DocumentLanguage>> = { python: 'python', js: 'javascript' };

/** What the rules' pages have of wrong and right programs. */
function pagePrograms(): readonly PracticeProgram[] {
  return ruleTable.flatMap(({ code }) =>
    [...(rulePage(code) ?? '').matchAll(/^```(\w+)\n([^]*?)^```/gm)].flatMap(([, name = '', text = '']) => {
      const language = languages[name];
      return language === undefined ? [] : [{ text, language }];
    }),
  );
}

/** What programs mostly have besides. */
const PYTHON: readonly string[] = [
  `import numpy as np
import tensorflow as tf

class Scale(tf.keras.layers.Layer):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(name='w', shape=(input_shape[-1], self.units), initializer='glorot_uniform')
        self.b = self.add_weight(name='b', shape=(self.units,), initializer='zeros', trainable=False)

    def call(self, inputs, training=False):
        return tf.nn.relu(tf.matmul(inputs, self.w) + self.b)

class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = Scale(4)
        self.blocks = [tf.keras.layers.Dense(4, activation='tanh') for _ in range(2)]
        self.last = tf.keras.layers.Dense(1)

    def call(self, x):
        h = self.first(x)
        for block in self.blocks:
            h = block(h) + h
        return self.last(h)

data = np.random.rand(8, 5).astype('float32')
labels = np.ones((8, 1), dtype='float32')
model = Net()
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
for epoch in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(data) - labels))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    if epoch % 2 == 0:
        print('loss', epoch, float(loss))
`,
  `import tensorflow as tf

tf.random.set_seed(1)
inputs = tf.keras.Input(shape=(8, 8, 1))
h = tf.keras.layers.Conv2D(4, 3, activation='relu', padding='same')(inputs)
h = tf.keras.layers.BatchNormalization()(h)
h = tf.keras.layers.MaxPooling2D(2)(h)
h = tf.keras.layers.Flatten()(h)
h = tf.keras.layers.Dropout(0.2)(h)
outputs = tf.keras.layers.Dense(3, activation='softmax')(h)
model = tf.keras.Model(inputs, outputs)
images = tf.random.normal([4, 8, 8, 1])
classes = tf.constant([0, 1, 2, 1])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(images)
    predicted = model(images, training=True)
    loss = tf.keras.losses.SparseCategoricalCrossentropy()(classes, predicted)
by_weight = tape.gradient(loss, model.trainable_weights)
saliency = tape.gradient(loss, images)
jacobian = tape.batch_jacobian(predicted, images)
del tape
print([g.shape for g in by_weight], saliency.shape)
`,
  `import tensorflow as tf

model = tf.keras.Sequential([
    tf.keras.layers.Dense(6, activation='tanh', input_shape=(4,)),
    tf.keras.layers.LayerNormalization(),
    tf.keras.layers.Dense(1, use_bias=False),
])
x = tf.random.uniform([5, 4], -1.0, 1.0)
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape() as inner:
        inner.watch(x)
        y = model(x)
    g = inner.gradient(y, x)
    penalty = tf.reduce_mean((tf.norm(g, axis=1) - 1.0) ** 2)
h = outer.gradient(penalty, model.trainable_variables)
print([None if part is None else part.shape for part in h])
`,
  `import tensorflow as tf

w = tf.Variable([[0.5, -1.0], [2.0, 0.25]], name='w')
b = tf.Variable([0.1, 0.2], trainable=False)

@tf.function
def step(x, scale=2.0):
    y = tf.tanh(x @ w + b) * scale
    if tf.reduce_sum(y) > 0.0:
        y = y ** 2
    else:
        y = -y
    for i in tf.range(2):
        y = y + tf.cast(i, tf.float32)
    return tf.reduce_sum(y)

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
with tf.GradientTape(persistent=True, watch_accessed_variables=False) as t2:
    t2.watch([w, x])
    with tf.GradientTape() as t1:
        loss = step(x)
    dw, db = t1.gradient(loss, [w, b], unconnected_gradients=tf.UnconnectedGradients.ZERO)
hessian = t2.jacobian(dw, w, experimental_use_pfor=False)
mixed = t2.gradient(dw, x)
w.assign_sub(0.1 * dw)
print(hessian.shape, mixed)
`,
  `import tensorflow as tf

def rosenbrock(x):
    return tf.reduce_sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)

def derivatives(f, x):
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = f(x)
        g = t1.gradient(y, x)
    return y, g, t2.jacobian(g, x)

x = tf.constant([0.5, -1.0, 2.0])
value, gradient, hessian = derivatives(rosenbrock, x)
step = tf.linalg.solve(hessian, gradient[:, tf.newaxis])
eigenvalues = tf.linalg.eigvalsh(hessian)
others = {name: derivatives(f, x)[2] for name, f in {'exp': lambda v: tf.reduce_sum(tf.exp(-v)), 'linear': tf.reduce_sum}.items()}
third = None
with tf.GradientTape() as t3:
    t3.watch(x)
    g2 = derivatives(lambda v: tf.reduce_prod(v) * tf.math.log(1.0 + v[0]), x)[1]
third = t3.gradient(g2, x)
print(f'{value.numpy():.3f}', step.shape, eigenvalues, others['exp'], third)
`,
  `import tensorflow as tf
from tensorflow.keras import layers

embedding = layers.Embedding(10, 4)
lstm = layers.LSTM(3, return_sequences=True)
attention = layers.MultiHeadAttention(num_heads=2, key_dim=2)
tokens = tf.constant([[1, 2, 3], [4, 5, 6]])
with tf.GradientTape() as tape:
    h = lstm(embedding(tokens))
    h = attention(h, h) + h
    logits = tf.einsum('btd,d->bt', h, tf.ones([3]))
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.zeros_like(logits), logits=logits))
variables = embedding.trainable_variables + lstm.trainable_variables
for variable, gradient in zip(variables, tape.gradient(loss, variables)):
    print(variable.name, None if gradient is None else tf.convert_to_tensor(gradient).shape)
`,
  `import tensorflow as tf

@tf.custom_gradient
def clipped(x):
    def grad(dy):
        return tf.clip_by_value(dy, -1.0, 1.0)
    return tf.identity(x), grad

x = tf.Variable(2.0)
y = tf.Variable(3)
total = 0.0
with tf.GradientTape() as tape:
    z = clipped(x) ** 3 + tf.stop_gradient(x) * tf.cast(y, tf.float32)
    with tape.stop_recording():
        k = x * x
try:
    g = tape.gradient(z, {'x': x, 'y': y})
    again = tape.gradient(z, x)
except RuntimeError as error:
    print('used up', error)
with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as accumulator:
    w = tf.sin(x) * tf.cos(x)
tangent = accumulator.jvp(w)
while total < 3:
    total += 1.0
    x.assign(x * 0.5)
print(g, tangent, k, [i for i in range(int(total)) if i != 1])
`,
];

const PROGRAMS: readonly PracticeProgram[] = PYTHON.map((text) => ({ text, language: 'python' }));
