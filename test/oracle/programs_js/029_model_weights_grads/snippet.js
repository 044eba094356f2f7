import * as tf from '@tensorflow/tfjs';
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false })] });
const x = tf.tensor2d([[1, 2]]);
const weights = model.trainableWeights.map(w => w.val);
const { value, grads } = tf.variableGrads(() => tf.losses.meanSquaredError(tf.tensor2d([[1]]), model.apply(x)), weights);
value.print();
Object.keys(grads).forEach(k => grads[k].print());
