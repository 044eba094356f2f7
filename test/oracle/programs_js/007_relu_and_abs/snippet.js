import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([-2, -0.5, 0.5, 2]);
tf.grad(t => t.relu().sum())(x).print();
tf.grad(t => tf.grad(u => u.relu().mul(u).sum())(t).sum())(x).print();
tf.grad(t => tf.abs(t).sum())(x).print();
tf.grad(t => tf.grad(u => tf.abs(u).sum())(t).sum())(x).print();
