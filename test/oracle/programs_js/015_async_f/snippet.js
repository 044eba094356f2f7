import * as tf from '@tensorflow/tfjs';
const g = tf.grad(async x => {
  const y = x.square();
  await y.data();
  return y;
});
try {
  g(tf.scalar(2));
} catch (e) {
  console.log(e.message);
}
