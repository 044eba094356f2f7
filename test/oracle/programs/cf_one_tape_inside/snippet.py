# As in cf_one_tape, with a tape around the function that is traced: it counts where what is called comes from what it knows.
import tensorflow as tf

w = tf.Variable(1.98)
x = tf.constant([0.69, 1.25, 1.16])
c = tf.constant([1.41, 1.78, 1.74])
with_weight = tf.function(lambda x: tf.math.squared_difference(x * c, w * c) * x)
without = tf.function(lambda x: tf.math.squared_difference(x, x * x) * x)


@tf.function
def first(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(with_weight(x), x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return z


@tf.function
def second(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(with_weight(x), x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return z


@tf.function
def third(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(without(x), x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return z


@tf.function
def fourth(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.sin(tf.gradients(with_weight(x), x)[0])
    of_w, of_x = tape.gradient(z, [w, x])
    return z


with tf.GradientTape() as around:
    first(x)
with tf.GradientTape(watch_accessed_variables=False) as around:
    around.watch(x)
    second(x)
with tf.GradientTape() as around:
    third(x)
with tf.GradientTape(watch_accessed_variables=False) as around:
    around.watch(c)
    fourth(x)
