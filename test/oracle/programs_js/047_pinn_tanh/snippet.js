import * as tf from '@tensorflow/tfjs';
const w1 = tf.variable(tf.randomNormal([1, 8]));
const w2 = tf.variable(tf.randomNormal([8, 1]));
const u = x => tf.matMul(tf.matMul(x, w1).tanh(), w2);
const x = tf.linspace(0, 1, 5).reshape([5, 1]);
const ux = tf.grad(t => u(t).sum());
ux(x).print();
const uxx = tf.grad(t => ux(t).sum());
uxx(x).print();
