import tensorflow as tf
x = tf.Variable(1.5)
m = tf.Variable([[1.0, 2.0], [0.5, -1.0]])
def tried(f, v):
    kind = 'none'
    with tf.GradientTape() as t:
        try:
            y = f(v) * 2.0
        except tf.errors.InvalidArgumentError:
            y = v * v
            kind = 'argument'
        except ValueError:
            y = tf.constant(2.0)
            kind = 'value'
    return y, t, kind
y, t, kind = tried(tf.nn.softmax, x)
print(t.gradient(y, x), kind)
y, t, kind = tried(tf.nn.log_softmax, x)
print(t.gradient(y, x), kind)
y, t, kind = tried(tf.function(lambda a: tf.nn.softmax(a)), x)
print(t.gradient(y, x), kind)
y, t, kind = tried(lambda a: tf.nn.softmax(a, axis=0), x)
print(t.gradient(y, x), kind)
y, t, kind = tried(lambda a: tf.nn.softmax(a, axis=2), m)
print(t.gradient(y, m), kind)
y, t, kind = tried(lambda a: tf.nn.softmax(a, axis=-2), m)
print(t.gradient(y, m), kind)
y, t, kind = tried(lambda a: tf.nn.log_softmax(a, axis=-3), m)
print(t.gradient(y, m), kind)
with tf.GradientTape() as t:
    y = tf.nn.softmax(x)
print(t.gradient(y, x))
