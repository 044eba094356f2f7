import * as tf from '@tensorflow/tfjs';
const v = tf.variable(tf.scalar(2));
const t = tf.scalar(3);
tf.variableGrads(() => v.mul(t) as tf.Scalar, [t] as any);
