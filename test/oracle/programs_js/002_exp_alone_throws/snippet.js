const tf = require('@tensorflow/tfjs');
const g = tf.grad(x => x.exp());
g(tf.scalar(1)).print();
try {
  tf.grad(x => g(x))(tf.scalar(1)).print();
} catch (e) {
  console.log(e.message);
}
g(tf.scalar(2)).print();
