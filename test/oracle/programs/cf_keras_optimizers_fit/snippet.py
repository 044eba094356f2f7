# Numbers repeat: averages take the weights' places when training ends; Nadam in `fit`.
import tensorflow as tf
def trained(opt):
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones", input_shape=(2,)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile(opt, "mse")
    x, y = tf.constant([[1.0, 2.0], [0.3, 0.1]]), tf.constant([[1.0], [0.0]])
    model.fit(x, y, epochs=3, verbose=0, shuffle=False)
    with tf.GradientTape() as tape:
        l = tf.reduce_sum(model(x) ** 2)
    return tape.gradient(l, model.trainable_variables)
trained(tf.keras.optimizers.SGD(0.01, use_ema=True, ema_momentum=0.9))
trained("nadam")
trained("ftrl")
trained(tf.keras.optimizers.Lion(0.01))
