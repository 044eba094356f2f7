import * as tf from '@tensorflow/tfjs';
const poly = (x: tf.Tensor, cs: number[] = [1, 2, 3]) => cs.map((c, i) => x.pow(i).mul(c)).reduce((a, b) => a.add(b));
const g = tf.grad((x: tf.Tensor) => poly(x));
g(tf.scalar(2)).print();
tf.grad((x: tf.Tensor) => g(x))(tf.scalar(2)).print();
const args: [tf.Tensor] = [tf.scalar(2)];
g(...args).print();
