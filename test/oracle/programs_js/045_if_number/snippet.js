import * as tf from '@tensorflow/tfjs';
const order = 2;
let f = x => x.pow(4);
for (let i = 0; i < order; i++) {
  const previous = f;
  f = x => tf.grad(previous)(x);
}
f(tf.scalar(1.5)).print();
