import * as tf from '@tensorflow/tfjs';
const g = tf.grad(t => tf.leakyRelu(t, 0.1).sum());
const x = tf.tensor1d([-1, 2]);
g(x).print();
const gg = tf.grad(t => g(t).square().sum());
gg(x).print();
