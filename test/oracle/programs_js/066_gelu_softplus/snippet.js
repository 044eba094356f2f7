import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.2, -0.4]);
const gelu = t => t.mul(t.div(Math.SQRT2).erf().add(1)).mul(0.5);
tf.grad(t => gelu(t).sum())(x).print();
tf.grad(t => tf.grad(u => gelu(u).sum())(t).sum())(x).print();
tf.grad(t => tf.grad(u => u.softplus().sum())(t).sum())(x).print();
