# A vectorised Jacobian takes a py_function's gradient twice, which raises: but not where nothing is connected, as then none of it is run.
import tensorflow as tf

x = tf.constant([0.49, 2.38, -0.88])
z = tf.constant([1.0, 2.0])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    tape.watch(z)
    y = tf.py_function(lambda v: v * tf.sin(v), [x], tf.float32)
unconnected = tape.jacobian(y, z)
try:
    connected = tape.jacobian(y, x)
except tf.errors.UnknownError:
    connected = None
