import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([3, 4]);
tf.grad(t => t.norm())(x).print();
tf.grad(t => tf.grad(u => u.norm())(t).sum())(x).print();
tf.grad(t => tf.moments(t).variance)(x).print();
