import tensorflow as tf

scores = tf.Variable([0.2, 0.9, -0.4])


def f1_like(s):
    hard = tf.cast(s > 0.0, tf.float32)
    return tf.reduce_sum(hard) / 3.0


def soft(s):
    return tf.reduce_mean(tf.sigmoid(10.0 * s))


for fn in (f1_like, soft):
    with tf.GradientTape() as tape:
        out = fn(scores)
    print(fn.__name__, tape.gradient(out, scores))
