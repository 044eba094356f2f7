# Numbers repeat: how each optimizer steps, in turn and in a graph.
import tensorflow as tf
O = tf.keras.optimizers
L = O.legacy
def steps(opt, graph=False):
    a, b = tf.Variable([1.0, 2.0]), tf.Variable([[0.5]])
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(a**2) * b[0, 0] + b[0, 0] ** 2
        opt.apply_gradients(zip(tape.gradient(loss, [a, b]), [a, b]))
    run = tf.function(step) if graph else step
    for _ in range(3):
        run()
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(a**3) + b[0, 0] ** 3
    return tape.gradient(y, [a, b])
steps(O.Nadam(0.1))
steps(O.Nadam(0.1), True)
steps(O.Ftrl(0.1))
steps(O.Ftrl(0.1, l1_regularization_strength=0.1, l2_regularization_strength=0.2, l2_shrinkage_regularization_strength=0.05, beta=0.3), True)
steps(O.Lion(0.1))
steps(O.Lion(0.1), True)
steps(O.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=2))
steps(O.SGD(0.1, use_ema=True, ema_momentum=0.5, ema_overwrite_frequency=2), True)
steps(L.SGD(0.1, decay=0.5))
steps(L.SGD(0.1, momentum=0.5, decay=0.5), True)
steps(L.Adam(0.1, decay=0.1))
steps(L.RMSprop(0.1, epsilon=0.1))
steps(O.RMSprop(0.1, epsilon=0.1))
steps(L.RMSprop(0.1, epsilon=0.1, centered=True))
steps(L.RMSprop(0.1, epsilon=0.1, momentum=0.5))
steps(L.Adagrad(0.1, epsilon=0.1))
steps(O.Adagrad(0.1, epsilon=0.1), True)
steps(L.Adadelta(0.1))
steps(L.Adamax(0.1))
steps(O.SGD(0.1, weight_decay=0.1))
steps(O.SGD(O.schedules.ExponentialDecay(0.1, 1, 0.5)), True)
