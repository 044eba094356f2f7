import * as tf from '@tensorflow/tfjs';
const w: tf.Variable = tf.variable(tf.tensor2d([[0.1, -0.3], [0.2, 0.5]]));
const bias = tf.variable(tf.zeros([2]));
const x = tf.tensor2d([[1, 2], [3, 4]]);
const optimizer = tf.train.adam(0.01);
const cost = optimizer.minimize(() => {
  const y = tf.matMul(x, w).add(bias);
  return y.square().mean() as tf.Scalar;
}, true);
(cost as tf.Scalar).print();
