import tensorflow as tf
x = tf.Variable(2.0)
w = tf.Variable(3.0)
@tf.function
def f(flag):
    with tf.GradientTape(persistent=True) as t:
        if flag:
            y = x * 3.0
        else:
            y = w * 1.0
    r0 = t.gradient(y, x)
    r1 = t.gradient(y, w)
    return r0, r1
print(f(True), f(False))
