import * as tf from '@tensorflow/tfjs';
const result = tf.tidy(() => {
  const x = tf.scalar(2);
  const g = tf.grad(t => tf.tidy(() => t.pow(3)));
  return g(x);
});
result.print();
