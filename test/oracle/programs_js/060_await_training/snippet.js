import * as tf from '@tensorflow/tfjs';
async function main() {
  await tf.ready();
  const w = tf.variable(tf.scalar(1));
  const optimizer = tf.train.adam(0.1);
  for (let i = 0; i < 3; i++) {
    const cost = optimizer.minimize(() => w.sub(3).square(), true);
    await cost.data();
  }
  const { grads } = tf.variableGrads(() => w.pow(2));
  Object.values(grads).forEach(g => g.print());
  return tf.grad(x => x.mul(w))(tf.scalar(2));
}
main().then(t => t.print());
