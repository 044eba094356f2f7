# Output gradients of another shape than the target's: refused outside of a graph and, as a ValueError, in one; or spread over what they are too few for.
import tensorflow as tf

x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
wrong = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])

with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    total = tf.reduce_sum(x)
    square = x * x
    product = v @ v
    flat = tf.reshape(v, [4])

for target, source in ((total, x), (square, x), (product, v), (flat, v)):
    try:
        g = tape.gradient(target, source, output_gradients=wrong)
        print(g)
    except tf.errors.InvalidArgumentError as error:
        print(type(error).__name__)
spread = tape.gradient(square, x, output_gradients=tf.constant(3.0))
spread_rows = tape.gradient(square, x, output_gradients=tf.constant([[1.0], [2.0]]))
itself = tape.gradient(square, square, output_gradients=tf.constant(3.0))
try:
    unrelated = tape.gradient(square, v, output_gradients=wrong)
except tf.errors.InvalidArgumentError as error:
    print(type(error).__name__)


@tf.function
def summed():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(x)
    try:
        g = tape.gradient(y, x, output_gradients=wrong)
    except (TypeError, ValueError):
        g = x
    return g


@tf.function
def multiplied():
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    return tape.gradient(y, x, output_gradients=wrong)


@tf.function
def symbolic(x):
    y = tf.reduce_sum(x)
    return tf.gradients(y, x, grad_ys=wrong)[0]


print(summed())
for one in (multiplied, lambda: symbolic(x)):
    try:
        one()
    except ValueError as error:
        print(type(error).__name__)
