# Numbers repeat.
import tensorflow as tf
x = tf.constant([[0.5, 1.5, 3.5], [2.5, -1.0, 0.1]])
layers = tf.keras.layers
w = tf.Variable([[0.5, 1.5, 3.5], [2.5, -1.0, 0.1]])
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    a = tf.cast(layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0])(x), tf.float32) * w
    b = layers.CategoryEncoding(num_tokens=4, output_mode='multi_hot')(tf.constant([[0, 1], [3, 2]])) @ tf.concat([w, w], 0)
    c = layers.CategoryEncoding(num_tokens=4, output_mode='count')(tf.constant([[0, 1], [3, 3]])) @ tf.concat([w, w], 0)
    img = tf.reshape(tf.concat([x, x, x, x], 0), [1, 4, 6, 1])
    d = layers.UpSampling2D(2, interpolation='bilinear')(img) ** 2
    e = layers.Resizing(3, 3)(img) ** 2
    f = layers.CenterCrop(2, 2)(img) ** 2
t.gradient(a, w)
t.gradient(b, w)
t.gradient(c, w)
t.gradient(d, x)
t.gradient(e, x)
t.gradient(f, x)
t.gradient(a, x)
