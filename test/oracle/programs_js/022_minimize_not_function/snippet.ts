import * as tf from '@tensorflow/tfjs';
const v = tf.variable(tf.scalar(2));
tf.train.sgd(0.1).minimize(v.square() as any);
