import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([1, 5, 3]);
tf.grad(t => tf.minimum(t, 2).sum())(x).print();
tf.grad(t => tf.maximum(t, 2).square().sum())(x).print();
tf.grad(t => tf.grad(u => tf.maximum(u, 2).square().sum())(t).sum())(x).print();
tf.grad(t => tf.grad(u => tf.minimum(u, 2).square().sum())(t).sum())(x).print();
