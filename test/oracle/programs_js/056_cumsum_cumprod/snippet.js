import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([1, 2, 3]);
tf.grad(t => t.cumsum().square().sum())(x).print();
try {
  tf.grad(t => tf.cumprod(t).sum())(x).print();
} catch (error) {
  console.log(String(error));
}
tf.grad(t => t.prod())(x).print();
