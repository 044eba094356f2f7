import tensorflow as tf

# A gradient through a gather is an IndexedSlices, which no tape can differentiate. A Jacobian is dense, and so are the derivatives of it.
x = tf.Variable(2.0)
c = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def ask(outer, target, source):
    try:
        return outer.gradient(target, source)
    except AttributeError:
        return None


with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape(persistent=True) as inner:
        z = x * c
        y = tf.gather(z, [0, 1]) ** 2
        picked = tf.gather(z, [2, 2])
        longest = tf.norm(tf.gather(z, [0, 1]), axis=1)
    by_z = inner.jacobian(y, z)
    by_x = inner.jacobian(y, x)
    linear = inner.jacobian(picked, z)
    of_norm = inner.jacobian(longest, x)
    of_norm_by_z = inner.jacobian(longest, z)
    in_a_loop = inner.jacobian(y, z, experimental_use_pfor=False)
    in_a_loop_by_x = inner.jacobian(y, x, experimental_use_pfor=False)
    slices = inner.gradient(y, z)
    dense = inner.gradient(y, x)
print(outer.gradient(by_z, x))
print(outer.gradient(by_z, z))
print(outer.gradient(by_x, x))
print(outer.gradient(linear, x))
print(outer.gradient(of_norm, x))
print(outer.gradient(of_norm_by_z, x))
print(outer.jacobian(of_norm_by_z, x))
print(outer.gradient(in_a_loop, x))
print(outer.gradient(in_a_loop_by_x, x))
print(outer.gradient(dense, x))
print(outer.jacobian(tf.convert_to_tensor(slices), x))
print(ask(outer, slices, x))
