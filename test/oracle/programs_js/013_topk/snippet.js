import * as tf from '@tensorflow/tfjs';
const g = tf.grad(t => tf.topk(t, 2).values.sum());
g(tf.tensor1d([3, 1, 2])).print();
