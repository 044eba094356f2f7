# Rows made one after the other are no function to the tapes around: an op without a second derivative raises only where one is asked for.
import tensorflow as tf
x = tf.Variable([1.26, 0.33])
with tf.GradientTape(persistent=True) as t2:
    with tf.GradientTape(persistent=True) as t1:
        y = tf.nn.softsign(x) * x
    rows = t1.jacobian(y, x, experimental_use_pfor=False)
    try:
        whole = t1.jacobian(y, x)
    except LookupError as e:
        print(e)
try:
    print(t2.gradient(rows, x))
except LookupError as e:
    print(e)
