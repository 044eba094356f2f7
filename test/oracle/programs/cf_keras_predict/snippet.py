import tensorflow as tf
m = tf.keras.Sequential([tf.keras.layers.Dense(1)])
x = tf.constant([[1., 2.]])
with tf.GradientTape(watch_accessed_variables=False) as t:
    t.watch(x)
    p = m.predict(x, verbose=0)
    l = tf.reduce_sum(m(x) ** 2)
g = t.gradient(l, x)
kinds = []
for f in (lambda: m.predict(x, verbose=0), lambda: m.predict_on_batch(x)):
    try:
        with tf.GradientTape() as t:
            t.watch(x)
            y = m(x)
            f()
    except LookupError:
        kinds.append(1.0)
with tf.GradientTape() as t:
    t.watch(x)
    y = kinds[0] * m(x) + kinds[1] * x
    with t.stop_recording():
        m.predict(x, verbose=0)
g = t.gradient(y, x)
w = tf.Variable([[1.], [1.]])
frozen = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(2,))])
frozen.trainable = False
with tf.GradientTape() as t:
    try:
        frozen.predict(x, verbose=0)
        y = w
    except LookupError:
        y = w * w
g = t.gradient(y, w)
