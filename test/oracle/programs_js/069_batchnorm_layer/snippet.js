import * as tf from '@tensorflow/tfjs';
const layer = tf.layers.batchNormalization();
const x = tf.tensor2d([[1, 2], [3, 5], [0, 1]]);
const g = tf.grad(t => layer.apply(t, { training: true }).square().sum());
g(x).print();
const h = tf.grad(t => layer.apply(t).square().sum());
h(x).print();
