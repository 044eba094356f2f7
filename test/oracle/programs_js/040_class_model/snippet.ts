import * as tf from '@tensorflow/tfjs';
class Linear {
  w: tf.Variable;
  b: tf.Variable;
  constructor(n: number) {
    this.w = tf.variable(tf.randomNormal([n, 1]));
    this.b = tf.variable(tf.zeros([1]));
  }
  call(x: tf.Tensor): tf.Tensor {
    return tf.matMul(x as tf.Tensor2D, this.w as unknown as tf.Tensor2D).add(this.b);
  }
  loss(x: tf.Tensor, y: tf.Tensor): tf.Scalar {
    return this.call(x).sub(y).square().mean() as tf.Scalar;
  }
}
const model = new Linear(2);
const x = tf.tensor2d([[1, 2], [3, 4]]);
const y = tf.tensor2d([[1], [2]]);
const { value, grads } = tf.variableGrads(() => model.loss(x, y), [model.w, model.b]);
value.print();
const gx = tf.grad((t: tf.Tensor) => model.call(t).sum());
gx(x).print();
tf.grad((t: tf.Tensor) => gx(t).sum())(x).print();
