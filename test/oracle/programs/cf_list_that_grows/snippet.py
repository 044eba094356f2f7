import tensorflow as tf

w = tf.Variable(2.0)

@tf.function
def in_loop(s):
    with tf.GradientTape() as tape:
        found = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
        for i in tf.range(4):
            found = found.write(i, w * s)
        loss = tf.reduce_sum(found.stack())
    return tape.gradient(loss, w)

@tf.function
def at_its_end(s):
    with tf.GradientTape() as tape:
        found = tf.TensorArray(tf.float32, size=1, dynamic_size=True).write(0, s)
        for _ in tf.range(3):
            found = found.write(found.size(), found.read(found.size() - 1) * w)
        loss = found.read(found.size() - 1)
    return tape.gradient(loss, w)

@tf.function
def in_condition(s):
    with tf.GradientTape() as tape:
        found = tf.TensorArray(tf.float32, size=0, dynamic_size=True).write(0, s * w)
        if s > 1.0:
            found = found.write(1, w * w)
        loss = tf.reduce_sum(found.stack())
    return tape.gradient(loss, w)

@tf.function
def in_python_loop(s):
    with tf.GradientTape() as tape:
        found = tf.TensorArray(tf.float32, size=0, dynamic_size=True)
        for i in range(3):
            found = found.write(i, w * s)
        loss = tf.reduce_mean(found.stack())
    return tape.gradient(loss, w)

print(in_loop(tf.constant(3.0)), at_its_end(tf.constant(3.0)), in_condition(tf.constant(3.0)), in_python_loop(tf.constant(3.0)))
