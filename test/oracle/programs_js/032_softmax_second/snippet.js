import * as tf from '@tensorflow/tfjs';
const z = tf.tensor1d([0.1, 0.5, -0.4]);
const f = t => t.softmax().mul(tf.tensor1d([1, 2, 3])).sum();
tf.grad(f)(z).print();
tf.grad(t => tf.grad(f)(t).square().sum())(z).print();
