import * as tf from '@tensorflow/tfjs';
let v = tf.variable(tf.scalar(2));
v = v.sub(tf.scalar(0.1));
const r = tf.variableGrads(() => v.square());
