import tensorflow as tf

# What comes back through a gather is an IndexedSlices: a gradient function that multiplies it by a Python number raises.


def with_gradient(change):
    @tf.custom_gradient
    def f(a):
        def grad(dy):
            return change(dy)

        return tf.sin(a), grad

    return f


times = with_gradient(lambda dy: dy * 3.0)
times_from_the_left = with_gradient(lambda dy: 3.0 * dy)
twice = with_gradient(lambda dy: dy + dy)
times_identity = with_gradient(lambda dy: tf.identity(dy) * 3.0)
times_negative = with_gradient(lambda dy: -dy * 3.0)
less = with_gradient(lambda dy: tf.cast(dy < 1.0, tf.float32))
element = with_gradient(lambda dy: dy[0] * tf.ones([3]))
times_tensor = with_gradient(lambda dy: dy * tf.constant(3.0))
times_tensor_from_the_left = with_gradient(lambda dy: tf.constant(3.0) * dy)
times_multiply = with_gradient(lambda dy: tf.multiply(dy, 3.0))
negative = with_gradient(lambda dy: -dy)
same = with_gradient(lambda dy: dy)
identity = with_gradient(lambda dy: tf.identity(dy))
dense = with_gradient(lambda dy: tf.convert_to_tensor(dy) * 3.0)
none = with_gradient(lambda dy: None)

x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape(persistent=True) as t:
    z = x * 1.0
    y1 = tf.gather(times(z), [0, 1])
    y2 = tf.gather(times_from_the_left(z), [0, 1])
    y3 = tf.gather(twice(z), [0, 1])
    y4 = tf.gather(times_identity(z), [0, 1])
    y5 = tf.gather(times_negative(z), [0, 1])
    y6 = tf.gather(less(z), [0, 1])
    y7 = tf.gather(element(z), [0, 1])
    y8 = tf.gather(times_tensor(z), [0, 1])
    y9 = tf.gather(times_tensor_from_the_left(z), [0, 1])
    y10 = tf.gather(times_multiply(z), [0, 1])
    y11 = tf.gather(negative(z), [0, 1])
    y12 = tf.gather(same(z), [0, 1])
    y13 = tf.gather(identity(z), [0, 1])
    y14 = tf.gather(dense(z), [0, 1])
    y15 = tf.gather(none(z), [0, 1])
    with_dense = times(z)
    y16 = tf.gather(with_dense, [0, 1]) + with_dense[:2]
    with_slices = times(z)
    y17 = tf.gather(with_slices, [0, 1]) + tf.gather(with_slices, [1, 2])
    y18 = times(tf.gather(z, [0, 1]))
try:
    print(t.gradient(y1, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(y1, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.jacobian(y1, x, experimental_use_pfor=False))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y2, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y3, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y4, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y5, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y6, x))
except TypeError as e:
    print("raised", type(e).__name__)
try:
    print(t.gradient(y7, x))
except TypeError as e:
    print("raised", type(e).__name__)
print(t.gradient(y8, x))
print(t.jacobian(y8, x))
print(t.gradient(y9, x))
print(t.gradient(y10, x))
print(t.gradient(y11, x))
print(t.gradient(y12, x))
print(t.gradient(y13, x))
print(t.jacobian(y13, x))
print(t.gradient(y14, x))
print(t.gradient(y15, x))
print(t.gradient(y16, x))
try:
    print(t.gradient(y17, x))
except TypeError as e:
    print("raised", type(e).__name__)
print(t.gradient(y18, x))


@tf.function
def traced_beside_a_tensor():
    with tf.GradientTape() as t:
        y = tf.gather(times_tensor(x * 1.0), [0, 1])
    return t.gradient(y, x)


@tf.function
def traced():
    with tf.GradientTape() as t:
        y = tf.gather(times(x * 1.0), [0, 1])
    return t.gradient(y, x)


print(traced_beside_a_tensor())
try:
    print(traced())
except TypeError as e:
    print("raised", type(e).__name__)
