import * as tf from '@tensorflow/tfjs';
const f = x => x.square().sum().add(x.prod());
const g = tf.grad(f);
const x = tf.tensor1d([1, 2]);
const rows = [0, 1].map(i => tf.grad(q => g(q).slice([i], [1]).sum())(x));
tf.stack(rows).print();
