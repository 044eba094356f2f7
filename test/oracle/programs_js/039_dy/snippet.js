import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([1, 2, 3]);
tf.grad(t => t.square())(x, tf.tensor1d([1, 0, 0])).print();
tf.grad(t => t.square())(x, tf.tensor1d([1, 0, 0], 'int32')).print();
