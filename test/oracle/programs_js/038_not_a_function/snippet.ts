import * as tf from '@tensorflow/tfjs';
const x = tf.scalar(2);
try {
  (tf.grad as any)(x.square());
} catch (e) { console.log((e as Error).message); }
tf.valueAndGrad((t: tf.Tensor) => t.square())(3 as any);
