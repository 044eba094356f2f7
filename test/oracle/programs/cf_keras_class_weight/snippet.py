# Numbers repeat: every example weighs what its class does.
import numpy as np
import tensorflow as tf
data = np.array([[1.0, 5.0], [2.0, 1.0], [4.0, 3.0]], dtype=np.float32)
x = tf.Variable([[1.5, 2.5]])
sparse = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones")])
sparse.compile(tf.keras.optimizers.SGD(0.1), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
sparse.fit(data, np.array([0, 1, 1]), epochs=1, verbose=0, class_weight={0: 1.0, 1: 2.0}, sample_weight=np.array([1.0, 2.0, 3.0]), batch_size=3)
hot = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones")])
hot.compile(tf.keras.optimizers.SGD(0.1), tf.keras.losses.CategoricalCrossentropy(from_logits=True))
hot.fit(data, np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), epochs=2, verbose=0, class_weight={0: 1.0, 1: 2.0}, batch_size=3)
with tf.GradientTape(persistent=True) as t:
    l1 = tf.reduce_sum(sparse(x) ** 2)
    l2 = tf.reduce_sum(hot(x) ** 2)
g1 = t.gradient(l1, sparse.trainable_variables)
g2 = t.gradient(l2, hot.trainable_variables)
