import tensorflow as tf


@tf.function
def huberish(x):
    if tf.abs(x) < 1.0:
        return 0.5 * x * x
    else:
        return tf.abs(x) - 0.5


for start in (0.5, 2.0):
    x = tf.constant(start)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = huberish(x)
    print(tape.gradient(y, x).numpy())
