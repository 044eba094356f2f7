import * as tf from '@tensorflow/tfjs';
const { value, grad } = tf.valueAndGrad(x => x.sin().mul(2))(tf.scalar(0.3));
value.print();
grad.print();
const r = tf.valueAndGrads((a, b) => a.mul(b).add(a))([tf.scalar(2), tf.scalar(5)]);
r.value.print();
r.grads.forEach(g => g.print());
