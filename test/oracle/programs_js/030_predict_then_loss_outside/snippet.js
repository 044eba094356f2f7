import * as tf from '@tensorflow/tfjs';
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
const x = tf.tensor2d([[1, 2]]);
const y = model.predict(x);
const optimizer = tf.train.sgd(0.1);
optimizer.minimize(() => y.square().mean());
