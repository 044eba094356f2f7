# Numbers repeat: rows that come several times are clipped each by itself.
import tensorflow as tf
def step(opt):
    e, w = tf.Variable([[1.0], [3.0], [2.0]]), tf.Variable([2.0])
    for _ in range(2):
        with tf.GradientTape() as tape:
            l = tf.reduce_sum(tf.gather(e, [0, 0, 1]) ** 2) * w[0]
        g = tape.gradient(l, [e, w])
        opt.apply_gradients(zip(g, [e, w]))
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(e**3) + w[0] ** 3
    return tape.gradient(y, [e, w])
O = tf.keras.optimizers
step(O.SGD(0.1, clipnorm=1.0))
step(O.SGD(0.1, global_clipnorm=1.0))
step(O.SGD(0.1, clipvalue=3.0))
step(O.Adam(0.1, clipvalue=3.0))
step(O.RMSprop(0.1, momentum=0.5))
step(O.Adamax(0.1))
step(O.Lion(0.1))
step(O.legacy.Adam(0.1))
step(O.legacy.RMSprop(0.1))
step(O.legacy.Adagrad(0.1))
