import tensorflow as tf
x = tf.Variable([1.0, 2.0])
with tf.GradientTape() as tape:
    ta = tf.TensorArray(tf.float32, size=2, dynamic_size=False)
    ta = ta.unstack(x * 2.0)
    a = ta.read(0)
    b = ta.read(0)
    y = a + b
print(tape.gradient(y, x))
