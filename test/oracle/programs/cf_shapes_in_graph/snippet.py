# In a graph a shape that is known is not read off the tensor: a loop does not take that in, and has no gradient for it.
import tensorflow as tf

x = tf.constant([1.0, 2.0])
v = tf.Variable(2.0)


def a1(a):
    c = tf.TensorArray(tf.float32, size=2)
    for i in tf.range(0, 2):
        c = c.write(i, v + tf.zeros_like(a))
    return tf.reduce_sum(c.stack(), 0)

def a2(a):
    c = tf.zeros([2])
    for i in tf.range(0, 2):
        c = c + v + tf.zeros_like(a)
    return c

def a3(a):
    c = tf.zeros_like(a)
    for i in tf.range(0, 2):
        c = c + v
    return c

def a4(a):
    c = tf.TensorArray(tf.float32, size=2)
    c = c.write(0, v + tf.zeros_like(a))
    c = c.write(1, v + tf.zeros_like(a))
    return tf.reduce_sum(c.stack(), 0)

def a5(a):
    c = tf.TensorArray(tf.float32, size=2)
    z = tf.zeros_like(a)
    for i in tf.range(0, 2):
        c = c.write(i, v + z)
    return tf.reduce_sum(c.stack(), 0)

def a6(a):
    c = tf.zeros([2])
    for i in tf.range(0, 2):
        c = c + v * tf.cast(tf.size(a), tf.float32)
    return c

def a7(a):
    c = tf.TensorArray(tf.float32, size=2)
    for i in tf.range(0, 2):
        c = c.write(i, a)
    return v * tf.ones_like(c.stack())

def a8(a):
    c = tf.zeros([2])
    for i in tf.range(0, 2):
        c = c + v + tf.ones_like(a) + tf.stop_gradient(a)
    return c

def a9(a):
    c = tf.zeros([2])
    for i in tf.range(0, 2):
        c = c + v + tf.round(a)
    return c


f = tf.function(a1)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a2)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a3)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a4)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a5)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a6)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a7)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a8)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])

f = tf.function(a9)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = f(x * 1.0)
of_x, of_v = tape.gradient(y, [x, v])
