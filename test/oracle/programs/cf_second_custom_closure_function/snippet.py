import tensorflow as tf

x = tf.constant([0.7, 2.0])
@tf.custom_gradient
def f(v):
    def grad(dy):
        return dy * 3.0 * v ** 2
    return v ** 3, grad

@tf.function
def run0(x):
    with tf.GradientTape() as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    return t.gradient(g, x)

try:
    result = run0(x)
    print(result)
except Exception as e:
    print(type(e).__name__)
@tf.function
def run1(x):
    with tf.GradientTape() as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = tf.reduce_sum(f(x))
        g = t1.gradient(y, x)
    return t.jacobian(g, x)

try:
    result = run1(x)
    print(result)
except Exception as e:
    print(type(e).__name__)
@tf.function
def first(x):
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.jacobian(z, x)

try:
    print(first(x))
except Exception as e:
    print(type(e).__name__)
@tf.function
def whole(x):
    return tf.hessians(tf.reduce_sum(f(x)), x)

try:
    print(whole(x))
except Exception as e:
    print(type(e).__name__)
@tf.function
def forward(x):
    return tf.reduce_sum(f(x))

try:
    with tf.GradientTape() as t:
        t.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = forward(x)
        g = t1.gradient(y, x)
    print(t.jacobian(g, x))
except Exception as e:
    print(type(e).__name__)
