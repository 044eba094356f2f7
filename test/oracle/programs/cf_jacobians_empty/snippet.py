# Jacobians of targets without elements: empty, with what is not connected told apart; without pfor nothing is known of their shape.
import tensorflow as tf
x, z, c = tf.Variable(tf.zeros([0, 3])), tf.Variable(1.0), tf.Variable([2.0, 3.0])
with tf.GradientTape(persistent=True) as t:
    y = x * x
    w = y * z
j1 = t.jacobian(y, x)
j2 = t.jacobian(y, z)
j3 = t.jacobian(w, [x, z])
j4 = t.jacobian(y, z, unconnected_gradients="zero")
j5 = t.jacobian(y, z, experimental_use_pfor=False)
j6 = t.jacobian(w, z, experimental_use_pfor=False)
@tf.function
def graph():
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    first = t.jacobian(y, x)
    return first, t.jacobian(y, x, experimental_use_pfor=False)
graph()
for again in range(3):
    try:
        if again == 0:
            t.jacobian(w, [x, z], experimental_use_pfor=False)
        elif again == 1:
            t.jacobian(y, x, experimental_use_pfor=False)
        else:
            t.batch_jacobian(y, x)
    except (ValueError, ZeroDivisionError):
        pass
with tf.GradientTape(persistent=True) as t:
    p = tf.complex(c, c * c)
    q = tf.complex(c, c) * tf.complex([1.0, 3.0], [2.0, -1.0])
k1 = t.jacobian(p, c)
k2 = t.jacobian(q, c)
