import * as tf from '@tensorflow/tfjs';
const bad = tf.customGrad(x => ({ value: x.square(), gradFunc: dy => 2 }));
tf.grad(x => bad(x))(tf.scalar(1));
