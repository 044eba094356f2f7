import tensorflow as tf

x = tf.constant([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
with tf.GradientTape() as outer:
    outer.watch(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        log_det = tf.linalg.slogdet(x).log_abs_determinant
        r = tf.linalg.qr(x).r
        shifted = x * tf.linalg.eye(3)
    g = tape.gradient(log_det, x)
    print(tape.gradient(r, x))
    print(tape.gradient(shifted, x))
print(outer.gradient(g, x))
