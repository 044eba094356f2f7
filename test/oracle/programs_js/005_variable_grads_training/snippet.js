import * as tf from '@tensorflow/tfjs';
const a = tf.variable(tf.scalar(0.5), true, 'a');
const b = tf.variable(tf.scalar(-0.2), true, 'b');
const xs = tf.tensor1d([0, 1, 2, 3]);
const ys = tf.tensor1d([1, 3, 5, 7]);
const loss = () => a.mul(xs).add(b).sub(ys).square().mean();
const optimizer = tf.train.sgd(0.05);
for (let i = 0; i < 5; i++) {
  optimizer.minimize(loss);
}
const { value, grads } = tf.variableGrads(loss);
value.print();
Object.keys(grads).forEach(name => grads[name].print());
