// TensorFlow.js returns a wrong second derivative here, without a word: 1.2695 at 0.7, where the truth is 0.7324.
import * as tf from '@tensorflow/tfjs';

const f = (x) => x.mul(x.tanh());

const secondDerivative = tf.grad(tf.grad(f));

secondDerivative(tf.scalar(0.7)).print();
