import * as tf from '@tensorflow/tfjs';
const A = tf.tensor2d([[1, 2], [3, 4]]);
const g = tf.grad((x: tf.Tensor) => tf.einsum('ij,jk->ik', A, x).sum());
g(tf.tensor2d([[1], [2]])).print();
