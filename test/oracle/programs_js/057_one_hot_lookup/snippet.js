import * as tf from '@tensorflow/tfjs';
const table = tf.tensor2d([[1, 2], [3, 4], [5, 6]]);
const ids = tf.tensor1d([2, 0, 2], 'int32');
tf.grad(t => tf.gather(t, ids).square().sum())(table).print();
tf.grad(t => tf.oneHot(ids, 3).toFloat().matMul(t).sum())(table).print();
tf.grad(t => tf.grad(u => tf.gather(u, ids).square().sum())(t).sum())(table).print();
