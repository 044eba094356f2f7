import tensorflow as tf
x = tf.Variable(2.0)
def py(v):
    return v ** 3
@tf.function
def f():
    with tf.GradientTape(persistent=True) as t2:
        with tf.GradientTape(persistent=True) as t:
            y = tf.py_function(py, [x], tf.float32)
        g = t.gradient(y, x)
    h = t2.gradient(g, x)
    return g
print(f())
