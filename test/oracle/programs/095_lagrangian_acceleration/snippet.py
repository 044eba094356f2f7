import tensorflow as tf


def lagrangian(q, qd):
    return 0.5 * tf.reduce_sum(qd ** 2) * (1.0 + q[0] ** 2) - tf.reduce_sum(tf.cos(q))


q = tf.constant([0.3, 0.4])
qd = tf.constant([0.1, -0.2])
with tf.GradientTape(persistent=True) as t2:
    t2.watch([q, qd])
    with tf.GradientTape(persistent=True) as t1:
        t1.watch([q, qd])
        L = lagrangian(q, qd)
    dL_dq = t1.gradient(L, q)
    dL_dqd = t1.gradient(L, qd)
M = t2.jacobian(dL_dqd, qd)
C = t2.jacobian(dL_dqd, q)
acc = tf.linalg.solve(M, (dL_dq - tf.linalg.matvec(C, qd))[:, None])
print(acc.numpy())
