import * as tf from '@tensorflow/tfjs';
const model = tf.sequential();
model.add(tf.layers.dense({ units: 3, activation: 'relu', inputShape: [2] }));
model.add(tf.layers.dense({ units: 1 }));
const x = tf.tensor2d([[0.5, -0.3], [1, 2]]);
const g = tf.grad(t => model.apply(t).sum());
g(x).print();
const gg = tf.grad(t => g(t).square().sum());
gg(x).print();
