import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.2, -0.4]);
const swish = t => t.mul(t.sigmoid());
tf.grad(t => swish(t).sum())(x).print();
tf.grad(t => tf.grad(u => swish(u).sum())(t).sum())(x).print();
