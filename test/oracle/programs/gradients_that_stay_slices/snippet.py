import tensorflow as tf

# A gradient that comes through a gather is an IndexedSlices. Which gradients of the ops before it leave it one: no tape can differentiate those.
v = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


@tf.function
def traced_identity(a):
    return tf.identity(a)


@tf.function
def traced_negative(a):
    return -a


def traced_sum():
    with tf.GradientTape() as t:
        z = v * v
        t.watch(z)
        y = tf.gather(z + tf.ones([3, 2]), [0, 0]) ** 3
    return t.gradient(y, z)


with tf.GradientTape(persistent=True) as t2:
    z = v * v
    with tf.GradientTape(persistent=True) as t:
        t.watch(z)
        y1 = tf.gather(-z, [0, 0]) ** 3
        y2 = tf.gather(tf.cast(z, tf.float64), [0, 0]) ** 3
        y3 = tf.gather(z + 1.0, [0, 0]) ** 3
        y4 = tf.gather(z - 1.0, [0, 0]) ** 3
        y5 = tf.gather(tf.concat([z, z], 0), [0, 0]) ** 3
        y6 = tf.gather(tf.concat([z, z], 1), [0, 0]) ** 3
        y7 = tf.gather(tf.nn.bias_add(z, tf.ones([2])), [0, 0]) ** 3
        y8 = tf.gather(tf.identity(z), [0, 0]) ** 3
        y9 = tf.gather(z + tf.ones([3, 2]), [0, 0]) ** 3
        y10 = tf.gather(3.0 - z, [0, 0]) ** 3
        y11 = tf.gather(z + tf.stop_gradient(z), [0, 0]) ** 3
        y12 = tf.gather(tf.broadcast_to(z, [3, 2]), [0, 0]) ** 3
        y13 = tf.gather(z * 2.0, [0, 0]) ** 3
        y14 = tf.gather(tf.reshape(z, [3, 2]), [0, 0]) ** 3
        y15 = tf.gather(tf.reverse(z, [0]), [0, 0]) ** 3
        y16 = tf.gather(traced_identity(z), [0, 0]) ** 3
        y17 = tf.gather(traced_negative(z), [0, 0]) ** 3
    g1 = t.gradient(y1, z)
    g2 = t.gradient(y2, z)
    g3 = t.gradient(y3, z)
    g4 = t.gradient(y4, z)
    g5 = t.gradient(y5, z)
    g6 = t.gradient(y6, z)
    g7 = t.gradient(y7, z)
    g8 = t.gradient(y8, z)
    g9 = t.gradient(y9, z)
    g10 = t.gradient(y10, z)
    g11 = t.gradient(y11, z)
    g12 = t.gradient(y12, z)
    g13 = t.gradient(y13, z)
    g14 = t.gradient(y14, z)
    g15 = t.gradient(y15, z)
    g16 = t.gradient(y16, z)
    g17 = t.gradient(y17, z)
    in_graph = tf.function(traced_sum)()
try:
    print(t2.gradient(g1, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g2, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g3, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g4, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g5, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g6, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g7, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g8, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g9, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g10, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g11, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g12, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g13, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g14, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g15, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g16, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(g17, v))
except AttributeError as e:
    print("raised", type(e).__name__)
try:
    print(t2.gradient(in_graph, v))
except AttributeError as e:
    print("raised", type(e).__name__)
print(t2.gradient(tf.convert_to_tensor(g1), v))
print(t2.gradient(tf.convert_to_tensor(g5), v))
print(t2.gradient(tf.convert_to_tensor(g6), v))
