import tensorflow as tf

x = tf.Variable([-2.0, 0.5, 3.0])
with tf.GradientTape(persistent=True) as outer:
    with tf.GradientTape(persistent=True) as tape:
        a = tf.clip_by_value(x, -1.0, 1.0)
        b = tf.maximum(x, 0.0) + tf.minimum(x, 1.0)
        c = tf.reduce_max(x)
        d = tf.nn.relu(x) ** 2
    ga, gb, gc, gd = [tape.gradient(t, x) for t in (a, b, c, d)]
for g in (ga, gb, gc, gd):
    print(g.numpy(), outer.gradient(g, x))
