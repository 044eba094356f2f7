import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.2, -0.4]);
tf.grad(t => t.elu().sum())(x).print();
tf.grad(t => t.selu().sum())(x).print();
try { tf.grad(t => tf.grad(u => u.elu().mul(u).sum())(t).sum())(x).print(); } catch (e) { console.log(e.message); }
tf.grad(t => tf.grad(u => u.selu().sum())(t).sum())(x).print();
