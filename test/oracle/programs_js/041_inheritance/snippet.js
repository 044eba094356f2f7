import * as tf from '@tensorflow/tfjs';
class Base {
  constructor(k) { this.k = tf.scalar(k); }
  apply(x) { return x.mul(this.k); }
}
class Squared extends Base {
  constructor(k) { super(k); }
  apply(x) { return super.apply(x).square(); }
}
const s = new Squared(3);
const g = tf.grad(x => s.apply(x));
g(tf.scalar(2)).print();
tf.grad(x => g(x))(tf.scalar(2)).print();
