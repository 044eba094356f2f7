import * as tf from '@tensorflow/tfjs';
const labels = tf.tensor2d([[0, 1], [1, 0]]);
const z = tf.tensor2d([[0.2, 0.5], [-0.3, 0.1]]);
tf.grad(t => tf.losses.softmaxCrossEntropy(labels, t))(z).print();
tf.grad(t => tf.losses.sigmoidCrossEntropy(labels, t))(z).print();
tf.grad(t => tf.losses.huberLoss(labels, t))(z).print();
tf.grad(t => tf.losses.absoluteDifference(labels, t))(z).print();
tf.grad(t => tf.losses.meanSquaredError(labels, t))(z).print();
