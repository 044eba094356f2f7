import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.3, -1.7]);
const masked = t => tf.where(t.greater(0), t.square(), tf.zerosLike(t));
tf.grad(masked)(x).print();
