import * as tf from '@tensorflow/tfjs';
const g = tf.grad(x => x.mul(x.dataSync()[0]));
g(tf.scalar(3)).print();
const h = tf.grad(x => tf.scalar(Math.sin(x.dataSync()[0])));
h(tf.scalar(3)).print();
