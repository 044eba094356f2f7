# What a gradient of the program's own gives has another shape than its input: a sum of such does not come off, a product spreads it.
import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])


@tf.custom_gradient
def scalar(a):
    def grad(dy):
        return dy

    return tf.reduce_sum(a), grad


with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    alone = scalar(x)
    beside = scalar(x) + tf.reduce_sum(x * x)
    twice = scalar(x) + scalar(x)
    behind = scalar(x * x)
by_itself = tape.gradient(alone, x)
both = tape.gradient(twice, x)
product = tape.gradient(behind, x)
try:
    summed = tape.gradient(beside, x)
except tf.errors.InvalidArgumentError as error:
    print(type(error).__name__)


@tf.function
def traced(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = scalar(x) + tf.reduce_sum(x * x)
    try:
        g = tape.gradient(y, x)
    except ValueError:
        g = x
    return g


traced(x)
for values in ([x, tf.constant(1.0)], [x, x[0]]):
    try:
        print(tf.add_n(values))
    except tf.errors.InvalidArgumentError as error:
        print(type(error).__name__)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.add_n([x, tf.constant(1.0)])
g = tape.gradient(y, x)
