import tensorflow as tf

x = tf.constant([0.5, 1.0, 2.0])
with tf.GradientTape(persistent=True) as tape:
    tape.watch(x)
    y = tf.math.log(x) * x
    dy = tape.gradient(y, x)
    d2y = tape.gradient(dy, x)
d3y = tape.gradient(d2y, x)
d3y_late = tape.gradient(tape.gradient(d2y, x), x)
print(dy, d2y, d3y, d3y_late)
