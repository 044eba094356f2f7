import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.3, -1.7]);
const mask = x.greater(0);
tf.grad(t => tf.where(mask, t.square(), tf.zerosLike(t)).sum())(x).print();
