import * as tf from '@tensorflow/tfjs';
const x = tf.scalar(3);
const y = x.square();
try { tf.grad(t => y.mul(2))(x).print(); } catch (e) { console.log(e.message); }
try { tf.grad(t => tf.scalar(1))(x).print(); } catch (e) { console.log(e.message); }
tf.grad(t => t)(x).print();
