import * as tf from '@tensorflow/tfjs';
const g = tf.grad((x: tf.Tensor) => { x.square(); } ) as any;
g(tf.scalar(2));
