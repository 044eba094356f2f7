import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([-1, 0.2, 3]);
const g = tf.grad(t => t.clipByValue(0, 1).square().sum());
g(x).print();
tf.grad(t => g(t).sum())(x).print();
