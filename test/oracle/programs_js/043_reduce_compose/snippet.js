import * as tf from '@tensorflow/tfjs';
const compose = (...fs) => x => fs.reduce((y, f) => f(y), x);
const net = compose(x => x.mul(3), x => x.add(1), x => x.square());
const x = tf.scalar(0.5);
tf.grad(net)(x).print();
tf.grad(t => tf.grad(net)(t))(x).print();
