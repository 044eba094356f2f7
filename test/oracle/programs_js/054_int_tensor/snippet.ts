import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([1, 2, 3], 'int32');
tf.grad((t: tf.Tensor) => t.toFloat().square().sum())(x).print();
tf.grad((t: tf.Tensor) => t.cast('int32').mul(t).sum())(tf.tensor1d([1.5, 2.5])).print();
tf.grad((t: tf.Tensor) => t.toBool().toFloat())(tf.tensor1d([1.5, 0])).print();
