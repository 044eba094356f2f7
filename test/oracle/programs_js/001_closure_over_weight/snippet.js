const tf = require('@tensorflow/tfjs');
const w = tf.scalar(3);
function f(x) {
  return w.mul(x).mul(x).add(x);
}
const df = tf.grad(f);
df(tf.scalar(2)).print();
const d2f = tf.grad(x => df(x));
d2f(tf.scalar(2)).print();
const d3f = tf.grad(x => d2f(x));
d3f(tf.scalar(2)).print();
