import * as tf from '@tensorflow/tfjs';
const x = tf.tensor1d([0.3, -1.7]);
tf.grad(t => t.round())(x).print();
tf.grad(t => t.sign().mul(t))(x).print();
tf.grad(t => t.step())(x).print();
tf.grad(t => t.floor().add(t))(x).print();
