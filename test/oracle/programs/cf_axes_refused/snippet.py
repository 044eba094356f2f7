# Axes that a tensor has not, each with the error that TensorFlow has for it; a scalar is reversed all the same, unless in a graph.
import tensorflow as tf
x = tf.constant([1.5, -0.7])
s = tf.constant(2.5)
CALLS = [
    lambda: tf.stack([x], 2),
    lambda: tf.unstack(x, axis=1)[0],
    lambda: tf.unstack(s)[0],
    lambda: tf.tensordot(x, x, 2),
    lambda: tf.tensordot(x, x, [[1], [0]]),
    lambda: tf.tensordot(x, x, [[0], []]),
    lambda: tf.reverse(s, [0]) * x,
    lambda: tf.reverse(s, [3, 3]) * x,
    lambda: tf.reverse(x, [0, 0]),
    lambda: tf.reverse(x, [1]),
    lambda: tf.function(lambda: tf.reverse(s, [0]) * x)(),
    lambda: tf.function(lambda: tf.reverse(x, [0, 0]))(),
    lambda: tf.reverse(x, [-1]) * s,
]

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[0]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[1]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[2]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[3]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[4]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[5]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[6]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[7]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[8]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[9]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[10]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[11]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None

y, w = x, x
with tf.GradientTape(persistent=True) as t:
    t.watch([x, s])
    try:
        y = CALLS[12]()
    except ValueError:
        w = s
    except IndexError:
        y = s * s
    except tf.errors.InvalidArgumentError:
        w, y = s, x * s
g = t.gradient(y, [x, s])
h = t.gradient(w, x) if w is s else None
