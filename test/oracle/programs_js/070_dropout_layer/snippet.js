import * as tf from '@tensorflow/tfjs';
const model = tf.sequential();
model.add(tf.layers.dense({ units: 3, inputShape: [2] }));
model.add(tf.layers.dropout({ rate: 0.5 }));
model.add(tf.layers.flatten());
