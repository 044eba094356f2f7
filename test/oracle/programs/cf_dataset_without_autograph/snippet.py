import tensorflow as tf

dataset = tf.data.Dataset.range(3)
w = tf.Variable(2.0)


@tf.function(autograph=False)
def plain():
    total = tf.constant(0.0)
    for e in dataset:
        total += w * tf.cast(e, tf.float32)
    return total


with tf.GradientTape() as tape:
    try:
        y = plain()
    except ValueError:
        y = w * 3.0
    except RuntimeError:
        y = tf.constant(1.0)
g = tape.gradient(y, w)
