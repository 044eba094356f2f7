import tensorflow as tf
x1 = tf.constant([[2.2, -0.68], [1.48, 2.12], [1.51, 0.32]])
x2 = tf.Variable([0.85, -0.73, 0.98])
x3 = tf.constant([[0.61, -1.29], [2.12, 1.82]])
@tf.custom_gradient
def f4(a):
    @tf.custom_gradient
    def grad(dy):
        return dy * 3.0 * tf.identity(dy), lambda ddy: ddy * 0.5
    return tf.sin(a), grad
m5 = tf.keras.layers.Dense(3, activation='swish')
@tf.function
def f6(x1, x3):
    with tf.GradientTape() as t7:
        x2.assign(tf.nn.silu(x2))
        y8 = x2 * tf.random.uniform([3])
        x2.assign_sub(tf.nn.swish(x2))
    g9 = t7.jacobian(y8, m5.trainable_variables, experimental_use_pfor=False)
    g10 = tf.hessians(x3, x3)
    return y8
r = f6(x1, x3)
