import * as tf from '@tensorflow/tfjs';
const g = tf.grad(x => x.square().dataSync()[0]);
g(tf.scalar(2));
