import * as tf from '@tensorflow/tfjs';
const model = tf.sequential();
model.add(tf.layers.dense({ units: 3, activation: 'sigmoid', inputShape: [2] }));
model.add(tf.layers.dense({ units: 1 }));
const x = tf.tensor2d([[0.5, -0.3], [1, 2]]);
const critic = (t: tf.Tensor) => (model.apply(t) as tf.Tensor).sum();
const { grads } = tf.variableGrads(() => tf.grad(critic)(x).square().sum() as tf.Scalar);
Object.values(grads).forEach((g) => g.print());
