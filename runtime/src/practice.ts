// What a process does while nobody asks anything of it: Hessians of a few programs of its own, until the code that they run through is compiled. A first Hessian then takes a
// quarter of the time.
import { computeHessian } from './hessian/hessian.ts';
import type { EngineName, HessianRequest } from './host/protocol.ts';
import { OutputSink } from './output.ts';
import { CallPicker } from './pick.ts';
import type { Session } from './session.ts';

/** Runs a snippet on a new session. */
export type Run = (snippet: HessianRequest, picker: CallPicker, sink: OutputSink) => Session;

const MODEL = `
import tensorflow as tf
xs = tf.random.normal([80, 16])
model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation='tanh', input_shape=(16,)), tf.keras.layers.Dense(3)])
`;

/** The structures and spellings that programs mostly have, small. */
const PROGRAMS: readonly string[] = [
  `${MODEL}
with tf.GradientTape() as outer:
    outer.watch(xs)
    with tf.GradientTape() as inner:
        inner.watch(xs)
        ys = model(xs)
    g = inner.gradient(ys, xs)
outer.jacobian(g, xs)
`,
  `${MODEL}
weights = model.trainable_variables
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        loss = tf.reduce_mean(tf.square(model(xs)))
    gradients = inner.gradient(loss, weights)
    g = tf.concat([tf.reshape(part, [-1]) for part in gradients], 0)
outer.jacobian(g, weights)
`,
  `
import tensorflow as tf
x = tf.Variable(tf.random.uniform([800], -1.0, 1.0))
with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = tf.reduce_sum((x[1:] - x[:-1] ** 2) ** 2) + tf.reduce_sum(tf.exp(x) / (1.0 + tf.sigmoid(x)))
    g = inner.gradient(y, x)
outer.gradient(g, x)
`,
  `
import tensorflow as tf
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

  constructor(
    private readonly run: Run,
    private readonly engine: EngineName,
  ) {}

  /** One program; false once nothing is gained by more. Whatever a program raises is of no interest. */
  next(): boolean {
    const text = PROGRAMS[this.step++ % PROGRAMS.length] ?? '';
    const began = performance.now();
    try {
      const picker = new CallPicker({ path: 'practice.py' });
      const session = this.run(
        { path: 'practice.py', text, language: 'python' },
        picker,
        new OutputSink({ text: () => {}, dropped: () => {} }),
      );
      if (picker.picked)
        computeHessian(session, picker.picked, {
          engine: this.engine,
          tensorflow: { outcome: 'unknown', rule: null, reason: null },
          notes: [],
          milliseconds: {},
          onProgress: () => {},
        });
    } catch {
      // An op that is not supported: the next program.
    }
    this.spent += performance.now() - began;
    return this.step < ROUNDS * PROGRAMS.length && this.spent < MOST_MILLISECONDS;
  }
}
