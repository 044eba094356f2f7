import * as tf from '@tensorflow/tfjs';
const g = tf.grad(x => {
  const a = x.square();
  const b = a.mul(a);
  return tf.grad(z => b)(a);
});
g(tf.scalar(2)).print();
