import tensorflow as tf

x = tf.Variable([1.0, 2.0, 3.0])

with tf.GradientTape(persistent=True) as tape:
    with tf.GradientTape() as tape_2:
        y = x[0] ** 2 * x[1] + tf.sin(x[2]) * x[0]
    grads = tape_2.gradient(y, x)
    grads_list = tf.unstack(grads)

hessian = []
for grad in grads_list:
    hessian.append(tape.gradient(grad, x))
hessian = tf.stack(hessian)
print(hessian)
