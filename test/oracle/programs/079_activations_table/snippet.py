import tensorflow as tf

activations = {
    'relu': tf.nn.relu,
    'sigmoid': tf.nn.sigmoid,
    'tanh': tf.math.tanh,
    'softplus': tf.math.softplus,
    'gelu': tf.nn.gelu,
    'hard': tf.keras.activations.hard_sigmoid,
    'linear': tf.keras.activations.linear,
}
x = tf.constant([-1.0, 0.5, 2.0])
for name in activations:
    with tf.GradientTape() as t2:
        t2.watch(x)
        with tf.GradientTape() as t1:
            t1.watch(x)
            y = activations[name](x)
        first = t1.gradient(y, x)
    second = t2.gradient(first, x)
    print(name, first.numpy(), second)
