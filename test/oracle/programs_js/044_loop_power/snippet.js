import * as tf from '@tensorflow/tfjs';
const f = x => {
  let y = tf.onesLike(x);
  for (let i = 0; i < 3; i++) y = y.mul(x);
  return y;
};
const x = tf.scalar(2);
tf.grad(f)(x).print();
tf.grad(t => tf.grad(f)(t))(x).print();
