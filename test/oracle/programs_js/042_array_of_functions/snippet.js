import * as tf from '@tensorflow/tfjs';
const fs = [x => x.sin(), x => x.square(), x => x.mul(2)];
const x = tf.scalar(0.5);
for (const f of fs) {
  tf.grad(f)(x).print();
}
const all = fs.map(f => tf.grad(f)(x));
tf.stack(all).print();
