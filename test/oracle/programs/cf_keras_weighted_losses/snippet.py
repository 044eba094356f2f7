# Numbers repeat: how losses are weighed and reduced.
import tensorflow as tf
L = tf.keras.losses
p = tf.Variable([[0.4, 0.2], [0.5, 0.1], [0.3, 0.7]])
y = tf.constant([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
s = tf.Variable([[[1.0, 2.0], [0.5, 0.1]], [[0.2, 0.3], [1.0, 0.0]]])
with tf.GradientTape(persistent=True) as t:
    a = L.MeanSquaredError()(y, p, sample_weight=tf.constant([[1.0], [2.0], [0.0]]))
    b = L.MeanAbsoluteError(reduction="sum")(y, p, sample_weight=[1, 2, 3])
    c = L.SparseCategoricalCrossentropy(from_logits=True, ignore_class=1)(tf.constant([[0, 1], [1, 0]]), s)
    d = L.SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1, reduction="sum")(tf.constant([[0, -1], [1, 0]]), s)
    e = tf.reduce_sum(tf.keras.losses.sparse_categorical_crossentropy(tf.constant([[0, -1], [1, 0]]), s, from_logits=True, ignore_class=-1))
    f = L.SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)(tf.constant([[0, 1], [1, 0]]), s, sample_weight=tf.constant([[1.0, 2.0], [3.0, 4.0]]))
    g = L.SparseCategoricalCrossentropy(from_logits=True)(tf.constant([[0, 1], [1, 0]]), s, sample_weight=tf.constant([2.0, 3.0]))
ga = t.gradient(a, p)
gb = t.gradient(b, p)
gc = t.gradient(c, s)
gd = t.gradient(d, s)
ge = t.gradient(e, s)
gf = t.gradient(f, s)
gg = t.gradient(g, s)
