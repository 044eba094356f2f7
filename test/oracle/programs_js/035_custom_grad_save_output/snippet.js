import * as tf from '@tensorflow/tfjs';
const exp = tf.customGrad((a, save) => {
  const y = a.exp();
  save([y]);
  return { value: y, gradFunc: (dy, [s]) => dy.mul(s) };
});
const x = tf.scalar(0.5);
tf.grad(t => exp(t))(x).print();
tf.grad(t => tf.grad(u => u.mul(exp(u)))(t))(x).print();
