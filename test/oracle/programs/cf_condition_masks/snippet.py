# Second derivatives of a condition in a condition whose gradient reads booleans.
import tensorflow as tf

x = tf.constant([0.3, 2.0])


def b3(a):
    c = a - a
    if tf.reduce_any(a > 0.5):
        if tf.reduce_any(a > 0.5): c = tf.maximum(a, a * a)
        else: c = tf.sin(a) * c
    return c

def b7(a):
    c = a - a
    if tf.reduce_any(a > 0.5):
        if tf.reduce_any(a > 0.5): c = tf.reduce_max(a) * a
        else: c = tf.sin(a) * c
    return c

def b8(a):
    c = a - a
    if tf.reduce_any(a > 0.5):
        if tf.reduce_any(a > 0.5): c = tf.where(a < 0.3, tf.zeros_like(a), a)
    return c

def a5(a):
    c = a - a
    if tf.reduce_any(a > 0.5):
        if tf.reduce_any(a > 0.5): c = tf.where(a < 0.3, tf.zeros_like(a), a)
        else: c = tf.sin(a) * c
    return c


f = tf.function(b3)
with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(b7)
with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(b8)
with tf.GradientTape(persistent=True) as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)

f = tf.function(a5)
with tf.GradientTape(persistent=False) as outer:
    outer.watch(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    g = tape.gradient(y, x)
h = outer.gradient(g, x)
