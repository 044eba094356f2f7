// A second derivative in TensorFlow.js: f'(1) = 3 w x^2 = 9, f''(1) = 6 w x = 18.
import * as tf from '@tensorflow/tfjs';

const w = tf.scalar(3);
const f = (x: tf.Tensor): tf.Tensor => w.mul(x.pow(3));

const firstDerivative = tf.grad(f);
const secondDerivative = tf.grad(tf.grad(f));

const x = tf.scalar(1);
firstDerivative(x).print();
secondDerivative(x).print();
