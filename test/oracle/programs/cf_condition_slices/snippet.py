# The gradients of a condition's branches are of the same form: where one is an IndexedSlices, all are.
import tensorflow as tf
x = tf.constant([[-0.59, 1.58, 2.21], [0.46, 0.53, 1.85]])
def sliced(v):
    return tf.gather(v, [0, 1]) * 2.0
def dense(v):
    return v * 3.0
def nothing(v):
    return tf.ones_like(v)
@tf.function
def f1(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(v), lambda: dense(v))
@tf.function
def f2(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: dense(v), lambda: sliced(v))
@tf.function
def f3(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: nothing(v), lambda: sliced(v))
@tf.function
def f4(v):
    return tf.switch_case(tf.constant(1), [lambda: sliced(v), lambda: dense(v), lambda: nothing(v)])
@tf.function
def f5(v):
    if tf.reduce_sum(v) > 0.0:
        if tf.reduce_max(v) > 100.0:
            return sliced(v)
        return dense(v)
    return nothing(v)
@tf.function
def f6(v):
    return tf.square(tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(v), lambda: dense(v)))
@tf.function
def f7(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(v), lambda: dense(v)) + tf.gather(v, [1, 0])
@tf.function
def f8(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(v), lambda: dense(v)) + v
@tf.function
def f9(v):
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(v), lambda: dense(v) * tf.stop_gradient(v))
@tf.function
def f10(v):
    w = tf.sin(v)
    return tf.cond(tf.reduce_sum(v) > 0.0, lambda: sliced(w), lambda: dense(w))
with tf.GradientTape() as t:
    t.watch(x)
    y = f1(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f1(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f2(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f2(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f3(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f3(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f4(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f4(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f5(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f5(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f6(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f6(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f7(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f7(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f8(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f8(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f9(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f9(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape() as t:
    t.watch(x)
    y = f10(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t:
    t.watch(x)
    y = f10(x)
g = t.gradient(y, x)
print(isinstance(g, tf.IndexedSlices))
@tf.function
def once(v):
    with tf.GradientTape() as t:
        t.watch(v)
        y = tf.cond(tf.reduce_sum(v) > 0.0, lambda: dense(v), lambda: sliced(v))
    g = t.gradient(y, v)
    return g
g = once(x)
print(isinstance(g, tf.IndexedSlices))
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f1(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h1 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f2(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h2 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f3(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h3 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f4(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h4 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f5(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h5 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f6(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h6 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f7(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h7 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f8(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h8 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f9(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h9 = t2.gradient(g, x)
with tf.GradientTape(persistent=True) as t2:
    t2.watch(x)
    with tf.GradientTape(persistent=True) as t1:
        t1.watch(x)
        y = f10(x)
    g = t1.gradient(y, x)
if isinstance(g, tf.IndexedSlices):
    g = tf.convert_to_tensor(g)
h10 = t2.gradient(g, x)
