import * as tf from '@tensorflow/tfjs';
const x = tf.tensor2d([[1, 2], [3, 4]]);
tf.grad(t => tf.stridedSlice(t, [0, 0], [2, 2], [1, 2]).sum())(x).print();
