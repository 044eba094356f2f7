import * as tf from '@tensorflow/tfjs';
const x = tf.scalar(2);
const g = tf.grad(t => t.square());
g(x).print();
x.dispose();
const y = x.square();
g(y).print();
