import * as tf from '@tensorflow/tfjs';
const f = x => (x.dataSync()[0] > 0 ? x.square() : x.neg());
tf.grad(f)(tf.scalar(2)).print();
tf.grad(f)(tf.scalar(-2)).print();
