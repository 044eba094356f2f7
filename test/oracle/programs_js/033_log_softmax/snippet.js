import * as tf from '@tensorflow/tfjs';
const z = tf.tensor1d([0.1, 0.5, -0.4]);
const f = t => tf.logSoftmax(t).slice([1], [1]).sum();
tf.grad(f)(z).print();
tf.grad(t => tf.grad(f)(t).sum())(z).print();
