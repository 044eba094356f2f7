// What a host asks of its process while nobody asks anything of it: Hessians of a few programs of its own, until the code that they run through, here and there, is compiled. A first
// Hessian then takes a quarter of the time.
import type { HessianRequest } from './protocol.ts';

const MODEL = `
import tensorflow as tf
tf.random.set_seed(0)
xs = tf.random.normal([80, 16])
model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation='tanh', input_shape=(16,)), tf.keras.layers.Dense(3)])
`;

const OF_INPUTS = `${MODEL}
with tf.GradientTape() as outer:
    outer.watch(xs)
    with tf.GradientTape() as inner:
        inner.watch(xs)
        ys = model(xs)
    g = inner.gradient(ys, xs)
`;

/** The structures and spellings that programs mostly have, small. */
const PROGRAMS: readonly string[] = [
  `${OF_INPUTS}outer.jacobian(g, xs)
`,
  `${OF_INPUTS}outer.batch_jacobian(g, xs)
`,
  `${MODEL}
weights = model.trainable_variables
for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xs)))
    for weight, gradient in zip(weights, tape.gradient(loss, weights)):
        weight.assign_sub(0.01 * gradient)
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(tf.square(model(xs)))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
outer.jacobian(g, weights)
`,
  `
import tensorflow as tf
tf.random.set_seed(0)
x = tf.Variable(tf.random.uniform([800], -1.0, 1.0))
def loss():
    return tf.reduce_sum((x[1:] - x[:-1] ** 2) ** 2) + tf.reduce_sum(tf.exp(x) / (1.0 + tf.sigmoid(x)))
for step in range(4):
    with tf.GradientTape() as tape:
        y = loss()
    x.assign_sub(0.001 * tape.gradient(y, x))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = loss()
    g = inner.gradient(y, x)
outer.jacobian(g, x)
`,
  `
import tensorflow as tf
tf.random.set_seed(0)
images = tf.random.normal([4, 6, 6, 1])
labels = tf.constant([0, 1, 2, 1])
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(3, 3, activation='relu', input_shape=(6, 6, 1)),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(3),
])
with tf.GradientTape() as tape:
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, model(images))
tape.gradient(loss, model.trainable_variables)
`,
];

/** Rounds of all programs; what is compiled after these is not worth more of the machine's time. */
const ROUNDS = 12;
const MOST_MILLISECONDS = 3000;

export class Practice {
  private step = 0;
  private spent = 0;

  /** Asks for one program's Hessian, whatever becomes of it; false once nothing is gained by more. */
  async once(ask: (request: HessianRequest) => Promise<unknown>): Promise<boolean> {
    if (this.step >= ROUNDS * PROGRAMS.length || this.spent >= MOST_MILLISECONDS) return false;
    const text = PROGRAMS[this.step++ % PROGRAMS.length] ?? '';
    const began = performance.now();
    // As in an editor: the program is ended at the call, its last line. Nothing of a workspace is read for it.
    await ask({ path: 'practice.py', text, language: 'python', line: text.trimEnd().split('\n').length, modules: {} });
    this.spent += performance.now() - began;
    return true;
  }
}
