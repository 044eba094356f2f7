import * as tf from '@tensorflow/tfjs';
const x = tf.tensor2d([[1, 5], [7, 3]]);
const g = tf.grad(t => t.max(1).sum());
g(x).print();
tf.grad(t => g(t).mul(t).sum())(x).print();
