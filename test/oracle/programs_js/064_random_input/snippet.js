import * as tf from '@tensorflow/tfjs';
const x = tf.randomUniform([3]);
const f = t => tf.tidy(() => t.square().sum().sqrt());
tf.grad(f)(x).print();
tf.grad(t => tf.grad(f)(t).sum())(x).print();
