import * as tf from '@tensorflow/tfjs';
const input = tf.input({ shape: [3] });
const hidden = tf.layers.dense({ units: 4, activation: 'softplus' }).apply(input);
const output = tf.layers.dense({ units: 1 }).apply(hidden);
const model = tf.model({ inputs: input, outputs: output });
const x = tf.tensor2d([[1, 2, 3]]);
const g = tf.grad(t => model.predict(t).sum());
g(x).print();
tf.grad(t => g(t).sum())(x).print();
