import * as tf from '@tensorflow/tfjs';
let inner;
tf.tidy(() => {
  inner = tf.scalar(2).square();
  return null;
});
const g = tf.grad(x => x.mul(inner.square()));
g(tf.scalar(3)).print();
