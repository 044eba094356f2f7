import * as tf from '@tensorflow/tfjs';
const A = tf.tensor2d([[2, 1], [1, 3]]);
const quadratic = (x: tf.Tensor): tf.Tensor => tf.matMul(tf.matMul(x as tf.Tensor2D, A), x as tf.Tensor2D, false, true).sum();
const x = tf.tensor2d([[1, 2]]);
const g = tf.grad(quadratic);
g(x).print();
tf.grad((t: tf.Tensor) => g(t).sum())(x).print();
tf.grad((t: tf.Tensor) => tf.grad((q: tf.Tensor) => g(q).sum())(t).sum())(x).print();
