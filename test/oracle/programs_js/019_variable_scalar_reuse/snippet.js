import * as tf from '@tensorflow/tfjs';
const v = tf.variable(tf.scalar(2));
const g = tf.grad(x => x.mul(v).mul(x));
g(tf.scalar(3)).print();
v.assign(tf.scalar(5));
g(tf.scalar(3)).print();
const vg = tf.grad(t => t.mul(t).mul(t));
vg(v).print();
