import * as tf from '@tensorflow/tfjs';
const exp = tf.customGrad((a, save) => {
  save([a]);
  return { value: a.exp(), gradFunc: (dy, saved) => dy.mul(exp(saved[0])) };
});
const x = tf.scalar(0.5);
tf.grad(t => exp(t))(x).print();
tf.grad(t => tf.grad(u => exp(u))(t))(x).print();
tf.grad(t => tf.grad(u => u.mul(exp(u)))(t))(x).print();
